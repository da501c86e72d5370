"""Packs: a deliberation and its commitments from a file, held against the catalogue and what is there, then added."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Problem, ProblemCode
from tracker.domain.periods import FIRST_YEAR
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim
from tracker.domain.targets import Baseline, Target, TargetPoint
from tracker.domain.vocabulary import (
    BaselineState,
    Collection,
    CommitmentKind,
    Comparator,
    FindingState,
    TargetBasis,
    TargetPath,
)
from tracker.importers.nodes import Located
from tracker.importers.packs import ADOPTED, Pack, inside, read_pack
from tracker.services import findings, searches, seeds, targets
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.queries import commitments, organisations

Given = Mapping[str, Any]
_PLACES = {"evidence": "evidence_fr"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,490}")
_EXAMPLE = "https://ville.example/1.pdf"
RESERVED = frozenset({"prise-en-charge", "scdl"})
"""What stands in the address of a deliberation and is none."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack holds, or what is wrong with it, from the top of the file; it can be added when nothing is."""

    document: Given
    problems: tuple[Located, ...]
    unsettled: int
    overdue: int

    @property
    def commitments(self) -> tuple[Given, ...]:
        """Give the commitments that could be read."""
        return tuple(one for one in self.document.get("commitments", ()) if one)

    @property
    def kinds(self) -> Mapping[CommitmentKind, int]:
        """Count the commitments of each kind."""
        counted = Counter(one.get("kind") for one in self.commitments)
        return {kind: counted[kind] for kind in CommitmentKind if counted[kind]}

    @property
    def indicators(self) -> int:
        """Count the indicators that the commitments use."""
        return len({code for one in self.commitments for code in one.get("indicators", ())})


def examine(session: Session, visitor: Visitor, content: bytes, today: date) -> Contents:
    """Say what the file holds and everything that is wrong with it; nothing is written.

    Raises:
        Forbidden: without the right to configure.
    """
    visitor.require(Permission.CONFIGURE)
    pack = read_pack(content)
    if pack.document:
        check(session, visitor, pack, today)
        if pack.document.get("commitments") == []:
            pack.refuse("commitments", ProblemCode.KEY_MISSING, text="commitments")
    given = [one for one in pack.document.get("commitments") or () if one]
    return Contents(
        pack.document,
        tuple(pack.in_order),
        unsettled=sum(1 for one in given for base in one.get("baselines") or () if base and _is_open(base)),
        overdue=sum(1 for one in given if _is_overdue(one, today)),
    )


def check(session: Session, visitor: Visitor, pack: Pack, today: date, corrected: str = "") -> None:
    """Hold what was read against the organisation and the catalogue; every problem is noted in the pack.

    ``corrected`` is the reference of the text that it corrects, "" for one that is new.
    """
    _Check(session, visitor, pack, today, corrected).run()


def load(session: Session, visitor: Visitor, content: bytes, today: date) -> Contents:
    """Add what the file holds, whole, or nothing if anything is wrong: what is there is never touched.

    Raises:
        Forbidden: without the right to configure.
        Conflict: when somebody added the same deliberation at the same moment.
    """
    found = examine(session, visitor, content, today)
    if found.problems:
        return found
    document = {"outcome": ADOPTED, **found.document}
    try:
        with session.begin_nested():
            now = datetime.now(UTC)
            seeds.add_deliberation(session, visitor.organisation.id, document, visitor.name, recorded_at=now)
    except IntegrityError:
        session.expire_all()
        meanwhile = examine(session, visitor, content, today).problems
        if not meanwhile:
            raise
        raise Conflict(*(one.problem for one in meanwhile)) from None
    searches.index(session, visitor.organisation)
    return found


def _is_open(base: Given) -> bool:
    return base.get("state") != BaselineState.VALIDATED


def _is_overdue(commitment: Given, today: date) -> bool:
    told = [one for one in commitment.get("findings") or () if one and "on" in one]
    last: Given = max(told, key=lambda one: one["on"], default={})
    due = commitment.get("due_on")
    is_milestone = commitment.get("kind") == CommitmentKind.MILESTONE
    return is_milestone and due is not None and due < today and last.get("state") != FindingState.DONE


