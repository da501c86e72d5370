"""Reads the formulas that officers write for computed indicators: text in, tree out, and no code is ever run."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import accumulate

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from tracker.domain.dimensions import (
    DIMENSIONS,
    NONE,
    Dimension,
    Incompatible,
    UnknownUnit,
    WrongUnit,
    check_units,
    parse_unit,
)
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.formula import (
    Binary,
    Constant,
    Cycle,
    Formula,
    Negative,
    Operator,
    Reference,
    Total,
    Value,
    inputs,
    order,
    written,
)
from tracker.domain.numbers import UnreadableNumber, parse_number
from tracker.domain.texts import tidy
from tracker.labels.units import UNITS, unit_name

MAX_CHARACTERS = 500
MAX_DEPTH = 30

# A code ends with its first digits, so that SOB-01-SOB-02 and SOB-01-2 are differences. One sign at most stands before
# a part: without parentheses, nothing nests.
_GRAMMAR = r"""
?sum: product
    | sum "+" product -> add
    | sum _MINUS product -> subtract
?product: signed
    | product _TIMES signed -> multiply
    | product _PER signed -> divide
?signed: part
    | _MINUS part -> negative
?part: NUMBER [UNIT] -> constant
    | CODE -> value
    | _REFERENCE "(" CODE ")" -> reference
    | _TOTAL "(" sum (";" sum)* ")" -> total
    | "(" sum ")"

