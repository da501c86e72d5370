"""Pages about the product itself: help and method, accessibility, ecodesign."""

from statistics import median

from flask import Blueprint, current_app, render_template, url_for

from tracker.config.settings import Settings
from tracker.domain.errors import NotFound
from tracker.domain.own_house import CheckWay
from tracker.domain.page_costs import dearest_first
from tracker.domain.records import TOLERANCE
from tracker.domain.rgesn import EcodesignTheme, by_priority, by_theme, score
from tracker.labels import text
from tracker.labels.rates import rate_phrase
from tracker.services import own_house, page_costs
from tracker.services.ecodesign import referential
from tracker.web.platform.clock import today
from tracker.web.platform.guards import everyone
from tracker.web.platform.guides import GUIDES, guide_of
from tracker.web.platform.pages import asked_page
from tracker.web.platform.programs import description
from tracker.web.screens.pages.programs import parameters, resources, tries

area = Blueprint("pages", __name__)
ROWS = 20


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


@area.get("/api")
@everyone
def programs() -> str:
    """Say what the API gives, how to read it, how to get a token: the same description as programs get."""
    settings: Settings = current_app.config["TRACKER_SETTINGS"]
    told = description()
    return render_template(
        "screens/pages/programs.html",
        resources=resources(told),
        parameters=parameters(told),
        tries=tries(settings.public_url),
        rate=rate_phrase(settings.api_rate),
    )


@area.get("/accessibilite")
@everyone
def accessibility() -> str:
    """Say where the product stands on the RGAA, what is checked, how, and what is not."""
    return render_template(
        "screens/pages/accessibility.html",
        standing=own_house.conformity(today()),
        told=own_house.access(),
        CheckWay=CheckWay,
    )


@area.get("/ecoconception")
@everyone
def ecodesign() -> str:
    """Say what the product answers to the RGESN, what a page may cost, and what each cost when it was last measured."""
    weighing = page_costs.weighing()
    dearest = dearest_first(weighing.costs)
    page, pages = asked_page(), -(-len(dearest) // ROWS) or 1
    if page > pages:
        raise NotFound(str(page))
    rows = [(_family(cost.screen), cost) for cost in dearest[(page - 1) * ROWS : page * ROWS]]
    told, rgesn = own_house.ecodesign(), referential()
    return render_template(
        "screens/pages/ecodesign.html",
        weighing=weighing,
        median=median(cost.ecoindex for cost in weighing.costs),
        worst=dearest[0],
        rows=rows,
        page=page,
        pages=pages,
        told=told,
        whole=score(rgesn, told.answers),
        themes=by_theme(rgesn, told.answers),
        priorities=by_priority(rgesn, told.answers),
        links={one: url_for("pages.criteria", place=one.place) for one in EcodesignTheme},
    )


@area.get("/ecoconception/<int:place>")
@everyone
def criteria(place: int) -> str:
    """Say what the product answers to the criteria of a theme of the RGESN, and why."""
    if not 1 <= place <= len(EcodesignTheme):
        raise NotFound(place)
    which = list(EcodesignTheme)[place - 1]
    return render_template(
        "screens/pages/criteria.html", which=which, criteria=referential().of_theme(which), told=own_house.ecodesign()
    )


def _family(screen: str) -> str:
    """Name what a page shows as its guide does; the pages about the product have none."""
    name = guide_of(screen)
    return text(GUIDES[name].title) if name else text("Pages du produit")
