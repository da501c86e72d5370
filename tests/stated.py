"""Statements for tests: one that lacks nothing, by which legal state it says."""

from datetime import date
from decimal import Decimal
from typing import Any

from tracker.domain.digital_services import ServiceKind
from tracker.domain.rgaa import Conformity, ConformityReason, GapKind
from tracker.domain.statements import AuditResults, OpenGap, SampledPage, Statement

RESULTS = AuditResults(
    auditor="Cabinet Clairvue (fictif)",
    version="4.1",
    audited_on=date(2025, 3, 4),
    rate=Decimal("78.3018"),
    mean_rate=Decimal("81.25"),
    failed=("1.1", "10.7"),
    environments="Firefox et NVDA\nSafari et VoiceOver",
    tools="Contrast Finder\nAssistant RGAA",
    pages=(SampledPage("Accueil", "https://ville.example/"), SampledPage("Contact")),
)
FAILURE = OpenGap(GapKind.FAILURE, "Carrousel de l'accueil", "1.1", "Images sans texte", "Liste de liens")
BURDEN = OpenGap(
    GapKind.BURDEN, "Cadastre numérisé", "1.3", "Coût de la transcription", "Lecture au guichet", date(2027, 6, 30)
)
OUT_OF_SCOPE = OpenGap(GapKind.OUT_OF_SCOPE, "Carte des travaux", "", "Cartographie en ligne")


def make_statement(**values: Any) -> Statement:
    """Make a statement of a website that is partially compliant, and lacks nothing."""
    told = {
        "organisation": "Ville de Démo",
        "service": "Site de la ville",
        "kind": ServiceKind.WEBSITE,
        "address": "https://ville.example",
        "year": 2026,
        "scheme_url": "https://ville.example/schema",
        "plan_url": "https://ville.example/plan-2026",
        "has_review": True,
        "is_first_plan": False,
        "conformity": Conformity.PARTIAL,
        "reason": ConformityReason.RATE,
        "results": RESULTS,
        "gaps": (FAILURE, BURDEN, OUT_OF_SCOPE),
        "established_on": date(2025, 4, 1),
        "updated_on": date(2026, 11, 22),
        "technologies": "HTML5\nCSS\nSVG",
        "contact": "accessibilite@ville.example",
        **values,
    }
    return Statement(**told)


def every_state() -> dict[str, Statement]:
    """Give a statement that lacks nothing for each legal state and each reason of it."""
    whole = AuditResults(**{name: getattr(RESULTS, name) for name in RESULTS.__slots__} | {"rate": Decimal(100)})
    poor = AuditResults(**{name: getattr(RESULTS, name) for name in RESULTS.__slots__} | {"rate": Decimal(48)})
    without = {"conformity": Conformity.NONE, "results": None, "gaps": ()}
    return {
        "total": make_statement(conformity=Conformity.TOTAL, results=whole, gaps=(OUT_OF_SCOPE,)),
        "partial": make_statement(),
        "none by its rate": make_statement(conformity=Conformity.NONE, results=poor),
        "first plan": make_statement(is_first_plan=True, has_review=False),
        **{
            f"none: {reason}": make_statement(reason=reason, **without)
            for reason in ConformityReason
            if reason is not ConformityReason.RATE
        },
    }
