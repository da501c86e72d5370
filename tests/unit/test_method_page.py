"""The worked examples of docs/method.md: each is read, built with the factories, and computed by the domain."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from pathlib import Path

import pytest

from tests.factories import (
    make_aim,
    make_baseline,
    make_commitment,
    make_finding,
    make_indicator,
    make_method,
    make_organisation,
    make_reading,
    make_series,
    make_target,
)
from tracker.domain.aggregation import AggregateRefusal, over_parts, over_years
from tracker.domain.computed import Sources, Values, complete
from tracker.domain.entries import Draft, check, shown_value
from tracker.domain.errors import Invalid, ProblemCode
from tracker.domain.estate import EquipmentCategory, Stay
from tracker.domain.estate_values import Grown, growth
from tracker.domain.forecast import CONFIDENCE, FARTHEST, METHOD, MINIMUM, Forecast, Unforeseen, UnforeseenReason
from tracker.domain.formula import written
from tracker.domain.judgement import AimJudgement, Judgement, ReasonCode
from tracker.domain.kinds import KINDS, judge
from tracker.domain.lifetimes import APART, Agreement, Lifetimes, in_years, lifetimes, period
from tracker.domain.methods import Method
from tracker.domain.numbers import MAX_DECIMALS, MAX_INTEGER_DIGITS
from tracker.domain.outlook import outlook
from tracker.domain.rebound import rebound
from tracker.domain.records import STALE_AFTER_MONTHS, TOLERANCE, Aim, Reading
from tracker.domain.reuse import reuse_rate
from tracker.domain.revisions import Contradiction, changes, contradiction
from tracker.domain.rollup import tally
from tracker.domain.scorecard import Scorecard, score
from tracker.domain.series import Point
from tracker.domain.trend import WINDOW
from tracker.domain.vocabulary import (
    Absence,
    Aggregation,
    BaselineState,
    Better,
    CommitmentKind,
    Comparator,
    FindingState,
    Origin,
    Quality,
    Status,
    TargetBasis,
    TargetChange,
    TargetPath,
    ValueKind,
)
from tracker.importers import formulas

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
ARROW, SEPARATOR = "→ ", " · "
NUMBER, YEAR, DAY, CODE, WORD = r"[−+]?\d[\d ]*(?:\.\d+)?", r"\d{4}", r"\d{4}-\d\d-\d\d", r"[A-Z]+-\d+", r"[a-z_]+"
COMPARATORS = {
    "more than": Comparator.GREATER,
    "at least": Comparator.AT_LEAST,
    "less than": Comparator.LESS,
    "at most": Comparator.AT_MOST,
    "exactly": Comparator.EXACTLY,
    "between": Comparator.BETWEEN,
}
BASES = {
    None: TargetBasis.ABSOLUTE,
    "% of the baseline": TargetBasis.RELATIVE_PERCENT,
    "from the baseline": TargetBasis.RELATIVE_DIFFERENCE,
}
LISTS = (
    Status,
    Origin,
    ReasonCode,
    Quality,
    AggregateRefusal,
    UnforeseenReason,
    TargetChange,
    Contradiction,
    ProblemCode,
    Agreement,
)
OPPOSITES = {
    "no threshold": "threshold 1",
    "no progress": "progress 0.5",
    "nothing expected": "expected 1, voted",
    "in time": "too late",
    "too late": "in time",
    "never": "2040",
    "silent": "divided by zero",
    "divided by zero": "silent",
    "no rebound": "rebound since 2024",
    "to come nothing": "to come 2026-12-31",
    "overdue nothing": "overdue 2024-06-30",
}
"""What a result could say instead, where it is no number and no code."""
IN_WORDS = {5: "five", 10: "ten"}


def num(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(" ", ""))


def optional(text: str | None) -> Decimal | None:
    return None if text is None else num(text)


def whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def said_value(text: str) -> Decimal | Absence:
    absence = text.replace(" ", "_")
    return Absence(absence) if absence in set(Absence) else num(text)


def by_year(text: str) -> dict[int, str]:
    return {int(year): value for year, value in (pair.split(": ") for pair in text.split(", "))}


def rounded(value: Decimal | None) -> Decimal | None:
    """Give what the page writes of a number that does not come out even: six decimals, the half to the even one."""
    return None if value is None else value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN)


class Case:
    """One example: what its phrases give, then what the domain makes of it."""

    def __init__(self) -> None:
        self.settings: dict[str, object] = {}
        self.year: int | None = None
        self.today = date(2026, 11, 22)
        self.commitment: dict[str, object] = {}
        self.kind = CommitmentKind.QUANTIFIED
        self.facts: list[object] = []
        self.stays: list[Stay] = []
        self.grown: list[Grown] = []
        self.aims: list[dict[str, object]] = [{}]
        self.formulas: list[tuple[str, str | None, int, str]] = []
        self.typed: dict[str, dict[int, Reading]] = {}
        self.units: dict[str, str] = {}
        self.references: dict[str, object] = {}
        self.parts: list[Reading | None] = []
        self.pair: dict[str, tuple[Better, list[Point]]] = {}
        self.verdicts: list[Status] = []

    @property
    def aim(self) -> dict[str, object]:
        return self.aims[-1]

    def built(self, told: dict[str, object]) -> Aim:
        indicator = make_indicator(
            better=told.get("better", Better.UP),
            unit=told.get("unit", "ans"),
            value_kind=told.get("value_kind", ValueKind.MEAN),
        )
        return make_aim(
            told.get("values", {}),
            *told.get("targets", []),
            baselines=told.get("baselines", []),
            indicator=indicator,
            tolerance=told.get("tolerance", Decimal("0.10")),
            since_method=told.get("since_method"),
            restated=told.get("restated"),
        )

    @cached_property
    def judged_year(self) -> int:
        if self.year is not None:
            return self.year
        years = [year for told in self.aims for year in told.get("values", {})]
        return max(years, default=2025)

    @cached_property
    def made(self) -> object:
        aims = [self.built(told) for told in self.aims if told]
        return make_commitment(self.kind, aims=aims, findings=self.facts, **self.commitment)

    @cached_property
    def verdict(self) -> Judgement:
        return judge(self.made, self.judged_year, self.today)

    @property
    def lifetimes(self) -> Lifetimes:
        return lifetimes(self.stays, self.settings["over"])

    @property
    def said(self) -> AimJudgement:
        assert self.verdict.leading is not None
        return self.verdict.leading

    @cached_property
    def forecast(self) -> Forecast | Unforeseen | None:
        return outlook(self.said, self.judged_year)

    @cached_property
    def scorecard(self) -> Scorecard:
        return score(make_organisation(), [self.made], self.judged_year, self.today)

    @cached_property
    def computed(self) -> dict[str, Values]:
        methods: dict[str, list[Method]] = {}
        for code, unit, since, text in self.formulas:
            if unit:
                read = formulas.check(text, code=code, unit=unit, units=self.units, formulas={})
            else:
                read = formulas.read(text)
            known = methods.setdefault(code, [] if since == 0 else [make_method()])
            known.append(Method(len(known) + 1, since, read))
        years = sorted({year for readings in self.typed.values() for year in readings})
        found = complete(Sources(self.typed, {c: tuple(m) for c, m in methods.items()}, self.references, years))
        return dict(found)

    def reading(self, code: str, year: str | None) -> Reading | None:
        return self.computed.get(code, Values()).readings.get(int(year or 2025))


Reader = Callable[..., object]
GIVEN: list[tuple[re.Pattern[str], Reader]] = []
RESULTS: list[tuple[re.Pattern[str], Reader]] = []


def phrase(pattern: str, among: list[tuple[re.Pattern[str], Reader]]) -> Callable[[Reader], Reader]:
    """Have a phrase read by a function, which gets what ``#n``, ``#y``, ``#d``, ``#c`` and ``#w`` stand for."""
    for sign, meant in {"#n": NUMBER, "#y": YEAR, "#d": DAY, "#c": CODE, "#w": WORD}.items():
        pattern = pattern.replace(sign, meant)

    def keep(reader: Reader) -> Reader:
        among.append((re.compile(pattern), reader))
        return reader

    return keep


