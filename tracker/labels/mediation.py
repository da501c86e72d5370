"""Places of digital mediation in words."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.labels.formats import number
from tracker.labels.language import plural, text


def places_sentence(counts: Sequence[int | None], year: int) -> str:
    """Say how many people the places helped in a year, and how many places have not told."""
    told = [one for one in counts if one is not None]
    if not told:
        return text("Aucun lieu n'a dit combien de personnes il a accompagnées en {year}.", year=year)
    return plural(
        "{n} personne accompagnée en {year} dans les lieux qui l'ont dit ({told} sur {whole}).",
        "{n} personnes accompagnées en {year} dans les lieux qui l'ont dit ({told} sur {whole}).",
        sum(told),
        n=number(Decimal(sum(told))),
        year=year,
        told=len(told),
        whole=len(counts),
    )


def people_phrase(people: int | None) -> str:
    """Say how many people a place helped, or that nobody told."""
    return text("non précisé") if people is None else number(Decimal(people))
