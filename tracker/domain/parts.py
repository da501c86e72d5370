"""A value given department by department: what is typed for each, and the total that they come to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.aggregation import Aggregate, AggregateRefusal, over_parts
from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.numbers import MAX_INTEGER_DIGITS, UnreadableNumber, parse_number, plain_text
from tracker.domain.records import DepartmentRecord, IndicatorRecord, Part, Reading
from tracker.domain.vocabulary import Aggregation, ValueKind

ADDING = frozenset({Aggregation.SUM, Aggregation.RATIO_OF_SUMS})
_HUNDRED, _ONE, _ZERO = Decimal(100), Decimal(1), Decimal(0)
_TOO_LARGE = Decimal(10) ** MAX_INTEGER_DIGITS


@dataclass(frozen=True, slots=True)
class PartDraft:
    """What was typed for one department: an amount, or the two terms of a ratio."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.value.strip() or self.numerator.strip() or self.denominator.strip())


def adds_up(indicator: IndicatorRecord) -> bool:
    """Tell whether values of the indicator's departments come to one of the whole authority."""
    return indicator.aggregation in ADDING and indicator.value_kind is not ValueKind.BOOLEAN


def scale(indicator: IndicatorRecord) -> Decimal:
    """Give what a ratio is multiplied by to be in the indicator's unit."""
    return _HUNDRED if indicator.unit == "percent" else _ONE


def read(
    drafts: Mapping[str, PartDraft],
    indicator: IndicatorRecord,
    departments: Sequence[DepartmentRecord],
    *,
    has_comma_groups: bool = False,
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Read what was typed by department: the parts in the departments' order, the blank ones left out, and problems.

    A problem stands at ``CODE:part-DEPARTMENT:field``.
    """
    known = {one.code: one.name for one in departments} if adds_up(indicator) else {}
    parts: list[Part] = []
    problems: list[Problem] = []
    for code in [*known, *(code for code in drafts if code not in known)]:
        draft = drafts.get(code)
        if draft is None or draft.is_blank:
            continue
        row = _Row(f"{indicator.code}:part-{code}", draft, has_comma_groups=has_comma_groups)
        if code in known:
            part = row.part(code, known[code], indicator)
            parts += [part] if part and not row.problems else []
        else:
            row.refuse_typed("value", "numerator", "denominator")
        problems += row.problems
    return tuple(parts), tuple(problems)


def total(parts: Sequence[Part], indicator: IndicatorRecord, expected: int) -> Aggregate:
    """Give what ``parts`` come to; those missing out of the ``expected`` departments are counted, never as zero."""
    missing = [None] * (expected - len(parts))
    return over_parts([*map(_reading, parts), *missing], indicator.aggregation, scale(indicator))


def faults(
    made: Aggregate, parts: Sequence[Part], typed: Mapping[str, Decimal | None], indicator: IndicatorRecord
) -> Iterator[Problem]:
    """List why the total ``made`` of ``parts`` cannot be stored; ``typed`` is the total typed beside them, by field.

    A typed value may be the total as it is displayed, rounded; its typed terms are the sums themselves.
    """
    if made.reason is AggregateRefusal.ZERO_DENOMINATOR:
        where = f"{indicator.code}:part-{parts[0].department}:denominator"
        yield Problem(where, ProblemCode.DENOMINATOR_ZERO)
    half = Decimal(1).scaleb(-max(indicator.decimals, 0)) / 2
    computed = {"value": made.value, "numerator": made.numerator, "denominator": made.denominator}
    for field, number in computed.items():
        given, where = typed.get(field), f"{indicator.code}:{field}"
        if number is None:
            continue
        if abs(number) >= _TOO_LARGE:
            yield Problem(f"{indicator.code}:value", ProblemCode.NUMBER_TOO_LONG, {"text": plain_text(number)[:40]})
        elif given is not None and abs(given - number) > (half if field == "value" else _ZERO):
            yield Problem(where, ProblemCode.PARTS_DIFFER, {"value": given, "computed": number})


def _reading(part: Part) -> Reading:
    # A reading is known by its value; the ratio of sums looks at the two terms only.
    value = part.numerator if part.value is None else part.value
    return Reading(0, 0, value, numerator=part.numerator, denominator=part.denominator)


class _Row:
    """Reads what was typed for one department, gathering problems at its fields."""

    def __init__(self, where: str, draft: PartDraft, *, has_comma_groups: bool) -> None:
        self.where = where
        self.draft = draft
        self.has_comma_groups = has_comma_groups
        self.problems: list[Problem] = []

    def part(self, code: str, name: str, indicator: IndicatorRecord) -> Part | None:
        if indicator.aggregation is Aggregation.SUM:
            self.refuse_typed("numerator", "denominator")
            value = self._number("value", indicator)
            if value is not None and indicator.value_kind is ValueKind.COUNT and value != value.to_integral_value():
                self._refuse("value", ProblemCode.NOT_WHOLE, value=value)
            return Part(code, name, value)
        self.refuse_typed("value")
        numerator, denominator = self._number("numerator", indicator), self._number("denominator", indicator)
        if self.problems:
            return None
        if numerator is None or denominator is None:
            self._refuse("denominator" if denominator is None else "numerator", ProblemCode.DENOMINATOR_MISSING)
            return None
        self._bounds(numerator, denominator, indicator)
        return Part(code, name, None, numerator, denominator)

    def refuse_typed(self, *fields: str) -> None:
        """Refuse what no form asks: another department, an amount for a ratio, the terms of a sum."""
        for field in fields:
            if getattr(self.draft, field).strip():
                self._refuse(field, ProblemCode.UNKNOWN_CHOICE)

    def _bounds(self, numerator: Decimal, denominator: Decimal, indicator: IndicatorRecord) -> None:
        """Hold a part to what is possible for the whole: a department cannot be at 120 % where the most is 100 %."""
        if denominator == 0:
            # Having none of something is no fault, as long as another department has some.
            if numerator and indicator.maximum is not None:
                self._refuse("denominator", ProblemCode.DENOMINATOR_ZERO)
            return
        ratio = total([Part("", "", None, numerator, denominator)], indicator, 1).value
        if ratio is None:
            return
        if indicator.minimum is not None and ratio < indicator.minimum:
            self._refuse("numerator", ProblemCode.BELOW_MINIMUM, value=ratio, bound=indicator.minimum)
        elif indicator.maximum is not None and ratio > indicator.maximum:
            self._refuse("numerator", ProblemCode.ABOVE_MAXIMUM, value=ratio, bound=indicator.maximum)

    def _number(self, field: str, indicator: IndicatorRecord) -> Decimal | None:
        text = getattr(self.draft, field)
        if not text.strip():
            return None
        try:
            number = parse_number(text, where=f"{self.where}:{field}", has_comma_groups=self.has_comma_groups)
        except UnreadableNumber as error:
            self.problems.append(error.problem)
            return None
        if number < 0 and indicator.minimum is not None and indicator.minimum >= 0:
            self._refuse(field, ProblemCode.PART_NEGATIVE)
        return number

    def _refuse(self, field: str, code: AnyProblem, **values: object) -> None:
        self.problems.append(Problem(f"{self.where}:{field}", code, values))
