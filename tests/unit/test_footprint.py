"""The footprint of the estate: known answers, the worked example of docs/method.md, what is missing or replaced."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.footprints import assess, device_year
from tracker.config.paths import bundled
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.factors import Factor, FactorTable, Measure, Span, exact, together, unit_of, with_own
from tracker.domain.footprint import (
    Accounting,
    Amount,
    AmountScope,
    AmountTool,
    CategoryYear,
    Footprint,
    Holding,
    LifeStage,
    avoided,
    counted_over,
)
from tracker.importers import factors

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Footprint of the estate")[2].partition("\n## ")[0]
TABLE = factors.read(bundled("seeds") / "factors.yaml")
LAPTOP, PHONE, MONITOR = EquipmentCategory.LAPTOP, EquipmentCategory.SMARTPHONE, EquipmentCategory.MONITOR
IN_USE, IN_STOCK, RETIRED = EquipmentState.IN_USE, EquipmentState.IN_STOCK, EquipmentState.RETIRED
END_2025 = date(2025, 12, 31)
WEIGHT = re.compile(r"(\d+) `(\w+)`, (\d{4}-\d\d-\d\d|undated)")


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table of the section whose first heading is ``heading``."""
    lines = SECTION.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert found, heading
    return found


def reckoned(written: str) -> Decimal:
    """Reckon sums of products and quotients, as the page writes them."""
    total = Decimal(0)
    for term in written.split(" + "):
        first, *rest = re.split(r" ([×/]) ", term)
        product = Decimal(first)
        for sign, number in zip(rest[::2], rest[1::2], strict=True):
            product = product * Decimal(number) if sign == "×" else product / Decimal(number)
        total += product
    return total


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.001"))


def held(line: str) -> Holding:
    found = WEIGHT.fullmatch(line)
    assert found, line
    start = None if found[3] == "undated" else date.fromisoformat(found[3])
    return Holding(EquipmentCategory(found[2]), start, None, IN_USE, int(found[1]))


EXAMPLE = [held(line) for line in dict.fromkeys(row[0] for row in rows("What")) if line != "all of them"]


def near(one: Span, other: Span) -> bool:
    """Tell whether two sums are the same but for the order that they were added in."""
    pairs = ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    return all(abs(left - right) < Decimal("1e-15") for left, right in pairs)


def example(year: int = 2025, **how) -> Footprint:
    return assess(EXAMPLE, (), TABLE, year, date(year, 12, 31), **how)


def carbon(footprint: Footprint) -> Span:
    assert footprint.carbon is not None
    return footprint.carbon


@pytest.mark.parametrize("row", rows("Device, life, year"), ids=str)
def test_a_device_weighs_what_the_page_says(row):
    found = re.fullmatch(r"`(\w+)`, ([\d.]+) years, (\d{4})", row[0])
    assert found
    told = device_year(TABLE, EquipmentCategory(found[1]), int(found[3]), life=Decimal(found[2]))
    assert told is not None
    assert told.value.quantize(Decimal("0.01")) == Decimal(row[1])


def test_the_known_answers_are_on_the_page():
    told = {row[0]: row[1] for row in rows("Device, life, year")}
    assert (told["`laptop`, 5 years, 2025"], told["`laptop`, 6 years, 2025"]) == ("38.36", "32.19")
    assert (told["`smartphone`, 2 years, 2025"], told["`smartphone`, 3 years, 2025"]) == ("39.99", "26.73")


@pytest.mark.parametrize("row", rows("What"), ids=str)
def test_every_line_of_the_example_is_what_its_reckoning_and_the_domain_give(row):
    what, stage, reckoning, result = row
    assert rounded(reckoned(reckoning)) == Decimal(result)
    of = EXAMPLE if what == "all of them" else [held(what)]
    told = assess(of, (), TABLE, 2025, END_2025).stages()[LifeStage(stage.strip("`"))]
    assert rounded(told.value) == Decimal(result)


