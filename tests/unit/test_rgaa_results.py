"""The rate of generated audits against a naive reckoning, what Ara does otherwise, and the results read closely."""

import os
import random
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

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
    foreseen,
    rate,
    standing,
    validity,
)
from tracker.domain.rgaa_results import agrees, by_topic, failed, letters, mean_of_pages, untested
from tracker.domain.rgaa_results import read as read_letters
from tracker.importers.rgaa import read

C, NC, NA, NT = Result
VERSIONS = read(bundled("seeds") / "rgaa.yaml")
FOUR, FOUR_ONE, FIVE = VERSIONS
AUDITS = 10_000 if os.environ.get("PROFILE") == "thorough" else 1_000
SMALL = RgaaVersion("4.1", date(2021, 2, 16), (2, 2), ("1.1",), ("2.1",))
CRITERIA = tuple(SMALL.criteria())


def page(*found):
    return dict(zip(CRITERIA, found, strict=True))


def audit(*pages, shared=None, kind=AuditKind.FULL, on=date(2024, 3, 1)):
    return AuditRecord(kind, "4.1", on, None, pages, shared or {})


def naive(criteria, pages, shared):
    """Count by hand, criterion after criterion, as the method of the RGAA says it."""
    met = applicable = 0
    for one in criteria:
        cells = [page[one] for page in pages]
        if shared and shared[one] != "NT":
            cells.append(shared[one])
        if cells.count("C") + cells.count("NC") == 0:
            continue
        applicable += 1
        if cells.count("C") + cells.count("NA") == len(cells):
            met += 1
    return met, applicable


def drawn(dice):
    """Draw an audit: its kind, one to eight pages, shares of each result of its own, a shared page now and then."""
    kind = dice.choice(list(AuditKind))
    criteria = FOUR_ONE.looked_at(kind)
    weights = [dice.random() ** 2 for _ in range(4)]
    pages = [
        dict(zip(criteria, dice.choices(["C", "NC", "NA", "NT"], weights, k=len(criteria)), strict=True))
        for _ in range(dice.randint(1, 8))
    ]
    shared = dict(zip(criteria, dice.choices(["C", "NC", "NA", "NT"], k=len(criteria)), strict=True))
    return kind, criteria, pages, shared if dice.random() < 0.5 else {}


def test_the_rate_of_generated_audits_is_the_one_that_the_rule_gives():
    dice = random.Random(4_106)  # noqa: S311 - generated audits, no secret
    seen = set()
    for _ in range(AUDITS):
        kind, criteria, pages, shared = drawn(dice)
        coded = [{one: Result(code) for one, code in page.items()} for page in pages]
        common = {one: Result(code) for one, code in shared.items()}
        found = rate(coded, common)
        met, applicable = naive(criteria, pages, shared)
        assert (found.met, found.applicable) == (met, applicable)
        value = found.value
        assert value is None if not applicable else abs(Fraction(value) - Fraction(100 * met, applicable)) < 10**-20
        state = standing(
            [AuditRecord(kind, "4.1", date(2024, 1, 1), None, tuple(coded), common)], VERSIONS, None, date(2024, 6, 1)
        )
        is_finished = all(code != "NT" for page in pages for code in page.values())
        counts = kind is AuditKind.FULL and is_finished and applicable and 2 * met >= applicable
        assert (state.conformity is Conformity.NONE) is not bool(counts)
        seen |= {kind, bool(shared), len(pages)}
    assert len(seen) == 3 + 2 + 8 - 1  # one page and True are equal


def test_a_kind_looks_at_its_own_criteria_in_the_order_of_the_rgaa():
    rapid, complementary = FOUR_ONE.looked_at(AuditKind.RAPID), FOUR_ONE.looked_at(AuditKind.COMPLEMENTARY)
    assert (len(rapid), len(complementary), len(FOUR_ONE.looked_at(AuditKind.FULL))) == (25, 50, 106)
    assert set(rapid) < set(complementary) < set(FOUR_ONE.criteria())
    assert rapid[:3] == ("1.1", "3.1", "4.1")
    assert complementary[-1] == "13.8"
    assert FOUR.looked_at(AuditKind.RAPID) == ()
    assert FIVE.looked_at(AuditKind.FULL) == ()


def test_a_rapid_audit_is_rated_on_its_own_criteria_and_gives_no_legal_state():
    found = audit({"1.1": C}, {"1.1": C}, kind=AuditKind.RAPID)
    assert rate(found.pages) == Rate(1, 1, 0)
    for day in (date(2024, 3, 1), date(2025, 1, 1), date(2030, 1, 1)):
        state = standing([found], [SMALL], None, day)
        assert (state.conformity, state.reason) == (Conformity.NONE, ConformityReason.NOT_FULL)


