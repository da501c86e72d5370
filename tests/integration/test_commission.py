"""A session of the commission from its agenda to its sealed minutes, and what is refused on the way."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tests.served import digital_service, full_audit
from tracker.domain.approvals import AgendaReason, ApprovalOutcome, ApprovalState, Quorum, SessionState
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import Role
from tracker.exports import kept_paper
from tracker.exports.paper import Heading, Table
from tracker.services import access_gaps, agendas, approvals, commission, minutes
from tracker.services.access_gaps import GapDraft
from tracker.services.approvals import DecisionDraft
from tracker.services.commission import SessionDraft
from tracker.store.models import ApprovalDecision, CommissionSession, JournalEntry, MinutesRectification
from tracker.store.queries import commission as stored

SLUG = "marseille"
HELD_ON = date(2026, 11, 20)


@pytest.fixture
def session(database):
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def referent(session, enter_as):
    return enter_as(session, Role.REFERENT, SLUG)


@pytest.fixture
def site(session, referent):
    """Give a site that opened without being examined, with a full audit in force until 1 June 2027."""
    row = digital_service(session, referent.organisation, name="Site de la ville")
    full_audit(session, row)
    return row


def draft(**told: object) -> SessionDraft:
    return SessionDraft(**{"held_on": "20/11/2026", "venue": "Salle du conseil", **told})  # type: ignore[arg-type]


def held(session, visitor, *services: int, **told: object) -> int:
    """Prepare a session with the services on its agenda, and hold it; give its number."""
    number = commission.open_session(session, visitor, draft(roles="Élue déléguée au numérique\nRéférente", **told))
    agendas.add_proposed(session, visitor, number, services)
    commission.hold(session, visitor, number, seen(session, visitor, number), TODAY)
    return number


def seen(session, visitor, number: int) -> int:
    return commission.sheet(session, visitor, number).row.version


def own(session, visitor, kind):
    """Ask for the rows of the visitor's organisation."""
    return session.query(kind).filter_by(organisation_id=visitor.organisation.id)


def codes(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, ProblemCode]:
    return {one.where: one.code for one in refused.value.problems}


APPROVED = DecisionDraft(outcome="approved")


def test_a_session_goes_from_its_agenda_to_its_minutes_and_each_step_is_in_the_journal(session, referent, site):
    found = commission.overview(session, referent, 1, TODAY)
    assert [(one.known.name, one.reasons[0].reason) for one in found.due] == [
        ("Site de la ville", AgendaReason.UNEXAMINED)
    ]
    assert (found.approved.n, found.approved.whole) == (0, 1)
    number = held(session, referent, site.number)
    assert approvals.decide(session, referent, number, site.number, APPROVED)
    minutes.seal(session, referent, number, seen(session, referent, number))
    row = commission.sheet(session, referent, number).row
    assert (row.state, row.digest) == (SessionState.SEALED, kept_paper.digest(row.minutes))
    after = commission.overview(session, referent, 1, TODAY)
    assert (after.approved.n, after.approved.whole, after.total) == (1, 1, 0)
    told = own(session, referent, JournalEntry).filter(JournalEntry.subject.like(f"commission-{number}%")).all()
    assert [one.action for one in told] == [
        JournalAction.SESSION_OPENED,
        JournalAction.AGENDA_CHANGED,
        JournalAction.SESSION_CHANGED,
        JournalAction.APPROVAL_DECIDED,
        JournalAction.MINUTES_SEALED,
    ]


