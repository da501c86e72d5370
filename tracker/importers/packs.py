"""Reads a pack: one deliberation with its commitments, in the format of the seeds; each problem at its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracker.domain.errors import AnyProblem, Problem, ProblemCode
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.vocabulary import (
    Axis,
    BaselineState,
    BudgetSection,
    CommitmentKind,
    Comparator,
    DuePrecision,
    FindingState,
    RelationKind,
    Strength,
    TargetBasis,
    TargetPath,
    TaxRegime,
    TextStage,
)
from tracker.importers.nodes import Fields, Listing, Located, Node, Scalar, Unreadable, entries, read

SCHEMA = "deliberation/1"
ADOPTED = "adopted"  # what was not adopted promises nothing, and has no place here
LAST_YEAR = 2100
MAX_SHOWN = 60
TITLE_LIMIT = 500
_LIMIT = 4000
_ARTICLE_LIMIT = 20_000
_NUMBER = re.compile(r"[-−]?[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_LONG_NUMBER = re.compile(r"[-−]?[0-9]+(?:[.,][0-9]+)?")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Words:
    """A text of ``limit`` characters at most."""

    limit: int = _LIMIT


@dataclass(frozen=True, slots=True)
class Name:
    """A code that stands in an address: letters, digits, dots and dashes."""

    limit: int = 40


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed list of codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as 2024-06-30."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number, with a point or a comma."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    of: "Kind"


@dataclass(frozen=True, slots=True)
class Record:
    """Values by their keys; those of ``needed`` cannot be left out."""

    keys: Mapping[str, "Kind"]
    needed: tuple[str, ...]


Kind = Words | Name | OneOf | Whole | Day | Number | Truth | Many | Record


def _one_of(codes: type[StrEnum]) -> OneOf:
    return OneOf(tuple(code.value for code in codes))


YEAR = Whole(FIRST_YEAR, LAST_YEAR)
RELATION = Record(
    {
        "kind": _one_of(RelationKind),
        "number": Words(80),
        "adopted_on": Day(),
        "body": Words(200),
        "subject_fr": Words(),
    },
    ("kind", "number"),
)
BASELINE = Record(
    {
        "indicator": Name(),
        "state": _one_of(BaselineState),
        "value": Number(),
        "year": YEAR,
        "in_force_from": YEAR,
        "method": Whole(1, 1000),
        "source_fr": Words(),
        "reason_fr": Words(),
    },
    ("indicator", "state"),
)
POINT = Record({"year": YEAR, "value": Number()}, ("year", "value"))
TARGET = Record(
    {
        "indicator": Name(),
        "basis": _one_of(TargetBasis),
        "comparator": _one_of(Comparator),
        "value": Number(),
        "upper": Number(),
        "start": Number(),
        "start_year": YEAR,
        "horizon_year": YEAR,
        "path": _one_of(TargetPath),
        "reason_fr": Words(),
        "decision": Words(200),
        "decided_on": Day(),
        "in_force_from": YEAR,
        "points": Many(POINT),
    },
    ("indicator", "basis", "comparator", "value"),
)
FINDING = Record(
    {
        "state": _one_of(FindingState),
        "on": Day(),
        "valid_until": Day(),
        "year": YEAR,
        "amount": Number(),
        "tax": _one_of(TaxRegime),
        "budget_line": Words(),
        "evidence_fr": Words(),
    },
    ("state", "on", "evidence_fr"),
)
COMMITMENT = Record(
    {
        "code": Name(),
        "locator": Words(200),
        "axis": _one_of(Axis),
        "secondary_axes": Many(_one_of(Axis)),
        "title_fr": Words(200),
        "title_en": Words(200),
        "statement_fr": Words(),
        "statement_en": Words(),
        "kind": _one_of(CommitmentKind),
        "strength": _one_of(Strength),
        "stage_in_text": _one_of(TextStage),
        "starts_on": Day(),
        "due_on": Day(),
        "due_precision": _one_of(DuePrecision),
        "due_note": Words(),
        "stale_after_months": Whole(1, 120),
        "owner": Name(),
        "steering": Words(),
        "decree_items": Many(Whole(1, 6)),
        "legal_references": Many(Words(200)),
        "ambiguity": Words(),
        "is_flagship": Truth(),
        "indicators": Many(Name()),
        "baselines": Many(BASELINE),
        "targets": Many(TARGET),
        "findings": Many(FINDING),
    },
    ("code", "locator", "axis", "title_fr", "statement_fr", "kind", "strength", "stage_in_text"),
)
ARTICLE = Record({"label": Words(60), "body_fr": Words(_ARTICLE_LIMIT)}, ("label", "body_fr"))
BUDGET_LINE = Record(
    {
        "year": YEAR,
        "budget": Words(120),
        "section": _one_of(BudgetSection),
        "chapter": Words(20),
        "function": Words(20),
        "nature": Words(20),
        "policy": Words(),
        "programme": Words(120),
        "manager": Words(120),
        "amount": Number(),
        "tax": _one_of(TaxRegime),
    },
    (),
)
VOTES = Whole(0, 99_999)
DELIBERATION = Record(
    {
        "schema": OneOf((SCHEMA,)),
        "source": Words(),
        "organisation": Words(60),
        "reference": Name(60),
        "number": Words(80),
        "internal_reference": Words(80),
        "adopted_on": Day(),
        "body": Words(200),
        "title_fr": Words(TITLE_LIMIT),
        "title_en": Words(TITLE_LIMIT),
        "rapporteur_role": Words(500),
        "outcome": OneOf((ADOPTED,)),
        "votes_for": VOTES,
        "votes_against": VOTES,
        "abstentions": VOTES,
        "url": Words(500),
        "legal_basis": Many(Words(500)),
        "relations": Many(RELATION),
        "articles": Many(ARTICLE),
        "budget_lines": Many(BUDGET_LINE),
        "commitments": Many(COMMITMENT),
    },
    ("schema", "source", "reference", "number", "adopted_on", "body", "title_fr", "commitments"),
)


@dataclass(slots=True)
class Pack:
    """What a file says, as far as it could be read; a value with a problem is left out, and None in a list.

    The problems are told by where they stand (« commitments 3 › targets 1 › value »); ``lines`` has the line of each.
    """

    document: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Located] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def refuse(self, where: str, code: AnyProblem, **values: object) -> None:
        """Note that what stands at ``where`` cannot be stored as it is."""
        self.problems.append(Located(self.line(where), Problem(where, code, values)))

    def line(self, where: str) -> int:
        """Give the line of what stands at ``where``, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where.rpartition(" › ")[0]
        return self.lines.get(where, 1)

    @property
    def in_order(self) -> list[Located]:
        """Give the problems from the top of the file to its end."""
        return sorted(self.problems, key=lambda found: found.line)