CODE.2: /[A-Za-z]+([-\u2010\u2011][A-Za-z]+)*[-\u2010\u2011][0-9]+(?!\w)/
NUMBER: /[0-9]{1,3}([ \u00a0\u2007\u2009\u202f][0-9]{3})+(?![0-9])([.,][0-9]+)?|[0-9]+([.,][0-9]+)*/
UNIT: /\[\s*[^\[\]\s][^\[\]]*\]/
_REFERENCE: /r[ée]f[ée]rence(?!\w)/i
_TOTAL: /(somme|sum)(?!\w)/i
_MINUS: /[-\u2212\u2013]/
_TIMES: /[*×]/
_PER: /[\/÷]/
%ignore /\s+/
"""
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_WORD = re.compile(r"\w+([-\u2010\u2011]\w+)*|.", re.DOTALL)


@v_args(inline=True)
class _Tree(Transformer[Token, Formula]):
    """Builds the tree from the leaves up, while the text is read: no recursion, whatever the text."""

    def add(self, left: Formula, right: Formula) -> Formula:
        return Binary(Operator.ADD, left, right)

    def subtract(self, left: Formula, right: Formula) -> Formula:
        return Binary(Operator.SUBTRACT, left, right)

    def multiply(self, left: Formula, right: Formula) -> Formula:
        return Binary(Operator.MULTIPLY, left, right)

    def divide(self, left: Formula, right: Formula) -> Formula:
        return Binary(Operator.DIVIDE, left, right)

    def negative(self, operand: Formula) -> Formula:
        return Negative(operand)

    def constant(self, number: Token, unit: Token | None) -> Formula:
        return Constant(parse_number(number), str(parse_unit(unit[1:-1])) if unit else "")

    def value(self, code: Token) -> Formula:
        return Value(_code(code))

    def reference(self, code: Token) -> Formula:
        return Reference(_code(code))

    def total(self, *parts: Formula) -> Formula:
        return Total(parts)


def read(text: str, *, where: str = "formula") -> Formula:
    """Read ``text`` as one formula, in the officers' spelling, French or English.

    ``SOB-01`` is the year's value of an indicator, ``référence(SOB-01)`` its baseline, ``somme(SOB-01 ; SOB-04)`` a
    sum, ``1 000 [kg_co2e/t_co2e]`` a constant and its unit; ``+ - × * / ÷`` and parentheses join them. Functions and
    codes are read in capitals or not; codes come out in capitals.

    Raises:
        Invalid: with one problem at the field ``where``.
    """
    tidied = tidy(text)
    _check_size(tidied, where)
    formula = _parse(tidied, where)
    _check_size(written(formula), where)  # so that a formula kept in its one spelling can always be read again
    return formula


def check(
    text: str,
    *,
    code: str,
    unit: str,
    units: Mapping[str, str],
    formulas: Mapping[str, Formula],
    where: str = "formula",
) -> Formula:
    """Read ``text`` as the formula of the indicator ``code``, whose unit code is ``unit``.

    ``units`` has the unit code of every indicator that the formula may name, ``formulas`` the organisation's other
    formulas by the code they compute.

    Raises:
        Invalid: with every problem that can be known at once, at the field ``where``.
    """
    formula = read(text, where=where)
    problems: list[Problem] = []
    known = {**units, code: unit}
    unknown = [name for name in inputs(formula) if name not in known]
    if not inputs(formula):
        problems.append(Problem(where, ProblemCode.FORMULA_CONSTANT))
    if unknown:
        problems.append(Problem(where, ProblemCode.FORMULA_UNKNOWN_INDICATOR, {"codes": ", ".join(unknown)}))
    try:
        # first, so that a loop is told from the indicator whose formula is being written
        order({code: formula, **{name: other for name, other in formulas.items() if name != code}})
    except Cycle as error:
        problems.append(Problem(where, ProblemCode.FORMULA_CYCLE, {"path": " → ".join(error.path)}))
    if not unknown:
        problems += _unit_problems(formula, unit, known, where)
    if problems:
        raise Invalid(*problems)
    return formula


def _parse(text: str, where: str) -> Formula:
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # lark says Tree, the transformer makes ours
    except UnexpectedInput as error:
        raise Invalid(_unexpected(text, error, where)) from None
    except UnreadableNumber as error:
        raise Invalid(replace(error.problem, where=where)) from None
    except UnknownUnit as error:
        raise Invalid(Problem(where, ProblemCode.FORMULA_UNKNOWN_UNIT, {"text": error.name})) from None


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", start="sum", maybe_placeholders=True, transformer=_Tree())


def _code(token: Token) -> str:
    return token.translate(_HYPHENS).upper()


def _check_size(text: str, where: str) -> None:
    if not text:
        raise Invalid(Problem(where, ProblemCode.FORMULA_EMPTY))
    if len(text) > MAX_CHARACTERS:
        raise Invalid(Problem(where, ProblemCode.FORMULA_TOO_LONG, {"limit": MAX_CHARACTERS}))
    if max(accumulate((character == "(") - (character == ")") for character in text)) > MAX_DEPTH:
        raise Invalid(Problem(where, ProblemCode.FORMULA_TOO_DEEP, {"limit": MAX_DEPTH}))


def _unexpected(text: str, error: UnexpectedInput, where: str) -> Problem:
    """Quote the word that cannot stand where it is, at its position counted from 1, unless the end comes too soon."""
    is_at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    found = None if is_at_end else _WORD.match(text, error.pos_in_stream or 0)
    if found is None:
        return Problem(where, ProblemCode.FORMULA_UNFINISHED)
    return Problem(where, ProblemCode.FORMULA_UNREADABLE, {"position": found.start() + 1, "text": found[0][:40]})


def _unit_problems(formula: Formula, unit: str, units: Mapping[str, str], where: str) -> list[Problem]:
    try:
        check_units(formula, unit, units)
    except Incompatible as error:
        sides = {"left": _told(error.left), "right": _told(error.right)}
        return [Problem(where, ProblemCode.FORMULA_MIXED_UNITS, sides)]
    except WrongUnit as error:
        sides = {"found": _told(error.found), "expected": unit_name(unit)}
        return [Problem(where, ProblemCode.FORMULA_WRONG_UNIT, sides)]
    return []


def _told(dimension: Dimension) -> str:
    """Say a dimension with the word of the unit that it is, else with the words of its base units."""
    if dimension == NONE:
        return unit_name("unitless")
    known = next((code for code in UNITS if DIMENSIONS.get(code) == dimension), None)
    if known:
        return unit_name(known)
    named = {DIMENSIONS[code].powers[0][0]: unit_name(code) for code in reversed(UNITS) if _is_base(code)}  # first wins
    return re.sub(r"\w+", lambda found: named.get(found[0], found[0]), str(dimension)).replace("/", " / ")


def _is_base(code: str) -> bool:
    powers = DIMENSIONS[code].powers
    return len(powers) == 1 and powers[0][1] == 1
