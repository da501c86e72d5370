"""Computed indicators: a value each year where every input has one, and what is missing where one has not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.factories import make_aim, make_baseline, make_commitment, make_indicator, make_reading, make_target
from tracker.domain.computed import Sources, complete
from tracker.domain.formula import Cycle
from tracker.domain.judgement import ReasonCode
from tracker.domain.kinds import judge
from tracker.domain.methods import Method
from tracker.domain.records import Aim, Reading
from tracker.domain.series import Point
from tracker.domain.vocabulary import Absence, CommitmentKind, Comparator, Quality, Status, TargetBasis
from tracker.importers.formulas import read

PER_HEAD = "SOB-31 / GOV-16"
YEARS = range(2020, 2026)


def values(numbers, **options):
    return {year: make_reading(year, value, **options) for year, value in numbers.items()}


def computed(typed, formulas, *, baselines=None, since=0, years=YEARS):
    """Complete ``typed`` with one method a formula, in force from ``since``."""
    methods = {
        code: (*((Method(),) if since else ()), Method(2 if since else 1, since, read(text), text))
        for code, text in formulas.items()
    }
    return complete(Sources(typed, methods, baselines or {}, years))


def test_a_year_is_computed_from_the_values_of_that_year():
    found = computed(
        {"SOB-31": values({2020: 300, 2021: 330}), "GOV-16": values({2020: 100, 2021: 120})}, {"X-1": PER_HEAD}
    )
    readings = found["X-1"].readings
    assert {year: reading.value for year, reading in readings.items()} == {2020: 3, 2021: Decimal("2.75")}
    assert all(reading.quality is Quality.CALCULATED and reading.revision == 0 for reading in readings.values())


def test_a_missing_input_is_never_zero_and_is_named():
    found = computed({"SOB-31": values({2020: 300, 2021: 330}), "GOV-16": values({2020: 100})}, {"X-1": PER_HEAD})
    lacking = found["X-1"].readings[2021]
    assert (lacking.value, lacking.absence, lacking.missing) == (None, Absence.NOT_COMPUTABLE, ("GOV-16",))


def test_an_input_that_says_why_it_has_no_value_is_missing_too():
    gap = {2020: make_reading(2020, absence=Absence.NOT_AVAILABLE)}
    found = computed({"SOB-31": values({2020: 300}), "GOV-16": gap}, {"X-1": PER_HEAD})
    assert found["X-1"].readings[2020].missing == ("GOV-16",)


def test_a_year_in_which_every_input_is_silent_says_nothing():
    found = computed({"SOB-31": values({2020: 300}), "GOV-16": values({2020: 100})}, {"X-1": PER_HEAD})
    assert set(found["X-1"].readings) == {2020}


def test_a_division_by_zero_is_not_computable_and_lacks_nothing():
    found = computed({"SOB-31": values({2020: 300}), "GOV-16": values({2020: 0})}, {"X-1": PER_HEAD})
    reading = found["X-1"].readings[2020]
    assert (reading.absence, reading.missing) == (Absence.NOT_COMPUTABLE, ())


def test_a_formula_may_draw_on_another_computed_indicator_whatever_their_order():
    typed = {"SOB-31": values({2020: 300}), "GOV-16": values({2020: 100})}
    found = computed(typed, {"A-1": "2 × B-1", "B-1": PER_HEAD})
    assert found["A-1"].readings[2020].value == 6


def test_what_a_computed_input_lacks_leaves_the_next_one_lacking_it():
    found = computed({"SOB-31": values({2020: 300})}, {"A-1": "2 × B-1", "B-1": PER_HEAD})
    assert found["B-1"].readings[2020].missing == ("GOV-16",)
    assert found["A-1"].readings[2020].missing == ("B-1",)


def test_formulas_that_need_each_other_are_refused_by_name():
    with pytest.raises(Cycle, match="A-1 → B-1 → A-1"):
        computed({"SOB-31": values({2020: 300})}, {"A-1": "B-1 + SOB-31", "B-1": "A-1 + SOB-31"})


def test_the_quality_is_that_of_the_least_sure_input_and_the_coverage_the_smallest():
    typed = {
        "SOB-31": {2020: Reading(2020, 1, Decimal(300), quality=Quality.MEASURED, coverage=Decimal(95))},
        "GOV-16": {2020: Reading(2020, 1, Decimal(100), quality=Quality.ESTIMATED, coverage=Decimal(80))},
    }
    reading = computed(typed, {"X-1": PER_HEAD})["X-1"].readings[2020]
    assert (reading.quality, reading.coverage) == (Quality.ESTIMATED, 80)


def test_a_computed_value_is_as_recent_as_its_latest_input():
    first, last = datetime(2021, 1, 2, tzinfo=UTC), datetime(2021, 3, 4, tzinfo=UTC)
    typed = {
        "SOB-31": {2020: Reading(2020, 1, Decimal(300), recorded_at=last)},
        "GOV-16": {2020: Reading(2020, 1, Decimal(100), recorded_at=first)},
    }
    assert computed(typed, {"X-1": PER_HEAD})["X-1"].readings[2020].recorded_at == last


# Baselines


def change(baseline):
    found = computed(
        {"SOB-01": values({2020: 2000, 2021: 1700})},
        {"SOB-03": "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"},
        baselines={"SOB-01": (baseline,)} if baseline else {},
    )
    return found["SOB-03"].readings


def test_a_change_is_counted_from_the_known_baseline():
    assert change(make_baseline(2000, 2020))[2021].value == -15


@pytest.mark.parametrize("baseline", [None, make_baseline(None)])
def test_without_a_known_baseline_the_change_is_not_computable_and_says_so(baseline):
    assert change(baseline)[2021].missing == ("référence(SOB-01)",)


# Methods


TYPED = {
    "X-1": values({2020: "3.4", 2021: "3.3", 2022: "3.2"}),
    "SOB-31": values({year: 300 + year - 2020 for year in YEARS}),
    "GOV-16": values(dict.fromkeys(YEARS, 100)),
}


def since_2023(typed=TYPED):
    return computed(typed, {"X-1": PER_HEAD}, since=2023)["X-1"]


def test_the_years_before_a_formula_keep_their_typed_values():
    readings = since_2023().readings
    assert {year: (reading.value, reading.method) for year, reading in readings.items()} == {
        2020: (Decimal("3.4"), 1),
        2021: (Decimal("3.3"), 1),
        2022: (Decimal("3.2"), 1),
        2023: (Decimal("3.03"), 2),
        2024: (Decimal("3.04"), 2),
        2025: (Decimal("3.05"), 2),
    }


def test_older_years_are_recomputed_by_the_new_method_where_the_inputs_allow():
    assert since_2023().restated[2] == tuple(Point(year, 3 + Decimal(year - 2020) / 100) for year in YEARS)


def test_a_year_whose_inputs_are_missing_is_not_recomputed():
    typed = {**TYPED, "GOV-16": values({year: 100 for year in YEARS if year != 2021})}
    assert [point.year for point in since_2023(typed).restated[2]] == [2020, 2022, 2023, 2024, 2025]


def test_an_input_that_changed_its_own_method_stops_the_recomputation_there():
    parks = {year: make_reading(year, 300, method=1 if year < 2022 else 2) for year in YEARS}
    methods = {
        "X-1": (Method(), Method(2, 2023, read(PER_HEAD), PER_HEAD)),
        "SOB-31": (Method(), Method(2, 2022, reason="nouvel inventaire")),
    }
    found = complete(Sources({**TYPED, "SOB-31": parks}, methods, {}, YEARS))
    assert [point.year for point in found["X-1"].restated[2]] == [2022, 2023, 2024, 2025]


# What a break does to a judgement


def broken(*targets, baseline=None, readings=None, restated=None):
    return Aim(
        make_indicator(),
        targets,
        (baseline,) if baseline else (),
        readings
        or {2021: make_reading(2021, 4), 2022: make_reading(2022, 9, method=2), 2023: make_reading(2023, 8, method=2)},
        restated=restated or {},
    )


def judged(aim, year, kind=CommitmentKind.QUANTIFIED):
    said = judge(make_commitment(kind, aims=[aim]), year, datetime(2026, 11, 22, tzinfo=UTC).date())
    return said.status, [reason.code for reason in said.reasons], said


def measured_by_the_first_method():
    base = make_baseline(4, 2020)
    return type(base)(base.state, base.value, base.year, method=1)


def test_a_percentage_of_a_baseline_of_another_method_waits_for_a_new_baseline():
    target = make_target(25, Comparator.GREATER, TargetBasis.RELATIVE_PERCENT)
    status, codes, _ = judged(broken(target, baseline=measured_by_the_first_method()), 2022)
    assert (status, codes) == (Status.BASELINE_NEEDED, [ReasonCode.METHOD_BREAK])


def test_a_voted_value_is_judged_across_a_break_but_has_no_progress():
    aim = broken(make_target(10, horizon_year=2030), baseline=measured_by_the_first_method())
    status, codes, said = judged(aim, 2023)
    assert status is Status.OFF_TRACK  # 8 after 9, by the new method: the old 4 says nothing
    assert codes == [ReasonCode.NO_LINE, ReasonCode.MOVES_AWAY, ReasonCode.METHOD_CHANGED]
    assert (said.aims[0].progress, said.aims[0].expected) == (None, None)


def test_the_first_year_of_a_new_method_is_not_compared_with_the_last_of_the_old_one():
    status, codes, _ = judged(broken(make_target(10)), 2022)
    assert status is Status.WATCH
    assert codes == [ReasonCode.NO_HORIZON, ReasonCode.FIRST_VALUE, ReasonCode.METHOD_CHANGED]


def test_a_direction_is_read_within_one_method():
    assert judged(broken(), 2022, CommitmentKind.DIRECTIONAL)[:2] == (
        Status.BASELINE_NEEDED,
        [ReasonCode.METHOD_CHANGED],
    )
    assert judged(broken(), 2023, CommitmentKind.DIRECTIONAL)[0] is Status.OFF_TRACK


def test_a_series_recomputed_by_the_new_method_is_not_broken():
    restated = {
        2: (Point(2020, Decimal(10)), Point(2021, Decimal("9.5")), Point(2022, Decimal(9)), Point(2023, Decimal(8)))
    }
    aim = broken(restated=restated)
    assert not aim.has_break(2023)
    assert [point.value for point in aim.comparable(2022)] == [10, Decimal("9.5"), 9]


def test_a_departure_that_the_vote_states_compares_with_any_method():
    target = make_target(10, basis=TargetBasis.FROM_TO, horizon_year=2030, start=4, start_year=2020)
    _, _, said = judged(broken(target), 2023)
    assert said.aims[0].progress == Decimal(8 - 4) / 6


def test_factories_make_series_of_one_method():
    assert not make_aim({2020: 1, 2021: 2}).has_break(2021)


def test_a_result_that_the_indicator_cannot_have_is_not_computable():
    typed = {"SOB-31": values({2020: 300, 2021: 30}), "GOV-16": values({2020: 100, 2021: 100})}
    methods = {"X-1": (Method(1, 0, read("SOB-31 / GOV-16 − 1")),)}
    bounds = {"X-1": (Decimal(0), Decimal(100))}
    found = complete(Sources(typed, methods, {}, YEARS, bounds))["X-1"]
    assert found.readings[2020].value == 2
    assert (found.readings[2021].absence, found.readings[2021].missing) == (Absence.NOT_COMPUTABLE, ())
    assert found.restated[1] == (Point(2020, Decimal(2)),)


def test_an_input_that_changes_its_method_leaves_the_years_before_as_they_were_judged():
    def aim(since):
        parks = {
            year: make_reading(year, value, method=1 if year < since else 2)
            for year, value in {2021: 5, 2022: 6, 2023: 7, 2024: 9, 2025: 8}.items()
        }
        methods = {"C-1": (Method(1, 0, read("somme(A-1)")),), "A-1": (Method(), Method(2, since))}
        found = complete(Sources({"A-1": parks}, methods, {}, range(2021, 2026)))["C-1"]
        return Aim(make_indicator(), readings=found.readings, methods=methods["C-1"], restated=found.restated)

    before, after = aim(2100), aim(2024)
    for year in (2022, 2023):
        assert judged(after, year, CommitmentKind.DIRECTIONAL)[0] is Status.ON_TRACK
        assert judged(after, year, CommitmentKind.DIRECTIONAL)[0] is judged(before, year, CommitmentKind.DIRECTIONAL)[0]
    assert judged(after, 2024, CommitmentKind.DIRECTIONAL)[:2] == (
        Status.BASELINE_NEEDED,
        [ReasonCode.METHOD_CHANGED],
    )
