"""The accessibility scheme: three years at most, its subjects, its yearly plans, what one can read on a day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.test_statements import said
from tracker.domain.access_schemes import (
    POLICY,
    WORKS,
    AccessAction,
    AccessPlan,
    AccessScheme,
    PlanLack,
    SchemeItem,
    both_readable,
    is_first,
    longest,
    plan_lacks,
    scheme_of,
)
from tracker.domain.vocabulary import ActionStatus
from tracker.reports.scheme_paper import UNTOLD, SchemeDossier, plan_paper, scheme_paper

WHOLE = {item: f"Texte de {item}" for item in SchemeItem}
SCHEME = AccessScheme(1, date(2024, 1, 1), date(2026, 12, 31), WHOLE, date(2024, 2, 1), "https://v.example/schema")
ACTION = AccessAction(1, "Reprendre l'accueil", 1, "A2026-01", date(2026, 6, 30), ActionStatus.DONE, "Fait en mai")
PLAN = AccessPlan(2026, "Trois actions faites sur quatre.", date(2026, 1, 20), "https://v.example/plan", (ACTION,))
FORMER = replace(ACTION, title="Former", action="")
BEFORE = AccessPlan(2025, "", date(2025, 1, 20), "https://v.example/plan-25", (FORMER,))
DOSSIER = SchemeDossier("Ville", False, date(2026, 11, 22), {2025: BEFORE, 2026: PLAN}, {1: "Site de la ville"})


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2024, 1, 1), date(2026, 12, 31)),
        (date(2024, 3, 15), date(2027, 3, 14)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2024, 3, 1), date(2027, 2, 28)),
    ],
)
def test_a_scheme_lasts_three_years_at_most(starts: date, ends: date):
    assert longest(starts) == ends


def test_a_scheme_has_eight_subjects_of_policy_and_six_of_works():
    assert (len(POLICY), len(WORKS)) == (8, 6)
    assert (*POLICY, *WORKS) == tuple(SchemeItem)
    assert SCHEME.untold == ()
    untold = replace(SCHEME, told={SchemeItem.SKILLS: "x"}).untold
    assert untold == tuple(item for item in SchemeItem if item is not SchemeItem.SKILLS)


def test_the_last_scheme_to_begin_counts_where_two_overlap():
    second = replace(SCHEME, number=2, starts_on=date(2026, 6, 1), ends_on=date(2029, 5, 31))
    assert scheme_of([second, SCHEME], date(2026, 5, 31)) == SCHEME
    assert scheme_of([second, SCHEME], date(2026, 6, 1)) == second
    assert scheme_of([SCHEME], date(2027, 1, 1)) is None


def test_a_scheme_that_nobody_can_read_yet_does_not_put_aside_the_one_that_is_online():
    draft = replace(SCHEME, number=2, starts_on=date(2026, 6, 1), ends_on=date(2029, 5, 31), published_on=None, url="")
    assert scheme_of([draft, SCHEME], date(2026, 6, 1)) == SCHEME
    assert scheme_of([draft, SCHEME], date(2027, 1, 1)) == draft


def test_a_plan_says_what_it_lacks():
    assert plan_lacks(PLAN, is_first_plan=False) == ()
    empty = AccessPlan(2026)
    assert plan_lacks(empty, is_first_plan=False) == (PlanLack.NO_ACTION, PlanLack.NO_REVIEW, PlanLack.NOT_PUBLISHED)
    assert PlanLack.NO_REVIEW not in plan_lacks(empty, is_first_plan=True)
    undated = replace(PLAN, actions=(replace(ACTION, due_on=None),))
    assert plan_lacks(undated, is_first_plan=False) == (PlanLack.UNDATED,)
    dropped = replace(PLAN, actions=(replace(ACTION, due_on=None, status=ActionStatus.DROPPED),))
    assert plan_lacks(dropped, is_first_plan=False) == ()


def test_a_plan_is_the_first_when_neither_a_plan_nor_a_scheme_came_before():
    assert is_first({}, [SCHEME], 2024)
    assert not is_first({}, [SCHEME], 2025)
    assert not is_first({2025: BEFORE}, [], 2026)


def test_the_scheme_and_the_plan_with_its_review_are_readable_or_not_and_unknown_is_not_no():
    plans, day = {2025: BEFORE, 2026: PLAN}, date(2026, 12, 31)
    assert both_readable([SCHEME], plans, 2026, day) is True
    assert both_readable([], {}, 2026, day) is None
    assert both_readable([SCHEME], {}, 2026, day) is False
    assert both_readable([], plans, 2026, day) is False
    assert both_readable([SCHEME], plans, 2026, date(2026, 1, 19)) is False
    assert both_readable([replace(SCHEME, url="")], plans, 2026, day) is False
    assert both_readable([SCHEME], plans, 2025, date(2025, 12, 31)) is False  # without the review of 2024
    assert both_readable([replace(SCHEME, starts_on=date(2025, 1, 1))], plans, 2025, date(2025, 12, 31)) is True


def test_the_document_of_a_scheme_has_every_subject_and_what_is_untold_says_so():
    told = said(scheme_paper(SCHEME, DOSSIER))
    assert all(f"Texte de {item}" in told for item in SchemeItem)
    assert UNTOLD not in told
    assert "du 1er janvier 2024 au 31 décembre 2026" in told
    assert "https://v.example/plan" in told
    assert said(scheme_paper(replace(SCHEME, told={}), DOSSIER)).count(UNTOLD) == len(SchemeItem)


def test_the_document_of_a_plan_has_its_actions_and_the_review_of_the_year_before():
    told = said(plan_paper(PLAN, DOSSIER))
    assert "Reprendre l’accueil (action A2026-01 du plan général)" in told
    assert "Trois actions faites sur quatre." in told
    assert "Actions du plan 2025" in told
    assert "Former" in told
    assert "Aucun bilan de 2024 n’est joint" in said(plan_paper(BEFORE, DOSSIER))
