"""What a journal line says happened, in words: the journal itself stores codes and plain numbers."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tracker.domain.access_schemes import SchemeItem
from tracker.domain.approvals import ApprovalOutcome, Quorum, SessionState
from tracker.domain.complaints import ComplaintOutcome
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.footprint import Accounting, AmountScope, AmountTool
from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgaa import AuditKind, GapKind
from tracker.domain.rgesn import EcodesignAnswer
from tracker.domain.vocabulary import (
    Absence,
    ActionStatus,
    BaselineState,
    Better,
    Comparator,
    DigestFrequency,
    FindingState,
    PlanStage,
    PublicationScope,
    Quality,
    Role,
    TargetBasis,
    TargetPath,
    TaxRegime,
    VoteOutcome,
)
from tracker.labels.access_words import ACCESS
from tracker.labels.evidence import file_size
from tracker.labels.footprint import factor_name
from tracker.labels.formats import day, number, percent, short_day
from tracker.labels.language import N_, colon, semicolon, text, typeset
from tracker.labels.register_fields import REGISTER_CODED, REGISTER_DAYS, REGISTER_FIELDS, REGISTER_NUMBERS
from tracker.labels.scenarios import field_name, is_lever
from tracker.labels.words import word

FIELDS = {
    "quality": N_("qualité"),
    "coverage": N_("couverture"),
    "numerator": N_("numérateur"),
    "denominator": N_("dénominateur"),
    "source": N_("source"),
    "state": N_("état"),
    "value": N_("valeur"),
    "year": N_("année"),
    "in_force_from": N_("vaut dès"),
    "basis": N_("forme"),
    "comparator": N_("seuil"),
    "upper": N_("haut de la plage"),
    "start": N_("départ"),
    "start_year": N_("année de départ"),
    "horizon_year": N_("échéance"),
    "path": N_("chemin"),
    "points": N_("étapes"),
    "decision": N_("décision"),
    "decided_on": N_("décidé le"),
    "better": N_("sens"),
    "tolerance": N_("tolérance"),
    "companion": N_("accompagné de"),
    "formula": N_("formule"),
    "description": N_("description"),
    "months": N_("mois"),
    "parts": N_("par service"),
    "created": N_("créées"),
    "changed": N_("changées"),
    "undone": N_("annulées"),
    "followed": N_("suivis"),
    "dropped": N_("plus suivis"),
    "file": N_("fichier"),
    "size": N_("taille"),
    "digest": N_("empreinte"),
    "due_on": N_("date limite"),
    "debate_on": N_("débat"),
    "reminders_on": N_("rappels"),
    "four_eyes": N_("double regard"),
    "holder": N_("pour"),
    "until": N_("jusqu'au"),
    "scope": N_("portée"),
    "figures": N_("indicateurs et valeurs"),
    "visible_from": N_("se lit dès le"),
    "report_version": N_("version"),
    "name": N_("nom"),
    "url": N_("adresse"),
    "amount": N_("montant"),
    "tax": N_("taxe"),
    "renew_before": N_("à décider avant le"),
    "decided_by": N_("décidé par"),
    "paid_on": N_("payé le"),
    "given_up": N_("abandonnée"),
    "commitment": N_("engagement"),
    "line": N_("imputation"),
    "served": N_("ce qu'elle a servi"),
    "tools": N_("outils utilisés"),
    "evidence": N_("ce qui l'établit"),
    "stage": N_("avancement"),
    "deliberation": N_("délibération"),
    "title": N_("intitulé"),
    "status": N_("état"),
    "commitments": N_("engagements servis"),
    "lead": N_("service pilote"),
    "contributors": N_("services associés"),
    "pilot": N_("pilote"),
    "starts_on": N_("commence le"),
    "ends_on": N_("finit le"),
    "steps": N_("étapes"),
    "effects": N_("effets attendus"),
    "planned": N_("prévu (€)"),
    "spent": N_("dépensé (€)"),
    "fte_planned": N_("ETP prévus"),
    "fte_spent": N_("ETP consacrés"),
    "risks": N_("risques"),
    "review": N_("bilan"),
    "assets_created": N_("équipements créés"),
    "assets_changed": N_("équipements changés"),
    "assets_retired": N_("disparus réformés"),
    "assets_refused": N_("lignes refusées"),
    "taken_on": N_("inventaire du"),
    "carried_from": N_("suite de"),
    "number": N_("numéro"),
    "internal_reference": N_("référence interne"),
    "adopted_on": N_("voté le"),
    "body": N_("assemblée"),
    "title_en": N_("titre en anglais"),
    "rapporteur_role": N_("rôle du rapporteur"),
    "outcome": N_("issue du vote"),
    "votes_for": N_("voix pour"),
    "votes_against": N_("voix contre"),
    "abstentions": N_("abstentions"),
    "legal_basis": N_("textes visés"),
    "lines": N_("imputations"),
    "relations": N_("textes cités"),
    "amount_scope": N_("objet"),
    "tool": N_("origine"),
    "carbon": N_("t CO₂e"),
    "low": N_("borne basse"),
    "high": N_("borne haute"),
    "resources": N_("kg Sb éq."),
    "energy": N_("MWh"),
    "accounting": N_("méthode"),
    "method": N_("facteurs"),
    "estate_lines": N_("lignes du parc"),
    "pieces": N_("équipements"),
    "category": N_("catégorie"),
    "quantity": N_("nombre"),
    "model": N_("modèle"),
    "maker": N_("fabricant"),
    "department": N_("service"),
    "origin": N_("origine"),
    "place": N_("état"),
    "ordered_on": N_("commandé le"),
    "purchased_on": N_("acheté le"),
    "delivered_on": N_("livré le"),
    "started_on": N_("mis en service le"),
    "retired_on": N_("réformé le"),
    "destination": N_("destination"),
    "warranty_months": N_("mois de garantie"),
    "repairability": N_("indice de réparabilité"),
    "note": N_("note"),
    "levers": N_("leviers"),
    "ends_replaced": N_("fins de vie remplacées ou effacées"),
    "held_on": N_("séance du"),
    "venue": N_("lieu"),
    "session_state": N_("séance"),
    "roles": N_("fonctions présentes"),
    "quorum": N_("quorum"),
    "agenda": N_("service"),
    "listed": N_("à l'ordre du jour"),
    "approval": N_("décision"),
    "decided": N_("motif ou réserves"),
    "corrections": N_("corrections demandées"),
    "mended": N_("corrections faites"),
    "lift_by": N_("réserves levées avant le"),
    "limit": N_("homologué jusqu'au"),
    "adjourned_to": N_("ajourné à la séance"),
    "audit": N_("audit"),
    "gap_kind": N_("nature"),
    "content": N_("contenu"),
    "criteria": N_("critères"),
    "why": N_("raison"),
    "alternative": N_("à la place"),
    "mended_on": N_("corrigé le"),
    "audit_kind": N_("type d'audit"),
    "rgaa": N_("version du RGAA"),
    "audited_on": N_("audit fini le"),
    "published_on": N_("jour de publication"),
    "auditor": N_("auditeur"),
    "environments": N_("environnements de test"),
    "told_rate": N_("taux annoncé (%)"),
    "pages": N_("pages"),
    "page": N_("page"),
    "results": N_("résultats"),
    "is_shared": N_("éléments communs"),
    "is_withdrawn": N_("retiré"),
    "reads_category": N_("se lit comme catégorie"),
    "reads_state": N_("se lit comme état"),
    "reads_department": N_("se lit comme service"),
    **REGISTER_FIELDS,
    "assessed_on": N_("évaluée le"),
    "assessor": N_("évaluée par"),
    "perimeter": N_("périmètre"),
    "improvements": N_("améliorations prévues"),
    "replies": N_("réponses"),
    "notes": N_("notes"),
    "carried_replies": N_("réponses reprises"),
    "criteria_met": N_("critères conformes"),
    "criteria_applicable": N_("critères applicables"),
    "measured_pages": N_("pages"),
    "measured_by": N_("mesurées par"),
    "measured_on": N_("mesurée le"),
    "action": N_("action du plan général"),
    "result": N_("ce qu'elle a donné"),
    "received_on": N_("reçue le"),
    "subject": N_("objet"),
    "answered_on": N_("répondue le"),
    "complaint_outcome": N_("suite donnée"),
    "rank": N_("rang"),
    "is_hidden": N_("masquée"),
    "text_version": N_("version"),
    "characters": N_("caractères"),
    **{item.value: message for item, message in ACCESS[SchemeItem].items()},
}
_CODED: Mapping[str, type[StrEnum]] = {
    "reads_state": EquipmentState,
    "audit_kind": AuditKind,
    "quality": Quality,
    "state": BaselineState,
    "basis": TargetBasis,
    "comparator": Comparator,
    "path": TargetPath,
    "better": Better,
    "scope": PublicationScope,
    "stage": PlanStage,
    "status": ActionStatus,
    "tax": TaxRegime,
    "outcome": VoteOutcome,
    "amount_scope": AmountScope,
    "tool": AmountTool,
    "accounting": Accounting,
    "category": EquipmentCategory,
    "origin": EquipmentOrigin,
    "place": EquipmentState,
    "destination": Destination,
    **REGISTER_CODED,
    "session_state": SessionState,
    "quorum": Quorum,
    "approval": ApprovalOutcome,
    "gap_kind": GapKind,
    "complaint_outcome": ComplaintOutcome,
}
_NUMBERS = {
    "coverage",
    "numerator",
    "denominator",
    "value",
    "upper",
    "start",
    "created",
    "changed",
    "undone",
    "ends_replaced",
    "assets_created",
    "assets_changed",
    "assets_retired",
    "assets_refused",
    "planned",
    "spent",
    "fte_planned",
    "fte_spent",
    "amount",
    "votes_for",
    "votes_against",
    "abstentions",
    "carbon",
    "low",
    "high",
    "resources",
    "energy",
    "estate_lines",
    "pieces",
    "quantity",
    "warranty_months",
    "repairability",
    "told_rate",
    "pages",
    *REGISTER_NUMBERS,
    "carried_replies",
    "criteria_met",
    "criteria_applicable",
    "measured_pages",
    "score",
    "characters",
}


def _parts(told: Mapping[str, Sequence[str]]) -> str:
    """Say what each department brought: « DSI 1 620 ÷ 300, DRH 110 ÷ 20 »."""
    return ", ".join(f"{code} {' ÷ '.join(number(Decimal(one)) for one in numbers)}" for code, numbers in told.items())


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _replies(value: str) -> str:
    """Say what was answered: « 4.1 conforme, 4.2 à évaluer »."""
    told = (one.partition("=") for one in value.split())
    return ", ".join(f"{criterion} {word(EcodesignAnswer(answer))}" for criterion, _, answer in told)


def _days(value: str) -> str:
    return ", ".join(short_day(date.fromisoformat(one)) for one in value.split(", "))


def _category_read(value: str) -> str:
    """Name what a rule reads a type as: a category, or that there is no equipment."""
    is_none = value == EquipmentState.LEFT_OUT
    return word(EquipmentState.LEFT_OUT if is_none else EquipmentCategory(value))


def _levers(value: str) -> str:
    """Name the levers of a scenario: « laptop.vie 6.25 » is « ordinateur portable, durée d'usage en ans : 6,25 »."""
    moved = (one.partition(" ") for one in value.split(", "))
    told = ((field_name(name) if is_lever(name) else name, number(Decimal(held))) for name, _, held in moved)
    return semicolon().join(f"{name}{colon()}{held}" for name, held in told)


