"""The feed of a published organisation: an entry a version that strangers could read, with what it changed."""

from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.exports.atom import Feed, FeedEntry, atom, tag
from tracker.labels import current, text
from tracker.labels import publications as words
from tracker.services.published import Entry, Published, entries


def feed(session: Session, published: Published, address: str, rights: str) -> bytes:
    """Write the feed in the language being spoken; ``address`` is the one that people use, without its last slash."""
    host = urlsplit(address).hostname or "localhost"
    slug, told = published.organisation.slug, "" if current() == "fr" else f"?langue={current()}"
    home = f"{address}/{slug}/public"
    told_of = entries(session, published)
    first = min(one.recorded_at for versions in published.versions.values() for one in versions)
    made = Feed(
        identity=tag(host, first, f"{slug}/public"),
        title=text("{name} : engagements numérique responsable publiés", name=published.organisation.name),
        author=published.organisation.name,
        language=current(),
        address=f"{home}/flux.atom{told}",
        page=f"{home}{told}",
        rights=rights,
        entries=[_entry(published, one, host, f"{home}/{one.version.year}{told}") for one in told_of],
        data=f"{home}/donnees{told}",
    )
    return atom(made, published.changed_at)


def _entry(published: Published, entry: Entry, host: str, page: str) -> FeedEntry:
    version = entry.version
    name = f"{published.organisation.slug}/public/{version.year}/{version.version}"
    if entry.edition is None:
        summary = words.withdrawal_sentence(version)
    else:
        reading = words.publication_reading(entry.edition.scorecard, version.scope)
        summary = " ".join(filter(None, (reading, words.known_on_sentence(version, entry.edition.as_known_on))))
    return FeedEntry(
        identity=tag(host, version.recorded_at, name),
        title=words.version_title(version),
        address=page,
        at=version.appears_at,
        summary=summary,
        lines=words.change_sentences(entry.changes) if entry.changes else (),
    )
