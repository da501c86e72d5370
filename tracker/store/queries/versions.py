"""Which row counts of a table that keeps every version of what was said."""

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.store.models import Following, IndicatorChoice


def is_newest(
    table: type[Following] | type[IndicatorChoice], *about: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """Say in SQL that a row of ``table`` is the newest version of what its columns ``about`` name."""
    later = aliased(table)
    same = (getattr(later, column.key) == column for column in about)
    return ~exists().where(and_(*same, later.version > table.version))