def given(pattern: str) -> Callable[[Reader], Reader]:
    return phrase(pattern, GIVEN)


def result(pattern: str) -> Callable[[Reader], Reader]:
    return phrase(pattern, RESULTS)


# What is given


@given(r"judged for (#y)")
def _(case, year):
    case.year = int(year)


@given(r"today (#d)")
def _(case, day):
    case.today = date.fromisoformat(day)


@given(r"kind (#w)")
def _(case, kind):
    case.kind = CommitmentKind(kind)


@given(r"due (#d)")
def _(case, day):
    case.commitment["due_on"] = date.fromisoformat(day)


@given(r"asleep after (#n) months")
def _(case, months):
    case.commitment["stale_after_months"] = int(months)


@given(r"better (up|down|exact|in_range|neutral)")
def _(case, better):
    case.aim["better"] = Better(better)


@given(r"in per cent")
def _(case):
    case.aim["unit"] = "percent"


@given(r"a count")
def _(case):
    case.aim["value_kind"] = ValueKind.COUNT


@given(r"tolerance (#n) %")
def _(case, share):
    case.aim["tolerance"] = num(share) / 100


@given(r"another indicator")
def _(case):
    case.aims.append({})


@given(r"baseline to establish")
def _(case):
    case.aim["baselines"] = [make_baseline(None, None, BaselineState.TO_ESTABLISH)]


