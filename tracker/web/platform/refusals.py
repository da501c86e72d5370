"""What a page answers that shows again what was typed: the status of a refusal, and each problem at its field."""

from collections.abc import Iterable

from tracker.domain.errors import Conflict, Invalid, Problem

CONFLICT, INVALID = 409, 422


def status_of(refused: Invalid) -> int:
    """Give the status of an answer to a refused form: somebody came first, or something is wrong."""
    return CONFLICT if isinstance(refused, Conflict) else INVALID


def by_field(problems: Iterable[Problem]) -> dict[str, Problem]:
    """Give problems by the field that they stand at; the last of each."""
    return {problem.where: problem for problem in problems}
