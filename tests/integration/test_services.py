"""The registers around digital services on both engines: what is kept, refused, told to the journal and offered."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select

from tests.served import digital_service
from tracker.domain.digital_services import ServiceState
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.offers import OfferState
from tracker.domain.rgaa import AuditKind, Conformity, ConformityReason
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import Role, SearchKind
from tracker.services import (
    ai_changes,
    ai_systems,
    digital_services,
    evaluations,
    mediation,
    searches,
    service_changes,
    service_values,
)
from tracker.services.ai_changes import AiDraft
from tracker.services.digital_services import AiUse, ServiceFilter, ServiceOrder
from tracker.services.evaluations import EvaluationDraft
from tracker.services.mediation import PlaceDraft
from tracker.services.service_changes import ServiceDraft
from tracker.store.models import Audit, AuditPage, JournalEntry

SITE = ServiceDraft(
    name="Site de la Ville", kind="website", address="https://ville.example", contact="accessibilite@ville.example"
)
CRITERIA = 106
TODAY = date(2026, 11, 22)


@pytest.fixture
def act(database, enter_as):
    """Do something as the référent of an organisation, in a transaction of its own."""

    def done(what, *given, slug="marseille", role=Role.REFERENT, **named):
        with database.transaction() as session:
            return what(session, enter_as(session, role, slug), *given, **named)

    return done


def problems(refused):
    return {(one.where, one.code) for one in refused.value.problems}


def audited(session, service, on, letters, kind=AuditKind.FULL, *, is_withdrawn=False):
    row = Audit(
        organisation_id=service.organisation_id,
        service_id=service.id,
        number=on.toordinal(),
        kind=kind,
        rgaa="4.1",
        audited_on=on,
        is_withdrawn=is_withdrawn,
        recorded_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    session.add(AuditPage(audit_id=row.id, position=1, name="Accueil", results=letters))
    session.flush()


def test_a_service_is_kept_with_its_number_and_its_line_in_the_journal(act, database):
    number = act(service_changes.add, replace(SITE, uses_ai="non", opened_on="01/03/2016"), TODAY)
    assert number == 1
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).where(JournalEntry.action == JournalAction.SERVICE_ADDED)).one()
    assert line.subject == "service-1"
    assert json.loads(line.after)["opened_on"] == "2016-03-01"
    assert json.loads(line.after)["uses_ai"] == "non"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("name", " ", ProblemCode.FIELD_MISSING),
        ("name", "site de la VILLÉ", ServiceProblem.SERVICE_NAME_TAKEN),
        ("kind", "", ProblemCode.FIELD_MISSING),
        ("kind", "soucoupe", ProblemCode.UNKNOWN_CHOICE),
        ("address", "javascript:alert(1)", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("address", "ftp://ville.example", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("statement_url", "https://quelqu'un@ville.example", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("contact", "marie.dupont@ville.example", ServiceProblem.CONTACT_PERSONAL),
        ("contact", "m.dupont@ville.example", ServiceProblem.CONTACT_PERSONAL),
        ("contact", "au guichet", ServiceProblem.CONTACT_UNREADABLE),
        ("redesigned_on", "01/01/2015", ServiceProblem.SERVICE_BEFORE_OPENING),
        ("statement_on", "29/02/2016", ServiceProblem.SERVICE_BEFORE_OPENING),
        ("statement_on", "23/11/2026", ProblemCode.EQUIPMENT_DAY_TO_COME),
        ("closed_on", "01/01/2020", ProblemCode.FIELD_UNWANTED),
        ("opened_on", "31/02/2020", ProblemCode.DATE_UNREADABLE),
        ("purpose", "Demander à Mme Martine VASSAL", ProblemCode.PERSON_NAMED),
        ("department", "RIEN", ProblemCode.UNKNOWN_CHOICE),
        ("uses_ai", "peut-être", ProblemCode.UNKNOWN_CHOICE),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(act, database, field, typed, code):
    act(service_changes.add, replace(SITE, name="Site de la Ville"), TODAY)
    draft = replace(SITE, name="Autre", opened_on="01/03/2016")
    with pytest.raises(Invalid) as refused:
        act(service_changes.add, replace(draft, **{field: typed}), TODAY)
    assert (field, code) in problems(refused)
    assert len(act(digital_services.listed, ServiceFilter(), date(2026, 11, 22))) == 1


@pytest.mark.one_engine
def test_a_shared_mailbox_a_form_and_an_address_with_a_port_are_taken(act):
    for place, contact in enumerate(("accueil.numerique@ville.example", "https://ville.example:8080/contact?a=1", "")):
        assert act(service_changes.add, replace(SITE, name=f"Service {place}", contact=contact), TODAY)


def test_a_correction_over_another_version_is_a_conflict_that_quotes_what_is_stored(act):
    number = act(service_changes.add, SITE, TODAY)
    assert act(service_changes.correct, number, replace(SITE, seen=1), TODAY) is False
    assert act(service_changes.correct, number, replace(SITE, supplier="Éditeur SAS", seen=1), TODAY)
    with pytest.raises(Conflict) as refused:
        act(service_changes.correct, number, replace(SITE, supplier="Autre SAS", seen=1), TODAY)
    (told,) = refused.value.problems
    assert (told.where, told.values["theirs"]) == ("supplier", "Éditeur SAS")
    with pytest.raises(NotFound):
        act(service_changes.correct, 99, SITE, TODAY)


def test_only_who_keeps_the_services_changes_them(act):
    for role in (Role.AGENT, Role.ELU, Role.ADMIN):
        for what, given in (
            (service_changes.add, (SITE, TODAY)),
            (ai_changes.add, (AiDraft(name="Tri"), date(2026, 11, 22))),
            (evaluations.record, (1, 2025, EvaluationDraft(method="x"), date(2026, 11, 22))),
            (mediation.add, (2025, PlaceDraft(name="x", kind="other"), date(2026, 11, 22))),
            (service_values.offered, (2025, date(2026, 11, 22))),
        ):
            with pytest.raises(Forbidden):
                act(what, *given, role=role)


def test_the_legal_state_follows_the_audits_and_the_day(database, enter_as, today):
    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation
        rated = digital_service(session, home, name="Audité")
        audited(session, rated, date(2024, 1, 10), "C" * 80 + "N" * 20 + "A" * 6)
        audited(session, rated, date(2025, 1, 10), "C" * CRITERIA, is_withdrawn=True)
        rapid = digital_service(session, home, name="Survolé")
        audited(session, rapid, date(2025, 1, 10), "C" * CRITERIA, AuditKind.RAPID)
        digital_service(session, home, name="Jamais audité")

    def states(day):
        with database.reading() as session:
            home = enter_as(session, Role.REFERENT).organisation
            return [
                (one.standing.conformity, one.standing.reason) for one in digital_services.known(session, home, day)
            ]

    none = Conformity.NONE
    rest = [(none, ConformityReason.NOT_FULL), (none, ConformityReason.NO_AUDIT)]
    assert states(date(2027, 1, 10)) == [(Conformity.PARTIAL, ConformityReason.RATE), *rest]
    assert states(date(2027, 1, 11)) == [(none, ConformityReason.EXPIRED), *rest]


def test_the_register_is_read_in_the_same_number_of_queries_however_long_it_is(database, enter_as, today):
    def queries():
        told = []
        listen = lambda *given: told.append(given[2])  # noqa: E731
        event.listen(database.engine, "before_cursor_execute", listen)
        with database.reading() as session:
            home = enter_as(session, Role.REFERENT).organisation
            told.clear()
            digital_services.known(session, home, today)
            count = len(told)
        event.remove(database.engine, "before_cursor_execute", listen)
        return count

    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation
        audited(session, digital_service(session, home, name="Un"), date(2025, 1, 10), "C" * CRITERIA)
    before = queries()
    with database.transaction() as session:
        home = enter_as(session, Role.REFERENT).organisation
        for place in range(20):
            row = digital_service(session, home, name=f"Service {place}")
            for year in (2023, 2024, 2025):
                audited(session, row, date(year, 1, 10), "C" * CRITERIA)
    assert queries() == before <= 5


@pytest.mark.one_engine
def test_each_filter_keeps_what_it_says_and_words_are_found_without_accents(act, today):
    def names(**wanted):
        listed = act(digital_services.listed, ServiceFilter(**wanted), today, slug="demonstration")
        return [one.number for one in listed]

    everything = names()
    assert sorted(everything) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert names(words="demarches LIGNE") == [2]
    assert names(state=ServiceState.PROJECT) == [8]
    assert sorted(names(ai=AiUse.YES)) == [2, 3, 4, 5]
    assert sorted(names(ai=AiUse.UNKNOWN)) == [6, 8]
    assert names(department="DRH") == [6]
    assert names(department="-") == []
    assert sorted(names(department="RIEN")) == sorted(everything)
    assert names(order=ServiceOrder.OPENING)[0] == 5


def test_an_ai_system_is_kept_published_and_read_by_anyone_without_its_note(act, database, today):
    act(service_changes.add, SITE, TODAY)
    draft = AiDraft(name="Tri", service="1", note="à revoir", is_published="1")
    with pytest.raises(Invalid) as refused:
        act(ai_changes.add, draft, today)
    assert problems(refused) == {("purpose", ServiceProblem.AI_PURPOSE_MISSING)}
    number = act(ai_changes.add, replace(draft, purpose="Trier les demandes"), today)
    with database.reading() as session:
        (one,) = ai_systems.published(session, "marseille").systems
    assert (one.record.name, one.service, one.record.note) == ("Tri", "Site de la Ville", "")
    kept = act(ai_systems.sheet, number).view
    assert kept.record.note == "à revoir"
    taken = replace(ai_changes.draft_of(kept.record, kept.version), is_published="")
    assert act(ai_changes.correct, number, taken, today)
    with database.reading() as session, pytest.raises(NotFound):
        ai_systems.published(session, "marseille")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("service", "99", ProblemCode.UNKNOWN_CHOICE),
        ("rules_url", "regles", ProblemCode.WEB_ADDRESS_UNREADABLE),
        ("charter_on", "01/02/2025", ProblemCode.FIELD_UNWANTED),
        ("evaluated_on", "01/02/2030", ProblemCode.EQUIPMENT_DAY_TO_COME),
        ("risk", "rouge", ProblemCode.UNKNOWN_CHOICE),
    ],
)
def test_what_an_ai_sheet_cannot_say_is_refused_at_its_field(act, today, field, typed, code):
    with pytest.raises(Invalid) as refused:
        act(ai_changes.add, replace(AiDraft(name="Tri"), **{field: typed}), today)
    assert problems(refused) == {(field, code)}


def test_the_real_authority_has_what_its_text_names_and_every_unknown_says_so(act, database):
    listed = [one.record for one in act(ai_systems.listed, slug="amp")]
    assert [one.name for one in listed] == ["FIDAMIA", "Agent conversationnel (chatbot)", "Automate vocal (callbot)"]
    for one in listed:
        assert (one.state, one.role, one.risk, one.notice) == ("unknown", "unknown", "a_qualifier", "unknown")
        assert "IVIS-001-14771/23/CM" in one.source
        assert not one.is_published
        assert not one.supplier
    with database.reading() as session, pytest.raises(NotFound):
        ai_systems.published(session, "amp")


def test_an_evaluation_is_kept_for_its_year_and_a_stale_one_is_a_conflict(act, today):
    number = act(service_changes.add, SITE, TODAY)
    draft = EvaluationDraft(method="Enquête en ligne", respondents="412", score="6,9")
    assert act(evaluations.record, number, 2025, draft, today)
    assert act(evaluations.record, number, 2025, replace(draft, seen=1), today) is False
    with pytest.raises(Conflict):
        act(evaluations.record, number, 2025, replace(draft, score="8"), today)
    (line,) = act(evaluations.of_year, 2025, today)
    assert line.found.score == line.found.counted.score
    (other,) = act(evaluations.of_year, 2024, today)
    assert other.found is None
    for field, typed, code in (
        ("score", "11", ServiceProblem.EVALUATION_SCORE_OUT),
        ("high", "0", ServiceProblem.EVALUATION_SCALE_EMPTY),
        ("method", "", ServiceProblem.EVALUATION_EMPTY),
        ("respondents", "1,5", ProblemCode.NOT_WHOLE),
    ):
        with pytest.raises(Invalid) as refused:
            act(evaluations.record, number, 2024, replace(draft, **{field: typed}), today)
        assert (field, code) in problems(refused)
    with pytest.raises(NotFound):
        act(evaluations.record, number, 2031, draft, today)


def test_a_place_tells_its_year_and_nobody_counted_is_not_nobody_came(act, today):
    draft = PlaceDraft(name="Médiathèque", kind="library", postcode="13001", people="0")
    number = act(mediation.add, 2025, draft, today)
    assert act(mediation.find, number, 2025, today).people == 0
    assert act(mediation.find, number, 2024, today).people is None
    view = act(mediation.find, number, 2025, today)
    assert act(mediation.correct, number, 2025, replace(mediation.draft_of(view), people=""), today)
    assert act(mediation.find, number, 2025, today).people is None
    with pytest.raises(Conflict):
        act(mediation.correct, number, 2025, replace(draft, people="12", seen=1, counted=1), today)
    with pytest.raises(Invalid) as refused:
        act(mediation.add, 2025, replace(draft, postcode="1300"), today)
    assert problems(refused) == {("postcode", ServiceProblem.POSTCODE_UNREADABLE)}


def test_the_registers_offer_their_values_and_write_them_once_they_are_confirmed(act, today):
    number = act(service_changes.add, SITE, TODAY)
    draft = EvaluationDraft(method="Enquête", respondents="412", score="6,9")
    act(evaluations.record, number, 2025, draft, today)
    found = act(service_values.offered, 2025, today)
    states = {one.value.code: one.state for one in found.listed}
    followed = {code: state for code, state in states.items() if code == "ACC-11"}
    assert set(followed.values()) <= {OfferState.NEW}
    with pytest.raises(Conflict):
        act(service_values.confirm, 2025, "autre", "", today)
    assert act(service_values.confirm, 2025, found.digest, "", today) == len(found.changes)
    again = act(service_values.offered, 2025, today)
    assert not again.changes


def test_a_value_that_came_from_elsewhere_stays_and_an_earlier_year_is_not_told_by_todays_register(act, today):
    found = act(service_values.offered, 2025, today, slug="demonstration")
    of = {one.value.code: one for one in found.listed}
    assert of["ETH-01"].state is OfferState.HELD
    assert (of["ETH-01"].entry.numerator, of["ETH-01"].entry.denominator) == (2, 4)
    earlier = act(service_values.offered, 2023, today, slug="demonstration")
    told = {one.value.code: one for one in earlier.listed}
    assert told["ETH-01"].state is OfferState.WITHHELD
    assert "2023" in told["ETH-01"].value.withheld


def test_services_and_ai_systems_are_found_by_their_words(act):
    act(service_changes.add, replace(SITE, purpose="Réserver une salle"), TODAY)
    (found,) = act(searches.search_for, "reserver salle", 1).found
    assert (found.kind, found.code) == (SearchKind.SERVICE, "1")
    listed = act(searches.search_for, "fidamia", 1, slug="amp").found
    assert SearchKind.AI_SYSTEM in {one.kind for one in listed}
