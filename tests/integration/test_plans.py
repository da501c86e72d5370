"""Plans in the store: opened, submitted, adopted by a text, reviewed; actions planned, reported, carried; who may."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, func, select, update

from tests.integration.helpers import everything
from tests.integration.test_concurrency import together
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import ActionStatus, PlanStage, Role
from tracker.services import actions, carrying, plans, searches
from tracker.services.typed_actions import ActionDraft, EffectDraft, ReportDraft, StepDraft
from tracker.store.models import (
    Action,
    ActionPlan,
    ActionVersion,
    BudgetLine,
    Deliberation,
    JournalEntry,
    Organisation,
    RoleGrant,
)

VOTE = "VDM-2022-0737"
YEAR = 2026
WHOLE = ActionDraft(
    title="Réparer avant de remplacer",
    commitments=("VDM22-S23",),
    lead="",
    pilot="Responsable du parc",
    starts_on="01/02/2026",
    ends_on="30/11/2026",
    steps=(StepDraft("Marché", "31/03/2026"), StepDraft(), StepDraft("Atelier", "30/06/2026")),
    effects=(EffectDraft("sob-06", "Garder les ordinateurs plus longtemps"),),
    planned="4 000",
    tax="inclusive",
    fte_planned="0,5",
    line={"chapter": "011", "nature": "611", "year": "2026"},
)


@pytest.fixture
def act(database, enter_as, today):
    """Give the function that calls a service as somebody in Marseille, in a transaction of its own."""

    def go(service, *given, role=Role.REFERENT, slug="marseille", dated=True):
        with database.transaction() as session:
            return service(session, enter_as(session, role, slug), *given, *([today] if dated else []))

    return go


@pytest.fixture
def read(database, enter_as, today):
    def look(year=YEAR, slug="marseille"):
        with database.reading() as session:
            return plans.sheet(session, enter_as(session, Role.ELU, slug), year, today)

    return look


@pytest.fixture
def opened(act):
    """Open Marseille's plan of 2026 with one action."""
    act(plans.open_, YEAR)
    return act(actions.add_action, YEAR, WHOLE)


def refused(error):
    return [(problem.where, problem.code) for problem in error.value.problems]


def lines(database, action):
    with database.reading() as session:
        home = select(Organisation.id).where(Organisation.slug == "marseille").scalar_subquery()
        query = select(JournalEntry).where(JournalEntry.action == action, JournalEntry.organisation_id == home)
        return session.scalars(query.order_by(JournalEntry.id)).all()


def adopted(act):
    act(plans.submit, YEAR, 1)
    act(plans.adopt, YEAR, 2, VOTE)


# The plan


def test_a_plan_goes_from_a_draft_to_its_review_each_step_signed_and_journalled(act, opened, read, database):
    act(plans.submit, YEAR, 1)
    act(plans.take_back, YEAR, 2, "Il manque une action")
    act(plans.submit, YEAR, 3)
    act(plans.adopt, YEAR, 4, VOTE)
    act(plans.review, YEAR, 5, "Tout est fait.")
    plan = read().plan
    assert [step.stage for step in plan.steps] == [
        PlanStage.DRAFT,
        PlanStage.SUBMITTED,
        PlanStage.DRAFT,
        PlanStage.SUBMITTED,
        PlanStage.ADOPTED,
        PlanStage.REVIEWED,
    ]
    assert (plan.adopted.deliberation, plan.adopted.on.isoformat()) == (VOTE, "2022-12-16")
    assert (plan.steps[2].note, plan.steps[5].note) == ("Il manque une action", "Tout est fait.")
    told = {
        JournalAction.PLAN_OPENED: 1,
        JournalAction.PLAN_SUBMITTED: 2,
        JournalAction.PLAN_RETURNED: 1,
        JournalAction.PLAN_ADOPTED: 1,
        JournalAction.PLAN_REVIEWED: 1,
        JournalAction.ACTION_ADDED: 1,
    }
    assert {action: len(lines(database, action)) for action in told} == told
    assert lines(database, JournalAction.PLAN_RETURNED)[0].comment == "Il manque une action"