@pytest.mark.parametrize(
    ("pages", "shared", "expected"),
    [
        ([page(C, C, NA, C)], page(NT, NT, NT, NT), Rate(3, 3, 0)),  # untested there: the pages speak
        ([page(C, C, NA, C)], page(NC, NT, NT, NT), Rate(2, 3, 0)),  # the header fails it for all
        ([page(NA, C, NA, C)], page(C, NT, NA, NT), Rate(3, 3, 0)),  # met in the header alone
        ([page(NT, C, C, C)], page(C, NT, NT, NT), Rate(3, 4, 1)),  # the header does not test a page
        ([page(NT, NT, NA, NA)], page(NT, NT, NT, NT), Rate(0, 0, 2)),
        ([], page(C, NC, NT, NA), Rate(1, 2, 1)),
    ],
)
def test_what_all_pages_share_is_one_more_place_unless_it_was_not_tested(pages, shared, expected):
    assert rate(pages, shared) == expected


def test_an_audit_is_complete_without_what_all_pages_share():
    found = audit(page(C, C, C, NC), shared=page(NT, NT, NT, NT))
    assert standing([found], [SMALL], None, date(2024, 6, 1)).conformity is Conformity.PARTIAL


@pytest.mark.parametrize(
    ("told", "found", "is_same"),
    [
        ("30", Rate(27, 89, 0), True),
        ("30.34", Rate(27, 89, 0), True),
        ("30.3", Rate(27, 89, 0), True),
        ("31", Rate(27, 89, 0), False),
        ("50", Rate(52, 105, 0), True),  # 49.52: Ara writes 50, the rule says less than half
        ("63", Rate(5, 8, 0), True),  # 62.5: halves go up
        ("0", Rate(0, 0, 3), True),
        ("1", Rate(0, 0, 3), False),
        ("100", Rate(8, 8, 0), True),
        ("1E+2", Rate(8, 8, 0), True),
    ],
)
def test_a_told_rate_is_ours_to_its_own_decimals(told, found, is_same):
    assert agrees(Decimal(told), found) is is_same


def test_what_a_tool_rounds_up_to_half_is_not_partially_compliant():
    version = RgaaVersion("4.1", date(2021, 2, 16), (105,))
    cells = dict.fromkeys(version.criteria(), C) | dict.fromkeys(list(version.criteria())[:53], NC)
    found = AuditRecord(AuditKind.FULL, "4.1", date(2024, 1, 1), None, (cells,))
    assert agrees(Decimal(50), rate([cells]))
    assert standing([found], [version], None, date(2024, 6, 1)).conformity is Conformity.NONE


def test_results_are_read_by_topic_by_page_and_by_failure():
    found = audit(page(C, NC, C, NA), page(NC, NC, C, NT), shared=page(NT, C, NT, NC))
    assert by_topic(found) == {1: Rate(0, 2, 0), 2: Rate(1, 2, 0)}
    assert failed(found) == {"1.1": [2], "1.2": [1, 2], "2.2": [0]}
    assert untested(found) == ["2.2"]
    # 2 of 3, then 1 of 3
    assert mean_of_pages(found).quantize(Decimal("0.01")) == Decimal("50.00")
    assert mean_of_pages(audit(page(NA, NA, NA, NA))) is None


def test_a_page_is_kept_as_letters_and_read_back():
    whole, rapid = page(C, NC, NA, NT), {"1.1": C}
    assert letters(whole, SMALL) == "CNAT"
    assert letters(rapid, SMALL) == "C---"
    assert read_letters("CNAT", SMALL) == whole
    assert read_letters("C---", SMALL) == rapid


@pytest.mark.parametrize(
    ("on", "published", "until", "ending"),
    [
        (date(2025, 6, 1), date(2026, 12, 31), date(2028, 6, 1), Ending.THREE_YEARS),
        (date(2026, 6, 1), date(2026, 12, 31), date(2028, 6, 30), Ending.NEW_VERSION),
        (date(2026, 11, 30), date(2026, 12, 15), date(2028, 6, 15), Ending.NEW_VERSION),
    ],
)
def test_what_the_next_version_would_change_is_told_ahead(on, published, until, ending):
    found = AuditRecord(AuditKind.FULL, "4.1", on, None, ())
    told = foreseen(found, VERSIONS, None, published)
    assert (told.until, told.ending) == (until, ending)
    assert validity(found, VERSIONS, None).ending is Ending.THREE_YEARS


def test_the_state_flips_by_itself_when_a_new_version_ends_an_audit():
    older = AuditRecord(AuditKind.FULL, "4.0", date(2020, 6, 1), None, (dict.fromkeys(FOUR.criteria(), C),))
    last = date(2022, 8, 16)  # eighteen months after the 4.1
    assert standing([older], VERSIONS, None, last).conformity is Conformity.TOTAL
    after = standing([older], VERSIONS, None, last + timedelta(days=1))
    assert (after.reason, after.validity.ending) == (ConformityReason.EXPIRED, Ending.NEW_VERSION)


PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| ([CNAT ·]+) \| ([CNAT ]+|–) \| (\d) \| (\d) \| (\d) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("pages", "shared", "met", "applicable", "left"), EXAMPLES)
def test_every_example_of_the_method_is_what_the_domain_gives(pages, shared, met, applicable, left):
    read = [page(*map(Result, one.split())) for one in pages.split(" · ")]
    common = page(*map(Result, shared.split())) if shared != "–" else {}
    assert rate(read, common) == Rate(int(met), int(applicable), int(left))


def test_the_method_has_its_examples():
    assert len(EXAMPLES) == 5
