"""The forms of the footprint: a factor of the authority's own, an amount entered for a year."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.factors import THOUSAND
from tracker.domain.footprint import Amount, AmountScope, AmountTool
from tracker.domain.numbers import typed_text, whole_number
from tracker.labels import current, word
from tracker.services.carbon_amounts import AmountDraft
from tracker.services.carbon_factors import FactorDraft, FactorSheet
from tracker.services.measured_lives import MeasuredLife


class FactorForm(Form):
    """A factor: its value and range, where it comes from, why it is set; ``seen`` is the version that was shown."""

    seen = HiddenField()
    value = StringField()
    low = StringField()
    high = StringField()
    source = StringField()
    reason = TextAreaField()

    def draft(self) -> FactorDraft:
        """Give what was typed."""
        told = {name: self[name].data or "" for name in ("value", "low", "high", "source", "reason")}
        return FactorDraft(**told, seen=_version(self.seen.data), has_comma_groups=current() == "en")


class AmountForm(Form):
    """An amount; ``number`` is empty for a new one, ``seen`` the version that was on the screen."""

    number = HiddenField()
    seen = HiddenField()
    scope = SelectField(validate_choice=False, choices=[])
    tool = SelectField(validate_choice=False, choices=[])
    name = StringField()
    carbon = StringField()
    low = StringField()
    high = StringField()
    resources = StringField()
    energy = StringField()
    source = TextAreaField()
    is_withdrawn = BooleanField(false_values=("",))

    def offer(self) -> None:
        """Fill the choices."""
        self.scope.choices = [(code.value, word(code)) for code in AmountScope]
        self.tool.choices = [(code.value, word(code)) for code in AmountTool]

    def draft(self) -> AmountDraft:
        """Give what was typed."""
        names = ("scope", "tool", "name", "carbon", "low", "high", "resources", "energy", "source")
        return AmountDraft(
            **{name: self[name].data or "" for name in names},
            is_withdrawn=bool(self.is_withdrawn.data),
            seen=_version(self.seen.data),
            has_comma_groups=current() == "en",
        )


def stored_factor(sheet: FactorSheet) -> dict[str, Any]:
    """Give the fields that show the authority's own factor, empty where it has none."""
    newest = sheet.versions[0] if sheet.versions else None
    if newest is None or newest.value is None:
        return {"seen": str(sheet.seen)}
    low, high = _bounds(newest.value, newest.low, newest.high)
    numbers = {"value": newest.value, "low": low, "high": high}
    told = {name: "" if one is None else typed_text(one) for name, one in numbers.items()}
    return {"seen": str(sheet.seen), "source": newest.source_fr, **told}


def measured_factor(sheet: FactorSheet, life: MeasuredLife) -> dict[str, Any]:
    """Give the fields that propose the life that the estate itself shows; its reason is still to be given."""
    value = "" if life.years is None else typed_text(life.years)
    return {"seen": str(sheet.seen), "value": value, "source": life.source}


def stored_amount(amount: Amount) -> dict[str, Any]:
    """Give the fields that show an amount, in t CO2e, kg Sb eq. and MWh."""
    low, high = _bounds(amount.carbon.value, amount.carbon.low, amount.carbon.high)
    numbers = {
        "carbon": amount.carbon.value / THOUSAND,
        "low": None if low is None else low / THOUSAND,
        "high": None if high is None else high / THOUSAND,
        "resources": amount.resources,
        "energy": None if amount.energy is None else amount.energy / THOUSAND,
    }
    return {
        "number": str(amount.number),
        "seen": str(amount.version),
        "scope": amount.scope.value,
        "tool": amount.tool.value,
        "name": amount.name,
        "source": amount.source,
        **{name: "" if one is None else typed_text(one) for name, one in numbers.items()},
    }


def _bounds(value: Decimal, low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Give the bounds that say something: one that is the value was left blank, and follows it when it changes."""
    return None if low == value else low, None if high == value else high


def _version(written: str | None) -> int:
    """Read a version from a hidden field, -1 for what is none."""
    version = whole_number(written or "0")
    return -1 if version is None else version
