"""The figures of an organisation: computed where a formula is in force, typed elsewhere, as its own settings say."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tracker.domain.entries import Draft
from tracker.domain.errors import Computed
from tracker.domain.kinds import judge
from tracker.domain.vocabulary import Absence, Better, Collection, Quality, Role, Status
from tracker.reports.formats import FORMATS
from tracker.reports.report import compose, paper
from tracker.services import entry, measurements, reviews
from tracker.services.portfolio import portfolio
from tracker.store.models import IndicatorSetting, Measurement
from tracker.store.queries import organisations

TOWN = "demonstration"


@pytest.fixture
def known(database):
    """Give a function that gathers the portfolio of an organisation."""

    def go(slug=TOWN):
        with database.reading() as session:
            return portfolio(session, organisations.by_slug(session, slug))

    return go


def setting(database, code, **columns):
    with database.transaction() as session:
        town = organisations.by_slug(session, TOWN)
        row = portfolio(session, town).figures.rows[code]
        options = {"version": 1, "reason_fr": "", "author": "Test", "recorded_at": datetime.now(UTC), **columns}
        session.add(IndicatorSetting(organisation_id=town.id, indicator_id=row.id, **options))


def test_the_years_of_a_formula_are_computed_and_those_before_it_are_as_they_were_typed(known):
    readings = known().figures.values["SOB-18"].readings
    assert [readings[year].method for year in (2018, 2022, 2023, 2025)] == [1, 1, 2, 2]
    assert readings[2025].value == Decimal("2.2") == Decimal(4070) / 1850
    assert (readings[2022].quality, readings[2025].quality) == (Quality.MEASURED, Quality.DECLARED)


def test_a_change_of_method_with_known_inputs_leaves_a_series_at_constant_method(known):
    restated = known().figures.values["SOB-18"].restated[2]
    assert [point.year for point in restated] == list(range(2018, 2026))


def test_the_inputs_of_a_formula_are_entered_and_the_computed_value_is_not(database, enter_as, today):
    with database.reading() as session:
        agent = enter_as(session, Role.AGENT, TOWN)
        codes = {
            year: {row.code for page in (1, 2) for row in _page(session, agent, year, page, today)}
            for year in (2022, 2025)
        }
    assert {"SOB-31", "GOV-16"} <= codes[2025]
    assert "SOB-18" not in codes[2025]
    assert "SOB-18" in codes[2022]


def _page(session, visitor, year, page, today):
    found = entry.grid(session, visitor, year, None, 1, today)
    return entry.grid(session, visitor, year, None, page, today).rows if page <= found.pages else []


def test_a_computed_value_cannot_be_typed_over(database, enter_as, today):
    with database.transaction() as session, pytest.raises(Computed):
        measurements.record(session, enter_as(session, Role.REFERENT, TOWN), 2025, [Draft("SOB-18", value="3")], today)


def test_a_new_value_of_an_input_moves_the_computed_one(database, enter_as, today, known):
    with database.transaction() as session:
        agent = enter_as(session, Role.AGENT, TOWN)
        measurements.record(session, agent, 2023, [Draft("GOV-16", seen=1, value="1992")], today)
    assert known().figures.values["SOB-18"].readings[2023].value == 2


def test_an_input_without_a_value_leaves_the_year_not_computable(database, enter_as, today, known):
    with database.transaction() as session:
        agent = enter_as(session, Role.AGENT, TOWN)
        missing = Draft("GOV-16", seen=1, precision="not_available")
        measurements.record(session, agent, 2023, [missing], today)
    found = known()
    reading = found.figures.values["SOB-18"].readings[2023]
    assert (reading.absence, reading.missing) == (Absence.NOT_COMPUTABLE, ("GOV-16",))
    assert judge(found.commitment("DEM22-S09"), 2023, today).status is Status.NOT_MEASURED


def test_a_value_is_stored_with_the_method_of_its_year(database, enter_as, today):
    with database.transaction() as session:
        agent = enter_as(session, Role.AGENT, TOWN)
        measurements.record(session, agent, 2022, [Draft("SOB-18", seen=1, value="2,3")], today)
        measurements.record(session, agent, 2023, [Draft("SOB-31", seen=1, value="4000")], today)
    with database.reading() as session:
        told = session.scalars(select(Measurement).where(Measurement.revision == 2, Measurement.year < 2024)).all()
        told = [row for row in told if "Agent" in row.author]
        assert [(row.year, row.method) for row in told] == [(2022, 1), (2023, 1)]


def test_the_settings_of_an_organisation_replace_the_catalogue_s_direction_tolerance_and_companion(database, known):
    before = known().aims()["SOB-18"]
    assert (before.indicator.better, before.tolerance) == (Better.DOWN, Decimal("0.10"))
    assert before.companion is not None
    assert before.companion.indicator.code == "SOB-31"
    setting(database, "SOB-18", better=Better.UP, tolerance=Decimal("0.025"), companion="")
    after = known().aims()["SOB-18"]
    assert (after.indicator.better, after.tolerance, after.companion) == (Better.UP, Decimal("0.025"), None)
    setting(database, "SOB-18", version=2, better=None, tolerance=None, companion=None)
    assert known().aims()["SOB-18"] == before


def test_the_settings_of_one_organisation_leave_the_others_alone(database, known):
    setting(database, "SOB-06", better=Better.DOWN, tolerance=None, companion=None)
    assert known("marseille").figures.indicator("SOB-06").better is Better.UP


def test_the_change_from_a_baseline_is_computed_from_the_catalogue_s_formula(known):
    figures = known().figures
    assert figures.indicator("SOB-03").collection is Collection.DERIVED
    readings = figures.values["SOB-03"].readings
    assert readings[2018].value == 0
    expected = 100 * (figures.values["SOB-01"].readings[2025].value - 2100) / 2100
    assert abs(readings[2025].value - expected) < Decimal("0.000001")


def test_without_a_baseline_the_change_says_that_it_lacks_one(database, enter_as, today, known):
    with database.transaction() as session:
        referent = enter_as(session, Role.REFERENT, "marseille")
        measurements.record(session, referent, 2025, [Draft("SOB-01", value="1200")], today)
    assert known("marseille").figures.values["SOB-03"].readings[2025].missing == ("référence(SOB-01)",)


def test_the_report_and_its_table_hold_the_computed_values_too(database, enter_as, today):
    with database.reading() as session:
        found = reviews.review(session, enter_as(session, Role.ELU, TOWN), 2025, today)
    told = {row.indicator.code: row.reading.value for row in found.measured() if row.reading}
    assert told["SOB-18"] == Decimal("2.2")
    made = compose(found)
    written = FORMATS["csv"].write(made, paper(made)).decode("utf-8-sig")
    lines = csv.DictReader(io.StringIO(written), delimiter=";")
    values = {line["indicateur"]: line["valeur"] for line in lines if line["engagement"] == "DEM22-S09"}
    assert values == {"SOB-18": "2,2", "SOB-31": "4070"}
