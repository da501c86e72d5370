"""The register of commitments, one commitment, and the facts recorded on it."""

from datetime import date
from decimal import Decimal

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.dates import parse_date
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.numbers import UnreadableNumber, parse_number
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import FindingState
from tracker.labels import current, text
from tracker.services import findings
from tracker.services.deliberations import deliberations
from tracker.services.register import commitment_card, register
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.years import asked_year, years_on_offer
from tracker.web.screens.commitments.forms import FilterForm, FindingForm

area = Blueprint("commitments", __name__)


@area.get("/<slug>/engagements")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the commitments that answer the filters."""
    year, texts = asked_year(), deliberations(session(), visitor)
    form = FilterForm(request.args)
    form.offer([(one.reference, one.number) for one in texts])
    found = register(session(), visitor, year, form.wanted(), asked_page(), today())
    years = years_on_offer(min((one.adopted_on.year for one in texts), default=year))
    return render_template(
        "screens/commitments/register.html",
        found=found,
        form=form,
        year=year,
        years=years,
        page=asked_page(),
        is_empty=not texts,
    )


@area.get("/<slug>/engagements/<code>")
@requires(Permission.READ)
def show(visitor: Visitor, code: str) -> str:
    """Show one commitment: what was voted, where it stands and why."""
    return _page(visitor, code, FindingForm(formdata=None), ())


@area.post("/<slug>/engagements/<code>/constats")
@requires(Permission.RECORD_FINDING)
def record(visitor: Visitor, code: str) -> Response:
    """Record a dated fact, or show the form again with what was typed and what is wrong."""
    form = FindingForm()
    try:
        is_new = findings.record(session(), visitor, code, _draft(form), today())
    except Invalid as refused:
        return make_response(_page(visitor, code, form, refused.problems), 422)
    flash(text("Constat enregistré.") if is_new else text("Aucune modification."))
    slug, year = visitor.organisation.slug, asked_year()
    return redirect(url_for("commitments.show", slug=slug, code=code, annee=year, _anchor="constats"))


def _page(visitor: Visitor, code: str, form: FindingForm, problems: tuple[Problem, ...]) -> str:
    year = asked_year()
    card = commitment_card(session(), visitor, code, year, today())
    states = findings.STATES[card.commitment.kind]
    form.offer(states)
    return render_template(
        "screens/commitments/commitment.html",
        card=card,
        year=year,
        years=years_on_offer(card.commitment.deliberation.adopted_on.year),
        form=form if states and visitor.may(Permission.RECORD_FINDING) else None,
        problems={problem.where: problem for problem in problems},
    )


def _draft(form: FindingForm) -> findings.FindingDraft:
    """Read the form, all its problems at once."""
    problems: list[Problem] = []
    on = _date(form.on.data, "on", problems)
    until = _date(form.valid_until.data, "valid_until", problems) if (form.valid_until.data or "").strip() else None
    year = _number(form.year.data, "year", problems)
    if year is not None and year != int(year):
        problems.append(Problem("year", ProblemCode.NOT_WHOLE, {"value": year}))
    if form.state.data not in set(FindingState):
        problems.append(Problem("state", ProblemCode.UNKNOWN_CHOICE))
    amount = _number(form.amount.data, "amount", problems)
    if on is None or problems:
        raise Invalid(*problems)
    return findings.FindingDraft(
        FindingState(form.state.data),
        on,
        form.evidence.data or "",
        year=int(year) if year is not None else None,
        amount=amount,
        valid_until=until,
    )


def _date(written: str | None, where: str, problems: list[Problem]) -> date | None:
    try:
        return parse_date(written or "", where)
    except Invalid as refused:
        problems += refused.problems
        return None


def _number(written: str | None, where: str, problems: list[Problem]) -> Decimal | None:
    if not (written or "").strip():
        return None
    try:
        return parse_number(written or "", where=where, has_comma_groups=current() == "en")
    except UnreadableNumber as unread:
        problems.append(unread.problem)
        return None
