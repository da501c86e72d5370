"""The remit of a department in words: its reading in a line, its actions and indicators, the letter that tells it."""

from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.deadlines import SETTLED, Deadline, PlannedAction
from tracker.domain.remits import Entrusted, Remit
from tracker.domain.scorecard import Card
from tracker.labels.deadlines import deadline_day, deadline_title, lateness
from tracker.labels.formats import day, quantity
from tracker.labels.language import colon, plural, say, semicolon, text, typeset
from tracker.labels.sentences import headline
from tracker.labels.words import word

LISTED = 20
"""Lines that a letter gives of each kind."""


def remit_reading(remit: Remit) -> str:
    """Read a remit in one line: « 3 actions, 12 indicateurs, 5 engagements ; 4 valeurs de 2025 manquent. »."""
    if remit.is_empty:
        return text("Rien n'est encore confié à ce service.")
    actions = len(remit.led) + len(remit.contributed)
    held = [
        plural("{n} action", "{n} actions", actions, n=actions) if actions else "",
        _counted_indicators(len(remit.entrusted)),
        plural("{n} engagement", "{n} engagements", len(remit.cards), n=len(remit.cards)) if remit.cards else "",
    ]
    missing, late = len(remit.missing), len(remit.late)
    clauses = [
        ", ".join(filter(None, held)),
        plural(
            "{n} valeur de {year} manque",
            "{n} valeurs de {year} manquent",
            missing,
            n=missing,
            year=remit.year,
        )
        if missing
        else "",
        plural("{n} échéance est en retard", "{n} échéances sont en retard", late, n=late) if late else "",
    ]
    return f"{semicolon().join(filter(None, clauses))}."


def entrusted_phrase(entrusted: Entrusted, year: int) -> str:
    """Say what is known of an indicator for ``year``: its value, why there is none, or what the last one was."""
    indicator, reading, last = entrusted.indicator, entrusted.reading, entrusted.last
    if reading is not None and reading.value is not None:
        value = quantity(reading.value, indicator.unit, indicator.decimals)
        return text("{value} en {year}", value=value, year=year)
    if reading is not None and reading.absence is not None:
        told = text("aucun relevé pour {year} ({reason})", year=year, reason=word(reading.absence))
    else:
        told = text("aucun relevé pour {year}", year=year)
    if last is None or last.value is None:
        return told
    value = quantity(last.value, indicator.unit, indicator.decimals)
    return told + semicolon() + text("le dernier est de {value} en {year}", value=value, year=last.year)


def action_phrase(planned: PlannedAction) -> str:
    """Say where an action stands: « en cours, jusqu'au 31 décembre 2026 », « faite »."""
    told = word(planned.action.status)
    if planned.action.status in SETTLED:
        return told
    if planned.action.ends_on is None:
        return text("{status}, sans date de fin", status=told)
    return text("{status}, jusqu'au {day}", status=told, day=day(planned.action.ends_on))


def action_lines(planned: Iterable[PlannedAction]) -> Sequence[str]:
    """Write actions one a line, each with where it stands."""
    return [f"{typeset(one.action.title)}{colon()}{action_phrase(one)}" for one in planned]


def entrusted_lines(entrusted: Iterable[Entrusted], year: int) -> Sequence[str]:
    """Write indicators one a line, each with its last value."""
    return [f"{say(one.indicator.name)}{colon()}{entrusted_phrase(one, year)}" for one in entrusted]


def commitment_lines(cards: Iterable[Card], year: int) -> Sequence[str]:
    """Write commitments one a line, each with its verdict and what it was judged on."""
    return [f"{say(one.commitment.title)}{colon()}{word(one.status)}. {headline(one, year)}" for one in cards]


def deadline_lines(remit: Remit, deadlines: Iterable[Deadline]) -> Sequence[str]:
    """Write deadlines one a line, each with how late it is."""
    return [
        ", ".join(filter(None, (deadline_day(one), deadline_title(one), lateness(one.on, remit.today))))
        for one in deadlines
    ]


def remit_letter(name: str, remit: Remit, page: str) -> tuple[str, str]:
    """Write the letter that tells ``name`` the remit of their department: its subject, and its text with its page."""
    named = {"department": remit.department.name, "organisation": remit.organisation.name}
    told = {key: typeset(" ".join(name.split())) for key, name in named.items()}  # a heading is one line
    subject = text("{organisation} : ce qui attend votre service, {department}", **told)
    parts: Mapping[str, Sequence[str]] = {
        text("Échéances"): deadline_lines(remit, remit.deadlines),
        text("Valeurs de {year} qui manquent", year=remit.year): [say(one.indicator.name) for one in remit.missing],
        text("Actions que votre service pilote"): action_lines(remit.led),
        text("Actions auxquelles il contribue"): action_lines(remit.contributed),
        text("Engagements dont il répond"): commitment_lines(remit.cards, remit.year),
    }
    paragraphs = [
        text("Bonjour {name},", name=name),
        text("Voici où en est {department} dans le suivi numérique responsable de {organisation}.", **told)
        + " "
        + remit_reading(remit),
        *("\n".join([title, *_cut(lines)]) for title, lines in parts.items() if lines),
        text("La page de votre service, tenue à jour :") + "\n" + page,
        text("Ce message est automatique : inutile d'y répondre."),
    ]
    if remit.organisation.is_fictional:
        paragraphs.insert(1, text("{name} est fictive : ses chiffres sont inventés.", name=remit.organisation.name))
    return subject, "\n\n".join(paragraphs) + "\n"


def _counted_indicators(count: int) -> str:
    return plural("{n} indicateur", "{n} indicateurs", count, n=count) if count else ""


def _cut(lines: Sequence[str]) -> Sequence[str]:
    shown = [f"- {line}" for line in lines[:LISTED]]
    if len(lines) > LISTED:
        rest = len(lines) - LISTED
        shown.append("- " + plural("et {n} autre", "et {n} autres", rest, n=rest))
    return shown
