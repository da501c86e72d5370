"""How the words of an inventory are read: by the rules of the authority, else as everybody does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps

from sqlalchemy.orm import Session

from tracker.domain.equipment_words import RuleField, compared
from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentState
from tracker.domain.inventories import ADMITTED, SOLE, InventoryDraft, InventoryScope
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import JournalAction
from tracker.importers.estate.words import CATEGORIES, STATES
from tracker.services import journal
from tracker.services.visitor import Visitor
from tracker.store.models import EquipmentRule
from tracker.store.queries import estate_intakes, organisations

NOWHERE = "-"
"""What a department's rule reads a word as when it is none."""
Word = tuple[RuleField, str]
"""A field, and a word of it as it is compared."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the authority decided that a word says, and when."""

    reads_as: str
    at: datetime


class Lexicon:
    """Reads the words of one organisation's inventories; each word is looked up once."""

    def __init__(self, rules: Mapping[Word, Rule], departments: Mapping[str, int], codes: Mapping[str, int]) -> None:
        self._rules = rules
        self._departments = departments
        self.codes = codes
        self._categories: dict[tuple[str, str, str], tuple[EquipmentCategory | None, datetime | None]] = {}
        self._states: dict[str, tuple[EquipmentState | None, Destination | None, datetime | None]] = {}
        self._places: dict[str, tuple[int | None, bool]] = {}

    @property
    def mark(self) -> bytes:
        """Give what changes with any rule or department."""
        rules = sorted((*word, rule.reads_as) for word, rule in self._rules.items())
        return repr((rules, sorted(self._departments.items()))).encode()

    def category(self, draft: InventoryDraft) -> tuple[EquipmentCategory | None, datetime | None]:
        """Give the category that a row says, and when a rule decided it; None for a word that nobody knows."""
        listed = draft.key.partition(":")[0]
        asked = (draft.type, draft.kind, listed)
        if asked not in self._categories:
            self._categories[asked] = self._category(draft.category_word, listed)
        return self._categories[asked]

    def state(self, word: str) -> tuple[EquipmentState | None, Destination | None, datetime | None]:
        """Give the state that a word says, where the equipment went if the word says it, and when a rule decided it."""
        if word not in self._states:
            self._states[word] = self._state(compared(word))
        return self._states[word]

    def department(self, word: str) -> tuple[int | None, bool]:
        """Give the number of the department that a word names, None for none, and whether that is known."""
        if word not in self._places:
            self._places[word] = self._department(compared(word))
        return self._places[word]

    def _category(self, word: str, listed: str) -> tuple[EquipmentCategory | None, datetime | None]:
        asked = compared(word)
        if rule := self._rules.get((RuleField.CATEGORY, asked)):
            return EquipmentCategory(rule.reads_as), rule.at
        scope = InventoryScope(listed) if listed in set(InventoryScope) else InventoryScope.EVERYTHING
        known = CATEGORIES.get(asked)
        return (known if known in ADMITTED[scope] else SOLE.get(scope)), None

    def _state(self, asked: str) -> tuple[EquipmentState | None, Destination | None, datetime | None]:
        known, destination = STATES.get(asked, (None, None))
        if rule := self._rules.get((RuleField.STATE, asked)):
            state = EquipmentState(rule.reads_as)
            return state, destination if state is known else None, rule.at
        return known, destination, None

    def _department(self, asked: str) -> tuple[int | None, bool]:
        if rule := self._rules.get((RuleField.DEPARTMENT, asked)):
            return self.codes.get(rule.reads_as), True
        last = asked.rpartition(">")[2].strip()
        found = self._departments.get(asked) or self._departments.get(last)
        return found, found is not None


def lexicon(session: Session, organisation_id: int) -> Lexicon:
    """Read the rules and the departments of an organisation."""
    rules = {
        (RuleField(row.field), row.word): Rule(row.reads_as, row.recorded_at)
        for row in estate_intakes.rules(session, organisation_id)
        if row.field in set(RuleField)
    }
    listed = organisations.departments(session, organisation_id)
    names = {compared(row.name): row.id for row in listed} | {compared(row.code): row.id for row in listed}
    return Lexicon(rules, names, {row.code: row.id for row in listed})


def settle(session: Session, visitor: Visitor, answers: Mapping[Word, str], seen: Mapping[Word, str]) -> int:
    """Remember what words say, each with its line of journal; give how many rules that made.

    A blank answer decides nothing, nor does one that says what was ``seen``: how the word read on the screen.

    Raises:
        Forbidden: without the right to keep the estate.
        Invalid: for an answer that is not one of the choices, at « field:word ».
        Conflict: at each word that somebody else settled otherwise since; nothing is remembered.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    estate_intakes.lock(session, home)
    answers = {word: answer for word, answer in answers.items() if answer and answer != seen.get(word, "")}
    codes = {row.code for row in organisations.departments(session, home)} | {NOWHERE}
    problems = [
        Problem(f"{field}:{word}", ProblemCode.UNKNOWN_CHOICE)
        for (field, word), answer in answers.items()
        if answer not in _choices(field, codes)
    ]
    if problems:
        raise Invalid(*problems)
    latest = {(RuleField(row.field), row.word): row for row in estate_intakes.rules(session, home)}
    stale = [
        Problem(f"{word[0]}:{word[1]}", ProblemCode.RULE_STALE, {"author": before.author, "theirs": before.reads_as})
        for word, answer in answers.items()
        if (before := latest.get(word)) is not None and before.reads_as not in {seen.get(word, ""), answer}
    ]
    if stale:
        raise Conflict(*stale)
    now, made = datetime.now(UTC), 0
    for (field, word), answer in answers.items():
        before = latest.get((field, word))
        if before is not None and before.reads_as == answer:
            continue
        session.add(
            EquipmentRule(
                organisation_id=home,
                field=field,
                word=word,
                version=before.version + 1 if before else 1,
                reads_as=answer,
                author=visitor.name,
                recorded_at=now,
            )
        )
        journal.write(
            session,
            JournalAction.EQUIPMENT_RULE_SET,
            organisation_id=home,
            actor=visitor.name,
            subject=(word or "-")[: journal.SUBJECT],
            before=_told(field, before.reads_as) if before else "",
            after=_told(field, answer),
        )
        made += 1
    session.flush()
    return made


def _choices(field: RuleField, codes: Iterable[str]) -> frozenset[str]:
    if field is RuleField.CATEGORY:
        return frozenset(EquipmentCategory)
    return frozenset(EquipmentState) if field is RuleField.STATE else frozenset(codes)


def _told(field: RuleField, reads_as: str) -> str:
    return dumps({f"reads_{field}": reads_as})
