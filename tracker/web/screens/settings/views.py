"""The settings: what waits, each aim, each indicator; nothing is written before its effect was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import Conflict, Invalid
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import CommitmentKind
from tracker.labels import colon, text, versions
from tracker.labels.problems import problem_sentence
from tracker.services import baselines, configuration, methods, practices, settings, targets
from tracker.services.effects import ValueEffect
from tracker.services.visitor import Visitor
from tracker.web.platform.clock import today
from tracker.web.platform.database import session
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.refusals import by_field, status_of
from tracker.web.platform.scripts import wants_json
from tracker.web.screens.settings import forms
from tracker.web.screens.settings.forms import ShownForm

area = Blueprint("settings", __name__)
CONFIRM = "confirm"
SENTENCES: tuple[Callable[..., str], ...] = (
    versions.baseline_phrase,
    versions.changes_phrase,
    versions.dated_target,
    versions.decision_phrase,
    versions.reading_phrase,
    versions.tolerance_phrase,
)
Page = Callable[..., str]


@area.context_processor
def _words() -> dict[str, Any]:
    """Give the templates of the settings their own sentences."""
    return {told.__name__: told for told in SENTENCES}


@dataclass(frozen=True)
class _Act:
    """A form that was sent: how to show its effect, how to write it, and the page to show it on."""

    form: ShownForm
    preview: Callable[[], object | None]
    write: Callable[[], bool]
    page: Page
    done: str
    back: str


@area.get("/<slug>/reglages")
@requires(Permission.CONFIGURE)
def overview(visitor: Visitor) -> str:
    """Show what waits for the lead, then everything that can be set."""
    found = configuration.overview(session(), visitor, asked_page(), today())
    return render_template("screens/settings/overview.html", found=found, page=asked_page())


@area.get("/<slug>/reglages/engagements/<code>")
@requires(Permission.CONFIGURE)
def commitment(visitor: Visitor, code: str) -> str:
    """Show what can be set of one commitment."""
    return _commitment_page(visitor, code)


@area.post("/<slug>/reglages/engagements/<code>/sommeil")
@requires(Permission.CONFIGURE)
def set_practice(visitor: Visitor, code: str) -> Response:
    """Change how long a continuous practice may be quiet."""
    form = forms.PracticeForm(request.form)
    draft = form.draft()
    return _answer(
        _Act(
            form,
            lambda: practices.preview(session(), visitor, code, draft, today()),
            lambda: practices.set_practice(session(), visitor, code, draft),
            lambda **told: _commitment_page(visitor, code, **told),
            text("Délai enregistré."),
            url_for("settings.commitment", slug=visitor.organisation.slug, code=code),
        )
    )


@area.get("/<slug>/reglages/engagements/<code>/<indicator>")
@requires(Permission.CONFIGURE)
def aim(visitor: Visitor, code: str, indicator: str) -> str:
    """Show the baselines and the targets of one aim."""
    return _aim_page(visitor, code, indicator)


@area.post("/<slug>/reglages/engagements/<code>/<indicator>/reference")
@requires(Permission.CONFIGURE)
def set_baseline(visitor: Visitor, code: str, indicator: str) -> Response:
    """Add a version of the baseline."""
    form = forms.BaselineForm(request.form)
    draft = form.draft()
    return _answer(
        _Act(
            form,
            lambda: baselines.preview(session(), visitor, code, indicator, draft, today()),
            lambda: baselines.set_baseline(session(), visitor, code, indicator, draft, today()),
            lambda **told: _aim_page(visitor, code, indicator, **told),
            text("Valeur de référence enregistrée."),
            _of_aim(visitor, code, indicator),
        )
    )


@area.post("/<slug>/reglages/engagements/<code>/<indicator>/cible")
@requires(Permission.CONFIGURE)
def set_target(visitor: Visitor, code: str, indicator: str) -> Response:
    """Add a version of the target."""
    form = forms.TargetForm(request.form)
    draft = form.draft()
    return _answer(
        _Act(
            form,
            lambda: targets.preview(session(), visitor, code, indicator, draft, today()),
            lambda: targets.set_target(session(), visitor, code, indicator, draft, today()),
            lambda **told: _aim_page(visitor, code, indicator, **told),
            text("Objectif enregistré."),
            _of_aim(visitor, code, indicator),
        )
    )


@area.get("/<slug>/reglages/indicateurs/<code>")
@requires(Permission.CONFIGURE)
def indicator(visitor: Visitor, code: str) -> str:
    """Show how an indicator is judged and obtained."""
    return _indicator_page(visitor, code)


@area.post("/<slug>/reglages/indicateurs/<code>/reglage")
@requires(Permission.CONFIGURE)
def set_indicator(visitor: Visitor, code: str) -> Response:
    """Change how an indicator is judged."""
    form = forms.SettingForm(request.form)
    draft = form.draft()
    return _answer(
        _Act(
            form,
            lambda: settings.preview(session(), visitor, code, draft, today()),
            lambda: settings.set_indicator(session(), visitor, code, draft),
            lambda **told: _indicator_page(visitor, code, **told),
            text("Réglage enregistré."),
            url_for("settings.indicator", slug=visitor.organisation.slug, code=code),
        )
    )


@area.post("/<slug>/reglages/indicateurs/<code>/methode")
@requires(Permission.CONFIGURE)
def set_method(visitor: Visitor, code: str) -> Response:
    """Change how an indicator is obtained; a script that asks for JSON only tries the formula."""
    form = forms.MethodForm(request.form)
    draft = form.draft()
    if wants_json():
        return _tried(visitor, code, draft.formula)
    return _answer(
        _Act(
            form,
            lambda: methods.preview(session(), visitor, code, draft, today()),
            lambda: methods.set_method(session(), visitor, code, draft, today()),
            lambda **told: _indicator_page(visitor, code, **told),
            text("Méthode enregistrée."),
            url_for("settings.indicator", slug=visitor.organisation.slug, code=code),
        )
    )


def _answer(act: _Act) -> Response:
    """Show the effect of what was typed, or write it if its effect is the one that was on the page."""
    is_confirmed = request.form.get("step") == CONFIRM
    try:
        if not (is_confirmed and act.form.is_shown):
            effect = act.preview()
            act.form.shown.data = act.form.digest
            return make_response(act.page(sent=act.form, effect=effect, is_late=is_confirmed))
        is_new = act.write()
    except Invalid as refused:
        return make_response(act.page(sent=act.form, refused=refused), status_of(refused))
    flash(act.done if is_new else text("Aucune modification."))
    return redirect(act.back)


def _commitment_page(visitor: Visitor, code: str, **told: Any) -> str:
    record = configuration.commitment(session(), visitor, code)
    form = None
    if record.kind is CommitmentKind.CONTINUOUS:
        form = _form(forms.PracticeForm, forms.stored_practice(record.stale_after_months), told)
    return render_template("screens/settings/commitment.html", record=record, form=form, **_shown(told))


def _aim_page(visitor: Visitor, code: str, indicator: str, **told: Any) -> str:
    sheet = configuration.aim_sheet(session(), visitor, code, indicator)
    year, numbers = today().year, {one.reference: one.number for one in sheet.deliberations}
    baseline = forms.stored_baseline(sheet.aim, year, is_frozen=sheet.is_frozen) | forms.offered_baseline(request.args)
    target = forms.stored_target(sheet, year)
    cible = _form(forms.TargetForm, target, told)
    cible.offer(sheet)
    return render_template(
        "screens/settings/aim.html",
        sheet=sheet,
        numbers=numbers,
        reference=_form(forms.BaselineForm, baseline, told),
        cible=cible,
        **_shown(told),
    )


def _indicator_page(visitor: Visitor, code: str, **told: Any) -> str:
    sheet = configuration.indicator_sheet(session(), visitor, code)
    method = sheet.aim.methods[-1]
    reglage = _form(forms.SettingForm, forms.stored_setting(sheet.settings), told)
    reglage.offer(sheet)
    return render_template(
        "screens/settings/indicator.html",
        sheet=sheet,
        reglage=reglage,
        methode=_form(forms.MethodForm, forms.stored_method(method, today().year), told),
        named=forms.named,
        **_shown(told),
    )


def _form(kind: Any, stored: dict[str, str], told: dict[str, Any]) -> Any:
    """Give the form as it was sent, or as it stands; after a conflict it answers the version that is now stored."""
    sent: ShownForm | None = told.get("sent")
    if not isinstance(sent, kind):
        return kind(data=stored)
    if isinstance(told.get("refused"), Conflict):
        sent.seen.data = stored["seen"]
    return sent


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    """Give the templates the problems or the effect, and the name of the form that they are about."""
    sent: ShownForm | None = told.get("sent")
    refused: Invalid | None = told.get("refused")
    return {
        "about": sent.name if sent else "",
        "problems": by_field(refused.problems) if refused else {},
        "effect": told.get("effect"),
        "is_late": told.get("is_late", False),
    }


def _of_aim(visitor: Visitor, code: str, indicator: str) -> str:
    return url_for("settings.aim", slug=visitor.organisation.slug, code=code, indicator=indicator)


def _tried(visitor: Visitor, code: str, formula: str) -> Response:
    """Answer the script: what the formula comes to each year, or what is wrong with it.

    A formula that is not finished yet is no failure: the answer is the same, with its problems.
    """
    if not formula.strip():
        return jsonify(message=text("Sans formule, la valeur est saisie à la main."), lines=[], problems=[])
    sheet = configuration.indicator_sheet(session(), visitor, code)
    try:
        found = methods.try_formula(session(), visitor, code, formula, today())
    except Invalid as refused:
        sentences = [problem_sentence(problem) for problem in refused.problems]
        return jsonify(message=" ".join(sentences), lines=[], problems=sentences)
    message = text("La formule se lit. Année par année :") if found else text("La formule se lit.")
    return jsonify(message=message, lines=[_line(one, sheet) for one in found], problems=[])


def _line(one: ValueEffect, sheet: configuration.IndicatorSheet) -> str:
    told = versions.reading_phrase(one.after, sheet.aim, one.before)
    before = versions.reading_phrase(one.before, sheet.aim, one.after)
    return f"{one.year}{colon()}" + text("{value} (aujourd'hui : {before})", value=told, before=before)