def test_every_view_of_the_example_is_what_the_domain_gives():
    longer = TABLE.with_lives({LAPTOP: Decimal(6)})
    per_head = example().per_head(Decimal(150))
    assert per_head is not None
    told = {
        "stock, 2025": carbon(example()),
        "flow, 2025": carbon(example(accounting=Accounting.FLOW)),
        "stock, 2023": carbon(example(2023)),
        "stock, 2023, electricity of 2025": carbon(example(2023, electricity=2025)),
        "stock, 2025, for each of 150 people": per_head,
        "avoided in 2025, `laptop` from 5 to 6 years": avoided(example().categories, TABLE, longer)[LAPTOP],
    }
    written = {row[0]: Span(*map(Decimal, row[1:])) for row in rows("View")}
    assert written == {
        name: Span(rounded(span.value), rounded(span.low), rounded(span.high)) for name, span in told.items()
    }


@given(share=st.decimals("0.01", "3", places=2), life=st.decimals("1", "12", places=2))
def test_a_life_longer_by_x_takes_x_over_one_plus_x_off_the_embodied_part(share, life):
    def embodied(years: Decimal) -> Decimal:
        table = TABLE.with_lives({LAPTOP: years})
        told = assess([Holding(LAPTOP, END_2025, None, IN_USE)], (), table, 2025, END_2025).stages()
        return told[LifeStage.MAKING].value + told[LifeStage.END].value

    fall = 1 - embodied(life * (1 + share)) / embodied(life)
    assert abs(fall - share / (1 + share)) < Decimal("1e-20")
    assert abs(1 - embodied(Decimal("6.25")) / embodied(Decimal(5)) - Decimal("0.2")) < Decimal("1e-20")


def test_every_shipped_factor_says_its_source_year_licence_range_and_unit():
    assert len(TABLE.factors) > 50
    for code, factor in TABLE.factors.items():
        assert factor.source and factor.source_version and factor.licence and factor.bounds, code  # noqa: PT018
        assert 2020 <= factor.year <= 2026
        assert factor.unit == unit_of(code)
        assert 0 <= factor.low <= factor.value <= factor.high


def test_nothing_is_shipped_that_its_licence_does_not_let_us_ship():
    """No resource factor (they come from databases that may not be copied), no water, no row of Boavizta."""
    assert not [code for code in TABLE.factors if code.endswith(".resources")]
    assert not [one.source for one in TABLE.factors.values() if "Boavizta" in one.source or "ecoinvent" in one.source]


def test_the_range_of_a_monitor_is_as_wide_as_its_sources_disagree():
    making = TABLE.span(MONITOR, Measure.MAKING)
    assert making is not None
    assert making.high / making.low > 5


def test_what_is_past_its_life_counts_nothing_embodied_and_still_its_use():
    old = assess([Holding(LAPTOP, date(2020, 12, 31), None, IN_USE, 10)], (), TABLE, 2025, END_2025).categories[0]
    assert (old.spread, old.making) == (10, exact(Decimal(0)))
    assert old.use is not None
    assert old.use.value > 0
    last = assess([Holding(LAPTOP, date(2021, 1, 1), None, IN_USE, 10)], (), TABLE, 2025, END_2025).categories[0]
    assert last.spread == 0