def test_the_minutes_say_the_file_as_it_stood_and_the_decision_under_headings_and_in_tables(session, referent, site):
    gap = GapDraft(
        "burden",
        "Plans au format image",
        "1.1",
        "Reprise de 4 000 plans",
        "Envoi sur demande",
        "30/06/2027",
    )
    access_gaps.add(session, referent, site.number, gap, TODAY)
    number = held(session, referent, site.number)
    reserves = DecisionDraft(
        outcome="reserves", text="Corriger le contraste.", lift_by="31/03/2027", corrections="Critère 3.2"
    )
    approvals.decide(session, referent, number, site.number, reserves)
    draft_paper = minutes.minutes(session, referent, number)
    assert draft_paper.title.startswith("Projet de procès-verbal")
    minutes.seal(session, referent, number, seen(session, referent, number))
    paper = minutes.minutes(session, referent, number)
    assert paper.title == "Procès-verbal de la commission d’homologation, séance du 20 novembre 2026"
    assert [one.text for one in paper.blocks if isinstance(one, Heading) and one.level == 1] == [
        "La séance",
        "Ordre du jour et décisions",
        "Site de la ville",
        "Signatures",
    ]
    agenda, derogations = [one for one in paper.blocks if isinstance(one, Table)]
    assert agenda.rows[0][2].startswith("partiellement conforme (75,5")
    assert "homologué sous réserves jusqu’au 31 mars 2027" in agenda.rows[0][3]
    assert derogations.rows == (
        (
            "Plans au format image",
            "dérogation pour charge disproportionnée",
            "Reprise de 4 000 plans",
            "30 juin 2027",
            "Envoi sur demande",
        ),
    )
    written = kept_paper.written(paper)
    assert "Corriger le contraste." in written
    assert "Élue déléguée au numérique" in written
    assert "Dominique" not in written
    assert kept_paper.read(written) == paper


def test_sealed_minutes_stay_as_they_were_and_a_rectification_stands_beside_them(session, referent, site):
    number = held(session, referent, site.number)
    approvals.decide(session, referent, number, site.number, APPROVED)
    minutes.seal(session, referent, number, seen(session, referent, number))
    sealed = commission.sheet(session, referent, number).row.minutes
    refusal = DecisionDraft(outcome="refused", text="Le taux est faux.", seen=1)
    with pytest.raises(Invalid) as refused:
        approvals.decide(session, referent, number, site.number, refusal)
    assert codes(refused) == {"reason": ServiceProblem.RECTIFICATION_REASON_MISSING}
    amended = DecisionDraft(outcome="refused", text="Impossible au clavier.", seen=1, reason="Erreur de copie.")
    assert approvals.decide(session, referent, number, site.number, amended)
    told = draft(venue="Salle des actes", roles="Élue déléguée au numérique\nRéférente", reason="Salle changée.")
    told = replace(told, seen=seen(session, referent, number))
    assert commission.change_session(session, referent, number, told, TODAY)
    row = commission.sheet(session, referent, number).row
    assert (row.minutes, row.digest) == (sealed, kept_paper.digest(sealed))
    rows = own(session, referent, MinutesRectification).order_by(MinutesRectification.position).all()
    assert [(one.position, one.reason) for one in rows] == [(1, "Erreur de copie."), (2, "Salle changée.")]
    table = [one for one in minutes.minutes(session, referent, number).blocks if isinstance(one, Table)][-1]
    assert ("Site de la ville : décision", "homologué", "homologation refusée") in [
        tuple(re.sub(r"\s", " ", cell) for cell in line[:3]) for line in table.rows
    ]
    assert "Salle des actes" in {line[2] for line in table.rows}
    done = own(session, referent, JournalEntry).filter_by(action=JournalAction.MINUTES_RECTIFIED).all()
    assert [one.comment for one in done] == ["Erreur de copie.", "Salle changée."]
    state = commission.overview(session, referent, 1, TODAY)
    assert (state.approved.n, state.approved.whole) == (0, 1)


def test_decisions_and_rectifications_are_never_changed_in_the_store(session, referent, site, database):
    number = held(session, referent, site.number)
    approvals.decide(session, referent, number, site.number, APPROVED)
    row = own(session, referent, ApprovalDecision).one()
    row.text = "autre"
    with pytest.raises(Exception, match="append-only"):
        session.flush()
    session.rollback()