def test_no_step_is_skipped_and_a_stale_page_is_told(act, opened, database):
    before = everything(database)
    for service, given in (
        (plans.adopt, (YEAR, 1, VOTE)),
        (plans.review, (YEAR, 1, "x")),
        (plans.take_back, (YEAR, 1, "x")),
        (plans.submit, (YEAR, 2)),
    ):
        with pytest.raises(Conflict) as caught:
            act(service, *given)
        assert refused(caught) == [("stage", ProblemCode.PLAN_MOVED)]
    assert everything(database) == before


def test_what_a_step_needs_is_asked_for(act, read, database):
    act(plans.open_, YEAR)
    with pytest.raises(Invalid) as caught:
        act(plans.submit, YEAR, 1)
    assert refused(caught) == [("stage", ProblemCode.PLAN_EMPTY)]
    act(actions.add_action, YEAR, WHOLE)
    act(plans.submit, YEAR, 1)
    for service, given, where, code in (
        (plans.adopt, "", "deliberation", ProblemCode.PLAN_DELIBERATION_MISSING),
        (plans.adopt, "AMP-2023-14771", "deliberation", ProblemCode.UNKNOWN_CHOICE),
        (plans.take_back, " ", "reason", ProblemCode.PLAN_RETURN_REASON_MISSING),
    ):
        with pytest.raises(Invalid) as caught:
            act(service, YEAR, 2, given)
        assert refused(caught) == [(where, code)]
    for changed, code in (
        ({"outcome": "rejected"}, ProblemCode.PLAN_TEXT_NOT_ADOPTED),
        ({"adopted_on": date(YEAR - 7, 12, 31)}, ProblemCode.PLAN_TEXT_TOO_OLD),
    ):
        with database.transaction() as session:
            voted = session.scalars(select(Deliberation).where(Deliberation.reference == VOTE)).one()
            kept = {name: getattr(voted, name) for name in changed}
            for name, value in changed.items():
                setattr(voted, name, value)
        with pytest.raises(Invalid) as caught:
            act(plans.adopt, YEAR, 2, VOTE)
        assert refused(caught) == [("deliberation", code)]
        with database.transaction() as session:
            session.execute(update(Deliberation).where(Deliberation.reference == VOTE).values(**kept))
    act(plans.adopt, YEAR, 2, VOTE)
    with pytest.raises(Invalid) as caught:
        act(plans.review, YEAR, 3, "")
    assert refused(caught) == [("note", ProblemCode.PLAN_NOTE_MISSING)]
    assert read().plan.stage is PlanStage.ADOPTED