_TOLD: Mapping[str, Callable[[str], str]] = {
    "levers": _levers,
    "size": lambda value: file_size(int(value)),
    "tolerance": lambda value: percent(Decimal(value) * 100),
    "decided_on": _day,
    "adopted_on": _day,
    "due_on": _day,
    "debate_on": _day,
    "until": _day,
    "visible_from": _day,
    "taken_on": _day,
    "renew_before": _day,
    "paid_on": _day,
    "ordered_on": _day,
    "purchased_on": _day,
    "delivered_on": _day,
    "started_on": _day,
    "retired_on": _day,
    "held_on": _day,
    "lift_by": _day,
    "limit": _day,
    "mended_on": _day,
    "starts_on": _day,
    "statement_on": _day,
    "published_on": _day,
    "received_on": _day,
    "answered_on": _day,
    "audited_on": _day,
    "ends_on": _day,
    **dict.fromkeys(REGISTER_DAYS, _day),
    "assessed_on": _day,
    "measured_on": _day,
    "replies": _replies,
    "reminders_on": _days,
    "reads_category": _category_read,
    "reads_department": lambda value: text("aucun service") if value == "-" else typeset(value),
    "is_published": lambda value: text("oui") if value == "1" else text("non"),
    "is_open": lambda value: text("oui") if value == "1" else text("non"),
    "listed": lambda value: text("oui") if value == "1" else text("non"),
    "given_up": lambda value: text("oui") if value == "1" else text("non"),
    "is_shared": lambda value: text("oui") if value == "1" else text("non"),
    "is_hidden": lambda value: text("oui") if value == "1" else text("non"),
    "is_withdrawn": lambda value: text("oui") if value == "1" else text("non"),
    "four_eyes": lambda value: text("oui") if value == "1" else text("non"),
    "figures": lambda value: text("oui") if value == "1" else text("non"),
}