def test_each_change_of_a_decision_is_one_more_version_and_a_stale_one_is_told_both(session, referent, site):
    number = held(session, referent, site.number)
    approvals.decide(session, referent, number, site.number, APPROVED)
    assert not approvals.decide(session, referent, number, site.number, DecisionDraft(outcome="approved", seen=1))
    with pytest.raises(Conflict) as refused:
        approvals.decide(session, referent, number, site.number, DecisionDraft(outcome="refused", text="Non.", seen=0))
    assert refused.value.problems[0].where == "outcome"
    assert refused.value.problems[0].values["theirs"] == "homologué"
    limited = DecisionDraft(outcome="approved", limit="31/12/2026", seen=1)
    assert approvals.decide(session, referent, number, site.number, limited)
    sheet = approvals.decision_sheet(session, referent, number, site.number)
    assert (sheet.seen, sheet.term and sheet.term.until) == (2, date(2026, 12, 31))


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"outcome": ""}, {"outcome": ProblemCode.FIELD_MISSING}),
        ({"outcome": "lifted"}, {"outcome": ProblemCode.UNKNOWN_CHOICE}),
        (
            {"outcome": "reserves"},
            {"text": ServiceProblem.RESERVES_MISSING, "lift_by": ServiceProblem.LIFT_DAY_MISSING},
        ),
        ({"outcome": "refused"}, {"text": ServiceProblem.REFUSAL_REASON_MISSING}),
        ({"outcome": "adjourned"}, {"text": ServiceProblem.REFUSAL_REASON_MISSING}),
        ({"outcome": "approved", "text": "Sous réserve"}, {"text": ProblemCode.FIELD_UNWANTED}),
        ({"outcome": "approved", "limit": "02/06/2027"}, {"limit": ServiceProblem.LIMIT_BEYOND_AUDIT}),
        ({"outcome": "approved", "limit": "20/11/2026"}, {"limit": ServiceProblem.DAY_BEFORE_SESSION}),
        ({"outcome": "approved", "limit": "31/02/2027"}, {"limit": ProblemCode.DATE_UNREADABLE}),
        ({"outcome": "approved", "lift_by": "31/12/2026"}, {"lift_by": ProblemCode.FIELD_UNWANTED}),
        (
            {"outcome": "reserves", "text": "Contraste.", "lift_by": "01/01/2031"},
            {"lift_by": ServiceProblem.LIMIT_BEYOND_AUDIT},
        ),
        (
            {"outcome": "adjourned", "text": "Audit à finir.", "adjourned_to": "1"},
            {"adjourned_to": ServiceProblem.SESSION_IS_OVER},
        ),
        (
            {"outcome": "refused", "text": "Vu par Madame Jeanne DUPONT."},
            {"text": ProblemCode.PERSON_NAMED},
        ),
    ],
)
def test_what_the_rules_of_an_approval_refuse_is_said_at_its_field(session, referent, site, told, expected):
    number = held(session, referent, site.number)
    with pytest.raises(Invalid) as refused:
        approvals.decide(session, referent, number, site.number, DecisionDraft(**told))
    assert codes(refused) == expected
    assert own(session, referent, ApprovalDecision).count() == len(stored.decisions(session, site.organisation_id)) == 0


def test_without_a_full_audit_in_force_nothing_is_approved_but_it_is_adjourned_or_refused(session, referent):
    bare = digital_service(session, referent.organisation, name="Portail")
    number = held(session, referent, bare.number)
    with pytest.raises(Invalid) as refused:
        approvals.decide(session, referent, number, bare.number, APPROVED)
    assert codes(refused) == {"outcome": ServiceProblem.APPROVAL_WITHOUT_AUDIT}
    later = commission.open_session(session, referent, draft(held_on="10/12/2026"))
    put_off = DecisionDraft(outcome="adjourned", text="Audit attendu.", adjourned_to=str(later))
    assert approvals.decide(session, referent, number, bare.number, put_off)
    proposed = commission.sheet(session, referent, later).proposed
    assert {one.reason for one in proposed[0].reasons} == {AgendaReason.ADJOURNED}


