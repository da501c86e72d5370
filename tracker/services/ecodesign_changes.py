"""Self-assessments against the RGESN, begun, answered theme by theme, closed, their statement published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.domain.dates import iso_day
from tracker.domain.ecodesign import Assessment
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.rgesn import Criterion, EcodesignAnswer, EcodesignTheme, score
from tracker.domain.service_problems import ServiceProblem
from tracker.labels.journal import field_shown
from tracker.services.contacts import nameless
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.digital_services import subject_of
from tracker.services.ecodesign import assessment_of, referential, service_row
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import DigitalService, EcodesignAssessment, EcodesignReply
from tracker.store.queries import ecodesign as stored

NAME_LIMIT, TEXT_LIMIT, NOTE_LIMIT, URL_LIMIT = 200, 2000, 1000, 500


@dataclass(frozen=True, slots=True)
class FrameDraft:
    """What was typed around the answers; ``seen`` is the version that was on the screen."""

    assessed_on: str = ""
    assessor: str = ""
    scope: str = ""
    improvements: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """The answers and the notes that were typed for the criteria of a theme, by number, and the version seen."""

    answers: Mapping[str, str]
    notes: Mapping[str, str]
    seen: int = 0


def begin(session: Session, visitor: Visitor, number: int) -> int:
    """Begin a self-assessment, from the answers of the last one where there is one; give its number.

    One that is not closed is gone on with: its own number is given.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: when the organisation has no such service.
        Conflict: when somebody began one at the same moment.
    """
    service = _service(session, visitor, number)
    last = stored.latest(session, service.id)
    if last is not None and not last.is_closed:
        return last.number
    row = EcodesignAssessment(
        organisation_id=visitor.organisation.id,
        service_id=service.id,
        number=last.number + 1 if last else 1,
        rgesn=referential().version,
        assessor=last.assessor if last else "",
        scope=last.scope if last else "",
        improvements=last.improvements if last else "",
        author=visitor.name,
        recorded_at=datetime.now(UTC),
        replies=[EcodesignReply(criterion=one.criterion, answer=one.answer, note=one.note) for one in last.replies]
        if last
        else [],
    )
    add(session, row, lambda: Problem("seen", ServiceProblem.ECODESIGN_BEGUN_ELSEWHERE))
    after = {"number": str(row.number), "carried_replies": str(len(row.replies)) if row.replies else ""}
    tell(session, visitor, JournalAction.ECODESIGN_BEGUN, subject_of(number), {}, _said(after))
    return row.number


def describe(session: Session, visitor: Visitor, number: int, draft: FrameDraft, today: date) -> bool:
    """Say when, by whom and on what a self-assessment is made, and what is foreseen. False when it says so already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: without a self-assessment that is open.
        Conflict: when somebody changed it meanwhile.
        Invalid: for what cannot be read, or a day to come.
    """
    row = _open(session, visitor, number)
    known = assessment_of(row)
    typed = Typed()
    on = typed.any_day("assessed_on", draft.assessed_on)
    if on is not None and on > today:
        typed.refuse("assessed_on", ProblemCode.DAY_TO_COME, on=on)
    assessor = nameless(typed, "assessor", draft.assessor, NAME_LIMIT)
    scope = nameless(typed, "scope", draft.scope, TEXT_LIMIT)
    improvements = nameless(typed, "improvements", draft.improvements, TEXT_LIMIT)
    before = _frame(known.assessed_on, known.assessor, known.scope, known.improvements)
    after = _frame(on, assessor, scope, improvements)
    if not typed.problems and before == after:
        return False
    _check_seen(row, draft.seen, before, after, {"perimeter": "scope"}, typed)
    typed.end()
    row.assessed_on, row.assessor, row.scope, row.improvements = on, assessor, scope, improvements
    _changed(session, visitor, row, JournalAction.ECODESIGN_CHANGED, number, before, after)
    return True


def answer(session: Session, visitor: Visitor, number: int, theme: EcodesignTheme, draft: ThemeDraft) -> bool:
    """Keep the answers and the notes of the criteria of a theme. False when all are there already.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: without a self-assessment that is open.
        Conflict: when somebody changed one of them meanwhile.
        Invalid: for an answer that does not exist, or « not applicable » where the RGESN admits no exception.
    """
    row = _open(session, visitor, number)
    known = assessment_of(row)
    criteria = referential().of_theme(theme)
    typed = Typed()
    read = {one.number: _read(typed, one, draft) for one in criteria}
    before = {one.number: _told(known.answers.get(one.number), known.notes.get(one.number, "")) for one in criteria}
    after = {key: _told(*told) for key, told in read.items()}
    if not typed.problems and before == after:
        return False
    if draft.seen != row.version:
        differ = [key for key in after if before[key] != after[key]]
        found = [
            stale(row.author, field_shown("replies", f"{key}={before[key][0]}"), f"answer-{key}") for key in differ
        ]
        if found:
            quoted = {problem.where for problem in found}
            raise Conflict(*found, *(problem for problem in typed.problems if problem.where not in quoted))
    typed.end()
    replies = {one.criterion: one for one in row.replies}
    for key, (chosen, note) in read.items():
        reply = replies.get(key)
        if reply is None:
            session.add(EcodesignReply(assessment_id=row.id, criterion=key, answer=chosen, note=note))
        else:
            reply.answer, reply.note = chosen, note
    _changed(session, visitor, row, JournalAction.ECODESIGN_CHANGED, number, *_moved(before, after))
    return True


def close(session: Session, visitor: Visitor, number: int, seen: int) -> None:
    """Close a self-assessment: nothing of it changes any more, and its statement may be published.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: without a self-assessment that is open.
        Conflict: when somebody changed it meanwhile.
        Invalid: with what it lacks.
    """
    row = _open(session, visitor, number)
    if seen != row.version:
        raise Conflict(Problem("seen", ServiceProblem.ECODESIGN_CHANGED_SINCE, {"author": row.author or "–"}))
    lacks = missing(assessment_of(row))
    if lacks:
        raise Invalid(*lacks)
    row.is_closed = True
    told = score(referential(), assessment_of(row).answers)
    after = {"number": str(row.number), "criteria_met": str(told.met), "criteria_applicable": str(told.applicable)}
    _changed(session, visitor, row, JournalAction.ECODESIGN_CLOSED, number, {}, after)


def missing(assessment: Assessment) -> tuple[Problem, ...]:
    """List what a self-assessment lacks to be closed."""
    lacks = []
    if assessment.assessed_on is None:
        lacks.append(Problem("assessed_on", ServiceProblem.ECODESIGN_DAY_MISSING))
    if not assessment.assessor:
        lacks.append(Problem("assessor", ServiceProblem.ECODESIGN_ASSESSOR_MISSING))
    if not assessment.scope:
        lacks.append(Problem("scope", ServiceProblem.ECODESIGN_SCOPE_MISSING))
    waiting = score(referential(), assessment.answers).open
    if waiting:
        lacks.append(Problem("answers", ServiceProblem.ECODESIGN_ANSWERS_MISSING, {"n": waiting}))
    return tuple(lacks)


def publish(session: Session, visitor: Visitor, number: int, on: str, url: str, today: date) -> bool:
    """Say when and where the statement of the last closed self-assessment was put. False when it says so.

    Raises:
        Forbidden: without the right to keep the services.
        NotFound: without a closed self-assessment.
        Invalid: for a day to come or before the self-assessment, or an address that is none.
    """
    row = stored.latest(session, _service(session, visitor, number).id, is_closed=True)
    if row is None:
        raise NotFound(number)
    typed = Typed()
    day = typed.any_day("published_on", on, ServiceProblem.ECODESIGN_PUBLISHED_MISSING)
    if day is not None and day > today:
        typed.refuse("published_on", ProblemCode.DAY_TO_COME, on=day)
    elif day is not None and row.assessed_on is not None and day < row.assessed_on:
        typed.refuse("published_on", ServiceProblem.ECODESIGN_PUBLISHED_EARLY, day=row.assessed_on)
    address = web_address(typed, "url", url)
    if not address and not typed.is_refused("url"):
        typed.refuse("url", ProblemCode.WEB_ADDRESS_UNREADABLE, text="")
    typed.end()
    if (row.published_on, row.url) == (day, address):
        return False
    before = {"published_on": iso_day(row.published_on), "url": row.url}
    row.published_on, row.url = day, address
    after = {"published_on": iso_day(day), "url": address}
    _changed(session, visitor, row, JournalAction.ECODESIGN_PUBLISHED, number, before, after)
    return True


def web_address(typed: Typed, where: str, text: str) -> str:
    """Read the address of a page; blank stays so, what is not http nor https is refused."""
    url = typed.words(where, text, limit=URL_LIMIT)
    if not url or typed.is_refused(where):
        return url
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        is_web = False
    if not is_web or any(letter.isspace() for letter in url):
        typed.refuse(where, ProblemCode.WEB_ADDRESS_UNREADABLE, text=url[:40])
    return url


def _service(session: Session, visitor: Visitor, number: int) -> DigitalService:
    visitor.require(Permission.KEEP_SERVICES)
    return service_row(session, visitor, number)


def _open(session: Session, visitor: Visitor, number: int) -> EcodesignAssessment:
    row = stored.latest(session, _service(session, visitor, number).id)
    if row is None or row.is_closed:
        raise NotFound(number)
    return row


def _read(typed: Typed, criterion: Criterion, draft: ThemeDraft) -> tuple[EcodesignAnswer, str]:
    key = criterion.number
    chosen = typed.choice(f"answer-{key}", draft.answers.get(key, EcodesignAnswer.OPEN), EcodesignAnswer)
    if chosen is EcodesignAnswer.NOT_APPLICABLE and criterion.applies_always:
        typed.refuse(f"answer-{key}", ServiceProblem.CRITERION_APPLIES_ALWAYS, number=key)
    note = nameless(typed, f"note-{key}", draft.notes.get(key, ""), NOTE_LIMIT)
    return chosen or EcodesignAnswer.OPEN, note


def _told(chosen: EcodesignAnswer | None, note: str) -> tuple[str, str]:
    return str(chosen or EcodesignAnswer.OPEN), note


def _moved(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> tuple[Told, Told]:
    """Tell the answers and the notes that are not the same, before and after."""
    answers = [key for key in after if before[key][0] != after[key][0]]
    notes = [key for key in after if before[key][1] != after[key][1]]
    was, now = (
        _said(
            {
                "replies": " ".join(f"{key}={told[key][0]}" for key in answers),
                "notes": "\n".join(f"{key} : {told[key][1]}" for key in notes),
            }
        )
        for told in (before, after)
    )
    return was, now


def _frame(on: date | None, assessor: str, scope: str, improvements: str) -> Told:
    return {"assessed_on": iso_day(on), "assessor": assessor, "perimeter": scope, "improvements": improvements}


def _check_seen(
    row: EcodesignAssessment, seen: int, before: Told, after: Told, fields: Mapping[str, str], typed: Typed
) -> None:
    """Refuse what was typed over another version than the stored one, quoting it where it is not the same."""
    if seen == row.version:
        return
    found = [
        stale(row.author, field_shown(name, before[name]), fields.get(name, name))
        for name in after
        if before[name] != after[name]
    ]
    quoted = {problem.where for problem in found}
    raise Conflict(*found, *(problem for problem in typed.problems if problem.where not in quoted))


def _changed(
    session: Session,
    visitor: Visitor,
    row: EcodesignAssessment,
    action: JournalAction,
    number: int,
    before: Told,
    after: Told,
) -> None:
    row.version += 1
    row.author, row.recorded_at = visitor.name, datetime.now(UTC)
    tell(session, visitor, action, subject_of(number), before, after)
    session.flush()


def _said(told: Told) -> Told:
    return {key: value for key, value in told.items() if value}