def field_shown(name: str, value: str | Mapping[str, Sequence[str]]) -> str:
    """Put one field of a line into words, without its name; a dash where it says nothing."""
    if not isinstance(value, str):
        return _parts(value) or "–"
    if not value:
        return "–"
    if value in set(Absence):
        return word(Absence(value))
    if name in _CODED:
        return word(_CODED[name](value))
    if name in _NUMBERS:
        return number(Decimal(value))
    if name in _TOLD:
        return _TOLD[name](value)
    return text("aucun") if (name, value) == ("companion", "-") else typeset(value)


def subject_shown(action: JournalAction, subject: str) -> str:
    """Name what a line is about: a factor by its name in place of its code."""
    return factor_name(subject) if action is JournalAction.FACTOR_SET else subject


def shown(action: JournalAction, stored: str) -> str:
    """Put what a line stored before or after into words: a value, a reason for none, a dated fact, a role."""
    if action is JournalAction.FINDING_RECORDED and " " in stored:
        state, _, on = stored.partition(" ")
        return text("{state} le {on}", state=word(FindingState(state)), on=day(date.fromisoformat(on)))
    if action is JournalAction.ACCOUNT_ADDED and stored in set(Role):
        return word(Role(stored))
    if action is JournalAction.DIGEST_CHOSEN and stored in set(DigestFrequency):
        return word(DigestFrequency(stored))
    if stored in set(Absence):
        return word(Absence(stored))
    if stored.startswith("{"):
        told = json.loads(stored)
        return ", ".join(f"{text(FIELDS[name])}{colon()}{field_shown(name, value)}" for name, value in told.items())
    try:
        return number(Decimal(stored))
    except InvalidOperation:
        return stored
