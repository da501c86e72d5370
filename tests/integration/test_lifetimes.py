"""Lifetimes from both engines: pieces alike counted by the database, the targets they answer, and what they feed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.estates import LAPTOP, SMARTPHONE, piece, small
from tests.integration.helpers import written
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory
from tracker.domain.lifetimes import in_years
from tracker.domain.offers import OfferState
from tracker.domain.vocabulary import Quality, Role, Stage, Status
from tracker.labels.lifetimes import SOURCE
from tracker.services import estate_values, lifetime_targets, lifetimes
from tracker.services.portfolio import portfolio
from tracker.store.models import Campaign, Indicator, Measurement, MeasurementStep

YEAR = 2025


@pytest.fixture
def estate(database, enter_as):
    """Write the small estate for Marseille, which has none."""
    with database.transaction() as session:
        small(session, enter_as(session, Role.REFERENT).organisation.id)
    return database


def seen(database, enter_as, today, year=YEAR, role=Role.ELU):
    with database.reading() as session:
        return lifetimes.of_year(session, enter_as(session, role), year, today)


def offered(database, enter_as, today, stock="", year=YEAR):
    with database.reading() as session:
        return estate_values.offered(session, enter_as(session, Role.REFERENT), year, stock, today)


def confirm(database, enter_as, today, shown, stock="", reason="", year=YEAR):
    with database.transaction() as session:
        return estate_values.confirm(session, enter_as(session, Role.REFERENT), year, stock, shown, reason, today)


def number_of(session, code):
    return session.scalars(select(Indicator.id).where(Indicator.code == code)).one()


def of(found, code):
    return next(one for one in found.listed if one.value.code == code)


def test_the_figures_of_a_small_estate_are_those_of_the_hand(estate, enter_as, today):
    found = seen(estate, enter_as, today)
    computers, mobiles = found.computers, found.mobiles
    assert (computers.at_exit.n, computers.at_exit.whole, computers.at_exit.coverage) == (3, 4, 75)
    assert round(in_years(computers.at_exit.mean), 2) == 5
    assert (computers.in_service.n, computers.in_service.whole) == (8, 9)
    assert (found.older.part, found.older.n, found.older.whole) == (3, 8, 9)
    assert (mobiles.at_exit.n, mobiles.in_service.n) == (2, 6)
    assert (found.whole.undated, found.stock) == (4, 1)
    assert (found.sent, found.unplaced) == (4, 4)
    assert found.destinations == {
        Destination.REUSED_INSIDE: 1,
        Destination.GIVEN: 3,
        Destination.SOLD: 1,
        Destination.RECYCLED: 2,
    }
    assert list(found.categories) == [
        EquipmentCategory.LAPTOP,
        EquipmentCategory.DESKTOP,
        EquipmentCategory.MONITOR,
        EquipmentCategory.SMARTPHONE,
    ]
    assert sum(found.pyramid) == found.whole.in_service.n == 15
    assert (found.bought.part, found.bought.n) == (0, 6)


def test_what_one_organisation_has_is_not_counted_for_another(estate, enter_as, today):
    with estate.reading() as session:
        assert lifetimes.of_year(session, enter_as(session, Role.ELU, "amp"), YEAR, today).is_empty


def test_a_year_to_come_or_out_of_reach_is_not_found(estate, enter_as, today):
    for year in (1999, 2027):
        with pytest.raises(NotFound):
            seen(estate, enter_as, today, year)


def test_what_is_kept_gives_way_when_the_estate_changes(estate, enter_as, today):
    before = seen(estate, enter_as, today)
    assert seen(estate, enter_as, today) is before
    with estate.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation.id
        session.add(piece(home, SMARTPHONE, date(2024, 7, 1), date(2025, 7, 1)))
    assert seen(estate, enter_as, today).mobiles.at_exit.n == before.mobiles.at_exit.n + 1


def test_each_commitment_is_held_against_its_own_target(estate, enter_as, today):
    with estate.reading() as session:
        visitor = enter_as(session, Role.ELU)
        found = lifetimes.of_year(session, visitor, YEAR, today)
        told = lifetime_targets.targets(portfolio(session, visitor.organisation), found)
        assert not lifetime_targets.missing(portfolio(session, visitor.organisation), found)
    by_code = {one.aim.indicator.code: one for one in told}
    assert by_code["SOB-06"].said.threshold.value == 6
    assert by_code["SOB-07"].said.threshold.value == 3
    assert round(by_code["SOB-06"].value, 1) == 5
    assert by_code["SOB-06"].said.status is not Status.ACHIEVED


def test_a_target_without_a_baseline_is_never_said_to_be_at_zero(database, enter_as, today):
    with database.transaction() as session:
        small(session, enter_as(session, Role.REFERENT, "amp").organisation.id)
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, "amp")
        found = lifetimes.of_year(session, visitor, YEAR, today)
        known = portfolio(session, visitor.organisation)
        told = {one.aim.indicator.code: one for one in lifetime_targets.targets(known, found)}
        lacking = lifetime_targets.missing(known, found)
    assert told["SOB-06"].said.status is Status.BASELINE_NEEDED
    assert (told["SOB-08"].value, told["SOB-08"].said) == (None, None)
    assert [one.aim.indicator.code for one in lacking] == ["SOB-06", "SOB-07"]
    assert [one.ages.n for one in lacking] == [3, 2]


def test_the_estate_offers_what_it_defines_exactly_and_says_why_it_keeps_the_rest(estate, enter_as, today):
    before = written(estate)
    found = offered(estate, enter_as, today)
    computers = of(found, "SOB-06")
    assert computers.state is OfferState.NEW
    assert (computers.entry.denominator, computers.entry.coverage) == (3, 75)
    assert round(computers.entry.value, 2) == 5
    assert (computers.entry.quality, computers.entry.source) == (Quality.CALCULATED, SOURCE)
    assert written(estate) == before


def test_what_is_confirmed_is_written_with_its_journal_and_offered_no_more(estate, enter_as, today):
    values, lines = written(estate)
    found = offered(estate, enter_as, today)
    count = confirm(estate, enter_as, today, found.digest)
    assert count == len(found.changes) > 0
    assert written(estate) == (values + count, lines + count)
    with estate.reading() as session:
        home = enter_as(session, Role.REFERENT).organisation.id
        row = session.scalars(
            select(Measurement).where(
                Measurement.organisation_id == home,
                Measurement.indicator_id == number_of(session, "SOB-06"),
                Measurement.year == YEAR,
            )
        ).one()
        assert (row.source, row.denominator, row.coverage, row.method) == (SOURCE, 3, 75, 1)
        assert "Méthode 1 du parc" in row.comment
    again = offered(estate, enter_as, today)
    assert {one.state for one in again.listed if one.entry} == {OfferState.SAME}
    assert confirm(estate, enter_as, today, again.digest) == 0


def test_an_estate_that_changed_since_the_preview_is_shown_again(estate, enter_as, today):
    found = offered(estate, enter_as, today)
    before = written(estate)
    with estate.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation.id
        session.add(piece(home, LAPTOP, date(2015, 7, 1), date(2025, 7, 1)))
    with pytest.raises(Conflict) as refused:
        confirm(estate, enter_as, today, found.digest)
    assert refused.value.problems[0].code is ProblemCode.OFFER_STALE
    assert written(estate) == before


def test_a_validated_value_stays_and_the_other_is_shown_beside_it(estate, enter_as, today):
    with estate.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        session.add(
            Campaign(
                organisation_id=visitor.organisation.id,
                year=YEAR,
                due_on=date(2026, 12, 4),
                opened_at=datetime(2026, 1, 2, tzinfo=UTC),
                opened_by=visitor.name,
            )
        )
    confirm(estate, enter_as, today, offered(estate, enter_as, today).digest)
    with estate.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        row = session.scalars(
            select(Measurement).where(
                Measurement.organisation_id == visitor.organisation.id,
                Measurement.indicator_id == number_of(session, "SOB-06"),
            )
        ).one()
        steps = session.scalars(select(MeasurementStep).where(MeasurementStep.measurement_id == row.id)).all()
        assert [step.stage for step in steps] == [Stage.DRAFT]
        session.add(
            MeasurementStep(
                measurement_id=row.id,
                position=1,
                stage=Stage.VALIDATED,
                account_id=visitor.account_id,
                author=visitor.name,
                at=datetime.now(UTC),
                reason="",
            )
        )
        session.add(piece(visitor.organisation.id, LAPTOP, date(2015, 7, 1), date(2025, 7, 1)))
    held = of(offered(estate, enter_as, today), "SOB-06")
    assert held.state is OfferState.HELD
    assert round(held.stored.value, 2) == 5
    assert held.entry.value > held.stored.value
    before = written(estate)
    confirm(estate, enter_as, today, offered(estate, enter_as, today).digest)
    assert of(offered(estate, enter_as, today), "SOB-06").stored.value == held.stored.value
    assert written(estate) == before


def test_a_value_published_from_elsewhere_stays(database, enter_as, today):
    with database.transaction() as session:
        small(session, enter_as(session, Role.REFERENT, "demonstration").organisation.id)
    with database.reading() as session:
        found = estate_values.offered(session, enter_as(session, Role.REFERENT, "demonstration"), 2023, "", today)
    for one in found.listed:
        if one.stored is not None and one.entry is not None:
            assert one.state in {OfferState.HELD, OfferState.SAME}


def test_a_closed_campaign_is_corrected_with_a_reason_or_not_at_all(estate, enter_as, today):
    with estate.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        session.add(
            Campaign(
                organisation_id=visitor.organisation.id,
                year=YEAR,
                due_on=date(2026, 1, 4),
                opened_at=datetime(2026, 1, 2, tzinfo=UTC),
                opened_by=visitor.name,
                closed_at=datetime(2026, 1, 5, tzinfo=UTC),
            )
        )
    found = offered(estate, enter_as, today)
    assert found.needs_reason
    with pytest.raises(Invalid) as refused:
        confirm(estate, enter_as, today, found.digest)
    assert refused.value.problems[0].code is ProblemCode.CORRECTION_REASON_MISSING
    assert confirm(estate, enter_as, today, found.digest, reason="Inventaire relu") == len(found.changes)


def test_the_rate_of_reuse_waits_for_the_stock_and_may_exceed_a_hundred(estate, enter_as, today):
    with estate.transaction() as session:
        visitor = enter_as(session, Role.REFERENT)
        assert visitor.organisation.slug == "marseille"
    without = [one for one in offered(estate, enter_as, today).listed if one.value.code == "SOB-11"]
    with_stock = [one for one in offered(estate, enter_as, today, "3").listed if one.value.code == "SOB-11"]
    assert [one.state for one in without] in ([], [OfferState.WITHHELD])
    assert [round(one.entry.value, 1) for one in with_stock] in ([], [Decimal("133.3")])
    for wrong in ("deux", "1,5", "-1"):
        with pytest.raises(Invalid):
            offered(estate, enter_as, today, wrong)


def test_only_who_enters_any_value_is_offered_some_and_only_for_a_year_that_is_over(estate, enter_as, today):
    for role in (Role.AGENT, Role.ELU, Role.ADMIN):
        with estate.reading() as session, pytest.raises(Forbidden):
            estate_values.offered(session, enter_as(session, role), YEAR, "", today)
    with pytest.raises(NotFound):
        offered(estate, enter_as, today, year=2026)
