"""A pack is added whole or not at all, never over what is there, and is then judged as any commitment is."""

import re
from pathlib import Path

import pytest

from tests.integration.helpers import everything
from tests.integration.new_town import LEAD, Run, founded
from tests.unit.test_packs_read import SEEDS, TEXT, changed
from tracker.domain.errors import Forbidden, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role, Status
from tracker.importers.packs import (
    ARTICLE,
    BASELINE,
    BUDGET_LINE,
    COMMITMENT,
    DELIBERATION,
    FINDING,
    POINT,
    RELATION,
    TARGET,
)
from tracker.labels.problems import problem_sentence
from tracker.services import configuration, packs, scorecards, seeds, start
from tracker.store.models import JournalEntry
from tracker.store.session import Database

DEPARTMENTS = ("DSI=x", "DNSI=x", "DGS=x", "DRH=x", "DAC=x", "DRU=x", "DCOM=x", "2INFO=x")


@pytest.fixture
def run(database: Database) -> Run:
    """Give the function that calls a service as the lead of a new organisation, in a transaction of its own."""
    return founded(database, DEPARTMENTS)


def told(found: packs.Contents) -> list[tuple[str, ProblemCode]]:
    return [(one.problem.where, one.problem.code) for one in found.problems]


def test_the_example_of_the_page_is_examined_without_a_trace_then_added_and_judged(run: Run, database: Database, today):
    before = everything(database)
    found = run(packs.examine, TEXT.encode(), today)
    assert told(found) == []
    assert (len(found.commitments), found.indicators, found.unsettled, found.overdue) == (2, 2, 1, 1)
    assert everything(database) == before
    run(packs.load, TEXT.encode(), today)
    card = run(scorecards.scorecard, 2025, today)
    assert {one.commitment.code: one.status for one in card.cards} == {
        "FIC25-S01": Status.NOT_MEASURED,
        "FIC25-G01": Status.NOT_MEASURED,  # a date passed in silence is not a failure
    }
    assert [one.commitment.code for one in run(start.start, today).waiting] == ["FIC25-S01", "FIC25-G01"]


def test_the_journal_says_who_added_it(run: Run, database: Database, today):
    run(packs.load, TEXT.encode(), today)
    with database.reading() as session:
        line = session.query(JournalEntry).order_by(JournalEntry.id.desc()).first()
    assert line
    assert (line.action, line.actor, line.subject, line.after) == (
        JournalAction.LOADED,
        LEAD,
        "FICTIVE-2025-012",
        "2",
    )


@pytest.mark.parametrize(
    "content", [TEXT.encode(), changed("reference: FICTIVE-2025-012", "reference: fictive-2025-012")]
)
def test_the_same_deliberation_twice_is_refused_and_nothing_changes(
    run: Run, database: Database, today, content: bytes
):
    run(packs.load, TEXT.encode(), today)
    before = everything(database)
    found = run(packs.load, content, today)
    assert ("reference", ProblemCode.REFERENCE_TAKEN) in told(found)
    assert everything(database) == before


def test_another_deliberation_cannot_take_the_code_of_a_commitment(run: Run, database: Database, today):
    run(packs.load, TEXT.encode(), today)
    before = everything(database)
    other = changed("reference: FICTIVE-2025-012", "reference: FICTIVE-2025-013")
    assert told(run(packs.load, other, today)) == [
        ("commitments 1 › code", ProblemCode.COMMITMENT_TAKEN),
        ("commitments 2 › code", ProblemCode.COMMITMENT_TAKEN),
    ]
    assert everything(database) == before


def test_a_reference_of_another_organisation_is_free(run: Run, today):
    content = changed("reference: FICTIVE-2025-012", "reference: VDM-2022-0737")
    assert told(run(packs.load, content, today)) == []


