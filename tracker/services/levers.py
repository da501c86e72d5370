"""What was typed of a scenario, field by field under the names of its address, as levers and as one canonical text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.errors import ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.numbers import plain_text
from tracker.domain.scenarios import Lever, Levers
from tracker.services.typed import Typed

NEAREST, FARTHEST, USUAL = 1, 20, 6
"""Years from today to a horizon: at least, at most, and where nobody told."""

OWN: Mapping[str, tuple[int, int]] = {
    "vie": (0, 50),
    "parc": (0, 1_000_000),
    "reconditionne": (0, 100),
    "prix": (0, 1_000_000),
    "prix-reconditionne": (0, 1_000_000),
}
"""The fields of a category, each with the least and the most that can be typed."""

SHARED: Mapping[str, tuple[int, int]] = {
    "electricite": (0, 5),
    "heures": (0, 1000),
    "poids": (0, 100),
    "reduction": (0, 99),
}
"""The fields for all categories."""

HORIZON = "horizon"
NAMES = frozenset({HORIZON, *SHARED, *(f"{category}.{name}" for category in EquipmentCategory for name in OWN)})
"""Every field that there is."""

_SHORTEST = Decimal("0.5")
_LEAST = {"vie": _SHORTEST}


@dataclass(frozen=True, slots=True)
class ReadLevers:
    """A scenario as it was read: its levers, its last year, the reduction that is looked for, None without one.

    ``told`` is what moves something, as plain numbers by the names of the address.
    """

    levers: Levers
    last_year: int
    reduction: Decimal | None
    told: Mapping[str, str]


def field_of(category: EquipmentCategory, name: str) -> str:
    """Give the name of a field of a category in an address."""
    return f"{category}.{name}"


def read(fields: Mapping[str, str], today: date, *, has_comma_groups: bool = False) -> ReadLevers:
    """Read a scenario; a blank field leaves things as they are today, and what is no field is passed over.

    Raises:
        Invalid: for what is no number, or out of what can be.
    """
    typed = Typed(has_comma_groups=has_comma_groups)
    found: dict[str, Decimal] = {}
    kept: dict[EquipmentCategory, Lever] = {}
    for category in EquipmentCategory:
        own = {name: _number(typed, fields, field_of(category, name), name, OWN[name], found) for name in OWN}
        if any(number is not None for number in own.values()):
            fleet = own["parc"]
            kept[category] = Lever(
                life=own["vie"],
                reconditioned=own["reconditionne"],
                fleet=None if fleet is None else int(fleet),
                price=own["prix"],
                reconditioned_price=own["prix-reconditionne"],
            )
    shared = {name: _number(typed, fields, name, name, SHARED[name], found) for name in SHARED}
    first, last = today.year + NEAREST, today.year + FARTHEST
    horizon = _number(typed, fields, HORIZON, HORIZON, (first, last), found)
    typed.end()
    levers = Levers(kept, shared["electricite"], shared["heures"], shared["poids"])
    told = {name: plain_text(number) for name, number in found.items()}
    last_year = today.year + USUAL if horizon is None else int(horizon)
    return ReadLevers(levers, last_year, shared["reduction"], told)


def written(told: Mapping[str, str]) -> str:
    """Write what moves something as the one text that it has."""
    return json.dumps(dict(told), sort_keys=True, separators=(",", ":"))


def read_again(content: str) -> Mapping[str, str]:
    """Read that text back."""
    told: Mapping[str, str] = json.loads(content)
    return told


def _number(
    typed: Typed,
    fields: Mapping[str, str],
    where: str,
    name: str,
    bounds: tuple[int, int],
    found: dict[str, Decimal],
) -> Decimal | None:
    """Read a field between its bounds, noted in ``found`` if it tells something."""
    number = typed.number(where, fields.get(where, ""))
    if number is None:
        return None
    low, high = _LEAST.get(name, Decimal(bounds[0])), Decimal(bounds[1])
    is_counted = name in {"parc", HORIZON}
    if not low <= number <= high or (is_counted and number != number.to_integral_value()):
        code = ProblemCode.LEVER_NOT_WHOLE if is_counted else ProblemCode.LEVER_OUT_OF_RANGE
        if name == HORIZON:
            typed.refuse(where, code, low=str(low), high=str(high))
        else:
            typed.refuse(where, code, low=low, high=high)
        return None
    found[where] = number
    return number
