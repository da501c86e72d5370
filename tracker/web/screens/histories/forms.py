"""What the forms of a value, a commitment or an action sent: what it is about, a file with its note, a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from tracker.domain.errors import NotFound, Problem
from tracker.domain.evidence import DOCUMENT_LIMIT_MB, MEGABYTE
from tracker.domain.numbers import whole_number
from tracker.domain.subjects import Subject
from tracker.domain.vocabulary import SubjectKind
from tracker.services.evidence import Sent
from tracker.web.platform.numbers import LAST_NUMBER

_ABOUT = {kind.value: kind for kind in (SubjectKind.VALUE, SubjectKind.COMMITMENT, SubjectKind.ACTION)}
_NUMBER_LENGTH = len(str(LAST_NUMBER))


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was refused, as it was typed: its name, the file that it is about, and what is wrong with it."""

    form: str = ""
    number: int = 0
    text: str = ""
    chosen: frozenset[int] = frozenset()
    problems: Mapping[str, Problem] = field(default_factory=dict)

    def of(self, form: str, number: int = 0) -> "Typed":
        """Give what was typed in that form, nothing if it was another one."""
        return self if (self.form, self.number) == (form, number) else Typed()


def sent_subject() -> Subject:
    """Read what the form is about.

    Raises:
        NotFound: for what nothing can be attached to.
    """
    kind, code, year = (request.form.get(name, "") for name in ("kind", "code", "year"))
    if kind not in _ABOUT:
        raise NotFound(kind)
    return Subject(_ABOUT[kind], code, number_in(year))


def sent_file() -> Sent:
    """Read the file and its note, no further than what any file may weigh."""
    file, note = request.files.get("file"), request.form.get("note", "")
    if file is None or not file.filename:
        return Sent("", None, note)
    return Sent(file.filename, file.stream.read(DOCUMENT_LIMIT_MB * MEGABYTE + 1), note)


def sent_people() -> frozenset[int]:
    """Read who was chosen to be told."""
    return frozenset(number for written in request.form.getlist("tell") if (number := number_in(written)))


def number_in(written: str) -> int:
    """Give the number that was written, 0 for what is none."""
    number = whole_number(written, _NUMBER_LENGTH) or 0
    return number if number <= LAST_NUMBER else 0
