"""Finding a commitment, an indicator, a text, an action or a membership by its words."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, render_template, request

from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.permissions import Permission
from tracker.domain.planning import year_of
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import SearchKind
from tracker.labels.excerpts import excerpt, pieces
from tracker.services import searches
from tracker.services.visitor import Visitor
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page

area = Blueprint("searches", __name__)
PARAMETER = "q"
PAGES: Mapping[SearchKind, Callable[[str], tuple[str, dict[str, Any]]]] = {
    SearchKind.COMMITMENT: lambda code: ("commitments.show", {"code": code}),
    SearchKind.INDICATOR: lambda code: ("indicators.show", {"code": code}),
    SearchKind.DELIBERATION: lambda code: ("deliberations.show", {"reference": code}),
    SearchKind.ACTION: lambda code: ("plans.action", {"year": year_of(code), "code": code}),
    SearchKind.MEMBERSHIP: lambda code: ("memberships.show", {"code": code}),
    SearchKind.SERVICE: lambda code: ("services.show", {"number": int(code)}),
    SearchKind.AI_SYSTEM: lambda code: ("ai_systems.show", {"number": int(code)}),
}
"""The page of what was found, by its code."""


@area.get("/<slug>/recherche")
@requires(Permission.READ)
def show(visitor: Visitor) -> tuple[str, int]:
    """Show what answers the words of the address; without any, what can be found."""
    typed = " ".join(tidy(request.args.get(PARAMETER, "")).split())
    problems, results = {}, None
    if len(typed) > searches.LONGEST:
        problems["q"] = Problem("q", ProblemCode.TOO_LONG, {"limit": searches.LONGEST})
    elif typed:
        results = searches.search_for(session(), visitor, typed, asked_page())
    page = render_template(
        "screens/searches/search.html",
        typed=typed,
        problems=problems,
        results=results,
        page=asked_page(),
        addresses=PAGES,
        first=(asked_page() - 1) * searches.PAGE + 1,
        pieces=pieces,
        excerpt=excerpt,
    )
    return page, 422 if problems else 200
