"""What the page of a digital service shows beside what is known of it: one panel an area, each from its own module."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.services import ai_systems, approvals, audits, ecodesign, evaluations, statements
from tracker.services.digital_services import ServiceView
from tracker.services.visitor import Visitor

Gather = Callable[[Session, Visitor, ServiceView, date], object]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its anchor, the template that shows it, and what gathers the ``panel`` that the template is given.

    A panel whose ``gather`` gives None is not shown.
    """

    code: str
    template: str
    gather: Gather


PANELS: Sequence[Panel] = (
    Panel("audits", "screens/audits/panel.html", audits.panel),
    Panel("homologation", "screens/commission/panel.html", approvals.panel),
    Panel("declaration", "screens/statements/panel.html", statements.panel),
    Panel("evaluation", "screens/evaluations/panel.html", evaluations.panel),
    Panel("ecoconception", "screens/ecodesign/panel.html", ecodesign.panel),
    Panel("ia", "screens/ai_systems/panel.html", ai_systems.panel),
)
"""The panels in the order of the page: another area adds its line here."""
