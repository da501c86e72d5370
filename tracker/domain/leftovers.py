"""A ratio sent back in a file with some of its three numbers changed: those left as they were give way."""

from dataclasses import replace
from decimal import Decimal

from tracker.domain.entries import Draft
from tracker.domain.numbers import UnreadableNumber, parse_number
from tracker.domain.records import Reading
from tracker.domain.vocabulary import TYPED_ABSENCES


def give_way(draft: Draft, stored: Reading | None) -> Draft:
    """Empty the numbers of ``draft`` that still say what ``stored`` said, where others were changed.

    A pre-filled row shows the value and its two terms. With new terms the old value is to be computed again; with a
    new value, or a reason for none, the old terms fall, as they do in the grid. Nothing changes where all three were
    left, or all changed.
    """
    if stored is None or stored.denominator is None:
        return draft
    has_same_value = _says(draft, draft.value, stored.value)
    has_same_terms = _says(draft, draft.numerator, stored.numerator) and _says(
        draft, draft.denominator, stored.denominator
    )
    if has_same_value and not has_same_terms and (draft.numerator or draft.denominator):
        return replace(draft, value="")
    has_answer = bool(draft.value.strip()) or draft.precision in TYPED_ABSENCES  # else the value is to be computed
    if has_same_terms and not has_same_value and has_answer:
        return replace(draft, numerator="", denominator="")
    return draft


def _says(draft: Draft, typed: str | None, number: Decimal | None) -> bool:
    """Tell whether ``typed`` is ``number``."""
    if not (typed or "").strip():
        return number is None
    try:
        found = parse_number(typed or "", is_percent=True, has_comma_groups=draft.has_comma_groups)
    except UnreadableNumber:
        return False
    return found == number
