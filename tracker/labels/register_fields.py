"""How the journal names and words the fields of services, AI systems, evaluations and places of mediation."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.ai_register import AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.digital_services import Audience, HomeMention, Hosting, PersonalData, ServiceKind, ServiceState
from tracker.domain.mediation import MediationKind
from tracker.labels.language import N_

REGISTER_FIELDS: Mapping[str, str] = {
    "service_kind": N_("type"),
    "audience": N_("public"),
    "service_state": N_("état"),
    "purpose": N_("à quoi il sert"),
    "address": N_("adresse"),
    "supplier": N_("fournisseur"),
    "hosting": N_("hébergement"),
    "host": N_("hébergeur"),
    "personal_data": N_("données personnelles"),
    "uses_ai": N_("utilise l'IA"),
    "opened_on": N_("ouvert le"),
    "redesigned_on": N_("refondu le"),
    "closed_on": N_("fermé le"),
    "home_mention": N_("mention en page d'accueil"),
    "statement_url": N_("adresse de la déclaration"),
    "statement_on": N_("déclaration du"),
    "contact": N_("contact"),
    "technologies": N_("technologies"),
    "part_of": N_("service numérique"),
    "ai_state": N_("état"),
    "ai_role": N_("rôle de la collectivité"),
    "data_used": N_("données utilisées"),
    "risk": N_("niveau de risque"),
    "is_conversational": N_("dialogue avec des personnes"),
    "notice": N_("mention affichée ou dite"),
    "recourse": N_("recours humain"),
    "evaluated_on": N_("évalué le"),
    "evaluation_method": N_("méthode d'évaluation"),
    "evaluation_result": N_("résultat de l'évaluation"),
    "charter_on": N_("examiné le"),
    "charter_opinion": N_("avis au regard de la charte"),
    "decides": N_("fonde des décisions individuelles"),
    "rules_url": N_("adresse des règles publiées"),
    "is_published": N_("publié"),
    "survey_method": N_("méthode"),
    "respondents": N_("réponses"),
    "score": N_("note"),
    "scale": N_("échelle"),
    "lessons": N_("enseignements"),
    "mediation_kind": N_("type"),
    "postcode": N_("code postal"),
    "town": N_("commune"),
    "hours": N_("horaires"),
    "website": N_("site"),
    "is_open": N_("ouvert"),
    "people": N_("personnes accompagnées"),
}
REGISTER_CODED: Mapping[str, type[StrEnum]] = {
    "service_kind": ServiceKind,
    "audience": Audience,
    "service_state": ServiceState,
    "hosting": Hosting,
    "personal_data": PersonalData,
    "home_mention": HomeMention,
    "ai_state": AiState,
    "ai_role": AiRole,
    "risk": RiskClass,
    "is_conversational": YesNo,
    "notice": YesNo,
    "charter_opinion": CharterOpinion,
    "decides": YesNo,
    "mediation_kind": MediationKind,
}
REGISTER_DAYS = (
    "opened_on",
    "redesigned_on",
    "closed_on",
    "statement_on",
    "evaluated_on",
    "charter_on",
)
REGISTER_NUMBERS = {"respondents", "score", "people"}
