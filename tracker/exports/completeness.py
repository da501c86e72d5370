"""The check of a report against the texts, as a table: for programs, French whatever is spoken."""

from collections.abc import Mapping, Sequence

from tracker.domain.completeness import ItemCheck
from tracker.exports import spreadsheet
from tracker.labels import speaking, typeset
from tracker.labels.completeness import group_name, item_name, presence_word, why

COLUMNS = ("code", "groupe", "element", "etat", "pourquoi", "texte", "texte_certain", "section")


def completeness_csv(checks: Sequence[ItemCheck], duties: Mapping[str, str]) -> bytes:
    """Write a line an item, as a French spreadsheet opens it; ``duties`` are the French names of duties."""
    with speaking("fr"):
        return spreadsheet.write(COLUMNS, [_row(one, duties) for one in checks])


def _row(found: ItemCheck, duties: Mapping[str, str]) -> tuple[str, ...]:
    item = found.item
    return (
        item.code,
        group_name(item.group),
        typeset(item_name(item, duties)),
        presence_word(found.presence),
        why(found),
        typeset(item.article),
        "oui" if item.is_certain else "à vérifier",
        item.section,
    )
