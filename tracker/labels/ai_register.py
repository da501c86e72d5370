"""The register of AI systems in words: what it comes to, what a sheet lacks, from when the regulation applies."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.domain.ai_register import ACT_DATES, AiRecord, AiRole, RiskClass
from tracker.labels.formats import day
from tracker.labels.language import plural, semicolon, text
from tracker.labels.words import word


def ai_reading(records: Sequence[AiRecord]) -> str:
    """Say how many AI systems there are, and how many of them are classified."""
    classified = sum(one.is_classified for one in records)
    whole = len(records)
    total = plural("{n} système d'IA est au registre.", "{n} systèmes d'IA sont au registre.", whole, n=whole)
    told = plural(
        "{n} a une fiche complète et un niveau de risque.",
        "{n} ont une fiche complète et un niveau de risque.",
        classified,
        n=classified,
    )
    return f"{total} {told}"


def lacking_phrase(record: AiRecord) -> str:
    """Say what the sheet of a system lacks to be classified; empty where it lacks nothing."""
    lacking = [
        name
        for name, is_lacking in (
            (text("à quoi il sert"), not record.purpose),
            (text("le fournisseur"), not record.supplier),
            (text("le rôle de la collectivité"), record.role is AiRole.UNKNOWN),
            (text("le niveau de risque"), record.risk is RiskClass.TO_QUALIFY),
        )
        if is_lacking
    ]
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
