"""The footprint of the estate: a year by category and stage, its factors, entered amounts, the frozen assessment."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from tracker.charts.footprint import category_chart, years_chart
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import ELECTRICITY, Measure, unit_of
from tracker.domain.footprint import Accounting, AmountTool, LifeStage
from tracker.domain.numbers import UnreadableNumber, parse_number, typed_text, whole_number
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.totals import ReadTotals, TotalFate
from tracker.exports.footprint import amounts_csv, factors_csv, footprint_csv
from tracker.importers.grid import MAX_BYTES
from tracker.importers.totals import told
from tracker.labels import colon, plural, text, word
from tracker.labels import footprint as words
from tracker.labels.imports import place_name
from tracker.services import assessments, carbon_amounts, carbon_factors, carbon_totals
from tracker.services.carbon import carbon_year
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import release, session
from tracker.web.platform.drawings import IMAGES, drawing
from tracker.web.platform.files import attached
from tracker.web.platform.folding import folded, unfolded
from tracker.web.platform.guards import requires
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.years import asked_year, checked_year, years_on_offer
from tracker.web.screens.carbon.forms import (
    AmountForm,
    FactorForm,
    measured_factor,
    stored_amount,
    stored_factor,
)

area = Blueprint("carbon", __name__)
FLOW = "flux"
EARLIER = 8
"""Years on offer before this one."""
CONFIRM = "confirm"
PROBLEMS_SHOWN = 20
REQUEST_LIMIT = 3 * MAX_BYTES  # more than a file may weigh, so that most of those who send too much are told how much


@area.url_value_preprocessor
def _take_files(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
    """Let a file through: this comes before anything reads the request."""
    if endpoint == "carbon.take_totals":
        request.max_content_length = REQUEST_LIMIT


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates the sentences of the footprint."""
    names = (
        "weight",
        "range_phrase",
        "method_phrase",
        "footprint_reading",
        "per_head_sentence",
        "others_sentence",
        "chart_sentence",
        "years_sentence",
        "coverage_sentence",
        "gaps",
        "missing_phrase",
        "factor_phrase",
        "factor_value",
        "factor_name",
        "unit_hint",
        "fate_phrase",
        "measured_sentence",
        "total_fate",
        "left_sentences",
    )
    return {name: getattr(words, name) for name in names} | {
        "LifeStage": LifeStage,
        "Measure": Measure,
        "Accounting": Accounting,
        "AmountTool": AmountTool,
        "place_name": place_name,
    }


@area.get("/<slug>/carbone")
@requires(Permission.READ)
def latest(visitor: Visitor) -> str:
    """Show the last full year, or the one of ``?annee=``."""
    return _year_page(visitor, asked_year())


@area.get("/<slug>/carbone/<int:year>")
@requires(Permission.READ)
def show(visitor: Visitor, year: int) -> str:
    """Show the footprint of a year; ``?methode=flux`` by the method of flow."""
    return _year_page(visitor, year)


@area.get("/<slug>/carbone/<int:year>.csv")
@requires(Permission.READ)
def table(visitor: Visitor, year: int) -> Response:
    """Give the same years as a table, at constant method."""
    found = carbon_year(session(), visitor, year, _asked_accounting(), today())
    years = [weighed for one in found.years for weighed in (one.own, one.held)]
    content = footprint_csv(found.footprint, years)
    return attached(content, "text/csv", f"{visitor.organisation.slug}-carbone-{year}.csv")


@area.get(f"/<slug>/carbone/<int:year>/<any(categories,annees):part>.<{IMAGES}:image>")
@requires(Permission.READ)
def picture(visitor: Visitor, year: int, part: str, image: str) -> Response:
    """Give the drawing of the categories, or of the years at constant method, as a file."""
    found = carbon_year(session(), visitor, year, _asked_accounting(), today())
    if part == "annees":
        own = [one.own for one in found.years]
        chart, said = years_chart(own), words.years_sentence(own)
        about = text("Le parc, à méthode constante")
    else:
        chart, said = category_chart(found.footprint), words.chart_sentence(found.footprint)
        about = text("Empreinte carbone {year}", year=year)
    how = words.method_phrase(found.footprint.accounting, found.footprint.method)
    stages = ", ".join(word(stage) for stage in chart.stages) if chart else ""
    note = text(
        "{said} Barres en t CO₂e, du plus épais au plus fin : {stages} ; le trait est la fourchette du total ({how}).",
        said=said,
        stages=stages,
        how=how,
    )
    title = f"{visitor.organisation.name}{colon()}{about}"
    name = f"{visitor.organisation.slug}-carbone-{part}-{year}"
    return drawing(image, "stacked", chart, chart.height if chart else 0, title, said, note, name)


