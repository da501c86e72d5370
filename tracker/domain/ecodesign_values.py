"""What the ecodesign of the services says of the indicators SOB-25, SOB-26 and SOB-28: the terms, or why none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from statistics import median

from tracker.domain.ecodesign import has_statement, latest_closed
from tracker.domain.ecodesign_records import EcodesignRecord
from tracker.domain.page_measures import of_year
from tracker.domain.rgesn import Referential, score

SCORES, STATEMENTS, WEIGHTS = "SOB-25", "SOB-26", "SOB-28"
_DECIMALS = Decimal(1).scaleb(-6)


class EcodesignGap(StrEnum):
    """Why the services give no value of an indicator."""

    NO_SERVICE = "no_service"
    NOTHING_ASSESSED = "nothing_assessed"
    NOTHING_MEASURED = "nothing_measured"
    METHODS_MIXED = "methods_mixed"


@dataclass(frozen=True, slots=True)
class EcodesignValue:
    """A value by its terms, or plain; it rests on ``n`` services or pages out of ``whole`` services."""

    code: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal | None = None
    n: int = 0
    whole: int = 0
    gap: EcodesignGap | None = None


def last_day(year: int, today: date) -> date:
    """Give the day that a year is told of: its last one, or today as long as it runs."""
    return min(date(year, 12, 31), today)


def mean_score(referential: Referential, records: Sequence[EcodesignRecord], day: date) -> EcodesignValue:
    """Give SOB-25: the shares of met criteria of the services in line that were assessed, summed, over their number.

    Only a closed self-assessment counts, without any criterion that waits for its answer.
    """
    online = [one for one in records if one.service.is_online(day)]
    if not online:
        return EcodesignValue(SCORES, gap=EcodesignGap.NO_SERVICE)
    shares = []
    for record in online:
        last = latest_closed(record.assessments, day)
        found = score(referential, last.answers) if last is not None else None
        if found is not None and not found.open and found.share is not None:
            shares.append(found.share)
    if not shares:
        return EcodesignValue(SCORES, whole=len(online), gap=EcodesignGap.NOTHING_ASSESSED)
    total = sum(shares, Decimal(0)).quantize(_DECIMALS, ROUND_HALF_EVEN)
    return EcodesignValue(
        SCORES, None, total, Decimal(len(shares)), _share(len(shares), len(online)), len(shares), len(online)
    )


def statement_share(records: Sequence[EcodesignRecord], day: date) -> EcodesignValue:
    """Give SOB-26: the services in line whose statement is in force, over all that are, whoever they are for."""
    online = [one for one in records if one.service.is_online(day)]
    if not online:
        return EcodesignValue(STATEMENTS, gap=EcodesignGap.NO_SERVICE)
    stated = sum(has_statement(one.assessments, one.service.redesigned_on, day) for one in online)
    return EcodesignValue(
        STATEMENTS, None, Decimal(stated), Decimal(len(online)), Decimal(100), len(online), len(online)
    )


def median_weight(records: Sequence[EcodesignRecord], year: int, day: date) -> EcodesignValue:
    """Give SOB-28: the median weight in kilobytes of the pages measured in ``year``, all by one method."""
    online = [one for one in records if one.service.is_online(day)]
    if not online:
        return EcodesignValue(WEIGHTS, gap=EcodesignGap.NO_SERVICE)
    years = [found for one in online if (found := of_year([m for m in one.measures if m.on <= day], year))]
    if not years:
        return EcodesignValue(WEIGHTS, whole=len(online), gap=EcodesignGap.NOTHING_MEASURED)
    if len({(one.tool, one.version) for one in years}) > 1:
        return EcodesignValue(WEIGHTS, n=len(years), whole=len(online), gap=EcodesignGap.METHODS_MIXED)
    weights = [page.kilobytes for one in years for page in one.pages]
    return EcodesignValue(
        WEIGHTS, median(weights), None, None, _share(len(years), len(online)), len(weights), len(online)
    )


def values(
    referential: Referential, records: Sequence[EcodesignRecord], year: int, today: date
) -> Iterable[EcodesignValue]:
    """Give the three values of ``year``."""
    day = last_day(year, today)
    return mean_score(referential, records, day), statement_share(records, day), median_weight(records, year, day)


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
