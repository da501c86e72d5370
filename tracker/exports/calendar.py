"""Calendars of due dates, as agendas subscribe to them: iCalendar (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from tracker.domain.texts import tidy

PRODUCT = "-//Parole tenue//Calendrier//FR"
REMINDER_HOUR = 9


@dataclass(frozen=True, slots=True)
class Due:
    """One day on which something is due; ``uid`` is its own for ever, whatever becomes of its day or its words."""

    uid: str
    on: date
    title: str
    description: str
    url: str
    reminder_days: tuple[int, ...] = ()


def ics(name: str, dues: Iterable[Due], stamp: datetime) -> bytes:
    """Write the calendar ``name``: a whole day a due date, its reminders at nine in the morning of the days before.

    ``stamp`` is the instant of writing, with its time zone.

    Raises:
        ValueError: for a stamp without a time zone, a due date without a uid, or an address with a line break.
    """
    if stamp.tzinfo is None:
        raise ValueError("a stamp has a time zone")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for heading in ("name", "x-wr-calname"):
        calendar.add(heading, vText(tidy(name)))  # the library does not escape them by itself
    for due in dues:
        calendar.add_component(_event(due, stamp.astimezone(UTC).replace(microsecond=0)))
    content: bytes = calendar.to_ical()
    return content


def _event(due: Due, stamp: datetime) -> Event:
    if not tidy(due.uid):
        raise ValueError("a due date has a uid")
    event = Event()
    event.add("uid", tidy(due.uid))
    event.add("dtstamp", stamp)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", tidy(due.title))
    event.add("description", tidy(due.description))
    event.add("url", due.url)
    event.add("transp", "TRANSPARENT")  # a due date does not make anybody busy
    for days in sorted(set(due.reminder_days), reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", tidy(due.title))
        alarm.add("trigger", timedelta(days=-days, hours=REMINDER_HOUR))
        event.add_component(alarm)
    return event