@area.get("/<slug>/carbone/<int:year>.json")
@requires(Permission.READ)
def frozen(visitor: Visitor, year: int) -> Response:
    """Give the last frozen assessment of a year, byte for byte as it was digested.

    Raises:
        NotFound: when none was frozen.
    """
    content = assessments.content(session(), visitor, year)
    return attached(content, "application/json", f"{visitor.organisation.slug}-bilan-carbone-{year}.json")


@area.get("/<slug>/carbone/<int:year>/montants")
@requires(Permission.KEEP_ESTATE)
def amounts(visitor: Visitor, year: int) -> str:
    """Show the amounts of a year, and the form of one: that of ``?montant=``, or a new one."""
    return _amounts_page(visitor, year)


@area.post("/<slug>/carbone/<int:year>/montants")
@requires(Permission.KEEP_ESTATE)
def enter(visitor: Visitor, year: int) -> Answer:
    """Write an amount, or show the form again with what is wrong."""
    form = AmountForm(request.form)
    number = whole_number(form.number.data or "0")
    if number is None:
        raise NotFound(form.number.data)
    try:
        is_new = carbon_amounts.enter(session(), visitor, year, number, form.draft(), today())
    except Invalid as refused:
        return make_response(_amounts_page(visitor, year, form, refused), status_of(refused))
    flash(text("Montant enregistré.") if is_new else text("Aucune modification."))
    return redirect(url_for("carbon.amounts", slug=visitor.organisation.slug, year=year))


@area.get("/<slug>/carbone/<int:year>/montants.csv")
@requires(Permission.KEEP_ESTATE)
def amounts_table(visitor: Visitor, year: int) -> Response:
    """Give the amounts of a year as the plain table that a file of totals may be."""
    listed = carbon_amounts.known(session(), visitor.organisation, checked_year(year))
    return attached(amounts_csv(listed), "text/csv", f"{visitor.organisation.slug}-montants-{year}.csv")


@area.get("/<slug>/carbone/<int:year>/montants/fichier")
@requires(Permission.KEEP_ESTATE)
def totals(visitor: Visitor, year: int) -> str:
    """Show the form that sends a file of totals, and which files are read."""
    return _totals_page(visitor, checked_year(year), ReadTotals())


@area.post("/<slug>/carbone/<int:year>/montants/fichier")
@requires(Permission.KEEP_ESTATE)
def take_totals(visitor: Visitor, year: int) -> Answer:
    """Show what a file of totals would make of the amounts of a year, or store them once that was shown."""
    checked_year(year)
    if request.form.get("step") != CONFIRM:
        found = _sent(year)
        return make_response(_totals_page(visitor, year, found), 422 if found.problems else 200)
    found, seen = _shown()
    try:
        count = carbon_totals.confirm(session(), visitor, year, found, seen, today())
    except Invalid as refused:
        release()  # of several amounts, the first may be written already
        return make_response(_totals_page(visitor, year, found, refused), status_of(refused))
    told = plural("{n} montant enregistré.", "{n} montants enregistrés.", count, n=count)
    flash(told if count else text("Aucune modification : ces montants sont déjà enregistrés."))
    return redirect(url_for("carbon.amounts", slug=visitor.organisation.slug, year=year))


@area.get("/<slug>/carbone/<int:year>/figer")
@requires(Permission.VALIDATE)
def preview(visitor: Visitor, year: int) -> str:
    """Show what freezing the assessment of a year would keep."""
    return _freeze_page(visitor, year, _asked_accounting())


@area.post("/<slug>/carbone/<int:year>/figer")
@requires(Permission.VALIDATE)
def freeze(visitor: Visitor, year: int) -> Answer:
    """Freeze the assessment that was shown."""
    accounting, shown = _asked_accounting(), request.form.get("shown", "")
    try:
        seen = parse_number(shown)
    except UnreadableNumber:
        seen = None
    try:
        is_new = assessments.freeze(session(), visitor, year, accounting, request.form.get("digest", ""), seen, today())
    except Invalid as refused:
        return make_response(_freeze_page(visitor, year, accounting, refused), status_of(refused))
    flash(text("Bilan {year} figé.", year=year) if is_new else text("Ce bilan est déjà figé : rien n'a changé."))
    return redirect(url_for("carbon.show", slug=visitor.organisation.slug, year=year, _anchor="bilan"))


