"""How the words of an inventory are read: by the rules of the authority, else as everybody does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from tracker.domain.equipment_words import RuleField, compared
from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentState
from tracker.domain.inventories import ADMITTED, SOLE, InventoryDraft, InventoryScope
from tracker.domain.permissions import Permission
from tracker.importers.estate.words import CATEGORIES, STATES, VIRTUAL
from tracker.services.rule_versions import Word, choices, latest, next_version, tell_rule
from tracker.services.visitor import Visitor
from tracker.store.queries import estate_intakes, organisations


@dataclass(frozen=True, slots=True)
class Rule:
    """What the authority decided that a word says, and when."""

    reads_as: str
    at: datetime


CategoryReading = EquipmentCategory | Literal[EquipmentState.LEFT_OUT]
"""What the word of a category may say: that there is no equipment, too."""


class Lexicon:
    """Reads the words of one organisation's inventories; each word is looked up once."""

    def __init__(self, rules: Mapping[Word, Rule], departments: Mapping[str, int], codes: Mapping[str, int]) -> None:
        self._rules = rules
        self._departments = departments
        self.codes = codes
        self._categories: dict[tuple[str, str, str], tuple[CategoryReading | None, datetime | None]] = {}
        self._states: dict[str, tuple[EquipmentState | None, Destination | None, datetime | None]] = {}
        self._places: dict[str, tuple[int | None, bool]] = {}

    @property
    def mark(self) -> bytes:
        """Give what changes with any rule or department."""
        rules = sorted((*word, rule.reads_as) for word, rule in self._rules.items())
        return repr((rules, sorted(self._departments.items()))).encode()

    def category(self, draft: InventoryDraft) -> tuple[CategoryReading | None, datetime | None]:
        """Give the category that a row says, and when a rule decided it; None for a word that nobody knows.

        `EquipmentState.LEFT_OUT` stands for a row that tells of no equipment.
        """
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

    def _category(self, word: str, listed: str) -> tuple[CategoryReading | None, datetime | None]:
        asked = compared(word)
        if rule := self._rules.get((RuleField.CATEGORY, asked)):
            is_none = rule.reads_as == EquipmentState.LEFT_OUT
            return EquipmentState.LEFT_OUT if is_none else EquipmentCategory(rule.reads_as), rule.at
        if asked in VIRTUAL:
            return EquipmentState.LEFT_OUT, None
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
    rules = {word: Rule(row.reads_as, row.recorded_at) for word, row in latest(session, organisation_id).items()}
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
    offered = {field: choices(session, home, field) for field, _ in answers}
    problems = [
        Problem(f"{field}:{word}", ProblemCode.UNKNOWN_CHOICE)
        for (field, word), answer in answers.items()
        if answer not in offered[field]
    ]
    if problems:
        raise Invalid(*problems)
    known = latest(session, home)
    stale = [
        Problem(f"{word[0]}:{word[1]}", ProblemCode.RULE_STALE, {"author": before.author, "theirs": before.reads_as})
        for word, answer in answers.items()
        if (before := known.get(word)) is not None and before.reads_as not in {seen.get(word, ""), answer}
    ]
    if stale:
        raise Conflict(*stale)
    made = 0
    for word, answer in answers.items():
        before = known.get(word)
        if before is None or before.reads_as != answer:
            row = next_version(visitor, word, answer, before)
            session.add(row)
            tell_rule(session, visitor, row, before)
            made += 1
    session.flush()
    return made
