"""Scenarios in words: what one gives, what it would take, what it rests on and leaves out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tracker.domain.errors import Problem
from tracker.domain.estate import EquipmentCategory
from tracker.domain.factors import Span
from tracker.domain.footprint import Accounting
from tracker.domain.renewals import RenewalBasis
from tracker.domain.scenarios import CategoryAhead, Estate, Needed, ProjectedYear, Projection
from tracker.labels.footprint import range_phrase, weight
from tracker.labels.formats import number, percent, quantity
from tracker.labels.language import N_, colon, text
from tracker.labels.problems import problem_sentence
from tracker.labels.words import word

FIELDS: Mapping[str, str] = {
    "vie": N_("durée d'usage en ans"),
    "parc": N_("parc à l'échéance"),
    "reconditionne": N_("part reconditionnée des achats en %"),
    "prix": N_("prix neuf en €"),
    "prix-reconditionne": N_("prix reconditionné en €"),
    "electricite": N_("électricité en kg CO₂e/kWh"),
    "heures": N_("heures d'usage en % d'aujourd'hui"),
    "poids": N_("fabrication d'un reconditionné en % d'un neuf"),
    "reduction": N_("réduction cherchée en %"),
    "horizon": N_("échéance"),
    "name": N_("nom"),
}
_BASES: Mapping[RenewalBasis, str] = {
    RenewalBasis.CURVE: N_("courbe de survie"),
    RenewalBasis.CURVE_THEN_LIFE: N_("courbe, puis durée d'amortissement"),
    RenewalBasis.SERVICE_LIFE: N_("durée d'amortissement, trop peu de sorties"),
}


def field_name(field: str) -> str:
    """Name a field of the simulator: « ordinateur portable, durée d'usage en ans »."""
    category, dot, name = field.partition(".")
    if not dot:
        return text(FIELDS[field])
    return text("{category}, {name}", category=word(EquipmentCategory(category)), name=text(FIELDS[name]))


def is_lever(field: str) -> bool:
    """Tell whether a field of an address is one that can be named."""
    category, dot, name = field.rpartition(".")
    return name in FIELDS and (not dot or category in set(EquipmentCategory))


def lever_problem(problem: Problem) -> str:
    """Say what is wrong with a field, named first."""
    name = field_name(problem.where) if problem.where.rpartition(".")[2] in FIELDS else ""
    return f"{name}{colon()}{problem_sentence(problem)}" if name else problem_sentence(problem)


def pieces(count: Decimal | int | None) -> str:
    """Write whole pieces; « inconnu » where nothing tells."""
    return text("inconnu") if count is None else number(Decimal(count), 0)


def euros(amount: Decimal | None) -> str:
    """Write whole euros; « inconnu » without a price."""
    return text("inconnu") if amount is None else quantity(amount, "eur", 0)


def signed_percent(value: Decimal | None) -> str:
    """Write a change in per cent with its sign; « inconnu » without one."""
    if value is None:
        return text("inconnu")
    return f"+{percent(value)}" if value > 0 else percent(value)


def scenario_reading(led: Projection, plain: Projection, *, is_moved: bool) -> str:
    """Say a scenario in one sentence: what the footprint becomes, with its range, and what is bought."""
    first, last = led.years[0], led.years[-1]
    if not last.categories and last.footprint.carbon is None:
        return text("Le parc n'est pas encore connu : il n'y a rien à projeter.")
    told = {
        "year": last.year,
        "before": _weighed(first.footprint.carbon),
        "after": _weighed(last.footprint.carbon),
        "change": signed_percent(led.change),
        "bought": pieces(led.bought),
    }
    if not is_moved:
        return text(
            "Sans rien changer, le parc passe de {before} à {after} en {year} ({change}) ; achats d'ici là : {bought}.",
            **told,
        )
    return text(
        "Avec ces leviers, le parc passe de {before} à {after} en {year} ({change}, contre {plain} sans rien "
        "changer) ; achats d'ici là : {bought} au lieu de {others}.",
        plain=signed_percent(plain.change),
        others=pieces(plain.bought),
        **told,
    )


