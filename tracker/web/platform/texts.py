"""The fields of a deliberation as a form shows and sends them, when it is taken in and when it is corrected."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from werkzeug.datastructures import MultiDict

from tracker.domain.vocabulary import BudgetSection, RelationKind, TaxRegime, VoteOutcome
from tracker.services.reviewed import GROUPS, PLAIN, TypedText, is_blank
from tracker.web.platform.boxes import Box, Choices, boxes, choice_of

MOST_ROWS = 100


def text_of(form: MultiDict[str, str]) -> TypedText:
    """Give the fields of the text as they were typed; a row that was emptied is gone."""
    groups = {name: tuple(_rows(form, name)) for name in GROUPS}
    return TypedText(**{name: written(form, name) for name in PLAIN}, **groups)  # type: ignore[arg-type]


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


def written(form: MultiDict[str, str], name: str) -> str:
    """Give a text as browsers sent it, with plain line ends."""
    return form.get(name, "").replace("\r\n", "\n").strip()


def _rows(form: MultiDict[str, str], group: str) -> list[object]:
    kind = GROUPS[group]
    found = []
    for rank in range(1, MOST_ROWS + 1):
        told = {one.name: written(form, f"{group}-{rank}-{one.name}") for one in fields(kind)}
        if not is_blank(told):
            found.append(kind(**told))
    return found
