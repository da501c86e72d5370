"""The scorecard from stored rows: verdicts worked out by hand, the same on both engines."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from tracker.domain.entries import Draft
from tracker.domain.errors import NotFound
from tracker.domain.judgement import ReasonCode
from tracker.domain.vocabulary import Absence, Axis, Comparator, Role, Status, Strength
from tracker.services import measurements, scorecards


@pytest.fixture
def score(database, enter_as, today):
    def go(year=2025, slug="marseille", role=Role.ELU):
        with database.reading() as session:
            return scorecards.scorecard(session, enter_as(session, role, slug), year, today)

    return go


@pytest.fixture
def record(database, enter_as, today):
    def go(draft, year=2025, slug="marseille"):
        with database.transaction() as session:
            measurements.record(session, enter_as(session, Role.REFERENT, slug), year, [draft], today)

    return go


def codes(judgement):
    return [reason.code for reason in judgement.reasons]


# The two authorities


def test_ordinateurs_de_5_a_6_ans_is_on_track_at_5_4_with_0_6_to_go(score, record):
    record(Draft("SOB-06", value="5,4"))
    card = score().card("VDM22-S23")
    said = card.judgement.leading
    assert card.status is Status.ON_TRACK
    assert card.before.status is Status.NOT_MEASURED
    assert (said.reading.value, said.gap, said.progress) == (Decimal("5.4"), Decimal("0.6"), Decimal("0.4"))
    assert (said.threshold.comparator, said.threshold.value) == (Comparator.AT_LEAST, Decimal(6))
    assert said.expected is None
    assert codes(card.judgement) == [ReasonCode.NO_HORIZON, ReasonCode.IMPROVES]
    assert card.judgement.reasons[1].values == {"value": Decimal("5.4"), "since": Decimal(5), "since_year": 2022}


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("6", Status.ACHIEVED),
        ("6,1", Status.ACHIEVED),
        ("5,999999", Status.ON_TRACK),
        ("5", Status.WATCH),
        ("4,9", Status.OFF_TRACK),
    ],
)
def test_six_years_are_reached_at_six_and_going_below_five_is_off_track(score, record, typed, status):
    record(Draft("SOB-06", value=typed))
    assert score().card("VDM22-S23").status is status


def test_a_correction_changes_the_verdict_and_the_old_revision_weighs_no_more(score, record):
    record(Draft("SOB-06", value="4,9"))
    record(Draft("SOB-06", seen=1, value="6"))
    card = score().card("VDM22-S23")
    assert card.status is Status.ACHIEVED
    assert card.judgement.leading.reading.revision == 2


@pytest.mark.parametrize(
    ("absence", "status"),
    [
        (Absence.NOT_AVAILABLE, Status.NOT_MEASURED),
        (Absence.NOT_MEASURED, Status.NOT_MEASURED),
        (Absence.NOT_APPLICABLE, Status.NOT_APPLICABLE),
        (Absence.UPCOMING, Status.UPCOMING),
    ],
)
def test_a_reason_for_no_value_is_never_a_zero(score, record, absence, status):
    record(Draft("SOB-06", precision=absence))
    card = score().card("VDM22-S23")
    assert card.status is status
    assert card.judgement.leading.reading.value is None


def test_one_authority_s_value_does_not_judge_the_other(score, record):
    record(Draft("SOB-06", value="5,4"), slug="amp")
    assert score().card("VDM22-S23").status is Status.NOT_MEASURED


@pytest.mark.parametrize("typed", [None, "5,4"])
def test_more_than_25_per_cent_waits_for_the_baseline_whatever_is_measured(score, record, typed):
    if typed:
        record(Draft("SOB-06", value=typed), slug="amp")
        record(Draft("SOB-07", value=typed), slug="amp")
    card = score(2025, "amp").card("AMP23-S06")
    assert card.status is Status.BASELINE_NEEDED
    assert codes(card.judgement) == [ReasonCode.BASELINE_MISSING]
    assert [(said.threshold, said.progress, said.gap) for said in card.judgement.aims] == [(None, None, None)] * 2


@pytest.mark.parametrize(
    ("slug", "year", "cards"),
    [
        ("marseille", 2021, 0),
        ("marseille", 2022, 64),
        ("marseille", 2026, 64),
        ("amp", 2022, 0),
        ("amp", 2023, 54),
        ("amp", 2024, 54),
        ("amp", 2025, 83),
        ("demonstration", 2015, 0),
        ("demonstration", 2016, 8),
        ("demonstration", 2022, 38),
    ],
)
def test_a_year_shows_what_had_been_voted_by_its_end_and_none_before_the_vote(score, slug, year, cards):
    found = score(year, slug)
    assert len(found.cards) == cards


@pytest.mark.parametrize(
    ("slug", "year", "promised"),
    [("marseille", 2025, 64), ("amp", 2024, 49), ("amp", 2025, 69), ("demonstration", 2025, 38)],
)
def test_options_and_sentences_of_context_are_shown_but_not_counted_as_promised(score, slug, year, promised):
    found = score(year, slug)
    assert sum(found.counts.values()) == promised
    assert sum(sum(counts.values()) for counts in found.by_axis().values()) == promised
    aside = {card.commitment.strength for card in found.cards} - {card.commitment.strength for card in found.promises}
    assert aside <= {Strength.OPTION, Strength.CONTEXT}


def test_the_horizons_of_targets_are_among_the_dates_to_come(score):
    coming = {(due.commitment.code, due.on) for due in score(2025, "demonstration").coming()}
    assert ("DEM22-A01", date(2026, 12, 31)) in coming
    assert ("DEM16-S01", date(2030, 12, 31)) in coming
    assert ("DEM16-S01", date(2024, 12, 31)) not in coming


def test_the_year_before_a_vote_is_upcoming(score):
    assert {card.before.status for card in score(2022).cards} == {Status.UPCOMING}


@pytest.mark.parametrize("year", [1999, 2027, 3000])
def test_a_year_that_is_not_open_is_not_found(score, year):
    for role in Role:
        with pytest.raises(NotFound):
            score(year, role=role)


def test_every_role_reads_the_same_scorecard(score):
    first, *others = (score(role=role) for role in Role)
    assert others == [first] * 3


def test_nothing_real_is_judged_good_or_bad_before_anything_is_measured_but_what_was_voted_and_dated(score):
    told = {card.commitment.code: card.status for slug in ("marseille", "amp") for card in score(2025, slug).cards}
    assert {code for code, status in told.items() if status is Status.OFF_TRACK} == set()
    assert {code for code, status in told.items() if status is Status.ACHIEVED} == {
        "VDM22-G01",
        "AMP23-G19",
        "AMP23-A07",
        "AMP23-E02",
        "AMP23-S10",
    }


def test_the_fee_of_4000_euros_is_decided_for_2025_and_asks_nothing_of_2026(score):
    card = score(2026, "amp").card("AMP25N-G02")
    assert card.before.status is Status.ON_TRACK
    assert card.before.reasons[0].values["amount"] == Decimal(4000)
    assert card.status is Status.NOT_APPLICABLE
    assert [one.code for one in card.judgement.reasons] == [ReasonCode.RENEWAL_NOT_ASKED]


def test_the_order_is_the_oldest_vote_first_then_the_text_s(score):
    cards = score(2025, "amp").cards
    found = [card.commitment.code for card in cards]
    assert (found[0], found[53], found[54], found[74], found[75], found[82]) == (
        *("AMP23-G01", "AMP23-E03"),
        *("AMP25N-G01", "AMP25N-G15"),
        *("AMP25I-G01", "AMP25I-G08"),
    )
    assert [card.commitment.code for card in cards if card.commitment.is_flagship][:2] == ["AMP23-G08", "AMP23-C02"]


def test_dates_that_passed_without_a_fact_are_overdue_oldest_first(score):
    overdue = score(2026, "amp").overdue()
    assert [(due.on, due.commitment.code) for due in overdue] == [
        (date(2023, 12, 31), "AMP23-G09"),
        (date(2023, 12, 31), "AMP23-G10"),
        (date(2024, 1, 31), "AMP23-A02"),
        (date(2024, 4, 4), "AMP23-G16"),
        (date(2024, 6, 30), "AMP23-G13"),
        (date(2024, 12, 31), "AMP23-A08"),
        (date(2024, 12, 31), "AMP23-A09"),
        (date(2024, 12, 31), "AMP23-A10"),
        (date(2024, 12, 31), "AMP23-G05"),
        (date(2024, 12, 31), "AMP23-G06"),
        (date(2024, 12, 31), "AMP23-G07"),
    ]


BY_HAND = {
    "DEM16-S01": (Status.ON_TRACK, ReasonCode.AHEAD_OF_LINE),  # 5,4 for 4,1 + 1,9 × 9/14 = 5,32 expected
    "DEM16-S02": (Status.ACHIEVED, ReasonCode.TARGET_MET),  # 3,1 for 3
    "DEM22-S01": (Status.BASELINE_NEEDED, ReasonCode.BASELINE_MISSING),
    "DEM22-S02": (Status.WATCH, ReasonCode.JUST_BEHIND_LINE),  # 1780 for 1732,5 expected, 63 tolerated
    "DEM22-S05": (Status.ACHIEVED, ReasonCode.TARGET_MET),  # 54 for 50
    "DEM22-S06": (Status.ON_TRACK, ReasonCode.AHEAD_OF_LINE),  # 34 of 41 = 82,9 for 76 expected
    "DEM22-S03": (Status.ACHIEVED, ReasonCode.MILESTONE_DONE),
    "DEM22-S11": (Status.ACHIEVED, ReasonCode.MILESTONE_DONE_LATE),
    "DEM22-A01": (Status.OFF_TRACK, ReasonCode.BEHIND_LINE),  # 12 of 31 = 38,7 for 84 expected
    "DEM22-A05": (Status.UPCOMING, ReasonCode.MILESTONE_DUE),
    "DEM22-C01": (Status.ACHIEVED, ReasonCode.TARGET_MET),  # 100 for 100
    "DEM22-E03": (Status.NOT_MEASURED, ReasonCode.MILESTONE_UNKNOWN),
    "DEM22-E04": (Status.ACHIEVED, ReasonCode.RENEWAL_PAID),
    "DEM22-G03": (Status.NOT_MEASURED, ReasonCode.NO_VALUE),  # a late series: 2025 is still to enter
    "DEM22-G04": (Status.OFF_TRACK, ReasonCode.MILESTONE_LATE),
}

# The fictional town, worked out by hand from its texts and its series


def test_the_town_s_verdicts_for_2025_are_those_worked_out_by_hand(score):
    cards = score(2025, "demonstration")
    verdicts = {code: (card.status, codes(card.judgement)[0]) for code in BY_HAND if (card := cards.card(code))}
    assert verdicts == BY_HAND


def test_the_town_s_first_commitment_changes_target_in_2022_and_keeps_the_old_one_for_the_years_before(score):
    of_2025, of_2021 = (score(year, "demonstration").card("DEM16-S01").judgement.leading for year in (2025, 2021))
    assert (of_2025.target.version, of_2025.threshold.value, of_2025.target.horizon_year) == (2, Decimal(6), 2030)
    assert (of_2021.target.version, of_2021.threshold.value, of_2021.target.horizon_year) == (1, Decimal(5), 2024)
    assert of_2025.progress.quantize(Decimal("0.0001")) == Decimal("0.6842")  # 1,3 of 1,9
    assert of_2025.expected.quantize(Decimal("0.0001")) == Decimal("5.3214")  # 4,1 + 1,9 × 9/14
    assert of_2021.expected == Decimal("4.6625")  # 4,1 + 0,9 × 5/8
    assert of_2025.gap == Decimal("0.6")


def test_the_verdicts_of_each_axis_add_up_to_those_of_the_whole(score):
    found = score(2025, "demonstration")
    by_axis = found.by_axis()
    assert set(by_axis) == set(Axis)
    assert {
        status: sum(of.get(status, 0) for of in by_axis.values()) for status in Status if found.counts.get(status)
    } == {status: count for status, count in found.counts.items() if count}


# Cost


@pytest.mark.parametrize("slug", ["marseille", "amp", "demonstration"])
def test_a_scorecard_costs_the_same_few_queries_however_many_commitments_it_has(database, enter_as, today, slug):
    database.dispose()  # nothing kept of before
    with database.reading() as session:
        visitor = enter_as(session, Role.ELU, slug)
        asked = []

        def note(connection, cursor, sql, parameters, context, executemany):
            asked.append(sql)

        event.listen(database.engine, "before_cursor_execute", note)
        scorecards.scorecard(session, visitor, 2025, today)
        event.remove(database.engine, "before_cursor_execute", note)
    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) == 5
