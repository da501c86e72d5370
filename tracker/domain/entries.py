"""A value as it is typed, and the checks that make it fit to store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from tracker.domain import parts as by_department
from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.numbers import MAX_DECIMALS, MAX_INTEGER_DIGITS, UnreadableNumber, parse_number, plain_text
from tracker.domain.parts import PartDraft, scale
from tracker.domain.records import DepartmentRecord, IndicatorRecord, Part, Reading
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import TYPED_ABSENCES, Absence, Quality, ValueKind

COMMENT_LIMIT = 2000
SOURCE_LIMIT = 500
HUNDRED = Decimal(100)
_YES = {"oui": Decimal(1), "yes": Decimal(1), "non": Decimal(0), "no": Decimal(0)}
_STEP = Decimal(1).scaleb(-MAX_DECIMALS)
_TOO_LARGE = Decimal(10) ** MAX_INTEGER_DIGITS
_PRECISION = 60  # significant digits: the largest number that can be typed over the smallest, and its decimals


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one indicator and year.

    ``seen`` is the revision that was on the screen (0 for none); ``precision`` a quality or a reason for no
    value; ``keep`` the answer to a conflict ("mine" or "theirs"). None means that the field was not shown;
    ``parts`` are what was typed by department, by its code; ``reason`` says why a closed year is corrected.
    """

    code: str
    seen: int = 0
    value: str = ""
    precision: str = ""
    comment: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    coverage: str | None = None
    source: str | None = None
    keep: str = ""
    has_comma_groups: bool = False
    parts: Mapping[str, PartDraft] | None = None
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed."""
        typed = (self.value, self.precision, self.comment, self.numerator, self.denominator, self.coverage, self.source)
        is_typed = any((text or "").strip() for text in typed)
        return not is_typed and all(part.is_blank for part in (self.parts or {}).values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked entry: a value or the reason for none, with what goes with it.

    With ``parts``, the value and its terms are what they come to.
    """

    value: Decimal | None
    absence: Absence | None
    quality: Quality | None
    numerator: Decimal | None
    denominator: Decimal | None
    coverage: Decimal | None
    source: str
    comment: str
    parts: tuple[Part, ...] = ()

    def says_the_same_as(self, stored: Reading | None) -> bool:
        """Tell whether storing this over ``stored`` would change nothing."""
        if stored is None:
            return False
        return (
            self.value,
            self.absence,
            self.quality,
            self.numerator,
            self.denominator,
            self.coverage,
            self.source,
            self.comment,
            self.parts,
        ) == (
            stored.value,
            stored.absence,
            stored.quality,
            stored.numerator,
            stored.denominator,
            stored.coverage,
            stored.source,
            stored.comment,
            stored.parts,
        )


