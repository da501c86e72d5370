"""What an officer makes of a read deliberation: the fields as they are proposed, then typed, then read as a pack."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from tracker.domain.citations import as_reference
from tracker.domain.dates import iso_day, typed_day
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.intakes import Candidate, Intake, ProposedBudgetLine, Votes
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import Strength, TextStage, VoteOutcome
from tracker.importers.deliberations.names import person_in
from tracker.importers.nodes import Fields, Listing, Node, Scalar
from tracker.importers.packs import SCHEMA, Pack, read_fields
from tracker.labels import current, speaking, text
from tracker.services.typed import Typed

TITLE_LIMIT = 90
_LONG = (
    "title_fr",
    "title_en",
    "rapporteur_role",
    "body",
    "legal_basis",
    "subject_fr",
    "body_fr",
    "statement_fr",
    "locator",
)
"""Where a name could be typed; codes and numbers hold none."""
_DAYS = ("adopted_on", "due_on")
Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypedArticle:
    """An article as it is typed."""

    label: str = ""
    body_fr: str = ""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A budget line as it is typed; codes stay as the text writes them."""

    year: str = ""
    budget: str = ""
    section: str = ""
    chapter: str = ""
    function: str = ""
    nature: str = ""
    policy: str = ""
    programme: str = ""
    manager: str = ""
    amount: str = ""
    tax: str = ""


@dataclass(frozen=True, slots=True)
class TypedRelation:
    """Another text that this one renews, amends or refers to, as it is typed."""

    kind: str = ""
    number: str = ""
    adopted_on: str = ""
    body: str = ""
    subject_fr: str = ""


@dataclass(frozen=True, slots=True)
class TypedText:
    """A deliberation as it is typed; ``legal_basis`` has a line a text."""

    reference: str = ""
    number: str = ""
    internal_reference: str = ""
    adopted_on: str = ""
    body: str = ""
    title_fr: str = ""
    title_en: str = ""
    rapporteur_role: str = ""
    outcome: str = ""
    votes_for: str = ""
    votes_against: str = ""
    abstentions: str = ""
    url: str = ""
    legal_basis: str = ""
    articles: tuple[TypedArticle, ...] = ()
    lines: tuple[TypedLine, ...] = ()
    relations: tuple[TypedRelation, ...] = ()

    @property
    def plain(self) -> Told:
        """Give the fields that stand once on the page."""
        return {name: getattr(self, name) for name in PLAIN}


@dataclass(frozen=True, slots=True)
class TypedCommitment:
    """A candidate as it was decided: kept with its fields, or set aside."""

    is_kept: bool = False
    code: str = ""
    title_fr: str = ""
    statement_fr: str = ""
    locator: str = ""
    kind: str = ""
    strength: str = ""
    axis: str = ""
    stage_in_text: str = ""
    due_on: str = ""
    due_precision: str = ""
    indicators: str = ""


@dataclass(slots=True)
class Review:
    """What was typed, held as a pack: the problems are told at the fields of the forms.

    ``where`` has the field of each place of the pack, ``problems`` what could not even be put into it.
    """

    pack: Pack
    where: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def told(self) -> tuple[Problem, ...]:
        """Give every problem once at its field, those found while reading first."""
        found = {problem.where: problem for problem in reversed(self.problems)}
        for located in self.pack.in_order:
            problem = self._at_field(located.problem)
            found.setdefault(problem.where, problem)
        return tuple(found.values())

    def _at_field(self, problem: Problem) -> Problem:
        where, code, values = problem.where, problem.code, problem.values
        if code is ProblemCode.KEY_MISSING:
            key = str(values.get("text", ""))
            inner = f"{where} › {key}" if where else key
            where, code, values = inner, ProblemCode.FIELD_MISSING, {}
        place = where
        while place and place not in self.where:
            place = place.rpartition(" › ")[0] if " › " in place else place.rpartition(" ")[0]
        rest = where[len(place) :].removeprefix(" › ")
        return Problem(f"{self.where.get(place, '')}{rest.split(' ', maxsplit=1)[0]}" or where, code, values)