def test_a_session_is_held_on_its_day_with_an_agenda_and_sealed_once_all_is_decided(session, referent, site):
    number = commission.open_session(session, referent, draft(held_on="23/11/2026"))
    with pytest.raises(Invalid) as refused:
        commission.hold(session, referent, number, 1, TODAY)
    assert codes(refused) == {"state": ServiceProblem.SESSION_TO_COME}
    assert commission.change_session(session, referent, number, draft(seen=1), TODAY)
    with pytest.raises(Invalid) as refused:
        commission.hold(session, referent, number, 2, TODAY)
    assert codes(refused) == {"state": ServiceProblem.SESSION_WITHOUT_AGENDA}
    agendas.add_proposed(session, referent, number, {site.number})
    with pytest.raises(Conflict) as refused:
        approvals.decide(session, referent, number, site.number, APPROVED)
    assert codes(refused) == {"state": ServiceProblem.SESSION_NOT_HELD}
    with pytest.raises(Conflict):
        commission.hold(session, referent, number, 1, TODAY)
    commission.hold(session, referent, number, 2, TODAY)
    with pytest.raises(Invalid) as refused:
        minutes.seal(session, referent, number, 3)
    assert codes(refused) == {"state": ServiceProblem.SESSION_UNDECIDED, "roles": ServiceProblem.SESSION_ROLES_MISSING}
    with pytest.raises(Invalid) as refused:
        commission.change_session(session, referent, number, draft(held_on="24/11/2026", seen=3), TODAY)
    assert codes(refused) == {"held_on": ServiceProblem.SESSION_STARTED}


def test_an_agenda_takes_what_is_asked_for_with_a_reason_and_gives_back_what_is_not_decided(session, referent, site):
    other = digital_service(session, referent.organisation, name="Billetterie", opened_on=date(2030, 1, 1))
    number = commission.open_session(session, referent, draft())
    with pytest.raises(Invalid) as refused:
        agendas.add_asked(session, referent, number, str(other.number), "")
    assert codes(refused) == {"note": ServiceProblem.AGENDA_REASON_MISSING}
    agendas.add_asked(session, referent, number, str(other.number), "Avis demandé par la direction.")
    with pytest.raises(Invalid) as refused:
        agendas.add_asked(session, referent, number, str(other.number), "Encore.")
    assert codes(refused) == {"service": ServiceProblem.AGENDA_TWICE}
    with pytest.raises(Invalid) as refused:
        agendas.add_proposed(session, referent, number, set())
    assert codes(refused) == {"chosen": ServiceProblem.AGENDA_EMPTY}
    agendas.remove(session, referent, number, other.number)
    assert commission.sheet(session, referent, number).listed == []
    agendas.add_proposed(session, referent, number, {site.number})
    commission.hold(session, referent, number, 1, TODAY)
    approvals.decide(session, referent, number, site.number, APPROVED)
    with pytest.raises(Conflict) as refused:
        agendas.remove(session, referent, number, site.number)
    assert codes(refused) == {"agenda": ServiceProblem.AGENDA_DECIDED}
    assert commission.change_session(session, referent, number, draft(roles="Référente", seen=2), TODAY)
    minutes.seal(session, referent, number, 3)
    with pytest.raises(Conflict) as refused:
        agendas.add_asked(session, referent, number, str(other.number), "Trop tard.")
    assert codes(refused) == {"agenda": ServiceProblem.SESSION_SEALED}


def test_the_approval_ends_by_itself_with_its_audit_and_comes_back_on_the_agenda(session, referent, site):
    number = held(session, referent, site.number)
    approvals.decide(session, referent, number, site.number, APPROVED)
    last, over = date(2027, 6, 1), date(2027, 6, 2)
    assert commission.overview(session, referent, 1, last).due[0].approval.state is ApprovalState.APPROVED
    told = commission.overview(session, referent, 1, over).due[0]
    assert told.approval.state is ApprovalState.EXPIRED
    assert {one.reason for one in told.reasons} == {AgendaReason.APPROVAL_EXPIRED, AgendaReason.AUDIT_EXPIRED}


