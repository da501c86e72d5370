"""The figures of an organisation: every value, typed or computed, as its methods and settings make it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.computed import Sources, Values, complete
from tracker.domain.formula import Formula, inputs
from tracker.domain.methods import FIRST, Method
from tracker.domain.records import TOLERANCE, Aim, Companion, IndicatorRecord, Reading
from tracker.domain.targets import Baseline, Target
from tracker.domain.versions import in_force
from tracker.domain.vocabulary import Absence, Collection
from tracker.services.records import indicator_record, latest_reading, method, newest, read_formula, recorded
from tracker.store import models
from tracker.store.queries import indicators, measurements

EMPTY = Values()


@dataclass(frozen=True, slots=True)
class Figures:
    """All the figures of an organisation, each by the code of its indicator; ``rows`` is the whole catalogue.

    ``chosen`` are those that it follows without any commitment asking for them.
    """

    rows: Mapping[str, models.Indicator]
    settings: Mapping[str, models.IndicatorSetting]
    methods: Mapping[str, tuple[Method, ...]]
    sources: Sources
    values: Mapping[str, Values]
    chosen: tuple[str, ...] = ()

    def indicator(self, code: str) -> IndicatorRecord:
        """Give an indicator as the organisation uses it: its own direction, typed or computed by its last method."""
        row, setting = self.rows[code], self.settings.get(code)
        record = indicator_record(row)
        if setting and setting.better:
            record = replace(record, better=setting.better)
        if record.collection is Collection.FINDING:
            return record
        is_computed = self.methods[code][-1].formula is not None
        if is_computed or len(self.methods[code]) > 1:
            record = replace(record, collection=Collection.DERIVED if is_computed else Collection.MEASUREMENT)
        return record

    def companion(self, code: str) -> str:
        """Give the code of the absolute indicator that ``code`` is paired with, empty for none."""
        setting = self.settings.get(code)
        chosen = self.rows[code].companion if setting is None or setting.companion is None else setting.companion
        return chosen if chosen in self.rows else ""

    def aim(
        self, code: str, targets: tuple[Target, ...] = (), baselines: tuple[Baseline, ...] = (), *, paired: bool = True
    ) -> Aim:
        """Give the indicator ``code`` with all its readings, and the targets and baselines of one commitment."""
        setting, found, pair = self.settings.get(code), self.values.get(code, EMPTY), self.companion(code)
        has_tolerance = setting is not None and setting.tolerance is not None
        return Aim(
            indicator=self.indicator(code),
            targets=targets,
            baselines=baselines,
            readings=found.readings,
            methods=self.methods[code],
            restated=found.restated,
            tolerance=setting.tolerance if has_tolerance else TOLERANCE,  # type: ignore[union-attr,arg-type]
            companion=self._companion(pair) if paired and pair else None,
        )

    def _companion(self, code: str) -> Companion:
        alone = self.aim(code, paired=False)
        last = alone.known[-1].year if alone.known else 0
        return Companion(alone.indicator, alone.comparable(last))

    def is_typed(self, code: str, year: int) -> bool:
        """Tell whether the value of ``year`` is typed by somebody, and not computed nor told by facts."""
        if self.rows[code].collected_by is Collection.FINDING:
            return False
        method = in_force(self.methods[code], year)
        if method is None or method.formula is not None:
            return False
        return method.version > FIRST or self.rows[code].collected_by is Collection.MEASUREMENT

    def is_computed(self, code: str, year: int) -> bool:
        """Tell whether the value of ``year`` comes from a formula."""
        method = in_force(self.methods[code], year)
        return method is not None and method.formula is not None

    def method(self, code: str, year: int) -> int:
        """Give the version of the method that ``code`` is obtained by in ``year``."""
        found = in_force(self.methods[code], year)
        return found.version if found else FIRST

    def formula(self, code: str) -> Formula | None:
        """Give the formula that ``code`` is computed by today, None where it is typed."""
        return self.methods[code][-1].formula

    def with_inputs(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Give ``codes`` and all that their formulas draw on, however far, and what they are paired with."""
        found = dict.fromkeys(codes)
        waiting = list(found)
        while waiting:
            code = waiting.pop()
            drawn = [name for method in self.methods[code] if method.formula for name in inputs(method.formula)]
            for name in (*drawn, self.companion(code)):
                if name in self.rows and name not in found:
                    found[name] = None
                    waiting.append(name)
        return tuple(code for code in self.rows if code in found)


def figures(
    session: Session,
    organisation: models.Organisation,
    baselines: Mapping[str, tuple[Baseline, ...]],
    *,
    with_drafts: bool = False,
    until: datetime | None = None,
) -> Figures:
    """Gather the figures of ``organisation``; ``baselines`` gives those that formulas refer to, by code.

    ``with_drafts`` takes what officers have typed so far instead of what readers are shown; ``until`` leaves out
    what was recorded after that moment.
    """
    catalogue = indicators.decided(session, organisation.id)
    rows = {one.row.code: one.row for one in catalogue}
    typed = _typed(session, organisation, rows, with_drafts=with_drafts, until=until)
    known = {
        one.row.code: (_catalogue_method(one.row), *map(method, recorded(one.methods.values(), until)))
        for one in catalogue
    }
    chosen = {one.row.code: last for one in catalogue if (last := newest(one.settings.values(), until))}
    followed = tuple(
        one.row.code for one in catalogue if (kept := newest(one.choices.values(), until)) and kept.is_followed
    )
    bounds = {code: (row.minimum, row.maximum) for code, row in rows.items()}
    sources = Sources(typed, known, baselines, _spanned(typed), bounds)
    return Figures(rows, chosen, known, sources, complete(sources), followed)


def retyped(session: Session, organisation: models.Organisation, shown: Figures) -> Figures:
    """Give ``shown``, what readers are shown of ``organisation``, as officers have typed it so far; one query."""
    typed = _typed(session, organisation, shown.rows, with_drafts=True)
    sources = replace(shown.sources, typed=typed, years=_spanned(typed))
    return replace(shown, sources=sources, values=complete(sources))


def _typed(
    session: Session,
    organisation: models.Organisation,
    rows: Mapping[str, models.Indicator],
    *,
    with_drafts: bool,
    until: datetime | None = None,
) -> Mapping[str, Mapping[int, Reading]]:
    by_number = {row.id: row.code for row in rows.values()}
    found: dict[str, dict[int, Reading]] = defaultdict(dict)
    for row in measurements.latest(session, organisation.id, with_drafts=with_drafts, until=until):
        if row.absence is not Absence.WITHDRAWN:
            found[by_number[row.indicator_id]][row.year] = latest_reading(row)
    return dict(found)


def _spanned(typed: Mapping[str, Mapping[int, Reading]]) -> Sequence[int]:
    """Give the years to compute, from the first one typed to the last."""
    years = sorted({year for readings in typed.values() for year in readings})
    return range(years[0], years[-1] + 1) if years else ()


def _catalogue_method(row: models.Indicator) -> Method:
    formula = read_formula(row.formula) if row.formula else None
    return Method(FIRST, 0, formula, row.formula, row.formula_fr)
