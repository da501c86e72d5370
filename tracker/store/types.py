"""Column types that keep exactly what was given: decimals, instants in UTC, coded values."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from tracker.domain.numbers import plain_text

# A page reads the same thousands of numbers and moments as the page before it: what was read of one is kept, and
# each type hands its reader to SQLAlchemy directly (``result_processor``) instead of through two calls of its own.


@lru_cache(maxsize=65_536)
def _exact(value: str | Decimal | None) -> Decimal | None:
    """Read a number: text on SQLite, a decimal on PostgreSQL."""
    return None if value is None else Decimal(plain_text(Decimal(value)))


@lru_cache(maxsize=65_536)
def _instant(value: str | datetime | None) -> datetime | None:
    """Read a moment: text on SQLite, a naive moment on PostgreSQL."""
    told = datetime.fromisoformat(value) if isinstance(value, str) else value
    return None if told is None else told.replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit: NUMERIC on PostgreSQL, text on SQLite, whose NUMERIC is REAL."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type that is exact on ``dialect``."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Write one text for one number; refuse NaN and infinities."""
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"not a finite number: {value}")
        text = plain_text(value)
        return text if dialect.name == "sqlite" else Decimal(text)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read the number back."""
        return _exact(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Decimal | None]:  # noqa: ARG002
        """Give what reads the column."""
        return _exact


class Instant(TypeDecorator[datetime]):
    """A moment, stored in UTC without a zone and given back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring an aware datetime to UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        return _instant(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002
        """Give what reads the column."""
        return _instant


class Coded(TypeDecorator[StrEnum]):
    """A value of one of the domain's closed lists, stored as its code."""

    impl = String(40)
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._members: dict[str | None, StrEnum] = {code.value: code for code in codes}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Refuse a code that is not in the list."""
        return None if value is None else str(self.codes(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Give the member."""
        return self._member(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], StrEnum | None]:  # noqa: ARG002
        """Give what reads the column."""
        return self._member

    def _member(self, value: str | None) -> StrEnum | None:
        known = self._members.get(value)
        return self.codes(value) if known is None and value is not None else known
