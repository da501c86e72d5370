"""What all tables share: names of constraints, and how a Python type becomes a column."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, MetaData, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, mapped_column

from tracker.store.types import ExactDecimal, Instant

LongText = Annotated[str, mapped_column(Text, default="")]
EMPTY = sql("''")
"""The database's own default of a text that was added to a table with rows; so written, Alembic compares it well."""
Names = Annotated[list[Any], mapped_column(JSON, default=list)]
Numbers = Annotated[dict[str, int], mapped_column(JSON, default=dict)]


class Base(DeclarativeBase):
    """Every table; constraints carry the same names on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {Decimal: ExactDecimal(), datetime: Instant()}  # noqa: RUF012