class _Check:
    """Holds a pack against the organisation and the catalogue; every problem is noted in the pack."""

    def __init__(self, session: Session, visitor: Visitor, pack: Pack, today: date, corrected: str) -> None:
        self.pack, self.today, self.home = pack, today, visitor.organisation
        self.known: Portfolio = portfolio(session, visitor.organisation)
        known = commitments.deliberations(session, self.home.id)
        self.texts = RESERVED | {row.reference.lower() for row in known if row.reference != corrected}
        self.departments = {row.code for row in organisations.departments(session, self.home.id)}

    def run(self) -> None:
        """Check the deliberation, then each commitment."""
        pack, document = self.pack, self.pack.document
        written_for, reference = document.get("organisation"), document.get("reference", "")
        if written_for is not None and written_for != self.home.slug:
            pack.refuse("organisation", ProblemCode.PACK_OTHER_ORGANISATION, text=written_for, slug=self.home.slug)
        if reference.lower() in self.texts:
            pack.refuse("reference", ProblemCode.REFERENCE_TAKEN, text=reference)
        self._decided("adopted_on", document.get("adopted_on"))
        if not _ADDRESS.fullmatch(document.get("url", _EXAMPLE)):
            pack.refuse("url", ProblemCode.CELL_FORM, text=document["url"][:40], example=_EXAMPLE)
        taken = {one.code.lower() for one in self.known.commitments}
        seen: set[str] = set()
        for where, commitment in _records("commitments", document.get("commitments")):
            code = commitment.get("code", "")
            if code.lower() in seen:
                pack.refuse(inside(where, "code"), ProblemCode.GIVEN_TWICE, text=code)
            elif code.lower() in taken:
                pack.refuse(inside(where, "code"), ProblemCode.COMMITMENT_TAKEN, text=code)
            seen |= {code.lower()} if code else set()
            self._commitment(where, commitment)

    def _decided(self, where: str, day: date | None) -> None:
        if day is not None and day > self.today:
            self.pack.refuse(where, ProblemCode.DECISION_IN_FUTURE)
        elif day is not None and day.year < FIRST_YEAR:
            self.pack.refuse(where, ProblemCode.DATE_TOO_OLD, year=FIRST_YEAR)

    def _commitment(self, where: str, given: Given) -> None:
        pack = self.pack
        if "owner" in given and given["owner"] not in self.departments:
            pack.refuse(inside(where, "owner"), ProblemCode.OWNER_UNKNOWN, text=given["owner"])
        for key, other in (("due_on", "due_precision"), ("due_precision", "due_on")):
            if key in given and other not in given and not self._is_refused(inside(where, other)):
                pack.refuse(inside(where, key), ProblemCode.KEY_MISSING, text=other)
        if "stale_after_months" in given and given.get("kind") != CommitmentKind.CONTINUOUS:
            pack.refuse(inside(where, "stale_after_months"), ProblemCode.FIELD_UNWANTED)
        listed = self._indicators(where, given)
        bases = self._baselines(where, given, listed)
        for place, one in _records(inside(where, "targets"), given.get("targets")):
            if self._is_listed(place, one, listed):
                self._target(place, given, one, bases.get(one["indicator"], ()))
        for place, one in _records(inside(where, "findings"), given.get("findings")):
            self._finding(place, given, one)

    def _indicators(self, where: str, given: Given) -> set[str]:
        """Give the indicators of the commitment that the catalogue has."""
        listed: set[str] = set()
        for rank, code in enumerate(given.get("indicators") or (), 1):
            place = f"{inside(where, 'indicators')} {rank}"
            if code is None:
                continue
            if code not in self.known.figures.rows:
                self.pack.refuse(place, ProblemCode.FORMULA_UNKNOWN_INDICATOR, codes=code)
            elif code in listed:
                self.pack.refuse(place, ProblemCode.GIVEN_TWICE, text=code)
            else:
                listed.add(code)
        return listed

    def _is_listed(self, where: str, given: Given, listed: set[str]) -> bool:
        code = given.get("indicator")
        if code is not None and code not in listed:
            self.pack.refuse(inside(where, "indicator"), ProblemCode.INDICATOR_UNLISTED, text=code)
        return code in listed

    def _baselines(self, where: str, given: Given, listed: set[str]) -> Mapping[str, tuple[Baseline, ...]]:
        """Check the baselines; give them by indicator, as the targets are counted from them."""
        found: dict[str, tuple[Baseline, ...]] = {}
        for place, one in _records(inside(where, "baselines"), given.get("baselines")):
            if not self._is_listed(place, one, listed) or "state" not in one:
                continue
            code, state = one["indicator"], BaselineState(one["state"])
            self._baseline(place, one, state)
            made = Baseline(
                state,
                one.get("value"),
                one.get("year"),
                in_force_from=one.get("in_force_from", 0),
                version=len(found.get(code, ())) + 1,
            )
            found[code] = (*found.get(code, ()), made)
        return found

    def _baseline(self, where: str, given: Given, state: BaselineState) -> None:
        pack, code = self.pack, given["indicator"]
        wanted = {
            "value": ProblemCode.VALUE_MISSING,
            "year": ProblemCode.YEAR_MISSING,
            "source_fr": ProblemCode.BASELINE_SOURCE_MISSING,
        }
        for key, missing in wanted.items():
            place = inside(where, key)
            if state is not BaselineState.TO_ESTABLISH and key not in given and not self._is_refused(place):
                pack.refuse(place, missing)
            elif state is BaselineState.TO_ESTABLISH and key in given and key != "source_fr":
                pack.refuse(place, ProblemCode.FIELD_UNWANTED)
        year = given.get("year")
        if year is not None and year > self.today.year:
            pack.refuse(
                inside(where, "year"),
                ProblemCode.YEAR_OUT_OF_RANGE,
                text=str(year),
                first=FIRST_YEAR,
                last=self.today.year,
            )
        if "method" in given and given["method"] not in {one.version for one in self.known.figures.methods[code]}:
            pack.refuse(inside(where, "method"), ProblemCode.UNKNOWN_CHOICE)
        self._bounds(inside(where, "value"), given.get("value"), code)

    def _bounds(self, where: str, value: Decimal | None, code: str) -> None:
        typed = Typed()
        typed.inside("value", [value], self.known.figures.indicator(code))
        for problem in typed.problems:
            self.pack.refuse(where, problem.code, **problem.values)

    def _target(self, where: str, commitment: Given, given: Given, bases: tuple[Baseline, ...]) -> None:
        pack, typed = self.pack, Typed()
        self._decided(inside(where, "decided_on"), given.get("decided_on"))
        if not {"basis", "comparator", "value"} <= given.keys() or "adopted_on" not in pack.document:
            return
        target = _made(given, pack.document["adopted_on"])
        aim = self.known.figures.aim(given["indicator"], baselines=bases)
        _check_form(typed, target, given)
        if (problem := self._unjudged(commitment, aim)) is not None:
            typed.problems.append(problem)
        elif None not in (given.get("points") or ()) and not typed.problems:
            targets.check(typed, aim, target, range(1, len(target.points) + 1))
        for problem in typed.problems:
            pack.refuse(inside(where, problem.where), problem.code, **problem.values)

    def _unjudged(self, commitment: Given, aim: Aim) -> Problem | None:
        if "kind" in commitment and CommitmentKind(commitment["kind"]) not in targets.JUDGED:
            return Problem("value", ProblemCode.TARGET_UNJUDGED_KIND)
        if aim.indicator.collection is Collection.FINDING:
            return Problem("value", ProblemCode.TARGET_OF_FACTS)
        return None

    def _finding(self, where: str, commitment: Given, given: Given) -> None:
        if not {"state", "on", "evidence_fr"} <= given.keys() or "kind" not in commitment:
            return
        draft = findings.FindingDraft(
            FindingState(given["state"]),
            given["on"],
            given["evidence_fr"],
            year=given.get("year"),
            amount=given.get("amount"),
            valid_until=given.get("valid_until"),
        )
        kind = CommitmentKind(commitment["kind"])
        for problem in findings.check(kind, draft, given["evidence_fr"], self.today):
            if problem.where == "state":  # a text may tell any fact, even one that the screens do not offer
                continue
            place = inside(where, _PLACES.get(problem.where, problem.where))
            self.pack.refuse(place, problem.code, **problem.values)
        for key, other in (("amount", "tax"), ("tax", "amount")):
            if key in given and other not in given and not self._is_refused(inside(where, other)):
                self.pack.refuse(inside(where, key), ProblemCode.KEY_MISSING, text=other)

    def _is_refused(self, where: str) -> bool:
        return any(found.problem.where == where for found in self.pack.problems)


