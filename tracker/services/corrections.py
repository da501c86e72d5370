"""Corrections: a deliberation of the register mended field by field, what it said before staying in the journal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.budget import Sum
from tracker.domain.citations import bare_number
from tracker.domain.dates import typed_day
from tracker.domain.errors import Conflict, Invalid, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import typed_text
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import TaxRegime
from tracker.importers.deliberations.names import person_in
from tracker.labels import day, semicolon, speaking, word
from tracker.labels.budget import imputation_phrase, sum_phrase
from tracker.services import decisions, packs, reviewed, searches, seed_rows, seeds
from tracker.services.budget_lines import imputation
from tracker.services.deliberations import hold_register
from tracker.services.intakes import mark
from tracker.services.reviewed import GROUPS, PLAIN, TypedLine, TypedRelation, TypedText, is_blank
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import BudgetLine, Deliberation, DeliberationRelation
from tracker.store.models.base import Base
from tracker.store.queries import commitments
from tracker.store.queries import deliberations as rows

Given = Mapping[str, Any]
MENDED = tuple(key for key in seeds.DELIBERATION if key != "reference")
"""What can be corrected; the reference is the address of the text, and what cites it holds on to it."""
_NOTHING: Given = {"votes_for": None, "votes_against": None, "abstentions": None, "legal_basis": []}
_IN_JOURNAL = {"title_fr": "title"}
_KEEPERS = (
    (rows.has_day_in_targets, ProblemCode.VOTE_DAY_IN_TARGETS),
    (rows.has_day_in_facts, ProblemCode.VOTE_DAY_IN_FACTS),
    (rows.has_day_in_memberships, ProblemCode.VOTE_DAY_IN_MEMBERSHIPS),
    (rows.has_day_in_plans, ProblemCode.VOTE_DAY_IN_PLANS),
    (rows.has_day_in_publications, ProblemCode.VOTE_DAY_IN_PUBLICATIONS),
)
"""What keeps the day of a vote, so that the day cannot move.