def budget_sentence(led: Projection, plain: Projection) -> str:
    """Say what is spent over the coming years, and what has no price."""
    names = _names(led.unpriced())
    if led.budget is None:
        return text("Budget d'achat : inconnu, aucun prix n'est donné pour ce qui s'achète.")
    told = text("Budget d'achat : {euros}, contre {others}.", euros=euros(led.budget), others=euros(plain.budget))
    if not names:
        return told
    lacking = text("Prix incomplets (neuf, reconditionné), donc absents du budget : {names}.", names=names)
    return f"{told} {lacking}"


def needed_sentence(found: Needed | None, reduction: Decimal, year: int) -> str:
    """Say by how much lives must grow for a reduction, all together and each by itself, or that no life reaches it."""
    told = {"share": percent(reduction), "year": year}
    if found is None:
        return text("Rien n'est chiffré : aucune réduction ne se cherche.")
    if found.percent == 100:
        return text("{share} de moins qu'aujourd'hui en {year} : atteint sans allonger aucune durée.", **told)
    if found.percent is None:
        return text(
            "Aucune durée ne suffit à peser {share} de moins qu'aujourd'hui en {year}, même trois fois plus longue.",
            **told,
        )
    together = text(
        "Pour peser {share} de moins qu'aujourd'hui en {year}, par la méthode de stock, il faut tout garder {times} "
        "fois plus longtemps : {lives}.",
        times=number(Decimal(found.percent) / 100, 2),
        lives=_lives(found.lives),
        **told,
    )
    alone = text("Aucune catégorie n'y suffit à elle seule, même trois fois plus longtemps.")
    if found.alone:
        alone = text("À elle seule, une de ces durées y suffirait : {lives}.", lives=_lives(found.alone))
    return f"{together} {alone}"


def _lives(lives: Mapping[EquipmentCategory, Decimal]) -> str:
    return ", ".join(f"{word(category)} {quantity(life, 'years', 1)}" for category, life in lives.items())


def basis_phrase(known: Estate, category: EquipmentCategory) -> str:
    """Say what the renewals of a category rest on."""
    one = next(one for one in known.categories if one.category == category)
    if one.survivors is None or not one.is_followed:
        return text("inconnu")
    return text(_BASES[one.survivors.basis])


def mean_age(ahead: CategoryAhead) -> str:
    """Write the mean age in whole years, those of ten and over counted as ten; « inconnu » where nothing tells."""
    whole = sum(ahead.ages or (), Decimal(0))
    if not whole or ahead.ages is None:
        return text("inconnu")
    total = sum((count * (age + Decimal("0.5")) for age, count in enumerate(ahead.ages)), Decimal(0))
    return quantity(total / whole, "years", 1)


def scenario_notes(known: Estate, last: ProjectedYear, amounts_of: int | None, accounting: Accounting) -> Sequence[str]:
    """List what a projection rests on, and what it leaves out, one sentence each."""
    told = []
    lost = [one.category for one in known.categories if not one.is_followed]
    if lost:
        told.append(text("Achats inconnus, faute d'âges ou de durée : {names}.", names=_names(lost)))
    bare = [one.category for one in last.footprint.categories if one.in_use and not one.is_covered]
    if bare:
        told.append(text("Sans facteur complet, donc incomplets ou absents du total : {names}.", names=_names(bare)))
    if amounts_of is not None:
        told.append(text("Les montants saisis de {year} sont gardés tels quels.", year=amounts_of))
    if last.footprint.electricity is None:
        told.append(text("Aucun facteur d'électricité n'est connu : l'usage manque."))
    told.append(
        text("La durée d'aujourd'hui est celle de l'amortissement ; la changer étire d'autant la courbe de survie.")
    )
    if accounting is Accounting.FLOW:
        told.append(
            text(
                "Par la méthode de flux, une année porte toute la fabrication de ses achats : "
                "la repousser n'est pas l'éviter."
            )
        )
    told.append(text("Un reconditionné compte comme un neuf tant que sa part de fabrication n'est pas donnée."))
    return told


def _weighed(span: Span | None) -> str:
    if span is None:
        return text("inconnu")
    return f"{weight(span.value)} ({range_phrase(span)})"


def _names(categories: Sequence[EquipmentCategory]) -> str:
    return ", ".join(word(category) for category in categories)
