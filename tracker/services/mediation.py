"""Places of digital mediation: where they are, when they are open, how many people each helped in a year."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.mediation import MediationKind, PlaceRecord
from tracker.domain.numbers import whole_number
from tracker.domain.periods import is_open_year
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.services.contacts import nameless, web_address
from tracker.services.decisions import Told, stale, stale_fields, tell
from tracker.services.decisions import add as insert
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import MediationPlace, MediationYear, Organisation
from tracker.store.queries import mediation as stored
from tracker.store.queries.mediation import CONTENT

NAME_LIMIT, ADDRESS_LIMIT, TOWN_LIMIT, HOURS_LIMIT = 200, 300, 120, 1000
MOST = 10_000_000
FIELDS = {"mediation_kind": "kind"}
"""The field of the form that a word of the journal stands for, where they are not the same."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with its version, and what it told of a year: the people helped, None where nobody counted."""

    version: int
    record: PlaceRecord
    people: int | None
    counted: int


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """What was typed of a place and of one of its years.

    ``seen`` and ``counted`` are the versions that were on the screen, 0 for what is new.
    """

    name: str = ""
    kind: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    hours: str = ""
    website: str = ""
    is_open: str = "1"
    people: str = ""
    seen: int = 0
    counted: int = 0
    has_comma_groups: bool = False


def of_year(session: Session, visitor: Visitor, year: int, today: date) -> Sequence[PlaceView]:
    """List the places with what each told of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: for a year that cannot have values.
    """
    visitor.require(Permission.READ)
    if not is_open_year(year, today):
        raise NotFound(year)
    return known(session, visitor.organisation, year)


def known(session: Session, organisation: Organisation, year: int) -> Sequence[PlaceView]:
    """List the places of an organisation with what each told of ``year``; two queries for all."""
    told_of = {row.place_id: row for row in stored.years(session, organisation.id, year)}
    return [_view(row, told_of.get(row.id)) for row in stored.everything(session, organisation.id)]


def find(session: Session, visitor: Visitor, number: int, year: int, today: date) -> PlaceView:
    """Give one place with what it told of ``year``.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such place, or for a year that cannot have values.
    """
    for one in of_year(session, visitor, year, today):
        if one.record.number == number:
            return one
    raise NotFound(number)