def test_next_years_plan_is_opened_but_neither_a_later_one_nor_twice_nor_reviewed_before_its_year(act, database):
    with pytest.raises(NotFound):
        act(plans.open_, YEAR + 2)
    done = together(*[lambda: act(plans.open_, YEAR + 1)] * 2)
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "NoneType"]
    act(actions.add_action, YEAR + 1, ActionDraft(title="Préparer"))
    act(plans.submit, YEAR + 1, 1)
    act(plans.adopt, YEAR + 1, 2, VOTE)
    with pytest.raises(Invalid) as caught:
        act(plans.review, YEAR + 1, 3, "Déjà")
    assert refused(caught) == [("note", ProblemCode.PLAN_NOT_BEGUN)]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_plans_opens_moves_adds_changes_or_carries(act, opened, role, database):
    before = everything(database)
    for service, *given in (
        (plans.open_, YEAR - 1),
        (plans.submit, YEAR, 1),
        (plans.take_back, YEAR, 1, "x"),
        (plans.adopt, YEAR, 1, VOTE),
        (plans.review, YEAR, 1, "x"),
        (actions.add_action, YEAR, WHOLE),
        (actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Autre")),
    ):
        with pytest.raises(Forbidden):
            act(service, *given, role=role)
    with pytest.raises(Forbidden):
        act(carrying.carry, YEAR, {opened: "x"}, role=role, dated=False)
    assert everything(database) == before


def test_a_plan_is_read_by_as_many_queries_however_many_actions(act, opened, database, enter_as, today):
    def count():
        seen = []
        with database.reading() as session:
            visitor, engine = enter_as(session, Role.ELU, "marseille"), session.get_bind()

            def note(*given):
                seen.append(given[2])

            event.listen(engine, "before_cursor_execute", note)
            plans.sheet(session, visitor, YEAR, today)
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    count()  # the portfolio is gathered once a process
    first = count()
    for place in range(4):
        act(actions.add_action, YEAR, replace(WHOLE, title=f"Action {place}"))
    assert count() == first
    assert first <= 16


# Actions


def test_an_action_is_stored_whole_with_its_line_and_its_words_in_the_journal(opened, read, database):
    assert opened == "A2026-01"
    [action] = read().plan.actions
    assert (action.title, action.status, action.version) == ("Réparer avant de remplacer", ActionStatus.PLANNED, 1)
    assert [(step.title, str(step.due_on)) for step in action.steps] == [
        ("Marché", "2026-03-31"),
        ("Atelier", "2026-06-30"),
    ]
    assert [(effect.indicator, effect.expected) for effect in action.effects] == [
        ("SOB-06", "Garder les ordinateurs plus longtemps")
    ]
    assert (str(action.means.planned), action.means.tax, str(action.means.fte_planned)) == ("4000", "inclusive", "0.5")
    assert (action.line.chapter, action.line.nature, action.line.year, action.line.budget) == ("011", "611", 2026, "")
    [line] = lines(database, JournalAction.ACTION_ADDED)
    assert (line.subject, line.year) == (opened, YEAR)
    assert '"commitments": "VDM22-S23"' in line.after


def test_each_change_adds_a_version_and_nothing_is_rewritten(act, opened, read, database):
    assert act(actions.change, YEAR, opened, replace(WHOLE, seen=1)) is False
    assert act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Réparer d'abord", planned="")) is True
    [action] = read().plan.actions
    assert (action.version, action.title, action.means.planned) == (2, "Réparer d'abord", None)
    with database.reading() as session:
        query = select(ActionVersion.title_fr).join(Action, Action.id == ActionVersion.action_id)
        query = query.join(ActionPlan).join(Organisation).where(Organisation.slug == "marseille")
        kept = session.scalars(query).all()
        home = select(func.count()).select_from(BudgetLine).join(Organisation)
        assert session.scalar(home.where(Organisation.slug == "marseille")) == 1  # the same line is not stored twice
    assert sorted(kept) == ["Réparer avant de remplacer", "Réparer d'abord"]
    [line] = lines(database, JournalAction.ACTION_CHANGED)
    assert set(line.before[1:-1].split(", ")) == {'"title": "Réparer avant de remplacer"', '"planned": "4000"'}


def test_a_stale_edit_quotes_what_is_stored_at_each_field_that_differs(act, opened, read):
    act(actions.change, YEAR, opened, replace(WHOLE, seen=1, ends_on="15/12/2026", pilot="Directrice"))
    with pytest.raises(Conflict) as caught:
        act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Autre"))
    told = {problem.where: problem.values["theirs"] for problem in caught.value.problems}
    assert told == {
        "title": "Réparer avant de remplacer",
        "ends_on": "15 décembre 2026",
        "pilot": "Directrice",
    }
    assert read().plan.actions[0].version == 2
    assert act(actions.change, YEAR, opened, replace(WHOLE, seen=2, title="Autre")) is True


def test_two_who_save_at_the_same_moment_do_not_lose_each_other(act, opened, read):
    done = together(
        lambda: act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Un")),
        lambda: act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Deux")),
    )
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "bool"]
    assert read().plan.actions[0].version == 2


