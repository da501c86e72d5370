"""How complete the report of a year is: what each text asks for, what is there, and the page that mends it."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from tracker.domain.completeness import ItemCheck, ItemGroup, Presence
from tracker.domain.permissions import Permission
from tracker.exports.completeness import completeness_csv
from tracker.labels import completeness as words
from tracker.labels import current
from tracker.reports.completeness import Completeness
from tracker.reports.review import Review
from tracker.services.completeness import completeness
from tracker.services.reviews import review
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires

area = Blueprint("completeness", __name__)


@area.app_context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentence of the report that tells how complete it is."""
    return {"completeness_reading": words.completeness_reading}


@area.get("/<slug>/rapport/<int:year>/completude")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show every item by group, or those of one state with ``?etat=``."""
    found, duties = _found(visitor, year, current())
    asked = request.args.get("etat", "")
    kept = [one for one in found.checks if asked not in set(Presence) or one.presence == asked]
    groups = {group: [one for one in kept if one.item.group is group] for group in ItemGroup}
    return render_template(
        "screens/completeness/completeness.html",
        year=year,
        found=found,
        asked=asked if asked in set(Presence) else "",
        groups={words.group_name(group): checks for group, checks in groups.items() if checks},
        name=lambda one: words.item_name(one.item, duties),
        why=words.why,
        presence_word=words.presence_word,
        mend=lambda one: _address(visitor, found, one),
        Presence=Presence,
    )


@area.get("/<slug>/rapport/<int:year>/completude.csv")
@requires(Permission.READ)
def table(visitor: Visitor, year: int) -> Response:
    """Give the same as a table."""
    found, duties = _found(visitor, year, "fr")
    content = completeness_csv(found.checks, duties)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-completude-{year}.csv")


def _found(visitor: Visitor, year: int, language: str) -> tuple[Completeness, dict[str, str]]:
    known: Review = review(session(), visitor, year, today())
    duties = {row.duty.code: row.duty.name.in_language(language) for row in known.duties}
    return completeness(session(), visitor.organisation, known), duties


def _address(visitor: Visitor, found: Completeness, one: ItemCheck) -> str:
    """Give the address of the page that mends an item, "" where the visitor may not open it."""
    mend = found.mend(one)
    access = getattr(current_app.view_functions[mend.endpoint], "access", "")
    if not visitor.may(Permission(access)):
        return ""
    told: dict[str, Any] = {"section": mend.section} if mend.section else {}
    if mend.year:
        told[mend.year] = found.year
    return url_for(mend.endpoint, slug=visitor.organisation.slug, **told)