def add(session: Session, visitor: Visitor, year: int, draft: PlaceDraft, today: date) -> int:
    """Add a place with what it told of ``year``, and give its number.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: for a year that cannot have values.
        Conflict: when somebody added one at the same moment.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    if not is_open_year(year, today):
        raise NotFound(year)
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    number = stored.last_number(session, visitor.organisation.id) + 1
    record, people = read(typed, draft, number)
    typed.end()
    row = MediationPlace(organisation_id=visitor.organisation.id, number=number)
    _write_into(row, record, visitor.name)
    insert(session, row, lambda: stale("", record.name, "name"))
    tell(session, visitor, JournalAction.MEDIATION_PLACE_ADDED, subject_of(number), {}, told(record))
    _count(session, visitor, row, year, people, None)
    return number


def correct(session: Session, visitor: Visitor, number: int, year: int, draft: PlaceDraft, today: date) -> bool:
    """Correct a place and what it told of ``year``. False when both say what is stored already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such place, or for a year that cannot have values.
        Conflict: when somebody changed either meanwhile.
        Invalid: for what cannot be read, or cannot be.
    """
    visitor.require(Permission.KEEP_SERVICES)
    row = stored.row(session, visitor.organisation.id, number, locked=True)
    if row is None or not is_open_year(year, today):
        raise NotFound(number)
    counted = stored.year(session, row.id, year)
    kept, before = _record(row), counted.people if counted else None
    typed = Typed(has_comma_groups=draft.has_comma_groups)
    record, people = read(typed, draft, number)
    is_same_place, is_same_count = record == kept, people == before
    if not typed.problems and is_same_place and is_same_count:
        return False
    is_stale = (not is_same_place and draft.seen != row.version) or (
        not is_same_count and draft.counted != (counted.version if counted else 0)
    )
    if is_stale:
        theirs, mine = {**told(kept), "people": _text(before)}, {**told(record), "people": _text(people)}
        author = counted.author if is_same_place and counted else row.author
        raise stale_fields(author, theirs, mine, typed.problems, FIELDS)
    typed.end()
    if not is_same_place:
        _write_into(row, record, visitor.name)
        row.version += 1
        tell(session, visitor, JournalAction.MEDIATION_PLACE_CHANGED, subject_of(number), told(kept), told(record))
    if not is_same_count:
        _count(session, visitor, row, year, people, counted)
    session.flush()
    return True


def read(typed: Typed, draft: PlaceDraft, number: int) -> tuple[PlaceRecord, int | None]:
    """Read a place and the people that it helped; what cannot be read, or cannot be, is noted in ``typed``."""
    postcode = typed.words("postcode", draft.postcode, limit=10)
    if postcode and not typed.is_refused("postcode") and (len(postcode) != 5 or whole_number(postcode, 5) is None):
        typed.refuse("postcode", ServiceProblem.POSTCODE_UNREADABLE, text=postcode)
    if not draft.kind:
        typed.refuse("kind", ProblemCode.FIELD_MISSING)
    record = PlaceRecord(
        number=number,
        name=typed.words("name", draft.name, ProblemCode.FIELD_MISSING, NAME_LIMIT),
        kind=(typed.choice("kind", draft.kind, MediationKind) if draft.kind else None) or MediationKind.OTHER,
        address=typed.words("address", draft.address, limit=ADDRESS_LIMIT),
        postcode=postcode,
        town=typed.words("town", draft.town, limit=TOWN_LIMIT),
        hours=nameless(typed, "hours", draft.hours, HOURS_LIMIT),
        website=web_address(typed, "website", draft.website),
        is_open=draft.is_open == "1",
    )
    return record, typed.whole("people", draft.people, MOST)


def told(record: PlaceRecord) -> Told:
    """Tell a place field by field, in no language."""
    return {
        "name": record.name,
        "mediation_kind": record.kind,
        "address": record.address,
        "postcode": record.postcode,
        "town": record.town,
        "hours": record.hours,
        "website": record.website,
        "is_open": "1" if record.is_open else "0",
    }


def draft_of(view: PlaceView) -> PlaceDraft:
    """Give the draft that would change nothing of ``view``."""
    texts = {one.name: getattr(view.record, one.name) for one in fields(PlaceRecord) if one.name in CONTENT}
    texts |= {"kind": view.record.kind.value, "is_open": "1" if view.record.is_open else "0"}
    return PlaceDraft(**texts, people=_text(view.people), seen=view.version, counted=view.counted)


def subject_of(number: int) -> str:
    """Name a place in the journal."""
    return f"mediation-{number}"


def _count(
    session: Session,
    visitor: Visitor,
    place: MediationPlace,
    year: int,
    people: int | None,
    row: MediationYear | None,
) -> None:
    """Write how many people a place helped in ``year``; where nobody told, nothing is added."""
    if row is None and people is None:
        return
    before = _text(row.people if row else None)
    target = row or MediationYear(
        organisation_id=visitor.organisation.id, place_id=place.id, year=year, version=0, people=None
    )
    target.people, target.version = people, target.version + 1
    target.author, target.recorded_at = visitor.name, datetime.now(UTC)
    insert(session, target, lambda: stale("", _text(people), "people"))
    change = {"people": before}, {"people": _text(people)}
    tell(session, visitor, JournalAction.MEDIATION_COUNTED, subject_of(place.number), *change, year=year)


def _view(row: MediationPlace, counted: MediationYear | None) -> PlaceView:
    return PlaceView(row.version, _record(row), counted.people if counted else None, counted.version if counted else 0)


def _record(row: MediationPlace) -> PlaceRecord:
    return PlaceRecord(number=row.number, **{name: getattr(row, name) for name in CONTENT})


def _write_into(row: MediationPlace, record: PlaceRecord, author: str) -> None:
    for name in CONTENT:
        setattr(row, name, getattr(record, name))
    row.author = author
    row.recorded_at = datetime.now(UTC)


def _text(people: int | None) -> str:
    return "" if people is None else str(people)