@given(r"baseline (#n)(?: in (#y))?(, proposed)?(?:, from (#y) on)?(?:, by method (\d))?")
def _(case, value, year, proposed, since, method):
    known = case.aim.setdefault("baselines", [])
    state = BaselineState.PROPOSED if proposed else BaselineState.VALIDATED
    version, first = len(known) + 1, int(since or 0)
    known.append(
        make_baseline(num(value), whole(year), state, version=version, in_force_from=first, method=whole(method))
    )


@given(
    r"target (?:from (#n)(?: in (#y))? to )?(more than|at least|less than|at most|exactly|between) (#n)(?: and (#n))?"
    r"(?: (% of the baseline|from the baseline))?(?: by (#y))?(?:, (stepwise|through) (#y: .+?))?(?:, from (#y) on)?"
)
def _(case, start, start_year, comparator, value, upper, basis, horizon, path, points, since):
    known = case.aim.setdefault("targets", [])
    made = make_target(
        num(value),
        COMPARATORS[comparator],
        TargetBasis.FROM_TO if start else BASES[basis],
        horizon_year=whole(horizon),
        in_force_from=int(since or 2022),
        version=len(known) + 1,
        upper=optional(upper),
        start=optional(start),
        start_year=whole(start_year),
        path={None: TargetPath.LINEAR, "stepwise": TargetPath.STEPWISE, "through": TargetPath.EXPLICIT}[path],
        points={year: num(value) for year, value in by_year(points).items()} if points else None,
    )
    known.append(made)


@given(r"value (#n|[a-z ]+) in (#y)")
def _(case, value, year):
    case.aim.setdefault("values", {})[int(year)] = said_value(value)


@given(r"values (#y: .+)")
def _(case, series):
    case.aim["values"] = {year: said_value(value) for year, value in by_year(series).items()}


@given(r"method (\d) from (#y)")
def _(case, version, year):
    case.aim.setdefault("since_method", {})[int(version)] = int(year)


@given(r"restated by method (\d), (#y: .+)")
def _(case, version, series):
    points = make_series({year: num(value) for year, value in by_year(series).items()})
    case.aim.setdefault("restated", {})[int(version)] = points


@given(r"(done|not done|decided|paid|observed) on (#d)(?:, for (#y))?(?:, valid until (#d))?")
def _(case, state, day, year, until):
    end = date.fromisoformat(until) if until else None
    state = FindingState(state.replace(" ", "_"))
    case.facts.append(make_finding(state, date.fromisoformat(day), year=whole(year), valid_until=end))


@given(r"(#c) = (#n)(?: ([a-z][a-z0-9_]*))?(?: in (#y))?(?:, (#w))?(?:, coverage (#n) %)?")
def _(case, code, value, unit, year, quality, coverage):
    made = Reading(
        int(year or 2025),
        1,
        num(value),
        quality=Quality(quality) if quality else None,
        coverage=optional(coverage),
    )
    case.typed.setdefault(code, {})[made.year] = made
    case.units[code] = unit or ""


@given(r"(#c) (not applicable|not available|not measured)(?: in (#y))?")
def _(case, code, absence, year):
    made = make_reading(int(year or 2025), absence=Absence(absence.replace(" ", "_")))
    case.typed.setdefault(code, {})[made.year] = made


@given(r"reference (#c) = (#n)")
def _(case, code, value):
    case.references[code] = (make_baseline(num(value)),)


@given(r"formula of (#c)(?: in ([a-z0-9_]+))?(?: from (#y))?: (.+)")
def _(case, code, unit, since, text):
    case.formulas.append((code, unit, int(since or 0), text))


