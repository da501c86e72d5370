"""The footprint on stored equipment: own factors, entered amounts, frozen assessments, what they propose."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.estates import piece
from tests.holdings import COPIER, LAPTOP, add_estate
from tests.integration.helpers import everything, number_of
from tracker.domain.assessments import ProposalFate, digest
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.footprint import Accounting, AmountScope, AmountTool
from tracker.domain.journal_actions import JournalAction
from tracker.domain.totals import ReadTotal, ReadTotals
from tracker.domain.vocabulary import Quality, Role
from tracker.labels.footprint import frozen_sentence
from tracker.services import assessments, carbon, carbon_amounts, carbon_factors, carbon_totals, measurements, workflow
from tracker.services.carbon_amounts import AmountDraft
from tracker.services.carbon_factors import FactorDraft
from tracker.store.models import (
    Campaign,
    FactorOverride,
    FootprintAmount,
    FootprintAssessment,
    JournalEntry,
    Measurement,
    Organisation,
)
from tracker.store.queries import pieces

HOME = "marseille"
STOCK, FLOW = Accounting.STOCK, Accounting.FLOW
LIFE = FactorDraft(value="6", source="Plan 2026", reason="Durée votée")
CLOUD = AmountDraft(
    scope="cloud", tool="stated", name="Hébergement", carbon="12,5", high="20", energy="30", source="Facture 2025"
)


@pytest.fixture
def estate(database):
    with database.transaction() as session:
        add_estate(session, HOME)
    return database


@pytest.fixture
def of_year(database, enter_as, today):
    def go(year=2025, accounting=STOCK):
        with database.reading() as session:
            return carbon.carbon_year(session, enter_as(session, Role.ELU, HOME), year, accounting, today)

    return go


@pytest.fixture
def act(database, enter_as, today):
    """Call a service in a transaction of its own, as a role."""

    def go(service, *given, role=Role.REFERENT, **named):
        with database.transaction() as session:
            return service(session, enter_as(session, role, HOME), *given, **named, today=today)

    return go


@pytest.fixture
def refused(database, act):
    """Expect a refusal that writes nothing, and give its problems."""

    def go(kind, service, *given, **named):
        before = everything(database)
        with pytest.raises(kind) as caught:
            act(service, *given, **named)
        assert type(caught.value) is kind
        assert everything(database) == before
        return {(one.where, one.code) for one in getattr(caught.value, "problems", ())}

    return go


@pytest.fixture
def freeze(act):
    def go(year=2025, accounting=STOCK):
        seen = act(assessments.preview, year, accounting)
        return act(assessments.freeze, year, accounting, seen.sha256, None)

    return go


def total(found) -> Decimal:
    assert found.footprint.carbon is not None
    return found.footprint.carbon.value.quantize(Decimal("0.001"))


def journal_of(database, *actions):
    with database.reading() as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.action.in_(actions)).order_by(JournalEntry.id))
        return [(row.subject, row.year, row.before, row.after, row.comment) for row in rows]


def test_the_estate_that_is_stored_weighs_what_the_page_on_the_method_says(estate, of_year):
    assert total(of_year()) == Decimal("10206.561")
    assert total(of_year(accounting=FLOW)) == Decimal("14859.889")
    found = of_year()
    years = {one.year: one for one in found.years}
    assert list(years) == list(range(2019, 2026))
    assert years[2023].own.carbon.value.quantize(Decimal("0.001")) == Decimal("8372.528")
    assert years[2023].held.carbon.value.quantize(Decimal("0.001")) == Decimal("8316.041")
    assert years[2023].published is None


def test_a_piece_that_is_added_counts_at_the_next_reading(estate, of_year):
    before = total(of_year())
    with estate.transaction() as session:
        add_estate(session, HOME, [(LAPTOP, 1, date(2025, 5, 1))])
    assert total(of_year()) - before == Decimal("38.355")


def test_an_organisation_without_equipment_has_no_figure(of_year):
    found = of_year()
    assert found.is_empty
    assert found.footprint.carbon is None
    assert found.footprint.coverage is None


def test_a_category_without_factor_is_told_and_lowers_the_coverage(estate, of_year):
    with estate.transaction() as session:
        add_estate(session, HOME, [(COPIER, 70, None)])
    found = of_year()
    assert total(found) == Decimal("10206.561")
    assert found.footprint.coverage == 86


def test_a_factor_of_ones_own_counts_at_once_with_its_reason_and_every_version_stays(estate, of_year, act):
    assert act(carbon_factors.override, "laptop.life", LIFE)
    found = of_year()
    assert (found.table.life(LAPTOP), found.footprint.method) == (6, "2026-11+1")
    # At 6 years the laptops of 2022 weigh less, and those of March 2019 stay past their life.
    assert total(found) == Decimal("10206.561") - Decimal("740.36")
    assert found.avoided[LAPTOP].value.quantize(Decimal("0.01")) == Decimal("925.45")
    assert not act(carbon_factors.override, "laptop.life", FactorDraft(**{**_given(LIFE), "seen": 1}))
    back = FactorDraft(reason="Retour à la valeur livrée", seen=1)
    assert act(carbon_factors.override, "laptop.life", back)
    again = of_year()
    assert (total(again), again.footprint.method) == (Decimal("10206.561"), "2026-11+2")
    told = journal_of(estate, JournalAction.FACTOR_SET)
    assert told[0] == (
        "laptop.life",
        None,
        "",
        json.dumps({"value": "6", "low": "6", "high": "6", "source": "Plan 2026"}),
        "Durée votée",
    )
    assert json.loads(told[1][3])["value"] == ""


def _given(draft: FactorDraft) -> dict[str, str]:
    return {name: getattr(draft, name) for name in ("value", "low", "high", "source", "reason")}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("code", "typed", "problems"),
    [
        ("laptop.life", {"value": "six"}, {("value", ProblemCode.NOT_A_NUMBER)}),
        ("laptop.life", {"value": "0"}, {("value", ProblemCode.FACTOR_NEGATIVE)}),
        ("laptop.making", {"value": "-1"}, {("value", ProblemCode.FACTOR_NEGATIVE)}),
        ("laptop.making", {"value": "100", "low": "101"}, {("low", ProblemCode.RANGE_LEAVES_VALUE)}),
        ("laptop.making", {"value": "100", "high": "99"}, {("high", ProblemCode.RANGE_LEAVES_VALUE)}),
        ("laptop.making", {"value": ""}, {("value", ProblemCode.VALUE_MISSING)}),
        ("electricity.2025", {"reason": " "}, {("reason", ProblemCode.REASON_MISSING)}),
        ("laptop.resources", {"source": ""}, {("source", ProblemCode.BASELINE_SOURCE_MISSING)}),
    ],
)
def test_a_factor_that_cannot_be_is_refused_at_its_field(refused, code, typed, problems):
    draft = FactorDraft(**{**_given(LIFE), **typed})
    assert refused(Invalid, carbon_factors.override, code, draft) == problems


def test_a_factor_that_does_not_exist_or_a_year_to_come_is_not_found(refused):
    for code in ("laptop.water", "fridge.life", "electricity.2027", "laptop"):
        refused(NotFound, carbon_factors.override, code, LIFE)


def test_a_factor_typed_over_an_older_version_is_a_conflict(act, refused):
    act(carbon_factors.override, "laptop.life", LIFE)
    late = FactorDraft(**{**_given(LIFE), "value": "7"})
    assert refused(Conflict, carbon_factors.override, "laptop.life", late) == {("value", ProblemCode.SETTING_STALE)}


def test_an_entered_amount_is_added_once_changed_by_versions_and_taken_back(estate, of_year, act):
    assert act(carbon_amounts.enter, 2025, 0, CLOUD)
    found = of_year()
    assert total(found) == Decimal("10206.561") + 12500
    assert found.footprint.energy.value > 30000
    assert [(one.year, one.entered) for one in found.years if one.entered] == [
        (2025, found.footprint.amounts[0].carbon)
    ]
    assert found.years[-1].own.carbon.value.quantize(Decimal("0.001")) == Decimal("10206.561")
    [amount] = found.footprint.amounts
    assert (amount.number, amount.version, amount.carbon.high) == (1, 1, 20000)
    changed = AmountDraft(**{**_typed(CLOUD), "carbon": "13", "seen": 1})
    assert act(carbon_amounts.enter, 2025, 1, changed)
    assert total(of_year()) == Decimal("10206.561") + 13000
    assert not act(carbon_amounts.enter, 2025, 1, AmountDraft(**{**_typed(changed), "seen": 2}))
    assert act(carbon_amounts.enter, 2025, 1, AmountDraft(is_withdrawn=True, seen=2))
    assert of_year().footprint.amounts == ()
    assert number_of(estate, FootprintAmount) == 3
    told = journal_of(estate, JournalAction.AMOUNT_ENTERED, JournalAction.AMOUNT_CHANGED)
    assert [(subject, year) for subject, year, *_ in told] == [("Hébergement", 2025)] * 3
    assert json.loads(told[1][3]) == {"carbon": "13", "low": "13"}


def _typed(draft: AmountDraft) -> dict[str, str]:
    names = ("scope", "tool", "name", "carbon", "low", "high", "resources", "energy", "source")
    return {name: getattr(draft, name) for name in names}


def test_an_amount_that_cannot_be_is_refused_at_its_fields(refused):
    wrong = AmountDraft(scope="moon", tool="stated", name="", carbon="-1", low="x", source="")
    assert refused(Invalid, carbon_amounts.enter, 2025, 0, wrong) == {
        ("scope", ProblemCode.UNKNOWN_CHOICE),
        ("name", ProblemCode.FIELD_MISSING),
        ("source", ProblemCode.AMOUNT_SOURCE_MISSING),
        ("low", ProblemCode.NOT_A_NUMBER),
        ("carbon", ProblemCode.FACTOR_NEGATIVE),
    }
    refused(NotFound, carbon_amounts.enter, 2027, 0, CLOUD)
    refused(NotFound, carbon_amounts.enter, 2025, 9, CLOUD)


def test_an_amount_typed_over_an_older_version_is_a_conflict(act, refused):
    act(carbon_amounts.enter, 2025, 0, CLOUD)
    act(carbon_amounts.enter, 2025, 1, AmountDraft(**{**_typed(CLOUD), "carbon": "13", "seen": 1}))
    late = AmountDraft(**{**_typed(CLOUD), "carbon": "14", "seen": 1})
    assert refused(Conflict, carbon_amounts.enter, 2025, 1, late) == {("value", ProblemCode.SETTING_STALE)}


def test_a_frozen_assessment_keeps_its_figures_whatever_changes_after_it(estate, of_year, act, freeze):
    assert freeze()
    assert not freeze()
    first = of_year().published
    act(carbon_factors.override, "laptop.life", LIFE)
    later = of_year()
    assert later.published.carbon == first.carbon
    assert later.published.carbon.value.quantize(Decimal("0.001")) == Decimal("10206.561")
    assert total(later) < Decimal(10206)
    assert later.published.method == "2026-11"
    assert freeze()
    assert (of_year().published.version, of_year().published.method) == (2, "2026-11+1")
    with estate.reading() as session:
        for row in session.scalars(select(FootprintAssessment).where(FootprintAssessment.year == 2025)):
            assert digest(row.content) == row.sha256
            told = json.loads(row.content)
            assert json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == row.content
            assert told["factors"]["electricity.2025"]["value"] == "0.0461"
    told = journal_of(estate, JournalAction.ASSESSMENT_FROZEN)[-2:]  # the first is that of the fictional town
    assert [json.loads(one[3])["carbon"] for one in told] == ["10.207", "9.466"]


def test_what_changed_since_the_preview_is_not_frozen(estate, act, refused):
    seen = act(assessments.preview, 2025, STOCK)
    act(carbon_amounts.enter, 2025, 0, CLOUD)
    told = refused(Conflict, assessments.freeze, 2025, STOCK, seen.sha256, seen.footprint.carbon.value)
    assert told == {("freeze", ProblemCode.ASSESSMENT_STALE)}


def test_a_year_that_is_not_over_is_not_frozen(estate, act, refused):
    seen = act(assessments.preview, 2026, STOCK).sha256
    told = refused(Invalid, assessments.freeze, 2026, STOCK, seen, None)
    assert told == {("freeze", ProblemCode.ASSESSMENT_TOO_EARLY)}


def test_nothing_is_frozen_of_a_year_without_figure(refused):
    assert refused(Invalid, assessments.freeze, 2025, STOCK, "", None) == {("freeze", ProblemCode.NOTHING_TO_FREEZE)}


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_keeps_the_estate_sets_and_enters_and_only_who_validates_freezes(refused, role):
    refused(Forbidden, carbon_factors.override, "laptop.life", LIFE, role=role)
    refused(Forbidden, carbon_amounts.enter, 2025, 0, CLOUD, role=role)
    refused(Forbidden, assessments.freeze, 2025, STOCK, "", None, role=role)
    refused(Forbidden, assessments.propose, 2025, {}, role=role)


def test_what_is_written_of_a_footprint_never_changes(estate, act, freeze):
    act(carbon_factors.override, "laptop.life", LIFE)
    act(carbon_amounts.enter, 2025, 0, CLOUD)
    freeze()
    for model in (FactorOverride, FootprintAmount, FootprintAssessment):
        name = model.__tablename__
        for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET author = 'x'"):  # noqa: S608 - ours
            with pytest.raises(DBAPIError, match=f"{name} is append-only"), estate.transaction() as session:
                session.execute(text(statement))


def propose(act):
    told = act(assessments.proposals, 2025)
    return act(assessments.propose, 2025, {one.indicator.code: one.draft.seen for one in told})


def fates(told):
    return {one.indicator.code: one.fate for one in told}


def test_a_frozen_assessment_proposes_its_figures_once_with_their_quality_and_their_method(estate, act, freeze):
    assert act(assessments.proposals, 2025) == []
    freeze()
    told = act(assessments.proposals, 2025)
    assert fates(told)["SOB-01"] is ProposalFate.NEW
    assert fates(told)["SOB-05"] is ProposalFate.NEW
    assert "SOB-04" not in fates(told)
    assert {"SOB-01", "SOB-05"} <= set(propose(act))
    with estate.reading() as session:
        rows = session.scalars(select(Measurement).where(Measurement.source.startswith("Calculatrice carbone"))).all()
        assert {row.value for row in rows} >= {Decimal("10.207")}
        for row in rows:
            assert row.quality is Quality.CALCULATED
            assert row.coverage == 100
            assert row.source == "Calculatrice carbone, méthode de stock, facteurs 2026-11, bilan 2025 version 1"
    assert set(fates(act(assessments.proposals, 2025)).values()) == {ProposalFate.SAME}
    assert propose(act) == []


def test_a_later_assessment_replaces_what_an_earlier_one_calculated_and_nothing_that_somebody_typed(
    estate, act, freeze
):
    act(_type, "SOB-05", "77")
    freeze()
    assert fates(act(assessments.proposals, 2025))["SOB-05"] is ProposalFate.SETTLED
    propose(act)
    act(carbon_factors.override, "laptop.life", LIFE)
    freeze()
    told = fates(act(assessments.proposals, 2025))
    assert (told["SOB-01"], told["SOB-05"]) == (ProposalFate.REPLACES, ProposalFate.SETTLED)
    propose(act)
    with estate.reading() as session:
        assert Decimal(77) in set(session.scalars(select(Measurement.value)))


def _type(session, visitor, code, value, *, today):
    return measurements.record(session, visitor, 2025, [Draft(code, value=value)], today)


def test_a_value_that_the_campaign_validated_is_never_replaced_and_a_draft_is(estate, act, freeze):
    with estate.transaction() as session:
        home = session.scalar(select(Organisation.id).where(Organisation.slug == HOME))
        opened = datetime.now(UTC) - timedelta(hours=1)
        session.add(
            Campaign(organisation_id=home, year=2025, due_on=date(2026, 12, 4), opened_at=opened, opened_by="Référent")
        )
    freeze()
    propose(act)
    act(carbon_factors.override, "laptop.life", LIFE)
    freeze()
    assert fates(act(assessments.proposals, 2025))["SOB-01"] is ProposalFate.REPLACES
    propose(act)
    moved = act(workflow.submit, 2025, ["SOB-01"], ["SOB-01"])
    assert moved.codes == ("SOB-01",)
    act(workflow.validate, 2025, [("SOB-01", 2)])
    act(carbon_factors.override, "laptop.life", FactorDraft(reason="Retour", seen=1))
    freeze()
    assert fates(act(assessments.proposals, 2025))["SOB-01"] is ProposalFate.SETTLED
    assert "SOB-01" not in propose(act)


def test_a_value_typed_since_the_page_was_read_is_a_conflict_and_what_is_not_chosen_stays(estate, act, freeze, refused):
    freeze()
    assert act(assessments.propose, 2025, {"SOB-05": 0}) == ["SOB-05"]
    assert fates(act(assessments.proposals, 2025))["SOB-01"] is ProposalFate.NEW
    act(carbon_amounts.enter, 2025, 0, CLOUD)
    freeze()
    told = refused(Conflict, assessments.propose, 2025, {"SOB-05": 0})
    assert told == {("SOB-05:value", ProblemCode.STALE)}


def test_the_method_of_flow_proposes_no_footprint(estate, act, freeze):
    freeze(accounting=FLOW)
    assert set(fates(act(assessments.proposals, 2025))) == {"SOB-05"}


def test_the_pieces_of_the_store_that_are_alike_are_summed_up(estate):
    with estate.transaction() as session:
        add_estate(session, HOME, [(LAPTOP, 5, date(2022, 7, 1))])
    with estate.reading() as session:
        home = session.scalar(select(Organisation.id).where(Organisation.slug == HOME))
        rows = pieces.alike(session, home)
    assert sum(row.pieces for row in rows) == 435
    assert [row.pieces for row in rows if row.category is LAPTOP and row.start == date(2022, 7, 1)] == [125]


def read_total(name: str, carbon: str, tool: AmountTool = AmountTool.WENR) -> ReadTotal:
    return ReadTotal(AmountScope.WHOLE, tool, name, Decimal(carbon), None, None, None, None, "Rapport 2025")


def test_the_totals_of_a_file_are_stored_together_or_not_at_all(database, act, refused, enter_as, today):
    found = ReadTotals(totals=(read_total("DSI", "1500"), read_total("Écoles", "12.345", AmountTool.OTHER)))
    assert act(carbon_totals.confirm, 2025, found, {}) == 2
    assert act(carbon_totals.confirm, 2025, found, {}) == 0
    more = ReadTotals(totals=(read_total("Agence", "7"), read_total("DSI", "1600")))
    assert refused(Conflict, carbon_totals.confirm, 2025, more, {"DSI": 0}) == {("value", ProblemCode.SETTING_STALE)}
    assert act(carbon_totals.confirm, 2025, more, {"DSI": 1}) == 2
    gone = ReadTotals(totals=(read_total("Nuage", "7"),))
    assert refused(Conflict, carbon_totals.confirm, 2025, gone, {"Nuage": 3})
    unsaid = ReadTotals(totals=(read_total("Réseau", "7"), replace(read_total("x", "1"), source=" ")))
    assert refused(Invalid, carbon_totals.confirm, 2025, unsaid, {}) == {("source", ProblemCode.AMOUNT_SOURCE_MISSING)}
    with database.reading() as session:
        kept = carbon_amounts.known(session, enter_as(session, Role.ELU, HOME).organisation, 2025)
    assert [(one.name, one.version, one.carbon.value) for one in kept] == [
        ("DSI", 2, 1600),
        ("Écoles", 1, Decimal("12.345")),
        ("Agence", 1, 7),
    ]
    refused(Forbidden, carbon_totals.confirm, 2025, found, {}, role=Role.AGENT)
    refused(NotFound, carbon_totals.confirm, 2031, found, {})


def test_a_life_that_the_estate_shows_may_be_chosen_and_is_named_by_the_assessment(
    database, act, refused, of_year, enter_as, freeze
):
    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT, HOME).organisation.id
        ended, there = date(2025, 1, 1), date(2024, 1, 1)
        session.add_all(
            [
                piece(home, LAPTOP, date(2018, 1, 1), ended, 8),
                piece(home, LAPTOP, date(2019, 1, 1), ended, 4),
                piece(home, LAPTOP, there, None, 7),
                piece(home, LAPTOP, None, None, 1),
                piece(home, EquipmentCategory.MONITOR, date(2019, 1, 1), ended, 3),
            ]
        )
    life = act(carbon_factors.sheet, "laptop.life", role=Role.ELU).measured
    assert (life.years, life.ended, life.lives, life.coverage) == (Decimal("7.00"), 12, 19, Decimal(95))
    assert life.source.startswith("Médiane mesurée sur le parc au 31 déc. 2025")
    assert "12 sorties sur 19 vies datées, couverture 95" in life.source.replace("\u00a0", " ").replace("\u202f", " ")
    few = act(carbon_factors.sheet, "monitor.life").measured
    assert (few.years, few.ended) == (None, 3)
    assert act(carbon_factors.sheet, "laptop.making").measured is None
    assert act(carbon_factors.sheet, "server.life").measured is None
    before = of_year().footprint
    assert not of_year().table.measured_lives([LAPTOP])
    draft = FactorDraft(value="7", source=life.source, reason="Notre parc dure plus que le facteur livré")
    told = refused(Invalid, carbon_factors.override, "laptop.life", replace(draft, value="9"))
    assert told == {("source", ProblemCode.LIFE_NOT_MEASURED)}
    assert act(carbon_factors.override, "laptop.life", draft)
    later = of_year()
    assert later.table.measured_lives([LAPTOP]) == {LAPTOP: 7}
    assert later.footprint.carbon.value < before.carbon.value
    assert freeze()
    assert of_year().published.measured == {LAPTOP: 7}
    assert "Durées d’amortissement mesurées sur le parc : ordinateur portable 7" in frozen_sentence(
        of_year().published
    ).replace("\u00a0", " ")
    assert act(carbon_factors.override, "laptop.life", replace(draft, value="6", source="Plan 2026", seen=1))
    assert not of_year().table.measured_lives([LAPTOP])


def test_the_year_that_is_shown_is_the_same_with_its_own_electricity_and_the_others_change_their_use_alone(
    estate, of_year
):
    years = of_year().years
    assert years[-1].own == years[-1].held
    for one in years:
        before, after = one.own.stages(), one.held.stages()
        assert {stage: span for stage, span in before.items() if stage != "use"} == {
            stage: span for stage, span in after.items() if stage != "use"
        }
        assert one.own.energy == one.held.energy
        assert one.held.electricity == 2025
