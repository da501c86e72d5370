"""The forms of the action plan: the filter, an action whole, what becomes of one, what is carried over."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from tracker.domain.actions import ActionRecord
from tracker.domain.dates import typed_day
from tracker.domain.numbers import typed_text
from tracker.domain.plans import PlanRecord
from tracker.domain.vocabulary import ActionStatus, TaxRegime
from tracker.labels import current, say, text, typeset, word
from tracker.services.plans import PlanSheet
from tracker.services.typed_actions import (
    EFFECTS,
    LINE_LIMITS,
    STEPS,
    ActionDraft,
    EffectDraft,
    ReportDraft,
    StepDraft,
)

MOST_DIGITS = 6
BLANK = 3
"""Empty rows offered after the steps and the effects that there are: saving gives as many again."""


class FilterForm(Form):
    """What the actions of a plan are narrowed to; read from the address."""

    service = SelectField(validate_choice=False)
    engagement = SelectField(validate_choice=False)
    etat = SelectField(validate_choice=False)

    def offer(self, sheet: PlanSheet, plan: PlanRecord) -> None:
        """Fill the choices with what the actions of the plan name."""
        named = {code for action in plan.actions for code in (action.lead, *action.contributors)}
        served = {code for action in plan.actions for code in action.commitments}
        departments = [(one.code, typeset(one.name)) for one in sheet.departments if one.code in named]
        voted = [(one.code, say(one.title)) for one in sheet.known.commitments if one.code in served]
        self.service.choices = [("", text("Tous les services")), *departments]
        self.engagement.choices = [("", text("Tous les engagements")), *voted]
        self.etat.choices = [("", text("Tous les états")), *((code.value, word(code)) for code in ActionStatus)]

    def keeps(self, action: ActionRecord) -> bool:
        """Tell whether an action answers every criterion."""
        return (
            (not self.service.data or self.service.data in {action.lead, *action.contributors})
            and (not self.engagement.data or self.engagement.data in action.commitments)
            and (not self.etat.data or self.etat.data == action.status)
        )


class StepForm(Form):
    """One step."""

    title = StringField()
    due_on = StringField()
    done_on = StringField()


class EffectForm(Form):
    """One expected effect, on the indicator of a code."""

    indicator = StringField()
    expected = StringField()


class LineForm(Form):
    """A line of the accounts."""

    year = StringField()
    budget = StringField()
    section = StringField()
    chapter = StringField()
    function = StringField()
    nature = StringField()
    policy = StringField()
    programme = StringField()
    manager = StringField()


class ActionForm(Form):
    """An action, whole."""

    title = StringField()
    description = TextAreaField()
    status = SelectField(validate_choice=False)
    commitments = SelectMultipleField(validate_choice=False)
    lead = SelectField(validate_choice=False)
    contributors = SelectMultipleField(validate_choice=False)
    pilot = StringField()
    starts_on = StringField()
    ends_on = StringField()
    steps = FieldList(FormField(StepForm), max_entries=STEPS)
    effects = FieldList(FormField(EffectForm), max_entries=EFFECTS)
    planned = StringField()
    spent = StringField()
    tax = SelectField(validate_choice=False)
    fte_planned = StringField()
    fte_spent = StringField()
    line = FormField(LineForm)
    risks = TextAreaField()
    review = TextAreaField()
    reason = TextAreaField()
    seen = HiddenField()

    def offer(self, sheet: PlanSheet) -> None:
        """Fill the choices."""
        departments = [(one.code, typeset(one.name)) for one in sheet.departments]
        self.status.choices = [(code.value, word(code)) for code in ActionStatus]
        self.lead.choices = [("", text("aucun pour l'instant")), *departments]
        self.contributors.choices = departments
        self.commitments.choices = [(one.code, say(one.title)) for one in sheet.known.commitments]
        self.tax.choices = [(code.value, word(code)) for code in TaxRegime]

    def draft(self) -> ActionDraft:
        """Give what was typed."""
        names = ("title", "description", "lead", "pilot", "starts_on", "ends_on", "status", "planned", "spent", "tax")
        others = ("fte_planned", "fte_spent", "risks", "review", "reason")
        return ActionDraft(
            **{name: self[name].data or "" for name in (*names, *others)},
            commitments=tuple(self.commitments.data or ()),
            contributors=tuple(self.contributors.data or ()),
            steps=tuple(StepDraft(*_texts(one.form, "title", "due_on", "done_on")) for one in self.steps),
            effects=tuple(EffectDraft(*_texts(one.form, "indicator", "expected")) for one in self.effects),
            line={name: self.line.form[name].data or "" for name in ("year", *LINE_LIMITS)},
            seen=number(self.seen.data),
            has_comma_groups=current() == "en",
        )


class ReportForm(Form):
    """What becomes of an action."""

    status = SelectField(validate_choice=False)
    spent = StringField()
    fte_spent = StringField()
    steps = FieldList(FormField(StepForm), max_entries=STEPS)
    review = TextAreaField()
    reason = TextAreaField()
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the choices."""
        self.status.choices = [(code.value, word(code)) for code in ActionStatus]

    def draft(self) -> ReportDraft:
        """Give what was typed."""
        return ReportDraft(
            **{name: self[name].data or "" for name in ("status", "spent", "fte_spent", "review", "reason")},
            done_on=tuple(one.form.done_on.data or "" for one in self.steps),
            seen=number(self.seen.data),
            has_comma_groups=current() == "en",
        )