@given(r"part (#n) / (#n)")
def _(case, numerator, denominator):
    case.parts.append(make_reading(value=1, numerator=num(numerator), denominator=num(denominator)))


@given(r"part (#n)")
def _(case, value):
    case.parts.append(make_reading(value=num(value)))


@given(r"part missing")
def _(case):
    case.parts.append(None)


@given(r"(parts|years) by (#w)")
def _(case, what, how):
    case.settings |= {"what": what, "how": Aggregation(how)}


@given(r"(ratio|total) better (up|down|in_range), (#y: .+)")
def _(case, name, better, series):
    points = make_series({year: num(value) for year, value in by_year(series).items()})
    case.pair[name] = (Better(better), points)


@given(r"typed (#n) / (#n)")
def _(case, numerator, denominator):
    draft = Draft("SOB-06", numerator=numerator, denominator=denominator)
    case.settings["entry"] = check(draft, make_indicator(), None)


@given(r"over (#y)")
def _(case, year):
    case.settings["over"] = period(int(year), int(year), case.today)


@given(r"stay (#d|unknown) (?:to (#d|unknown)|on), (\d+) pieces")
def _(case, start, end, count):
    begun, ended = (None if day in {None, "unknown"} else date.fromisoformat(day) for day in (start, end))
    case.stays.append(Stay(EquipmentCategory.LAPTOP, begun, ended, end is not None, int(count)))


@given(r"life (#n) after (#n), (\d+) pieces")
def _(case, mean, base, count):
    case.grown.append(Grown(num(mean), num(base), int(count)))


@given(r"(sent|stock) (\d+)")
def _(case, term, count):
    case.settings[term] = int(count)


@given(r"verdicts (.+)")
def _(case, verdicts):
    case.verdicts = [Status(one) for one in verdicts.split(", ")]


# What comes out


@result(r"status (#w)")
def _(case, status):
    assert case.verdict.status == Status(status)


@result(r"reasons? (#w(?:, #w)*)")
def _(case, codes):
    assert [reason.code for reason in case.verdict.reasons] == [ReasonCode(code) for code in codes.split(", ")]


@result(r"threshold (#n)(?: to (#n))?")
def _(case, value, upper):
    assert case.said.threshold is not None
    assert (case.said.threshold.value, case.said.threshold.upper) == (num(value), optional(upper))


@result(r"no threshold")
def _(case):
    assert case.said.threshold is None


@result(r"counted from (#n)")
def _(case, value):
    assert case.said.departure is not None
    assert case.said.departure.value == num(value)


@result(r"progress (#n)")
def _(case, share):
    assert rounded(case.said.progress) == num(share)


@result(r"no progress")
def _(case):
    assert case.said.progress is None


@result(r"expected (#n), (#w)")
def _(case, value, origin):
    assert (rounded(case.said.expected), case.said.origin) == (num(value), Origin(origin))


@result(r"nothing expected")
def _(case):
    assert case.said.expected is None


@result(r"gap (#n)")
def _(case, gap):
    assert case.said.gap == num(gap)


@result(r"slope (#n) a year over (\d+) points")
def _(case, slope, count):
    [reason] = case.verdict.reasons
    assert (rounded(reason.values["slope"]), reason.values["count"]) == (num(slope), int(count))


@result(r"pace (#n) a year, between (#n) and (#n)")
def _(case, pace, low, high):
    slope = case.forecast.slope
    assert [rounded(end) for end in (slope.median, slope.low, slope.high)] == [num(pace), num(low), num(high)]


@result(r"reached in (#y), between (#y) and (#y|never)")
def _(case, year, earliest, latest):
    told = (case.forecast.reached_in, case.forecast.earliest, case.forecast.latest)
    assert told == (int(year), int(earliest), None if latest == "never" else int(latest))


@result(r"(in time|too late)")
def _(case, when):
    assert case.forecast.is_in_time is (when == "in time")


@result(r"effort (#n) a year")
def _(case, effort):
    assert rounded(case.forecast.effort) == num(effort)


@result(r"not forecast, (#w)")
def _(case, reason):
    assert isinstance(case.forecast, Unforeseen)
    assert case.forecast.reason == UnforeseenReason(reason)


@result(r"(#c) = (#n)(?: in (#y))?(?:, (#w))?(?:, coverage (#n) %)?")
def _(case, code, value, year, quality, coverage):
    found = case.reading(code, year)
    assert found is not None
    assert found.value == num(value)
    assert quality is None or found.quality == Quality(quality)
    assert coverage is None or found.coverage == num(coverage)


