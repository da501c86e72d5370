"""Recording values: exact, revision after revision, all of a page or none of it, refused with a name for each fault."""

from decimal import Decimal

import pytest
from sqlalchemy import event, select

from tests.integration.helpers import everything, number_of, written
from tracker.domain.entries import Draft
from tracker.domain.errors import Computed, Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.parts import PartDraft
from tracker.domain.records import Part
from tracker.domain.vocabulary import TYPED_ABSENCES, Absence, Quality, Role
from tracker.services import demonstration, entry, measurements
from tracker.services.measurements import Saved
from tracker.services.portfolio import portfolio
from tracker.store.models import (
    Assignment,
    Indicator,
    JournalEntry,
    Measurement,
    MeasurementPart,
    Organisation,
)
from tracker.store.queries import accounts

AGENT, REFERENT = "Alix Agent (fictif)", "Dominique Référent (fictif)"


@pytest.fixture
def record(database, enter_as, today):
    """Give a function that records drafts in a transaction of their own, as one role, and what was saved."""

    def go(*drafts, year=2025, role=Role.AGENT, slug="marseille"):
        with database.transaction() as session:
            return measurements.record(session, enter_as(session, role, slug), year, drafts, today)

    return go


@pytest.fixture
def refused(database, record):
    """Give a function that records drafts, expects a refusal that writes nothing, and gives it back."""

    def go(kind, *drafts, **where):
        before = written(database)
        with pytest.raises(kind) as caught:
            record(*drafts, **where)
        assert type(caught.value) is kind
        assert written(database) == before
        return caught.value

    return go


def told(refusal):
    return [(problem.where, problem.code, dict(problem.values)) for problem in refusal.problems]


def stored(database, code="SOB-06", year=2025, slug="marseille"):
    """Give every revision of one value, oldest first."""
    with database.reading() as session:
        return session.scalars(
            select(Measurement)
            .join(Indicator, Indicator.id == Measurement.indicator_id)
            .join(Organisation, Organisation.id == Measurement.organisation_id)
            .where(Indicator.code == code, Measurement.year == year, Organisation.slug == slug)
            .order_by(Measurement.revision)
        ).all()


def last_at(database):
    """Give when the last value was recorded."""
    with database.reading() as session:
        return session.scalar(select(Measurement.recorded_at).order_by(Measurement.id.desc()).limit(1))


def journalled(database, last=1):
    with database.reading() as session:
        rows = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(last)).all()
        return [
            (row.action, row.actor, row.subject, row.year, row.before, row.after, row.comment) for row in reversed(rows)
        ]


# A first value


def test_the_first_value_is_revision_1_exact_with_one_journal_line(database, record):
    values, lines = written(database)
    assert record(Draft("SOB-06", value="5,4")) == (Saved("SOB-06", 1),)
    (row,) = stored(database)
    assert row.value == Decimal("5.4")
    assert str(row.value) == "5.4"
    assert (row.revision, row.author, row.absence, row.quality) == (1, AGENT, None, None)
    assert written(database) == (values + 1, lines + 1)
    assert journalled(database) == [(JournalAction.VALUE_RECORDED, AGENT, "SOB-06", 2025, "", "5.4", "")]


def test_the_journal_line_belongs_to_the_organisation_and_to_the_moment_of_the_value(database, record):
    record(Draft("SOB-06", value="5,4"))
    (row,) = stored(database)
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert line.organisation_id == row.organisation_id
    assert abs((line.at - row.recorded_at).total_seconds()) < 5


def test_everything_that_goes_with_a_value_is_stored_with_it(database, record):
    record(
        Draft(
            "SOB-06",
            value="5,4",
            precision="calculated",
            comment="  Inventaire\r\nde janvier  ",
            numerator="1 647",
            denominator="305",
            coverage="92 %",
            source=" Parc GLPI ",
        )
    )
    (row,) = stored(database)
    assert (row.value, row.numerator, row.denominator) == (Decimal("5.4"), Decimal(1647), Decimal(305))
    assert (row.quality, row.coverage) == (Quality.CALCULATED, Decimal(92))
    assert (row.comment, row.source) == ("Inventaire\nde janvier", "Parc GLPI")
    assert journalled(database)[0][-1] == "Inventaire\nde janvier"


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [
        ("SOB-06", "5.4", "5.4"),
        ("SOB-06", "1,234", "1.234"),
        ("SOB-06", "0", "0"),
        ("SOB-06", "0,000001", "0.000001"),
        ("SOB-01", "1\u202f234,5", "1234.5"),
        ("SOB-29", "\u221212,5", "-12.5"),
        ("SOB-10", "100 %", "100"),
        ("SOB-10", "0", "0"),
        ("SOB-12", "999999999999999", "999999999999999"),
        ("ACC-07", "oui", "1"),
        ("ACC-07", "Non", "0"),
        ("ACC-07", "1", "1"),
    ],
)
def test_a_number_is_stored_as_it_was_meant(database, record, code, typed, value):
    record(Draft(code, value=typed))
    (row,) = stored(database, code)
    assert str(row.value) == value


