"""A digest in words: what happened to a commitment, line by line, and the letter that tells it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tracker.domain.digests import News, NewTarget, Reply, ValueChange
from tracker.domain.records import Reading
from tracker.domain.vocabulary import Absence
from tracker.labels.formats import PARIS, day
from tracker.labels.language import plural, say, text
from tracker.labels.sentences import finding_sentence
from tracker.labels.targets import target_phrase
from tracker.labels.values import value_phrase
from tracker.labels.words import word

LISTED = 20
"""Commitments that a letter tells of one by one."""
LINES = 8
"""Things that are told of one commitment, one by one."""
EXCERPT = 200


def digest_sentence(count: int, since: datetime) -> str:
    """Say in one sentence how many commitments changed, and since when."""
    return plural(
        "{n} engagement suivi a changé depuis le {day}.",
        "{n} engagements suivis ont changé depuis le {day}.",
        count,
        n=count,
        day=day(since.astimezone(PARIS).date()),
    )


def news_lines(news: News) -> Sequence[str]:
    """Say what happened to a commitment, what matters most first; a long list says how much it leaves out."""
    lines = list(_lines(news))
    if len(lines) <= LINES:
        return lines
    rest = len(lines) - LINES + 1
    return [*lines[: LINES - 1], plural("Et {n} autre changement.", "Et {n} autres changements.", rest, n=rest)]


def digest_letter(
    name: str, organisation: str, found: Sequence[News], since: datetime, address: str
) -> tuple[str, str]:
    """Write the letter that tells ``name`` what happened: its subject, and its text with the pages to go to."""
    count = len(found)
    subject = plural(
        "{organisation} : {n} engagement suivi a changé",
        "{organisation} : {n} engagements suivis ont changé",
        count,
        n=count,
        organisation=" ".join(organisation.split()),
    )
    paragraphs = [
        text("Bonjour {name},", name=name),
        text("{organisation} suit ses engagements numérique responsable.", organisation=organisation)
        + " "
        + digest_sentence(count, since),
        *(_paragraph(news, address) for news in found[:LISTED]),
    ]
    if count > LISTED:
        rest = count - LISTED
        paragraphs.append(plural("Et {n} autre engagement.", "Et {n} autres engagements.", rest, n=rest))
    paragraphs += [
        text("Pour tout voir, changer le rythme de ce résumé ou ne plus suivre :") + f"\n{address}/suivis",
        text("Ce message est automatique : inutile d'y répondre."),
    ]
    return subject, "\n\n".join(paragraphs) + "\n"


def _paragraph(news: News, address: str) -> str:
    lines = [f"- {line}" for line in news_lines(news)]
    return "\n".join([say(news.commitment.title), *lines, f"{address}/engagements/{news.commitment.code}"])


def _lines(news: News) -> Iterator[str]:
    if news.before is None:
        yield text("Voté entre-temps ; en {year} : « {after} ».", year=news.year, after=word(news.status))
    elif news.has_moved:
        before, after = word(news.before), word(news.status)
        yield text("État de {year} : « {before} » est devenu « {after} ».", year=news.year, before=before, after=after)
    yield from map(_reply, news.replies)
    yield from (f"{finding_sentence(fact, news.commitment)}." for fact in news.findings)
    yield from map(_target, news.targets)
    yield from map(_value, sorted(news.values, key=lambda one: -one.year))


def _value(change: ValueChange) -> str:
    told = {"indicator": say(change.aim.indicator.name), "year": change.year}
    before, after = _side(change, change.before), _side(change, change.after)
    is_new = change.before is None or change.before.absence is Absence.NOT_COMPUTABLE
    if not after:
        return text("{indicator}, {year} : valeur retirée, {before} auparavant.", **told, before=before)
    if is_new:
        return text("{indicator}, {year} : {after}.", **told, after=after)
    return text("{indicator}, {year} : {after}, au lieu de {before}.", **told, after=after, before=before)


def _side(change: ValueChange, reading: Reading | None) -> str:
    """Say one side of a change, with the decimals that it takes for the two not to look alike; empty for nothing."""
    if reading is None:
        return ""
    if reading.value is None:
        return word(reading.absence) if reading.absence else ""
    sides = [one.value for one in (change.before, change.after) if one is not None and one.value is not None]
    return value_phrase(reading.value, change.aim, change.year, sides)


def _target(new: NewTarget) -> str:
    told = {"indicator": say(new.aim.indicator.name), "target": target_phrase(new.target, new.aim)}
    if new.target.horizon_year is None:
        return text("{indicator} : nouvel objectif, {target}.", **told)
    return text("{indicator} : nouvel objectif, {target} en {year}.", **told, year=new.target.horizon_year)


def _reply(reply: Reply) -> str:
    return text(
        "{author} répond à la question « {question} » : « {answer} »",
        author=reply.author,
        question=_excerpt(reply.question),
        answer=_excerpt(reply.answer),
    )


def _excerpt(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"
