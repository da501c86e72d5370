"""Two years side by side in words: where a value went, by how much, and why they do not compare."""

from collections.abc import Mapping
from decimal import Decimal

from tracker.domain.comparison import Compared, Direction, Uncompared
from tracker.labels.formats import percent, quantity
from tracker.labels.language import N_, plural, text
from tracker.labels.sentences import gap_phrase
from tracker.labels.targets import telling_decimals
from tracker.labels.values import value_decimals

DIRECTIONS: Mapping[Direction, str] = {
    Direction.BETTER: N_("mieux"),
    Direction.WORSE: N_("moins bien"),
    Direction.SAME: N_("inchangé"),
    Direction.NEITHER: N_("ni mieux ni moins bien"),
    Direction.UNKNOWN: N_("ne se compare pas"),
}

UNCOMPARED: Mapping[Uncompared, str] = {
    Uncompared.NO_VALUE: N_("Aucune valeur, ni en {earlier} ni en {later}."),
    Uncompared.NO_EARLIER: N_("Aucune valeur en {earlier} : {later} n'a rien à quoi se comparer."),
    Uncompared.NO_LATER: N_("Aucune valeur en {later}."),
    Uncompared.METHOD_BREAK: N_(
        "La méthode a changé entre {earlier} et {later} : les deux valeurs ne se comparent pas."
    ),
    Uncompared.NO_TARGET: N_(
        "Cet indicateur vise une valeur ou une plage, et aucun objectif n'en fixe pour {later} : "
        "l'écart ne dit ni mieux ni moins bien."
    ),
    Uncompared.ZERO_BEFORE: N_("Pas de pourcentage : la valeur de {earlier} est zéro."),
    Uncompared.SIGN_CHANGE: N_("Pas de pourcentage : la valeur a changé de signe."),
    Uncompared.YES_OR_NO: N_("Pas de pourcentage : la réponse est oui ou non."),
}


_COUNTED: Mapping[Direction, tuple[str, str]] = {
    Direction.BETTER: (N_("{n} va mieux"), N_("{n} vont mieux")),
    Direction.WORSE: (N_("{n} va moins bien"), N_("{n} vont moins bien")),
    Direction.SAME: (N_("{n} n'a pas changé"), N_("{n} n'ont pas changé")),
    Direction.NEITHER: (N_("{n} a bougé, ni mieux ni moins bien"), N_("{n} ont bougé, ni mieux ni moins bien")),
    Direction.UNKNOWN: (N_("{n} ne se compare pas"), N_("{n} ne se comparent pas")),
}


def compared_sentence(counts: Mapping[Direction, int], earlier: int, later: int) -> str:
    """Say how many indicators went which way: « De 2024 à 2025, sur 12 indicateurs, 7 vont mieux… »."""
    total = sum(counts.values())
    told = ", ".join(plural(*_COUNTED[direction], count, n=count) for direction, count in counts.items() if count)
    return plural(
        "De {earlier} à {later}, sur {n} indicateur : {told}.",
        "De {earlier} à {later}, sur {n} indicateurs : {told}.",
        total,
        n=total,
        earlier=earlier,
        later=later,
        told=told,
    )


def direction_word(direction: Direction) -> str:
    """Say where a value went: « mieux », « moins bien »."""
    return text(DIRECTIONS[direction])


def uncompared_sentence(reason: Uncompared, earlier: int, later: int) -> str:
    """Say why two years do not compare, or not in per cent."""
    return text(UNCOMPARED[reason], earlier=earlier, later=later)


def difference_phrase(compared: Compared) -> str:
    """Say by how much a value moved: « +0,4 an », percentages in points, yes or no in words; empty for no difference.

    It has the decimals that the two values are told with, and those that it takes not to look unmoved.
    """
    before, after, change = compared.before, compared.after, compared.difference
    if before is None or after is None or change is None:
        return ""
    indicator = compared.aim.indicator
    if indicator.unit == "yes_no":
        shown = {"before": quantity(before, indicator.unit), "after": quantity(after, indicator.unit)}
        return text("de {before} à {after}", **shown) if change else ""
    decimals = telling_decimals(indicator, [change, Decimal(0)])
    if compared.earlier and compared.later:
        sides = ((before, compared.earlier.year), (after, compared.later.year))
        decimals = max(decimals, *(value_decimals(one, compared.aim, year, [before, after]) for one, year in sides))
    return _signed(change, gap_phrase(abs(change), indicator, decimals))


def relative_phrase(compared: Compared) -> str:
    """Say the change in per cent: « +8 % »; empty without one, and for a percentage, whose points say it all."""
    if compared.relative is None or compared.aim.indicator.unit == "percent":
        return ""
    return _signed(compared.relative, percent(abs(compared.relative)))


def restated_note(compared: Compared, earlier: int, later: int) -> str:
    """Say that the two values compared are not those published; empty where they are."""
    if not compared.is_restated:
        return ""
    return text(
        "La méthode a changé entre {earlier} et {later} : les deux valeurs sont recalculées par celle de {later}.",
        earlier=earlier,
        later=later,
    )


def _signed(change: Decimal, shown: str) -> str:
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{shown}"
