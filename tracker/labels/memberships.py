"""Memberships and means in words: sums of each tax regime side by side, what is known of a year, by when to decide."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.domain.budget import Imputation, Sum
from tracker.domain.means import Total
from tracker.domain.memberships import MembershipState, Renewal, YearStanding
from tracker.domain.vocabulary import TaxRegime
from tracker.labels.formats import day
from tracker.labels.language import plural, semicolon, text, typeset
from tracker.labels.reasons import money
from tracker.labels.words import word


def sum_phrase(told: Sum) -> str:
    """Write a sum with its tax regime; an amount that no text states is said to be unknown."""
    if told.amount is None:
        return text("montant inconnu")
    if told.tax is TaxRegime.UNSTATED:
        return text("{amount} ({regime})", amount=money(told.amount, None), regime=word(told.tax))
    return money(told.amount, told.tax)


def sums_phrase(sums: Mapping[TaxRegime, Decimal], unknown: int = 0) -> str:
    """Write sums side by side, never added across tax regimes, and how many amounts are unknown."""
    told = [sum_phrase(Sum(sums[tax], tax)) for tax in TaxRegime if tax in sums]
    if unknown:
        told.append(plural("{n} montant inconnu", "{n} montants inconnus", unknown, n=unknown))
    return semicolon().join(told) or text("aucun montant")


def planned_phrase(found: Total) -> str:
    """Say what was planned or decided: the sums, and how many things have no known amount."""
    return sums_phrase(found.planned, found.unplanned)


def spent_phrase(found: Total) -> str:
    """Say what was spent, and of how many things no spending is known yet."""
    if not found.spent:
        return text("aucune dépense constatée")
    told = sums_phrase(found.spent)
    if not found.unspent:
        return told
    rest = plural("{n} dépense non constatée", "{n} dépenses non constatées", found.unspent, n=found.unspent)
    return f"{told}{semicolon()}{rest}"


def imputation_phrase(line: Imputation) -> str:
    """Write where a sum stands in the accounts, in the codes that were given; empty without any."""
    told = [
        (line.budget, line.budget),
        (line.year, text("exercice {year}", year=line.year)),
        (line.section, text("section de {section}", section=line.section)),
        (line.chapter, text("chapitre {code}", code=line.chapter)),
        (line.function, text("fonction {code}", code=line.function)),
        (line.nature, text("nature {code}", code=line.nature)),
        (line.policy, text("politique {name}", name=line.policy)),
        (line.programme, text("programme {name}", name=line.programme)),
        (line.manager, text("service gestionnaire {name}", name=line.manager)),
    ]
    return typeset(", ".join(phrase for code, phrase in told if code))


def standing_sentence(standing: YearStanding, today: date) -> str:
    """Say what is known of a year of a membership, and what is not."""
    year = standing.year
    fee = sum_phrase(year.fee)
    match standing.state:
        case MembershipState.PAID:
            return text("Payée le {on} : {fee}.", on=_day(year.paid_on), fee=fee)
        case MembershipState.DECIDED:
            return text("Décidée le {on} : {fee}. Le paiement n'est pas constaté.", on=_day(year.decided_on), fee=fee)
        case MembershipState.GIVEN_UP:
            if year.decided_on is None:
                return text("Abandonnée : rien n'est dû pour {year}.", year=year.year)
            return text("Abandonnée le {on} : rien n'est dû pour {year}.", on=_day(year.decided_on), year=year.year)
        case MembershipState.UNKNOWN:
            return text("Aucun texte connu ne dit ce qu'il en a été : ni décision, ni montant.")
        case MembershipState.TO_RENEW:
            return renewal_sentence(standing.due_on, year.fee, today)


def renewal_sentence(on: date, fee: Sum, today: date) -> str:
    """Say by when a fee is to be decided, or was."""
    told = sum_phrase(fee)
    if on < today:
        return text(
            "Était à décider au plus tard le {on} ; aucune décision n'est connue : {fee}.", on=day(on), fee=told
        )
    return text("À décider au plus tard le {on} : {fee}.", on=day(on), fee=told)


def renewal_title(renewal: Renewal) -> str:
    """Name a year that is still to be decided: « Réseau : cotisation 2026 à décider »."""
    return text("{name} : cotisation {year} à décider", name=typeset(renewal.membership.name), year=renewal.year.year)


def _day(value: date | None) -> str:
    return day(value) if value is not None else ""
