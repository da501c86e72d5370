"""A value's way through the campaign of its year: what readers see, who may move it, and how it is undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Absence, NoticeKind, Role, Stage
from tracker.services import reversals, workflow
from tracker.services.entry import row as entry_row
from tracker.services.measurements import record
from tracker.services.portfolio import portfolio
from tracker.services.reversals import Undoing
from tracker.store.models import Campaign, JournalEntry, Measurement, MeasurementStep, Notice, Reopening
from tracker.store.queries import accounts as account_rows
from tracker.store.queries import indicators

COMPUTERS = "SOB-06"  # entrusted to the agent in Marseille; 6 years voted
YEAR = 2025


@pytest.fixture
def campaign(database, enter_as):
    """Open a campaign of 2025 in Marseille, as ``open_``; give the function that closes it."""

    def open_(*, has_four_eyes=False, opened_at=None):
        with database.transaction() as session:
            visitor = enter_as(session, Role.REFERENT)
            session.add(
                Campaign(
                    organisation_id=visitor.organisation.id,
                    year=YEAR,
                    due_on=date(2026, 12, 4),
                    has_four_eyes=has_four_eyes,
                    opened_at=opened_at or datetime.now(UTC) - timedelta(hours=1),
                    opened_by=visitor.name,
                )
            )

    return open_


def close(database):
    with database.transaction() as session:
        session.scalars(select(Campaign).where(Campaign.year == YEAR, Campaign.opened_by.contains("Référent"))).all()[
            -1
        ].closed_at = datetime.now(UTC)


@pytest.fixture
def type_(database, enter_as, today):
    def typed(value, seen=0, role=Role.AGENT, **fields):
        with database.transaction() as session:
            draft = Draft(COMPUTERS, seen=seen, value=value, precision="measured", **fields)
            return record(session, enter_as(session, role), YEAR, [draft], today)

    return typed


@pytest.fixture
def submit(database, enter_as, today):
    def submitted(role=Role.AGENT, looked_at=(COMPUTERS,)):
        with database.transaction() as session:
            return workflow.submit(session, enter_as(session, role), YEAR, [COMPUTERS], looked_at, today)

    return submitted


@pytest.fixture
def validate(database, enter_as, today):
    def validated(revision, role=Role.REFERENT):
        with database.transaction() as session:
            return workflow.validate(session, enter_as(session, role), YEAR, [(COMPUTERS, revision)], today)

    return validated


@pytest.fixture
def seen(database, enter_as, today):
    """Give what readers see of the value, and where its last revision stands for who enters it."""

    def look():
        with database.reading() as session:
            visitor = enter_as(session)
            shown = portfolio(session, visitor.organisation).figures.aim(COMPUTERS).value(YEAR)
            standing = entry_row(session, visitor, YEAR, COMPUTERS, today).standing
            return shown, standing.stage if standing else None

    return look


def text(value):
    return None if value is None else str(value)


def refused(error):
    return [problem.code for problem in error.value.problems]


def test_without_campaign_a_value_is_read_as_soon_as_it_is_typed(type_, seen):
    type_("5,4")
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", None)


def test_in_a_campaign_a_value_is_read_once_validated(campaign, type_, submit, validate, seen):
    campaign()
    type_("5,4")
    assert seen() == (None, Stage.DRAFT)
    assert submit().codes == (COMPUTERS,)
    assert seen() == (None, Stage.SUBMITTED)
    assert validate(1) == (COMPUTERS,)
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.VALIDATED)


def test_what_was_published_before_the_campaign_stays_readable_while_it_is_corrected(campaign, type_, seen):
    type_("5,4")
    campaign(opened_at=datetime.now(UTC))
    type_("5,1", seen=1)
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.DRAFT)


def test_a_validated_value_stays_readable_while_a_newer_one_is_prepared(campaign, type_, submit, validate, seen):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    type_("5,2", seen=1)
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.DRAFT)


def test_the_steps_tell_who_did_what(database, campaign, type_, submit, validate):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    with database.reading() as session:
        steps = session.scalars(
            select(MeasurementStep).join(Measurement).where(Measurement.year == YEAR).order_by(MeasurementStep.id)
        ).all()[-3:]
        lines = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(3)).all()
    told = [(step.position, step.stage, step.author) for step in steps]
    agent, referent = "Alix Agent (fictif)", "Dominique Référent (fictif)"
    assert told == [(0, Stage.DRAFT, agent), (1, Stage.SUBMITTED, agent), (2, Stage.VALIDATED, referent)]
    assert [line.action for line in lines] == [
        JournalAction.VALUE_VALIDATED,
        JournalAction.VALUE_SUBMITTED,
        JournalAction.VALUE_RECORDED,
    ]


def test_what_is_odd_is_held_back_until_it_was_looked_at(campaign, type_, submit, seen, database, enter_as, today):
    with database.transaction() as session:
        for year, value in ((2022, "5"), (2023, "5,1"), (2024, "5,2")):
            record(session, enter_as(session), year, [Draft(COMPUTERS, value=value)], today)
    campaign()
    type_("15")
    held = submit(looked_at=())
    assert held.codes == ()
    assert [one.code for one in held.held] == [COMPUTERS]
    assert held.held[0].oddities
    assert seen()[1] is Stage.DRAFT
    assert submit(looked_at=[COMPUTERS]).codes == (COMPUTERS,)


def test_an_estimate_without_a_comment_is_not_submitted_even_if_looked_at(campaign, database, enter_as, today, submit):
    campaign()
    with database.transaction() as session:
        record(
            session, enter_as(session), YEAR, [Draft(COMPUTERS, value="5,4", precision="estimated", comment="")], today
        )
    held = submit(looked_at=[COMPUTERS])
    assert held.codes == ()
    assert held.held[0].comment is not None


def test_a_returned_value_comes_back_to_its_officer_with_the_reason(
    campaign, type_, submit, seen, database, enter_as, today
):
    campaign()
    type_("5,4")
    submit()
    with database.transaction() as session:
        referent = enter_as(session, Role.REFERENT)
        workflow.return_(session, referent, YEAR, [(COMPUTERS, 1)], " Compter aussi les écoles. ", today)
    assert seen() == (None, Stage.RETURNED)
    with database.reading() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        agent = account_rows.by_email(session, "agent@demonstration.example")
        assert notice is not None
        assert agent is not None
        assert (notice.kind, notice.account_id, notice.body) == (
            NoticeKind.RETURNED,
            agent.id,
            "Compter aussi les écoles.",
        )
    assert submit().codes == (COMPUTERS,)


def test_a_value_is_not_returned_without_a_reason(campaign, type_, submit, database, enter_as, today):
    campaign()
    type_("5,4")
    submit()
    with database.transaction() as session, pytest.raises(Invalid) as caught:
        workflow.return_(session, enter_as(session, Role.REFERENT), YEAR, [(COMPUTERS, 1)], " ", today)
    assert refused(caught) == [ProblemCode.RETURN_REASON_MISSING]


def test_nobody_validates_their_own_value_with_four_eyes(campaign, type_, submit, validate, seen):
    campaign(has_four_eyes=True)
    type_("5,4", role=Role.REFERENT)
    submit(role=Role.REFERENT)
    with pytest.raises(Invalid) as caught:
        validate(1)
    assert refused(caught) == [ProblemCode.OWN_VALUE]
    assert seen() == (None, Stage.SUBMITTED)


def test_without_four_eyes_one_may(campaign, type_, submit, validate):
    campaign()
    type_("5,4", role=Role.REFERENT)
    submit(role=Role.REFERENT)
    assert validate(1) == (COMPUTERS,)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_may_validate_does(campaign, type_, submit, validate, role):
    campaign()
    type_("5,4")
    submit()
    with pytest.raises(Forbidden):
        validate(1, role=role)


def test_what_changed_since_it_was_looked_at_is_not_validated(campaign, type_, submit, validate, seen):
    campaign()
    type_("5,4")
    submit()
    type_("5,9", seen=1)
    submit()
    with pytest.raises(Conflict):
        validate(1)
    assert seen() == (None, Stage.SUBMITTED)


def test_what_is_settled_is_not_settled_again(campaign, type_, submit, validate):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    with pytest.raises(Conflict) as caught:
        validate(1)
    assert refused(caught) == [ProblemCode.ALREADY_SETTLED]


def test_a_year_without_campaign_has_nothing_to_submit(type_, submit):
    type_("5,4")
    with pytest.raises(NotFound):
        submit()


def test_after_the_end_an_agent_is_told_and_nothing_changes(campaign, type_, submit, validate, seen, database):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    close(database)
    with pytest.raises(Invalid) as caught:
        type_("5,9", seen=1)
    assert refused(caught) == [ProblemCode.CAMPAIGN_CLOSED]
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.LOCKED)


def test_after_the_end_a_correction_wants_a_reason_and_leaves_the_past(
    campaign, type_, submit, validate, seen, database
):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    close(database)
    with pytest.raises(Invalid) as caught:
        type_("5,6", seen=1, role=Role.REFERENT)
    assert refused(caught) == [ProblemCode.CORRECTION_REASON_MISSING]
    type_("5,6", seen=1, role=Role.REFERENT, reason="Deux écoles comptées deux fois.")
    shown, stage = seen()
    assert (text(shown), stage) == ("5.6", Stage.LOCKED)
    with database.reading() as session:
        rows = session.scalars(select(Measurement).where(Measurement.year == YEAR).order_by(Measurement.id)).all()[-2:]
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert [str(row.value) for row in rows] == ["5.4", "5.6"]
    assert line is not None
    assert line.comment == "Deux écoles comptées deux fois."


def test_with_four_eyes_a_correction_after_the_end_waits_for_somebody_else(campaign, type_, seen, database):
    campaign(has_four_eyes=True)
    close(database)
    type_("5,6", role=Role.REFERENT, reason="Oubli.")
    assert seen() == (None, Stage.SUBMITTED)


def test_what_is_reopened_for_a_person_can_be_typed_until_the_day_said(
    campaign, type_, submit, database, enter_as, today
):
    campaign()
    close(database)
    with database.transaction() as session:
        agent = account_rows.by_email(session, "agent@demonstration.example")
        row = session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()
        indicator = next(one for one in indicators.everything(session) if one.code == COMPUTERS)
        assert agent is not None
        assert row is not None
        session.add(
            Reopening(
                campaign_id=row.id,
                indicator_id=indicator.id,
                account_id=agent.id,
                until=today,
                reason="Facture retrouvée",
                author="Dominique Référent (fictif)",
                recorded_at=datetime.now(UTC),
            )
        )
    type_("5,4")
    assert submit().codes == (COMPUTERS,)
    draft = Draft(COMPUTERS, seen=1, value="5,5")
    with database.transaction() as session, pytest.raises(Invalid) as caught:
        record(session, enter_as(session), YEAR, [draft], today + timedelta(days=1))
    assert refused(caught) == [ProblemCode.CAMPAIGN_CLOSED]


# Undoing


@pytest.fixture
def undo(database, enter_as, today):
    def undone(revision, role=Role.AGENT):
        with database.transaction() as session:
            return reversals.undo(session, enter_as(session, role), [Undoing(COMPUTERS, YEAR, revision)], today)

    return undone


def test_undoing_a_correction_brings_the_value_of_before_back_as_a_new_revision(type_, undo, seen, database):
    type_("5,4")
    type_("5,9", seen=1)
    assert undo(2) == 1
    assert text(seen()[0]) == "5.4"
    with database.reading() as session:
        rows = session.scalars(select(Measurement).where(Measurement.year == YEAR).order_by(Measurement.id)).all()[-3:]
    assert [(row.revision, str(row.value)) for row in rows] == [(1, "5.4"), (2, "5.9"), (3, "5.4")]


def test_undoing_the_first_value_leaves_the_year_as_if_nothing_was_typed_and_it_can_be_typed_again(
    type_, undo, seen, database
):
    type_("5,4")
    undo(1)
    assert seen()[0] is None
    with database.reading() as session:
        newest = session.scalars(select(Measurement).order_by(Measurement.id.desc())).first()
    assert newest is not None
    assert newest.absence is Absence.WITHDRAWN
    type_("5,5")
    assert text(seen()[0]) == "5.5"


def test_undoing_a_draft_over_a_validated_value_leaves_it_validated(campaign, type_, submit, validate, undo, seen):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    type_("5,9", seen=1)
    undo(2)
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.VALIDATED)


def test_what_was_submitted_or_changed_since_is_not_undone(campaign, type_, submit, undo, seen):
    campaign()
    type_("5,4")
    submit()
    with pytest.raises(Conflict):
        undo(1)
    type_("5,9", seen=1)
    with pytest.raises(Conflict) as caught:
        undo(1)
    assert refused(caught) == [ProblemCode.CHANGED_SINCE]
    assert seen()[1] is Stage.DRAFT


def test_undoing_twice_says_that_it_was_done(type_, undo):
    type_("5,4")
    undo(1)
    with pytest.raises(Conflict):
        undo(1)


def test_where_nothing_was_typed_there_is_nothing_to_undo(undo):
    with pytest.raises(NotFound):
        undo(1)


def test_an_unknown_indicator_is_not_undone(database, enter_as, today):
    with database.transaction() as session, pytest.raises(NotFound):
        reversals.undo(session, enter_as(session), [Undoing("XXX-99", YEAR, 1)], today)


def test_what_is_not_entrusted_is_not_undone(type_, undo):
    type_("5,4")
    with pytest.raises(Forbidden):
        undo(1, role=Role.ELU)


def test_undoing_validates_nothing_in_the_name_of_who_undoes(campaign, type_, submit, validate, undo, database):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    type_("5,9", seen=1)
    undo(2)
    with database.reading() as session:
        newest = session.scalars(select(Measurement).order_by(Measurement.id.desc())).first()
        assert newest is not None
        steps = session.scalars(
            select(MeasurementStep)
            .where(MeasurementStep.measurement_id == newest.id)
            .order_by(MeasurementStep.position)
        ).all()
    assert [(step.stage, step.author) for step in steps] == [
        (Stage.DRAFT, "Alix Agent (fictif)"),
        (Stage.SUBMITTED, "Alix Agent (fictif)"),
        (Stage.VALIDATED, "Dominique Référent (fictif)"),
    ]
    assert steps[-1].at < newest.recorded_at


def test_undoing_by_another_does_not_open_the_way_to_validate_ones_own_value(campaign, type_, submit, validate, undo):
    campaign(has_four_eyes=True)
    type_("5,4", role=Role.REFERENT)
    submit(role=Role.REFERENT)
    type_("5,9", seen=1)
    undo(2)
    with pytest.raises(Invalid) as caught:
        validate(3)
    assert refused(caught) == [ProblemCode.OWN_VALUE]


def test_one_undoes_what_one_typed_and_nothing_else(type_, undo, seen):
    type_("5,4", role=Role.REFERENT)
    with pytest.raises(Forbidden):
        undo(1)
    assert text(seen()[0]) == "5.4"
    undo(1, role=Role.REFERENT)
    assert seen()[0] is None


def test_a_correction_after_the_end_is_undone_by_who_corrects_and_the_published_value_comes_back(
    campaign, type_, submit, validate, undo, seen, database
):
    campaign()
    type_("5,4")
    submit()
    validate(1)
    close(database)
    type_("5,6", seen=1, role=Role.REFERENT, reason="Oubli.")
    undo(2, role=Role.REFERENT)
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.LOCKED)


def test_undoing_a_first_value_corrected_in_after_the_end_takes_it_from_readers(campaign, type_, undo, seen, database):
    campaign()
    close(database)
    type_("5,6", role=Role.REFERENT, reason="Oubli.")
    assert text(seen()[0]) == "5.6"
    undo(1, role=Role.REFERENT)
    assert seen()[0] is None


def test_undoing_a_correction_never_publishes_a_draft(campaign, type_, undo, seen, database):
    campaign()
    type_("5,4")
    close(database)
    type_("5,6", seen=1, role=Role.REFERENT, reason="Oubli.")
    with pytest.raises(Conflict):
        undo(2, role=Role.REFERENT)
    assert text(seen()[0]) == "5.6"


def test_a_value_that_the_end_left_as_a_draft_is_taken_up_as_it_is_with_a_reason(campaign, type_, seen, database):
    campaign()
    type_("5,4")
    close(database)
    type_("5,4", seen=1, role=Role.REFERENT, reason="Vérifiée, oubliée à la clôture.")
    shown, stage = seen()
    assert (text(shown), stage) == ("5.4", Stage.LOCKED)
    assert type_("5,4", seen=2, role=Role.REFERENT, reason="Encore.") == (), "what is read already is not written again"


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_reason_has_an_end(campaign, type_, submit, database, enter_as, today, length):
    campaign()
    type_("5,4")
    submit()
    with database.transaction() as session, pytest.raises(Invalid) as caught:
        workflow.return_(session, enter_as(session, Role.REFERENT), YEAR, [(COMPUTERS, 1)], "x" * length, today)
    assert refused(caught) == [ProblemCode.TOO_LONG]
    close(database)
    with pytest.raises(Invalid) as caught:
        type_("5,6", seen=1, role=Role.REFERENT, reason="x" * length)
    assert refused(caught) == [ProblemCode.TOO_LONG]
