"""The approval commission in words: why a service is due, its legal state, what was decided and until when."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracker.domain.access_gaps import GapRecord
from tracker.domain.approvals import (
    AgendaReason,
    Approval,
    ApprovalEnding,
    ApprovalOutcome,
    ApprovalState,
    ApprovalTerm,
    Decision,
    Due,
    Part,
)
from tracker.domain.rgaa import ConformityReason, GapKind, Standing
from tracker.labels.formats import day, percent
from tracker.labels.journal import FIELDS, field_shown
from tracker.labels.language import N_, colon, plural, semicolon, text, typeset
from tracker.labels.words import word

DATED: Mapping[AgendaReason, str] = {
    AgendaReason.OPENING: N_("va ouvrir le {on}"),
    AgendaReason.UNEXAMINED: N_("ouvert le {on} sans avoir été examiné"),
    AgendaReason.ADJOURNED: N_("ajourné le {on}"),
    AgendaReason.REAUDITED: N_("refusé, audité de nouveau le {on}"),
    AgendaReason.APPROVAL_EXPIRED: N_("homologation échue le {on}"),
    AgendaReason.APPROVAL_EXPIRING: N_("homologation qui échoit le {on}"),
    AgendaReason.AUDIT_EXPIRED: N_("audit périmé depuis le {on}"),
    AgendaReason.AUDIT_EXPIRING: N_("audit qui se périme le {on}"),
}
ENDINGS: Mapping[ApprovalEnding, str] = {
    ApprovalEnding.AUDIT: N_("jusqu'au {on}, comme son audit"),
    ApprovalEnding.DECISION: N_("jusqu'au {on}, comme la commission l'a décidé"),
    ApprovalEnding.RESERVES: N_("jusqu'au {on}, jour où les réserves doivent être levées"),
    ApprovalEnding.AUDIT_WITHDRAWN: N_("ne compte plus : son audit a été retiré"),
}

MINUTES = "Procès-verbaux de la commission d'homologation"
"""The source of a value that the commission gives, in French as it is kept."""


def due_phrase(reason: Due) -> str:
    """Say why a service is due: « audit périmé depuis le 1er juin 2026 »."""
    if reason.on is None or reason.reason not in DATED:
        undated = N_("va ouvrir, on ne sait quand") if reason.reason is AgendaReason.OPENING else ""
        return text(undated) if undated else word(reason.reason)
    return text(DATED[reason.reason], on=day(reason.on))


def dues_phrase(reasons: Iterable[Due]) -> str:
    """Say all of why a service is due."""
    return semicolon().join(map(due_phrase, reasons))


def standing_phrase(found: Standing, *, is_to_open: bool) -> str:
    """Say the legal state of a service and why: « partiellement conforme (78,3 %), d'après son audit… ».

    One that is still to open owes nothing yet: without an audit in force, that is all there is to say.
    """
    if is_to_open and found.reason is not ConformityReason.RATE:
        return text("pas encore ouvert")
    state = word(found.conformity)
    value = found.rate.value if found.rate is not None else None
    if found.reason is ConformityReason.RATE and value is not None:
        state = text("{state} ({rate})", state=state, rate=percent(value))
    return text("{state}, {why}", state=state, why=word(found.reason))


def audit_phrase(found: Standing) -> str:
    """Say which audit a legal state rests on, and until when it counts; empty without any."""
    if found.audit is None:
        return ""
    told = text(
        "{kind} du {on}, RGAA {version}",
        kind=word(found.audit.kind),
        on=day(found.audit.audited_on),
        version=found.audit.version,
    )
    if found.validity is None:
        return told
    if found.reason is ConformityReason.EXPIRED:
        return text("{audit} ; périmé depuis le {until}", audit=told, until=day(found.validity.until))
    return text("{audit} ; vaut jusqu'au {until}", audit=told, until=day(found.validity.until))


def term_phrase(counts: ApprovalTerm | None) -> str:
    """Say until when an approval counts, and why; empty for a decision that approves nothing."""
    return text(ENDINGS[counts.ending], on=day(counts.until)) if counts is not None else ""


def approval_phrase(given: Approval) -> str:
    """Say where a service stands: « homologué jusqu'au 1er juin 2027, comme son audit »."""
    state, counts = word(given.state), given.term
    if given.state is ApprovalState.EXPIRED and counts is not None:
        if counts.ending is ApprovalEnding.AUDIT_WITHDRAWN:
            return text("{state} : son audit a été retiré", state=state)
        return text("{state} le {on}", state=state, on=day(counts.until))
    if counts is not None:
        return text("{state} {until}", state=state, until=term_phrase(counts))
    if given.decision is not None:
        return text("{state} le {on}", state=state, on=day(given.decision.on))
    return state


def ending_sentence(counts: ApprovalTerm, today: date) -> str:
    """Tell the end of an approval to whom it concerns: that it comes, or that it is past, and what to do."""
    if counts.until >= today:
        message = N_("L'homologation finit le {on}, {why}. Préparez son passage devant la commission.")
    else:
        message = N_("L'homologation est finie depuis le {on}, {why}. Le service est attendu devant la commission.")
    return text(message, on=day(counts.until), why=word(counts.ending))


