"""The estate in words: how much there is, what a piece of equipment is called, when its life began."""

from collections.abc import Mapping
from decimal import Decimal

from tracker.domain.estate import EquipmentRecord, EquipmentState, StartKind
from tracker.domain.estate_counts import CategoryCount, EstateReading
from tracker.domain.inventories import InventoryScope
from tracker.labels.formats import day, number, percent, short_day
from tracker.labels.language import N_, plural, text, typeset
from tracker.labels.words import word

IN_USE, IN_STOCK, RETIRED = EquipmentState.IN_USE, EquipmentState.IN_STOCK, EquipmentState.RETIRED
LEFT_OUT = EquipmentState.LEFT_OUT
STARTS: Mapping[StartKind, str] = {
    StartKind.STARTED: N_("mis en service le {on}"),
    StartKind.DELIVERED: N_("livré le {on}"),
    StartKind.PURCHASED: N_("acheté le {on}"),
    StartKind.ORDERED: N_("commandé le {on}"),
}
SENTENCES: Mapping[StartKind, str] = {
    StartKind.STARTED: N_("La durée se compte depuis la mise en service, le {on}."),
    StartKind.DELIVERED: N_("La durée se compte depuis la livraison, le {on} : la mise en service n'est pas connue."),
    StartKind.PURCHASED: N_("La durée se compte depuis l'achat, le {on} : rien de plus sûr n'est connu."),
    StartKind.ORDERED: N_("La durée se compte depuis la commande, le {on} : rien de plus sûr n'est connu."),
}


def estate_reading(found: EstateReading) -> str:
    """Say how much equipment there is, how much was retired this year, and of how much the life has a known start."""
    in_use, in_stock = found.of(IN_USE), found.of(IN_STOCK)
    gone, year = found.retired_this_year, found.year
    told = [
        plural("{n} équipement est en service.", "{n} équipements sont en service.", in_use, n=count(in_use)),
        plural("{n} est en stock.", "{n} sont en stock.", in_stock, n=count(in_stock)),
        plural("{n} a été réformé en {year}.", "{n} ont été réformés en {year}.", gone, n=count(gone), year=year),
    ]
    if apart := found.of(LEFT_OUT):
        told.append(plural("{n} est hors du parc.", "{n} sont hors du parc.", apart, n=count(apart)))
    return " ".join(told)


def known_start_sentence(found: EstateReading) -> str:
    """Say for which share of the pieces, those that are gone too, the start of their life is known."""
    share = Decimal(100) * found.dated / found.pieces
    return text(
        "Le début de leur vie est connu pour {share} des {n} équipements du registre, réformés compris.",
        share=percent(share),
        n=count(found.pieces),
    )


def equipment_name(record: EquipmentRecord) -> str:
    """Call a piece of equipment by its model, else by what it is."""
    return typeset(record.model) if record.model else word(record.category)


def key_phrase(key: str) -> str:
    """Say how an inventory tells a piece apart: its list, and its number there, « ordinateurs, ID 12 »."""
    listed, by, number_there = key.split(":", 2)
    named = word(InventoryScope(listed)) if listed in set(InventoryScope) else listed
    if by == "id":
        return text("{list}, ID {number}", list=named, number=number_there)
    return text("{list}, numéro d'inventaire {number}", list=named, number=number_there)


def state_sentence(record: EquipmentRecord) -> str:
    """Say how many pieces a line stands for, in which state, and since when if they are gone."""
    pieces = {"n": count(record.quantity)}
    if record.state is IN_USE:
        return plural("{n} équipement en service.", "{n} équipements en service.", record.quantity, **pieces)
    if record.state is IN_STOCK:
        return plural("{n} équipement en stock.", "{n} équipements en stock.", record.quantity, **pieces)
    if record.state is LEFT_OUT:
        return text("Hors du parc : une machine virtuelle, ou une ligne de trop, n'entre dans aucun chiffre.")
    if record.retired_on is None:
        return plural(
            "{n} équipement réformé, on ne sait quand.",
            "{n} équipements réformés, on ne sait quand.",
            record.quantity,
            **pieces,
        )
    return plural(
        "{n} équipement réformé le {on}.",
        "{n} équipements réformés le {on}.",
        record.quantity,
        **pieces,
        on=day(record.retired_on),
    )


def lines_sentence(lines: int, pieces: int) -> str:
    """Say how many lines of the register answer, and how many pieces they stand for."""
    listed = plural("{n} ligne répond.", "{n} lignes répondent.", lines, n=count(lines))
    if lines == pieces:
        return listed
    held = plural("Cela fait {n} équipement.", "Cela fait {n} équipements.", pieces, n=count(pieces))
    return f"{listed} {held}"


def chosen_sentence(lines: int, pieces: int) -> str:
    """Say how many lines of the register are chosen, and how many pieces they stand for."""
    listed = plural("{n} ligne est choisie.", "{n} lignes sont choisies.", lines, n=count(lines))
    held = plural("Cela fait {n} équipement.", "Cela fait {n} équipements.", pieces, n=count(pieces))
    return f"{listed} {held}"


def bulk_sentence(lines: int, pieces: int, same: int) -> str:
    """Say how many lines a change would change, for how many pieces, and how many say it already."""
    told = [
        plural("{n} ligne changerait.", "{n} lignes changeraient.", lines, n=count(lines)),
        plural("Cela fait {n} équipement.", "Cela fait {n} équipements.", pieces, n=count(pieces)) if lines else "",
        plural("{n} ligne dit déjà cela.", "{n} lignes disent déjà cela.", same, n=count(same)) if same else "",
    ]
    return " ".join(filter(None, told))


def words_sentence(found: int) -> str:
    """Say how many words of the inventories have no rule of the authority."""
    return plural(
        "{n} mot des inventaires n'a pas de règle : voici comment il a été lu.",
        "{n} mots des inventaires n'ont pas de règle : voici comment ils ont été lus, les plus fréquents d'abord.",
        found,
        n=count(found),
    )


def start_phrase(record: EquipmentRecord) -> str:
    """Say in a few words when its life began, and what tells it."""
    if record.start is None:
        return text("début inconnu")
    kind, on = record.start
    return text(STARTS[kind], on=short_day(on))


def start_sentence(record: EquipmentRecord) -> str:
    """Say from which day its life is counted, and why that one; nothing of what is in no lifetime at all."""
    if record.state is LEFT_OUT:
        return ""
    if record.start is None:
        return text("Le début de vie n'est pas connu : aucune durée n'en tient compte.")
    kind, on = record.start
    return text(SENTENCES[kind], on=day(on))


def by_state(found: CategoryCount) -> str:
    """Say how many pieces of a category are in service and in stock, or that all are gone."""
    in_use, in_stock, gone = (found.by_state.get(state, 0) for state in (IN_USE, IN_STOCK, RETIRED))
    if not in_use and not in_stock:
        return plural("{n} réformé", "{n} réformés", gone, n=count(gone))
    if not in_stock:
        return text("{n} en service", n=count(in_use))
    return text("{n} en service, {stock} en stock", n=count(in_use), stock=count(in_stock))


def count(pieces: int) -> str:
    """Write how many there are."""
    return number(Decimal(pieces))