@result(r"(#c) not computable, without (.+)")
def _(case, code, missing):
    found = case.reading(code, None)
    assert found is not None
    assert (found.absence, found.missing) == (Absence.NOT_COMPUTABLE, tuple(missing.split(", ")))


@result(r"(#c) divided by zero")
def _(case, code):
    found = case.reading(code, None)
    assert found is not None
    assert (found.absence, found.missing) == (Absence.NOT_COMPUTABLE, ())


@result(r"(#c) silent")
def _(case, code):
    assert code in {name for name, *_ in case.formulas}
    assert case.reading(code, None) is None


@result(r"refused, (#w)")
def _(case, code):
    with pytest.raises(Invalid) as refused:
        assert case.computed
    assert [problem.code for problem in refused.value.problems] == [ProblemCode(code)]


@result(r"kept as (.+)")
def _(case, text):
    assert [written(formulas.read(typed)) for _, _, _, typed in case.formulas] == [text]


@result(r"restated (#c), (#y: .+)")
def _(case, code, series):
    [found] = case.computed.get(code, Values()).restated.values()
    assert {point.year: point.value for point in found} == {y: num(v) for y, v in by_year(series).items()}


@result(r"together (#n|nothing)(?:, (#w))?, (\d+) of (\d+)")
def _(case, value, reason, known, expected):
    how = case.settings["how"]
    if case.settings["what"] == "parts":
        found = over_parts(case.parts, how, Decimal(100))
    else:
        readings = case.built(case.aim).readings
        found = over_years(readings, how, range(min(readings), max(readings) + 1), Decimal(1))
    assert found.value == (None if value == "nothing" else num(value))
    assert found.reason == (AggregateRefusal(reason) if reason else None)
    assert (found.known, found.expected) == (int(known), int(expected))


@result(r"(?:rebound since (#y)|no rebound)")
def _(case, since):
    (ratio_better, ratio), (total_better, total) = case.pair["ratio"], case.pair["total"]
    found = rebound(ratio, ratio_better, total, total_better, ratio[-1].year)
    assert (found and found.since_year) == whole(since)


@result(r"change (#w(?:, #w)*)")
def _(case, codes):
    before, after = case.aim["targets"]
    [base] = case.aim.get("baselines", [None])
    assert changes(before, after, base) == tuple(TargetChange(code) for code in codes.split(", "))


@result(r"contradiction (#w)")
def _(case, code):
    [target] = case.aim["targets"]
    [base] = case.aim.get("baselines", [None])
    assert contradiction(target, case.aim.get("better", Better.UP), base) == Contradiction(code)


@result(r"(at exit|in service) (#n), (\d+) of (\d+)")
def _(case, which, years, n, whole_number):
    ages = case.lifetimes.at_exit if which == "at exit" else case.lifetimes.in_service
    assert (in_years(ages.mean), ages.n, ages.whole) == (num(years), int(n), int(whole_number))


@result(r"survival median (#n|never)")
def _(case, years):
    median = case.lifetimes.curve.median
    assert (None if median is None else in_years(median)) == (None if years == "never" else num(years))


@result(r"cross-check (#n), (#w)")
def _(case, years, agreement):
    found = case.lifetimes
    assert (in_years(found.cross_check), found.agreement) == (num(years), Agreement(agreement))


@result(r"undated (\d+)")
def _(case, count):
    assert case.lifetimes.undated == int(count)


@result(r"extended (#n)")
def _(case, percent):
    assert growth(case.grown) == num(percent)


@result(r"reused (#n)")
def _(case, percent):
    assert reuse_rate(case.settings["sent"], case.settings["stock"]) == num(percent)


@result(r"stored (#n)")
def _(case, value):
    assert case.settings["entry"].value == num(value)


@result(r"shown (#n)")
def _(case, value):
    entry = case.settings["entry"]
    kept = make_reading(value=entry.value, denominator=entry.denominator)
    assert str(shown_value(kept, make_indicator())) == value


@result(r"counts (#w \d+(?:, #w \d+)*)")
def _(case, counts):
    told = [one.split(" ") for one in counts.split(", ")]
    assert list(tally(case.verdicts).items()) == [(Status(status), int(count)) for status, count in told]


@result(r"(to come|overdue) (#d(?:, #d)*|nothing)")
def _(case, which, days):
    found = case.scorecard.coming() if which == "to come" else case.scorecard.overdue()
    assert ", ".join(due.on.isoformat() for due in found) == ("" if days == "nothing" else days)