def test_the_reason_for_no_value_is_stored_in_its_place(database, record):
    record(Draft("SOB-06", precision="not_available", comment="Inventaire perdu"))
    (row,) = stored(database)
    assert (row.value, row.absence, row.quality) == (None, Absence.NOT_AVAILABLE, None)
    assert journalled(database) == [
        (JournalAction.VALUE_RECORDED, AGENT, "SOB-06", 2025, "", "not_available", "Inventaire perdu")
    ]


@pytest.mark.parametrize("absence", TYPED_ABSENCES)
def test_each_reason_for_no_value_can_give_way_to_a_value(database, record, absence):
    record(Draft("SOB-06", precision=absence))
    record(Draft("SOB-06", seen=1, value="5,4"))
    assert [(row.value, row.absence) for row in stored(database)] == [(None, absence), (Decimal("5.4"), None)]
    assert journalled(database)[0][4:6] == (str(absence), "5.4")


def test_a_draft_where_nothing_was_typed_writes_nothing(database, record):
    before = written(database)
    assert record(Draft("SOB-06"), Draft("SOB-07", value="  ", comment="\n", numerator="", source=" ")) == ()
    assert written(database) == before


def test_drafts_of_several_indicators_are_written_together_with_a_line_each(database, record):
    saved = record(Draft("SOB-06", value="5,4"), Draft("SOB-07"), Draft("SOB-12", value="120"))
    assert saved == (Saved("SOB-06", 1), Saved("SOB-12", 1))
    assert [line[2] for line in journalled(database, 2)] == ["SOB-06", "SOB-12"]
    assert stored(database, "SOB-07") == []


@pytest.mark.parametrize("year", [2000, 2022, 2026])
def test_any_year_from_2000_to_the_current_one_is_open(database, record, year):
    record(Draft("SOB-06", value="5,4"), year=year)
    assert [row.value for row in stored(database, year=year)] == [Decimal("5.4")]


def test_the_same_indicator_of_another_organisation_is_another_value(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", value="4,8"), slug="amp")
    assert [row.value for row in stored(database)] == [Decimal("5.4")]
    assert [row.value for row in stored(database, slug="amp")] == [Decimal("4.8")]
    assert [row.value for row in stored(database, slug="demonstration")] == [Decimal("5.4")]


# Numerator and denominator


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "value"),
    [
        ("SOB-06", "1647", "305", "5.4"),
        ("SOB-10", "3", "4", "75"),
        ("SOB-10", "1", "3", "33.333333"),
        ("SOB-10", "0", "12", "0"),
        ("SOB-10", "12", "12", "100"),
        ("SOB-18", "2", "3", "0.666667"),
        ("SOB-18", "5", "10000000", "0"),  # 0,0000005 lies half-way: to the even neighbour
        ("SOB-18", "15", "10000000", "0.000002"),
    ],
)
def test_numerator_and_denominator_give_the_value(database, record, code, numerator, denominator, value):
    record(Draft(code, numerator=numerator, denominator=denominator))
    (row,) = stored(database, code)
    assert str(row.value) == value
    assert (row.numerator, row.denominator) == (Decimal(numerator), Decimal(denominator))


@pytest.mark.parametrize("typed", ["33,3", "33,4", "33,333333"])
def test_a_typed_value_that_is_the_ratio_rounded_is_stored_as_the_ratio(database, record, typed):
    record(Draft("SOB-10", value=typed, numerator="1", denominator="3"))
    (row,) = stored(database, "SOB-10")
    assert str(row.value) == "33.333333"


def test_numerator_and_denominator_are_kept_when_a_short_form_resubmits_their_value(database, record):
    record(Draft("SOB-06", numerator="1647", denominator="305"))
    record(Draft("SOB-06", seen=1, value="5,4", comment="Vérifié"))
    last = stored(database)[-1]
    assert (last.revision, last.numerator, last.denominator) == (2, Decimal(1647), Decimal(305))


def test_numerator_and_denominator_fall_with_the_value_that_they_gave(database, record):
    record(Draft("SOB-06", numerator="1647", denominator="305", coverage="92", source="Parc"))
    record(Draft("SOB-06", seen=1, value="5,5"))
    last = stored(database)[-1]
    assert (last.value, last.numerator, last.denominator) == (Decimal("5.5"), None, None)
    assert (last.coverage, last.source) == (Decimal(92), "Parc")