def test_two_who_add_at_the_same_moment_get_two_codes(act, opened, read):
    done = together(*[lambda: act(actions.add_action, YEAR, WHOLE)] * 2)
    assert sorted(done) == ["A2026-02", "A2026-03"]


WRONG = ActionDraft(
    title=" ",
    commitments=("AMP23-S06",),
    lead="RIEN",
    pilot="Odile Tasseret",
    contributors=("RIEN",),
    starts_on="01/01/2027",
    ends_on="31/12/2025",
    status="finie",
    steps=(StepDraft("", "31/03/2026"), StepDraft("x", "bientôt", "22/12/2026")),
    effects=(EffectDraft("SOB-99", "x"), EffectDraft("SOB-06", ""), EffectDraft("SOB-06", "x")),
    planned="-5",
    spent="1.234",
    tax="?",
    fte_planned="peu",
    line={"year": "26", "chapter": "0" * 21},
)


def test_what_cannot_be_is_said_at_each_field_and_nothing_is_stored(act, opened, database):
    before = everything(database)
    with pytest.raises(Invalid) as caught:
        act(actions.add_action, YEAR, WRONG)
    assert set(refused(caught)) == {
        ("title", ProblemCode.ACTION_TITLE_MISSING),
        ("commitments", ProblemCode.UNKNOWN_CHOICE),
        ("lead", ProblemCode.UNKNOWN_CHOICE),
        ("contributors", ProblemCode.UNKNOWN_CHOICE),
        ("pilot", ProblemCode.PERSON_NAMED),
        ("starts_on", ProblemCode.ACTION_STARTS_AFTER),
        ("ends_on", ProblemCode.ACTION_ENDS_BEFORE),
        ("status", ProblemCode.UNKNOWN_CHOICE),
        ("steps-0-title", ProblemCode.STEP_TITLE_MISSING),
        ("steps-1-due_on", ProblemCode.DATE_UNREADABLE),
        ("steps-1-done_on", ProblemCode.DATE_IN_FUTURE),
        ("effects-0-indicator", ProblemCode.INDICATOR_UNKNOWN),
        ("effects-1-expected", ProblemCode.EFFECT_MISSING),
        ("effects-2-indicator", ProblemCode.EFFECT_TWICE),
        ("planned", ProblemCode.PART_NEGATIVE),
        ("spent", ProblemCode.AMBIGUOUS_NUMBER),
        ("tax", ProblemCode.UNKNOWN_CHOICE),
        ("fte_planned", ProblemCode.NOT_A_NUMBER),
        ("line-year", ProblemCode.YEAR_OUT_OF_RANGE),
        ("line-chapter", ProblemCode.TOO_LONG),
    }
    with pytest.raises(Invalid) as caught:
        act(
            actions.add_action, YEAR, ActionDraft(title="x", status="dropped", starts_on="2/5/2026", ends_on="1/5/2026")
        )
    assert refused(caught) == [
        ("ends_on", ProblemCode.ENDS_BEFORE_START),
        ("review", ProblemCode.DROPPED_REASON_MISSING),
    ]
    with pytest.raises(NotFound):
        act(actions.change, YEAR, "A2026-99", WHOLE)
    with pytest.raises(NotFound):
        act(actions.add_action, YEAR - 1, WHOLE)
    assert everything(database) == before


def test_a_plan_that_waits_for_the_vote_is_not_planned_again_but_told_on(act, opened):
    act(plans.submit, YEAR, 1)
    with pytest.raises(Invalid) as caught:
        act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Autre"))
    assert refused(caught) == [("reason", ProblemCode.PLAN_SUBMITTED)]
    assert act(actions.change, YEAR, opened, replace(WHOLE, seen=1, status="under_way")) is True