def decision_phrase(decision: Decision, counts: ApprovalTerm | None) -> str:
    """Say what was decided: « homologué sous réserves jusqu'au 31 décembre 2025, jour où… »."""
    told = word(decision.outcome)
    if counts is not None:
        if counts.ending is ApprovalEnding.AUDIT_WITHDRAWN:
            return text("{state} ; {until}", state=told, until=term_phrase(counts))
        return text("{state} {until}", state=told, until=term_phrase(counts))
    if decision.outcome is ApprovalOutcome.ADJOURNED:
        return adjourned_phrase(decision)
    return told


def adjourned_phrase(decision: Decision) -> str:
    """Say to which session a service was put off."""
    if decision.adjourned_on is None:
        return text("ajourné à la prochaine séance")
    return text("ajourné à la séance du {on}", on=day(decision.adjourned_on))


def earlier_phrase(decision: Decision) -> str:
    """Say what an earlier session decided, with its day: « 12 mars 2024 : homologué »."""
    told = f"{day(decision.on)}{colon()}{word(decision.outcome)}"
    return f"{told}{semicolon()}{_bare(decision.text)}" if decision.text else told


def gap_phrase(gap: GapRecord) -> str:
    """Say a gap in a line: its content, its reason, its end, what is offered meanwhile."""
    parts = [_bare(gap.content)]
    if gap.criteria:
        parts.append(plural("critère {list}", "critères {list}", len(gap.criteria), list=", ".join(gap.criteria)))
    if gap.reason:
        parts.append(text("raison : {reason}", reason=_bare(gap.reason)))
    if gap.until is not None:
        parts.append(until_phrase(gap))
    if gap.alternative:
        parts.append(text("à la place : {alternative}", alternative=_bare(gap.alternative)))
    return semicolon().join(parts)


def _bare(written: str) -> str:
    """Give a text without its last full stop, to stand inside a line."""
    return typeset(written).rstrip(".")


def until_phrase(gap: GapRecord) -> str:
    """Say the day of a gap: the end of a derogation, the day by which a failure is mended; empty without one."""
    if gap.until is None:
        return ""
    message = N_("dérogation jusqu'au {on}") if gap.kind is GapKind.BURDEN else N_("à corriger avant le {on}")
    return text(message, on=day(gap.until))


def approved_sentence(share: Part) -> str:
    """Say how many of the online services are approved."""
    value = share.value
    if value is None:
        return text("Aucun service n'est en ligne.")
    return plural(
        "{n} service en ligne sur {whole} est homologué ({share}), réserves comprises.",
        "{n} services en ligne sur {whole} sont homologués ({share}), réserves comprises.",
        share.n,
        n=share.n,
        whole=share.whole,
        share=percent(value),
    )


def session_title(number: int, on: object) -> str:
    """Name a session by its day."""
    return text("Séance {number} du {on}", number=number, on=on)


def rectified_lines(before: str, after: str) -> Sequence[tuple[str, str, str]]:
    """Give what a rectification changed: the field, what it said, what is true; each in words."""
    was, now = json.loads(before), json.loads(after)
    return [(text(FIELDS[name]), field_shown(name, was.get(name, "")), field_shown(name, now[name])) for name in now]


def sessions_sentence(days: Sequence[date], year: int) -> str:
    """Say on which days of a year the commission sat."""
    if not days:
        return text("La commission d'homologation n'a pas siégé en {year}.", year=year)
    return plural(
        "La commission d'homologation a siégé une fois en {year} : {days}.",
        "La commission d'homologation a siégé {n} fois en {year} : {days}.",
        len(days),
        n=len(days),
        year=year,
        days=", ".join(map(day, days)),
    )


def outcomes_phrase(outcomes: Mapping[ApprovalOutcome, int]) -> str:
    """Count decisions by what was decided: « homologué : 3 ; ajourné : 1 »."""
    return semicolon().join(f"{word(code)}{colon()}{n}" for code, n in outcomes.items() if n)


def releases_sentence(share: Part, year: int) -> str:
    """Say how many releases of a year were examined before they opened."""
    if share.value is None:
        return text("Aucune mise en ligne n'est connue en {year}.", year=year)
    return plural(
        "{n} mise en ligne de {year} sur {whole} a été examinée avant d'ouvrir ({share}).",
        "{n} mises en ligne de {year} sur {whole} ont été examinées avant d'ouvrir ({share}).",
        share.n,
        n=share.n,
        whole=share.whole,
        year=year,
        share=percent(share.value),
    )


def releases_comment(undated: Part) -> str:
    """Say what is kept beside the share of releases that were examined: how they are counted, and what is left out."""
    told = text("Ouvertures et refontes du registre des services, d'après les décisions de la commission.")
    return f"{told} {undated_sentence(undated)}" if undated.n else told


def undated_sentence(undated: Part) -> str:
    """Say how many services nobody knows the opening of."""
    return plural(
        "{n} service sur {whole} n'a pas de date d'ouverture connue.",
        "{n} services sur {whole} n'ont pas de date d'ouverture connue.",
        undated.n,
        n=undated.n,
        whole=undated.whole,
    )


def without_releases_sentence(year: int) -> str:
    """Say why a year has no share of releases."""
    return text("Aucune mise en ligne n'est connue en {year}.", year=year)
