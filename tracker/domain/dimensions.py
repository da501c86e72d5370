"""Units as products of powers of base units, so that a formula that mixes or loses a unit is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from tracker.domain.formula import Binary, Constant, Formula, Negative, Operator, Reference, Total, Value


@dataclass(frozen=True, slots=True)
class Dimension:
    """Base units and their powers, none of them zero, in the order of the names; nothing for a plain number."""

    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: "Dimension") -> "Dimension":
        return _product(self, other, 1)

    def __truediv__(self, other: "Dimension") -> "Dimension":
        return _product(self, other, -1)

    def __str__(self) -> str:
        """Write it as ``parse_unit`` reads it: ``kg_co2e/person``, ``1/person``; empty for a plain number."""
        above = list(chain.from_iterable(repeat(name, power) for name, power in self.powers))
        below = list(chain.from_iterable(repeat(name, -power) for name, power in self.powers))
        return "/".join(["*".join(above) or "1", *below]) if self.powers else ""


NONE = Dimension()
"""The dimension of a plain number."""


class Incompatible(ValueError):
    """A sum or a difference of two units; carries the dimension of each side."""

    def __init__(self, left: Dimension, right: Dimension) -> None:
        super().__init__(f"{left} with {right}")
        self.left = left
        self.right = right


class WrongUnit(ValueError):
    """A formula in another unit than its indicator's; carries the dimension found and the one expected."""

    def __init__(self, found: Dimension, expected: Dimension) -> None:
        super().__init__(f"{found} instead of {expected}")
        self.found = found
        self.expected = expected


class UnknownUnit(ValueError):
    """A name in a unit that is not one of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _base(name: str) -> Dimension:
    return Dimension(((name, 1),))


def _product(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = dict(left.powers)
    for name, power in right.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return Dimension(tuple(sorted((name, power) for name, power in powers.items() if power)))


# No unit converts by itself: t_co2e and kg_co2e are strangers, so that a formula shows its « 1000 [kg_co2e/t_co2e] ».
_BASES = {
    name: _base(name)
    for name in (
        "action",
        "contribution",
        "dataset",
        "day",
        "device",
        "eur",
        "gb",
        "hour",
        "kb",
        "kg",
        "kg_co2e",
        "kg_sb_eq",
        "kwh",
        "mb",
        "meeting",
        "month",
        "mwh",
        "operation",
        "person",
        "screen",
        "service",
        "t",
        "t_co2e",
        "tb",
        "year",
    )
}
_PERSON = _BASES["person"]

DIMENSIONS: Mapping[str, Dimension] = {
    "years": _BASES["year"],
    "percent": NONE,
    "t_co2e": _BASES["t_co2e"],
    "kg_co2e_per_person": _BASES["kg_co2e"] / _PERSON,
    "kg_sb_eq": _BASES["kg_sb_eq"],
    "mwh": _BASES["mwh"],
    "devices": _BASES["device"],
    "devices_per_person": _BASES["device"] / _PERSON,
    "screens_per_person": _BASES["screen"] / _PERSON,
    "kg_per_person": _BASES["kg"] / _PERSON,
    "gb_per_person": _BASES["gb"] / _PERSON,
    "unitless": NONE,
    "kb": _BASES["kb"],
    "days": _BASES["day"],
    "hours": _BASES["hour"],
    "score_10": NONE,
    "score_1000": NONE,
    # An authority counts its staff in heads or in full-time equivalents: a figure « par agent » is divided by either.
    "people": _PERSON,
    "fte": _PERSON,
    "operations": _BASES["operation"],
    "datasets": _BASES["dataset"],
    "contributions": _BASES["contribution"],
    "meetings": _BASES["meeting"],
    "eur": _BASES["eur"],
    "services": _BASES["service"],
    "actions": _BASES["action"],
    "yes_no": NONE,
}
"""The dimension of each unit that an indicator may have."""

_NAMED = {"1": NONE, **DIMENSIONS, **_BASES}


def dimension_of_unit(code: str) -> Dimension:
    """Give the dimension of an indicator's unit; a code that is not ours is a base unit of its own."""
    return DIMENSIONS[code] if code in DIMENSIONS else _base(code)


def parse_unit(text: str) -> Dimension:
    """Read what stands in the brackets of a constant: names joined by ``*`` and ``/``, as in ``kg_co2e/t_co2e``.

    A name is a base unit, the code of an indicator's unit, or ``1``. It reads from the left: ``a/b*c`` divides a by b,
    then multiplies by c.

    Raises:
        UnknownUnit: with the first name that is none of these, or all of ``text`` where a name is missing.
    """
    found = NONE
    first, *others = re.split(r"([*/])", text.lower())
    for sign, part in [("*", first), *zip(others[::2], others[1::2], strict=True)]:
        name = part.strip()
        if name not in _NAMED:
            raise UnknownUnit(name or text.strip())
        found = found / _NAMED[name] if sign == "/" else found * _NAMED[name]
    return found


def dimension_of(formula: Formula, units: Mapping[str, str]) -> Dimension:
    """Give the dimension that ``formula`` comes to; ``units`` has the unit code of each indicator it names.

    Raises:
        Incompatible: where a sum or a difference mixes two units; a constant without a unit is a plain number.
        KeyError: where an indicator has no unit in ``units``.
        UnknownUnit: where the unit of a constant has a name that is not ours.
    """
    match formula:
        case Constant(_, unit):
            return parse_unit(unit) if unit else NONE
        case Value(code) | Reference(code):
            return dimension_of_unit(units[code])
        case Negative(operand):
            return dimension_of(operand, units)
        case Total(parts):
            first, *others = [dimension_of(part, units) for part in parts]
            for other in others:
                _check_same(first, other)
            return first
        case Binary(operator, left, right):
            return _joined(operator, dimension_of(left, units), dimension_of(right, units))


def check_units(formula: Formula, unit: str, units: Mapping[str, str]) -> None:
    """Check that ``formula`` comes to the unit code ``unit`` of its indicator.

    Raises:
        Incompatible: where a sum or a difference mixes two units.
        WrongUnit: where the formula comes to something else.
        KeyError, UnknownUnit: as in ``dimension_of``.
    """
    found = dimension_of(formula, units)
    expected = dimension_of_unit(unit)
    if found != expected:
        raise WrongUnit(found, expected)


def _joined(operator: Operator, left: Dimension, right: Dimension) -> Dimension:
    match operator:
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return left / right
        case Operator.ADD | Operator.SUBTRACT:
            _check_same(left, right)
            return left


def _check_same(left: Dimension, right: Dimension) -> None:
    if left != right:
        raise Incompatible(left, right)
