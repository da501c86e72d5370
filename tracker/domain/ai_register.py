"""The register of AI systems, as plain values: what each is for, its risk, who looks after what it does to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AiState(StrEnum):
    """Where an AI system is in its life: what nobody told is unknown."""

    PROJECT = "project"
    IN_USE = "in_use"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class AiRole(StrEnum):
    """What the authority is to an AI system, in the words of the regulation (EU) 2024/1689."""

    PROVIDER = "provider"
    DEPLOYER = "deployer"
    BOTH = "both"
    UNKNOWN = "unknown"


class RiskClass(StrEnum):
    """The class of risk of an AI system by the regulation (EU) 2024/1689; somebody has to qualify it."""

    PROHIBITED = "interdit"
    HIGH = "haut"
    TRANSPARENCY = "transparence"
    MINIMAL = "minimal"
    TO_QUALIFY = "a_qualifier"


class YesNo(StrEnum):
    """Yes, no, or nobody told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class CharterOpinion(StrEnum):
    """What the review of an AI system against the ethics charter came to."""

    FAVOURABLE = "favourable"
    RESERVED = "reserved"
    UNFAVOURABLE = "unfavourable"
    NOT_REVIEWED = "not_reviewed"
    UNKNOWN = "unknown"


class AiLack(StrEnum):
    """What the sheet of an AI system may lack: nobody told it, or what was told is that there is none."""

    PURPOSE = "purpose"
    SUPPLIER = "supplier"
    STATE = "state"
    ROLE = "role"
    RISK = "risk"
    DATA = "data"
    NOTICE = "notice"
    RECOURSE = "recourse"
    EVALUATION = "evaluation"
    CHARTER = "charter"
    DECIDES = "decides"
    RULES = "rules"
    SOURCE = "source"


INVENTORIED = frozenset({AiLack.PURPOSE, AiLack.SUPPLIER, AiLack.ROLE, AiLack.RISK})
"""What a system has to have told to be inventoried and classified (ETH-01)."""


class ActStep(StrEnum):
    """A date from which a part of the regulation (EU) 2024/1689 applies."""

    IN_FORCE = "in_force"
    PROHIBITIONS = "prohibitions"
    GENERAL_MODELS = "general_models"
    GENERAL = "general"
    HIGH_RISK = "high_risk"
    PRODUCTS = "products"


ACT_DATES: Mapping[ActStep, date] = {
    ActStep.IN_FORCE: date(2024, 8, 1),
    ActStep.PROHIBITIONS: date(2025, 2, 2),
    ActStep.GENERAL_MODELS: date(2025, 8, 2),
    ActStep.GENERAL: date(2026, 8, 2),
    ActStep.HIGH_RISK: date(2027, 12, 2),
    ActStep.PRODUCTS: date(2028, 8, 2),
}
"""When each part applies, with the amendments of 2026; from secondary sources, to be checked before relying on them."""


@dataclass(frozen=True, slots=True)
class AiRecord:
    """An AI system; what nobody told is unknown or empty, never guessed.

    ``service`` is the number of the digital service that it is a part of, None for one that stands alone.
    ``decides`` tells whether individual decisions rest on it (CRPA L.311-3-1); ``rules_url`` is where its rules are
    published then. ``is_conversational`` tells whether people talk to it. ``source`` is where all this is stated.
    """

    number: int
    name: str
    service: int | None = None
    purpose: str = ""
    supplier: str = ""
    state: AiState = AiState.UNKNOWN
    started_on: date | None = None
    role: AiRole = AiRole.UNKNOWN
    data_used: str = ""
    risk: RiskClass = RiskClass.TO_QUALIFY
    is_conversational: YesNo = YesNo.UNKNOWN
    notice: YesNo = YesNo.UNKNOWN
    recourse: str = ""
    evaluated_on: date | None = None
    evaluation_method: str = ""
    evaluation_result: str = ""
    charter_on: date | None = None
    charter_opinion: CharterOpinion = CharterOpinion.UNKNOWN
    decides: YesNo = YesNo.UNKNOWN
    rules_url: str = ""
    source: str = ""
    note: str = ""
    is_published: bool = False

    @property
    def is_classified(self) -> bool:
        """Tell whether its sheet says all that an inventory asks: purpose, supplier, role, class of risk."""
        return INVENTORIED.isdisjoint(self.lacks())

    def lacks(self) -> tuple[AiLack, ...]:
        """List what its sheet lacks, in its order: the one rule of what is missing, wherever it is said.

        A notice is due unless nobody talks to it, rules where decisions rest on it.
        """
        is_lacking = {
            AiLack.PURPOSE: not self.purpose,
            AiLack.SUPPLIER: not self.supplier,
            AiLack.STATE: self.state is AiState.UNKNOWN,
            AiLack.ROLE: self.role is AiRole.UNKNOWN,
            AiLack.RISK: self.risk is RiskClass.TO_QUALIFY,
            AiLack.DATA: not self.data_used,
            AiLack.NOTICE: self.is_conversational is not YesNo.NO and self.notice is not YesNo.YES,
            AiLack.RECOURSE: not self.recourse,
            AiLack.EVALUATION: not (self.evaluated_on or self.evaluation_method or self.evaluation_result),
            AiLack.CHARTER: self.charter_opinion in {CharterOpinion.UNKNOWN, CharterOpinion.NOT_REVIEWED},
            AiLack.DECIDES: self.decides is YesNo.UNKNOWN,
            AiLack.RULES: self.decides is YesNo.YES and not self.rules_url,
            AiLack.SOURCE: not self.source,
        }
        return tuple(one for one, lacking in is_lacking.items() if lacking)

    def is_within(self, day: date) -> bool:
        """Tell whether it is to be counted on ``day``: it has not been stopped, nor begins later."""
        return self.state is not AiState.STOPPED and (self.started_on is None or self.started_on <= day)