@area.post("/<slug>/carbone/<int:year>/proposer")
@requires(Permission.VALIDATE)
def propose(visitor: Visitor, year: int) -> Answer:
    """Write the proposed values that were chosen, where nothing settled stands."""
    pairs = [chosen.partition(":") for chosen in request.form.getlist("chosen")]
    seen = {code: number for code, _, told in pairs if (number := whole_number(told)) is not None}
    try:
        codes = assessments.propose(session(), visitor, checked_year(year), seen, today())
    except Invalid as refused:
        return make_response(_year_page(visitor, year, refused), status_of(refused))
    named, count = ", ".join(codes), len(codes)
    told = plural(
        "{n} valeur enregistrée : {codes}.", "{n} valeurs enregistrées : {codes}.", count, n=count, codes=named
    )
    flash(told if codes else text("Aucune valeur à enregistrer."))
    return redirect(url_for("carbon.show", slug=visitor.organisation.slug, year=year, _anchor="bilan"))


@area.get("/<slug>/carbone/facteurs")
@requires(Permission.READ)
def factors(visitor: Visitor) -> str:
    """Show the factors that count, a line a category."""
    found = carbon_factors.table(session(), visitor.organisation)
    return render_template("screens/carbon/factors.html", table=found, categories=list(EquipmentCategory))


@area.get("/<slug>/carbone/facteurs.csv")
@requires(Permission.READ)
def factors_table(visitor: Visitor) -> Response:
    """Give every factor with its source and licence as a table."""
    content = factors_csv(carbon_factors.table(session(), visitor.organisation))
    return attached(content, "text/csv", f"{visitor.organisation.slug}-facteurs.csv")


@area.get("/<slug>/carbone/facteurs/<category>")
@requires(Permission.READ)
def factor(visitor: Visitor, category: str) -> str:
    """Show the factors of a category, or those of electricity, and the form of one: that of ``?mesure=``."""
    return _factor_page(visitor, category)


@area.post("/<slug>/carbone/facteurs/<category>")
@requires(Permission.KEEP_ESTATE)
def override(visitor: Visitor, category: str) -> Answer:
    """Set a factor of the authority's own, or show the form again with what is wrong."""
    form = FactorForm(request.form)
    try:
        is_new = carbon_factors.override(session(), visitor, _asked_code(category), form.draft(), today())
    except Invalid as refused:
        return make_response(_factor_page(visitor, category, form, refused), status_of(refused))
    flash(text("Facteur enregistré.") if is_new else text("Aucune modification."))
    slug, measure = visitor.organisation.slug, _asked_measure(category)
    return redirect(url_for("carbon.factor", slug=slug, category=category, mesure=measure))


def _year_page(visitor: Visitor, year: int, refused: Invalid | None = None) -> str:
    accounting = _asked_accounting()
    found = carbon_year(session(), visitor, year, accounting, today())
    told = assessments.proposals(session(), visitor, year, today()) if visitor.may(Permission.VALIDATE) else ()
    return render_template(
        "screens/carbon/year.html",
        found=found,
        footprint=found.footprint,
        year=year,
        years=years_on_offer(today().year - EARLIER),
        way=_way(accounting),
        measured=found.table.measured_lives(one.category for one in found.footprint.categories),
        chart=category_chart(found.footprint),
        over_years=years_chart(one.own for one in found.years),
        proposals=told,
        may_freeze=visitor.may(Permission.VALIDATE) and year <= last_full_year(today()),
        problems=refused.problems if refused else (),
    )


def _amounts_page(visitor: Visitor, year: int, form: AmountForm | None = None, refused: Invalid | None = None) -> str:
    """Show the form as it was sent, or what is stored; after a conflict it answers the version now stored."""
    listed = carbon_amounts.known(session(), visitor.organisation, checked_year(year))
    asked = whole_number(form.number.data or "0") if form else whole_number(request.args.get("montant", "0"))
    changed = next((one for one in listed if one.number == asked), None)
    if asked and changed is None:
        raise NotFound(asked)
    shown = form or AmountForm(data=stored_amount(changed) if changed else {})
    shown.offer()
    if isinstance(refused, Conflict) and changed:
        shown.seen.data = str(changed.version)
    problems = by_field(refused.problems) if refused else {}
    return render_template(
        "screens/carbon/amounts.html", year=year, listed=listed, changed=changed, form=shown, problems=problems
    )