@pytest.mark.parametrize(
    ("holding", "counts"),
    [
        (Holding(LAPTOP, date(2025, 12, 31), None, IN_USE), {"in_use": 1, "came": 1}),
        (Holding(LAPTOP, date(2026, 1, 1), None, IN_USE), {}),
        (Holding(LAPTOP, date(2023, 1, 1), date(2025, 12, 31), RETIRED), {}),
        (Holding(LAPTOP, date(2023, 1, 1), date(2026, 1, 1), RETIRED), {"in_use": 1}),
        (Holding(LAPTOP, date(2025, 1, 1), date(2025, 6, 1), RETIRED), {"came": 1}),
        (Holding(LAPTOP, date(2023, 1, 1), None, RETIRED), {"untold": 1}),
        (Holding(LAPTOP, None, None, IN_USE, 4), {"in_use": 4, "undated": 4}),
        (Holding(LAPTOP, None, date(2026, 5, 1), RETIRED), {"in_use": 1, "undated": 1}),
        (Holding(LAPTOP, date(2023, 1, 1), None, IN_STOCK), {"in_stock": 1}),
        (Holding(LAPTOP, date(2023, 1, 1), None, IN_USE, 1, is_reconditioned=True), {"in_use": 1, "reconditioned": 1}),
    ],
)
def test_the_estate_of_a_year_is_what_had_come_and_not_left(holding, counts):
    found = assess([holding], (), TABLE, 2025, END_2025)
    names = ("in_use", "undated", "spread", "came", "reconditioned", "in_stock", "untold")
    assert {name: found.count(name) for name in names if found.count(name)} == counts


def test_what_has_no_factor_is_named_and_never_zero():
    copier = assess([Holding(EquipmentCategory.COPIER, END_2025, None, IN_USE, 5)], (), TABLE, 2025, END_2025)
    assert copier.carbon is None
    assert copier.coverage == 0
    assert {Measure.LIFE, Measure.ENERGY} <= set(copier.categories[0].missing)
    other = assess(
        [Holding(EquipmentCategory.OTHER, None, None, IN_USE), Holding(LAPTOP, END_2025, None, IN_USE, 3)],
        (),
        TABLE,
        2025,
        END_2025,
    )
    assert other.coverage == 75
    assert assess([], (), TABLE, 2025, END_2025).carbon is None
    assert assess([], (), TABLE, 2025, END_2025).coverage is None


def test_a_year_without_its_electricity_takes_the_last_known_one_and_one_before_all_has_no_use():
    one = [Holding(LAPTOP, date(2020, 1, 1), None, IN_USE)]
    assert assess(one, (), TABLE, 2027, date(2027, 12, 31)).electricity == 2025
    early = assess(one, (), TABLE, 2021, date(2021, 12, 31))
    assert early.electricity is None
    assert early.categories[0].use is None
    assert early.categories[0].energy is not None
    assert assess(one, (), TABLE, 2021, date(2021, 12, 31), electricity=2025).categories[0].use is not None


def amount(scope: AmountScope, kilograms: int = 5000) -> Amount:
    return Amount(
        1, 1, 2025, scope, AmountTool.STATED, "Baie", exact(Decimal(kilograms)), None, Decimal(20000), "Fournisseur"
    )


def test_an_amount_stands_for_the_devices_that_it_is_about_and_a_whole_one_is_never_added():
    estate = [Holding(EquipmentCategory.SERVER, END_2025, None, IN_USE, 4), Holding(LAPTOP, END_2025, None, IN_USE, 10)]
    bare = assess(estate, (), TABLE, 2025, END_2025)
    laptops = carbon(assess(estate[1:], (), TABLE, 2025, END_2025))
    servers = assess(estate, [amount(AmountScope.SERVERS)], TABLE, 2025, END_2025)
    assert near(carbon(servers), laptops + exact(Decimal(5000)))
    assert [one.category for one in servers.replaced] == [EquipmentCategory.SERVER]
    assert servers.stages()[LifeStage.UNDIVIDED].value == 5000
    cloud = assess(estate, [amount(AmountScope.CLOUD)], TABLE, 2025, END_2025)
    assert near(carbon(cloud), carbon(bare) + exact(Decimal(5000)))
    whole = assess(estate, [amount(AmountScope.WHOLE)], TABLE, 2025, END_2025)
    assert carbon(whole) == carbon(bare)
    assert len(whole.beside) == 1
    assert assess(estate, [amount(AmountScope.CLOUD)], TABLE, 2024, date(2024, 12, 31)).carbon is None


def own(code: str, value: str, revision: int = 1) -> Factor:
    number = Decimal(value)
    return Factor(
        code,
        number,
        number,
        number,
        unit_of(code) or "",
        "Mesure",
        "",
        "",
        2025,
        TABLE.factors["laptop.life"].confidence,
        revision=revision,
        reason="Mesuré",
    )