def test_only_the_lead_changes_anything_and_what_is_elsewhere_does_not_exist(session, referent, site, enter_as):
    agent = enter_as(session, Role.AGENT, SLUG)
    number = held(session, referent, site.number)
    for act in (
        lambda: commission.open_session(session, agent, draft()),
        lambda: commission.change_session(session, agent, number, draft(), TODAY),
        lambda: agendas.add_proposed(session, agent, number, {1}),
        lambda: agendas.remove(session, agent, number, 1),
        lambda: approvals.decide(session, agent, number, site.number, APPROVED),
        lambda: minutes.seal(session, agent, number, 1),
        lambda: access_gaps.add(session, agent, site.number, GapDraft(), TODAY),
        lambda: access_gaps.change(session, agent, site.number, 1, GapDraft(), TODAY),
    ):
        with pytest.raises(Forbidden):
            act()
    assert commission.sheet(session, agent, number).row.number == number
    other = enter_as(session, Role.REFERENT, "amp")
    with pytest.raises(NotFound):
        commission.sheet(session, other, number)
    with pytest.raises(NotFound):
        access_gaps.gaps(session, other, site.number, TODAY)
    with pytest.raises(NotFound):
        approvals.decision_sheet(session, referent, number, site.number + 1)


# Gaps


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"kind": "failure"}, {"content": ServiceProblem.GAP_CONTENT_MISSING}),
        (
            {"kind": "burden", "content": "Vidéos"},
            {"reason": ServiceProblem.GAP_REASON_MISSING, "until": ServiceProblem.GAP_UNTIL_MISSING},
        ),
        ({"kind": "out_of_scope", "content": "Cartes"}, {"reason": ServiceProblem.GAP_REASON_MISSING}),
        (
            {"kind": "out_of_scope", "content": "Cartes", "reason": "Cartographie", "criteria": "1.1"},
            {"criteria": ProblemCode.FIELD_UNWANTED},
        ),
        ({"kind": "failure", "content": "Logo", "criteria": "14.1"}, {"criteria": ServiceProblem.CRITERION_UNKNOWN}),
        (
            {"kind": "failure", "content": "Logo", "mended_on": "23/11/2026"},
            {"mended_on": ServiceProblem.MENDED_TO_COME},
        ),
        (
            {"kind": "failure", "content": "Signalé par Mme Jeanne DUPONT"},
            {"content": ProblemCode.PERSON_NAMED},
        ),
    ],
)
def test_what_is_missing_of_a_gap_is_said_at_its_field(session, referent, site, told, expected):
    with pytest.raises(Invalid) as refused:
        access_gaps.add(session, referent, site.number, GapDraft(**told), TODAY)
    assert codes(refused) == expected


@pytest.mark.one_engine
def test_a_derogation_that_is_over_when_it_is_told_is_refused_and_what_its_audit_does_not_fail_is_said(
    session, referent, site
):
    told = {"kind": "burden", "content": "Vidéos", "reason": "Coût", "criteria": "1.1, 13.12"}
    for until, code in (
        ("31/12/1999", ServiceProblem.GAP_UNTIL_BEFORE_AUDIT),
        ("01/05/2024", ServiceProblem.GAP_UNTIL_BEFORE_AUDIT),
        ("21/11/2026", ServiceProblem.GAP_UNTIL_PAST),
    ):
        with pytest.raises(Invalid) as refused:
            access_gaps.add(session, referent, site.number, GapDraft(**told, until=until), TODAY)
        assert codes(refused) == {"until": code}
    number = access_gaps.add(session, referent, site.number, GapDraft(**told, until="22/11/2026"), TODAY)
    later = date(2027, 1, 10)
    with pytest.raises(Invalid):
        access_gaps.change(session, referent, site.number, number, GapDraft(**told, until="09/01/2027", seen=1), later)
    kept = GapDraft(**{**told, "content": "Vidéos du conseil"}, until="22/11/2026", seen=1)
    assert access_gaps.change(session, referent, site.number, number, kept, later)
    found = access_gaps.gaps(session, referent, site.number, TODAY)
    assert found.unfailed == {number: ["1.1"]}  # the audit fails the last criteria