def _sent(year: int) -> ReadTotals:
    """Read the file that was sent, without holding the database meanwhile."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return ReadTotals(problems=(ImportProblem(Place(), Problem("file", ProblemCode.IMPORT_FILE_MISSING)),))
    content, name = file.read(), file.filename
    release()
    return carbon_totals.read(content, name, year)


def _shown() -> tuple[ReadTotals, dict[str, int]]:
    """Give back what the page showed of a file, and the versions that it showed beside it.

    Raises:
        NotFound: for what no page showed.
    """
    try:
        found = told.read_again(unfolded(request.form.get("shown", "")))
    except told.NotTold:
        raise NotFound("shown") from None
    pairs = zip(found.totals, request.form.getlist("seen"), strict=False)
    return found, {one.name: whole_number(version) or 0 for one, version in pairs}


def _totals_page(visitor: Visitor, year: int, found: ReadTotals, refused: Invalid | None = None) -> str:
    proposals = carbon_totals.proposed(session(), visitor, year, found, today())
    return render_template(
        "screens/carbon/totals.html",
        year=year,
        found=found,
        proposals=proposals,
        seen=carbon_totals.seen(proposals),
        is_new=any(one.fate != TotalFate.SAME for one in proposals),
        folded=folded(told.written(found)) if proposals else "",
        refused=refused.problems if refused else (),
        problems=found.problems[:PROBLEMS_SHOWN],
        limit=MAX_BYTES // (1024 * 1024),
    )


def _freeze_page(visitor: Visitor, year: int, accounting: Accounting, refused: Invalid | None = None) -> str:
    found = assessments.preview(session(), visitor, year, accounting, today())
    total = found.footprint.carbon
    return render_template(
        "screens/carbon/freeze.html",
        found=found,
        footprint=found.footprint,
        year=year,
        is_over=year <= last_full_year(today()),
        way=_way(accounting),
        shown_total="" if total is None else typed_text(total.value.quantize(Decimal("0.001"))),
        problems=refused.problems if refused else (),
    )


def _factor_page(
    visitor: Visitor, category: str, form: FactorForm | None = None, refused: Invalid | None = None
) -> str:
    """Show the form as it was sent, or what is stored; after a conflict it answers the version now stored."""
    chosen = carbon_factors.sheet(session(), visitor, _asked_code(category), today())
    told = chosen.measured if "mesuree" in request.args else None
    shown = form or FactorForm(data=measured_factor(chosen, told) if told else stored_factor(chosen))
    if isinstance(refused, Conflict):
        shown.seen.data = str(chosen.seen)
    codes = [f"{category}.{name}" for name in _measures(category)]
    return render_template(
        "screens/carbon/factor.html",
        category=category,
        table=carbon_factors.table(session(), visitor.organisation),
        codes=codes,
        equipment=None if category == ELECTRICITY else EquipmentCategory(category),
        chosen=chosen,
        form=shown,
        problems=by_field(refused.problems) if refused else {},
    )


def _measures(category: str) -> list[str]:
    """List what can be told of a category; of electricity, its years, the latest first."""
    if category == ELECTRICITY:
        return [str(year) for year in years_on_offer(today().year - EARLIER)]
    return [str(measure) for measure in Measure]


def _asked_measure(category: str) -> str:
    otherwise = str(last_full_year(today())) if category == ELECTRICITY else str(Measure.LIFE)
    return request.args.get("mesure", "") or otherwise


def _asked_code(category: str) -> str:
    """Give the code of the factor asked for.

    Raises:
        NotFound: for what is no factor.
    """
    code = f"{category}.{_asked_measure(category)}"
    if unit_of(code) is None:
        raise NotFound(code)
    return code


def _asked_accounting() -> Accounting:
    return Accounting.FLOW if request.values.get("methode") == FLOW else Accounting.STOCK


def _way(accounting: Accounting) -> str | None:
    """Give what an address says of the method: nothing for the default one."""
    return FLOW if accounting is Accounting.FLOW else None
