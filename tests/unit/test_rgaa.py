"""The rate of an audit, how long it counts, and the legal state that follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tracker.config.paths import bundled
from tracker.domain.rgaa import (
    AuditKind,
    AuditRecord,
    Conformity,
    ConformityReason,
    Ending,
    Rate,
    Result,
    RgaaVersion,
    rate,
    standing,
    validity,
)
from tracker.importers.rgaa import read

C, NC, NA, NT = Result
FOUR = RgaaVersion("4.0", date(2019, 9, 20), (2, 2))
FOUR_ONE = RgaaVersion("4.1", date(2021, 2, 16), (2, 2))
VERSIONS = (FOUR, FOUR_ONE)
CRITERIA = tuple(FOUR_ONE.criteria())


def page(*results):
    return dict(zip(CRITERIA, results, strict=True))


def audit(*pages, kind=AuditKind.FULL, version="4.1", on=date(2023, 3, 1), published=None):
    return AuditRecord(kind, version, on, published, pages)


def test_a_version_numbers_its_criteria_by_topic():
    assert CRITERIA == ("1.1", "1.2", "2.1", "2.2")


def test_the_versions_that_are_shipped_have_the_criteria_of_the_rgaa():
    found = {one.code: one for one in read(bundled("seeds") / "rgaa.yaml")}
    assert len(tuple(found["4.1"].criteria())) == 106
    assert found["4.1"].topics == (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
    assert found["5"].published_on is None


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([page(C, C, C, C)], Rate(4, 4, 0)),
        ([page(C, NC, NA, C)], Rate(2, 3, 0)),
        ([page(C, C, NA, C), page(NC, C, NA, NA)], Rate(2, 3, 0)),  # what one page fails, the service fails
        ([page(C, C, NA, C), page(C, NT, NA, C)], Rate(2, 3, 1)),  # untested somewhere: not met, not failed
        ([page(NT, NT, NT, NT)], Rate(0, 0, 4)),
        ([page(NA, NA, NA, NA)], Rate(0, 0, 0)),
        ([page(C, C, C, C), {"1.1": C}], Rate(1, 4, 3)),  # a page that says nothing leaves it untested
        ([], Rate(0, 0, 0)),
    ],
)
def test_a_criterion_is_met_when_every_page_meets_it(pages, expected):
    assert rate(pages) == expected


def test_a_rate_is_no_mean_of_pages():
    assert rate([page(C, C, C, NC), page(NC, C, C, C)]).value == Decimal(50)  # the mean of both pages is 75


@pytest.mark.parametrize(
    ("found", "redesigned", "until", "ending"),
    [
        (audit(on=date(2023, 3, 1)), None, date(2026, 3, 1), Ending.THREE_YEARS),
        (audit(on=date(2023, 3, 1), published=date(2023, 6, 15)), None, date(2026, 6, 15), Ending.THREE_YEARS),
        (audit(on=date(2024, 2, 29)), None, date(2027, 2, 28), Ending.THREE_YEARS),
        (audit(version="4.0", on=date(2020, 6, 1)), None, date(2022, 8, 16), Ending.NEW_VERSION),
        (audit(version="4.0", on=date(2021, 6, 1)), None, date(2022, 8, 16), Ending.NEW_VERSION),
        (audit(version="4.0", on=date(2019, 10, 1)), None, date(2022, 8, 16), Ending.NEW_VERSION),
        (audit(on=date(2023, 3, 1)), date(2024, 5, 2), date(2024, 5, 1), Ending.REDESIGN),
        (audit(on=date(2023, 3, 1)), date(2023, 3, 1), date(2026, 3, 1), Ending.THREE_YEARS),
    ],
)
def test_an_audit_counts_until_the_first_of_what_ends_it(found, redesigned, until, ending):
    counts = validity(found, VERSIONS, redesigned)
    assert (counts.until, counts.ending) == (until, ending)


def test_the_state_changes_by_itself_on_the_day_after_the_last_one():
    found = audit(page(C, C, C, NC))
    last = date(2026, 3, 1)
    assert standing([found], VERSIONS, None, last).conformity is Conformity.PARTIAL
    after = standing([found], VERSIONS, None, last + timedelta(days=1))
    assert (after.conformity, after.reason) == (Conformity.NONE, ConformityReason.EXPIRED)
    assert after.rate == Rate(3, 4, 0)


@pytest.mark.parametrize(
    ("audits", "conformity", "reason"),
    [
        ([], Conformity.NONE, ConformityReason.NO_AUDIT),
        ([audit(page(C, C, C, C), on=date(2025, 2, 1))], Conformity.NONE, ConformityReason.NO_AUDIT),  # to come
        ([audit(page(C, C, C, C), kind=AuditKind.RAPID)], Conformity.NONE, ConformityReason.NOT_FULL),
        ([audit(page(C, C, C, C), kind=AuditKind.COMPLEMENTARY)], Conformity.NONE, ConformityReason.NOT_FULL),
        ([audit(page(C, C, C, NT))], Conformity.NONE, ConformityReason.INCOMPLETE),
        ([audit()], Conformity.NONE, ConformityReason.INCOMPLETE),
        ([audit(page(NA, NA, NA, NA))], Conformity.NONE, ConformityReason.RATE),
        ([audit(page(C, NC, NC, NC))], Conformity.NONE, ConformityReason.RATE),
        ([audit(page(C, C, NC, NC))], Conformity.PARTIAL, ConformityReason.RATE),
        ([audit(page(C, C, C, NA))], Conformity.TOTAL, ConformityReason.RATE),
        (
            [audit(page(C, C, C, C)), audit(page(C, NC, NC, NC), on=date(2024, 1, 1))],
            Conformity.NONE,
            ConformityReason.RATE,  # the latest speaks
        ),
        (
            [audit(page(C, C, C, C)), audit(page(C, NT, C, C), on=date(2024, 1, 1))],
            Conformity.TOTAL,
            ConformityReason.RATE,  # one that is not finished takes nothing from the one before
        ),
        (
            [audit(page(C, C, C, C)), audit(page(NC, NC, C, C), on=date(2024, 1, 1), kind=AuditKind.RAPID)],
            Conformity.TOTAL,
            ConformityReason.RATE,
        ),
    ],
)
def test_only_a_full_audit_in_force_gives_a_legal_state(audits, conformity, reason):
    found = standing(audits, VERSIONS, None, date(2024, 6, 1))
    assert (found.conformity, found.reason) == (conformity, reason)
