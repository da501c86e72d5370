"""What the review of a deliberation sends beside the fields of the text: its version, and one commitment."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from werkzeug.datastructures import MultiDict

from tracker.domain.numbers import whole_number
from tracker.domain.vocabulary import Axis, CommitmentKind, DuePrecision, Strength, TextStage
from tracker.services.reviewed import TypedCommitment
from tracker.web.platform.boxes import Box, boxes, choice_of
from tracker.web.platform.texts import written

KEPT, ASIDE = "kept", "aside"


def commitment_of(form: MultiDict[str, str]) -> TypedCommitment:
    """Give a candidate as it was typed and decided."""
    names = [one.name for one in fields(TypedCommitment) if one.name != "is_kept"]
    return TypedCommitment(is_kept=form.get("choice") == KEPT, **{name: written(form, name) for name in names})


def version_of(form: MultiDict[str, str]) -> int:
    """Give the version of the review that was on the page, -1 for what is not one."""
    version = whole_number(form.get("version"))
    return -1 if version is None else version


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
