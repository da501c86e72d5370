"""What the ecodesign of the services gives to SOB-25, SOB-26 and SOB-28."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.config.paths import bundled
from tracker.domain.digital_services import Audience, ServiceKind, ServiceRecord, ServiceState
from tracker.domain.ecodesign import Assessment, has_statement
from tracker.domain.ecodesign_records import EcodesignRecord
from tracker.domain.ecodesign_values import (
    EcodesignGap,
    last_day,
    mean_score,
    median_weight,
    statement_share,
    values,
)
from tracker.domain.page_measures import PageMeasure
from tracker.domain.rgesn import EcodesignAnswer
from tracker.importers.rgesn import read

RGESN = read(bundled("seeds") / "rgesn.yaml")
NUMBERS = [one.number for one in RGESN.criteria]
MET, NOT_MET, ASIDE, _ = EcodesignAnswer
END = date(2025, 12, 31)


def service(number=1, **values):
    return ServiceRecord(number, f"Service {number}", ServiceKind.WEBSITE, **values)


def assessed(met, applicable, on=date(2025, 6, 1), *, number=1, is_closed=True, published=None, **values):
    """Give a self-assessment where ``met`` criteria are met out of the first ``applicable`` ones."""
    told = [MET] * met + [NOT_MET] * (applicable - met)
    answers = dict(zip(NUMBERS, told + [ASIDE] * (78 - applicable), strict=True))
    return Assessment(number, 1, "2024", on, "DSI", "Tout", "", is_closed, published, "", answers, **values)


def measure(kilobytes, address="/", on=date(2025, 5, 1), version="5.4.1"):
    return PageMeasure(address, on, 300, 20, Decimal(kilobytes), "EcoIndex CLI", version)


def test_the_score_is_the_sum_of_the_shares_over_the_services_that_were_assessed():
    records = [
        EcodesignRecord(service(1), (assessed(30, 60),)),
        EcodesignRecord(service(2), (assessed(10, 40), assessed(30, 40, number=2))),  # the latest speaks
        EcodesignRecord(service(3)),
        EcodesignRecord(service(4, state=ServiceState.PROJECT), (assessed(60, 60),)),
    ]
    found = mean_score(RGESN, records, END)
    assert (found.numerator, found.denominator) == (Decimal(125), Decimal(2))
    assert found.coverage == Decimal("66.7")


@pytest.mark.parametrize(
    "assessment",
    [
        assessed(30, 60, is_closed=False),
        assessed(30, 60, on=date(2026, 1, 1)),
        Assessment(1, 1, "2024", date(2025, 6, 1), is_closed=True, answers={"1.1": MET}),  # criteria wait
    ],
    ids=["open", "to come", "unfinished"],
)
def test_what_is_not_finished_that_day_gives_no_score(assessment):
    found = mean_score(RGESN, [EcodesignRecord(service(), (assessment,))], END)
    assert (found.gap, found.whole) == (EcodesignGap.NOTHING_ASSESSED, 1)


def test_the_share_counts_the_services_in_line_whose_statement_is_in_force_whoever_they_are_for():
    stated = assessed(30, 60, published=date(2025, 7, 1))
    records = [
        EcodesignRecord(service(1), (stated,)),
        EcodesignRecord(service(2), (assessed(30, 60),)),
        EcodesignRecord(service(3, redesigned_on=date(2025, 10, 1)), (stated,)),  # overtaken
        EcodesignRecord(service(4)),
        EcodesignRecord(service(5, audience=Audience.STAFF), (stated,)),
        EcodesignRecord(service(6, state=ServiceState.CLOSED, closed_on=date(2025, 3, 1)), (stated,)),
    ]
    found = statement_share(records, END)
    assert (found.numerator, found.denominator, found.coverage) == (Decimal(2), Decimal(5), Decimal(100))


def test_a_statement_counts_from_the_day_that_it_was_published_until_a_redesign():
    told = [assessed(30, 60, published=date(2025, 7, 1))]
    assert not has_statement(told, None, date(2025, 6, 30))
    assert has_statement(told, None, date(2025, 7, 1))
    assert has_statement(told, date(2025, 10, 1), date(2025, 9, 30))
    assert not has_statement(told, date(2025, 10, 1), date(2025, 10, 1))


def test_the_median_weight_is_that_of_all_the_pages_of_the_year():
    records = [
        EcodesignRecord(service(1), measures=(measure(900), measure(1500, "/b"), measure(700, on=date(2024, 1, 1)))),
        EcodesignRecord(service(2), measures=(measure(1100, "/c"),)),
        EcodesignRecord(service(3)),
    ]
    found = median_weight(records, 2025, END)
    assert (found.value, found.n, found.coverage) == (Decimal(1100), 3, Decimal("66.7"))


def test_two_versions_of_the_tool_in_a_year_give_no_median():
    records = [
        EcodesignRecord(service(1), measures=(measure(900),)),
        EcodesignRecord(service(2), measures=(measure(900, version="6.0"),)),
    ]
    assert median_weight(records, 2025, END).gap is EcodesignGap.METHODS_MIXED


def test_without_a_service_or_a_measure_nothing_is_given_and_never_zero():
    for told in values(RGESN, [], 2025, END):
        assert (told.value, told.numerator, told.gap) == (None, None, EcodesignGap.NO_SERVICE)
    assert median_weight([EcodesignRecord(service())], 2025, END).gap is EcodesignGap.NOTHING_MEASURED
    assert statement_share([EcodesignRecord(service())], END).numerator == 0  # nobody has one: that is known


def test_a_year_that_runs_is_told_of_today():
    assert last_day(2026, date(2026, 11, 22)) == date(2026, 11, 22)
    assert last_day(2025, date(2026, 11, 22)) == END
