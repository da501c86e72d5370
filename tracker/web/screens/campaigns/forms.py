"""The forms of the campaigns: the days of one, giving an indicator back, entrusting indicators."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.campaigns import REMINDERS, Days, usual_days
from tracker.domain.dates import typed_day
from tracker.domain.numbers import whole_number
from tracker.domain.periods import last_full_year
from tracker.labels import say, text
from tracker.services.assignments import Entrusting, Holdings
from tracker.services.campaigns import CampaignDraft, ReopeningDraft
from tracker.services.followups import Followup


class DaysForm(Form):
    """The days of a campaign, and whether it wants a second pair of eyes."""

    due_on = StringField()
    debate_on = StringField()
    has_four_eyes = BooleanField(false_values=("",))
    seen = HiddenField()
    reminder_0 = StringField()
    reminder_1 = StringField()
    reminder_2 = StringField()
    reminder_3 = StringField()
    reminder_4 = StringField()

    @property
    def reminders(self) -> Sequence[Field]:
        """Give the fields of the reminder days."""
        return [self[f"reminder_{place}"] for place in range(REMINDERS)]

    def draft(self) -> CampaignDraft:
        """Give what was typed."""
        return CampaignDraft(
            due_on=self.due_on.data or "",
            debate_on=self.debate_on.data or "",
            reminders=tuple(field.data or "" for field in self.reminders),
            has_four_eyes=bool(self.has_four_eyes.data),
            seen=number(self.seen.data),
        )


class OpeningForm(DaysForm):
    """The year of a campaign to open, and its days."""

    year = StringField()

    def draft(self) -> CampaignDraft:
        """Give what was typed."""
        told = super().draft()
        return CampaignDraft(
            told.due_on, told.debate_on, told.reminders, told.has_four_eyes, self.year.data or "", told.seen
        )


class ReopeningForm(Form):
    """One indicator given back to one person until a day, with the reason."""

    code = SelectField(validate_choice=False)
    account = SelectField(validate_choice=False)
    until = StringField()
    reason = TextAreaField()

    def offer(self, found: Followup) -> None:
        """Fill the choices with what the year asks for, and who may enter something."""
        choose = ("", text("choisir"))
        self.code.choices = [
            choose,
            *((one.indicator.code, f"{say(one.indicator.name)} ({one.indicator.code})") for one in found.owed),
        ]
        self.account.choices = [choose, *((str(one.account_id), one.name) for one in found.holdings.people)]

    def draft(self) -> ReopeningDraft:
        """Give what was typed."""
        told = (self.code.data, self.account.data, self.until.data, self.reason.data)
        return ReopeningDraft(*(field or "" for field in told))


class EntrustingForm(Form):
    """To whom the ticked indicators go, instead of their holders or beside them."""

    holder = SelectField(validate_choice=False)
    beside = BooleanField(false_values=("",))
    digest = HiddenField()

    def offer(self, holdings: Holdings) -> None:
        """Fill the choices: departments, people, nobody."""
        people = [one for one in holdings.holders.values() if not one.is_department]
        groups = {
            text("Services"): [(one.key, one.name) for one in holdings.departments],
            text("Personnes"): [(one.key, one.name) for one in people],
        }
        first = {text("À qui ?"): [("", text("choisir")), ("-", text("personne pour l'instant"))]}
        self.holder.choices = first | {name: choices for name, choices in groups.items() if choices}

    def asked(self, sent: Any) -> Entrusting:
        """Give what was asked: the lines ticked, with the holders that were on the screen."""
        chosen = {code: sent.get(f"seen-{code}", "") for code in sent.getlist("chosen")}
        holder = None if not self.holder.data else "" if self.holder.data == "-" else self.holder.data
        return Entrusting(holder, chosen, bool(self.beside.data), sent.get("whole", ""), self.digest.data or "")


def number(written: str | None) -> int:
    """Read a hidden number; 0 for what is not one."""
    return whole_number(written) or 0


def opening(known: Collection[int], today: date) -> Mapping[str, Any]:
    """Give the fields of a campaign to open, as they are proposed; ``known`` are the years that have one."""
    free = [year for year in (last_full_year(today), today.year) if year not in known]
    return {"year": str(free[0]) if free else "", **stored(usual_days(today))}


def stored(days: Days, *, has_four_eyes: bool = False, seen: int = 0) -> Mapping[str, Any]:
    """Give the fields that show the days of a campaign."""
    reminders = {f"reminder_{place}": typed_day(day) for place, day in enumerate(days.reminders_on[:REMINDERS])}
    return {
        "due_on": typed_day(days.due_on),
        "debate_on": typed_day(days.debate_on) if days.debate_on else "",
        "has_four_eyes": has_four_eyes,
        "seen": str(seen),
        **reminders,
    }