# The examples


class NotUnderstood(Exception):
    """A phrase of the page that no reader knows."""


Phrases = list[tuple[str, list[tuple[re.Pattern[str], Reader]]]]


def examples(page: str) -> Iterator[str]:
    """Give the worked examples: a block may hold several, each ends with the line of its arrow."""
    for block in re.findall(r"^```example\n(.+?)^```$", page, re.MULTILINE | re.DOTALL):
        lines: list[str] = []
        for line in block.splitlines():
            lines.append(line)
            if ARROW in line:
                yield "\n".join(lines)
                lines = []
        if lines:
            yield "\n".join(lines)


EXAMPLES = list(examples(PAGE))


def phrases(example: str) -> Phrases:
    known, _, told = example.partition(ARROW)
    givens = [text for line in known.splitlines() for text in line.strip().split(SEPARATOR) if text]
    return [(text, GIVEN) for text in givens] + [(text, RESULTS) for text in told.split(SEPARATOR)]


def hold(example: str) -> None:
    """Read ``example`` phrase by phrase, and compare what it says with what comes out."""
    case = Case()
    for text, known in phrases(example):
        found = [(match, reader) for pattern, reader in known if (match := pattern.fullmatch(text))]
        if len(found) != 1:
            raise NotUnderstood(text)
        [(match, reader)] = found
        reader(case, *match.groups())


def mutants(example: str) -> Iterator[str]:
    """Give ``example`` with one number, day or word of its results changed, each in turn."""
    codes = {str(code): str(next(other for other in among if other is not code)) for among in LISTS for code in among}
    others = {**codes, **OPPOSITES}
    known, arrow, told = example.partition(ARROW)
    words = "|".join(sorted(map(re.escape, others), key=len, reverse=True))
    for found in re.finditer(rf"({DAY})|({CODE})|((?<![\w-])\d+(?:\.\d+)?)|\b(?:{words})\b", told):
        text, (day, code, number) = found[0], found.groups()
        other = "2001-01-01" if day else "SOB-99" if code else str(Decimal(number) + 1) if number else others[text]
        yield known + arrow + told[: found.start()] + other + told[found.end() :]


def test_the_page_has_examples_enough_and_every_block_holds_nothing_else():
    assert len(EXAMPLES) >= 25
    assert [example for example in EXAMPLES if example.count(ARROW) != 1] == []
    assert set(re.findall(r"^```(.+)$", PAGE, re.MULTILINE)) == {"example"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_is_what_the_domain_computes(example):
    hold(example)


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_of_the_page_holds_with_another_result(example):
    changed = list(mutants(example))
    assert changed
    for mutant in changed:
        with pytest.raises((AssertionError, NotUnderstood, ValueError)):
            hold(mutant)


def test_every_phrase_that_can_be_read_is_in_some_example():
    said = [(text, among) for example in EXAMPLES for text, among in phrases(example)]
    for known in (GIVEN, RESULTS):
        idle = [p.pattern for p, _ in known if not any(p.fullmatch(text) for text, among in said if among is known)]
        assert idle == []


@pytest.mark.parametrize(
    "rule",
    [
        f"by {TOLERANCE * 100:.0f} % of the whole way",
        f"*N* is {STALE_AFTER_MONTHS}, unless",
        f"over the last {IN_WORDS[WINDOW]} years",
        f"Method `{METHOD}`",
        f"comparable with it, {IN_WORDS[MINIMUM]} at least",
        f"a {CONFIDENCE} % interval",
        f"more than {FARTHEST} years away",
        f"up to {APART * 100} % of it",
        f"at most {formulas.MAX_CHARACTERS} characters and {formulas.MAX_DEPTH} levels",
        f"kept at {MAX_DECIMALS} decimals",
        f"more than {MAX_INTEGER_DIGITS} digits",
    ],
)
def test_the_numbers_that_the_rules_rest_on_are_those_of_the_code(rule):
    assert rule in " ".join(PAGE.split())


def test_the_page_names_every_status_basis_comparator_path_origin_and_aggregation_and_has_a_part_for_every_kind():
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    for codes in (Status, TargetBasis, Comparator, TargetPath, Origin, Aggregation, Quality, UnforeseenReason):
        assert set(codes) - named == set()
    for kind in KINDS:
        assert f"### {kind.capitalize()}\n" in PAGE
