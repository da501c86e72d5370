"""Numbers as French officers write them, to exact decimals; what can be read in two ways is refused."""

import re
from decimal import Decimal

from tracker.domain.errors import AnyProblem, Problem, ProblemCode

MAX_INTEGER_DIGITS = 15
MAX_DECIMALS = 6
_SPACES = dict.fromkeys(map(ord, "\u0020\u00a0\u2007\u2009\u202f"), None)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_PLAIN = re.compile(r"[+-]?(\d+)(?:([.,])(\d+))?", re.ASCII)
_GROUPED = re.compile(r"([+-]?)(\d{1,3})((?:([.,])\d{3})(?:\4\d{3})*)(?:(?!\4)[.,](\d+))?", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[\u0020\u00a0\u2007\u2009\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_ANY_SPACE = re.compile(r"[\u0020\u00a0\u2007\u2009\u202f]")


class UnreadableNumber(ValueError):
    """A text that is not one number; carries the problem to show beside it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def parse_number(
    text: str, *, where: str = "value", is_percent: bool = False, has_comma_groups: bool = False
) -> Decimal:
    """Read ``text`` as one exact number.

    Accepts ``5,4``, ``5.4``, ``1 234,5`` with plain, no-break or narrow spaces, ``1.234,5``, ``−25`` and,
    when ``is_percent``, a trailing ``%``. Refuses words, exponents, NaN, infinities, ``1.234`` (1,234 or
    1 234?) and more than 15 digits before or 6 after the mark. ``has_comma_groups`` says that the writer's
    language groups thousands with commas: ``1,234`` is then refused too. A number that is right but for its ``%``
    is told so.

    Raises:
        UnreadableNumber: with the field ``where`` and the reason.
    """
    original = text.strip()
    written = original.translate(_MINUS)
    if written.endswith("%"):
        written = written.removesuffix("%").rstrip("\u0020\u00a0\u2007\u2009\u202f")
        if not is_percent:
            raise _refuse(where, _code_of_percentage(written, has_comma_groups=has_comma_groups), original)
    if _ANY_SPACE.search(written) and not _SPACED.fullmatch(written):
        raise _refuse(where, ProblemCode.NOT_A_NUMBER, original)
    bare = written.translate(_SPACES)
    grouped = _GROUPED.fullmatch(bare)
    if grouped and _is_ambiguous(grouped, ".," if has_comma_groups else "."):
        raise _ambiguous(where, original, bare, has_comma_groups=has_comma_groups)
    if grouped and grouped[5] is not None:
        bare = grouped[1] + grouped[2] + re.sub(r"[.,]", "", grouped[3]) + "." + grouped[5]
    elif grouped and grouped[3].count(grouped[4]) > 1:
        bare = grouped[1] + grouped[2] + re.sub(r"[.,]", "", grouped[3])
    plain = _PLAIN.fullmatch(bare)
    if plain is None:
        raise _refuse(where, ProblemCode.NOT_A_NUMBER, original)
    if len(plain[1].lstrip("0")) > MAX_INTEGER_DIGITS or len(plain[3] or "") > MAX_DECIMALS:
        raise _refuse(where, ProblemCode.NUMBER_TOO_LONG, original)
    return Decimal(bare.replace(",", "."))


def whole_number(text: str | None, digits: int = 9) -> int | None:
    """Read a whole number of ``digits`` digits at most, as an address or a hidden field has it; None for all else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None


def _code_of_percentage(written: str, *, has_comma_groups: bool) -> ProblemCode:
    """Say what is wrong with ``written`` and a ``%`` where none goes: the sign alone, or the number too."""
    try:
        parse_number(written, has_comma_groups=has_comma_groups)
    except UnreadableNumber:
        return ProblemCode.NOT_A_NUMBER
    return ProblemCode.NOT_A_PERCENTAGE


def _is_ambiguous(grouped: "re.Match[str]", marks: str) -> bool:
    """``1.234`` reads as 1,234 or 1 234; ``0.234`` and ``1.234.567`` read in one way only."""
    return grouped[5] is None and len(grouped[3]) == 4 and grouped[2] != "0" and grouped[4] in marks


def _ambiguous(where: str, original: str, bare: str, *, has_comma_groups: bool) -> UnreadableNumber:
    """Quote both readings, each as a number that will be accepted."""
    whole, decimals = re.split(r"[.,]", bare)
    decimal = f"{whole},{decimals}0" if has_comma_groups else f"{whole},{decimals}"
    readings = {"text": original, "decimal": decimal, "grouped": f"{whole}\u202f{decimals}"}
    return UnreadableNumber(Problem(where, ProblemCode.AMBIGUOUS_NUMBER, readings))


def _refuse(where: str, code: AnyProblem, text: str) -> UnreadableNumber:
    return UnreadableNumber(Problem(where, code, {"text": text[:40]}))


def plain_text(value: Decimal) -> str:
    """Write ``value`` with a decimal point, no exponent and no trailing zero: one number, one text."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def typed_text(value: Decimal) -> str:
    """Write ``value`` as a form shows it: decimal comma, no grouping, and never ``1,234``, which reads in two ways."""
    text = plain_text(value).replace(".", ",")
    return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", text) else text
