"""What an authority decides: versions added and never changed, their effect shown first, every fault named."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Event
from time import sleep
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.helpers import everything
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.kinds import judge
from tracker.domain.vocabulary import (
    Absence,
    BaselineState,
    Better,
    Collection,
    CommitmentKind,
    Comparator,
    Role,
    Status,
    TargetBasis,
    TargetChange,
)
from tracker.labels import speaking
from tracker.labels.journal import shown
from tracker.labels.problems import problem_sentence
from tracker.services import baselines, configuration, measurements, methods, practices, settings, targets
from tracker.services.baselines import BaselineDraft
from tracker.services.effects import Effect
from tracker.services.figures import EMPTY
from tracker.services.methods import MethodDraft
from tracker.services.portfolio import portfolio
from tracker.services.practices import PracticeDraft
from tracker.services.settings import SettingDraft
from tracker.services.targets import JUDGED, TargetDraft
from tracker.store.models import JournalEntry
from tracker.store.queries import organisations

REFERENT = "Dominique Référent (fictif)"
AIM = ("DEM16-S01", "SOB-06")
"""4.1 years in 2016, validated; 5 years by 2024, then 6 by 2030 from 2022 on."""
OPEN = ("DEM22-S01", "SOB-06")
"""More than 25 % above a baseline that is still to establish."""
QUIET = "DEM16-S03"
BASE = BaselineDraft("proposed", "4,2", "2020", "Inventaire de 2020", seen=1)
FROZEN = BaselineDraft("validated", "4,4", "2017", "Inventaire repris", "Erreur de relevé", "2025", seen=1)
TARGET = TargetDraft(
    "absolute",
    "ge",
    "7",
    horizon_year="2027",
    in_force_from="2025",
    title="Arrêté 2025-31",
    decided_on="02/03/2025",
    reason="Ambition relevée",
    seen=2,
)
SETTING = SettingDraft(tolerance="25 %", reason="Années de crise")
METHOD = MethodDraft("SOB-07 + 1 [year]", "Estimé par les téléphones", "2026", "Inventaire perdu", seen=1)
PRACTICE = PracticeDraft("6", "Le conseil le suit de près")

Run = Callable[..., Any]
CHANGES: dict[str, tuple[Any, ...]] = {
    "baseline": (baselines.preview, baselines.set_baseline, AIM, FROZEN, True),
    "first baseline": (baselines.preview, baselines.set_baseline, OPEN, BASE, True),
    "target": (targets.preview, targets.set_target, AIM, TARGET, True),
    "setting": (settings.preview, settings.set_indicator, ("SOB-06",), SETTING, False),
    "method": (methods.preview, methods.set_method, ("SOB-06",), METHOD, True),
    "practice": (practices.preview, practices.set_practice, (QUIET,), PRACTICE, False),
}
"""For each change: what previews it, what writes it, what it is about, a draft, and whether writing needs the day."""

OTHERS = {
    "baseline": replace(FROZEN, value="4,5"),
    "first baseline": replace(BASE, value="4,5"),
    "target": replace(TARGET, value="8"),
    "setting": replace(SETTING, tolerance="30"),
    "method": replace(METHOD, formula="SOB-07 + 2 [year]"),
    "practice": replace(PRACTICE, months="9"),
}
"""What somebody else would have decided on the same page."""


@pytest.fixture
def run(database, enter_as, today) -> Run:
    """Give a function that calls a service in a transaction of its own."""

    def go(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT, slug: str = "demonstration") -> Any:
        with database.transaction() as session:
            return service(session, enter_as(session, role, slug), *given)

    return go


@pytest.fixture
def write(run, today) -> Run:
    """Give a function that writes one of ``CHANGES``, or another draft of the same kind."""

    def go(name: str, draft: Any = None, about: tuple[str, ...] = (), **where: Any) -> Any:
        _, change, usual, given, needs_day = CHANGES[name]
        days = (today,) if needs_day else ()
        return run(change, *(about or usual), draft or given, *days, **where)

    return go


@pytest.fixture
def look(run, today) -> Run:
    """Give a function that previews one of ``CHANGES``, or another draft of the same kind."""

    def go(name: str, draft: Any = None, about: tuple[str, ...] = (), **where: Any) -> Any:
        preview, _, usual, given, _ = CHANGES[name]
        return run(preview, *(about or usual), draft or given, today, **where)

    return go


@pytest.fixture
def refused(database, write) -> Run:
    """Give a function that writes, expects a refusal that leaves every row as it was, and gives its problems."""

    def go(kind: type[Exception], name: str, draft: Any = None, **where: Any) -> list[tuple[str, ProblemCode]]:
        before = everything(database)
        with pytest.raises(kind) as caught:
            write(name, draft, **where)
        assert type(caught.value) is kind
        assert everything(database) == before
        if not isinstance(caught.value, Invalid):
            return []
        with speaking("fr"):
            assert all(problem_sentence(problem) for problem in caught.value.problems)
        return [(problem.where, problem.code) for problem in caught.value.problems]

    return go


def known(database, slug="demonstration"):
    with database.reading() as session:
        organisation = organisations.by_slug(session, slug)
        assert organisation
        return portfolio(session, organisation)


def aim(database, commitment="DEM16-S01", code="SOB-06"):
    return next(one for one in known(database).commitment(commitment).aims if one.indicator.code == code)


def verdicts(database, today, commitment="DEM16-S01") -> dict[int, Status]:
    record = known(database).commitment(commitment)
    return {year: judge(record, year, today).status for year in range(2016, today.year + 1)}


def last_line(database) -> JournalEntry:
    with database.reading() as session:
        return session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()


def effects_of(found: Any) -> tuple[Effect, ...]:
    return found if isinstance(found, tuple) else found.effects


# What holds of every change


@pytest.mark.parametrize("name", CHANGES)
def test_a_preview_writes_nothing_and_shows_what_then_happens(database, look, write, today, name):
    before = everything(database)
    found = effects_of(look(name))
    assert everything(database) == before
    assert found
    foreseen = {(e.commitment.code, one.year): one.after.status for e in found for one in e.years}
    was = {(e.commitment.code, one.year): one.before.status for e in found for one in e.years}
    now = known(database)
    assert was == {(code, year): judge(now.commitment(code), year, today).status for code, year in was}
    assert write(name) is True
    now = known(database)
    assert foreseen == {(code, year): judge(now.commitment(code), year, today).status for code, year in foreseen}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_adds_rows_and_one_line_of_journal_and_leaves_the_others_as_they_were(database, write, name):
    before = everything(database)
    write(name)
    after = everything(database)
    told = {table: len(after[table]) - len(before[table]) for table in before}
    assert told.pop("journal_entry") == 1
    assert sum(told.values()) == (0 if name == "practice" else 1)
    for table, rows in before.items():
        if (table, name) != ("commitment", "practice") and table != "organisation":
            assert list(after[table][: len(rows)]) == list(rows)
    changed = [one for one, other in zip(before["organisation"], after["organisation"], strict=True) if one != other]
    kept = [one[:-1] for one in before["organisation"]]
    assert len(changed) == 1  # its stamp, the last column
    assert [one[:-1] for one in after["organisation"]] == kept
    line = last_line(database)
    assert line.actor == REFERENT
    assert line.action.startswith(name.split()[-1])


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_change_twice_changes_nothing_the_second_time(database, write, look, name):
    write(name)
    before = everything(database)
    assert write(name) is False
    assert look(name) is None
    assert everything(database) == before


@pytest.mark.one_engine
@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
@pytest.mark.parametrize("name", CHANGES)
def test_only_the_lead_decides_or_looks(refused, look, role, name):
    refused(Forbidden, name, role=role)
    refused(Forbidden, name, about=("NOPE", "NOPE")[: len(CHANGES[name][2])], role=role)
    with pytest.raises(Forbidden):
        look(name, role=role)


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_organisation_does_not_have_is_not_found(refused, name):
    about = CHANGES[name][2]
    refused(NotFound, name, about=("NOPE", "NOPE")[: len(about)])
    if about[0].startswith("DEM"):
        refused(NotFound, name, slug="marseille")


@pytest.mark.parametrize("name", CHANGES)
def test_a_page_left_open_is_a_conflict_that_says_who_decided_what(database, write, look, refused, name):
    write(name)
    ((_, code),) = refused(Conflict, name, OTHERS[name])
    assert code is ProblemCode.SETTING_STALE
    with pytest.raises(Conflict) as caught:
        look(name, OTHERS[name])
    with speaking("fr"):
        assert REFERENT in problem_sentence(caught.value.problems[0])


@pytest.mark.parametrize("name", CHANGES)
def test_of_two_who_decide_at_the_same_moment_one_is_stored_and_the_other_told(database, enter_as, write, today, name):
    _, change, about, draft, needs_day = CHANGES[name]
    before, has_written = everything(database), Event()

    def first() -> Any:
        with database.transaction() as session:
            done = change(
                session, enter_as(session, Role.REFERENT, "demonstration"), *about, draft, *[today][:needs_day]
            )
            has_written.set()
            sleep(0.3)  # the other one has read by then, and waits for the number that is taken
        return done

    def second() -> Any:
        assert has_written.wait(30)
        with pytest.raises(Conflict) as caught:
            write(name, OTHERS[name])
        return caught.value.problems[0]

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(first), pool.submit(second)
        assert one.result(30) is True
        problem = other.result(30)
    assert (problem.code, problem.values["author"]) == (ProblemCode.SETTING_STALE, REFERENT)
    after = everything(database)
    assert len(after["journal_entry"]) == len(before["journal_entry"]) + 1


# Baselines


def test_before_any_is_validated_a_baseline_is_corrected_from_the_start(database, write, today):
    assert set(verdicts(database, today, "DEM22-S01").values()) >= {Status.BASELINE_NEEDED}
    write("first baseline")
    write("first baseline", replace(BASE, state="validated", value="4", seen=2))
    found = aim(database, "DEM22-S01").baselines
    assert [(one.version, one.state, one.value, one.in_force_from) for one in found] == [
        (1, BaselineState.TO_ESTABLISH, None, 0),
        (2, BaselineState.PROPOSED, Decimal("4.2"), 0),
        (3, BaselineState.VALIDATED, Decimal(4), 0),
    ]
    assert {one.method for one in found[1:]} == {1}
    assert Status.BASELINE_NEEDED not in verdicts(database, today, "DEM22-S01").values()


def test_a_validated_baseline_is_frozen(refused):
    assert refused(Invalid, "baseline", replace(FROZEN, reason=" ")) == [("reason", ProblemCode.BASELINE_FROZEN)]
    assert refused(Invalid, "baseline", replace(FROZEN, in_force_from="")) == [
        ("in_force_from", ProblemCode.YEAR_MISSING)
    ]


def test_what_replaces_a_frozen_baseline_leaves_the_years_before_as_they_were(database, write, today):
    before = verdicts(database, today)
    write("baseline", replace(FROZEN, value="5,9", year="2023"))
    after = verdicts(database, today)
    assert {year: status for year, status in after.items() if year < 2025} == {
        year: status for year, status in before.items() if year < 2025
    }
    found = aim(database)
    assert [one.value for one in found.baselines] == [Decimal("4.1"), Decimal("5.9")]
    assert [found.departure(year).value for year in (2024, 2025)] == [Decimal("4.1"), Decimal("5.9")]


def test_a_figure_that_the_vote_states_stays_the_vote_s_when_it_is_told_again(database, write):
    assert aim(database).baseline.method is None
    write("baseline", replace(FROZEN, value="4,1", year="2016", source="Revu"))
    assert aim(database).baseline.method is None
    write("baseline", replace(FROZEN, value="4,2", seen=2))
    assert aim(database).baseline.method == 1


def test_the_journal_tells_a_baseline_in_words(database, write):
    write("baseline")
    line = last_line(database)
    assert (line.subject, line.year, line.comment) == ("DEM16-S01 SOB-06", 2025, "Erreur de relevé")
    with speaking("fr"):
        before, after = shown(line.action, line.before), shown(line.action, line.after)
    assert "valeur\u00a0: 4,1" in before
    assert "valeur\u00a0: 4,4, année\u00a0: 2017" in after
    assert "état" not in after


def test_a_formula_that_refers_to_a_baseline_is_judged_with_the_one_that_is_previewed(database, run, write, look):
    """SOB-03 is the change of SOB-01 since its baseline."""
    found = look("baseline", replace(FROZEN, value="1000", year="2018"), about=("DEM22-S02", "SOB-01"))
    assert next(effect.commitment.code for effect in found.effects) == "DEM22-S02"
    assert (found.baseline.value, found.baseline.in_force_from) == (Decimal(1000), 2025)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"in_force_from": "2024"}, [("in_force_from", ProblemCode.BASELINE_TOO_EARLY)]),
        ({"in_force_from": "2017"}, [("in_force_from", ProblemCode.BASELINE_TOO_EARLY)]),
        ({"year": "2026"}, [("year", ProblemCode.BASELINE_AFTER_FIRST)]),
    ],
)
def test_what_replaces_a_frozen_baseline_judges_no_earlier_year_again(refused, write, change, problems):
    assert refused(Invalid, "baseline", replace(FROZEN, **change)) == problems
    assert write("baseline", replace(FROZEN, year="2026", in_force_from="2026")) is True


def test_before_one_is_validated_a_baseline_may_be_of_any_year(write):
    assert write("first baseline", replace(BASE, year="2026")) is True


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"state": "sure"}, [("state", ProblemCode.UNKNOWN_CHOICE)]),
        ({"value": ""}, [("value", ProblemCode.VALUE_MISSING)]),
        ({"value": "cinq"}, [("value", ProblemCode.NOT_A_NUMBER)]),
        ({"value": "1.234"}, [("value", ProblemCode.AMBIGUOUS_NUMBER)]),
        ({"value": "-1"}, [("value", ProblemCode.BELOW_MINIMUM)]),
        ({"value": "31"}, [("value", ProblemCode.ABOVE_MAXIMUM)]),
        ({"year": ""}, [("year", ProblemCode.YEAR_MISSING)]),
        ({"year": "1999"}, [("year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"year": "2027"}, [("year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"year": "9" * 30}, [("year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"year": "٢٠٢٠"}, [("year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"source": " "}, [("source", ProblemCode.BASELINE_SOURCE_MISSING)]),
        ({"source": "é" * 501}, [("source", ProblemCode.TOO_LONG)]),
        ({"reason": "é" * 501}, [("reason", ProblemCode.TOO_LONG)]),
        (
            {"state": "to_establish"},
            [("value", ProblemCode.FIELD_UNWANTED), ("year", ProblemCode.FIELD_UNWANTED)],
        ),
        (
            {"value": "", "year": "x", "source": ""},
            [
                ("value", ProblemCode.VALUE_MISSING),
                ("year", ProblemCode.YEAR_OUT_OF_RANGE),
                ("source", ProblemCode.BASELINE_SOURCE_MISSING),
            ],
        ),
    ],
)
def test_a_baseline_that_cannot_be_is_refused_at_its_field(refused, change, problems):
    assert refused(Invalid, "first baseline", replace(BASE, **change)) == problems


# Targets


def test_a_revision_is_a_new_version_and_the_years_before_keep_their_verdict(database, write, today):
    before = verdicts(database, today)
    write("target")
    after = verdicts(database, today)
    assert {year: status for year, status in after.items() if year < 2025} == {
        year: status for year, status in before.items() if year < 2025
    }
    assert (before[2025], after[2025]) == (Status.ON_TRACK, Status.OFF_TRACK)
    found = aim(database).targets
    assert [(one.version, one.value, one.in_force_from) for one in found] == [
        (1, Decimal(5), 2016),
        (2, Decimal(6), 2022),
        (3, Decimal(7), 2025),
    ]
    assert (found[2].decision, found[2].decided_on, found[2].author) == (
        "Arrêté 2025-31",
        date(2025, 3, 2),
        REFERENT,
    )


def test_a_revision_says_whether_it_raised_lowered_or_moved_the_target(run, write):
    write("target")
    write("target", replace(TARGET, value="6", horizon_year="2031", reason="Trop court", seen=3))
    found = run(configuration.aim_sheet, *AIM)
    assert [changes for _, changes in found.revisions] == [
        (TargetChange.LOWERED, TargetChange.POSTPONED),
        (TargetChange.RAISED, TargetChange.ADVANCED),
        (TargetChange.RAISED, TargetChange.POSTPONED),
        (TargetChange.FIRST,),
    ]


def test_a_deliberation_brings_its_own_date(database, write):
    write("target", replace(TARGET, deliberation="DEMO-2022-045", title="", decided_on="", in_force_from="2023"))
    last = aim(database).targets[-1]
    assert (last.decision, last.decided_on) == ("DEMO-2022-045", date(2022, 6, 30))


def test_a_first_target_needs_no_reason(database, write):
    free = next(
        (one.code, other.indicator.code)
        for one in known(database).commitments
        for other in one.aims
        if not other.targets and other.indicator.better is Better.UP and other.indicator.unit == "percent"
        if one.kind in JUDGED and other.indicator.collection is not Collection.FINDING
    )
    write("target", replace(TARGET, value="50", reason="", seen=0), about=free)
    assert [one.value for one in aim(database, *free).targets] == [Decimal(50)]


def test_a_band_a_departure_and_steps_are_stored_and_told_in_the_journal(database, write):
    given = replace(
        TARGET, basis="from_to", start="4,5", start_year="2020", path="stepwise", points="2025 : 5,5\n2026 = 6"
    )
    write("target", given)
    last = aim(database).targets[-1]
    assert (last.basis, last.start, last.start_year) == (TargetBasis.FROM_TO, Decimal("4.5"), 2020)
    assert [(point.year, point.value) for point in last.points] == [(2025, Decimal("5.5")), (2026, Decimal(6))]
    line = last_line(database)
    with speaking("fr"):
        told = shown(line.action, line.after)
    assert "forme\u00a0: d’une valeur à une autre" in told
    assert "départ\u00a0: 4,5" in told
    assert "chemin\u00a0: par paliers" in told
    assert "décidé le\u00a0: 2 mars 2025" in told
    with speaking("en"):
        assert shown(line.action, line.after)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"basis": "x"}, [("basis", ProblemCode.UNKNOWN_CHOICE)]),
        ({"comparator": ""}, [("comparator", ProblemCode.UNKNOWN_CHOICE)]),
        ({"path": "crooked"}, [("path", ProblemCode.UNKNOWN_CHOICE)]),
        ({"value": ""}, [("value", ProblemCode.VALUE_MISSING)]),
        ({"value": "NaN"}, [("value", ProblemCode.NOT_A_NUMBER)]),
        ({"value": "300"}, [("value", ProblemCode.ABOVE_MAXIMUM)]),
        ({"comparator": "le"}, [("comparator", ProblemCode.TARGET_WRONG_COMPARATOR)]),
        ({"comparator": "between"}, [("upper", ProblemCode.UPPER_MISSING)]),
        ({"upper": "8"}, [("upper", ProblemCode.FIELD_UNWANTED)]),
        ({"value": "3"}, [("value", ProblemCode.TARGET_WRONG_SIDE)]),
        ({"basis": "relative_percent", "value": "-5"}, [("value", ProblemCode.TARGET_WRONG_SIDE)]),
        ({"basis": "from_to"}, [("start", ProblemCode.START_MISSING)]),
        ({"start": "4"}, [("start", ProblemCode.FIELD_UNWANTED)]),
        ({"points": "2026 : 5"}, [("points", ProblemCode.FIELD_UNWANTED)]),
        ({"path": "explicit"}, [("points", ProblemCode.POINTS_MISSING)]),
        ({"path": "stepwise"}, [("points", ProblemCode.POINTS_MISSING)]),
        ({"path": "explicit", "points": "bientôt"}, [("points", ProblemCode.POINT_UNREADABLE)]),
        ({"path": "explicit", "points": "0001 : 5"}, [("points", ProblemCode.POINT_UNREADABLE)]),
        ({"path": "explicit", "points": "2026 : 5\n\n2025 : 6"}, [("points", ProblemCode.POINTS_OUT_OF_ORDER)]),
        ({"path": "explicit", "points": "2026 : 5\n2026 : 6"}, [("points", ProblemCode.POINTS_OUT_OF_ORDER)]),
        ({"path": "stepwise", "points": "2028 : 6"}, [("points", ProblemCode.POINT_OUTSIDE)]),
        ({"path": "stepwise", "points": "2016 : 5"}, [("points", ProblemCode.POINT_OUTSIDE)]),
        ({"path": "stepwise", "points": "2026 : 31"}, [("points", ProblemCode.POINT_OUT_OF_BOUNDS)]),
        ({"path": "explicit", "points": "2026 : 7,1"}, [("points", ProblemCode.POINT_BEYOND_TARGET)]),
        ({"path": "explicit", "points": "2025 : 4"}, [("points", ProblemCode.POINT_BEHIND_START)]),
        ({"path": "explicit", "points": "2025 : 6\n\n2026 : 5,9"}, [("points", ProblemCode.POINT_GOES_BACK)]),
        (
            {"basis": "relative_percent", "value": "50", "path": "explicit", "points": "2025 : 60"},
            [("points", ProblemCode.POINT_BEYOND_TARGET)],
        ),
        (
            {"basis": "relative_percent", "value": "50", "path": "explicit", "points": "2025 : −1"},
            [("points", ProblemCode.POINT_BEHIND_START)],
        ),
        ({"in_force_from": "2024"}, [("in_force_from", ProblemCode.IN_FORCE_TOO_EARLY)]),
        ({"in_force_from": ""}, [("in_force_from", ProblemCode.YEAR_MISSING)]),
        ({"horizon_year": "2024"}, [("horizon_year", ProblemCode.HORIZON_TOO_EARLY)]),
        ({"horizon_year": "20300"}, [("horizon_year", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"title": ""}, [("title", ProblemCode.DECISION_MISSING)]),
        ({"decided_on": ""}, [("decided_on", ProblemCode.DECISION_DATE_MISSING)]),
        ({"decided_on": "hier"}, [("decided_on", ProblemCode.DATE_UNREADABLE)]),
        ({"decided_on": "23/11/2026"}, [("decided_on", ProblemCode.DECISION_IN_FUTURE)]),
        ({"decided_on": "01/01/1999"}, [("decided_on", ProblemCode.DATE_TOO_OLD)]),
        ({"deliberation": "VDM-2022-0737"}, [("deliberation", ProblemCode.UNKNOWN_CHOICE)]),
        (
            {"deliberation": "DEMO-2022-045"},
            [("title", ProblemCode.FIELD_UNWANTED), ("decided_on", ProblemCode.FIELD_UNWANTED)],
        ),
        ({"reason": ""}, [("reason", ProblemCode.REASON_MISSING)]),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_its_field(refused, change, problems):
    assert refused(Invalid, "target", replace(TARGET, **change)) == problems


def test_the_sentence_about_a_point_names_its_line(write):
    with pytest.raises(Invalid) as caught:
        write("target", replace(TARGET, path="explicit", points="2025 : 6\n\n2026 : 5,9"))
    with speaking("fr"):
        assert problem_sentence(caught.value.problems[0]).startswith("Ligne 3\u00a0: 5,9 revient")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("points", "problems"),
    [
        ("2025 : 8\n2026 : 7", []),
        ("2025 : 4,9", [("points", ProblemCode.POINT_BEYOND_TARGET)]),
        ("2025 : 10", [("points", ProblemCode.POINT_BEHIND_START)]),
        ("2025 : 7\n2026 : 8", [("points", ProblemCode.POINT_GOES_BACK)]),
        ("2025 : -1", [("points", ProblemCode.POINT_OUT_OF_BOUNDS)]),
    ],
)
@pytest.mark.parametrize("comparator", ["le", "between"])
def test_points_that_go_down_are_held_to_the_same_rule(write, refused, comparator, points, problems):
    write("setting", SettingDraft("down" if comparator == "le" else "in_range", reason="Essai"))
    given = replace(
        TARGET, basis="from_to", comparator=comparator, start="9", value="5", path="explicit", points=points
    )
    if comparator == "between":
        given = replace(given, upper="6")
    if problems:
        assert refused(Invalid, "target", given) == problems
    else:
        assert write("target", given) is True


@pytest.mark.one_engine
def test_a_target_that_nothing_would_judge_is_refused(database, refused, run):
    reached = set()
    for slug in ("demonstration", "marseille"):
        for one in known(database, slug).commitments:
            for other in one.aims:
                problem = targets.unjudged(one, other)
                sort = (one.kind, other.indicator.collection)
                if problem is None or sort in reached:
                    continue
                reached.add(sort)
                about = (one.code, other.indicator.code)
                found = refused(Invalid, "target", replace(TARGET, seen=0), about=about, slug=slug)
                assert found[0] == ("value", problem.code)
                assert run(configuration.aim_sheet, *about, slug=slug).unjudged == problem
    assert {CommitmentKind.DIRECTIONAL, CommitmentKind.MILESTONE, CommitmentKind.RENEWAL} <= {
        kind for kind, _ in reached
    }
    assert any(kind in JUDGED for kind, _ in reached)


def test_every_target_that_is_stored_is_one_that_is_judged(database):
    for slug in ("demonstration", "marseille", "amp"):
        for one in known(database, slug).commitments:
            assert [aim for aim in one.aims if aim.targets and targets.unjudged(one, aim)] == [], one.code


def test_a_band_whose_ends_are_crossed_is_refused(database, refused, write):
    write("setting", SettingDraft("in_range", reason="Vote"))
    band = replace(TARGET, comparator="between", value="6", upper="5")
    assert refused(Invalid, "target", band) == [("upper", ProblemCode.TARGET_EMPTY_BAND)]
    write("target", replace(band, upper="7"))
    last = aim(database).targets[-1]
    assert (last.comparator, last.value, last.upper) == (Comparator.BETWEEN, Decimal(6), Decimal(7))


def test_in_english_a_comma_before_three_digits_is_ambiguous(refused):
    given = replace(TARGET, value="6,125", has_comma_groups=True)
    assert refused(Invalid, "target", given) == [("value", ProblemCode.AMBIGUOUS_NUMBER)]


# Settings


def test_a_setting_is_stored_as_a_share_and_judges_from_then_on(database, write):
    write("setting", SettingDraft("up", "25 %", "SOB-12", "Vote"))
    found = known(database).aims()["SOB-06"]
    assert found.tolerance == Decimal("0.25")
    assert found.companion
    assert found.companion.indicator.code == "SOB-12"
    line = last_line(database)
    with speaking("fr"):
        told = shown(line.action, line.after)
    assert told == "sens\u00a0: mieux quand il monte, tolérance\u00a0: 25\u202f%, accompagné de\u00a0: SOB-12"
    assert line.before == ""


def test_a_choice_can_be_given_back_to_the_catalogue_and_no_companion_is_a_choice(database, write, run):
    write("setting", SettingDraft("down", "0", "-", "Essai"))
    assert known(database).figures.indicator("SOB-06").better is Better.DOWN
    assert known(database).aims()["SOB-06"].tolerance == 0
    write("setting", SettingDraft("", "", "", "Retour au catalogue", seen=1))
    assert known(database).figures.indicator("SOB-06").better is Better.UP
    assert known(database).aims()["SOB-06"].tolerance == Decimal("0.10")
    assert [row.version for row in run(configuration.indicator_sheet, "SOB-06").settings] == [2, 1]


def test_a_direction_that_contradicts_a_voted_target_says_so_before(look):
    assert [one.code for one in look("setting", SettingDraft("down", reason="Essai")).contradicted] == [
        "DEM16-S01",
        "DEM22-S01",
    ]
    assert look("setting").contradicted == ()


def test_the_effect_of_a_setting_says_what_would_then_judge(look):
    found = look("setting")
    assert (found.better, found.tolerance) == (Better.UP, Decimal("0.25"))
    assert look("setting", replace(SETTING, companion="-")).companion == ""
    assert look("setting", replace(SETTING, companion="SOB-12")).companion == "SOB-12"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"better": "sideways"}, [("better", ProblemCode.UNKNOWN_CHOICE)]),
        ({"tolerance": "-1"}, [("tolerance", ProblemCode.TOLERANCE_RANGE)]),
        ({"tolerance": "100,1"}, [("tolerance", ProblemCode.TOLERANCE_RANGE)]),
        ({"tolerance": "peu"}, [("tolerance", ProblemCode.NOT_A_NUMBER)]),
        ({"companion": "SOB-06"}, [("companion", ProblemCode.COMPANION_ITSELF)]),
        ({"companion": "SOB-10"}, [("companion", ProblemCode.COMPANION_NOT_AMOUNT)]),
        ({"companion": "NOPE"}, [("companion", ProblemCode.UNKNOWN_CHOICE)]),
        ({"reason": ""}, [("reason", ProblemCode.REASON_MISSING)]),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_its_field(refused, change, problems):
    assert refused(Invalid, "setting", replace(SETTING, **change)) == problems


# Methods


def test_a_formula_computes_from_its_first_year_and_the_years_before_stay_as_they_were(database, write, run, today):
    before = {year: aim(database).value(year) for year in range(2016, 2026)}
    run(measurements.record, 2026, [Draft("SOB-07", value="4,5")], today)
    write("method")
    found = aim(database)
    assert {year: found.value(year) for year in range(2016, 2026)} == before
    assert found.value(2026) == Decimal("5.5")
    assert (found.method(2025), found.method(2026)) == (1, 2)
    assert [method.version for method in found.methods] == [1, 2]


def test_a_formula_is_kept_in_its_one_spelling_and_told_in_the_journal(database, write):
    write("method", replace(METHOD, formula="sob-07  +1[year]"))
    assert aim(database).methods[-1].written == "SOB-07 + 1 [year]"
    line = last_line(database)
    assert (line.year, line.comment) == (2026, "Inventaire perdu")
    with speaking("fr"):
        assert "formule\u00a0: SOB-07 + 1 [year]" in shown(line.action, line.after)


def test_a_formula_is_tried_on_every_year_before_it_is_decided(look, database):
    found = look("method").values
    assert [one.year for one in found] == list(range(2025, 2015, -1))
    assert found[-1].before.value == Decimal("4.1")
    assert found[-1].after.value == known(database).figures.values["SOB-07"].readings[2016].value + 1


def test_a_year_without_its_inputs_says_what_lacks(database, look):
    figures = known(database).figures
    code = next(code for code in figures.rows if code not in figures.values)
    found = look("method", replace(METHOD, formula=f"SOB-07 × {code} / {code}")).values
    assert {one.after.absence for one in found if one.after} == {Absence.NOT_COMPUTABLE}
    assert found[0].after.missing == (code,)


def test_a_computed_indicator_can_be_typed_again(database, write, enter_as, today):
    write("method")
    write("method", MethodDraft("", "Inventaire refait", "2027", "Retrouvé", seen=2))
    assert known(database).figures.is_typed("SOB-06", 2027)
    assert not known(database).figures.is_typed("SOB-06", 2026)


@pytest.mark.parametrize("year", ["2016", "2024", "2025"])
def test_a_formula_never_replaces_a_value_that_is_published(database, refused, year):
    assert refused(Invalid, "method", replace(METHOD, in_force_from=year)) == [
        ("in_force_from", ProblemCode.METHOD_TOO_EARLY)
    ]


def test_a_formula_of_this_year_s_value_waits_for_the_next(run, write, refused, today):
    run(measurements.record, 2026, [Draft("SOB-06", value="5,6")], today)
    assert refused(Invalid, "method") == [("in_force_from", ProblemCode.METHOD_TOO_EARLY)]
    assert write("method", replace(METHOD, in_force_from="2027")) is True


def test_a_value_computed_by_another_formula_is_published_too(run, write, refused, today):
    run(measurements.record, 2026, [Draft("SOB-07", value="4,5")], today)
    write("method")
    other = replace(METHOD, formula="SOB-07 + 2 [year]", seen=2)
    assert refused(Invalid, "method", other) == [("in_force_from", ProblemCode.METHOD_TOO_EARLY)]
    assert write("method", replace(other, in_force_from="2027")) is True


def test_a_formula_may_start_in_the_past_where_nothing_is_published(database, write):
    marseille = known(database, "marseille")
    rows, values = marseille.figures.rows, marseille.figures.values
    code, other = next(
        (code, name)
        for code in marseille.used()
        for name in rows
        if rows[code].collected_by is Collection.MEASUREMENT and not values.get(code, EMPTY).readings
        if name != code and rows[name].unit == rows[code].unit and rows[name].collected_by is Collection.MEASUREMENT
    )
    given = replace(METHOD, formula=other, in_force_from="2020")
    assert write("method", given, about=(code,), slug="marseille") is True


def test_another_way_to_type_may_start_in_the_past(write):
    assert write("method", MethodDraft("", "Outil de parc", "2024", "Nouvel outil", seen=1)) is True


def test_computed_values_that_are_published_are_not_given_back_to_the_keyboard(refused):
    by_hand = MethodDraft("", "À la main", "2024", "Essai", seen=2)
    assert refused(Invalid, "method", by_hand, about=("SOB-18",)) == [("in_force_from", ProblemCode.METHOD_TOO_EARLY)]


def test_a_formula_that_goes_round_with_one_of_an_earlier_year_is_refused(database, write, refused):
    """SOB-07 is computed from SOB-06 in 2026 only: a formula of SOB-06 from 2026 on would turn in a circle there."""
    back = MethodDraft("SOB-06 − 1 [year]", "Par les ordinateurs", "2026", "Essai", seen=1)
    write("method", back, about=("SOB-07",))
    write("method", MethodDraft("", "Inventaire", "2027", "Retour", seen=2), about=("SOB-07",))
    assert refused(Invalid, "method") == [("formula", ProblemCode.FORMULA_CYCLE)]
    write("method", replace(METHOD, in_force_from="2027"))
    assert aim(database).value(2024) is not None


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"formula": "SOB-07 +"}, [("formula", ProblemCode.FORMULA_UNFINISHED)]),
        ({"formula": "SOB-06 + SOB-07"}, [("formula", ProblemCode.FORMULA_CYCLE)]),
        ({"formula": "SOB-01"}, [("formula", ProblemCode.FORMULA_WRONG_UNIT)]),
        ({"formula": "NOPE-1"}, [("formula", ProblemCode.FORMULA_UNKNOWN_INDICATOR)]),
        ({"reason": ""}, [("reason", ProblemCode.REASON_MISSING)]),
        ({"in_force_from": "2028"}, [("in_force_from", ProblemCode.YEAR_OUT_OF_RANGE)]),
        ({"description": "é" * 501}, [("description", ProblemCode.TOO_LONG)]),
    ],
)
def test_a_method_that_cannot_be_is_refused_at_its_field(refused, change, problems):
    assert refused(Invalid, "method", replace(METHOD, **change)) == problems


def test_what_is_told_by_facts_has_no_method(database, run, refused):
    known_codes = known(database, "marseille")
    code = next(c for c in known_codes.used() if known_codes.figures.rows[c].collected_by == "finding")
    given = MethodDraft("", "Autrement", "2026", "Essai", seen=1)
    assert refused(Invalid, "method", given, about=(code,), slug="marseille") == [
        ("formula", ProblemCode.METHOD_OF_FACTS)
    ]


# Practices


def test_the_months_of_a_practice_are_changed_and_given_back_to_the_rule(database, write):
    write("practice")
    assert known(database).commitment(QUIET).stale_after_months == 6
    line = last_line(database)
    assert (line.action, line.subject, line.comment) == (JournalAction.PRACTICE_CHANGED, QUIET, PRACTICE.reason)
    with speaking("fr"):
        assert (shown(line.action, line.before), shown(line.action, line.after)) == ("mois\u00a0: 12", "mois\u00a0: 6")
    write("practice", PracticeDraft("", seen=6))
    assert known(database).commitment(QUIET).stale_after_months == 12


def test_an_earlier_moment_knows_the_months_of_then_however_often_they_changed_since(database, write):
    moments = [datetime.now(UTC)]
    for draft in (PRACTICE, PracticeDraft("24", seen=6), PracticeDraft("", seen=24)):
        write("practice", draft)
        moments.append(datetime.now(UTC))
    with database.reading() as session:
        town = organisations.by_slug(session, "demonstration")
        told = [portfolio(session, town, until=moment).commitment(QUIET).stale_after_months for moment in moments]
    assert told == [12, 6, 24, 12]


@pytest.mark.one_engine
@pytest.mark.parametrize("months", ["0", "121", "-3", "six", "1,5", "9" * 20, "٦"])
def test_months_that_cannot_be_are_refused(refused, months):
    assert refused(Invalid, "practice", PracticeDraft(months)) == [("months", ProblemCode.MONTHS_RANGE)]


def test_only_a_continuous_practice_has_months(refused):
    refused(NotFound, "practice", about=("DEM16-S01",))


# The start page


def test_what_waits_comes_first_and_the_oldest_of_it_ahead(run, write, today):
    found = run(configuration.overview, 1, today)
    waiting = [(one.commitment.code, one.aim.indicator.code if one.aim else "") for one in found.waiting]
    assert waiting == [OPEN, ("DEM22-G04", ""), ("DEM22-E03", "")]
    assert [one.since for one in found.waiting] == sorted(one.since for one in found.waiting)
    assert len(found.targeted) == 17
    write("first baseline")
    assert [one.aim.baseline.state for one in run(configuration.overview, 1, today).waiting if one.aim] == ["proposed"]
    write("first baseline", replace(BASE, state="validated", seen=2))
    assert [one for one in run(configuration.overview, 1, today).waiting if one.aim] == []


def test_the_indicators_in_use_come_page_by_page(run, today):
    first = run(configuration.overview, 1, today)
    pages = [run(configuration.overview, number, today) for number in range(1, first.pages + 1)]
    codes = [use.aim.indicator.code for page in pages for use in page.used]
    assert len(pages) > 1
    assert len(codes) == len(set(codes)) == first.total
    for number in (0, first.pages + 1):
        with pytest.raises(NotFound):
            run(configuration.overview, number, today)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_the_lead_opens_the_settings(run, today, role):
    for service, given in (
        (configuration.overview, (1, today)),
        (configuration.commitment, ("DEM16-S01",)),
        (configuration.aim_sheet, AIM),
        (configuration.indicator_sheet, ("SOB-06",)),
        (methods.try_formula, ("SOB-06", "SOB-07", today)),
    ):
        with pytest.raises(Forbidden):
            run(service, *given, role=role)


def test_an_entry_uses_the_version_of_the_method_that_was_decided(database, write, run, today):
    write("method", MethodDraft("", "Outil de parc", "2026", "Nouvel outil", seen=1))
    run(measurements.record, 2026, [Draft("SOB-06", value="5,6")], today)
    assert aim(database).readings[2026].method == 2