GROUPS = {"articles": TypedArticle, "lines": TypedLine, "relations": TypedRelation}
PLAIN = tuple(one.name for one in fields(TypedText) if one.name not in GROUPS)
_IN_PACK = {"lines": "budget_lines"}
_CHOSEN = frozenset({"section", "tax", "kind"})


def is_blank(row: Told) -> bool:
    """Tell a row of fields that was emptied: what is only chosen from a list says nothing alone."""
    return not any(written for name, written in row.items() if name not in _CHOSEN)


def proposed(intake: Intake) -> TypedText:
    """Give the fields that a read deliberation fills; what was not found is left to be typed."""
    votes = intake.votes.value if intake.votes else Votes()
    number = intake.number.value if intake.number else ""
    amounts = {(one.euros, one.tax) for one in intake.amounts if not one.passage.locator.startswith("exposé")}
    lines = tuple(_line(one) for one in intake.budget_lines)
    if len(lines) == 1 and len(amounts) == 1:
        ((euros, tax),) = amounts
        lines = (replace(lines[0], amount=typed_text(euros), tax=tax.value),)
    return TypedText(
        reference=as_reference(number),
        number=number,
        internal_reference=intake.internal_reference.value if intake.internal_reference else "",
        adopted_on=typed_day(intake.session_on.value if intake.session_on else None),
        body=intake.body.value if intake.body else "",
        title_fr=intake.title.value if intake.title else "",
        rapporteur_role=intake.rapporteur_role.value if intake.rapporteur_role else "",
        outcome=intake.outcome.value.value if intake.outcome else "",
        votes_for=_count(votes.in_favour),
        votes_against=_count(votes.against),
        abstentions=_count(votes.abstentions),
        legal_basis="\n".join(" ".join(one.value.split()) for one in intake.legal_basis),
        articles=tuple(TypedArticle(one.label, one.text) for one in intake.articles),
        lines=lines,
        relations=tuple(
            TypedRelation(
                one.kind.value, one.number or "", typed_day(one.adopted_on), one.body or "", one.subject or ""
            )
            for one in intake.references
        ),
    )


def proposed_commitment(candidate: Candidate | None, code: str) -> TypedCommitment:
    """Give the fields that a candidate fills; its axis is left to whoever reads it."""
    if candidate is None:
        return TypedCommitment(code=code)
    said = " ".join(candidate.text.split())
    stage = TextStage.DECIDED if candidate.strength is Strength.DECISION else TextStage.TO_DO
    return TypedCommitment(
        code=code,
        title_fr=_title(said),
        statement_fr=said,
        locator=candidate.passage.locator,
        kind=candidate.kind.value,
        strength=candidate.strength.value,
        stage_in_text=stage.value,
    )


def read(typed: TypedText, kept: Mapping[int, TypedCommitment], form: str) -> Review:
    """Read what was typed, and the commitments that were kept by their numbers, as a pack.

    ``form`` is that of the file that was read. Dates and sums are read as people write them. The problem of a
    commitment is at « candidate-3-code ».
    """
    return _Reading().read(typed, kept, form)


