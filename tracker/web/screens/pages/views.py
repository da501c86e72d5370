"""Pages about the product itself: help and method, accessibility, ecodesign."""

from flask import Blueprint, render_template

from tracker.domain.records import TOLERANCE
from tracker.web.platform.guards import everyone

area = Blueprint("pages", __name__)


@area.get("/aide")
@everyone
def help_() -> str:
    """Say how commitments are judged, and how to enter a value."""
    return render_template("screens/pages/help.html", tolerance=TOLERANCE * 100)


@area.get("/accessibilite")
@everyone
def accessibility() -> str:
    """Say where the product stands on the RGAA."""
    return render_template("screens/pages/accessibility.html")


@area.get("/ecoconception")
@everyone
def ecodesign() -> str:
    """Say what a page costs."""
    return render_template("screens/pages/ecodesign.html")
