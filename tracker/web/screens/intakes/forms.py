"""What the review of a deliberation sends: its fields, its articles, budget lines and citations, one commitment."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from werkzeug.datastructures import MultiDict

from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import (
    Axis,
    BudgetSection,
    CommitmentKind,
    DuePrecision,
    RelationKind,
    Strength,
    TaxRegime,
    TextStage,
    VoteOutcome,
)
from tracker.services.reviewed import GROUPS, PLAIN, TypedCommitment, TypedText
from tracker.web.platform.boxes import Box, Choices, boxes, choice_of

MOST_ROWS = 100
KEPT, ASIDE = "kept", "aside"


def text_of(form: MultiDict[str, str]) -> TypedText:
    """Give the fields of the text as they were typed; a row that was emptied is gone."""
    groups = {name: tuple(_rows(form, name)) for name in GROUPS}
    return TypedText(**{name: _written(form, name) for name in PLAIN}, **groups)  # type: ignore[arg-type]


def commitment_of(form: MultiDict[str, str]) -> TypedCommitment:
    """Give a candidate as it was typed and decided."""
    names = [one.name for one in fields(TypedCommitment) if one.name != "is_kept"]
    return TypedCommitment(is_kept=form.get("choice") == KEPT, **{name: _written(form, name) for name in names})


def version_of(form: MultiDict[str, str]) -> int:
    """Give the version of the review that was on the page, -1 for what is not one."""
    version = whole_number(form.get("version"))
    return -1 if version is None else version


def text_boxes(typed: TypedText) -> Mapping[str, Box]:
    """Make the fields that stand once on the page."""
    return boxes(typed.plain, choices={"outcome": choice_of(VoteOutcome)})


def group_boxes(typed: TypedText) -> Mapping[str, list[Mapping[str, Box]]]:
    """Make the rows of articles, budget lines and citations, and one more of each to add."""
    offered: Mapping[str, Choices] = {
        "section": choice_of(BudgetSection),
        "tax": choice_of(TaxRegime),
        "kind": choice_of(RelationKind),
    }
    return {
        name: [
            boxes(asdict(one), f"{name}-{rank}-", offered)
            for rank, one in enumerate((*getattr(typed, name), made()), 1)
        ]
        for name, made in GROUPS.items()
    }


def commitment_boxes(typed: TypedCommitment) -> Mapping[str, Box]:
    """Make the fields of a candidate."""
    told = asdict(typed)
    told.pop("is_kept")
    offered = {
        "kind": choice_of(CommitmentKind),
        "strength": choice_of(Strength),
        "axis": choice_of(Axis),
        "stage_in_text": choice_of(TextStage),
        "due_precision": choice_of(DuePrecision),
    }
    return boxes(told, choices=offered)


def _rows(form: MultiDict[str, str], group: str) -> list[object]:
    kind = GROUPS[group]
    found = []
    for rank in range(1, MOST_ROWS + 1):
        told = {one.name: _written(form, f"{group}-{rank}-{one.name}") for one in fields(kind)}
        if any(told.values()):
            found.append(kind(**told))
    return found


def _written(form: MultiDict[str, str], name: str) -> str:
    """Give a text as browsers sent it, with plain line ends."""
    return form.get(name, "").replace("\r\n", "\n").strip()
