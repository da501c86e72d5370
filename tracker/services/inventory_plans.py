"""What an inventory would change in the estate, row by row: what is new, changed, vanished, and what is unclear."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from tracker.domain.equipment_words import RuleField, compared
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.estate import EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.inventories import CellProblem, InventoryDraft, InventoryScope, RefusedRow
from tracker.importers.estate import told
from tracker.services.estate import NO_DEPARTMENT
from tracker.services.inventory_words import CategoryReading, Lexicon
from tracker.services.rule_versions import Word
from tracker.store.queries import estate_intakes
from tracker.store.queries.estate_intakes import TOLD

CHUNK = 2_000
_STATE, _ORDERED, _RETIRED = (TOLD.index(name) for name in ("state", "ordered_on", "retired_on"))
_Wording = tuple[str, str, str, str, str]
"""The list of a row, and its words: type, kind, state, department."""
Values = tuple[Any, ...]
"""What an inventory tells of a piece of equipment, in the order of ``TOLD``."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one row does: ``values`` are those that would be stored, ``stored`` those that are (None for a new one)."""

    draft: InventoryDraft
    stored: Row[Any] | None
    values: Values

    @property
    def is_new(self) -> bool:
        """Tell whether the equipment was never seen."""
        return self.stored is None

    @property
    def is_changed(self) -> bool:
        """Tell whether the equipment is stored, and the row says something else."""
        return self.stored is not None and tuple(self.stored[: len(TOLD)]) != self.values


@dataclass(frozen=True, slots=True)
class WordTold:
    """A word of an inventory: as it is written first, in how many rows, and what it reads as ("" for nobody knows)."""

    field: RuleField
    word: str
    written: str
    count: int
    reads_as: str

    @property
    def is_needed(self) -> bool:
        """Tell whether nothing can be stored before the word is settled: a department may stay unknown."""
        return not self.reads_as and self.field is not RuleField.DEPARTMENT


@dataclass(slots=True)
class Coverage:
    """How many pieces of a category there are, and how many have a day that their life is counted from."""

    dated: int = 0
    pieces: int = 0


