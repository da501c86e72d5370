"""What answers a query, by the full-text search of either database; nothing typed is read as its syntax."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from tracker.domain.search import Query, Sought
from tracker.store.models import SearchEntry

_SQLITE = sql("search_entry.id IN (SELECT rowid FROM search_index WHERE search_index MATCH :asked)")
_TAKE = sql("DELETE FROM search_index WHERE rowid = :id")
_PLACE = sql("INSERT INTO search_index(rowid, stems) VALUES (:id, :stems)")
_POSTGRESQL = sql("to_tsvector('simple', search_entry.stems) @@ to_tsquery('simple', :asked)")


def find(session: Session, organisation_id: int, query: Query) -> Sequence[SearchEntry]:
    """List what answers ``query`` in an organisation, in no order: both databases rank differently."""
    if not query.sought:
        return ()
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    asked = _for_sqlite(query) if is_sqlite else _for_postgresql(query)
    matches = (_SQLITE if is_sqlite else _POSTGRESQL).bindparams(asked=asked)
    return session.scalars(select(SearchEntry).where(SearchEntry.organisation_id == organisation_id, matches)).all()


def entries(session: Session, organisation_id: int) -> Sequence[SearchEntry]:
    """List everything that can be found in an organisation."""
    return session.scalars(
        select(SearchEntry)
        .where(SearchEntry.organisation_id == organisation_id)
        .order_by(SearchEntry.kind, SearchEntry.code)
    ).all()


def store(session: Session, added: Sequence[SearchEntry], removed: Sequence[SearchEntry]) -> None:
    """Write the entries that were added, removed or changed, and with them the full-text index of SQLite.

    No trigger does it: one reaches a virtual table only in a schema that is trusted, which ours is not.
    """
    changed = [entry for entry in session.dirty if isinstance(entry, SearchEntry) and session.is_modified(entry)]
    session.add_all(added)
    for entry in removed:
        session.delete(entry)
    session.flush()
    if session.get_bind().dialect.name == "sqlite":
        taken = [{"id": entry.id} for entry in (*removed, *changed)]
        placed = [{"id": entry.id, "stems": entry.stems} for entry in (*added, *changed)]
        for statement, rows in ((_TAKE, taken), (_PLACE, placed)):
            if rows:
                session.execute(statement, rows)


def _for_sqlite(query: Query) -> str:
    """Write ``query`` for FTS5; a token is letters and digits, and stands in quotes."""

    def one(sought: Sought) -> str:
        ways = [f'"{form}"' for form in (*sought.forms, *sought.foreign)] + [
            f'"{begun}"*' for begun in sought.beginnings
        ]
        if sought.parts:
            ways.append(f"({' AND '.join(map(one, sought.parts))})")
        return f"({' OR '.join(ways)})"

    return (" OR " if query.is_any else " AND ").join(map(one, query.sought))


def _for_postgresql(query: Query) -> str:
    """Write ``query`` for ``to_tsquery``, in the same way."""

    def one(sought: Sought) -> str:
        ways = [f"'{form}'" for form in (*sought.forms, *sought.foreign)] + [
            f"'{begun}':*" for begun in sought.beginnings
        ]
        if sought.parts:
            ways.append(f"({' & '.join(map(one, sought.parts))})")
        return f"({' | '.join(ways)})"

    return (" | " if query.is_any else " & ").join(map(one, query.sought))
