"""The register of commitments, one commitment, and the facts recorded on it."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.charts.series import line_chart, target_name
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.domain.scorecard import Card
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import FindingState, SubjectKind
from tracker.labels import current, text
from tracker.labels.plans import status_phrase
from tracker.labels.titles import chart_reading
from tracker.labels.versions import decision_phrase
from tracker.services import findings, followings, memberships, plans, questions
from tracker.services.deliberations import deliberations, promising
from tracker.services.evidence import pieces
from tracker.services.indicators import drawn_years
from tracker.services.register import judged_for, register, voted
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field
from tracker.web.platform.vantage import sound_vantage
from tracker.web.platform.years import asked_year, year_seen, years_on_offer
from tracker.web.screens.commitments.forms import FilterForm, FindingForm

area = Blueprint("commitments", __name__)


@area.get("/<slug>/engagements")
@requires(Permission.READ)
def list_(visitor: Visitor) -> str:
    """Show the commitments that answer the filters."""
    vantage = sound_vantage()
    texts = promising(session(), visitor, vantage.until)
    year = year_seen(vantage, min((one.adopted_on.year for one in texts), default=None))
    form = FilterForm(request.args)
    form.offer([(one.reference, one.number) for one in texts])
    found = register(session(), visitor, year, form.wanted(), asked_page(), vantage.today, vantage.until)
    years = years_on_offer(min((one.adopted_on.year for one in texts), default=year), vantage.today.year)
    return render_template(
        "screens/commitments/register.html",
        vantage=vantage,
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
    vantage = sound_vantage()
    commitment = voted(session(), visitor, code, vantage.until)
    year = year_seen(vantage, commitment.deliberation.adopted_on.year)
    card = judged_for(commitment, year, vantage.today)
    states = findings.STATES[commitment.kind]
    form.offer(states)
    return render_template(
        "screens/commitments/commitment.html",
        vantage=vantage,
        card=card,
        year=year,
        years=years_on_offer(commitment.deliberation.adopted_on.year, vantage.today.year),
        form=form if states and not vantage.until and visitor.may(Permission.RECORD_FINDING) else None,
        problems=by_field(problems),
        **_behind(visitor, card, vantage.today),
        is_followed=followings.is_followed(session(), visitor, code),
        asked=questions.on_commitment(session(), visitor, code),
        served_by=() if vantage.until else plans.serving(session(), visitor, code),
        status_phrase=status_phrase,
    )


def _behind(visitor: Visitor, card: Card, day: date) -> Mapping[str, object]:
    """Gather what stands behind the figure: its chart as of ``day``, the decisions that set targets, the files."""
    leading = card.judgement.leading
    files = pieces(session(), visitor, Subject(SubjectKind.COMMITMENT, card.commitment.code))
    return {
        "chart": line_chart(drawn_years(leading.aim, day), leading.aim.indicator) if leading else None,
        "shows": chart_reading(leading.aim, last_full_year(day)) if leading else "",
        "numbers": {one.reference: one.number for one in deliberations(session(), visitor)},
        "target_name": target_name,
        "decision_phrase": decision_phrase,
        "joined": memberships.serving(session(), visitor, card.commitment.code),
        "files": sum(not one.last.is_withdrawn and one.last.recorded_at.date() <= day for one in files),
    }


def _draft(form: FindingForm) -> findings.FindingDraft:
    """Read the form, all its problems at once."""
    typed = Typed(has_comma_groups=current() == "en")
    on = typed.any_day("on", form.on.data or "", ProblemCode.DATE_MISSING)
    until = typed.any_day("valid_until", form.valid_until.data or "")
    year = typed.number("year", form.year.data or "")
    if year is not None and year != int(year):
        typed.refuse("year", ProblemCode.NOT_WHOLE, value=year)
    state = typed.choice("state", form.state.data or "", FindingState)
    amount = typed.number("amount", form.amount.data or "")
    if on is None or state is None or typed.problems:
        raise Invalid(*typed.problems)
    return findings.FindingDraft(
        state,
        on,
        form.evidence.data or "",
        year=int(year) if year is not None else None,
        amount=amount,
        valid_until=until,
    )