def test_an_adopted_plan_changes_only_for_a_reason_which_the_journal_keeps(act, opened, database):
    adopted(act)
    with pytest.raises(Invalid) as caught:
        act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Autre"))
    assert refused(caught) == [("reason", ProblemCode.PLAN_REASON_MISSING)]
    with pytest.raises(Invalid) as caught:
        act(actions.add_action, YEAR, WHOLE)
    assert refused(caught) == [("reason", ProblemCode.PLAN_REASON_MISSING)]
    act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Autre", reason="Marché infructueux"))
    assert lines(database, JournalAction.ACTION_CHANGED)[-1].comment == "Marché infructueux"
    act(actions.change, YEAR, opened, replace(WHOLE, seen=2, title="Autre", spent="3 900", status="done"))
    act(plans.review, YEAR, 3, "Fait")
    with pytest.raises(Invalid) as caught:
        act(actions.report, YEAR, opened, ReportDraft("under_way", seen=3))
    assert refused(caught) == [("reason", ProblemCode.PLAN_REASON_MISSING)]
    assert act(actions.report, YEAR, opened, ReportDraft("under_way", seen=3, reason="Erreur de saisie")) is True


# Telling what becomes of an action


@pytest.fixture
def ours(act, opened, database, enter_as):
    """Give an action that the agent's department leads, and one that another department leads."""
    with database.transaction() as session:
        home = actions.home_of(session, enter_as(session, Role.AGENT, "demonstration"))
    assert home == "DSI"
    act(plans.open_, YEAR + 1, slug="demonstration")
    draft = replace(WHOLE, commitments=("DEM22-S01",), starts_on="", ends_on="", lead="DSI")
    first = act(actions.add_action, YEAR + 1, draft, slug="demonstration")
    return first, act(actions.add_action, YEAR + 1, replace(draft, lead="DRH"), slug="demonstration")


TOLD = ReportDraft("under_way", spent="1 200", fte_spent="0,1", done_on=("02/04/2026",), review="Commencé", seen=1)


def test_an_agent_tells_of_the_actions_of_their_department_and_of_no_other(act, ours, read, database):
    mine, other = ours
    assert act(actions.report, YEAR + 1, mine, TOLD, role=Role.AGENT, slug="demonstration") is True
    action = read(YEAR + 1, "demonstration").action(mine)
    assert (action.status, str(action.means.spent), str(action.means.fte_spent)) == ("under_way", "1200", "0.1")
    assert [str(step.done_on) for step in action.steps] == ["2026-04-02", "None"]
    assert (str(action.means.planned), action.review, action.author) == ("4000", "Commencé", "Alix Agent (fictif)")
    before = everything(database)
    with pytest.raises(Forbidden):
        act(actions.report, YEAR + 1, other, TOLD, role=Role.AGENT, slug="demonstration")
    with pytest.raises(Forbidden):
        act(actions.report, YEAR + 1, mine, replace(TOLD, seen=2), role=Role.ELU, slug="demonstration")
    assert everything(database) == before


def test_an_agent_without_department_tells_of_no_action(act, opened, database):
    with database.transaction() as session:
        for grant in session.scalars(select(RoleGrant)):
            grant.department_id = None
    with pytest.raises(Forbidden):
        act(actions.report, YEAR, opened, TOLD, role=Role.AGENT)


def test_a_report_is_refused_at_its_fields_when_stale_or_once_the_plan_is_reviewed(act, ours, database):
    mine, _ = ours
    agent = {"role": Role.AGENT, "slug": "demonstration"}
    with pytest.raises(Invalid) as caught:
        act(actions.report, YEAR + 1, mine, ReportDraft("dropped", "-1", "x", ("1/1/2030",), seen=1), **agent)
    assert refused(caught) == [
        ("steps-0-done_on", ProblemCode.DATE_IN_FUTURE),
        ("spent", ProblemCode.PART_NEGATIVE),
        ("fte_spent", ProblemCode.NOT_A_NUMBER),
        ("review", ProblemCode.DROPPED_REASON_MISSING),
    ]
    act(actions.report, YEAR + 1, mine, TOLD, **agent)
    assert act(actions.report, YEAR + 1, mine, TOLD, **agent) is False
    with pytest.raises(Conflict) as caught:
        act(actions.report, YEAR + 1, mine, replace(TOLD, status="done"), **agent)
    assert [(one.where, one.values["theirs"]) for one in caught.value.problems] == [("status", "en cours")]


