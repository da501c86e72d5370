"""What a file, a message or a notice is about: a value, a commitment, an action, a digital service and others."""

from dataclasses import dataclass

from tracker.domain.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing of an organisation, by its code; ``year`` is 0 where the thing has none, the code "" for a campaign."""

    kind: SubjectKind
    code: str = ""
    year: int = 0


def value_of(code: str, year: int) -> Subject:
    """Name the value of an indicator for a year."""
    return Subject(SubjectKind.VALUE, code, year)


def commitment(code: str) -> Subject:
    """Name a commitment."""
    return Subject(SubjectKind.COMMITMENT, code)


def campaign(year: int) -> Subject:
    """Name the campaign of a year."""
    return Subject(SubjectKind.CAMPAIGN, "", year)


def department(code: str) -> Subject:
    """Name a department."""
    return Subject(SubjectKind.DEPARTMENT, code)


def action(code: str, year: int) -> Subject:
    """Name an action of the plan of a year."""
    return Subject(SubjectKind.ACTION, code, year)


def service(number: int) -> Subject:
    """Name a digital service."""
    return Subject(SubjectKind.SERVICE, str(number))
