"""The tables of an organisation, as whoever asks may read them, kept while nothing is written for it."""

from collections.abc import Sequence

from tracker.exports.tabular import DataTable
from tracker.services import datasets, journal
from tracker.services.published import Published
from tracker.store.session import kept
from tracker.web.api.readers import audience
from tracker.web.platform.clock import today
from tracker.web.platform.database import session


def tables(slug: str, *like: DataTable) -> list[DataTable]:
    """Give the tables that are called as those of ``like`` are, with their rows.

    Raises:
        NotFound: where there is nothing to read: no such organisation, nothing published, no role there.
    """
    found = audience(slug)

    def gather() -> Sequence[DataTable]:
        return datasets.tables(session(), found, today())

    home = found.row if isinstance(found, Published) else found.organisation
    shared = kept(session())
    told = (home.stamp, today(), *journal.trace(session(), home.id))
    whose = found.mark if isinstance(found, Published) else None
    known = shared.get(("api", home.id, whose), hash(told), gather) if shared else gather()
    by_name = {one.name: one for one in known}
    return [by_name[one.name] for one in like]


def table(slug: str, like: DataTable) -> DataTable:
    """Give the one table that is called as ``like`` is; raises as ``tables`` does."""
    return tables(slug, like)[0]
