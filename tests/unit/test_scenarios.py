"""Scenarios: nothing moved is today's estate going on, known answers, and every lever pulls one way."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.footprints import assess, device_year
from tracker.config.paths import bundled
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.factors import Measure, Span
from tracker.domain.footprint import Accounting, Amount, AmountScope, AmountTool, Holding
from tracker.domain.renewals import RenewalBasis, Survivors, renewals, survivors
from tracker.domain.scenarios import Estate, Lever, Levers, estate, needed, project
from tracker.domain.survival import Curve, Life, survival
from tracker.importers import factors

TABLE = factors.read(bundled("seeds") / "factors.yaml")
LAPTOP, PHONE, COPIER = EquipmentCategory.LAPTOP, EquipmentCategory.SMARTPHONE, EquipmentCategory.COPIER
IN_USE = EquipmentState.IN_USE
TODAY = date(2026, 11, 20)
LAST = 2034
NEAR = Decimal("1e-15")
FIVE_YEARS = Survivors(RenewalBasis.CURVE, (Decimal(1),) * 60)


def laptops(count: int, years: int = 1) -> Holding:
    return Holding(LAPTOP, TODAY.replace(year=TODAY.year - years), None, IN_USE, count)


def known(*holdings: Holding, curve: Curve | None = None, amounts: tuple[Amount, ...] = ()) -> Estate:
    return estate(holdings, {} if curve is None else {LAPTOP: curve}, TABLE, amounts, TODAY)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Give the curve of any lives, among which some may have ended."""
    lives = st.builds(Life, st.integers(0, 4500), st.booleans(), st.integers(1, 30))
    return survival(draw(st.lists(lives, max_size=25)))


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    """Give any estate of laptops, phones and copiers, of which one has no service life."""
    pieces = st.builds(
        Holding,
        st.sampled_from([LAPTOP, PHONE, COPIER]),
        st.one_of(st.none(), st.integers(0, 4000).map(lambda days: TODAY - timedelta(days=days))),
        st.none(),
        st.just(IN_USE),
        st.integers(1, 400),
        is_reconditioned=st.booleans(),
    )
    told = draw(st.dictionaries(st.sampled_from([LAPTOP, PHONE, COPIER]), curves()))
    return estate(draw(st.lists(pieces, min_size=1, max_size=12)), told, TABLE, (), TODAY)


LIVES = st.integers(6, 180).map(lambda months: Decimal(months) / 12)


def totals(found: Estate, levers: Levers) -> list[tuple[Decimal, Decimal]]:
    """Give for each year what was bought up to then, and its kgCO2e."""
    bought, told = Decimal(0), []
    for year in project(found, levers, LAST).years:
        bought += year.bought or 0
        told.append((bought, year.footprint.carbon.value if year.footprint.carbon else Decimal(0)))
    return told


@settings(deadline=None, max_examples=60)
@given(estates())
def test_the_levers_of_today_project_the_estate_of_today_exactly(found: Estate):
    still = {
        one.category: Lever(life=one.life, reconditioned=one.reconditioned, fleet=one.now.in_use)
        for one in found.categories
    }
    base = TABLE.electricity(TODAY.year)
    assert base is not None
    plain = project(found, Levers(), LAST)
    levers = Levers(still, hours=Decimal(100), weight=Decimal(100))
    assert project(found, levers, LAST).years == plain.years
    priced = project(found, replace(levers, electricity=base.value), LAST)
    assert [one.categories for one in priced.years] == [one.categories for one in plain.years]


@settings(deadline=None, max_examples=60)
@given(estates())
def test_the_first_year_is_the_footprint_of_the_calculator(found: Estate):
    holdings = [
        Holding(one.category, None if age is None else _before(age), None, IN_USE, count)
        for one in found.categories
        for age, count in [
            *one.ages.items(),
            *([(None, one.now.in_use - sum(one.ages.values()))] if one.now.in_use > sum(one.ages.values()) else []),
        ]
    ]
    expected = assess(holdings, (), TABLE, TODAY.year, TODAY)
    [first, *_] = project(found, Levers(), LAST).years
    assert first.footprint.carbon == expected.carbon
    assert first.fleet == expected.in_use


