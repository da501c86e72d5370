"""The accessibility scheme and the plan of a year as documents: legal texts in French, like the statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.access_schemes import POLICY, WORKS, AccessAction, AccessPlan, AccessScheme, SchemeItem
from tracker.exports.paper import Block, Heading, Look, Paper, Table, fact, said
from tracker.labels import day, speaking, typeset, word

UNTOLD = "Ce point reste à écrire."


@dataclass(frozen=True, slots=True)
class SchemeDossier:
    """What the documents are written from: the authority, its plans by year, the names of its services by number."""

    organisation: str
    is_fictional: bool
    as_of: date
    plans: Mapping[int, AccessPlan]
    services: Mapping[int, str]


def scheme_paper(scheme: AccessScheme, dossier: SchemeDossier) -> Paper:
    """Write a scheme as blocks, with what its yearly plans came to."""
    with speaking("fr"):
        blocks = [
            *_notice(dossier),
            _said(
                f"Ce schéma vaut du {day(scheme.starts_on)} au {day(scheme.ends_on)}. Il dit comment "
                f"{dossier.organisation} rend ses services numériques accessibles, en application du III de l'article "
                "47 de la loi n°\u00a02005-102 du 11 février 2005. Un plan d'actions le décline chaque année."
            ),
            *_items("La politique d'accessibilité", POLICY, scheme),
            *_items("Les travaux de mise en accessibilité", WORKS, scheme),
            *_plans(scheme, dossier),
        ]
        years = f"{scheme.starts_on.year}-{scheme.ends_on.year}"
        return _paper(f"Schéma pluriannuel d'accessibilité numérique {years}", dossier, blocks)


def plan_paper(plan: AccessPlan, dossier: SchemeDossier) -> Paper:
    """Write the plan of a year as blocks: its actions, then the review of the year before."""
    with speaking("fr"):
        before = dossier.plans.get(plan.year - 1)
        blocks = [
            *_notice(dossier),
            Heading(1, typeset(f"Actions de l'année {plan.year}")),
            *_actions(plan, dossier),
            Heading(1, typeset(f"Bilan de l'année {plan.year - 1}")),
            _said(plan.review or f"Aucun bilan de {plan.year - 1} n'est joint."),
            *(_actions(before, dossier) if before is not None and before.actions else ()),
        ]
        return _paper(f"Plan d'actions {plan.year} pour l'accessibilité numérique", dossier, blocks)


def _paper(title: str, dossier: SchemeDossier, blocks: Sequence[Block]) -> Paper:
    name = typeset(dossier.organisation)
    return Paper(typeset(title), name, name, dossier.as_of, "fr", tuple(blocks))


def _notice(dossier: SchemeDossier) -> Iterator[Block]:
    if dossier.is_fictional:
        yield _said(f"Données fictives : {dossier.organisation} n'existe pas, ce texte est inventé.", Look.NOTICE)


def _items(title: str, items: Sequence[SchemeItem], scheme: AccessScheme) -> Iterator[Block]:
    yield Heading(1, typeset(title))
    for item in items:
        yield Heading(2, word(item))
        yield _said(scheme.told.get(item) or UNTOLD)


def _plans(scheme: AccessScheme, dossier: SchemeDossier) -> Iterator[Block]:
    years = range(scheme.starts_on.year, scheme.ends_on.year + 1)
    found = [dossier.plans[year] for year in years if year in dossier.plans]
    if not found:
        return
    yield Heading(1, typeset("Les plans d'actions de ce schéma"))
    for plan in found:
        yield Heading(2, typeset(f"Plan d'actions {plan.year}"))
        if plan.url:
            yield fact(typeset("À lire en ligne"), plan.url)
        yield from _actions(plan, dossier)


def _actions(plan: AccessPlan, dossier: SchemeDossier) -> Iterator[Block]:
    if not plan.actions:
        yield _said("Aucune action n'est encore prévue.")
        return
    yield Table(
        typeset(f"Actions du plan {plan.year}"),
        tuple(map(typeset, ("Action", "Service", "Échéance", "État", "Ce qu'elle a donné"))),
        tuple(_row(one, dossier) for one in plan.actions),
        (6, 4, 3, 2, 5),
    )


def _row(one: AccessAction, dossier: SchemeDossier) -> tuple[str, ...]:
    service = "tous les services" if one.service is None else dossier.services[one.service]
    title = f"{one.title} (action {one.action} du plan général)" if one.action else one.title
    return (
        typeset(title),
        typeset(service),
        day(one.due_on) if one.due_on is not None else typeset("non fixée"),
        word(one.status),
        typeset(one.outcome) or typeset("pas encore dit"),
    )


def _said(told: str, look: Look = Look.BODY) -> Block:
    return said(typeset(told), look)
