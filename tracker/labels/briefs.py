"""The brief of a year in words: what changed, the dates, where the figures come from."""

from datetime import date
from decimal import Decimal

from tracker.domain.agenda import CampaignDate
from tracker.domain.changes import StateChange
from tracker.domain.memberships import Renewal
from tracker.domain.records import IndicatorRecord
from tracker.domain.scorecard import DueDate
from tracker.domain.targets import Threshold
from tracker.domain.workflow import CampaignRecord
from tracker.labels.formats import PARIS, day, due_phrase, quantity
from tracker.labels.language import N_, plural, say, text
from tracker.labels.memberships import renewal_title
from tracker.labels.targets import edges, telling_decimals, threshold_phrase
from tracker.labels.words import word


def change_phrase(change: StateChange) -> str:
    """Say how the state of a commitment changed: « Marchés : de « À surveiller » à « Tenu » »."""
    title, before, after = say(change.commitment.title), word(change.before), word(change.after)
    return text("{title} : de « {before} » à « {after} »", title=title, before=before, after=after)


def date_words(due: DueDate | CampaignDate | Renewal) -> tuple[str, str]:
    """Give a date and what is awaited then."""
    if isinstance(due, DueDate):
        return due_phrase(due.on, due.precision), say(due.commitment.title)
    if isinstance(due, Renewal):
        return day(due.on), renewal_title(due)
    if due.is_debate:
        return day(due.on), text("Débat sur le bilan {year}", year=due.year)
    return day(due.on), text("Campagne {year} : dernier jour pour soumettre", year=due.year)


def drawn_values(
    indicator: IndicatorRecord, first: Decimal, last: Decimal, goal: Threshold | None
) -> tuple[str, str, str]:
    """Give the two ends of a drawing and its target, with the decimals that tell all three apart."""
    decimals = telling_decimals(indicator, [first, last], edges(goal))
    target = "" if goal is None else threshold_phrase(goal, indicator)
    return quantity(first, indicator.unit, decimals), quantity(last, indicator.unit, decimals), target


def rest_phrase(count: int) -> str:
    """Say how many are not listed; empty when all are."""
    return plural("et {n} autre", "et {n} autres", count, n=count) if count > 0 else ""


def past_sentence(as_of: date) -> str:
    """Say that the year is told as an earlier day knew it."""
    return text("L'année telle qu'on la connaissait le {on}.", on=day(as_of))


def origin_sentences(year: int, campaign: CampaignRecord | None, as_of: date) -> str:
    """Say of what day the figures are, and whether the campaign of the year has validated them."""
    parts = [text("Chiffres connus le {on}.", on=day(as_of))]
    if campaign is None:
        parts.append(
            text("Aucune campagne n'a été ouverte pour {year} : chaque valeur compte dès sa saisie.", year=year)
        )
    elif campaign.closed_at is None:
        parts.append(text("La campagne {year} est ouverte : ce qui y est saisi compte une fois validé.", year=year))
    else:
        on = day(campaign.closed_at.astimezone(PARIS).date())
        message = N_("La campagne {year} est close depuis le {on} : ce qui y a été saisi ne compte que validé.")
        parts.append(text(message, year=year, on=on))
    return " ".join(parts)
