"""What is due before the commission: its next sessions, the end of approvals, and the day of each gap that remains."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.domain.approvals import ServiceFile, approval
from tracker.domain.bilingual import Bilingual
from tracker.domain.deadlines import Deadline, DeadlineKind
from tracker.domain.digital_services import ServiceState
from tracker.domain.rgaa import RgaaVersion

REMINDERS = (90, 30)
"""Days before the end of an approval: the time of an audit, and that of a session."""


def of_sessions(sessions: Iterable[tuple[int, date]]) -> Iterator[Deadline]:
    """Give the days of the sessions that are still in preparation, from their numbers and days."""
    for number, on in sessions:
        yield Deadline(DeadlineKind.SESSION, on, code=str(number), reminder_days=REMINDERS[1:])


def of_services(files: Iterable[ServiceFile], versions: Sequence[RgaaVersion], today: date) -> Iterator[Deadline]:
    """Give the ends of the approvals, and the days of the gaps, of every service that is not closed.

    An approval that has expired waits for the commission until another decision is taken.
    """
    for file in files:
        service = file.service
        if service.state is ServiceState.CLOSED:
            continue
        departments = (service.department,) if service.department else ()
        told = {"code": str(service.number), "title": Bilingual(service.name), "departments": departments}
        counts = approval(file, versions, today).term
        if counts is not None:
            yield Deadline(DeadlineKind.SERVICE, counts.until, reminder_days=REMINDERS, **told)  # type: ignore[arg-type]
        for gap in file.gaps:
            if gap.until is not None and gap.is_open(today):
                content = Bilingual(gap.content)
                yield Deadline(DeadlineKind.GAP, gap.until, step=gap.number, detail=content, **told)  # type: ignore[arg-type]