class _Fields:
    """Reads the fields of a draft one by one, gathering problems at ``CODE:field``."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.problems: list[Problem] = []

    def refuse(self, field: str, code: AnyProblem, **values: object) -> None:
        self.problems.append(Problem(f"{self.draft.code}:{field}", code, values))

    def number(self, field: str, text: str, *, is_percent: bool = False) -> Decimal | None:
        if not text.strip():
            return None
        try:
            return parse_number(
                text,
                where=f"{self.draft.code}:{field}",
                is_percent=is_percent,
                has_comma_groups=self.draft.has_comma_groups,
            )
        except UnreadableNumber as error:
            self.problems.append(error.problem)
            return None

    def text(self, field: str, given: str | None, kept: str, limit: int) -> str:
        if given is None:
            return kept
        written = tidy(given)
        if len(written) > limit:
            self.refuse(field, ProblemCode.TOO_LONG, limit=limit)
        return written


def check(
    draft: Draft, indicator: IndicatorRecord, shown: Reading | None, departments: Sequence[DepartmentRecord] = ()
) -> Entry | list[Problem]:
    """Make a ``draft`` typed over the revision ``shown`` fit to store, or list what is wrong with it.

    Fields that were not on the form keep what ``shown`` says; a numerator and a denominator fall with the
    value that they gave, and so do the parts of the ``departments``.
    """
    fields = _Fields(draft)
    quality, absence = _precision(fields)
    value = _value(fields, indicator)
    parts = _parts(fields, indicator, departments)
    if parts:
        value, numerator, denominator = _total(fields, indicator, value, parts, len(departments))
    else:
        is_total_shown = draft.parts is None or shown is None or not shown.parts
        value = _as_shown(value, indicator, shown) if is_total_shown else value
        numerator, denominator = _terms(fields, shown, value)
        if _follows_its_terms(shown, value, numerator, denominator):
            value = None
        value = _ratio(fields, indicator, value, numerator, denominator)
    if draft.parts is None and shown is not None and shown.value == value:
        parts = shown.parts
    if not fields.problems:
        _bounds(fields, indicator, value, is_typed=bool(draft.value.strip() or parts))
        _presence(fields, value, absence)
    coverage = _coverage(fields, shown)
    source = fields.text("source", draft.source, shown.source if shown else "", SOURCE_LIMIT)
    comment = fields.text("comment", draft.comment, shown.comment if shown else "", COMMENT_LIMIT)
    if fields.problems:
        return fields.problems
    return Entry(value, absence, quality, numerator, denominator, coverage, source, comment, parts)


def _precision(fields: _Fields) -> tuple[Quality | None, Absence | None]:
    given = fields.draft.precision
    if given in set(Quality):
        return Quality(given), None
    if given in TYPED_ABSENCES:
        return None, Absence(given)
    if given:
        fields.refuse("precision", ProblemCode.UNKNOWN_CHOICE)
    return None, None


def _value(fields: _Fields, indicator: IndicatorRecord) -> Decimal | None:
    typed = fields.draft.value
    if indicator.value_kind is ValueKind.BOOLEAN and typed.strip().lower() in _YES:
        return _YES[typed.strip().lower()]
    return fields.number("value", typed, is_percent=indicator.unit == "percent")


def _as_shown(value: Decimal | None, indicator: IndicatorRecord, shown: Reading | None) -> Decimal | None:
    """Take a ratio left at a rounding, such as the form showed it under, for the exact ratio it stands for."""
    if value is None or shown is None or shown.value is None or shown.denominator is None:
        return value
    exponent = value.normalize().as_tuple().exponent
    decimals = max(indicator.decimals, -exponent if isinstance(exponent, int) else 0)
    return shown.value if value == shown_value(shown, indicator, decimals) else value


def shown_value(reading: Reading, indicator: IndicatorRecord, decimals: int | None = None) -> Decimal | None:
    """Give the value as forms show it: as typed; for a ratio with ``decimals``, those of the indicator by default."""
    if reading.value is None or reading.denominator is None:
        return reading.value
    kept = indicator.decimals if decimals is None else decimals
    return reading.value.quantize(Decimal(1).scaleb(-kept), rounding=ROUND_HALF_EVEN)


def _parts(fields: _Fields, indicator: IndicatorRecord, departments: Sequence[DepartmentRecord]) -> tuple[Part, ...]:
    draft = fields.draft
    given, problems = by_department.read(
        draft.parts or {}, indicator, departments, has_comma_groups=draft.has_comma_groups
    )
    fields.problems += problems
    return given


def _total(
    fields: _Fields, indicator: IndicatorRecord, value: Decimal | None, parts: Sequence[Part], expected: int
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Give the value and the terms that ``parts`` come to; what was typed beside them must say the same."""
    draft = fields.draft
    numerator = fields.number("numerator", draft.numerator or "")
    denominator = fields.number("denominator", draft.denominator or "")
    made = by_department.total(parts, indicator, expected)
    if not fields.problems:
        typed = {"value": value, "numerator": numerator, "denominator": denominator}
        fields.problems += by_department.faults(made, parts, typed, indicator)
    return made.value, made.numerator, made.denominator


