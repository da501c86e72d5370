"""Rows of the entry grid as they are shown: what is asked, what is stored, how far it has come, what looks odd."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.records import Aim, Reading
from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord
from tracker.labels import day, plural, quantity, semicolon, text, word
from tracker.labels.plausibility import comment_sentence, oddity_sentence
from tracker.labels.values import recorded_phrase
from tracker.services.entry import Grid, Row
from tracker.services.workflow import look
from tracker.web.platform.clock import PARIS
from tracker.web.screens.measurements.forms import RowForm, stored


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its form, the words for how far it has come, and its notes."""

    row: Row
    form: RowForm
    stage: str
    notes: Sequence[str]

    @property
    def is_ratio(self) -> bool:
        """Tell whether the value can be given by its two terms."""
        return bool(self.row.aim.indicator.denominator)


def line(row: Row, year: int, campaign: CampaignRecord | None, today: date, form: RowForm | None = None) -> Line:
    """Give a row as it is shown, with the ``form`` that was sent or else with what is stored."""
    shown = form or RowForm(prefix=f"{row.code}-", data=stored(row.reading, row.aim))
    return Line(row, shown, stage_text(row, campaign, today), notes(row, year, today))


def as_json(row: Row, year: int, campaign: CampaignRecord | None, today: date) -> Mapping[str, Any]:
    """Give what the script shows of a row once it is saved."""
    return {
        "fields": stored(row.reading, row.aim),
        "stage": stage_text(row, campaign, today),
        "notes": notes(row, year, today),
    }


def stage_text(row: Row, campaign: CampaignRecord | None, today: date) -> str:
    """Say how far a value has come in its campaign; empty in a year without one."""
    if campaign is None:
        return ""
    if row.until is not None:
        return text("rouvert pour vous jusqu'au {day}", day=day(row.until))
    is_late, due = campaign.is_late(today), day(campaign.due_on)
    if row.reading is None:
        if row.is_shut:
            return text("sans relevé")
        return text("à saisir, en retard depuis le {day}", day=due) if is_late else text("à saisir")
    last = row.standing.last if row.standing else None
    if row.stage is Stage.RETURNED and last:
        return text("renvoyée par {author} : « {reason} »", author=last.author, reason=last.reason)
    if row.waits and is_late:
        return text("brouillon, en retard depuis le {day}", day=due)
    return word(row.stage) if row.stage else ""


def notes(row: Row, year: int, today: date) -> list[str]:
    """Say what looks odd in a value that can still be mended, and that its submission waits for a comment."""
    if row.is_shut or not (row.waits or row.stage is None):
        return []
    odd, comment = look(row.aim, year, today)
    told = [oddity_sentence(oddity, row.aim.indicator) for oddity in odd]
    if comment and row.waits:
        told.append(text("{why} Il est attendu avant de soumettre.", why=comment_sentence(comment)))
    return told


def lead(grid: Grid, year: int) -> str:
    """Say in one line what is left to do; once the campaign is over, what it left without a value or unread."""
    missing, total, waiting = grid.open_missing, grid.total, grid.waiting
    if not total:
        return text("Aucun relevé ne vous attend ici.")
    if grid.is_shut:
        return " ".join(_left(grid, year))
    if missing:
        told = plural(
            "Il reste {n} relevé à saisir sur {total}.",
            "Il reste {n} relevés à saisir sur {total}.",
            missing,
            n=missing,
            total=total,
        )
    else:
        told = text("Tous vos relevés de {year} sont saisis.", year=year)
    if not waiting:
        return told
    typed = plural("{n} relevé saisi est à soumettre.", "{n} relevés saisis sont à soumettre.", waiting, n=waiting)
    return f"{told} {typed}"


def _left(grid: Grid, year: int) -> Iterator[str]:
    """Say what the end of the campaign left: nothing of it can be submitted any more."""
    missing, total, unread = grid.missing, grid.total, grid.unread
    if missing:
        yield plural(
            "{n} relevé de {year} est resté sans valeur, sur {total}.",
            "{n} relevés de {year} sont restés sans valeur, sur {total}.",
            missing,
            n=missing,
            year=year,
            total=total,
        )
    else:
        yield text("Tous vos relevés de {year} ont une valeur.", year=year)
    if unread:
        yield plural(
            "{n} relevé n'a jamais été validé et ne compte pas.",
            "{n} relevés n'ont jamais été validés et ne comptent pas.",
            unread,
            n=unread,
        )


def campaign_text(campaign: CampaignRecord, today: date, *, may_correct: bool, is_open_here: bool = False) -> str:
    """Say until when the campaign takes values, or that it is over and what can still be done.

    ``is_open_here`` is for the page where one value is corrected.
    """
    if campaign.closed_at is not None and is_open_here:
        return text(
            "La campagne {year} est close depuis le {day}. Vous pouvez corriger cette valeur : dites pourquoi, "
            "l'ancienne restera lisible.",
            year=campaign.year,
            day=day(campaign.closed_at.astimezone(PARIS).date()),
        )
    if campaign.closed_at is not None:
        told = {"year": campaign.year, "day": day(campaign.closed_at.astimezone(PARIS).date())}
        if may_correct:
            return text(
                "La campagne {year} est close depuis le {day}. Pour corriger une valeur, ouvrez-la : "
                "vous direz pourquoi, et l'ancienne restera lisible.",
                **told,
            )
        return text(
            "La campagne {year} est close depuis le {day} : les valeurs se lisent, elles ne se saisissent plus. "
            "Le référent peut vous rouvrir un indicateur.",
            **told,
        )
    due, left = day(campaign.due_on), (campaign.due_on - today).days
    if left < 0:
        return text("Campagne {year} : en retard depuis le {day}.", year=campaign.year, day=due)
    if left == 0:
        return text("Campagne {year} : à soumettre aujourd'hui au plus tard.", year=campaign.year)
    return plural(
        "Campagne {year} : à soumettre jusqu'au {day}, dans {n} jour.",
        "Campagne {year} : à soumettre jusqu'au {day}, dans {n} jours.",
        left,
        year=campaign.year,
        day=due,
        n=left,
    )


def told(reading: Reading | None, aim: Aim) -> str:
    """Say the whole of a stored value: « 5,4 ans ; estimé ; « selon l'inventaire » »."""
    if reading is None:
        return ""
    value = recorded_phrase(reading, aim)
    absence = word(reading.absence) if reading.absence else ""
    quality = word(reading.quality) if reading.quality else ""
    terms = ""
    if reading.numerator is not None and reading.denominator is not None:
        terms = " / ".join(quantity(term, "unitless") for term in (reading.numerator, reading.denominator))
    comment = text("« {comment} »", comment=reading.comment) if reading.comment else ""
    return semicolon().join(filter(None, (value, absence, terms, quality, comment)))