@dataclass(slots=True)
class InventoryPlan:
    """What an inventory would do. The rows that were read are created, changed, unchanged or refused: no other."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    endless: int = 0
    """Rows of what was retired on a day that nobody tells: it is in no lifetime."""
    twins: int = 0
    """Rows whose inventory number another row has under another identifier: both are counted, and that is said."""
    overruled: int = 0
    """Rows with a day of retirement and a status that says otherwise: the day is believed."""
    fields: Counter[str] = field(default_factory=Counter)
    """How many of the changed rows change each of ``TOLD``."""
    coverage: dict[CategoryReading | None, Coverage] = field(default_factory=dict)
    words: list[WordTold] = field(default_factory=list)
    vanished: Counter[EquipmentCategory] = field(default_factory=Counter)
    problem: Problem | None = None
    """Why the whole inventory cannot be stored, whatever is settled."""
    mark: str = ""
    """Changes with anything that would be stored: what was confirmed is what was shown."""

    @property
    def dated(self) -> int:
        """Count the rows with a day that a life is counted from."""
        return sum(one.dated for one in self.coverage.values())

    @property
    def kept(self) -> int:
        """Count the rows that are not refused."""
        return self.read - len(self.refused)

    @property
    def unsettled(self) -> Sequence[WordTold]:
        """List the words that keep the inventory from being stored."""
        return [one for one in self.words if one.is_needed]


class Comparison:
    """Holds what was read of an inventory against what is stored, some thousands of rows at a time."""

    def __init__(self, session: Session, home: int, content: bytes, lexicon: Lexicon) -> None:
        self._session = session
        self._home = home
        self._content = content
        self._lexicon = lexicon
        self.seen: set[str] = set()
        self.refused: list[RefusedRow] = []
        self.overruled = 0

    def steps(self) -> Iterator[list[Step]]:
        """Give what each row does, a chunk at a time; the refused ones go to ``refused``."""
        rows = told.rows(self._content)
        while some := list(islice(rows, CHUNK)):
            drafts = []
            for row in some:
                if row.key:
                    self.seen.add(row.key)
                if isinstance(row, RefusedRow):
                    self.refused.append(row)
                else:
                    drafts.append(row)
            stored = estate_intakes.stored(self._session, self._home, [draft.key for draft in drafts])
            steps = []
            for draft in drafts:
                step = Step(draft, stored.get(draft.key), self._values(draft, stored.get(draft.key)))
                if (refused := _late_refusal(step)) is not None:
                    self.refused.append(refused)
                else:
                    steps.append(step)
            yield steps

    def vanished(self, scope: InventoryScope, taken_on: date) -> Iterator[Row[Any]]:
        """Give the equipment in service that no row showed, once all were read; not what came after the inventory."""
        for row in estate_intakes.in_service(self._session, self._home, scope):
            start = row.started_on or row.delivered_on or row.purchased_on or row.ordered_on
            if row.key not in self.seen and (start is None or start <= taken_on):
                yield row

    def _values(self, draft: InventoryDraft, stored: Row[Any] | None) -> Values:
        """Say what would be stored: a blank never erases, and what a person corrected stays until its word changes."""
        read, read_at = self._lexicon.category(draft)
        is_settled = (
            stored is not None
            and _same(stored.read_category, draft.category_word)
            and (read_at is None or read_at <= stored.recorded_at)
        )
        is_left_out = read is EquipmentState.LEFT_OUT
        if stored is not None and is_settled:
            category, is_left_out = stored.category, is_left_out and stored.state is EquipmentState.LEFT_OUT
        elif is_left_out:
            category = EquipmentCategory.OTHER if stored is None else stored.category
        else:
            category = read
        state, destination = (
            (EquipmentState.LEFT_OUT, None) if is_left_out else self._state(draft, stored, is_settled=is_settled)
        )
        is_retired = state is EquipmentState.RETIRED
        department, _ = self._lexicon.department(draft.department) if draft.department else (None, False)
        kept = stored if stored is not None else _NOTHING
        return (
            category,
            draft.category_word or kept.read_category,
            draft.quantity or kept.quantity,
            draft.model or kept.model,
            draft.maker or kept.maker,
            department or kept.department_id,
            draft.origin or kept.origin,
            state,
            draft.state or kept.read_state,
            draft.ordered_on or kept.ordered_on,
            draft.purchased_on or kept.purchased_on,
            draft.delivered_on or kept.delivered_on,
            draft.started_on or kept.started_on,
            (draft.retired_on or kept.retired_on) if is_retired else None,
            destination if is_retired else None,
            kept.warranty_months if draft.warranty_months is None else draft.warranty_months,
        )

    def _state(self, draft: InventoryDraft, stored: Row[Any] | None, *, is_settled: bool) -> tuple[Any, Any]:
        """Say the state; what was left out for the word of its category is read anew once that word says otherwise."""
        read, destination, read_at = self._lexicon.state(draft.state) if draft.state else (None, None, None)
        is_back = stored is not None and stored.state is EquipmentState.LEFT_OUT and not is_settled
        if (
            not is_back
            and stored is not None
            and (
                not draft.state
                or (_same(stored.read_state, draft.state) and (read_at is None or read_at <= stored.recorded_at))
            )
        ):
            found = stored.state, stored.destination
        else:
            found = read or EquipmentState.IN_USE, destination
        if draft.retired_on is None or found[0] is EquipmentState.LEFT_OUT:
            return found
        # The status says otherwise: the day is believed, and the reader is told how often.
        self.overruled += read not in {None, EquipmentState.RETIRED}
        return EquipmentState.RETIRED, found[1]


def plan(
    session: Session, home: int, content: bytes, lexicon: Lexicon, scope: InventoryScope, day: date
) -> InventoryPlan:
    """Say what an inventory of ``day`` that lists ``scope`` would change."""
    found = InventoryPlan()
    compared_rows = Comparison(session, home, content, lexicon)
    words: Counter[_Wording] = Counter()
    # What is stored follows from the file, from the rules, and from what was stored of the same equipment before.
    digest = sha256(content + lexicon.mark)
    for steps in compared_rows.steps():
        for step in steps:
            found.created += step.is_new
            is_changed = step.is_changed
            found.changed += is_changed
            found.unchanged += not (step.is_new or is_changed)
            if is_changed and step.stored is not None:
                found.fields.update(
                    name for name, old, new in zip(TOLD, step.stored, step.values, strict=False) if old != new
                )
            if step.stored is not None:
                digest.update(b"%d:%d " % (step.stored.id, step.stored.version))
            is_left_out = step.values[_STATE] is EquipmentState.LEFT_OUT
            coverage = found.coverage.setdefault(EquipmentState.LEFT_OUT if is_left_out else step.values[0], Coverage())
            coverage.pieces += 1
            found.endless += step.values[_STATE] is EquipmentState.RETIRED and step.values[_RETIRED] is None
            found.twins += bool(step.draft.twin)
            coverage.dated += any(step.values[_ORDERED:_RETIRED])
            draft = step.draft
            words[draft.key.partition(":")[0], draft.type, draft.kind, draft.state, draft.department] += 1
    found.refused = sorted(compared_rows.refused, key=lambda one: one.row)
    found.overruled = compared_rows.overruled
    found.read = found.created + found.changed + found.unchanged + len(found.refused)
    for row in compared_rows.vanished(scope, day):
        found.vanished[row.category] += 1
        digest.update(b"%d:%d " % (row.id, row.version))
    found.words = _words(words, lexicon)
    found.problem = _keys_problem(session, home, compared_rows.seen)
    digest.update(str(estate_intakes.last_confirmed(session, home)).encode())
    found.mark = digest.hexdigest()[:32]
    return found


@dataclass(frozen=True, slots=True)
class _Nothing:
    """What is stored of equipment that was never seen."""

    read_category: str = ""
    quantity: int = 1
    model: str = ""
    maker: str = ""
    department_id: int | None = None
    origin: EquipmentOrigin = EquipmentOrigin.UNKNOWN
    read_state: str = ""
    ordered_on: date | None = None
    purchased_on: date | None = None
    delivered_on: date | None = None
    started_on: date | None = None
    retired_on: date | None = None
    warranty_months: int | None = None


_NOTHING = _Nothing()


def _same(stored: str, written: str) -> bool:
    return stored == written or compared(stored) == compared(written)


def _late_refusal(step: Step) -> RefusedRow | None:
    """Refuse a row that, with the days that are already stored, would end before it began."""
    end = step.values[_RETIRED]
    if end is None:
        return None
    start = next((day for day in reversed(step.values[_ORDERED:_RETIRED]) if day is not None), None)
    if start is None or start <= end:
        return None
    problem = Problem("cell", ProblemCode.ASSET_RETIRED_EARLY, {"end": end, "start": start})
    return RefusedRow(step.draft.row, step.draft.key, (CellProblem("", "", problem),))


def _words(counts: Mapping[_Wording, int], lexicon: Lexicon) -> list[WordTold]:
    """List each word once, those that nobody knows first, then the most frequent."""
    found: dict[Word, WordTold] = {}
    for wording, count in counts.items():
        for one in _read_words(wording, count, lexicon):
            asked = (one.field, one.word)
            before = found.get(asked)
            # Known in one list, unknown in another: what one of them lacks is asked.
            found[asked] = (
                replace(before, count=before.count + count, reads_as=before.reads_as and one.reads_as)
                if before
                else one
            )
    order = list(RuleField)
    return sorted(found.values(), key=lambda one: (bool(one.reads_as), order.index(one.field), -one.count, one.word))


def _read_words(wording: _Wording, count: int, lexicon: Lexicon) -> Iterator[WordTold]:
    """Say how each word of a row reads; a department is not asked for where the authority has none."""
    listed, kind, item, state, department = wording
    draft = InventoryDraft(0, f"{listed}:", kind, item)
    category, _ = lexicon.category(draft)
    yield WordTold(
        RuleField.CATEGORY,
        compared(draft.category_word),
        draft.category_word,
        count,
        category.value if category else "",
    )
    if state:
        read, _, _ = lexicon.state(state)
        yield WordTold(RuleField.STATE, compared(state), state, count, read.value if read else "")
    if department and lexicon.codes:
        number, is_known = lexicon.department(department)
        code = next((code for code, one in lexicon.codes.items() if one == number), NO_DEPARTMENT if is_known else "")
        yield WordTold(RuleField.DEPARTMENT, compared(department), department, count, code)


def _keys_problem(session: Session, home: int, seen: set[str]) -> Problem | None:
    """Refuse an inventory whose equipment is told apart otherwise than what is stored: all would be counted twice."""
    stored = estate_intakes.kinds_of_keys(session, home)
    read = {(listed, by) for listed, by, _ in (key.split(":", 2) for key in seen)}
    lists = [{listed for listed, _ in kinds} for kinds in (stored, read)]
    everything: str = InventoryScope.EVERYTHING
    is_mixed = bool(stored and read) and (everything in lists[0]) != (everything in lists[1])
    is_renumbered = any(
        stored_by.isdisjoint(read_by)
        for listed in lists[0] & lists[1]
        for stored_by, read_by in [tuple({by for one, by in kinds if one == listed} for kinds in (stored, read))]
    )
    if is_mixed or is_renumbered:
        return Problem("file", ProblemCode.INVENTORY_KEYS_DIFFER)
    return None