# The same again, and corrections


@pytest.mark.parametrize("seen", [0, 1])
@pytest.mark.parametrize("typed", ["5,4", "5.40", " 5,4 "])
def test_recording_the_same_value_again_changes_nothing(database, record, seen, typed):
    record(Draft("SOB-06", value="5,4"))
    before = everything(database)
    assert record(Draft("SOB-06", seen=seen, value=typed)) == ()
    assert everything(database) == before


def test_a_correction_is_revision_2_and_leaves_the_first_as_it_was(database, record):
    record(Draft("SOB-06", value="5,4", precision="estimated", comment="Avant", source="Parc"))
    (first,) = stored(database)
    saved = record(Draft("SOB-06", seen=1, value="5,6", precision="measured", comment="Après"), role=Role.REFERENT)
    assert saved == (Saved("SOB-06", 2),)
    old, new = stored(database)
    columns = Measurement.__table__.columns.keys()
    assert [getattr(old, name) for name in columns] == [getattr(first, name) for name in columns]
    assert (new.value, new.quality, new.comment, new.source) == (Decimal("5.6"), Quality.MEASURED, "Après", "Parc")
    assert new.author == REFERENT
    assert journalled(database) == [(JournalAction.VALUE_CORRECTED, REFERENT, "SOB-06", 2025, "5.4", "5.6", "Après")]


def test_a_comment_alone_makes_a_revision_and_can_be_emptied(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,4", comment="Vérifié"))
    record(Draft("SOB-06", seen=2, value="5,4", comment=""))
    assert [(row.revision, row.comment) for row in stored(database)] == [(1, ""), (2, "Vérifié"), (3, "")]


def test_going_back_to_an_older_value_is_a_correction_too(database, record):
    for seen, value in enumerate(("5,4", "5,6", "5,4")):
        record(Draft("SOB-06", seen=seen, value=value))
    assert [str(row.value) for row in stored(database)] == ["5.4", "5.6", "5.4"]


def test_a_value_can_be_withdrawn_for_a_reason(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, precision="not_available", comment="Erreur d'inventaire"))
    last = stored(database)[-1]
    assert (last.value, last.absence) == (None, Absence.NOT_AVAILABLE)
    assert journalled(database)[0][4:6] == ("5.4", "not_available")


# Two people, one value


def test_a_stale_edit_is_a_conflict_that_quotes_both_values_and_writes_nothing(database, record, refused):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,6"), role=Role.REFERENT)
    conflict = refused(Conflict, Draft("SOB-06", seen=1, value="5,8"))
    assert told(conflict) == [
        (
            "SOB-06:value",
            ProblemCode.STALE,
            {"author": REFERENT, "at": last_at(database), "theirs": Decimal("5.6"), "mine": "5,8"},
        )
    ]


def test_a_first_value_typed_over_somebody_else_s_first_value_is_a_conflict(database, record, refused):
    record(Draft("SOB-06", value="5,4"), role=Role.REFERENT)
    conflict = refused(Conflict, Draft("SOB-06", seen=0, value="5,8"))
    assert told(conflict) == [
        (
            "SOB-06:value",
            ProblemCode.STALE,
            {"author": REFERENT, "at": last_at(database), "theirs": Decimal("5.4"), "mine": "5,8"},
        )
    ]


def test_a_conflict_quotes_the_reasons_for_no_value_as_well(database, record, refused):
    record(Draft("SOB-06", precision="upcoming"), role=Role.REFERENT)
    conflict = refused(Conflict, Draft("SOB-06", precision="not_measured"))
    quoted = {"author": REFERENT, "at": last_at(database), "theirs": Absence.UPCOMING, "mine": "not_measured"}
    assert told(conflict)[0][2] == quoted


def test_a_revision_that_was_never_on_any_screen_is_a_conflict(database, record, refused):
    record(Draft("SOB-06", value="5,4"))
    refused(Conflict, Draft("SOB-06", seen=7, value="5,8"))


