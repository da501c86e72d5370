"""What a setting would change, year by year, before it is decided: the portfolio as it is, and as it would be."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.computed import Sources, complete
from tracker.domain.formula import inputs
from tracker.domain.judgement import Judgement
from tracker.domain.kinds import judge
from tracker.domain.methods import Method
from tracker.domain.records import Aim, CommitmentRecord, Reading
from tracker.domain.targets import Baseline, Target
from tracker.services.figures import EMPTY, Figures
from tracker.services.portfolio import Portfolio
from tracker.store.models import IndicatorSetting


@dataclass(frozen=True, slots=True)
class YearEffect:
    """The verdict of a year as it is, and as it would be."""

    year: int
    before: Judgement
    after: Judgement

    @property
    def is_changed(self) -> bool:
        """Tell whether the status is not the same."""
        return self.before.status is not self.after.status


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one commitment, from the year of its vote to the running one."""

    commitment: CommitmentRecord
    years: tuple[YearEffect, ...]

    @property
    def spans(self) -> tuple[tuple[YearEffect, ...], ...]:
        """Give the years, latest first, those that follow each other without any change gathered in one span."""
        spans: list[list[YearEffect]] = []
        for one in reversed(self.years):
            last = spans[-1][-1] if spans else None
            is_same = last is not None and not last.is_changed and not one.is_changed
            if is_same and last and last.before.status is one.before.status:
                spans[-1].append(one)
            else:
                spans.append([one])
        return tuple(map(tuple, spans))

    @property
    def changed(self) -> tuple[YearEffect, ...]:
        """Give the years whose status is not the same."""
        return tuple(one for one in self.years if one.is_changed)


@dataclass(frozen=True, slots=True)
class ValueEffect:
    """The value of a year as it is, and as a formula would make it."""

    year: int
    before: Reading | None
    after: Reading | None


def effects(before: Portfolio, after: Portfolio, concerned: Collection[str], today: date) -> tuple[Effect, ...]:
    """Judge every commitment in both: those ``concerned`` with all their years, the others where a status changes.

    ``concerned`` are codes of commitments. Nothing is read or written: both portfolios are in memory.
    """
    pairs = zip(before.commitments, after.commitments, strict=True)
    found = (Effect(one, _years(one, other, today)) for one, other in pairs)
    told = [effect for effect in found if effect.commitment.code in concerned or effect.changed]
    return tuple(sorted(told, key=lambda effect: effect.commitment.code not in concerned))


def serving(known: Portfolio, code: str) -> frozenset[str]:
    """Give the codes of the commitments that use the indicator ``code``."""
    return frozenset(one.code for one in known.commitments for aim in one.aims if aim.indicator.code == code)


def with_baseline(known: Portfolio, commitment: str, code: str, added: Baseline) -> Portfolio:
    """Give ``known`` as it would be with one more baseline; formulas that refer to it are computed again."""
    decided = _decided(known, commitment, code, lambda aim: replace(aim, baselines=(*aim.baselines, added)))
    sources = replace(known.figures.sources, baselines=_references(decided))
    return Portfolio(decided, known.figures).with_figures(_recomputed(known.figures, sources))


def with_target(known: Portfolio, commitment: str, code: str, added: Target) -> Portfolio:
    """Give ``known`` as it would be with one more version of a target."""
    decided = _decided(known, commitment, code, lambda aim: replace(aim, targets=(*aim.targets, added)))
    return Portfolio(decided, known.figures)


def with_setting(known: Portfolio, code: str, setting: IndicatorSetting) -> Portfolio:
    """Give ``known`` as it would be with another setting of an indicator; ``setting`` belongs to no session."""
    figures = replace(known.figures, settings={**known.figures.settings, code: setting})
    return known.with_figures(figures)


def with_method(known: Portfolio, code: str, added: Method) -> Portfolio:
    """Give ``known`` as it would be with one more method of an indicator.

    Raises:
        Cycle: when the formulas in force in some year would turn in a circle.
    """
    methods = {**known.figures.methods, code: (*known.figures.methods[code], added)}
    figures = replace(known.figures, methods=methods)
    return known.with_figures(_recomputed(figures, replace(figures.sources, methods=methods)))


def with_patience(known: Portfolio, commitment: str, months: int) -> Portfolio:
    """Give ``known`` as it would be with another number of months before a practice is said to be asleep."""
    decided = (replace(one, stale_after_months=months) if one.code == commitment else one for one in known.commitments)
    return Portfolio(tuple(decided), known.figures)


def values(known: Portfolio, code: str, tried: Method, today: date) -> tuple[ValueEffect, ...]:
    """Give what the formula of ``tried`` comes to each year, whether or not it is in force then, latest year first.

    Its inputs are taken as they are published, so that no other formula is computed again. Empty without a formula.
    """
    if tried.formula is None:
        return ()
    figures = known.figures
    published = {name: figures.values[name].readings for name in inputs(tried.formula) if name in figures.values}
    alone = Sources(
        published, {code: (replace(tried, in_force_from=0),)}, figures.sources.baselines, figures.sources.years
    )
    computed = complete(alone).get(code, EMPTY).readings
    own = figures.values.get(code, EMPTY).readings
    years = sorted({year for year in (*computed, *own) if year <= today.year}, reverse=True)
    return tuple(ValueEffect(year, own.get(year), computed.get(year)) for year in years)


def _years(before: CommitmentRecord, after: CommitmentRecord, today: date) -> tuple[YearEffect, ...]:
    years = range(before.deliberation.adopted_on.year, today.year + 1)
    return tuple(YearEffect(year, judge(before, year, today), judge(after, year, today)) for year in years)


def _decided(
    known: Portfolio, commitment: str, code: str, change: Callable[[Aim], Aim]
) -> tuple[CommitmentRecord, ...]:
    """Give the commitments with one aim changed."""

    def told(one: CommitmentRecord) -> CommitmentRecord:
        if one.code != commitment:
            return one
        return replace(one, aims=tuple(change(aim) if aim.indicator.code == code else aim for aim in one.aims))

    return tuple(map(told, known.commitments))


def _recomputed(figures: Figures, sources: Sources) -> Figures:
    return replace(figures, sources=sources, values=complete(sources))


def _references(commitments: Sequence[CommitmentRecord]) -> Mapping[str, tuple[Baseline, ...]]:
    """Give the baselines that a formula means, as the portfolio chooses them."""
    found: dict[str, tuple[Baseline, ...]] = {}
    for one in commitments:
        for aim in one.aims:
            known = found.get(aim.indicator.code, ())
            if aim.baselines and not any(base.is_known for base in known):
                found[aim.indicator.code] = aim.baselines
    return found