def number(written: str | None) -> int:
    """Read a hidden number; -1 for what is not one."""
    told = written or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else -1


def stored(action: ActionRecord) -> dict[str, Any]:
    """Give the fields that show an action, with a few empty rows after its steps and its effects."""
    steps = [
        {"title": one.title, "due_on": typed_day(one.due_on), "done_on": typed_day(one.done_on)} for one in action.steps
    ]
    effects = [{"indicator": one.indicator, "expected": one.expected} for one in action.effects]
    codes = {} if action.line is None else {name: getattr(action.line, name) for name in LINE_LIMITS}
    return {
        "title": action.title,
        "description": action.description,
        "status": action.status,
        "commitments": list(action.commitments),
        "lead": action.lead,
        "contributors": list(action.contributors),
        "pilot": action.pilot,
        "starts_on": typed_day(action.starts_on),
        "ends_on": typed_day(action.ends_on),
        "steps": _with_blanks(steps, STEPS),
        "effects": _with_blanks(effects, EFFECTS),
        "planned": _typed(action.means.planned),
        "spent": _typed(action.means.spent),
        "tax": action.means.tax,
        "fte_planned": _typed(action.means.fte_planned),
        "fte_spent": _typed(action.means.fte_spent),
        "line": {**codes, "year": str(action.line.year or "") if action.line else ""},
        "risks": action.risks,
        "review": action.review,
        "seen": str(action.version),
    }


def blank(served: str) -> dict[str, Any]:
    """Give the fields of an action to add, that serves the commitment ``served`` if any."""
    return {
        "status": ActionStatus.PLANNED,
        "tax": TaxRegime.UNSTATED,
        "commitments": [served] if served else [],
        "steps": _with_blanks([], STEPS),
        "effects": _with_blanks([], EFFECTS),
        "seen": "0",
    }


def reported(action: ActionRecord) -> dict[str, Any]:
    """Give the fields that show what is told of an action."""
    return {
        "status": action.status,
        "spent": _typed(action.means.spent),
        "fte_spent": _typed(action.means.fte_spent),
        "steps": [{"done_on": typed_day(one.done_on)} for one in action.steps],
        "review": action.review,
        "seen": str(action.version),
    }


def _with_blanks(rows: list[Mapping[str, str]] | list[dict[str, str]], most: int) -> list[Mapping[str, str]]:
    return [*rows, *({} for _ in range(min(BLANK, most - len(rows))))]


def _texts(form: Form, *names: str) -> Iterable[str]:
    return [form[name].data or "" for name in names]


def _typed(value: Decimal | None) -> str:
    return "" if value is None else typed_text(value)