def _records(where: str, given: list[Given | None] | None) -> Iterator[tuple[str, Given]]:
    """Give the records of a list that could be read, each with where it stands."""
    for rank, one in enumerate(given or (), 1):
        if one is not None:
            yield f"{where} {rank}", one


def _made(given: Given, adopted_on: date) -> Target:
    """Give a target as it would be stored: what the file leaves out is said by its deliberation."""
    points = (one for one in given.get("points") or () if one and {"year", "value"} <= one.keys())
    decided_on = given.get("decided_on", adopted_on)
    return Target(
        version=1,
        basis=TargetBasis(given["basis"]),
        comparator=Comparator(given["comparator"]),
        value=given["value"],
        horizon_year=given.get("horizon_year"),
        in_force_from=given.get("in_force_from", adopted_on.year),
        decided_on=decided_on,
        upper=given.get("upper"),
        start=given.get("start"),
        start_year=given.get("start_year"),
        path=TargetPath(given.get("path", TargetPath.LINEAR)),
        points=tuple(TargetPoint(one["year"], one["value"]) for one in points),
    )


def _check_form(typed: Typed, target: Target, given: Given) -> None:
    """Refuse what does not go with the form of the target, and ask for what its form needs."""
    is_band = target.comparator is Comparator.BETWEEN
    is_stated = target.basis is TargetBasis.FROM_TO
    is_straight = target.path is TargetPath.LINEAR
    for key, is_wanted, missing in (
        ("upper", is_band, ProblemCode.UPPER_MISSING),
        ("start", is_stated, ProblemCode.START_MISSING),
        ("points", not is_straight, ProblemCode.POINTS_MISSING),
    ):
        if is_wanted and key not in given:
            typed.refuse(key, missing)
        elif not is_wanted and key in given:
            typed.refuse(key, ProblemCode.FIELD_UNWANTED)
    if "start_year" in given and not is_stated:
        typed.refuse("start_year", ProblemCode.FIELD_UNWANTED)
    years = [point.year for point in target.points]
    late = next((rank for rank, (one, other) in enumerate(pairwise(years), 2) if other <= one), 0)
    if late:
        typed.refuse("points", ProblemCode.POINTS_OUT_OF_ORDER, line=late)