def inside(where: str, key: str) -> str:
    """Give where the value of ``key`` stands, inside ``where``."""
    return f"{where} › {key}" if where else key


def read_pack(content: bytes) -> Pack:
    """Read a file; nothing is known yet of the organisation and the catalogue that it is for."""
    pack = Pack()
    try:
        root = read(content)
    except Unreadable as unread:
        pack.problems.append(unread.located)
        return pack
    _read(pack, root)
    return pack


def read_fields(root: Fields) -> Pack:
    """Read as a pack the values that a form gathered."""
    pack = Pack()
    _read(pack, root)
    return pack


def _read(pack: Pack, root: Node) -> None:
    document = _value(pack, DELIBERATION, root, "")
    pack.document = document if isinstance(document, dict) else {}


def _value(pack: Pack, kind: Kind, node: Node, where: str) -> Any:
    """Read ``node`` as ``kind`` says; None with a problem noted when it is something else."""
    pack.lines[where] = node.line
    if isinstance(kind, Record):
        return _record(pack, kind, node, where)
    if isinstance(kind, Many):
        return _many(pack, kind, node, where)
    if not isinstance(node, Scalar):
        pack.refuse(where, ProblemCode.TEXT_EXPECTED)
        return None
    return _scalar(pack, kind, node.text, where)


