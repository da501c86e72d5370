"""Memberships: what is known of each year, changed by versions, and in step with the findings on its commitment."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.integration.helpers import everything, number_of
from tests.integration.test_concurrency import one_inside_the_other
from tracker.domain.budget import Imputation, Sum
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.memberships import MembershipState
from tracker.domain.vocabulary import FindingState, Role, Status, TaxRegime
from tracker.services import findings, membership_years, memberships, scorecards
from tracker.services.findings import FindingDraft
from tracker.services.membership_years import YearDraft
from tracker.services.memberships import MembershipDraft
from tracker.services.portfolio import portfolio
from tracker.store.models import BudgetLine, Finding, JournalEntry, MembershipYear

PAID, DECIDED, GIVEN_UP, UNKNOWN, TO_RENEW = MembershipState
SHOWN = "Délibération fictive 2026-01"


@pytest.fixture
def chain(database, enter_as, today):
    """Give (year, state, amount) of each year of a membership."""

    def go(code, slug="amp", *, on=today):
        with database.reading() as session:
            found = memberships.sheet(session, enter_as(session, Role.ELU, slug), code, on)
        return [(one.year.year, one.state, one.year.fee.amount) for one in found.standings]

    return go


@pytest.fixture
def record(database, enter_as, today):
    def go(code, year, draft, *, role=Role.REFERENT, slug="amp"):
        with database.transaction() as session:
            return membership_years.record_year(session, enter_as(session, role, slug), code, year, draft, today)

    return go


@pytest.fixture
def refused(database, record):
    """Give a function that expects a refusal which writes nothing, and gives its problems."""

    def go(kind, code, year, draft, **where):
        before = everything(database)
        with pytest.raises(kind) as caught:
            record(code, year, draft, **where)
        assert type(caught.value) is kind
        assert everything(database) == before
        return {(one.where, one.code) for one in getattr(caught.value, "problems", ())}

    return go


@pytest.fixture
def status(database, enter_as, today):
    def go(code, year, slug="amp"):
        with database.reading() as session:
            return scorecards.scorecard(session, enter_as(session, Role.ELU, slug), year, today).card(code).status

    return go


def journal_of(database, action):
    with database.reading() as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.action == action).order_by(JournalEntry.id))
        return [
            (row.actor, row.subject, row.year, row.before, row.after) for row in rows if row.actor != "Parole tenue"
        ]


# What is known of the real ones


def test_the_renewals_of_2026_are_due_on_the_last_day_of_2025_with_an_unknown_amount_until_decided(
    database, enter_as, chain, record
):
    with database.reading() as session:
        found = memberships.overview(session, enter_as(session, Role.ELU, "amp"), date(2025, 11, 22))
        assert [(one.membership.code, one.year.year, one.on, one.year.fee.amount) for one in found.renewals] == [
            ("INR", 2026, date(2025, 12, 31), None),
            ("INTERCONNECTES", 2026, date(2025, 12, 31), None),
        ]
    assert chain("INR") == [
        (2023, DECIDED, None),
        (2024, UNKNOWN, None),
        (2025, DECIDED, Decimal(4000)),
        (2026, TO_RENEW, None),
        (2027, TO_RENEW, None),
    ]
    assert chain("INTERCONNECTES")[:2] == [(2024, DECIDED, None), (2025, DECIDED, Decimal(3600))]
    decided = YearDraft(amount="4 100", tax="inclusive", decided_on="05/03/2026", decided_by="Bureau", evidence=SHOWN)
    assert record("INR", 2026, decided)
    assert chain("INR")[3] == (2026, DECIDED, Decimal(4100))


def test_marseille_has_none_and_a_stranger_s_membership_is_not_found(database, enter_as, today):
    with database.reading() as session:
        marseille = enter_as(session, Role.REFERENT, "marseille")
        assert memberships.overview(session, marseille, today).listed == ()
        with pytest.raises(NotFound):
            memberships.sheet(session, marseille, "INR", today)
        with pytest.raises(NotFound):
            membership_years.year_sheet(session, enter_as(session, Role.REFERENT, "amp"), "INR", 1999, today)
        with pytest.raises(NotFound):
            membership_years.year_sheet(session, enter_as(session, Role.REFERENT, "amp"), "INR", 2028, today)


def test_an_earlier_day_knows_only_what_was_told_by_then(database, enter_as, today, record):
    record("INR", 2026, YearDraft(decided_on="05/03/2026", evidence=SHOWN))
    with database.reading() as session:
        home = enter_as(session, Role.ELU, "amp").organisation
        until = datetime(2024, 6, 30, tzinfo=UTC)
        inr, other = memberships.known(session, home, portfolio(session, home, until=until), until)
        assert [one.year for one in inr.years] == [2023]
        assert [one.year for one in other.years] == [2024]


# Changing a year


def test_a_payment_told_here_is_a_finding_on_the_commitment_and_one_told_there_shows_here(
    database, enter_as, today, chain, record, status
):
    assert status("AMP25N-G02", 2025) is Status.ON_TRACK
    paid = YearDraft(
        amount="4000",
        tax="inclusive",
        deliberation="AMP-2025-17490",
        paid_on="14/04/2025",
        commitment="AMP25N-G02",
        line={"budget": "Budget principal", "section": "fonctionnement", "chapter": "011", "nature": "6281"},
        evidence="Mandat 2025-118",
        served="Quatre ateliers",
        seen=1,
    )
    assert record("INR", 2025, paid)
    assert status("AMP25N-G02", 2025) is Status.ACHIEVED
    assert chain("INR")[2] == (2025, PAID, Decimal(4000))
    with database.reading() as session:
        facts = session.scalars(select(Finding).where(Finding.state == FindingState.PAID, Finding.author != "")).all()
        assert [(one.on, one.year, one.amount, one.tax, one.evidence_fr) for one in facts] == [
            (date(2025, 4, 14), 2025, Decimal(4000), TaxRegime.INCLUSIVE, "Mandat 2025-118")
        ]
        assert facts[0].budget_line.startswith("exercice 2025, Budget principal, section fonctionnement, chapitre")
    assert [line[1:3] for line in journal_of(database, JournalAction.MEMBERSHIP_CHANGED)] == [("INR", 2025)]
    assert len(journal_of(database, JournalAction.FINDING_RECORDED)) == 1
    with database.transaction() as session:
        told = FindingDraft(FindingState.DECIDED, date(2026, 2, 26), SHOWN, year=2026, amount=Decimal(4200))
        findings.record(session, enter_as(session, Role.REFERENT, "amp"), "AMP25N-G02", told, today)
    assert chain("INR")[3] == (2026, DECIDED, Decimal(4200))


def test_what_is_known_already_is_no_version_and_a_first_decision_of_a_linked_year_is_told_once(
    database, record, chain
):
    draft = YearDraft(amount="4000", tax="inclusive", decided_on="26/02/2026", commitment="AMP25N-G02", evidence=SHOWN)
    assert record("INR", 2026, draft)
    before = everything(database)
    assert not record("INR", 2026, draft)
    assert everything(database) == before
    assert record("INR", 2026, YearDraft(**{**vars_of(draft), "served": "Un atelier", "seen": 1}))
    assert number_of(database, Finding) == len(before["finding"])
    assert chain("INR")[3] == (2026, DECIDED, Decimal(4000))


def vars_of(draft):
    return {name: getattr(draft, name) for name in YearDraft.__dataclass_fields__}


def test_a_stale_form_is_refused_with_what_is_stored_and_by_whom(database, record, refused):
    record("INR", 2024, YearDraft(amount="10", decided_on="01/02/2024", evidence=SHOWN))
    stale = YearDraft(amount="20", decided_on="01/02/2024", evidence=SHOWN)
    before = everything(database)
    with pytest.raises(Conflict) as caught:
        record("INR", 2024, stale)
    assert everything(database) == before
    told = caught.value.problems[0]
    assert told.code is ProblemCode.SETTING_STALE
    assert told.values["author"] == "Dominique Référent (fictif)"
    assert "10" in str(told.values["theirs"])
    assert ("seen", ProblemCode.SETTING_STALE) in refused(Conflict, "INR", 2024, stale)


def test_of_two_people_who_tell_the_same_year_at_once_the_second_is_told_what_the_first_stored(
    database, enter_as, today
):
    def tell(amount, meanwhile=lambda: None):
        draft = YearDraft(amount=amount, decided_on="01/02/2024", evidence=SHOWN)
        with database.transaction() as session:
            lead = enter_as(session, Role.REFERENT, "amp")
            done = membership_years.record_year(session, lead, "INR", 2024, draft, today)
            meanwhile()
        return done

    won, lost = one_inside_the_other(lambda meanwhile: tell("10", meanwhile), lambda: tell("20"))
    assert won is True
    assert isinstance(lost, Conflict)
    assert lost.problems[0].code is ProblemCode.SETTING_STALE
    assert "10" in str(lost.problems[0].values["theirs"])
    assert len(journal_of(database, JournalAction.MEMBERSHIP_CHANGED)) == 1


def test_everything_wrong_with_a_form_is_said_at_its_field_and_nothing_is_written(refused):
    wrong = YearDraft(
        amount="-5",
        tax="none",
        decided_on="01/01/2027",
        paid_on="32/01/2025",
        renew_before="31/12/3025",
        commitment="VDM22-G01",
        decided_by="x" * 201,
        line={"chapter": "0" * 21},
    )
    assert refused(Invalid, "INR", 2024, wrong) == {
        ("amount", ProblemCode.BELOW_MINIMUM),
        ("tax", ProblemCode.UNKNOWN_CHOICE),
        ("decided_on", ProblemCode.DATE_IN_FUTURE),
        ("paid_on", ProblemCode.DATE_UNREADABLE),
        ("renew_before", ProblemCode.DATE_TOO_FAR),
        ("commitment", ProblemCode.UNKNOWN_CHOICE),
        ("decided_by", ProblemCode.TOO_LONG),
        ("line_chapter", ProblemCode.TOO_LONG),
        ("evidence", ProblemCode.EVIDENCE_MISSING),
    }
    both = YearDraft(is_given_up=True, paid_on="01/02/2025", evidence=SHOWN)
    assert refused(Invalid, "INR", 2024, both) == {("paid_on", ProblemCode.FIELD_UNWANTED)}
    two = YearDraft(deliberation="AMP-2025-17490", decided_on="01/02/2025")
    assert refused(Invalid, "INR", 2024, two) == {("decided_on", ProblemCode.FIELD_UNWANTED)}
    other = YearDraft(deliberation="VDM-2022-0737")
    assert refused(Invalid, "INR", 2024, other) == {("deliberation", ProblemCode.UNKNOWN_CHOICE)}


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_whoever_takes_in_what_was_voted_keeps_the_memberships(database, enter_as, refused, role):
    assert refused(Forbidden, "INR", 2024, YearDraft(amount="1"), role=role) == set()
    with database.transaction() as session, pytest.raises(Forbidden):
        memberships.add(session, enter_as(session, role, "amp"), MembershipDraft("Autre"))


# Findings that stand


def test_a_year_is_given_up_on_its_commitment_too_and_only_a_later_fact_brings_it_back(
    database, record, refused, chain, status
):
    told = {"commitment": "DEM22-G01", "slug": "demonstration"}
    gone = YearDraft(is_given_up=True, decided_on="10/06/2026", commitment="DEM22-G01", evidence=SHOWN, seen=1)
    assert record("RFNR", 2026, gone, slug=told["slug"])
    assert chain("RFNR", "demonstration")[-1] == (2026, GIVEN_UP, None)
    assert status("DEM22-G01", 2026, "demonstration") is Status.OFF_TRACK
    early = YearDraft(amount="4000", decided_on="01/06/2026", commitment="DEM22-G01", evidence=SHOWN, seen=2)
    assert refused(Invalid, "RFNR", 2026, early, slug=told["slug"]) == {("is_given_up", ProblemCode.FACT_STANDS)}
    late = YearDraft(amount="4000", decided_on="01/07/2026", commitment="DEM22-G01", evidence=SHOWN, seen=2)
    assert record("RFNR", 2026, late, slug=told["slug"])
    assert chain("RFNR", "demonstration")[3][1:] == (DECIDED, Decimal(4000))
    assert status("DEM22-G01", 2026, "demonstration") is Status.ON_TRACK


def test_a_payment_that_a_finding_tells_cannot_be_emptied_here(refused):
    emptied = YearDraft(
        amount="4000", tax="inclusive", decided_on="12/12/2024", commitment="DEM22-G01", evidence=SHOWN, seen=1
    )
    found = refused(Invalid, "RFNR", 2025, emptied, slug="demonstration")
    assert found == {("paid_on", ProblemCode.FACT_STANDS)}


def test_an_amount_corrected_here_is_told_again_on_the_commitment(database, record, chain, status):
    corrected = YearDraft(
        amount="4050,50",
        tax="exclusive",
        decided_on="12/12/2024",
        paid_on="17/03/2025",
        commitment="DEM22-G01",
        evidence=SHOWN,
        seen=1,
    )
    assert record("RFNR", 2025, corrected, slug="demonstration")
    assert chain("RFNR", "demonstration")[2] == (2025, PAID, Decimal("4050.5"))
    with database.reading() as session:
        row = session.scalars(select(Finding).order_by(Finding.id.desc()).limit(1)).one()
        assert (row.state, row.amount, row.tax) == (FindingState.PAID, Decimal("4050.5"), TaxRegime.EXCLUSIVE)
    assert status("DEM22-G01", 2025, "demonstration") is Status.ACHIEVED


def test_a_membership_that_serves_no_renewal_tells_nothing_elsewhere(database, record, chain):
    before = number_of(database, Finding)
    back = YearDraft(amount="0", tax="exclusive", decided_on="01/02/2024", evidence=SHOWN, seen=1)
    assert record("CFE", 2024, back, slug="demonstration")
    assert number_of(database, Finding) == before
    assert chain("CFE", "demonstration") == [
        (2021, PAID, Decimal(900)),
        (2022, UNKNOWN, None),
        (2023, DECIDED, None),
        (2024, DECIDED, Decimal(0)),
        (2025, UNKNOWN, None),
        (2026, TO_RENEW, None),
        (2027, TO_RENEW, None),
    ]


# Adding, and budget lines


def test_an_association_is_added_once_with_a_code_made_of_its_name(database, enter_as, today):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT, "marseille")
        assert memberships.add(session, lead, MembershipDraft("Les Éco-Acteurs du Web", "https://eco.example")) == (
            "LES-ECO-ACTEURS-DU-WEB"
        )
        assert memberships.add(session, lead, MembershipDraft("Les éco acteurs du web !")) == "LES-ECO-ACTEURS-DU-WEB-2"
        assert memberships.add(session, lead, MembershipDraft("日本")) == "ADHESION"
        for name, url, where, code in (
            ("", "", "name", ProblemCode.NAME_MISSING),
            ("x" * 201, "", "name", ProblemCode.TOO_LONG),
            ("les éco-acteurs du WEB", "", "name", ProblemCode.MEMBERSHIP_TAKEN),
            ("Autre", "javascript:alert(1)", "url", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ):
            with pytest.raises(Invalid) as caught:
                memberships.add(session, lead, MembershipDraft(name, url))
            assert [(one.where, one.code) for one in caught.value.problems] == [(where, code)]
        listed = [one.name for one, _ in memberships.overview(session, lead, today).listed]
        assert listed == ["Les Éco-Acteurs du Web", "Les éco acteurs du web !", "日本"]
    assert [line[1] for line in journal_of(database, JournalAction.MEMBERSHIP_ADDED)] == [
        "LES-ECO-ACTEURS-DU-WEB",
        "LES-ECO-ACTEURS-DU-WEB-2",
        "ADHESION",
    ]


def test_a_budget_line_is_kept_once_and_a_year_without_codes_has_none(database, enter_as, today, record):
    before = number_of(database, BudgetLine)
    codes = {"budget": "Budget principal", "section": "fonctionnement", "chapter": "011"}
    for year in (2022, 2024):
        assert record(
            "CFE", year, YearDraft(line={**codes, "nature": str(year)}, seen=int(year == 2024)), slug="demonstration"
        )
    assert number_of(database, BudgetLine) == before + 2
    assert record("CFE", 2023, YearDraft(line={"chapter": " "}, seen=1), slug="demonstration")
    with database.reading() as session:
        found = memberships.sheet(session, enter_as(session, Role.ELU, "demonstration"), "CFE", today).membership
    assert found.year(2022).line == Imputation(2022, "Budget principal", "fonctionnement", "011", nature="2022")
    assert found.year(2023).line is None
    assert found.year(2022).fee == Sum(None, TaxRegime.UNSTATED)
    with database.reading() as session:
        rows = session.scalars(select(MembershipYear).where(MembershipYear.author != "").order_by(MembershipYear.id))
        assert [(row.year, row.version) for row in rows] == [(2022, 1), (2024, 2), (2023, 2)]
