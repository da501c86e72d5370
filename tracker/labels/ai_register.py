"""The register of AI systems in words: what it comes to, what a sheet lacks, from when the regulation applies."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.domain.ai_register import ACT_DATES, AiLack, AiRecord, RiskClass
from tracker.labels.formats import day
from tracker.labels.language import N_, plural, semicolon, text
from tracker.labels.words import word

LACKS: Mapping[AiLack, str] = {
    AiLack.PURPOSE: N_("à quoi il sert"),
    AiLack.SUPPLIER: N_("le fournisseur"),
    AiLack.STATE: N_("son état"),
    AiLack.ROLE: N_("le rôle de la collectivité"),
    AiLack.RISK: N_("le niveau de risque"),
    AiLack.DATA: N_("les données utilisées"),
    AiLack.NOTICE: N_("la mention qu'une machine répond"),
    AiLack.RECOURSE: N_("le recours humain"),
    AiLack.EVALUATION: N_("l'évaluation"),
    AiLack.CHARTER: N_("l'examen au regard de la charte"),
    AiLack.DECIDES: N_("si des décisions individuelles reposent sur lui"),
    AiLack.RULES: N_("les règles publiées"),
    AiLack.SOURCE: N_("ce qui l'établit"),
}


def ai_reading(records: Sequence[AiRecord]) -> str:
    """Say how many AI systems there are, and how many of them are classified."""
    classified = sum(one.is_classified for one in records)
    whole = len(records)
    total = plural("{n} système d'IA est au registre.", "{n} systèmes d'IA sont au registre.", whole, n=whole)
    told = plural(
        "{n} est classé par niveau de risque, et dit à quoi il sert, son fournisseur et le rôle de la collectivité.",
        "{n} sont classés par niveau de risque, et disent à quoi ils servent, leur fournisseur et le rôle de la "
        "collectivité.",
        classified,
        n=classified,
    )
    return f"{total} {told}"


def lacking_phrase(record: AiRecord) -> str:
    """Say what the sheet of a system lacks; empty where it lacks nothing."""
    lacking = [text(LACKS[one]) for one in record.lacks()]
    return text("Il manque : {what}.", what=", ".join(lacking)) if lacking else ""


def act_lines(on: date) -> list[str]:
    """Say from when each part of the regulation applies, and whether it does on a day."""
    return [
        text("{step} : depuis le {day}", step=word(step), day=day(begins))
        if begins <= on
        else text("{step} : à partir du {day}", step=word(step), day=day(begins))
        for step, begins in ACT_DATES.items()
    ]


def risks_sentence(counts: Mapping[RiskClass, int]) -> str:
    """Say how many AI systems there are of each class of risk."""
    told = [text("{what} : {n}", what=word(risk), n=count) for risk, count in counts.items()]
    return text("Par niveau de risque ; {told}.", told=semicolon().join(told))
