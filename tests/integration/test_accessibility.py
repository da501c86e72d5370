"""Statements, schemes and complaints as the services write and read them, on both engines."""

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.conftest import EnterAs
from tests.integration.helpers import number_of
from tests.served import digital_service, full_audit
from tracker.domain.access_schemes import SchemeItem
from tracker.domain.errors import Conflict, Forbidden, Invalid
from tracker.domain.journal_actions import JournalAction
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.statements import StatementField, StatementState
from tracker.domain.vocabulary import Role
from tracker.services import access_scheme_changes, access_values, accessibility, complaints, statements
from tracker.services.access_scheme_changes import ActionDraft, PlanDraft, SchemeDraft
from tracker.services.complaints import ComplaintDraft
from tracker.services.statements import PublicationDraft
from tracker.store.models import AccessScheme, JournalEntry
from tracker.store.session import Database

URL = "https://ville.example/acces"
SCHEME = SchemeDraft("01/01/2025", "31/12/2027", "02/02/2025", URL, {SchemeItem.SKILLS: "Écrites"})


def lines(session, action: JournalAction) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry).where(JournalEntry.action == action)) or 0


def test_a_scheme_a_plan_and_a_statement_are_written_read_and_told(database: Database, enter_as: EnterAs, today: date):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        row = digital_service(session, lead.organisation, address=URL, technologies="HTML", contact=URL)
        full_audit(session, row, met=106, auditor="En interne", environments="NVDA", tools="Aucun")
        number = row.number
        found = statements.sheet(session, lead, number, today)
        assert found.missing == (StatementField.SCHEME, StatementField.PLAN)
        with pytest.raises(Invalid) as refused:
            statements.statement_file(found, "odt")
        assert {one.code for one in refused.value.problems} == {ServiceProblem.STATEMENT_LACKS}
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        written = access_scheme_changes.write_scheme(session, lead, None, SCHEME, today)
        assert written == 1
        again = SchemeDraft(SCHEME.starts_on, SCHEME.ends_on, SCHEME.published_on, SCHEME.url, SCHEME.told, seen=1)
        assert access_scheme_changes.write_scheme(session, lead, 1, again, today) is None
        plan = PlanDraft("Bilan de 2025", "19/01/2026", URL)
        assert access_scheme_changes.write_plan(session, lead, 2026, plan, today)
        action = ActionDraft("Former", str(number), due_on="30/06/2026")
        assert access_scheme_changes.write_action(session, lead, 2026, None, action)
        assert lines(session, JournalAction.ACCESS_SCHEME_SET) == 1
        assert lines(session, JournalAction.ACCESS_PLAN_SET) == 1
        assert lines(session, JournalAction.ACCESS_ACTION_SET) == 1
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        draft = PublicationDraft("01/06/2025", URL, seen=1)
        assert statements.publish(session, lead, number, draft, today)
        assert not statements.publish(session, lead, number, draft, today)
    with database.reading() as session:
        reader = enter_as(session, Role.ELU)
        found = statements.sheet(session, reader, number, today)
        assert found.missing == ()
        assert found.standing.state is StatementState.IN_FORCE
        assert statements.statement_file(found, "odt").startswith(b"PK")
        assert b"conformit\xc3\xa9 est totale" in statements.statement_file(found, "html")
        known = accessibility.accessibility(session, reader)
        assert known.schemes[0].told == {SchemeItem.SKILLS: "Écrites"}
        assert [(one.title, one.service) for one in known.plans[2026].actions] == [("Former", number)]
        given = {one.code: one for one in access_values.given(session, reader.organisation, 2025, today)}
        assert (given["ACC-04"].numerator, given["ACC-04"].denominator) == (1, 1)
        assert given["ACC-06"].withheld
        assert given["ACC-07"].value == 0  # no plan of 2025
        assert {one.code: one for one in access_values.given(session, reader.organisation, 2026, today)}[
            "ACC-07"
        ].value == 1


def test_a_reader_writes_nothing(database: Database, enter_as: EnterAs, today: date):
    with database.transaction() as session:
        reader = enter_as(session, Role.ELU)
        row = digital_service(session, reader.organisation)
        for write in (
            lambda: access_scheme_changes.write_scheme(session, reader, None, SCHEME, today),
            lambda: access_scheme_changes.write_plan(session, reader, 2026, PlanDraft(), today),
            lambda: access_scheme_changes.write_action(session, reader, 2026, None, ActionDraft("x")),
            lambda: complaints.write(session, reader, None, ComplaintDraft(), today),
            lambda: statements.publish(session, reader, row.number, PublicationDraft(), today),
        ):
            with pytest.raises(Forbidden):
                write()
    assert number_of(database, AccessScheme) == 1  # that of the demonstration


def test_complaints_are_counted_by_organisation_and_a_stale_one_is_refused(
    database: Database, enter_as: EnterAs, today: date
):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        service = str(digital_service(session, lead.organisation).number)
        draft = ComplaintDraft(service, "02/11/2026", "Page vide")
        assert complaints.write(session, lead, None, draft, today)
        answered = ComplaintDraft(service, "02/11/2026", "Page vide", "04/11/2026", "mended", seen=1)
        assert complaints.write(session, lead, 1, answered, today)
        with pytest.raises(Conflict) as refused:
            complaints.write(session, lead, 1, ComplaintDraft(service, "02/11/2026", "Autre", seen=1), today)
        assert {one.where for one in refused.value.problems} == {"subject", "answered_on", "outcome"}
        assert lines(session, JournalAction.COMPLAINT_SET) == 2
        (known,) = accessibility.accessibility(session, lead).complaints
        assert (known.number, known.days) == (1, 2)
        time = {one.code: one for one in access_values.given(session, lead.organisation, 2026, today)}
        assert (time["ACC-06"].numerator, time["ACC-06"].denominator) == (2, 1)
