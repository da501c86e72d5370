"""One row of the entry grid as a form of its own, its fields prefixed by the indicator's code."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField

from tracker.domain.entries import Draft, shown_value
from tracker.domain.numbers import typed_text, whole_number
from tracker.domain.parts import PartDraft
from tracker.domain.records import Aim, Reading
from tracker.domain.vocabulary import TYPED_ABSENCES, Quality
from tracker.labels import current, text, word
from tracker.labels.values import value_decimals
from tracker.services.entry import Row


class RowForm(Form):
    """What the grid asks for a value."""

    value = StringField()
    numerator = StringField()
    denominator = StringField()
    precision = SelectField(validate_choice=False)
    comment = TextAreaField()
    revision = HiddenField()
    keep = RadioField(validate_choice=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.precision.choices = {
            text("Une valeur"): [("", text("à préciser")), *((code.value, word(code)) for code in Quality)],
            text("Pas de valeur"): [(code.value, word(code)) for code in TYPED_ABSENCES],
        }
        self.keep.choices = [("mine", text("Garder ma saisie")), ("theirs", text("Garder l'autre"))]

    def draft(self, code: str) -> Draft:
        """Give what was typed."""
        return Draft(
            code=code,
            seen=revision(self.revision.data),
            value=self.value.data or "",
            precision=_precision(self.precision.data or ""),
            comment=self.comment.data,
            numerator=self.numerator.data,
            denominator=self.denominator.data,
            keep=self.keep.data or "",
            has_comma_groups=current() == "en",
        )


class DetailForm(RowForm):
    """All that can be told of a value, and why it is corrected once its campaign is closed."""

    coverage = StringField()
    source = StringField()
    reason = TextAreaField()

    def draft(self, code: str) -> Draft:
        """Give what was typed."""
        return replace(
            super().draft(code),
            coverage=self.coverage.data,
            source=self.source.data,
            reason=self.reason.data or "",
        )


def _precision(typed: str) -> str:
    """Give the code of a quality or of a reason for no value, from its code or its word, as spreadsheets have it."""
    asked = typed.strip().casefold()
    known: tuple[StrEnum, ...] = (*Quality, *TYPED_ABSENCES)
    return next((code.value for code in known if asked in {code.value, word(code).casefold()}), typed)


def revision(sent: str | None) -> int:
    """Read the number of a revision as a form carries it; 0, for none, when it is anything else."""
    return whole_number(sent) or 0


def stored(reading: Reading | None, aim: Aim) -> dict[str, str]:
    """Give the fields of a form that shows ``reading`` of ``aim``."""
    if reading is None:
        return {"revision": "0"}
    decimals = None if reading.value is None else value_decimals(reading.value, aim, reading.year)
    numbers = {
        "value": shown_value(reading, aim.indicator, decimals),
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "coverage": reading.coverage,
    }
    shown = {name: typed_text(number) for name, number in numbers.items() if number is not None}
    precision = str(reading.absence or reading.quality or "")
    return shown | {
        "precision": precision,
        "comment": reading.comment,
        "source": reading.source,
        "revision": str(reading.revision),
    }


class PartForm(Form):
    """What one department brings to the value: an amount, or the two terms of a ratio."""

    value = StringField()
    numerator = StringField()
    denominator = StringField()

    @property
    def is_shown(self) -> bool:
        """Tell whether the form that was sent had any of these fields."""
        return any(field.data is not None for field in self)

    @property
    def is_filled(self) -> bool:
        """Tell whether something is typed in it."""
        return any(field.data for field in self)

    def draft(self) -> PartDraft:
        """Give what was typed."""
        return PartDraft(self.value.data or "", self.numerator.data or "", self.denominator.data or "")


Parts = Mapping[str, PartForm]


def part_forms(row: Row, sent: Any = None) -> Parts:
    """Give the form of each department by its code, as ``sent``, or else as it is stored."""
    known = {part.department: part for part in row.reading.parts} if row.reading and sent is None else {}
    forms = {}
    for department in row.departments:
        part = known.get(department.code)
        numbers = {"value": part.value, "numerator": part.numerator, "denominator": part.denominator} if part else {}
        shown = {name: typed_text(number) for name, number in numbers.items() if number is not None}
        forms[department.code] = PartForm(sent, prefix=f"{row.code}-part-{department.code}-", data=shown)
    return forms


def part_drafts(forms: Parts) -> Mapping[str, PartDraft] | None:
    """Give what was typed by department, None where the page that was sent did not ask."""
    return {code: form.draft() for code, form in forms.items()} if any(f.is_shown for f in forms.values()) else None


def stored_in_full(row: Row) -> dict[str, str]:
    """Give the fields of the form of one value; a total that comes from departments is not typed, but computed."""
    shown = stored(row.reading, row.aim)
    if row.reading and row.reading.parts:
        return {name: typed for name, typed in shown.items() if name not in {"value", "numerator", "denominator"}}
    return shown