def _before(months: int) -> date:
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, TODAY.day)


@settings(deadline=None, max_examples=60)
@given(estates(), LIVES, LIVES)
def test_a_longer_life_never_buys_more_up_to_any_year_nor_weighs_more(found: Estate, one: Decimal, other: Decimal):
    short, long = sorted((one, other))
    before = totals(found, Levers({LAPTOP: Lever(life=short)}))
    after = totals(found, Levers({LAPTOP: Lever(life=long)}))
    for year, ((bought, carbon), (least, lightest)) in enumerate(zip(before, after, strict=True)):
        assert least <= bought + NEAR
        assert lightest <= carbon + NEAR, year


@settings(deadline=None, max_examples=60)
@given(estates(), st.integers(0, 2000), st.integers(0, 2000))
def test_a_larger_fleet_never_buys_less_nor_weighs_less(found: Estate, one: int, other: int):
    small, large = sorted((one, other))
    before, after = (totals(found, Levers({LAPTOP: Lever(fleet=count)})) for count in (small, large))
    for (bought, carbon), (most, heaviest) in zip(before, after, strict=True):
        assert most >= bought - NEAR
        assert heaviest >= carbon - NEAR


SHARES = st.integers(0, 100).map(Decimal)


@settings(deadline=None, max_examples=60)
@given(estates(), SHARES, SHARES, SHARES)
def test_more_reconditioned_never_weighs_more_nor_changes_how_much_is_bought(
    found: Estate, one: Decimal, other: Decimal, weight: Decimal
):
    few, many = sorted((one, other))
    before, after = (
        totals(found, Levers({LAPTOP: Lever(reconditioned=share)}, weight=weight)) for share in (few, many)
    )
    for (bought, carbon), (same, lightest) in zip(before, after, strict=True):
        assert same == bought
        assert lightest <= carbon


@settings(deadline=None, max_examples=40)
@given(estates(), SHARES, SHARES, SHARES)
def test_a_heavier_reconditioned_piece_never_weighs_less_and_a_dearer_one_never_costs_less(
    found: Estate, one: Decimal, other: Decimal, share: Decimal
):
    few, many = sorted((one, other))
    light, heavy = (
        totals(found, Levers({LAPTOP: Lever(reconditioned=share)}, weight=weight)) for weight in (few, many)
    )
    for (same, lightest), (bought, heaviest) in zip(light, heavy, strict=True):
        assert same == bought
        assert lightest <= heaviest
    for cheap, dear in (
        (Lever(reconditioned=share, price=few, reconditioned_price=one), Lever(price=many, reconditioned_price=one)),
        (Lever(price=one, reconditioned_price=few), Lever(price=one, reconditioned_price=many)),
    ):
        budgets = [
            project(found, Levers({LAPTOP: replace(lever, reconditioned=share)}), LAST).budget
            for lever in (cheap, dear)
        ]
        least, most = budgets
        assert (least is None) == (most is None)
        assert least is None or most is None or least <= most


@settings(deadline=None, max_examples=40)
@given(estates(), SHARES, SHARES)
def test_more_hours_and_a_dirtier_electricity_never_weigh_less(found: Estate, one: Decimal, other: Decimal):
    few, many = sorted((one, other))
    for before, after in (
        (Levers(hours=few), Levers(hours=many)),
        (Levers(electricity=few / 100), Levers(electricity=many / 100)),
    ):
        for (_, lightest), (_, heaviest) in zip(totals(found, before), totals(found, after), strict=True):
            assert lightest <= heaviest


@settings(deadline=None, max_examples=60)
@given(curves(), st.dictionaries(st.integers(0, 200), st.integers(1, 50), max_size=8), st.integers(0, 40), LIVES)
def test_no_piece_is_lost_whatever_the_fleet_becomes(curve: Curve, ages: dict[int, int], undated: int, life: Decimal):
    lasting = survivors(curve, life)
    assert lasting is not None
    start = Decimal(sum(ages.values()) + (undated if ages else 0))
    fleets = [start, start * 2, start / 2, start / 2, Decimal(0), Decimal(30)]
    for year in renewals(lasting, ages, undated if ages else 0, fleets, life=life, stretch=Fraction(5, 4)):
        assert year.bought >= 0
        assert year.renewed <= year.fleet + NEAR
        assert year.spread <= year.fleet + NEAR
        assert sum(year.ages) <= year.fleet + NEAR