def _record(pack: Pack, kind: Record, node: Node, where: str) -> dict[str, Any] | None:
    if not isinstance(node, Fields):
        pack.refuse(where, ProblemCode.FIELDS_EXPECTED)
        return None
    for line, key in node.twice:
        pack.problems.append(Located(line, Problem(inside(where, _shown(key)), ProblemCode.GIVEN_TWICE, _told(key))))
    given, found = entries(node), {}
    for key, value in node.entries.items():
        if key not in kind.keys:
            place = inside(where, _shown(key))
            pack.lines[place] = node.lines[key]
            pack.refuse(place, ProblemCode.KEY_UNKNOWN, **_told(key), known=", ".join(kind.keys))
        elif key in given:
            read_value = _value(pack, kind.keys[key], value, inside(where, key))
            if read_value is not None:
                found[key] = read_value
    for key in kind.needed:
        if key not in given:
            pack.refuse(where, ProblemCode.KEY_MISSING, text=key)
    return found


def _many(pack: Pack, kind: Many, node: Node, where: str) -> list[Any] | None:
    if not isinstance(node, Listing):
        pack.refuse(where, ProblemCode.LIST_EXPECTED)
        return None
    return [_value(pack, kind.of, item, f"{where} {rank}") for rank, item in enumerate(node.items, 1)]


def _scalar(pack: Pack, kind: Kind, text: str, where: str) -> Any:
    """Read a single value; the problem quotes it as it was written."""
    match kind:
        case Words() | Name():
            return _text(pack, kind, text, where)
        case OneOf(codes):
            return text if text in codes else _not_admitted(pack, text, where, ", ".join(codes))
        case Truth():
            return _TRUTHS[text] if text in _TRUTHS else _not_admitted(pack, text, where, ", ".join(_TRUTHS))
        case Whole(low, high):
            return _whole(pack, text, where, low, high)
        case Day():
            return _day(pack, text, where)
        case _:
            return _number(pack, text, where)


def _text(pack: Pack, kind: Words | Name, text: str, where: str) -> str:
    if isinstance(kind, Name) and (len(text) > kind.limit or not _IDENTIFIER.fullmatch(text)):
        pack.refuse(where, ProblemCode.IDENTIFIER_UNREADABLE, **_told(text), limit=kind.limit)
    elif len(text) > kind.limit:
        pack.refuse(where, ProblemCode.TOO_LONG, limit=kind.limit)
    return text


def _not_admitted(pack: Pack, text: str, where: str, known: str) -> None:
    pack.refuse(where, ProblemCode.WORD_NOT_ADMITTED, **_told(text), known=known)


def _whole(pack: Pack, text: str, where: str, low: int, high: int) -> int | None:
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    if (low, high) == (FIRST_YEAR, LAST_YEAR):
        pack.refuse(where, ProblemCode.YEAR_OUT_OF_RANGE, **_told(text), first=low, last=high)
    else:
        _not_admitted(pack, text, where, f"{low}–{high}")
    return None


def _day(pack: Pack, text: str, where: str) -> date | None:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    pack.refuse(where, ProblemCode.DAY_UNREADABLE, **_told(text))
    return None


def _number(pack: Pack, text: str, where: str) -> Decimal | None:
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace("−", "-").replace(",", "."))
    code = ProblemCode.NUMBER_TOO_LONG if _LONG_NUMBER.fullmatch(text) else ProblemCode.NOT_A_NUMBER
    pack.refuse(where, code, **_told(text))
    return None


def _shown(text: str) -> str:
    """Cut a text that is only quoted."""
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def _told(text: str) -> dict[str, object]:
    return {"text": _shown(text)}
