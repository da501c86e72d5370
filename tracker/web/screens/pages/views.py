"""Pages about the product itself: help and method, accessibility, ecodesign."""

from flask import Blueprint, render_template

from tracker.domain.errors import NotFound
from tracker.domain.page_costs import dearest_first
from tracker.domain.records import TOLERANCE
from tracker.labels import text
from tracker.services import page_costs
from tracker.web.platform.guards import everyone
from tracker.web.platform.guides import GUIDES, guide_of
from tracker.web.platform.pages import asked_page

area = Blueprint("pages", __name__)
ROWS = 25


@area.get("/aide")
@everyone
def help_() -> str:
    """Say how commitments are judged, and list the guides."""
    return render_template("screens/pages/help.html", tolerance=TOLERANCE * 100)


@area.get("/aide/<of>")
@everyone
def guide(of: str) -> str:
    """Say what a screen is for, what to do there, what its words mean and what can happen."""
    if of not in GUIDES:
        raise NotFound(of)
    return render_template(f"screens/help/{of}.html", title=text(GUIDES[of].title))


@area.get("/accessibilite")
@everyone
def accessibility() -> str:
    """Say where the product stands on the RGAA."""
    return render_template("screens/pages/accessibility.html")


@area.get("/ecoconception")
@everyone
def ecodesign() -> str:
    """Say what a page may cost, and what each cost when it was last measured."""
    weighing = page_costs.weighing()
    dearest = dearest_first(weighing.costs)
    page, pages = asked_page(), -(-len(dearest) // ROWS) or 1
    if page > pages:
        raise NotFound(str(page))
    rows = [(_family(cost.screen), cost) for cost in dearest[(page - 1) * ROWS : page * ROWS]]
    return render_template("screens/pages/ecodesign.html", weighing=weighing, rows=rows, page=page, pages=pages)


def _family(screen: str) -> str:
    """Name what a page shows as its guide does; the pages about the product have none."""
    name = guide_of(screen)
    return text(GUIDES[name].title) if name else text("Pages du produit")