def _terms(fields: _Fields, shown: Reading | None, value: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    draft = fields.draft
    if draft.numerator is None or draft.denominator is None:
        is_same = shown is not None and shown.value == value
        return (shown.numerator, shown.denominator) if shown and is_same else (None, None)
    return fields.number("numerator", draft.numerator), fields.number("denominator", draft.denominator)


def _follows_its_terms(
    shown: Reading | None, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> bool:
    """Tell whether the value was left as the form had computed it while its terms were changed: they make it anew."""
    if shown is None or shown.denominator is None or value is None or value != shown.value:
        return False
    is_changed = (numerator, denominator) != (shown.numerator, shown.denominator)
    return is_changed and numerator is not None and denominator is not None


def _ratio(
    fields: _Fields,
    indicator: IndicatorRecord,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
) -> Decimal | None:
    """Give the value that numerator and denominator come to, or the typed one where they are absent."""
    if fields.problems or (numerator is None and denominator is None):
        return value
    if numerator is None or denominator is None:
        fields.refuse("denominator" if denominator is None else "numerator", ProblemCode.DENOMINATOR_MISSING)
        return value
    if denominator == 0:
        fields.refuse("denominator", ProblemCode.DENOMINATOR_ZERO)
        return value
    if indicator.minimum is not None and indicator.minimum >= 0 and (numerator < 0 or denominator < 0):
        fields.refuse("numerator" if numerator < 0 else "denominator", ProblemCode.PART_NEGATIVE)
        return value
    with localcontext(prec=_PRECISION):
        computed = (scale(indicator) * numerator / denominator).quantize(_STEP, rounding=ROUND_HALF_EVEN).normalize()
    if abs(computed) >= _TOO_LARGE:
        fields.refuse("denominator", ProblemCode.NUMBER_TOO_LONG, text=plain_text(computed)[:40])
        return value
    if value is None or value == computed:
        return computed
    shown_step = Decimal(1).scaleb(-max(indicator.decimals, 0))
    if abs(value - computed) > shown_step:
        fields.refuse("value", ProblemCode.RATIO_DIFFERS, value=value, computed=computed)
    return computed


def _bounds(fields: _Fields, indicator: IndicatorRecord, value: Decimal | None, *, is_typed: bool) -> None:
    if value is None:
        return
    where = "value" if is_typed else "numerator"
    minimum = Decimal(0) if indicator.value_kind is ValueKind.BOOLEAN else indicator.minimum
    maximum = Decimal(1) if indicator.value_kind is ValueKind.BOOLEAN else indicator.maximum
    if minimum is not None and value < minimum:
        fields.refuse(where, ProblemCode.BELOW_MINIMUM, value=value, bound=minimum)
    elif maximum is not None and value > maximum:
        fields.refuse(where, ProblemCode.ABOVE_MAXIMUM, value=value, bound=maximum)
    elif indicator.value_kind in {ValueKind.COUNT, ValueKind.BOOLEAN} and value != value.to_integral_value():
        fields.refuse(where, ProblemCode.NOT_WHOLE, value=value)


def _presence(fields: _Fields, value: Decimal | None, absence: Absence | None) -> None:
    if value is not None and absence is not None:
        fields.refuse("precision", ProblemCode.VALUE_AND_ABSENCE)
    elif value is None and absence is None:
        code = ProblemCode.VALUE_REMOVED if fields.draft.seen else ProblemCode.VALUE_OR_REASON
        fields.refuse("value", code)


def _coverage(fields: _Fields, shown: Reading | None) -> Decimal | None:
    if fields.draft.coverage is None:
        return shown.coverage if shown else None
    coverage = fields.number("coverage", fields.draft.coverage, is_percent=True)
    if coverage is not None and not 0 < coverage <= HUNDRED:
        fields.refuse("coverage", ProblemCode.COVERAGE_RANGE)
    return coverage
