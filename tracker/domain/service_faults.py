"""What a digital service cannot say: days out of their order, a closing of what is open."""

from collections.abc import Iterator
from datetime import date

from tracker.domain.digital_services import ServiceRecord, ServiceState
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.service_problems import ServiceProblem

FIRST_YEAR = 1990


def faults(record: ServiceRecord, today: date) -> Iterator[Problem]:
    """Give what is wrong with ``record``, each problem at the name of its field; one a field at most.

    A service may open, change or close later than ``today``; its statement was put online or was not.
    """
    for name in ("opened_on", "redesigned_on", "closed_on", "statement_on"):
        on: date | None = getattr(record, name)
        if on is None:
            continue
        if on.year < FIRST_YEAR:
            yield Problem(name, ProblemCode.DATE_TOO_OLD, {"year": FIRST_YEAR})
        elif name == "closed_on" and record.state is not ServiceState.CLOSED:
            yield Problem(name, ProblemCode.FIELD_UNWANTED)
        elif name != "opened_on" and record.opened_on is not None and on < record.opened_on:
            yield Problem(name, ServiceProblem.SERVICE_BEFORE_OPENING, {"on": record.opened_on})
        elif name == "redesigned_on" and record.closed_on is not None and on > record.closed_on:
            yield Problem(name, ServiceProblem.SERVICE_AFTER_CLOSING, {"on": record.closed_on})
        elif name == "statement_on" and on > today:
            yield Problem(name, ProblemCode.EQUIPMENT_DAY_TO_COME, {"on": on})