@pytest.mark.one_engine
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_every_deliberation_of_the_seeds_could_have_been_a_pack(run: Run, today, path: Path):
    text = re.sub("^organisation: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert told(run(packs.load, text.encode(), today)) == []
    run(configuration.overview, 1, today)
    for year in (2020, 2025, 2026):
        run(scorecards.scorecard, year, today)


TARGETED = "commitments 1 › targets 1"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("before", "after", "where", "code"),
    [
        ("indicators: [SOB-06]", "indicators: [SOB-99]", "commitments 1 › indicators 1", "formula_unknown_indicator"),
        ("indicators: [SOB-06]", "indicators: [SOB-06, SOB-06]", "commitments 1 › indicators 2", "given_twice"),
        ("indicators: [SOB-06]", "indicators: [SOB-07]", f"{TARGETED} › indicator", "indicator_unlisted"),
        ("code: FIC25-G01", "code: fic25-s01", "commitments 2 › code", "given_twice"),
        ("adopted_on: 2025-03-20", "adopted_on: 2027-03-20", "adopted_on", "decision_in_future"),
        ("adopted_on: 2025-03-20", "adopted_on: 1925-03-20", "adopted_on", "date_too_old"),
        ("body: Conseil municipal", "body: Conseil\norganisation: amp", "organisation", "pack_other_organisation"),
        ("  due_precision: day\n", "", "commitments 2 › due_on", "key_missing"),
        ("  is_flagship: true", "  owner: NOPE", "commitments 1 › owner", "owner_unknown"),
        ("  is_flagship: true", "  stale_after_months: 6", "commitments 1 › stale_after_months", "field_unwanted"),
        ("state: to_establish", "state: validated", "commitments 1 › baselines 1 › value", "value_missing"),
        (
            "state: to_establish",
            "state: to_establish\n    value: 5",
            "commitments 1 › baselines 1 › value",
            "field_unwanted",
        ),
        ("comparator: ge", "comparator: le", f"{TARGETED} › comparator", "target_wrong_comparator"),
        ("comparator: ge", "comparator: between", f"{TARGETED} › upper", "upper_missing"),
        ("basis: absolute", "basis: from_to", f"{TARGETED} › start", "start_missing"),
        ("basis: absolute", "basis: absolute\n    start: 3", f"{TARGETED} › start", "field_unwanted"),
        ("basis: absolute", "basis: absolute\n    path: explicit", f"{TARGETED} › points", "points_missing"),
        ("    value: 6", "    value: -6", f"{TARGETED} › value", "below_minimum"),
        ("horizon_year: 2028", "horizon_year: 2024", f"{TARGETED} › horizon_year", "horizon_too_early"),
        ("horizon_year: 2028", "in_force_from: 2020", f"{TARGETED} › in_force_from", "in_force_too_early"),
        ("horizon_year: 2028", "decided_on: 2030-01-01", f"{TARGETED} › decided_on", "decision_in_future"),
        ("kind: quantified", "kind: continuous", "", ""),
        ("kind: quantified", "kind: directional", f"{TARGETED} › value", "target_unjudged_kind"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands_and_nothing_is_added(
    run: Run, database: Database, today, before: str, after: str, where: str, code: str
):
    stored = everything(database)
    found = run(packs.examine if not code else packs.load, changed(before, after), today)
    assert ((where, code) in told(found)) is bool(code), told(found)
    assert all(problem_sentence(one.problem) for one in found.problems)
    assert everything(database) == stored


def test_a_fact_must_be_past_dated_and_shown(run: Run, today):
    fact = "  findings:\n  - state: done\n    on: 2030-01-01\n    evidence_fr: x\n    amount: 5\n"
    assert told(run(packs.load, TEXT.encode() + fact.encode(), today)) == [
        ("commitments 2 › findings 1 › on", ProblemCode.DATE_IN_FUTURE),
        ("commitments 2 › findings 1 › amount", ProblemCode.KEY_MISSING),
    ]


def test_only_who_configures_examines_or_adds(run: Run, today):
    for service in (packs.examine, packs.load):
        with pytest.raises(Forbidden):
            run(service, TEXT.encode(), today, role=Role.ADMIN)


def test_a_pack_comes_out_again_as_a_seed_even_where_another_has_its_reference(run: Run, database: Database, today):
    run(packs.load, changed("reference: FICTIVE-2025-012", "reference: VDM-2022-0737"), today)
    with database.reading() as session:
        written = dict(seeds.export(session))
    assert len(written) == 19
    assert b"FIC25-S01" in written["deliberations/neuve-vdm-2022-0737.yaml"]
    assert b"VDM22-S23" in written["deliberations/vdm-2022-0737.yaml"]


def test_a_pack_has_the_keys_of_the_seeds_and_no_other():
    assert set(RELATION.keys) == set(seeds.RELATION)
    assert set(BASELINE.keys) == {"indicator", *seeds.BASELINE}
    assert set(TARGET.keys) == {"indicator", *seeds.TARGET, "points"}
    assert set(POINT.keys) == set(seeds.POINT)
    assert set(FINDING.keys) == set(seeds.FINDING)
    assert set(ARTICLE.keys) == set(seeds.ARTICLE)
    assert set(BUDGET_LINE.keys) == set(seeds.BUDGET_LINE)
    assert set(COMMITMENT.keys) == {*seeds.COMMITMENT, "indicators", "baselines", "targets", "findings"}
    assert set(DELIBERATION.keys) == {
        *seeds.DELIBERATION,
        "schema",
        "source",
        "organisation",
        "relations",
        "articles",
        "budget_lines",
        "commitments",
    }
