"""ACC-01 to ACC-03 as the audits give them: their two terms, what they cover, and when there is nothing to say."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.digital_services import ServiceKind, ServiceRecord
from tracker.domain.rgaa import AuditKind, AuditRecord, Result, RgaaVersion, standing
from tracker.domain.rgaa_values import AuditedShare, NoRate, fully_compliant, mean_rate, partly_compliant

C, NC, NA, NT = Result
VERSION = RgaaVersion("4.1", date(2021, 2, 16), (4,), ("1.1",))
DAY = date(2025, 12, 31)


def service(*found, kind=AuditKind.FULL, on=date(2024, 3, 1)):
    """Give a service with one audit of one page, or with none, and its state on the last day of 2025."""
    page = dict(zip(VERSION.looked_at(kind), found, strict=True)) if found else {}
    audits = [AuditRecord(kind, "4.1", on, None, (page,))] if found else []
    return ServiceRecord(1, "Service", ServiceKind.WEBSITE), standing(audits, [VERSION], None, DAY)


WHOLE, HALF, QUARTER = service(C, C, C, NA), service(C, NC, C, NC), service(C, NC, NC, NC)
THIRD, NONE = service(C, NC, NC, NA), service()
RAPID, OPEN = service(C, kind=AuditKind.RAPID), service(C, C, C, NT)
EXPIRED, NEXT_YEAR = service(C, C, C, C, on=date(2022, 6, 1)), service(C, C, C, C, on=date(2026, 1, 1))
EMPTY = service(NA, NA, NA, NA)


@pytest.mark.parametrize(
    ("online", "total", "n"),
    [
        ([WHOLE], "1", 1),
        ([WHOLE, HALF, QUARTER], "1.75", 3),
        ([THIRD, NONE], "0.333333", 1),
        ([HALF, RAPID, OPEN, EXPIRED, NEXT_YEAR], "0.5", 1),  # none of the others is in force
    ],
)
def test_the_mean_rate_is_over_the_audits_in_force_alone(online, total, n):
    found = mean_rate(online)
    assert (found.numerator, found.denominator) == (Decimal(total), n)
    assert (found.n, found.whole, found.lacking) == (n, len(online), None)


@pytest.mark.parametrize(
    ("online", "lacking"),
    [
        ([], NoRate.NO_SERVICE),
        ([NONE], NoRate.NO_AUDIT),
        ([RAPID, EXPIRED], NoRate.NO_AUDIT),
        ([EMPTY], NoRate.NO_AUDIT),
    ],
)
def test_without_any_audit_in_force_there_is_no_mean_and_no_zero(online, lacking):
    found = mean_rate(online)
    assert (found.numerator, found.denominator, found.lacking) == (None, None, lacking)


def test_a_service_without_an_audit_in_force_counts_among_those_that_are_not_compliant():
    online = [WHOLE, HALF, QUARTER, NONE, RAPID, EXPIRED]
    assert partly_compliant(online) == AuditedShare("ACC-02", 3, 6, Decimal(2), Decimal(6))
    assert fully_compliant(online) == AuditedShare("ACC-03", 3, 6, Decimal(1), Decimal(6))
    assert partly_compliant(online).coverage == Decimal("50.0")
    assert partly_compliant([NONE]).numerator == 0


def test_without_a_service_there_is_no_share():
    assert partly_compliant([]).lacking is fully_compliant([]).lacking is NoRate.NO_SERVICE
    assert partly_compliant([]).coverage is None
