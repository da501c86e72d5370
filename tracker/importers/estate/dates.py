"""Days as inventories write them; the order of day and month is told by the whole file, or asked, never guessed."""

import re
from datetime import date

from tracker.domain.inventories import DateOrder

_TIME = r"(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:[AaPp][Mm]|Z)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME, re.ASCII)
_NONE = frozenset({"", "-", "--", "0000-00-00", "0000-00-00 00:00:00", "00-00-0000", "00/00/0000", "N/A", "NULL"})
_MONTHS, _DAYS = 12, 31


class Evidence:
    """Gathers what the days of a file tell of their order: 25/03/2024 tells, 03/04/2024 does not."""

    def __init__(self) -> None:
        self.tells: set[DateOrder] = set()
        self.unsure = ""
        self._seen: set[str] = set()

    def add(self, cell: str) -> None:
        """Look at one more cell."""
        if cell in self._seen:
            return
        self._seen.add(cell)
        found = _YEAR_LAST.fullmatch(cell.strip())
        if found is None:
            return
        first, second = int(found[1]), int(found[2])
        if 1 <= first <= _MONTHS and 1 <= second <= _MONTHS:
            if first != second:
                self.unsure = self.unsure or cell.strip()
        elif first <= _DAYS and 1 <= second <= _MONTHS:
            self.tells.add(DateOrder.DAY_FIRST)
        elif 1 <= first <= _MONTHS and second <= _DAYS:
            self.tells.add(DateOrder.MONTH_FIRST)


class Days:
    """Reads the days of a file, each text once."""

    def __init__(self, order: DateOrder | None) -> None:
        self._order = order
        self._known: dict[str, date | None] = dict.fromkeys(_NONE)

    def read(self, cell: str) -> date | None:
        """Give the day of a cell, None for one that tells none.

        Raises:
            ValueError: for what is not a day.
        """
        try:
            return self._known[cell]
        except KeyError:
            found = self._known[cell] = self._day(cell.strip())
            return found

    def _day(self, written: str) -> date | None:
        if written in _NONE:
            return None
        if found := _YEAR_FIRST.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _YEAR_LAST.fullmatch(written):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            if self._order is DateOrder.MONTH_FIRST:
                return date(year, first, second)
            return date(year, second, first)
        raise ValueError(written)