def test_an_estate_of_one_age_is_bought_again_when_its_life_is_over():
    years = renewals(FIVE_YEARS, {12: 100}, 0, [Decimal(100)] * 11)
    assert [int(year.bought) for year in years] == [0, 0, 0, 0, 100, 0, 0, 0, 0, 100, 0]
    longer = renewals(FIVE_YEARS, {12: 100}, 0, [Decimal(100)] * 11, stretch=Fraction(6, 5))
    assert [int(year.bought) for year in longer] == [0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0]
    assert [int(one) for one in years[3].ages] == [0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0]


def test_what_leaves_has_the_age_of_its_end():
    holding = laptops(100, 4)
    year = project(known(holding), Levers(), 2028).years[1]
    assert (year.exit_age({LAPTOP}), year.exit_age({PHONE})) == (Decimal("4.5"), None)
    longer = project(known(holding), Levers({LAPTOP: Lever(life=Decimal(7))}), 2030).years
    assert [one.exit_age({LAPTOP}) for one in longer] == [None, None, None, Decimal("6.5"), None]


def test_what_nobody_dated_leaves_as_the_rest_does_and_a_shrinking_fleet_gives_up_its_part_of_each_age():
    half = renewals(FIVE_YEARS, {48: 50, 0: 50}, 100, [Decimal(200), Decimal(200)])
    assert half[1].bought == 100
    shrunk = renewals(FIVE_YEARS, {48: 50, 0: 50}, 0, [Decimal(100), Decimal(60)])
    assert shrunk[1].bought == 30
    assert renewals(FIVE_YEARS, {0: 50}, 0, [Decimal(50), Decimal(80)])[1].bought == 30


def test_a_curve_that_knows_too_little_gives_way_to_the_service_life():
    few = survivors(survival([Life(700, has_ended=True, count=9), Life(900, has_ended=False, count=90)]), Decimal(5))
    assert few == Survivors(RenewalBasis.SERVICE_LIFE, (Decimal(1),) * 60)
    young = survivors(survival([Life(700, has_ended=True, count=10), Life(900, has_ended=False, count=90)]), Decimal(5))
    assert young is not None
    assert (young.basis, len(young.shares)) == (RenewalBasis.CURVE_THEN_LIFE, 60)
    assert (young.at(22), young.at(24), young.at(59), young.at(60)) == (1, Decimal("0.9"), Decimal("0.9"), 0)
    whole = survivors(survival([Life(700, has_ended=True, count=10)]), Decimal(5))
    assert whole == Survivors(RenewalBasis.CURVE, (Decimal(1),) * 23)
    assert survivors(Curve(), None) is None


def test_a_category_that_nothing_tells_is_unknown_and_never_zero():
    [first, *_, last] = project(known(Holding(COPIER, None, None, IN_USE, 7)), Levers(), LAST).years
    assert first.footprint.carbon is None
    assert (last.fleet, last.bought, last.budget) == (7, None, None)


def test_six_years_in_place_of_five_are_the_known_answer_of_a_laptop():
    found = project(known(laptops(100)), Levers({LAPTOP: Lever(life=Decimal(6))}), 2027)
    told = [year.footprint.carbon for year in found.years]
    one = [device_year(TABLE, LAPTOP, 2025, life=life) for life in (None, Decimal(6))]
    assert [span.value.quantize(NEAR) for span in told if span] == [
        (100 * span.value).quantize(NEAR) for span in one if span
    ]
    assert [round(span.value / 100, 1) for span in told if span] == [Decimal("38.4"), Decimal("32.2")]
    assert all(span.low < span.value < span.high for span in told if span)


