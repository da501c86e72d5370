"""The forms of the settings. Each names its fields after itself, so that two of them can stand on one page."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.bilingual import Bilingual
from tracker.domain.methods import Method
from tracker.domain.numbers import typed_text, whole_number
from tracker.domain.records import STALE_AFTER_MONTHS, Aim
from tracker.domain.targets import HUNDRED, Target
from tracker.domain.vocabulary import BaselineState, Better, Comparator, TargetBasis, TargetPath
from tracker.labels import current, say, short_day, text, word
from tracker.services.baselines import BaselineDraft
from tracker.services.configuration import AimSheet, IndicatorSheet
from tracker.services.methods import MethodDraft
from tracker.services.practices import PracticeDraft
from tracker.services.settings import NONE, SettingDraft
from tracker.services.targets import TargetDraft
from tracker.store.models import IndicatorSetting


class ShownForm(Form):
    """A form whose effect is shown before it is written: ``shown`` names what the effect on the page is about."""

    name = ""
    shown = HiddenField()
    seen = HiddenField()
    reason = TextAreaField()

    def __init__(self, formdata: Any = None, **values: Any) -> None:
        super().__init__(formdata, prefix=f"{self.name}-", **values)

    @property
    def digest(self) -> str:
        """Give a mark of what is typed: the same for the same fields."""
        fields = [field for field in self if field.short_name != "shown"]
        told = "\x1f".join(f"{field.short_name}={field.data or ''}".replace("\r\n", "\n").strip() for field in fields)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def is_shown(self) -> bool:
        """Tell whether the effect on the page was that of what is typed now."""
        return bool(self.shown.data == self.digest)

    @property
    def version(self) -> int:
        """Give the version that was on the screen, -1 for what is not one."""
        version = whole_number(self.seen.data or "0")
        return -1 if version is None else version

    def typed(self, *names: str) -> dict[str, str]:
        """Give the text of the fields ``names``."""
        return {name: self[name].data or "" for name in names}


class BaselineForm(ShownForm):
    """The value of departure, where it comes from, and from when it counts."""

    name = "reference"
    state = SelectField(validate_choice=False)
    value = StringField()
    year = StringField()
    source = TextAreaField()
    in_force_from = StringField()

    def __init__(self, formdata: Any = None, **values: Any) -> None:
        super().__init__(formdata, **values)
        self.state.choices = [(state.value, word(state)) for state in BaselineState]

    def draft(self) -> BaselineDraft:
        """Give what was typed."""
        told = self.typed("state", "value", "year", "source", "reason", "in_force_from")
        return BaselineDraft(**told, seen=self.version, has_comma_groups=current() == "en")


class TargetForm(ShownForm):
    """A version of a target, and the decision that sets it."""

    name = "cible"
    basis = SelectField(validate_choice=False)
    comparator = SelectField(validate_choice=False)
    value = StringField()
    upper = StringField()
    start = StringField()
    start_year = StringField()
    horizon_year = StringField()
    path = SelectField(validate_choice=False)
    points = TextAreaField()
    in_force_from = StringField()
    deliberation = SelectField(validate_choice=False)
    title = StringField()
    decided_on = StringField()

    def __init__(self, formdata: Any = None, **values: Any) -> None:
        super().__init__(formdata, **values)
        self.basis.choices = [(code.value, word(code)) for code in TargetBasis]
        self.comparator.choices = [(code.value, word(code)) for code in Comparator]
        self.path.choices = [(code.value, word(code)) for code in TargetPath]

    def offer(self, sheet: AimSheet) -> None:
        """Fill the choices of the decision, the latest first."""
        texts = [
            (row.reference, text("Délibération {number} du {on}", number=row.number, on=short_day(row.adopted_on)))
            for row in reversed(sheet.deliberations)
        ]
        self.deliberation.choices = [("", text("une autre décision, nommée ci-dessous")), *texts]

    def draft(self) -> TargetDraft:
        """Give what was typed."""
        names = ("basis", "comparator", "value", "upper", "start", "start_year", "horizon_year", "path", "points")
        decision = ("in_force_from", "deliberation", "title", "decided_on", "reason")
        return TargetDraft(**self.typed(*names, *decision), seen=self.version, has_comma_groups=current() == "en")


class SettingForm(ShownForm):
    """How an indicator is judged."""

    name = "reglage"
    better = SelectField(validate_choice=False)
    tolerance = StringField()
    companion = SelectField(validate_choice=False)

    def offer(self, sheet: IndicatorSheet) -> None:
        """Fill the choices, the catalogue's own first."""
        usual = text("comme le catalogue : {choice}", choice=word(sheet.catalogue_better))
        self.better.choices = [("", usual), *((code.value, word(code)) for code in Better)]
        proposed = sheet.names.get(sheet.row.companion)
        name = named(sheet.row.companion, sheet) if proposed else text("aucun")
        others = [(row.code, named(row.code, sheet)) for row in sheet.amounts]
        self.companion.choices = [
            ("", text("comme le catalogue : {choice}", choice=name)),
            (NONE, text("aucun")),
            *others,
        ]

    def draft(self) -> SettingDraft:
        """Give what was typed."""
        told = self.typed("better", "tolerance", "companion", "reason")
        return SettingDraft(**told, seen=self.version, has_comma_groups=current() == "en")