def test_a_factor_of_the_authority_counts_until_it_goes_back_to_the_shipped_one():
    mine = with_own(TABLE, {"laptop.life": own("laptop.life", "6")}, 1)
    assert (mine.life(LAPTOP), mine.method) == (6, "2026-11+1")
    back = with_own(TABLE, {"laptop.life": None}, 2)
    assert (back.life(LAPTOP), back.method) == (5, "2026-11+2")
    with_resources = with_own(TABLE, {"laptop.resources": own("laptop.resources", "0.0086")}, 3)
    told = assess([Holding(LAPTOP, END_2025, None, IN_USE, 10)], (), with_resources, 2025, END_2025)
    assert told.resources == exact(Decimal("0.0172"))
    metered = with_own(TABLE, {"laptop.energy": own("laptop.energy", "40.8")}, 4)
    assert metered.energy(LAPTOP) == exact(Decimal("40.8"))


def test_a_file_with_an_unknown_code_is_refused(tmp_path):
    text = (bundled("seeds") / "factors.yaml").read_text(encoding="utf-8")
    for wrong in (text.replace("laptop.making", "laptop.water"), text.replace("desktop.end", "laptop.end")):
        file = tmp_path / "factors.yaml"
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match="laptop"):
            factors.read(file)


@given(
    count=st.integers(1, 10_000),
    age=st.integers(0, 10),
    category=st.sampled_from([one for one in EquipmentCategory if TABLE.energy(one) and TABLE.life(one)]),
)
def test_the_range_holds_the_value_and_the_parts_add_up_to_the_whole(count, age, category):
    estate = [Holding(category, date(2025 - age, 6, 1), None, IN_USE, count), Holding(PHONE, None, None, IN_USE, 3)]
    found = assess(estate, (), TABLE, 2025, END_2025)
    total = carbon(found)
    assert total.low <= total.value <= total.high
    for parts in (found.stages().values(), [one.carbon for one in found.categories]):
        told = together(parts)
        assert told is not None
        assert near(told, total)


def test_an_empty_table_gives_no_figure():
    bare = FactorTable("none", {})
    assert assess([Holding(LAPTOP, None, None, IN_USE)], (), bare, 2025, END_2025).carbon is None


def stands(one: Holding, year: int, on: date) -> set[str]:
    """Say by the plain words of the method page under which counts a holding stands on a day."""
    if one.start and one.start > on:
        return set()
    found = {"came"} if one.start and one.start.year == year else set()
    if one.end and one.end <= on:
        return found
    if not one.end and one.state is not IN_USE:
        return found | {"untold" if one.state is RETIRED else "in_stock"}
    found |= {"in_use"} | ({"undated"} if one.start is None else set())
    is_old = one.start is not None and (on - one.start).days >= 5 * 365.25 + 2
    return found | ({"spread"} if is_old else set())


@given(
    start=st.none() | st.dates(date(2014, 1, 1), date(2027, 1, 1)),
    end=st.none() | st.dates(date(2014, 1, 1), date(2027, 1, 1)),
    state=st.sampled_from(EquipmentState),
    count=st.integers(1, 9),
)
def test_counting_many_years_at_once_says_what_each_day_says(start, end, state, count):
    days = {year: date(year, 12, 31) for year in range(2015, 2026)} | {2026: date(2026, 11, 22)}
    one = Holding(LAPTOP, start, end, state, count)
    together_ = counted_over([one], TABLE, days)
    for year, on in days.items():
        [found] = together_[year] or [CategoryYear(LAPTOP)]
        told = {name for name in ("came", "in_use", "undated", "untold", "in_stock", "spread") if getattr(found, name)}
        is_near = start is not None and abs((on - start).days - 5 * 365.25) <= 2
        assert told == stands(one, year, on) or (is_near and told ^ stands(one, year, on) == {"spread"})
        assert {getattr(found, name) for name in told} <= {count}