def test_a_gap_is_added_changed_mended_and_a_stale_change_is_told_both(session, referent, site):
    told = {"kind": "failure", "content": "Le logo n'a pas d'alternative.", "criteria": "8.9; 1.1 1.1"}
    number = access_gaps.add(session, referent, site.number, GapDraft(**told), TODAY)
    sheet = access_gaps.sheet(session, referent, site.number, number)
    assert sheet.gap.criteria == ("1.1", "8.9")
    mended = GapDraft(**{**told, "mended_on": "20/11/2026", "seen": 1})
    assert access_gaps.change(session, referent, site.number, number, mended, TODAY)
    assert not access_gaps.change(session, referent, site.number, number, mended, TODAY)
    with pytest.raises(Conflict) as refused:
        access_gaps.change(session, referent, site.number, number, GapDraft(**{**told, "seen": 1}), TODAY)
    assert (refused.value.problems[0].where, refused.value.problems[0].values["theirs"]) == (
        "mended_on",
        "20 novembre 2026",
    )
    found = access_gaps.gaps(session, referent, site.number, TODAY)
    assert ([one.number for one in found.open], [one.number for one in found.mended]) == ([], [number])
    told_by = own(session, referent, JournalEntry).filter_by(subject=f"service-{site.number}-ecart-{number}").all()
    assert [one.action for one in told_by] == [JournalAction.ACCESS_GAP_ADDED, JournalAction.ACCESS_GAP_CHANGED]


def test_the_file_of_a_service_has_what_was_mended_since_the_last_decision(session, referent, site):
    number = access_gaps.add(
        session, referent, site.number, GapDraft("failure", "Le formulaire de contact", "11.1"), TODAY
    )
    first = held(session, referent, site.number, held_on="02/11/2026")
    approvals.decide(session, referent, first, site.number, DecisionDraft(outcome="refused", text="Formulaire."))
    mending = GapDraft("failure", "Le formulaire de contact", "11.1", mended_on="10/11/2026", seen=1)
    access_gaps.change(session, referent, site.number, number, mending, TODAY)
    second = commission.open_session(session, referent, draft())
    agendas.add_asked(session, referent, second, str(site.number), "Corrections faites.")
    sheet = approvals.decision_sheet(session, referent, second, site.number)
    assert [one.content for one in sheet.mended] == ["Le formulaire de contact"]
    assert [one.outcome for one in sheet.before] == [ApprovalOutcome.REFUSED]
    assert (sheet.approval.state, sheet.failures) == (ApprovalState.REFUSED, [])
    earlier = approvals.decision_sheet(session, referent, first, site.number)
    assert [one.content for one in earlier.failures] == ["Le formulaire de contact"]
    assert earlier.before == ()


def test_the_quorum_and_the_roles_are_kept_and_names_are_refused(session, referent):
    with pytest.raises(Invalid) as refused:
        commission.open_session(session, referent, draft(roles="M. Jean DURAND, directeur"))
    assert codes(refused) == {"roles": ProblemCode.PERSON_NAMED}
    with pytest.raises(Invalid) as refused:
        commission.open_session(session, referent, draft(held_on=""))
    assert codes(refused) == {"held_on": ServiceProblem.SESSION_DAY_MISSING}
    number = commission.open_session(session, referent, draft(roles=" Référente \n\n DSI", quorum="met"))
    row = own(session, referent, CommissionSession).filter_by(number=number).one()
    assert (row.roles, row.quorum) == ("Référente\nDSI", Quorum.MET)