class MethodForm(ShownForm):
    """How an indicator is obtained."""

    name = "methode"
    formula = TextAreaField()
    description = TextAreaField()
    in_force_from = StringField()

    def draft(self) -> MethodDraft:
        """Give what was typed."""
        return MethodDraft(**self.typed("formula", "description", "in_force_from", "reason"), seen=self.version)


class PracticeForm(ShownForm):
    """How long a continuous practice may be quiet."""

    name = "sommeil"
    months = StringField()

    def draft(self) -> PracticeDraft:
        """Give what was typed."""
        return PracticeDraft(**self.typed("months", "reason"), seen=self.version)


def named(code: str, sheet: IndicatorSheet) -> str:
    """Say an indicator by its code and its name."""
    row = sheet.names[code]
    return f"{code}, {say(Bilingual(row.name_fr, row.name_en))}"


def stored_baseline(aim: Aim, year: int, *, is_frozen: bool) -> dict[str, str]:
    """Give the fields that show the baseline last decided; a frozen one is replaced from ``year`` on."""
    base = aim.baseline
    if base is None:
        return {"seen": "0", "state": BaselineState.PROPOSED}
    return {
        "seen": str(base.version),
        "state": base.state,
        "value": "" if base.value is None else typed_text(base.value),
        "year": str(base.year or ""),
        "source": base.source,
        "in_force_from": str(year) if is_frozen else "",
    }


def offered_baseline(asked: Mapping[str, str]) -> dict[str, str]:
    """Give the fields of the baseline that an address proposes (``valeur``, ``an``, ``source``), none without one."""
    if not asked.get("valeur"):
        return {}
    told = {"value": "valeur", "year": "an", "source": "source"}
    return {"state": BaselineState.PROPOSED} | {name: asked.get(written, "") for name, written in told.items()}


def stored_target(sheet: AimSheet, year: int) -> dict[str, str]:
    """Give the fields that show the target last decided, for a new version that counts from ``year``."""
    if not sheet.revisions:
        first = Comparator.AT_MOST if sheet.aim.indicator.better is Better.DOWN else Comparator.AT_LEAST
        return {"seen": "0", "comparator": first, "path": TargetPath.LINEAR, "in_force_from": str(year)}
    target: Target = sheet.revisions[0][0]
    numbers = {"value": target.value, "upper": target.upper, "start": target.start}
    return {
        "seen": str(target.version),
        "basis": target.basis,
        "comparator": target.comparator,
        **{name: "" if number is None else typed_text(number) for name, number in numbers.items()},
        "start_year": str(target.start_year or ""),
        "horizon_year": str(target.horizon_year or ""),
        "path": target.path,
        "points": "\n".join(f"{point.year} : {typed_text(point.value)}" for point in target.points),
        "in_force_from": str(year),
    }


def stored_setting(settings: Iterable[IndicatorSetting]) -> dict[str, str]:
    """Give the fields that show the setting in use."""
    last = next(iter(settings), None)
    if last is None:
        return {"seen": "0"}
    return {
        "seen": str(last.version),
        "better": last.better or "",
        "tolerance": "" if last.tolerance is None else typed_text(last.tolerance * HUNDRED),
        "companion": "" if last.companion is None else last.companion or NONE,
    }


def stored_method(method: Method, year: int) -> dict[str, str]:
    """Give the fields that show the method in use, for another one that counts from ``year``."""
    return {
        "seen": str(method.version),
        "formula": method.written,
        "description": method.description,
        "in_force_from": str(year),
    }


def stored_practice(months: int) -> dict[str, str]:
    """Give the fields that show the months in use."""
    return {"seen": str(months), "months": "" if months == STALE_AFTER_MONTHS else str(months)}
