"""Action plans in words: how far they have come, what they lack, what they cost, what became of them."""

from collections.abc import Mapping
from datetime import date

from babel.dates import get_month_names

from tracker.domain.actions import ActionRecord
from tracker.domain.gaps import GapKind
from tracker.domain.happenings import HappeningKind
from tracker.domain.outcomes import ActionOutcome, standing
from tracker.domain.plans import PlanRecord, PlanStepRecord
from tracker.domain.vocabulary import PlanStage
from tracker.labels.budget import fte_phrase, sum_phrase
from tracker.labels.formats import day
from tracker.labels.language import N_, current, plural, semicolon, text

GAPS: Mapping[GapKind, tuple[str, str]] = {
    GapKind.COMMITMENT_UNSERVED: (
        N_("{n} engagement n'est servi par aucune action"),
        N_("{n} engagements ne sont servis par aucune action"),
    ),
    GapKind.DEPARTMENT_ASIDE: (
        N_("{n} service n'est associé à aucune action"),
        N_("{n} services ne sont associés à aucune action"),
    ),
    GapKind.PILOT_MISSING: (N_("{n} action n'a pas de pilote"), N_("{n} actions n'ont pas de pilote")),
    GapKind.LEAD_MISSING: (N_("{n} action n'a pas de service pilote"), N_("{n} actions n'ont pas de service pilote")),
    GapKind.COMMITMENT_MISSING: (
        N_("{n} action ne sert aucun engagement"),
        N_("{n} actions ne servent aucun engagement"),
    ),
    GapKind.DATES_MISSING: (
        N_("{n} action n'a pas ses dates de début et de fin"),
        N_("{n} actions n'ont pas leurs dates de début et de fin"),
    ),
    GapKind.MEANS_MISSING: (N_("{n} action n'a pas de moyens prévus"), N_("{n} actions n'ont pas de moyens prévus")),
}
OUTCOMES: Mapping[ActionOutcome, str] = {
    ActionOutcome.DONE: N_("faite"),
    ActionOutcome.CARRIED: N_("reportée"),
    ActionOutcome.LATE: N_("en retard"),
    ActionOutcome.UNDER_WAY: N_("en cours"),
    ActionOutcome.PLANNED: N_("prévue"),
    ActionOutcome.DROPPED: N_("abandonnée"),
}
_COUNTED: Mapping[ActionOutcome, tuple[str, str]] = {
    ActionOutcome.DONE: (N_("{n} faite"), N_("{n} faites")),
    ActionOutcome.CARRIED: (N_("{n} reportée"), N_("{n} reportées")),
    ActionOutcome.LATE: (N_("{n} en retard"), N_("{n} en retard")),
    ActionOutcome.UNDER_WAY: (N_("{n} en cours"), N_("{n} en cours")),
    ActionOutcome.PLANNED: (N_("{n} prévue"), N_("{n} prévues")),
    ActionOutcome.DROPPED: (N_("{n} abandonnée"), N_("{n} abandonnées")),
}
HAPPENINGS: Mapping[HappeningKind, str] = {
    HappeningKind.BEGINS: N_("début"),
    HappeningKind.STEP: N_("étape"),
    HappeningKind.ENDS: N_("fin"),
}
_STAGES: Mapping[PlanStage, str] = {
    PlanStage.DRAFT: N_("Le plan {year} est un projet."),
    PlanStage.SUBMITTED: N_("Le plan {year} est soumis au vote."),
    PlanStage.ADOPTED: N_("Le plan {year} est adopté."),
    PlanStage.REVIEWED: N_("Le bilan du plan {year} est fait."),
}


def gap_phrase(kind: GapKind, count: int) -> str:
    """Say how many times something is missing: « 3 actions n'ont pas de pilote »."""
    return plural(*GAPS[kind], count, n=count)


def outcome_word(outcome: ActionOutcome) -> str:
    """Say what became of an action."""
    return text(OUTCOMES[outcome])


def outcomes_phrase(counts: Mapping[ActionOutcome, int]) -> str:
    """Say what became of the actions: « 5 faites, 2 reportées, 1 abandonnée »."""
    return ", ".join(plural(*_COUNTED[one], count, n=count) for one, count in counts.items() if count)


def plan_counts(plan: PlanRecord, today: date) -> Mapping[ActionOutcome, int]:
    """Count the actions of a plan as they stand on ``today``."""
    told = [standing(action, today) for action in plan.actions]
    return {one: told.count(one) for one in ActionOutcome if one in told}


def plan_reading(plan: PlanRecord, today: date, became: Mapping[ActionOutcome, int] | None = None) -> str:
    """Read a plan in one line: « Le plan 2025 est adopté. 8 actions : 4 faites, 2 en retard. ».

    With ``became``, what its actions became in the eyes of the next plan, instead of how they stand on ``today``.
    """
    stage = text(_STAGES[plan.stage], year=plan.year)
    count = len(plan.actions)
    if not count:
        return text("{stage} Il n'a encore aucune action.", stage=stage)
    told = outcomes_phrase(became or plan_counts(plan, today))
    return plural(
        "{stage} {n} action : {told}.", "{stage} {n} actions : {told}.", count, n=count, stage=stage, told=told
    )


def stage_phrase(step: PlanStepRecord, number_: str = "") -> str:
    """Say one step of a plan: « adopté le 12 décembre 2024 par la délibération DEMO 2024-108 »."""
    on = day(step.on)
    match step.stage:
        case PlanStage.DRAFT:
            return text("repris en projet le {on}", on=on) if step.note else text("ouvert le {on}", on=on)
        case PlanStage.SUBMITTED:
            return text("soumis au vote le {on}", on=on)
        case PlanStage.ADOPTED:
            return text("adopté le {on} par la délibération {number}", on=on, number=number_ or step.deliberation)
        case _:
            return text("bilan fait le {on}", on=on)


def means_phrase(action: ActionRecord) -> str:
    """Say what an action is planned to cost: « 4 000 € TTC ; 0,5 ETP »; empty where nothing is told."""
    means = action.means
    euros = "" if means.planned is None else sum_phrase(means.to_spend)
    return semicolon().join(filter(None, (euros, "" if means.fte_planned is None else fte_phrase(means.fte_planned))))


def status_phrase(action: ActionRecord, today: date) -> str:
    """Say how an action stands on ``today``: its status, that it is late, or carried over."""
    return outcome_word(standing(action, today))


def month_name(month: int) -> str:
    """Give the name of a month, from 1: « mars »."""
    return str(get_month_names("wide", context="stand-alone", locale=current())[month])


def happening_word(kind: HappeningKind) -> str:
    """Say what happens on a day."""
    return text(HAPPENINGS[kind])
