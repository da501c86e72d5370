"""The lives that the estate itself shows, by category: what an authority may spread the making of its devices over."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy.orm import Session

from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import MEASURED, Measure, code_of
from tracker.domain.lifetimes import in_years
from tracker.domain.periods import last_full_year, reference_day
from tracker.domain.renewals import ENOUGH
from tracker.labels import number, percent, short_day, speaking, text
from tracker.services import lifetimes
from tracker.store.models import Organisation

_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MeasuredLife:
    """The median of the survival curve of a category, in years: ``ended`` lives ended, of ``lives`` that are dated.

    ``years`` is None while fewer than ten lives ended, or the curve never comes down to a half. ``coverage`` is the
    share of the pieces, in per cent, whose days are known.
    """

    category: EquipmentCategory
    years: Decimal | None
    ended: int
    lives: int
    coverage: Decimal | None
    on: date

    @property
    def source(self) -> str:
        """Say in French, since it is stored with the factor, what the median rests on."""
        with speaking("fr"):
            return text(
                "{mark} au {day} : {ended} sorties sur {lives} vies datées, couverture {coverage}",
                mark=MEASURED,
                day=short_day(self.on),
                ended=number(Decimal(self.ended)),
                lives=number(Decimal(self.lives)),
                coverage=percent(self.coverage or Decimal(0), 1),
            )


def measured(session: Session, organisation: Organisation, code: str, today: date) -> MeasuredLife | None:
    """Give the life that the estate shows for the factor ``code``, at the end of the last full year.

    None for a factor that is no service life, or a category that the estate has never had.
    """
    category = next((one for one in EquipmentCategory if code_of(one, Measure.LIFE) == code), None)
    year = last_full_year(today)
    found = lifetimes.known(session, organisation, year, year, today).categories.get(category) if category else None
    if category is None or found is None:
        return None
    curve = found.curve
    is_told = curve.median is not None and curve.ended >= ENOUGH
    years = in_years(curve.median).quantize(_STEP, rounding=ROUND_HALF_EVEN) if is_told and curve.median else None
    coverage = 100 * Decimal(curve.lives) / found.pieces if found.pieces else None
    return MeasuredLife(category, years or None, curve.ended, curve.lives, coverage, reference_day(year, today))
