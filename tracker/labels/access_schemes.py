"""Accessibility schemes and plans in words: how long, since when one may read them, how an action stands."""

from collections.abc import Iterable
from datetime import date

from tracker.domain.access_schemes import AccessAction, AccessPlan, AccessScheme, PlanLack
from tracker.domain.statements import StatementStanding, StatementState
from tracker.domain.vocabulary import ActionStatus
from tracker.labels.deadlines import lateness
from tracker.labels.formats import day
from tracker.labels.language import plural, semicolon, text
from tracker.labels.words import word


def scheme_sentence(one: AccessScheme, today: date) -> str:
    """Say how long a scheme lasts, whether it is over, and since when one may read it."""
    told = text("Du {start} au {end}.", start=day(one.starts_on), end=day(one.ends_on))
    over = text("Il est fini.") if one.ends_on < today else ""
    return " ".join(filter(None, (told, over, _published(one.published_on))))


def plan_sentence(one: AccessPlan) -> str:
    """Say how many actions a plan has, how many are done, and since when one may read it."""
    done = sum(action.status is ActionStatus.DONE for action in one.actions)
    told = text("Actions : {n} ; faites : {done}.", n=len(one.actions), done=done)
    return f"{told} {_published(one.published_on)}"


def action_sentence(one: AccessAction, today: date) -> str:
    """Say how an action stands and when it is due: « en cours ; 30 juin 2026 ; en retard de 3 jours »."""
    is_settled = one.status in {ActionStatus.DONE, ActionStatus.DROPPED}
    due = day(one.due_on) if one.due_on is not None else text("sans échéance")
    late = lateness(one.due_on, today) if one.due_on is not None and not is_settled else ""
    return semicolon().join(filter(None, (word(one.status), due, late)))


def in_force_sentence(part: int, whole: int) -> str:
    """Say how many of the services online have a statement in force."""
    if not whole:
        return text("Aucun service numérique en ligne n'est enregistré.")
    return plural(
        "{part} service en ligne sur {whole} a une déclaration en cours de validité.",
        "{part} services en ligne sur {whole} ont une déclaration en cours de validité.",
        part,
        part=part,
        whole=whole,
    )


def statement_phrase(found: StatementStanding) -> str:
    """Say in short what becomes of a statement: « déclaration en cours de validité, jusqu'au 3 mars 2027 »."""
    if found.validity is None:
        return word(found.state)
    until = day(found.validity.until)
    if found.state is StatementState.IN_FORCE:
        return text("{state}, jusqu'au {until}", state=word(found.state), until=until)
    return text("{state} depuis le {until}", state=word(found.state), until=until)


def lacks_phrase(lacks: Iterable[PlanLack]) -> str:
    """List what a plan lacks."""
    return semicolon().join(map(word, lacks))


def _published(on: date | None) -> str:
    return text("En ligne depuis le {on}.", on=day(on)) if on is not None else text("Pas encore en ligne.")
