"""What of a service is not accessible, as plain values: failures, derogations for a burden, contents out of scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.rgaa import GapKind


@dataclass(frozen=True, slots=True)
class GapRecord:
    """A content that is not accessible. ``criteria`` are the numbers that it fails, as « 1.1 ».

    ``until`` is the day by which a failure is to be mended, or the last day of a derogation; None where nobody said.
    """

    number: int
    kind: GapKind
    content: str
    criteria: tuple[str, ...] = ()
    reason: str = ""
    alternative: str = ""
    until: date | None = None
    mended_on: date | None = None

    def is_open(self, day: date) -> bool:
        """Tell whether it was still there on ``day``."""
        return self.mended_on is None or self.mended_on > day

    def is_over(self, day: date) -> bool:
        """Tell whether its day is past though it is still there."""
        return self.until is not None and self.until < day and self.is_open(day)


def unfailed(gap: GapRecord, failures: Collection[str]) -> Sequence[str]:
    """List the criteria that a derogation names though its audit does not fail them; ``failures`` are those it does."""
    return [one for one in gap.criteria if one not in failures] if gap.kind is GapKind.BURDEN else []