def test_keeping_mine_writes_it_over_theirs_as_a_new_revision(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,6"), role=Role.REFERENT)
    assert record(Draft("SOB-06", seen=1, value="5,8", keep="mine")) == (Saved("SOB-06", 3),)
    assert [str(row.value) for row in stored(database)] == ["5.4", "5.6", "5.8"]
    assert journalled(database)[0][4:6] == ("5.6", "5.8")


def test_keeping_theirs_writes_nothing(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,6"), role=Role.REFERENT)
    before = written(database)
    assert record(Draft("SOB-06", seen=1, value="5,8", keep="theirs")) == ()
    assert written(database) == before


def test_an_unknown_answer_to_a_conflict_is_no_answer(database, record, refused):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,6"), role=Role.REFERENT)
    refused(Conflict, Draft("SOB-06", seen=1, value="5,8", keep="both"))


def test_a_screen_left_open_and_sent_unchanged_does_not_undo_somebody_else_s_correction(database, record):
    record(Draft("SOB-06", value="5,4"))
    record(Draft("SOB-06", seen=1, value="5,6"), role=Role.REFERENT)
    before = written(database)
    assert record(Draft("SOB-06", seen=1, value="5,4")) == ()
    assert record(Draft("SOB-06", seen=1, value="5,6")) == ()
    assert written(database) == before


def test_a_conflict_lists_the_other_faults_of_the_page_as_well(database, record, refused):
    record(Draft("SOB-06", value="5,4"), role=Role.REFERENT)
    conflict = refused(Conflict, Draft("SOB-06", value="5,8"), Draft("SOB-12", value="beaucoup"))
    assert [(where, code) for where, code, _ in told(conflict)] == [
        ("SOB-06:value", ProblemCode.STALE),
        ("SOB-12:value", ProblemCode.NOT_A_NUMBER),
    ]


# What cannot be stored


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("draft", "where", "code", "values"),
    [
        (Draft("SOB-06", value="cinq"), "value", ProblemCode.NOT_A_NUMBER, {"text": "cinq"}),
        (Draft("SOB-06", value="1e3"), "value", ProblemCode.NOT_A_NUMBER, {"text": "1e3"}),
        (Draft("SOB-06", value="NaN"), "value", ProblemCode.NOT_A_NUMBER, {"text": "NaN"}),
        (Draft("SOB-06", value="5,4 %"), "value", ProblemCode.NOT_A_PERCENTAGE, {"text": "5,4 %"}),
        (Draft("SOB-06", value="1" * 16), "value", ProblemCode.NUMBER_TOO_LONG, {"text": "1" * 16}),
        (Draft("SOB-06", value="5,1234567"), "value", ProblemCode.NUMBER_TOO_LONG, {"text": "5,1234567"}),
        (Draft("SOB-06", value="-1"), "value", ProblemCode.BELOW_MINIMUM, {"value": Decimal(-1), "bound": Decimal(0)}),
        (
            Draft("SOB-10", value="100,1"),
            "value",
            ProblemCode.ABOVE_MAXIMUM,
            {"value": Decimal("100.1"), "bound": Decimal(100)},
        ),
        (
            Draft("SOB-10", numerator="13", denominator="10"),
            "numerator",
            ProblemCode.ABOVE_MAXIMUM,
            {"value": Decimal(130), "bound": Decimal(100)},
        ),
        (Draft("ACC-07", value="2"), "value", ProblemCode.ABOVE_MAXIMUM, {"value": Decimal(2), "bound": Decimal(1)}),
        (Draft("ACC-07", value="0,5"), "value", ProblemCode.NOT_WHOLE, {"value": Decimal("0.5")}),
        (Draft("SOB-12", value="3,5"), "value", ProblemCode.NOT_WHOLE, {"value": Decimal("3.5")}),
        (Draft("SOB-06", value="5,4", precision="not_measured"), "precision", ProblemCode.VALUE_AND_ABSENCE, {}),
        (
            Draft("SOB-06", precision="not_measured", numerator="1647", denominator="305"),
            "precision",
            ProblemCode.VALUE_AND_ABSENCE,
            {},
        ),
        (Draft("SOB-06", comment="Rien à dire"), "value", ProblemCode.VALUE_OR_REASON, {}),
        (Draft("SOB-06", precision="measured"), "value", ProblemCode.VALUE_OR_REASON, {}),
        (Draft("SOB-06", precision="perfect", value="5,4"), "precision", ProblemCode.UNKNOWN_CHOICE, {}),
        (
            Draft("SOB-06", numerator="1647", denominator=""),
            "denominator",
            ProblemCode.DENOMINATOR_MISSING,
            {},
        ),
        (Draft("SOB-06", numerator="", denominator="305"), "numerator", ProblemCode.DENOMINATOR_MISSING, {}),
        (Draft("SOB-06", numerator="0", denominator="0"), "denominator", ProblemCode.DENOMINATOR_ZERO, {}),
        (Draft("SOB-06", numerator="abc", denominator="305"), "numerator", ProblemCode.NOT_A_NUMBER, {"text": "abc"}),
        (
            Draft("SOB-06", value="6", numerator="1647", denominator="305"),
            "value",
            ProblemCode.RATIO_DIFFERS,
            {"value": Decimal(6), "computed": Decimal("5.4")},
        ),
        (
            Draft("SOB-10", value="33,2", numerator="1", denominator="3"),
            "value",
            ProblemCode.RATIO_DIFFERS,
            {"value": Decimal("33.2"), "computed": Decimal("33.333333")},
        ),
        (Draft("SOB-06", value="5,4", coverage="0"), "coverage", ProblemCode.COVERAGE_RANGE, {}),
        (Draft("SOB-06", value="5,4", coverage="100,1"), "coverage", ProblemCode.COVERAGE_RANGE, {}),
        (Draft("SOB-06", value="5,4", coverage="-3"), "coverage", ProblemCode.COVERAGE_RANGE, {}),
        (Draft("SOB-06", value="5,4", coverage="tout"), "coverage", ProblemCode.NOT_A_NUMBER, {"text": "tout"}),
        (Draft("SOB-06", value="5,4", comment="é" * 2001), "comment", ProblemCode.TOO_LONG, {"limit": 2000}),
        (Draft("SOB-06", value="5,4", source="é" * 501), "source", ProblemCode.TOO_LONG, {"limit": 500}),
    ],
)
def test_a_draft_that_cannot_be_stored_is_refused_at_its_field_with_the_reason(refused, draft, where, code, values):
    assert told(refused(Invalid, draft)) == [(f"{draft.code}:{where}", code, values)]


@pytest.mark.parametrize(("typed", "has_comma_groups"), [("1.234", False), ("1.234", True), ("1,234", True)])
def test_a_number_that_reads_in_two_ways_is_refused_with_two_spellings_that_read_in_one(
    database, record, refused, typed, has_comma_groups
):
    def draft(value, seen=0):
        return Draft("SOB-01", value=value, seen=seen, has_comma_groups=has_comma_groups)

    ((where, code, quoted),) = told(refused(Invalid, draft(typed)))
    assert (where, code, quoted["text"]) == ("SOB-01:value", ProblemCode.AMBIGUOUS_NUMBER, typed)
    if not has_comma_groups:
        record(draft(quoted["decimal"]))
        record(draft(quoted["grouped"], seen=1))
        assert [str(row.value) for row in stored(database, "SOB-01")] == ["1.234", "1234"]


@pytest.mark.parametrize("field", ["numerator", "denominator", "coverage"])
def test_a_number_that_reads_in_two_ways_is_refused_in_every_field(refused, field):
    typed = {"value": "5,4", "numerator": "1647", "denominator": "305", "coverage": "92", field: "1.234"}
    assert [(where, code) for where, code, _ in told(refused(Invalid, Draft("SOB-06", **typed)))] == [
        (f"SOB-06:{field}", ProblemCode.AMBIGUOUS_NUMBER)
    ]


@pytest.mark.parametrize("draft", [Draft("SOB-06", seen=1), Draft("SOB-06", seen=1, value=" ", comment="Effacé")])
def test_a_stored_value_cannot_be_removed_without_a_reason(record, refused, draft):
    record(Draft("SOB-06", value="5,4"))
    assert told(refused(Invalid, draft)) == [("SOB-06:value", ProblemCode.VALUE_REMOVED, {})]


def test_texts_of_the_longest_length_are_stored_whole(database, record):
    record(Draft("SOB-06", value="5,4", comment="é" * 2000, source="è" * 500))
    (row,) = stored(database)
    assert (row.comment, row.source) == ("é" * 2000, "è" * 500)


def test_one_draft_that_cannot_be_stored_keeps_the_two_others_from_being_written(database, refused):
    refusal = refused(Invalid, Draft("SOB-06", value="5,4"), Draft("SOB-10", value="130"), Draft("SOB-12", value="120"))
    assert [where for where, _, _ in told(refusal)] == ["SOB-10:value"]
    assert stored(database) == stored(database, "SOB-10") == stored(database, "SOB-12") == []


def test_every_fault_of_a_page_is_listed_in_its_order(refused):
    refusal = refused(
        Invalid,
        Draft("SOB-12", value="3,5"),
        Draft("SOB-06", value="cinq", precision="perfect", coverage="0", comment="é" * 2001),
    )
    assert [(where, code) for where, code, _ in told(refusal)] == [
        ("SOB-12:value", ProblemCode.NOT_WHOLE),
        ("SOB-06:precision", ProblemCode.UNKNOWN_CHOICE),
        ("SOB-06:value", ProblemCode.NOT_A_NUMBER),
        ("SOB-06:coverage", ProblemCode.COVERAGE_RANGE),
        ("SOB-06:comment", ProblemCode.TOO_LONG),
    ]


@pytest.mark.parametrize("field", ["comment", "source"])
def test_a_text_with_a_null_character_is_stored_without_it_or_refused_but_never_breaks(database, record, field):
    try:
        record(Draft("SOB-06", value="5,4", **{field: "Inventaire\x00 de janvier"}))
    except Invalid:
        assert stored(database) == []
    else:
        (row,) = stored(database)
        assert "\x00" not in getattr(row, field)


# What is not there, or not for this visitor


@pytest.mark.parametrize("year", [1999, 2027, 3000, 0, -1])
def test_a_year_that_is_not_open_does_not_exist(refused, year):
    for role in (Role.AGENT, Role.REFERENT, Role.ELU):
        refused(NotFound, Draft("SOB-06", value="5,4"), year=year, role=role)


@pytest.mark.parametrize("code", ["GOV-08", "NOPE-99", "", "sob-06", "SOB-06 ", "SOB-06:value"])
def test_an_indicator_that_nobody_uses_does_not_exist(refused, code):
    for role in (Role.AGENT, Role.REFERENT, Role.ELU):
        refused(NotFound, Draft(code, value="5"), role=role)


def test_an_indicator_of_another_organisation_does_not_exist_here(database, record, refused):
    refused(NotFound, Draft("GOV-10", value="50"), role=Role.REFERENT)
    record(Draft("GOV-10", value="50"), role=Role.REFERENT, slug="amp")
    assert len(stored(database, "GOV-10", slug="amp")) == 1


@pytest.mark.parametrize("code", ["ACC-08", "GOV-07", "SOB-11"])
def test_an_indicator_entrusted_to_another_department_is_forbidden_to_the_agent(database, record, refused, code):
    refused(Forbidden, Draft(code, value="20"), year=2026, slug="demonstration")
    assert record(Draft(code, value="20"), year=2026, slug="demonstration", role=Role.REFERENT) == (Saved(code, 1),)


def test_an_indicator_entrusted_to_the_agent_alone_is_the_agent_s_to_enter(database, record, refused):
    refused(Forbidden, Draft("ACC-08", value="20"), year=2026, slug="demonstration")
    with database.transaction() as session:
        agent = accounts.by_email(session, demonstration.address(Role.AGENT))
        town = session.scalars(select(Organisation.id).where(Organisation.slug == "demonstration")).one()
        indicator = session.scalars(select(Indicator.id).where(Indicator.code == "ACC-08")).one()
        session.add(Assignment(organisation_id=town, indicator_id=indicator, account_id=agent.id))
    assert record(Draft("ACC-08", value="20"), year=2026, slug="demonstration") == (Saved("ACC-08", 1),)


@pytest.mark.parametrize("role", [Role.ELU, Role.ADMIN])
def test_who_only_reads_may_not_record(refused, role):
    for slug in ("marseille", "amp", "demonstration"):
        refused(Forbidden, Draft("SOB-06", value="5,4"), role=role, slug=slug)


@pytest.mark.parametrize(("code", "kind"), [("SOB-03", Computed), ("GOV-03", Forbidden), ("GOV-15", Forbidden)])
def test_an_indicator_that_is_computed_or_told_by_facts_cannot_be_typed(refused, code, kind):
    for role in (Role.AGENT, Role.REFERENT):
        refused(kind, Draft(code, value="1"), role=role)


def test_one_forbidden_draft_keeps_the_others_from_being_written(refused):
    refused(Forbidden, Draft("SOB-01", value="1700"), Draft("ACC-08", value="20"), year=2026, slug="demonstration")
    refused(NotFound, Draft("SOB-06", value="5,4"), Draft("NOPE-99", value="20"))


def test_the_indicators_to_enter_are_those_typed_entrusted_and_in_the_catalogue_s_order(database, enter_as):
    with database.reading() as session:
        codes = {
            (role, slug): list(measurements.enterable(portfolio(session, visitor.organisation), visitor, 2025))
            for role in Role
            for slug in ("marseille", "demonstration")
            for visitor in [enter_as(session, role, slug)]
        }
    assert codes[Role.ELU, "marseille"] == codes[Role.ADMIN, "marseille"] == []
    assert codes[Role.AGENT, "marseille"] == codes[Role.REFERENT, "marseille"]
    assert {"SOB-03", "GOV-03", "GOV-15", "GOV-10"}.isdisjoint(codes[Role.REFERENT, "marseille"])
    assert codes[Role.AGENT, "demonstration"] == [
        *("SOB-01", "SOB-05", "SOB-06", "SOB-07", "SOB-17", "SOB-26", "SOB-31"),
        *("ACC-01", "CON-02", "CON-05", "CON-08", "CON-14", "ETH-05"),
        *("GOV-06", "GOV-16"),
    ]


def test_a_refused_page_leaves_the_database_as_it_was_to_the_last_row(database, record, refused):
    record(Draft("SOB-06", value="5,4"))
    before = everything(database)
    refused(Invalid, Draft("SOB-06", seen=1, value="5,6"), Draft("SOB-07", value="?"))
    assert everything(database) == before
    assert number_of(database, Measurement) == 227


def test_a_ratio_too_large_to_keep_is_refused_at_its_denominator(refused):
    huge = Draft("ACC-01", numerator="999999999999999,999999", denominator="0,000001")
    caught = refused(Invalid, huge)
    assert ("ACC-01:denominator", ProblemCode.NUMBER_TOO_LONG) in {(p.where, p.code) for p in caught.problems}


# By department: the demonstration has six

DEPARTMENTS = ("DGS", "DSI", "DRH", "DAC", "DRU", "DCOM")
HERE = {"year": 2026, "slug": "demonstration"}


def by_department(**typed):
    """Give what the page sends: every department, each with an amount or with its two terms, most of them blank."""
    given = {code: PartDraft() for code in DEPARTMENTS}
    for code, text in typed.items():
        given[code] = PartDraft(text) if isinstance(text, str) else PartDraft(numerator=text[0], denominator=text[1])
    return given


def on_page(code, seen=0, parts=None, **typed):
    """Build what the page of one value sends, the fields of the total blank unless ``typed``."""
    fields = {"numerator": "", "denominator": "", **typed} if code == "SOB-06" else typed
    return Draft(code, seen=seen, parts=by_department() if parts is None else parts, **fields)


SPLIT = '{"value": "5.40625", "parts": {"DSI": ["1620", "300"], "DRH": ["110", "20"]}}'
AGES = by_department(DSI=("1 620", "300"), DRH=("110", "20"))


def splits(database, code):
    """Give the revisions of one value with their parts, oldest first."""
    with database.reading() as session:
        return measurements.with_parts(session, stored(database, code, 2026, "demonstration"))


def told_parts(reading):
    return [(part.department, part.value, part.numerator, part.denominator) for part in reading.parts]


def test_parts_are_stored_with_the_revision_that_they_come_to(database, record):
    assert record(on_page("SOB-06", parts=AGES), **HERE) == (Saved("SOB-06", 1),)
    (found,) = splits(database, "SOB-06")
    assert (found.value, found.numerator, found.denominator) == (Decimal("5.40625"), 1730, 320)
    assert found.parts == (
        Part("DSI", "Direction des systèmes d'information", None, Decimal(1620), Decimal(300)),
        Part("DRH", "Direction des ressources humaines", None, Decimal(110), Decimal(20)),
    )
    assert journalled(database)[0][4:6] == ("", SPLIT)
    assert number_of(database, MeasurementPart) == 2


def test_a_sum_by_department_counts_those_that_gave_something(database, record):
    record(on_page("SOB-05", parts=by_department(DCOM="0", DGS="100,5", DSI="1 000")), **HERE)
    (found,) = splits(database, "SOB-05")
    assert (found.value, found.numerator) == (Decimal("1100.5"), None)
    assert told_parts(found) == [
        ("DGS", Decimal("100.5"), None, None),
        ("DSI", Decimal(1000), None, None),
        ("DCOM", Decimal(0), None, None),
    ]


def test_each_revision_keeps_its_own_parts(database, record):
    record(on_page("SOB-05", parts=by_department(DGS="100", DSI="1000")), **HERE)
    record(on_page("SOB-05", 1, by_department(DGS="200", DSI="900")), **HERE)
    record(on_page("SOB-05", 2, value="1100"), **HERE)
    readings = splits(database, "SOB-05")
    assert [(one.revision, one.value, [p.value for p in one.parts]) for one in readings] == [
        (1, 1100, [100, 1000]),
        (2, 1100, [200, 900]),
        (3, 1100, []),
    ]
    assert [line[4:6] for line in journalled(database, 3)] == [
        ("", '{"value": "1100", "parts": {"DGS": ["100"], "DSI": ["1000"]}}'),
        (
            '{"value": "1100", "parts": {"DGS": ["100"], "DSI": ["1000"]}}',
            '{"value": "1100", "parts": {"DGS": ["200"], "DSI": ["900"]}}',
        ),
        ('{"value": "1100", "parts": {"DGS": ["200"], "DSI": ["900"]}}', "1100"),
    ]


def test_the_same_parts_again_change_nothing(database, record):
    record(on_page("SOB-06", parts=AGES, comment="Vérifié"), **HERE)
    before = everything(database)
    for again in (AGES, by_department(DRH=("110,0", "20"), DSI=("1620", "300,00"))):
        assert record(on_page("SOB-06", 1, again, value="5,4"), **HERE) == ()
    assert everything(database) == before


def test_parts_stay_where_the_grid_does_not_show_them_and_fall_with_the_value(database, record):
    record(on_page("SOB-06", parts=AGES), **HERE)
    record(Draft("SOB-06", seen=1, value="5,4", precision="measured"), **HERE)
    record(Draft("SOB-06", seen=2, value="5,5", precision="measured"), **HERE)
    first, second, third = splits(database, "SOB-06")
    assert second.parts == first.parts
    assert (second.value, second.denominator, second.quality) == (first.value, 320, Quality.MEASURED)
    assert (third.value, third.denominator, third.parts) == (Decimal("5.5"), None, ())
    assert [line[4:6] for line in journalled(database, 2)] == [
        ('{"quality": ""}', '{"quality": "measured"}'),
        (SPLIT, "5.5"),
    ]


def test_a_value_given_by_department_can_be_withdrawn_for_a_reason(database, record):
    record(on_page("SOB-06", parts=AGES), **HERE)
    record(on_page("SOB-06", 1, precision="not_available"), **HERE)
    last = splits(database, "SOB-06")[-1]
    assert (last.value, last.denominator, last.parts, last.absence) == (None, None, (), Absence.NOT_AVAILABLE)


def test_parts_that_cannot_be_are_refused_each_at_its_field_and_none_is_written(database, refused):
    wrong = by_department(DSI=("1620", ""), DRH=("-1", "20"), DAC=("2", "3"))
    found = refused(Invalid, on_page("SOB-06", parts=wrong), Draft("SOB-05", value="1100"), **HERE)
    assert [(where, code) for where, code, _ in told(found)] == [
        ("SOB-06:part-DSI:denominator", ProblemCode.DENOMINATOR_MISSING),
        ("SOB-06:part-DRH:numerator", ProblemCode.PART_NEGATIVE),
    ]
    assert number_of(database, MeasurementPart) == 0


def test_a_total_that_the_parts_do_not_come_to_is_refused_with_both(refused):
    found = refused(Invalid, on_page("SOB-05", parts=by_department(DGS="100", DSI="1000"), value="1200"), **HERE)
    both = {"value": Decimal(1200), "computed": Decimal(1100)}
    assert told(found) == [("SOB-05:value", ProblemCode.PARTS_DIFFER, both)]


def test_departments_of_another_authority_are_nobody_here(refused):
    found = refused(Invalid, on_page("SOB-05", parts={"2INFO": PartDraft("12")}), **HERE)
    assert told(found) == [("SOB-05:part-2INFO:value", ProblemCode.UNKNOWN_CHOICE, {})]


def test_the_same_total_split_otherwise_by_somebody_else_is_a_conflict(database, record, refused):
    record(on_page("SOB-05", parts=by_department(DGS="100", DSI="1000")), role=Role.REFERENT, **HERE)
    mine = on_page("SOB-05", parts=by_department(DGS="500", DSI="600"))
    conflict = refused(Conflict, mine, **HERE)
    assert told(conflict) == [
        (
            "SOB-05:value",
            ProblemCode.STALE,
            {"author": REFERENT, "at": last_at(database), "theirs": Decimal(1100), "mine": Decimal(1100)},
        )
    ]
    assert record(Draft(**{**fields(mine), "keep": "mine"}), **HERE) == (Saved("SOB-05", 2),)
    assert [part.value for part in splits(database, "SOB-05")[-1].parts] == [500, 600]


def fields(draft):
    return {name: getattr(draft, name) for name in Draft.__dataclass_fields__}


def test_parts_are_loaded_where_one_value_is_shown_in_full_and_not_on_the_grid(database, enter_as, record, today):
    record(on_page("SOB-06", parts=AGES), **HERE)
    with database.reading() as session:
        visitor = enter_as(session, Role.AGENT, "demonstration")
        row = entry.row(session, visitor, 2026, "SOB-06", today)
        assert row.reading
        assert [part.department for part in row.reading.parts] == ["DSI", "DRH"]
        assert [one.code for one in row.departments] == list(DEPARTMENTS)
        (brief,) = entry.rows_of(session, visitor, 2026, ["SOB-06"], today)
        assert brief.reading
        assert (brief.reading.parts, brief.departments) == ((), ())


def test_recording_asks_for_the_parts_of_all_drafts_at_once(database, record):
    record(on_page("SOB-06", parts=AGES), on_page("SOB-05", parts=by_department(DGS="100")), **HERE)
    asked = []

    def note(connection, cursor, sql, parameters, context, executemany):
        asked.append(sql)

    event.listen(database.engine, "before_cursor_execute", note)
    drafts = [Draft("SOB-06", seen=1, value="5,4"), Draft("SOB-05", seen=1, value="100"), Draft("SOB-01", value="1700")]
    record(*drafts, **HERE)
    event.remove(database.engine, "before_cursor_execute", note)
    assert len([sql for sql in asked if "FROM measurement_part" in sql]) == 1
