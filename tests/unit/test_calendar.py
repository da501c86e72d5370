"""The calendar of due dates, read back as an agenda reads it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tracker.exports.calendar import Due, ics

STAMP = datetime(2026, 11, 22, 8, 30, 15, 999, tzinfo=UTC)
DUE = Due(
    uid="campaign-2026-marseille@engagements.ville.example",
    on=date(2026, 12, 31),
    title="Échéance de la campagne 2026 ; saisie, validation",
    description="Indicateurs à saisir :\n- SOB-01, durée d’usage\n- SOB-06\\VDM",
    url="https://engagements.ville.example/marseille/saisie/2026?a=1,2;3",
    reminder_days=(1, 7, 7),
)


def read(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_due_date_comes_back_as_it_was_given():
    content = ics("Échéances, Marseille ; 2026", [DUE], STAMP)
    calendar = Calendar.from_ical(content)
    for heading in ("NAME", "X-WR-CALNAME"):
        assert f"\r\n{heading}:Échéances\\, Marseille \\; 2026\r\n" in content.decode()
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert "Parole tenue" in str(calendar["PRODID"])
    [event] = read(content)
    assert str(event["UID"]) == DUE.uid
    assert str(event["SUMMARY"]) == DUE.title
    assert str(event["DESCRIPTION"]) == DUE.description
    assert str(event["URL"]) == DUE.url
    assert event["DTSTAMP"].dt == STAMP.replace(microsecond=0)


def test_it_is_a_whole_day_that_makes_nobody_busy():
    content = ics("x", [DUE], STAMP)
    assert b"DTSTART;VALUE=DATE:20261231\r\n" in content
    assert b"DTEND;VALUE=DATE:20270101\r\n" in content
    assert b"TRANSP:TRANSPARENT\r\n" in content


def test_each_reminder_rings_once_at_nine_in_the_morning_of_its_day():
    [event] = read(ics("x", [DUE], STAMP))
    alarms = event.walk("VALARM")
    midnight = datetime(2026, 12, 31)  # noqa: DTZ001 - a whole day has no zone: it is that of whoever reads it
    rings = [midnight + alarm["TRIGGER"].dt for alarm in alarms]
    assert [ring.isoformat() for ring in rings] == ["2026-12-24T09:00:00", "2026-12-30T09:00:00"]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}
    assert {str(alarm["DESCRIPTION"]) for alarm in alarms} == {DUE.title}


def test_without_reminders_nothing_rings():
    assert b"VALARM" not in ics("x", [Due("a", date(2026, 1, 1), "t", "", "https://x.example")], STAMP)


def test_a_moved_and_reworded_due_date_keeps_its_identity_and_the_same_one_its_bytes():
    moved = Due(DUE.uid, date(2027, 1, 15), "Autre titre", "", DUE.url)
    before, after = read(ics("x", [DUE], STAMP)), read(ics("x", [moved], STAMP + timedelta(days=1)))
    assert before[0]["UID"] == after[0]["UID"]
    assert ics("x", [DUE, moved], STAMP) == ics("x", [DUE, moved], STAMP)


def test_a_stamp_of_any_zone_is_written_in_universal_time():
    paris = datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=2)))
    assert b"DTSTAMP:20260701T080000Z\r\n" in ics("x", [DUE], paris)
    with pytest.raises(ValueError, match="time zone"):
        ics("x", [DUE], datetime(2026, 7, 1))  # noqa: DTZ001


def test_an_empty_calendar_is_still_one():
    content = ics("x", [], STAMP)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert read(content) == []


@pytest.mark.parametrize(
    "url", ["https://x.example/\r\nSUMMARY:forged", "https://x.example/\nATTACH:https://y.example"]
)
def test_an_address_with_a_line_break_is_refused(url: str):
    with pytest.raises(ValueError, match="CR or LF"):
        ics("x", [Due("a", date(2026, 1, 1), "t", "", url)], STAMP)


@pytest.mark.parametrize("uid", ["", " ", "\x00"])
def test_a_due_date_without_identity_is_refused(uid: str):
    with pytest.raises(ValueError, match="uid"):
        ics("x", [Due(uid, date(2026, 1, 1), "t", "", "")], STAMP)


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.integers(0, 365), max_size=4))
def test_any_text_gives_lines_as_the_standard_wants_them_and_no_property_of_its_own(title, description, days):
    content = ics(title, [Due("a@b", date(2026, 1, 1), title, description, "", tuple(days))], STAMP)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
        assert not any(byte < 0x20 and byte != 0x09 for byte in line)
    [event] = read(content)
    assert sum(1 for _ in event.property_items(recursive=False)) == 10
    assert len(event.walk("VALARM")) == len(set(days))