class _Reading:
    """Puts typed fields together as the values of a pack, and keeps where each comes from."""

    def __init__(self) -> None:
        self.typed = Typed(has_comma_groups=current() == "en")
        self.where: dict[str, str] = {"": ""}

    def read(self, typed: TypedText, kept: Mapping[int, TypedCommitment], form: str) -> Review:
        if typed.outcome not in {"", VoteOutcome.ADOPTED.value}:
            self.typed.refuse("outcome", ProblemCode.NOT_ADOPTED)
        with speaking("fr"):
            source = text("Fichier ({form}) relu à l'écran, proposition par proposition.", form=form)
        entries: dict[str, Node] = {"schema": Scalar(0, SCHEMA), "source": Scalar(0, source)}
        entries |= self._fields(typed.plain, "", "", leave_out=("legal_basis",))
        entries |= self._list("legal_basis", "legal_basis", typed.legal_basis.splitlines())
        for name in GROUPS:
            records = [(f"{name}-{row}-", asdict(one)) for row, one in enumerate(getattr(typed, name), 1)]
            entries |= self._group(_IN_PACK.get(name, name), [(at, told) for at, told in records if any(told.values())])
        chosen = [(f"candidate-{number}-", asdict(one)) for number, one in sorted(kept.items())]
        entries |= self._group("commitments", chosen) or {"commitments": Listing(0)}
        pack = read_fields(Fields(0, entries))
        if "outcome" not in pack.document and not typed.outcome:
            self.typed.refuse("outcome", ProblemCode.FIELD_MISSING)
        return Review(pack, self.where, self.typed.problems)

    def _group(self, key: str, records: Sequence[tuple[str, Told]]) -> dict[str, Node]:
        items: list[Node] = []
        for rank, (at, told) in enumerate(records, 1):
            place = f"{key} {rank}"
            self.where[place] = at
            entries = self._fields(told, at, f"{place} › ", leave_out=("indicators", "is_kept"))
            if told.get("indicators"):
                codes = told["indicators"].replace(";", ",").split(",")
                entries |= self._list("indicators", f"{at}indicators", codes, f"{place} › ")
            items.append(Fields(0, entries))
        return {key: Listing(0, items)} if items else {}

    def _list(self, key: str, at: str, values: Iterable[str], inside: str = "") -> dict[str, Node]:
        kept = [tidy(one) for one in values if one.strip()]
        self.where[f"{inside}{key}"] = at
        for rank, one in enumerate(kept, 1):
            self.where[f"{inside}{key} {rank}"] = at
            self._refuse_people(at, key, one)
        return {key: Listing(0, [Scalar(0, one) for one in kept])} if kept else {}

    def _fields(self, told: Told, at: str, inside: str, leave_out: Sequence[str]) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, written in told.items():
            if key in leave_out:
                continue
            self.where[f"{inside}{key}"] = f"{at}{key}"
            kept = self._value(f"{at}{key}", key, written)
            if kept:
                entries[key] = Scalar(0, kept)
        return entries

    def _value(self, where: str, key: str, written: str) -> str:
        if key in _DAYS:
            missing = ProblemCode.VOTE_DAY_MISSING if where == "adopted_on" else None
            found = self.typed.any_day(where, written, missing)
            return iso_day(found)
        if key == "amount":
            amount = self.typed.euros(where, written)
            if amount is not None and amount < 0:
                self.typed.refuse(where, ProblemCode.SUM_NEGATIVE)
            return "" if amount is None else plain_text(amount)
        kept = tidy(written)
        self._refuse_people(where, key, kept)
        return kept

    def _refuse_people(self, where: str, key: str, kept: str) -> None:
        if key in _LONG and kept and not self.typed.is_refused(where) and (named := person_in(kept)):
            self.typed.refuse(where, ProblemCode.PERSON_NAMED, text=named)


def _line(line: ProposedBudgetLine) -> TypedLine:
    policy = ", ".join(part for part in (line.policy, line.subpolicy) if part)
    operation = f"opération {line.operation}" if line.operation else ""
    return TypedLine(
        year=_count(line.year),
        budget=line.budget or "",
        section=line.section.value if line.section else "",
        chapter=line.chapter or "",
        function=line.function or "",
        nature=line.nature or "",
        policy=policy,
        programme=", ".join(part for part in (line.programme, operation) if part),
        manager=line.managing_department or "",
    )


def _title(said: str) -> str:
    """Give the beginning of a sentence as a title, cut between two words."""
    if len(said) <= TITLE_LIMIT:
        return said.rstrip(" .;,:")
    return said[:TITLE_LIMIT].rpartition(" ")[0].rstrip(" .;,:") + "…"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def from_json(told: Mapping[str, object]) -> TypedText:
    """Give back the fields that ``asdict`` wrote."""
    given = {name: str(told.get(name, "")) for name in PLAIN}
    return TypedText(**given, **{name: _records(told.get(name), GROUPS[name]) for name in GROUPS})  # type: ignore[arg-type]


def _records(told: object, kind: Callable[..., object]) -> tuple[object, ...]:
    listed: Iterator[Mapping[str, str]] = iter(told) if isinstance(told, list) else iter(())
    return tuple(kind(**one) for one in listed)
