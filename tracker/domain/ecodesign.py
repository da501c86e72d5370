"""The self-assessments of a service against the RGESN, and the statement that rests on one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.rgesn import EcodesignAnswer


@dataclass(frozen=True, slots=True)
class Assessment:
    """A self-assessment: the day that it tells of, who answered, what was looked at, an answer and a note a criterion.

    ``assessor`` is a department, an organisation or a role, never a person. ``improvements`` are the actions that are
    foreseen. Once it is closed nothing of it changes; its statement was published on ``published_on``, at ``url``.
    """

    number: int
    version: int
    rgesn: str
    assessed_on: date | None = None
    assessor: str = ""
    scope: str = ""
    improvements: str = ""
    is_closed: bool = False
    published_on: date | None = None
    url: str = ""
    answers: Mapping[str, EcodesignAnswer] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def latest_closed(assessments: Sequence[Assessment], day: date) -> Assessment | None:
    """Give the last self-assessment that was closed and tells of a day up to ``day``."""
    closed = [one for one in assessments if one.is_closed and one.assessed_on is not None and one.assessed_on <= day]
    return max(closed, key=lambda one: (one.assessed_on or day, one.number), default=None)


def has_statement(assessments: Sequence[Assessment], redesigned_on: date | None, day: date) -> bool:
    """Tell whether an ecodesign statement was in force on ``day``: published, and not overtaken by a redesign.

    The RGESN has it made again at each significant change of the service (criterion 1.4); it sets no number of years.
    """
    since = redesigned_on if redesigned_on is not None and redesigned_on <= day else date.min
    return any(
        one.published_on is not None
        and one.published_on <= day
        and one.assessed_on is not None
        and one.assessed_on >= since
        for one in assessments
    )
