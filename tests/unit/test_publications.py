"""Which version of a year strangers read on a day, what of the year it shows, and the feed that tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_aim, make_commitment, make_organisation
from tracker.domain.errors import ProblemCode
from tracker.domain.publications import (
    PublicationRecord,
    PublicationState,
    chosen,
    counting,
    differences,
    faults,
    planned,
    shown,
    state,
)
from tracker.domain.records import CommitmentRecord
from tracker.domain.scorecard import Scorecard, score
from tracker.domain.vocabulary import Absence, PublicationScope, Strength
from tracker.exports.atom import Feed, FeedEntry, atom, tag

DAY = date(2026, 5, 1)


def version(number: int, recorded: int, visible: int | None = None, *, is_withdrawn: bool = False) -> PublicationRecord:
    """Give a version recorded ``recorded`` days after the first of May at noon, visible ``visible`` days after it."""
    at = datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(days=recorded)
    visible_from = DAY + timedelta(days=recorded if visible is None else visible)
    opening = datetime(visible_from.year, visible_from.month, visible_from.day, tzinfo=UTC)
    return PublicationRecord(
        number=number,
        year=2025,
        version=number,
        scope=PublicationScope.EVERYTHING,
        has_values=True,
        visible_from=visible_from,
        is_withdrawn=is_withdrawn,
        note="",
        recorded_at=at,
        appears_at=max(at, opening),
    )


def on(day: int) -> date:
    return DAY + timedelta(days=day)


def read(versions: Sequence[PublicationRecord], day: int) -> int | None:
    found = counting(versions, on(day))
    return found.version if found else None


def test_a_year_without_version_is_not_published():
    assert counting([], DAY) is None
    assert state([], DAY) is PublicationState.UNPUBLISHED


def test_a_planned_version_is_read_from_its_day_on():
    versions = [version(1, 0, 10)]
    assert [read(versions, day) for day in (0, 9, 10, 11)] == [None, None, 1, 1]
    assert [state(versions, on(day)) for day in (9, 10)] == [PublicationState.PLANNED, PublicationState.VISIBLE]


def test_an_update_that_waits_leaves_the_earlier_one_shown():
    versions = [version(1, 0), version(2, 3, 10)]
    assert [read(versions, day) for day in (3, 9, 10)] == [1, 1, 2]
    assert state(versions, on(5)) is PublicationState.VISIBLE
    waiting = planned(versions, on(5))
    assert waiting is not None
    assert waiting.version == 2


def test_a_later_decision_counts_whatever_the_day_of_an_earlier_plan():
    versions = [version(1, 0, 10), version(2, 3)]
    assert [read(versions, day) for day in (3, 10, 20)] == [2, 2, 2]
    assert [one.version for one in shown(versions, on(20))] == [2]


def test_a_withdrawal_ends_what_was_shown_and_what_was_planned():
    versions = [version(1, 0), version(2, 2, 10), version(3, 4, is_withdrawn=True)]
    assert [read(versions, day) for day in (2, 4, 10)] == [1, 3, 3]
    assert state(versions, on(10)) is PublicationState.WITHDRAWN
    assert planned(versions, on(4)) is None


def test_a_plan_withdrawn_before_its_day_was_never_published():
    versions = [version(1, 0, 10), version(2, 2, is_withdrawn=True)]
    assert [read(versions, day) for day in (2, 10, 30)] == [None, None, None]
    assert state(versions, on(30)) is PublicationState.UNPUBLISHED


def test_a_year_is_published_again_after_a_withdrawal():
    versions = [version(1, 0), version(2, 1, is_withdrawn=True), version(3, 2, 5)]
    assert [read(versions, day) for day in (0, 1, 4, 5)] == [1, 2, 2, 3]
    assert state(versions, on(3)) is PublicationState.PLANNED


decided = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=7)


@given(decided)
def test_what_is_read_is_what_a_diary_of_the_days_would_tell(given_: list[tuple[int, bool]]):
    versions = [
        version(place + 1, place, place if is_withdrawn else place + wait, is_withdrawn=is_withdrawn)
        for place, (wait, is_withdrawn) in enumerate(given_)
    ]
    was_read = False
    for day in range(30):
        for known in (  # at midnight, then once the decisions of the day are taken
            [one for one in versions if one.recorded_at.date() < on(day)],
            [one for one in versions if one.recorded_at.date() <= on(day)],
        ):
            last = next((one for one in reversed(known) if one.visible_from <= on(day)), None)
            was_read = was_read or (last is not None and not last.is_withdrawn)
            found = counting(known, on(day))
            assert (found is not None) == was_read
            if found is not None and last is not None:
                assert found.is_withdrawn == last.is_withdrawn
                assert found.is_withdrawn or found == last


@given(decided, st.integers(0, 30))
def test_what_was_shown_stays_in_the_list(given_: list[tuple[int, bool]], day: int):
    versions = [
        version(place + 1, place, place if is_withdrawn else place + wait, is_withdrawn=is_withdrawn)
        for place, (wait, is_withdrawn) in enumerate(given_)
    ]
    before, after = shown(versions, on(day)), shown(versions, on(day + 1))
    assert list(after[: len(before)]) == list(before)


def test_a_year_is_published_once_it_is_over_from_today_on_and_within_two_years():
    assert not faults(2025, DAY, DAY)
    assert [one.code for one in faults(2026, DAY, DAY)] == [ProblemCode.YEAR_NOT_OVER]
    assert [one.code for one in faults(2025, on(-1), DAY)] == [ProblemCode.VISIBLE_IN_PAST]
    assert [one.code for one in faults(2025, on(731), DAY)] == [ProblemCode.DATE_TOO_FAR]


def scored(*commitments: CommitmentRecord) -> Scorecard:
    return score(make_organisation(), commitments, 2025, DAY)


def promise(code: str = "A", values: Mapping[int, int | Absence] | None = None, **told: object) -> CommitmentRecord:
    aims = () if values is None else (make_aim(values),)
    return replace(make_commitment(), code=code, aims=aims, **told)


def test_options_are_never_published_and_flagships_only_when_they_are_chosen():
    every = (
        promise("A", is_flagship=True),
        promise("B", is_flagship=False),
        promise("C", strength=Strength.OPTION, is_flagship=True),
    )
    assert [one.code for one in chosen(every, PublicationScope.EVERYTHING, 2025)] == ["A", "B"]
    assert [one.code for one in chosen(every, PublicationScope.FLAGSHIPS, 2025)] == ["A"]
    assert chosen(every, PublicationScope.EVERYTHING, 1999) == ()


def test_no_value_of_a_later_year_is_published_with_a_year():
    (kept,) = chosen([promise(values={2024: 5, 2025: 6, 2026: 7})], PublicationScope.EVERYTHING, 2025)
    assert sorted(kept.aims[0].readings) == [2024, 2025]
    assert [one.year for one in kept.aims[0].known] == [2024, 2025]


def test_a_corrected_value_and_a_commitment_that_goes_are_told():
    before, after = promise(values={2025: 5}), promise(values={2025: 6})
    found = differences(scored(before, promise("B")), scored(after), with_values=True)
    assert [(one.before, one.after) for one in found.values] == [(Decimal(5), Decimal(6))]
    assert [one.commitment.code for one in found.states if one.after is None] == ["B"]
    assert differences(scored(before), scored(after), with_values=False).values == ()


def test_the_same_figures_differ_in_nothing():
    told = promise(values={2025: 5})
    found = differences(scored(told), scored(told), with_values=True)
    assert (found.states, found.values) == ((), ())


@pytest.mark.parametrize("missing", [{}, {2025: Absence.NOT_MEASURED}])
def test_a_missing_value_is_not_zero(missing: Mapping[int, int | Absence]):
    (moved,) = differences(scored(promise(values=missing)), scored(promise(values={2025: 0})), with_values=True).values
    assert moved.before != 0
    assert moved.after == 0


MOMENT = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
SEVERE = "Rabais < 5 % & « rien » > tout"


def test_a_feed_is_sound_whatever_its_words():
    entry = FeedEntry("tag:a,2026-05-01:x", SEVERE, "https://a.example/x?a=1&b=2", MOMENT, SEVERE, (SEVERE, "b"))
    feed = Feed("tag:a,2026-05-01:f", SEVERE, SEVERE, "fr", "https://a.example/f", "https://a.example/", "L", [entry])
    root = ElementTree.fromstring(atom(feed, MOMENT))  # noqa: S314 - our own words
    name = "{http://www.w3.org/2005/Atom}"
    assert root.findtext(f"{name}updated") == "2026-05-01T12:30:00Z"
    (found,) = root.findall(f"{name}entry")
    assert found.findtext(f"{name}title") == SEVERE
    content = found.find(f"{name}content")
    assert content is not None
    assert content.get("type") == "html"
    assert (content.text or "").count("&lt;") == 2
    with pytest.raises(ValueError, match="time zone"):
        atom(feed, datetime(2026, 5, 1))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(("host", "owner"), [("Suivi.Example", "suivi.example"), ("::1", "--1"), ("[::1]", "--1")])
def test_a_tag_names_a_host_and_a_day_without_a_sign_that_tags_do_not_know(host: str, owner: str):
    assert tag(host, MOMENT, "ville/public") == f"tag:{owner},2026-05-01:ville/public"
