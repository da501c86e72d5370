"""Memberships and means in words: what was planned and spent, what is known of a year, by when to decide."""

from datetime import date

from tracker.domain.budget import Sum
from tracker.domain.means import Total
from tracker.domain.memberships import MembershipState, Renewal, YearStanding
from tracker.labels.budget import sum_phrase, sums_phrase
from tracker.labels.formats import day
from tracker.labels.language import plural, semicolon, text, typeset


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
