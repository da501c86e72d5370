"""Sums written out: the numbers put in, the operations between them, and what they come to."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tracker.domain.formula import Binary, Constant, Formula, Negative, Operator, Reference, Total, Value, evaluate
from tracker.domain.numbers import MAX_DECIMALS
from tracker.domain.records import Reading
from tracker.domain.targets import HUNDRED, Target
from tracker.domain.vocabulary import TargetBasis
from tracker.labels.formats import number
from tracker.labels.language import semicolon, text

Leaf = Callable[[Value | Reference], str]
"""Writes a leaf of a formula that is not a constant."""

Numbers = Mapping[str, Decimal]

_ENLARGED = Decimal(10**14)
_SUMS = frozenset({Operator.ADD, Operator.SUBTRACT})
_STEP = Decimal(1).scaleb(-MAX_DECIMALS)


def operand(value: Decimal) -> str:
    """Write a number inside a sum, with all its decimals; a negative one stands in parentheses."""
    return f"({number(value)})" if value < 0 else number(value)


def outcome(exact: Fraction) -> str:
    """Write « = » and what a sum comes to, « ≈ » where it takes more decimals than are kept."""
    kept = Decimal(round(exact * 10**MAX_DECIMALS)).scaleb(-MAX_DECIMALS)
    return f"{'=' if Fraction(kept) == exact else '≈'}\u00a0{number(kept)}"


def threshold_sum(target: Target, base: Decimal) -> str:
    """Write how a relative target comes to the unit: « 5 + |5| × 25 / 100 = 6,25 », both ends of a band."""
    ends = [target.value, *([] if target.upper is None else [target.upper])]
    return semicolon().join(_end(target, base, written) for written in ends)


def _end(target: Target, base: Decimal, written: Decimal) -> str:
    start = Fraction(base)
    if target.basis is TargetBasis.RELATIVE_PERCENT:
        came = outcome(start + abs(start) * Fraction(written) / Fraction(HUNDRED))
        return f"{number(base)} + |{number(base)}| × {operand(written)} / 100 {came}"
    return f"{number(base)} + {operand(written)} {outcome(start + Fraction(written))}"


def progress_sum(value: Decimal, base: Decimal, target: Decimal) -> str:
    """Write the share of the way done: « (5,4 − 5) ÷ (6 − 5) = 0,4 »."""
    share = Fraction(value - base) / Fraction(target - base)
    way = f"({number(value)} − {operand(base)}) ÷ ({number(target)} − {operand(base)})"
    return f"{way} {outcome(share)}"


def line_sum(before: tuple[int, Decimal], after: tuple[int, Decimal], year: int) -> str:
    """Write the value that the straight line between two dated values gives ``year``."""
    (start, low), (end, high) = before, after
    exact = Fraction(low) + Fraction(high - low) * Fraction(year - start, end - start)
    way = f"({number(high)} − {operand(low)}) × ({year} − {start}) ÷ ({end} − {start})"
    return f"{number(low)} + {way} {outcome(exact)}"


def ratio_sum(reading: Reading, *, is_percent: bool) -> str:
    """Write a ratio from its two terms; without a result where the value kept is not what they come to."""
    assert reading.numerator is not None and reading.denominator is not None  # noqa: S101, PT018 - the caller has looked
    terms = f"{operand(reading.numerator)} ÷ {operand(reading.denominator)}"
    written = f"100 × {terms}" if is_percent else terms
    if not reading.denominator or reading.value is None:
        return written
    exact = Fraction(reading.numerator) / Fraction(reading.denominator) * (100 if is_percent else 1)
    kept = Decimal(round(exact * 10**MAX_DECIMALS)).scaleb(-MAX_DECIMALS)
    is_same = kept == reading.value.quantize(_STEP, rounding=ROUND_HALF_EVEN)
    return f"{written} {outcome(exact)}" if is_same else written


def spelled(formula: Formula, leaf: Leaf) -> str:
    """Write ``formula`` for a reader, each of its inputs as ``leaf`` says; parentheses only where they count."""
    match formula:
        case Constant(value):
            return number(value)
        case Value() | Reference():
            return leaf(formula)
        case Total(parts):
            added = semicolon().join(spelled(part, leaf) for part in parts)
            return text("somme({parts})", parts=added)
        case Negative(part):
            return f"−{_apart(part, leaf, isinstance(part, Binary | Negative))}"
        case Binary(operator, left, right):
            is_product = operator not in _SUMS
            before = _apart(left, leaf, is_product and _is_sum(left))
            is_right_apart = isinstance(right, Negative) or _is_sum(right) or (is_product and isinstance(right, Binary))
            return f"{before} {operator} {_apart(right, leaf, is_right_apart)}"


def is_exact(formula: Formula, values: Numbers, references: Numbers, kept: Decimal) -> bool:
    """Tell whether ``formula`` comes to ``kept`` exactly, and not only to the decimals that are kept (to 20)."""
    away = Binary(Operator.ADD if kept < 0 else Operator.SUBTRACT, formula, Constant(abs(kept)))
    return evaluate(Binary(Operator.MULTIPLY, Constant(_ENLARGED), away), values, references).value == 0


def _apart(part: Formula, leaf: Leaf, is_apart: bool) -> str:
    shown = spelled(part, leaf)
    return f"({shown})" if is_apart else shown


def _is_sum(part: Formula) -> bool:
    return isinstance(part, Binary) and part.operator in _SUMS


def by_name(leaf: Value | Reference) -> str:
    """Write an input by its code, a baseline as such."""
    return text("référence({code})", code=leaf.code) if isinstance(leaf, Reference) else leaf.code
