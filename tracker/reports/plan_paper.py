"""The action plan of a year as a document: where it stands, what it lacks, its means, its actions, the year before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.actions import ActionRecord
from tracker.domain.plans import PlanRecord
from tracker.domain.records import OrganisationRecord
from tracker.domain.vocabulary import Axis
from tracker.exports.paper import Block, Heading, Look, Paper, Table, fact, listed, said
from tracker.labels import current, day, semicolon, text, typeset, word
from tracker.labels.budget import imputation_phrase, sum_phrase
from tracker.labels.papers import (
    costs_phrase,
    euros,
    fiction_sentence,
    posts,
    posts_phrase,
)
from tracker.labels.plans import stage_phrase, status_phrase
from tracker.labels.timelines import actions_reading, named, span_phrase, step_phrase
from tracker.reports.plan_means import MeansGroup, ServedCommitment, axes_of, means_rows


@dataclass(frozen=True, slots=True)
class PlanDossier:
    """What the documents of a plan are written from; names are by the codes that the actions hold.

    ``deliberation`` says which one adopted the plan, in words, empty before. ``gaps`` are the sentences of what the
    plan lacks, None where that was not looked for. ``before`` is the plan of the year before, None without one.
    """

    organisation: OrganisationRecord
    plan: PlanRecord
    as_of: date
    commitments: Mapping[str, ServedCommitment]
    departments: Mapping[str, str]
    indicators: Mapping[str, str]
    deliberation: str = ""
    gaps: tuple[str, ...] | None = None
    before: PlanRecord | None = None


def plan_title(dossier: PlanDossier) -> str:
    """Name the plan."""
    return text("Plan d'actions {year}", year=dossier.plan.year)


def plan_paper(dossier: PlanDossier) -> Paper:
    """Write the plan as blocks, in the language being spoken."""
    blocks = [
        *_notices(dossier),
        *_standing(dossier),
        *_gaps(dossier),
        *_means(dossier.plan, dossier.commitments, text("Moyens")),
        *_overview(dossier),
        *_sheets(dossier),
        *(_review(dossier.before, dossier) if dossier.before else ()),
    ]
    name = typeset(dossier.organisation.name)
    return Paper(plan_title(dossier), name, name, dossier.as_of, current(), tuple(blocks))


def _notices(dossier: PlanDossier) -> Iterator[Block]:
    if dossier.organisation.is_fictional:
        yield said(fiction_sentence(typeset(dossier.organisation.name)), Look.NOTICE)


def _standing(dossier: PlanDossier) -> Iterator[Block]:
    plan = dossier.plan
    yield Heading(1, text("Où en est le plan"))
    yield fact(text("État"), text("{stage}, au {on}", stage=word(plan.stage), on=day(dossier.as_of)))
    number = typeset(dossier.deliberation) or text("non renseignée")
    yield fact(text("Parcours"), semicolon().join(stage_phrase(step, number) for step in plan.steps))
    yield said(actions_reading(plan.actions, dossier.as_of))


def _gaps(dossier: PlanDossier) -> Iterator[Block]:
    if dossier.gaps is None:
        return
    yield Heading(1, text("Ce qui manque au plan"))
    if dossier.gaps:
        yield listed(map(typeset, dossier.gaps))
    else:
        yield said(text("Le contrôle du plan n'a rien relevé."))


def _means(
    plan: PlanRecord, commitments: Mapping[str, ServedCommitment], title: str, level: int = 1
) -> Iterator[Block]:
    if not plan.actions:
        return
    yield Heading(level, title)
    groups = means_rows(plan.actions, commitments)
    yield said(
        text(
            "Les montants TTC, HT et sans régime précisé ne s'additionnent pas. Un montant non renseigné n'est pas nul."
        )
    )
    yield Table(
        text("Budget {year} par axe et par régime de taxe", year=plan.year),
        (text("Axe"), text("Régime de taxe"), text("Prévu"), text("Dépensé")),
        tuple(row for group in groups for row in _budget_rows(group)),
        (5, 4, 3, 3),
        frozenset({2, 3}),
    )
    yield Table(
        text("Actions et temps de travail {year} par axe", year=plan.year),
        (text("Axe"), text("Actions"), text("Sans montant prévu"), text("ETP prévus"), text("ETP employés")),
        tuple(
            (one.name, str(one.actions), str(one.without_planned), posts(one.fte_planned), posts(one.fte_spent))
            for one in groups
        ),
        (5, 2, 3, 3, 3),
        frozenset({1, 2, 3, 4}),
    )


def _budget_rows(group: MeansGroup) -> Iterator[tuple[str, ...]]:
    if not group.regimes:
        yield (group.name, text("non renseigné"), euros(None), euros(None))
    for tax in group.regimes:
        yield (group.name, word(tax), euros(group.planned.get(tax)), euros(group.spent.get(tax)))


def _overview(dossier: PlanDossier) -> Iterator[Block]:
    yield Heading(1, text("Les actions par axe"))
    if not dossier.plan.actions:
        yield said(actions_reading(()))
    for axis, actions in _by_axis(dossier):
        name = word(axis) if axis else text("Sans engagement")
        yield Heading(2, name)
        yield Table(
            text("Actions : {axis}", axis=name),
            (
                text("Engagement"),
                text("Action"),
                text("Service pilote"),
                text("Dates"),
                text("État"),
                text("Budget prévu"),
            ),
            tuple(_overview_row(action, dossier) for action in actions),
            (10, 10, 8, 8, 7, 6),
            frozenset({5}),
        )


def _by_axis(dossier: PlanDossier) -> Sequence[tuple[Axis | None, Sequence[ActionRecord]]]:
    """Give the actions once each, under the first axis that they serve, in the order of their commitments."""
    found: dict[Axis | None, list[ActionRecord]] = {}
    for action in sorted(dossier.plan.actions, key=lambda one: (one.commitments, one.code)):
        axes = axes_of(action, dossier.commitments)
        found.setdefault(axes[0] if axes else None, []).append(action)
    return [(axis, found[axis]) for axis in (*Axis, None) if axis in found]


def _overview_row(action: ActionRecord, dossier: PlanDossier) -> tuple[str, ...]:
    return (
        _commitments(action, dossier),
        _name(action),
        named((action.lead,), dossier.departments) if action.lead else text("non renseigné"),
        span_phrase(action),
        status_phrase(action, dossier.as_of),
        sum_phrase(action.means.to_spend),
    )


def _sheets(dossier: PlanDossier) -> Iterator[Block]:
    if not dossier.plan.actions:
        return
    yield Heading(1, text("Les fiches des actions"))
    for action in dossier.plan.actions:
        yield Heading(2, _name(action))
        yield from sheet(action, dossier)


def sheet(action: ActionRecord, dossier: PlanDossier) -> Iterator[Block]:
    """Give all that is known of an action, a line a fact; what nobody told is said to be unknown."""
    unknown = text("non renseigné")
    yield fact(text("État"), status_phrase(action, dossier.as_of))
    if action.description:
        yield said(typeset(action.description))
    yield fact(text("Engagements"), _commitments(action, dossier))
    yield fact(text("Service pilote"), named((action.lead,), dossier.departments) if action.lead else unknown)
    yield fact(text("Services associés"), named(action.contributors, dossier.departments) or unknown)
    yield fact(text("Pilote (fonction)"), typeset(action.pilot) or unknown)
    yield fact(text("Dates"), span_phrase(action))
    if action.steps:
        yield fact(text("Étapes"), str(len(action.steps)))
        yield listed(map(step_phrase, action.steps))
    yield fact(text("Budget"), costs_phrase(action.means))
    yield fact(text("Équivalents temps plein"), posts_phrase(action.means))
    yield fact(text("Imputation budgétaire"), (imputation_phrase(action.line) if action.line else "") or unknown)
    if action.effects:
        yield fact(text("Effets attendus"), str(len(action.effects)))
        yield listed(
            text(
                "{indicator} : {expected}",
                indicator=named((one.indicator,), dossier.indicators),
                expected=typeset(one.expected),
            )
            for one in action.effects
        )
    yield fact(text("Risques"), typeset(action.risks) or unknown)
    if action.review:
        yield fact(text("Bilan"), typeset(action.review))
    if action.carried_from:
        year, code = action.carried_from
        yield fact(text("Reprise de l'action"), text("{code} du plan {year}", code=code, year=year))
        yield fact(text("Motif du report"), typeset(action.carry_reason) or unknown)


def _review(before: PlanRecord, dossier: PlanDossier) -> Iterator[Block]:
    yield Heading(1, text("Bilan du plan {year}", year=before.year))
    yield fact(text("État"), word(before.stage))
    yield said(actions_reading(before.actions, dossier.as_of))
    yield from _means(before, dossier.commitments, text("Moyens {year}", year=before.year), level=2)
    if not before.actions:
        return
    yield Heading(2, text("Ce que les actions {year} sont devenues", year=before.year))
    carried = {
        one.carried_from[1]: one.code
        for one in dossier.plan.actions
        if one.carried_from and one.carried_from[0] == before.year
    }
    yield Table(
        text("Actions {year}, leur état et leur bilan", year=before.year),
        (text("Action"), text("État"), text("Prévu"), text("Dépensé"), text("Bilan"), text("Suite")),
        tuple(
            (
                _name(one),
                status_phrase(one, dossier.as_of),
                sum_phrase(one.means.to_spend),
                sum_phrase(one.means.paid),
                typeset(one.review) or text("non renseigné"),
                text("reportée : {code}", code=carried[one.code]) if one.code in carried else text("aucune"),
            )
            for one in before.actions
        ),
        (5, 3, 3, 3, 4, 3),
        frozenset({2, 3}),
    )


def _name(action: ActionRecord) -> str:
    return text("{code}. {title}", code=action.code, title=typeset(action.title))


def _commitments(action: ActionRecord, dossier: PlanDossier) -> str:
    titles = {code: one.title for code, one in dossier.commitments.items()}
    return named(action.commitments, titles) or text("aucun")
