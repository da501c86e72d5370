"""The formulas of computed indicators: a closed tree, its exact value, and the order to compute several in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from tracker.domain.numbers import MAX_DECIMALS, MAX_INTEGER_DIGITS, plain_text, typed_text

_STEPS_IN_ONE = 10**MAX_DECIMALS
_TOO_MANY_STEPS = 10 ** (MAX_INTEGER_DIGITS + MAX_DECIMALS)
_READABLE_DIGITS = 100  # far beyond what is stored, and short of numbers so long that computing them would hang


class Operator(StrEnum):
    """What joins two parts, as it is written."""

    ADD = "+"
    SUBTRACT = "−"
    MULTIPLY = "×"
    DIVIDE = "/"


_SUMS = frozenset({Operator.ADD, Operator.SUBTRACT})


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the formula itself, and its unit as ``str(Dimension)`` writes it, empty for none.

    Raises:
        ValueError: where ``value`` is negative (a sign is a ``Negative``) or has more digits than a formula may hold.
    """

    value: Decimal
    unit: str = ""

    def __post_init__(self) -> None:
        is_whole_part_readable = self.value.is_finite() and 0 <= self.value < Decimal(10**MAX_INTEGER_DIGITS)
        if not is_whole_part_readable or len(plain_text(self.value).partition(".")[2]) > MAX_DECIMALS:
            raise ValueError("not a constant that a formula may hold")


@dataclass(frozen=True, slots=True)
class Value:
    """The value of the indicator ``code`` for the year that is computed."""

    code: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The baseline of the indicator ``code`` in the organisation, whatever the year."""

    code: str


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts and what joins them."""

    operator: Operator
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of a part."""

    operand: "Formula"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a list of at least one part."""

    parts: "tuple[Formula, ...]"

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a total of nothing")


Formula = Constant | Value | Reference | Binary | Negative | Total


@dataclass(frozen=True, slots=True)
class Missing:
    """An input without a value: the year's value of ``code``, or its baseline."""

    code: str
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula comes to, in the unit of its indicator, to 6 decimals; or why it comes to nothing.

    Without a value, an input is missing, or something is divided by zero, or else the result is too large to keep.
    """

    value: Decimal | None = None
    missing: tuple[Missing, ...] = ()
    is_division_by_zero: bool = False


class Cycle(ValueError):
    """Formulas that need one another; ``path`` goes round the loop, from a code back to itself."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" → ".join(path))
        self.path = path


def inputs(formula: Formula) -> tuple[str, ...]:
    """Give the codes that ``formula`` names, baselines included, once each, in the order in which they appear."""
    return tuple(dict.fromkeys(leaf.code for leaf in _leaves(formula) if not isinstance(leaf, Constant)))


def evaluate(formula: Formula, values: Mapping[str, Decimal], references: Mapping[str, Decimal]) -> Outcome:
    """Compute ``formula`` from the year's ``values`` and the baselines ``references``, by code, each in its own unit.

    A missing input is never zero: nothing is computed, and every missing one is listed. Whether something is divided
    by zero is told only when nothing is missing.
    """
    leaves = dict.fromkeys(_leaves(formula))
    missing = tuple(
        Missing(leaf.code, isinstance(leaf, Reference))
        for leaf in leaves
        if (isinstance(leaf, Value) and leaf.code not in values)
        or (isinstance(leaf, Reference) and leaf.code not in references)
    )
    if missing:
        return Outcome(missing=missing)
    try:
        return Outcome(_rounded(_exact(formula, values, references)))
    except ZeroDivisionError:
        return Outcome(is_division_by_zero=True)
    except OverflowError:
        return Outcome()


def order(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """Give the codes of ``formulas`` so that each comes after those it is computed from.

    A baseline is stored, not computed: it makes no code wait for another.

    Raises:
        Cycle: with one loop, from the code of it that ``formulas`` gives first.
    """
    needs = {
        code: [leaf.code for leaf in _leaves(formula) if isinstance(leaf, Value) and leaf.code in formulas]
        for code, formula in formulas.items()
    }
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        loop = tuple(reversed(error.args[1]))[:-1]
        start = loop.index(next(code for code in formulas if code in loop))
        raise Cycle((*loop[start:], *loop[:start], loop[start])) from None


def written(formula: Formula) -> str:
    """Write ``formula`` in the one spelling that reads back as an equal tree: French words, decimal comma."""
    match formula:
        case Constant(value, unit):
            return f"{typed_text(value)} [{unit}]" if unit else typed_text(value)
        case Value(code):
            return code
        case Reference(code):
            return f"référence({code})"
        case Total(parts):
            return f"somme({' ; '.join(written(part) for part in parts)})"
        case Negative(operand):
            return f"−({written(operand)})" if isinstance(operand, Binary | Negative) else f"−{written(operand)}"
        case Binary(operator, left, right):
            is_product = operator not in _SUMS
            shown_left = _enclosed(left) if is_product and _is_sum(left) else written(left)
            # a − (b + c), a / (b × c): a right part of the same rank stands in parentheses; so does a sign
            is_right_apart = isinstance(right, Negative) or _is_sum(right) or (is_product and isinstance(right, Binary))
            return f"{shown_left} {operator} {_enclosed(right) if is_right_apart else written(right)}"


def _enclosed(formula: Formula) -> str:
    return f"({written(formula)})"


def _is_sum(formula: Formula) -> bool:
    return isinstance(formula, Binary) and formula.operator in _SUMS


def _leaves(formula: Formula) -> Iterator[Constant | Value | Reference]:
    waiting = [formula]
    while waiting:
        match waiting.pop():
            case Binary(_, left, right):
                waiting += [right, left]
            case Negative(operand):
                waiting.append(operand)
            case Total(parts):
                waiting += reversed(parts)
            case leaf:
                yield leaf


def _exact(formula: Formula, values: Mapping[str, Decimal], references: Mapping[str, Decimal]) -> Fraction:
    """Compute without any rounding, so that 1 / (a / 3 × 3 − a) is a division by zero and not a huge number."""
    match formula:
        case Constant(value):
            return Fraction(value)
        case Value(code):
            return _fraction(values[code])
        case Reference(code):
            return _fraction(references[code])
        case Negative(operand):
            return -_exact(operand, values, references)
        case Total(parts):
            return sum((_exact(part, values, references) for part in parts), Fraction(0))
        case Binary(operator, left, right):
            return _joined(operator, _exact(left, values, references), _exact(right, values, references))


def _joined(operator: Operator, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return left / right


def _fraction(value: Decimal) -> Fraction:
    if not value.is_finite() or abs(value.adjusted()) > _READABLE_DIGITS:
        raise OverflowError
    return Fraction(value)


def _rounded(exact: Fraction) -> Decimal:
    """Round half to even at 6 decimals; independent of the decimal context, whose precision could be lower."""
    steps = round(exact * _STEPS_IN_ONE)
    if abs(steps) >= _TOO_MANY_STEPS:
        raise OverflowError
    return Decimal(plain_text(Decimal(f"{steps}E-{MAX_DECIMALS}")))
