"""Rules of the estate: how the authority reads a word of its inventories, kept for the next ones, applied to these."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.equipment_words import EquipmentRuleRecord, RuleField, compared
from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.estate import EquipmentState
from tracker.domain.permissions import Permission
from tracker.domain.texts import tidy
from tracker.labels.journal import field_shown
from tracker.services import equipment_bulk
from tracker.services.decisions import add, stale
from tracker.services.equipment_bulk import Weighed
from tracker.services.rule_versions import CODES, Word, choices, latest, next_version, tell_rule
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Department, EquipmentRule
from tracker.store.queries import equipment_rules as stored
from tracker.store.queries import organisations
from tracker.store.queries.equipment import Wanted

WORD_LIMIT = 200


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What was typed of a rule; ``seen`` is its version on the screen, 0 for a word that has none."""

    field: str
    word: str
    reads_as: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule, and how many lines of the register say something else though their inventory has its word."""

    rule: EquipmentRuleRecord
    otherwise: int


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word of the inventories without a rule, as it is written, and what the lines that have it say: most first."""

    field: RuleField
    word: str
    lines: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of an organisation by word, the words that have none, most frequent first, and the departments."""

    rules: Sequence[RuleLine]
    words: Sequence[WordLine]
    departments: Sequence[Department]

    def find(self, field: str, word: str) -> EquipmentRuleRecord | None:
        """Give the rule of a word, however it is written."""
        asked = (field, compared(word))
        return next((one.rule for one in self.rules if (one.rule.field, one.rule.word) == asked), None)


def rules(session: Session, visitor: Visitor) -> Rules:
    """Give the rules of the visitor's organisation, with the words of its inventories.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    home = visitor.organisation.id
    known = latest(session, home)
    said: dict[Word, Counter[str]] = {}
    written: dict[Word, str] = {}
    for one in stored.read(session, home):
        word = RuleField(one.field), compared(one.word)
        said.setdefault(word, Counter())[one.code] += one.lines
        written.setdefault(word, one.word)
    lines = [RuleLine(_record(row), _otherwise(said.get(word, Counter()), row.reads_as)) for word, row in known.items()]
    words = [
        WordLine(word[0], written[word], codes.total(), tuple(code for code, _ in codes.most_common()))
        for word, codes in said.items()
        if word not in known
    ]
    words.sort(key=lambda one: (-one.lines, one.word))
    return Rules(lines, words, organisations.departments(session, home))


def set_rule(session: Session, visitor: Visitor, draft: RuleDraft) -> bool:
    """Settle how a word is read from now on. False when it is read so already.

    Raises:
        Forbidden: without the right to keep the estate.
        Conflict: when somebody settled it otherwise meanwhile.
        Invalid: without a word, or for a code that does not exist.
    """
    visitor.require(Permission.KEEP_ESTATE)
    home = visitor.organisation.id
    typed = Typed()
    word = compared(typed.words("word", draft.word, ProblemCode.RULE_WORD_MISSING, WORD_LIMIT))
    if not draft.reads_as:
        typed.refuse("reads", ProblemCode.RULE_CODE_MISSING)
    elif draft.reads_as not in choices(session, home, draft.field):
        typed.refuse("reads", ProblemCode.UNKNOWN_CHOICE)
    typed.end()
    asked = RuleField(draft.field), word
    known = latest(session, home).get(asked)
    if known is not None and known.reads_as == draft.reads_as:
        return False
    version = known.version if known is not None else 0
    if version != draft.seen:
        raise Conflict(_meanwhile(session, home, asked))
    row = next_version(visitor, asked, draft.reads_as, known)
    add(session, row, lambda: _meanwhile(session, home, asked))
    tell_rule(session, visitor, row, known)
    session.flush()
    return True


def preview(session: Session, visitor: Visitor, field: str, word: str, today: date) -> Weighed:
    """Say what a rule would change in the lines whose inventory has its word.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: for a word without a rule, or a rule of departments: no line says the word that it was read from.
    """
    visitor.require(Permission.KEEP_ESTATE)
    wanted, change = _reach(session, visitor, field, word)
    return equipment_bulk.weigh(session, visitor, wanted, change, today)


def apply(session: Session, visitor: Visitor, field: str, word: str, digest: str, today: date) -> int:
    """Have the lines say what the rule does, those whose change was shown with ``digest``; give how many.

    Raises:
        Forbidden: without the right to keep the estate.
        NotFound: as `preview` does.
        Conflict: when the lines or the rule are no longer those that were shown.
    """
    visitor.require(Permission.KEEP_ESTATE)
    wanted, change = _reach(session, visitor, field, word)
    found = equipment_bulk.weigh(session, visitor, wanted, change, today, locked=True)
    return equipment_bulk.settle(session, visitor, found, change, digest)


def _reach(session: Session, visitor: Visitor, field: str, word: str) -> tuple[Wanted, Mapping[str, Any]]:
    """Give the lines that a rule is about, and what it has them say."""
    home, asked = visitor.organisation.id, compared(tidy(word))
    rule = next((row for (_, one), row in latest(session, home).items() if (row.field, one) == (field, asked)), None)
    if rule is None or field == RuleField.DEPARTMENT:
        raise NotFound(field, word)
    kind = RuleField(field)
    spellings = {one.word for one in stored.read(session, home) if one.field == kind and compared(one.word) == asked}
    said = tuple(sorted(spellings))
    wanted = Wanted(read_category=said) if kind is RuleField.CATEGORY else Wanted(read_state=said)
    read = next(code for code in CODES[kind] if code == rule.reads_as)
    if read is EquipmentState.LEFT_OUT:
        return wanted, equipment_bulk.with_end({"state": read})
    if isinstance(read, EquipmentState):
        return wanted, {"state": read}
    # What was left out is read anew by the next inventory, which tells its state too.
    return replace(wanted, is_in_estate=True), {"category": read}


def _otherwise(said: Counter[str], reads_as: str) -> int:
    """Count the lines that a rule would change: what is left out waits for the next inventory to be read anew."""
    return said.total() - said[reads_as] - (0 if reads_as == EquipmentState.LEFT_OUT else said[EquipmentState.LEFT_OUT])


def _meanwhile(session: Session, home: int, asked: Word) -> Problem:
    """Say how the word reads now, and who said so; nobody, where no rule is left to compare with."""
    row = latest(session, home).get(asked)
    theirs = field_shown(f"reads_{asked[0]}", row.reads_as if row else "")
    return stale(row.author if row else "", theirs, "reads")


def _record(row: EquipmentRule) -> EquipmentRuleRecord:
    return EquipmentRuleRecord(RuleField(row.field), row.word, row.reads_as, row.version, row.author, row.recorded_at)
