"""The simulator: levers on the estate, what they would give each year, the scenarios that were saved and compared."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.charts.scenarios import HEIGHT, ScenarioChart, scenario_chart
from tracker.domain.errors import Conflict, Invalid, Problem
from tracker.domain.factors import THOUSAND
from tracker.domain.footprint import Accounting
from tracker.domain.numbers import typed_text, whole_number
from tracker.domain.permissions import Permission
from tracker.domain.scenarios import CategoryEstate
from tracker.exports.scenarios import scenario_csv
from tracker.labels import colon, current, text
from tracker.labels import scenarios as words
from tracker.labels.footprint import method_phrase, range_phrase, weight
from tracker.services import levers, saved_scenarios, scenarios
from tracker.services.assessments import CARBON
from tracker.services.saved_scenarios import SavedScenario, ScenarioDraft
from tracker.services.scenarios import Tried
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.drawings import IMAGES, drawing
from tracker.web.platform.files import attached
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of

area = Blueprint("scenarios", __name__)
FLOW = "flux"
FEW = 8
"""Categories whose levers are shown at first, the heaviest ones: the others come on demand."""


@area.context_processor
def _words() -> dict[str, object]:
    """Give the templates the sentences about scenarios."""
    told = (
        words.field_name,
        words.lever_problem,
        words.pieces,
        words.euros,
        words.signed_percent,
        words.scenario_reading,
        words.budget_sentence,
        words.needed_sentence,
        words.basis_phrase,
        words.mean_age,
        words.scenario_notes,
        weight,
        range_phrase,
        method_phrase,
    )
    return {one.__name__: one for one in told} | {"Accounting": Accounting}


@area.get("/<slug>/simulateur")
@requires(Permission.READ)
def show(visitor: Visitor) -> Answer:
    """Show what the levers of the address would give; without any, the estate left as it is."""
    return _page(visitor, _asked(), whole_number(request.args.get("scenario")) or 0)


@area.get("/<slug>/simulateur.csv")
@requires(Permission.READ)
def table(visitor: Visitor) -> Response:
    """Give the same years by category as a table; levers that cannot be read are left where they are today."""
    try:
        found = _tried(visitor, _asked())
    except Invalid:
        found = _tried(visitor, {})
    return attached(
        scenario_csv(found.led, found.accounting), "text/csv", f"{visitor.organisation.slug}-simulateur.csv"
    )


@area.get(f"/<slug>/simulateur.<{IMAGES}:image>")
@requires(Permission.READ)
def picture(visitor: Visitor, image: str) -> Response:
    """Give the drawing of a scenario as a file; levers that cannot be read are left where they are today."""
    try:
        found = _tried(visitor, _asked())
    except Invalid:
        found = _tried(visitor, {})
    said = words.scenario_reading(found.led, found.plain, is_moved=found.is_moved)
    note = text(
        "{said} Trait plein : le scénario ; bande : sa fourchette ; tirets : sans rien changer ({how}).",
        said=said,
        how=method_phrase(found.accounting, found.estate.table.method),
    )
    home = visitor.organisation
    title = f"{home.name}{colon()}{text('Simulateur du parc')}"
    return drawing(image, "projected", _chart(found), HEIGHT, title, said, note, f"{home.slug}-simulateur")


@area.get("/<slug>/simulateur/comparaison")
@requires(Permission.READ)
def compare(visitor: Visitor) -> str:
    """Show two saved scenarios side by side: those of ``?a=`` and ``?b=``, else the first and the last."""
    listed = saved_scenarios.saved(session(), visitor)
    asked = [whole_number(request.args.get(name)) for name in ("a", "b")]
    ends = [listed[0], listed[-1]] if listed else []
    chosen = [
        next((one for one in listed if one.number == number), end) for number, end in zip(asked, ends, strict=False)
    ]
    pair = [(one, *_reckoned(visitor, one)) for one in chosen]
    known = [found for _, found, _ in pair if found is not None]
    return render_template(
        "screens/scenarios/compare.html",
        listed=listed,
        pair=pair,
        years=sorted({year.year for found in known for year in found.led.years}),
        by_year=[{year.year: year for year in found.led.years} if found else {} for _, found, _ in pair],
    )


@area.post("/<slug>/simulateur")
@requires(Permission.KEEP_ESTATE)
def save(visitor: Visitor) -> Answer:
    """Save the scenario that was shown, or take one back; or show it again with what is wrong."""
    fields = _fields(parse_qsl(request.form.get("fields", "")))
    number, seen = (whole_number(request.form.get(name)) or 0 for name in ("number", "seen"))
    is_withdrawn = number > 0 and "withdrawn" in request.form
    name = request.form.get("name", "")
    draft = ScenarioDraft(name, fields, seen, is_withdrawn=is_withdrawn, has_comma_groups=current() == "en")
    try:
        stored = saved_scenarios.save(session(), visitor, number, draft, today())
    except Invalid as refused:
        return _page(visitor, fields, number, name, refused)
    slug = visitor.organisation.slug
    if is_withdrawn:
        flash(text("Scénario retiré."))
        return redirect(url_for("scenarios.show", slug=slug))
    flash(text("Scénario enregistré.") if stored else text("Aucune modification."))
    return redirect(_address(slug, saved_scenarios.one(session(), visitor, stored or number)))


def _page(
    visitor: Visitor, fields: Mapping[str, str], number: int, name: str = "", refused: Invalid | None = None
) -> Answer:
    """Show the simulator with what was typed; levers that cannot be read give no answer, and what is wrong."""
    listed = saved_scenarios.saved(session(), visitor)
    opened = next((one for one in listed if one.number == number), None)
    problems: Sequence[Problem] = refused.problems if refused else ()
    try:
        found = _tried(visitor, fields)
        tried: Tried | None = found
    except Invalid as unread:
        found, tried = _tried(visitor, {}), None
        problems, refused = unread.problems, refused or unread
    typed_on = request.form.get("seen") if not isinstance(refused, Conflict) else None
    seen = opened.version if opened and typed_on is None else whole_number(typed_on) or 0
    shown = _own_levers(found, fields)
    page = render_template(
        "screens/scenarios/simulator.html",
        fields=fields,
        query=urlencode(fields),
        way=FLOW if _is_flow() else None,
        shown=shown,
        has_all=len(shown) == len(found.estate.categories),
        is_whole="toutes" in request.values,
        priced=any(".prix" in field for field in fields),
        known=found.estate,
        tried=tried,
        chart=_chart(tried) if tried else None,
        otherwise=today().year + levers.USUAL,
        listed=[(one, _address(visitor.organisation.slug, one)) for one in listed],
        opened=opened,
        seen=seen,
        name=name or (opened.name if opened else ""),
        problems=by_field(problems),
        shared=list(levers.SHARED),
        own=[name for name in levers.OWN if not name.startswith("prix")],
        prices=[name for name in levers.OWN if name.startswith("prix")],
    )
    return make_response(page, status_of(refused) if refused else 200)


def _asked() -> Mapping[str, str]:
    """Give the fields of the address that were filled."""
    return _fields(request.args.items())


def _fields(told: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return {name: value for name, value in told if value.strip() and name in levers.NAMES}


def _tried(visitor: Visitor, fields: Mapping[str, str]) -> Tried:
    way = Accounting.FLOW if _is_flow() else Accounting.STOCK
    return scenarios.tried(session(), visitor, fields, today(), accounting=way, has_comma_groups=current() == "en")


def _is_flow() -> bool:
    return request.values.get("methode") == FLOW


def _own_levers(found: Tried, fields: Mapping[str, str]) -> Sequence[CategoryEstate]:
    """Give the categories whose levers are shown: the heaviest and those that are moved, or all of them."""
    known = found.estate.categories
    if len(known) <= FEW or "toutes" in request.values:
        return known
    weighed = [*found.plain.years[0].footprint.categories, *found.plain.years[0].footprint.replaced]
    weights = {one.category: one.carbon.value for one in weighed if one.carbon}
    heaviest = sorted(known, key=lambda one: weights.get(one.category, -1), reverse=True)[:FEW]
    moved = {field.partition(".")[0] for field in fields}
    return [one for one in known if one in heaviest or one.category in moved]


def _reckoned(visitor: Visitor, one: SavedScenario) -> tuple[Tried | None, Sequence[Problem]]:
    """Reckon a saved scenario on the estate of today, or say why it cannot be any more: its horizon has come."""
    try:
        return scenarios.tried(session(), visitor, one.told, today()), ()
    except Invalid as refused:
        return None, refused.problems


def _address(slug: str, one: SavedScenario) -> str:
    """Give the address that shows a saved scenario: its levers, as they are typed."""
    told: dict[str, Any] = {name: typed_text(Decimal(value)) for name, value in one.told.items()}
    return url_for("scenarios.show", slug=slug, scenario=one.number, **told)


def _chart(tried: Tried) -> ScenarioChart | None:
    led, plain = (
        {year.year: year.footprint.carbon for year in found.years if year.footprint.carbon is not None}
        for found in (tried.led, tried.plain)
    )
    voted = [
        (goal.year, goal.said.threshold.value * THOUSAND)
        for goal in tried.goals
        if goal.apart is None
        and tried.accounting is Accounting.STOCK
        and goal.aim.indicator.code == CARBON
        and goal.said
        and goal.said.threshold is not None
        and goal.said.target
        and goal.said.target.horizon_year == goal.year
    ]
    return scenario_chart(led, plain, voted)
