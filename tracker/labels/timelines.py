"""The words of a plan drawn in time: how many actions stand where, from when to when, and the fullest month."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tracker.domain.actions import ActionRecord, ActionStep
from tracker.domain.outcomes import OF_STATUS, ActionOutcome, standing
from tracker.domain.vocabulary import ActionStatus
from tracker.labels.formats import day, short_day
from tracker.labels.language import N_, plural, text, typeset
from tracker.labels.plans import outcomes_phrase


def action_counts(actions: Collection[ActionRecord], today: date | None = None) -> str:
    """Say how many actions stand at each status: « 3 prévues, 2 en cours »; empty without any.

    With ``today``, as they stand on that day: « 2 faites, 1 reportée, 1 en retard ».
    """
    if today is not None:
        told = Counter(standing(action, today) for action in actions)
        return outcomes_phrase({one: told[one] for one in ActionOutcome})
    counts = Counter(OF_STATUS[action.status] for action in actions)
    return outcomes_phrase({OF_STATUS[status]: counts[OF_STATUS[status]] for status in ActionStatus})


def actions_reading(actions: Collection[ActionRecord], today: date | None = None) -> str:
    """Read the actions of a plan in one sentence: how many, and how many stand where (on ``today`` if given)."""
    total = len(actions)
    if not total:
        return text("Aucune action n'est encore inscrite au plan.")
    counts = action_counts(actions, today)
    return plural("{n} action : {counts}.", "{n} actions : {counts}.", total, n=total, counts=counts)


def gantt_sentence(actions: Collection[ActionRecord], *, undated: int, elsewhere: int, year: int) -> str:
    """Say what the Gantt chart of ``year`` shows: how many actions stand where, over what time, and what is apart.

    ``undated`` and ``elsewhere`` count those of ``actions`` that it cannot draw.
    """
    told = [actions_reading(actions)]
    dates = [on for action in actions for on in (action.starts_on, action.ends_on) if on]
    if dates:
        told.append(text("Leurs dates vont du {first} au {last}.", first=day(min(dates)), last=day(max(dates))))
    if undated:
        told.append(plural("{n} action n'a pas de date.", "{n} actions n'ont pas de date.", undated, n=undated))
    if elsewhere:
        told.append(
            plural(
                "{n} action est datée hors de {year}.",
                "{n} actions sont datées hors de {year}.",
                elsewhere,
                n=elsewhere,
                year=year,
            )
        )
    return " ".join(told)


def gantt_foot(organisation: str) -> str:
    """Say what the shapes of a Gantt chart are, where it stands alone without its key, and whose plan it is."""
    return text(
        "{name}. Barre vide : action prévue ; à moitié pleine : en cours ; pleine : faite ; pointillée : abandonnée. "
        "Losange plein : étape faite ; losange vide : étape à faire.",
        name=organisation,
    )


def span_phrase(action: ActionRecord) -> str:
    """Say from when to when an action lasts, as far as it is dated."""
    start, end = action.starts_on, action.ends_on
    if start and end:
        return text("du {start} au {end}", start=short_day(start), end=short_day(end))
    if start:
        return text("à partir du {start}, sans date de fin", start=short_day(start))
    if end:
        return text("jusqu'au {end}, sans date de début", end=short_day(end))
    return text("sans date")


def step_phrase(step: ActionStep) -> str:
    """Say a step, when it was due and whether it was done."""
    title = typeset(step.title)
    if step.done_on and step.due_on:
        told = N_("{title}, faite le {done}, prévue le {due}")
        return text(told, title=title, done=day(step.done_on), due=day(step.due_on))
    if step.done_on:
        return text("{title}, faite le {done}", title=title, done=day(step.done_on))
    if step.due_on:
        return text("{title}, prévue le {due}", title=title, due=day(step.due_on))
    return text("{title}, sans date", title=title)


def named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Name what codes stand for, one after the other; a code that nobody named is given as it is."""
    return ", ".join(typeset(names.get(code, code)) for code in codes)
