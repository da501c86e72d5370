"""How far a value has come in the campaign of its year, and when readers see it."""

from datetime import UTC, date, datetime

import pytest

from tracker.domain.vocabulary import Stage
from tracker.domain.workflow import CampaignRecord, counts, stage_of, waits_for_submission

OPENED = datetime(2026, 9, 1, 8, tzinfo=UTC)
OPEN = CampaignRecord(2025, OPENED, due_on=date(2026, 12, 4))
CLOSED = CampaignRecord(2025, OPENED, due_on=date(2026, 12, 4), closed_at=datetime(2026, 12, 10, tzinfo=UTC))


@pytest.mark.parametrize("last", [None, *Stage])
def test_a_year_without_campaign_has_no_stages(last):
    assert stage_of(last, None) is None


def test_what_was_typed_and_no_more_is_a_draft():
    assert stage_of(None, OPEN) is Stage.DRAFT
    assert stage_of(Stage.DRAFT, OPEN) is Stage.DRAFT


@pytest.mark.parametrize("last", [Stage.SUBMITTED, Stage.RETURNED, Stage.VALIDATED])
def test_in_an_open_campaign_a_value_stands_where_its_last_step_left_it(last):
    assert stage_of(last, OPEN) is last


def test_the_end_of_the_campaign_locks_what_was_validated_and_nothing_else():
    assert stage_of(Stage.VALIDATED, CLOSED) is Stage.LOCKED
    assert stage_of(Stage.SUBMITTED, CLOSED) is Stage.SUBMITTED
    assert stage_of(Stage.DRAFT, CLOSED) is Stage.DRAFT


@pytest.mark.parametrize("stage", Stage)
def test_only_a_draft_or_what_came_back_waits_for_its_officer(stage):
    assert waits_for_submission(stage) is (stage in {Stage.DRAFT, Stage.RETURNED})


def test_a_campaign_is_late_from_the_day_after_its_last_and_never_once_closed():
    assert not OPEN.is_late(date(2026, 12, 4))
    assert OPEN.is_late(date(2026, 12, 5))
    assert not CLOSED.is_late(date(2027, 1, 1))


def test_readers_see_every_value_of_a_year_without_campaign():
    assert counts(None, None, is_validated=False)


def test_readers_see_what_was_validated_or_published_before_the_opening():
    before, after = datetime(2026, 8, 31, tzinfo=UTC), datetime(2026, 9, 2, tzinfo=UTC)
    assert counts(OPEN, before, is_validated=False)
    assert counts(OPEN, after, is_validated=True)
    assert not counts(OPEN, after, is_validated=False)
    assert not counts(OPEN, OPENED, is_validated=False), "typed at the very moment of the opening is in the campaign"
    assert not counts(CLOSED, after, is_validated=False)