The commitments of a text, their judgement and the order of the register read the day where it stands: they follow a
correction at once. A version of a target, a fact, a year of a membership and a step of a plan copied it when they were
written, and are history that triggers protect: another version beside them would tell of a change that nobody decided.
A publication shows its commitments as they were known (docs/adr/0016): moving the day would rewrite what was shown.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A text of the register, and its fields as a form shows them, without its articles."""

    row: Deliberation
    lines: Sequence[BudgetLine]
    typed: TypedText

    @property
    def seen(self) -> str:
        """Give the mark of what the text says."""
        return mark(self.typed)


@dataclass(frozen=True, slots=True)
class _Change:
    """What differs from what is stored: columns, and the whole of the budget lines or relations; None for the same."""

    columns: Given
    lines: Sequence[BudgetLine] | None
    relations: Sequence[DeliberationRelation] | None

    def __bool__(self) -> bool:
        return bool(self.columns) or self.lines is not None or self.relations is not None


def find(session: Session, visitor: Visitor, reference: str) -> Held:
    """Give a text to correct.

    Raises:
        Forbidden: without the right to take deliberations in.
        NotFound: when the organisation has no such text.
    """
    visitor.require(Permission.TAKE_IN)
    for row in commitments.deliberations(session, visitor.organisation.id):
        if row.reference == reference:
            lines = rows.budget_lines(session, row.id)
            return Held(row, lines, _fields(row, lines))
    raise NotFound(reference)


def correct(
    session: Session, visitor: Visitor, reference: str, typed: TypedText, reason: str, seen: str, today: date
) -> bool:
    """Correct a text where ``typed`` differs from it, with its line of journal. False when nothing does.

    ``seen`` is the mark of what the text said on the screen. What is as it was is not judged again: a seed or an open
    table may leave out what a form asks for.

    Raises:
        Forbidden: without the right to take deliberations in.
        NotFound: when the organisation has no such text.
        Invalid: with everything that is wrong, at its field, the missing reason included.
        Conflict: when the text was corrected otherwise since ``seen``.
    """
    visitor.require(Permission.TAKE_IN)
    hold_register(session, visitor)
    held = find(session, visitor, reference)
    groups = {name: tuple(one for one in getattr(typed, name) if not is_blank(asdict(one))) for name in GROUPS}
    typed = replace(typed, **groups | {"reference": reference, "articles": ()})  # type: ignore[arg-type]
    review = reviewed.read(typed, {}, "")
    packs.check(session, visitor, review.pack, today, corrected=reference)
    after = review.pack.document
    problems = [one for one in review.told() if not _is_kept(held.typed, typed, one.where)]
    problems += _clashes(session, held, after, {one.where for one in problems})
    change = None if problems else _changed(held, typed, after)
    if change is not None and not change:
        return False
    said = Typed()
    why = said.words("reason", reason, ProblemCode.MENDING_REASON_MISSING)
    if named := person_in(why):
        said.refuse("reason", ProblemCode.PERSON_NAMED, text=named)
    problems += said.problems
    if seen != held.seen:
        raise Conflict(Problem("seen", ProblemCode.MENDED_MEANWHILE), *problems)
    if change is None or problems:
        raise Invalid(*problems)
    _write(session, visitor, held, change, why)
    return True


def _fields(row: Deliberation, lines: Sequence[BudgetLine]) -> TypedText:
    groups: dict[str, Any] = {
        "lines": tuple(TypedLine(**_texts(one, seeds.BUDGET_LINE)) for one in lines),
        "relations": tuple(TypedRelation(**_texts(one, seeds.RELATION)) for one in row.relations),
    }
    return TypedText(**_texts(row, PLAIN), **groups)  # type: ignore[arg-type]


def _texts(row: Base, keys: Sequence[str]) -> dict[str, str]:
    return {key: _typed(getattr(row, key)) for key in keys}


def _typed(value: object) -> str:
    """Write a stored value as the forms show it: a day as 31/12/2025, a sum with a comma, a list a line each."""
    match value:
        case None:
            return ""
        case date():
            return typed_day(value)
        case Decimal():
            return typed_text(value)
        case list():
            return "\n".join(" ".join(str(one).split()) for one in value)
        case _:
            return str(value).strip()


def _is_kept(stored: TypedText, typed: TypedText, where: str) -> bool:
    """Tell a field, or a row of fields, that says what it said."""
    name, _, rest = where.partition("-")
    if name not in GROUPS:
        return name in PLAIN and getattr(typed, name) == getattr(stored, name)
    rank = int(rest.partition("-")[0])
    return getattr(typed, name)[rank - 1] in getattr(stored, name)


def _clashes(session: Session, held: Held, after: Given, refused: set[str]) -> Iterator[Problem]:
    """Tell a number that is another text's, and a day that something keeps.

    An open table may hold two votes of one number on two days: they stay, but must not become one.
    """
    row, number, on = held.row, bare_number(after.get("number", "")), after.get("adopted_on")
    has_moved = on is not None and on != row.adopted_on
    is_renumbered = number != bare_number(row.number)
    for other in commitments.deliberations(session, row.organisation_id):
        is_twin = other.id != row.id and bare_number(other.number) == number
        if is_twin and (is_renumbered or (has_moved and other.adopted_on == on)):
            yield Problem("number", ProblemCode.NUMBER_TAKEN, {"text": other.number})
            break
    if has_moved and "adopted_on" not in refused:
        keeper = next((code for keeps, code in _KEEPERS if keeps(session, row)), None)
        if keeper is not None:
            yield Problem("adopted_on", keeper)


def _changed(held: Held, typed: TypedText, after: Given) -> _Change:
    row, before = held.row, reviewed.read(held.typed, {}, "").pack.document
    told = {key: (_value(before, key), _value(after, key)) for key in MENDED}
    given = _kept_or_given(held.typed.lines, held.lines, typed.lines, after.get("budget_lines", ()), seeds.BUDGET_LINE)
    owned = {"organisation_id": row.organisation_id, "deliberation_id": row.id, "version": row.lines_version + 1}
    lines = [
        seed_rows.build(BudgetLine, seeds.BUDGET_LINE, {"tax": TaxRegime.UNSTATED, **one}, position=place, **owned)
        for place, one in enumerate(given, 1)
    ]
    given = _kept_or_given(
        held.typed.relations, row.relations, typed.relations, after.get("relations", ()), seeds.RELATION
    )
    relations = [
        seed_rows.build(DeliberationRelation, seeds.RELATION, one, position=place, deliberation_id=row.id)
        for place, one in enumerate(given)
    ]
    return _Change(
        {key: new for key, (old, new) in told.items() if new != old},
        None if _same(lines, held.lines, seeds.BUDGET_LINE) else lines,
        None if _same(relations, row.relations, seeds.RELATION) else relations,
    )


def _kept_or_given(
    fields: Sequence[Any], stored: Sequence[Base], typed: Sequence[Any], given: Sequence[Given], keys: Sequence[str]
) -> Sequence[Given]:
    """Give each row that is typed: as it is stored where its fields are those that were shown, else as it was read."""
    known = {shown: seed_rows.dump(row, keys) for shown, row in zip(fields, stored, strict=True)}
    return [known.get(shown, one) for shown, one in zip(typed, given, strict=True)]


def _same(made: Sequence[Base], stored: Sequence[Base], keys: Sequence[str]) -> bool:
    """Tell rows that say the same; a column of a new row that was given nothing is None, of a stored one empty."""
    return [_said(row, keys) for row in made] == [_said(row, keys) for row in stored]


def _said(row: Base, keys: Sequence[str]) -> Sequence[object]:
    told = (getattr(row, key) for key in keys)
    return [None if value == "" else value for value in told]


def _value(document: Given, key: str) -> Any:
    return document.get(key, _NOTHING.get(key, ""))


def _write(session: Session, visitor: Visitor, held: Held, change: _Change, reason: str) -> None:
    row = held.row
    with speaking("fr"):  # what is stored is French, whatever the language of the page
        before, after = _told(held, change)
    for key, value in change.columns.items():
        setattr(row, key, value)
    if change.lines is not None:
        row.lines_version += 1
        session.add_all(change.lines)
    if change.relations is not None:
        for one in row.relations:
            session.delete(one)
        session.add_all(change.relations)
        session.flush()
        session.expire(row, ["relations"])
    decisions.tell(session, visitor, JournalAction.DELIBERATION_CORRECTED, row.reference, before, after, reason=reason)
    searches.index(session, visitor.organisation)


def _told(held: Held, change: _Change) -> tuple[decisions.Told, decisions.Told]:
    """Give what changes as the journal keeps it, before and after; of a list, only what is not in both."""
    lists: list[tuple[str, Sequence[str], Sequence[str]]] = []
    columns = dict(change.columns)
    if (basis := columns.pop("legal_basis", None)) is not None:
        lists.append(("legal_basis", held.row.legal_basis, basis))
    if change.lines is not None:
        lists.append(("lines", [_line(one) for one in held.lines], [_line(one) for one in change.lines]))
    if change.relations is not None:
        old, new = held.row.relations, change.relations
        lists.append(("relations", [_relation(one) for one in old], [_relation(one) for one in new]))
    before = {_IN_JOURNAL.get(key, key): _plain(getattr(held.row, key)) for key in columns}
    after = {_IN_JOURNAL.get(key, key): _plain(value) for key, value in columns.items()}
    for key, olds, news in lists:
        gone, come = Counter(olds) - Counter(news), Counter(news) - Counter(olds)
        is_other_order = not gone and not come
        before[key] = semicolon().join(olds if is_other_order else gone.elements())
        after[key] = semicolon().join(news if is_other_order else come.elements())
    return before, after


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _line(row: BudgetLine) -> str:
    return ", ".join(one for one in (sum_phrase(Sum(row.amount, row.tax)), imputation_phrase(imputation(row))) if one)


def _relation(row: DeliberationRelation) -> str:
    on = day(row.adopted_on) if row.adopted_on else ""
    return ", ".join(one for one in (word(row.kind), row.number, on, row.body, row.subject_fr) if one)