# Carrying over


@pytest.fixture
def two_years(act):
    """Open Marseille's plans of 2025, with one action done and one under way, and of 2026."""
    act(plans.open_, YEAR - 1)
    before = replace(WHOLE, starts_on="01/02/2025", ends_on="30/11/2025")
    act(actions.add_action, YEAR - 1, replace(before, status="done"))
    act(actions.add_action, YEAR - 1, replace(before, status="under_way"))
    act(plans.open_, YEAR)


def test_what_is_not_finished_is_carried_over_with_its_reason_and_its_origin(act, two_years, read, database):
    assert [action.code for action in read().carryable] == ["A2025-02"]
    assert act(carrying.carry, YEAR, {"A2025-02": "Marché infructueux"}, dated=False) == ("A2026-01",)
    found = read()
    [action] = found.plan.actions
    assert (action.carried_from, action.carry_reason) == ((2025, "A2025-02"), "Marché infructueux")
    assert (action.ends_on, action.means.planned, action.status) == (None, None, ActionStatus.UNDER_WAY)
    assert not found.carryable
    [line] = lines(database, JournalAction.ACTION_CARRIED)
    assert (line.comment, line.subject, line.year) == ("Marché infructueux", "A2026-01", YEAR)
    assert '"carried_from": "A2025-02 (2025)"' in line.after


def test_nothing_is_carried_twice_nor_without_a_reason_nor_what_is_done(act, two_years, database):
    with pytest.raises(Invalid) as caught:
        act(carrying.carry, YEAR, {"A2025-02": " "}, dated=False)
    assert refused(caught) == [("reason-A2025-02", ProblemCode.CARRY_REASON_MISSING)]
    with pytest.raises(Invalid) as caught:
        act(carrying.carry, YEAR, {}, dated=False)
    assert refused(caught) == [("carried", ProblemCode.CARRIED_MISSING)]
    with pytest.raises(Conflict) as caught:
        act(carrying.carry, YEAR, {"A2025-01": "x"}, dated=False)
    assert refused(caught) == [("reason-A2025-01", ProblemCode.CARRIED_ALREADY)]
    with pytest.raises(NotFound):
        act(carrying.carry, YEAR, {"A2025-09": "x"}, dated=False)
    done = together(*[lambda: act(carrying.carry, YEAR, {"A2025-02": "x"}, dated=False)] * 2)
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "tuple"]


def test_a_plan_that_waits_for_the_vote_takes_nothing_over_and_an_adopted_one_does(act, two_years):
    act(actions.add_action, YEAR, WHOLE)
    act(plans.submit, YEAR, 1)
    with pytest.raises(Invalid) as caught:
        act(carrying.carry, YEAR, {"A2025-02": "x"}, dated=False)
    assert refused(caught) == [("carried", ProblemCode.PLAN_SUBMITTED)]
    act(plans.adopt, YEAR, 2, VOTE)
    assert act(carrying.carry, YEAR, {"A2025-02": "x"}, dated=False) == ("A2026-02",)
    act(plans.review, YEAR, 3, "Fait")
    with pytest.raises(Conflict) as caught:
        act(carrying.carry, YEAR, {"A2025-02": "x"}, dated=False)
    assert refused(caught) == [("carried", ProblemCode.PLAN_REVIEWED)]


# Elsewhere


def test_an_action_is_found_by_its_words_as_soon_as_it_is_planned_or_renamed(act, opened, database, enter_as):
    def find(words):
        with database.reading() as session:
            visitor = enter_as(session, Role.ELU, "marseille")
            return [one.code for one in searches.search_for(session, visitor, words, 1).found]

    assert opened in find("réparer")
    act(actions.change, YEAR, opened, replace(WHOLE, seen=1, title="Prêter des tablettes"))
    assert opened in find("tablettes prêtées")
    assert opened not in find("réparer")