def test_a_budget_is_the_prices_that_were_told_and_unknown_without_one():
    estate_ = known(laptops(100, 4))
    lever = Lever(reconditioned=Decimal(25), price=Decimal(1000), reconditioned_price=Decimal(400))
    assert project(estate_, Levers({LAPTOP: lever}), 2027).budget == 75 * 1000 + 25 * 400
    unpriced = project(estate_, Levers({LAPTOP: replace(lever, reconditioned_price=None)}), 2027)
    assert (unpriced.budget, unpriced.unpriced(), unpriced.bought) == (None, [LAPTOP], 100)
    assert project(estate_, Levers({LAPTOP: Lever(price=Decimal(1000))}), 2027).budget == 100_000
    young = project(known(laptops(100)), Levers(), 2027)
    assert (young.bought, young.budget, young.unpriced()) == (0, None, [])


def test_amounts_stay_as_they_are_and_stand_for_their_devices():
    servers = Holding(EquipmentCategory.SERVER, date(2024, 1, 1), None, IN_USE, 5)
    span = Span(Decimal(900), Decimal(800), Decimal(1000))
    amount = Amount(1, 1, 2025, AmountScope.SERVERS, AmountTool.STATED, "salle", span, None, None, "facture")
    found = project(known(laptops(100), servers, amounts=(amount,)), Levers(), 2028)
    alone = project(known(laptops(100)), Levers(), 2028)
    for year, other in zip(found.years, alone.years, strict=True):
        assert year.footprint.carbon is not None
        assert other.footprint.carbon is not None
        assert year.footprint.carbon.value == other.footprint.carbon.value + 900


def test_the_life_that_reaches_a_reduction_is_the_least_one_that_does():
    estate_ = known(laptops(1000))
    found = needed(estate_, Levers(), 2029, Decimal(15))
    assert found is not None
    changes = [
        project(estate_, Levers({LAPTOP: Lever(life=Decimal(5) * percent / 100)}), 2029).change
        for percent in (found.percent - 1, found.percent)
    ]
    assert changes[0] is not None
    assert changes[1] is not None
    assert changes[0] > -15 >= changes[1]
    assert found.lives == {LAPTOP: Decimal(5) * found.percent / 100}


@pytest.mark.parametrize(
    ("levers", "reduction", "percent"),
    [(Levers(), 0, 100), (Levers({LAPTOP: Lever(fleet=500)}), 50, 100), (Levers(), 99, None)],
)
def test_a_reduction_may_be_there_already_or_out_of_reach(levers: Levers, reduction: int, percent: int | None):
    found = needed(known(laptops(1000)), levers, 2029, Decimal(reduction))
    assert (found and found.percent) == percent


def test_nothing_that_is_weighed_reaches_no_reduction():
    assert needed(known(Holding(COPIER, None, None, IN_USE, 7)), Levers(), 2029, Decimal(10)) is None


def test_each_life_by_itself_that_reaches_a_reduction_is_told_too():
    screens = Holding(EquipmentCategory.MONITOR, date(2025, 1, 1), None, IN_USE, 300)
    both = known(laptops(1000), screens)
    found = needed(both, Levers(), 2029, Decimal(15))
    assert found is not None
    assert found.percent is not None
    assert list(found.alone) == [LAPTOP]
    assert found.alone[LAPTOP] > found.lives[LAPTOP]
    change = project(both, Levers({LAPTOP: Lever(life=found.alone[LAPTOP])}), 2029).change
    assert change is not None
    assert change <= -15


@settings(deadline=None, max_examples=60)
@given(estates())
def test_by_flow_the_first_year_is_that_of_today_and_what_is_bought_bears_its_making(found: Estate):
    plain = project(found, Levers(), LAST, Accounting.FLOW)
    still = {one.category: Lever(life=one.life, fleet=one.now.in_use) for one in found.categories}
    assert project(found, Levers(still), LAST, Accounting.FLOW).years == plain.years
    came = {one.category: Decimal(one.now.came) for one in found.categories}
    for rank, year in enumerate(plain.years):
        for ahead, weighed in zip(year.categories, year.footprint.categories, strict=True):
            bought = ahead.bought if rank else came[ahead.category]
            embodied = TABLE.span(ahead.category, Measure.MAKING)
            if bought is None or embodied is None:
                assert weighed.making is None
            else:
                assert weighed.making is not None
                assert abs(weighed.making.value - bought * embodied.value) <= embodied.value / 2
