"""What is published: as it was known on the day of the decision, for whom, and by one person at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.conftest import PASSWORD, TODAY
from tests.integration.helpers import everything, number_of
from tests.unit.test_packs_read import TEXT
from tracker.config.paths import bundled
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.publications import PublicationState
from tracker.domain.vocabulary import FindingState, PublicationScope, Role, Status
from tracker.labels.journal import shown
from tracker.labels.publications import change_sentences
from tracker.services import findings, instance, measurements, packs, practices, publications, published
from tracker.services.findings import FindingDraft
from tracker.services.practices import PracticeDraft
from tracker.services.publications import PublicationDraft
from tracker.store.models import JournalEntry, Publication
from tracker.store.session import Database

Run = Callable[..., Any]
ALL = PublicationDraft(scope="everything", has_values=True, note="Premier bilan")
HOME, YEAR = "marseille", 2025
PRACTICE = "VDM22-G03"


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    """Take place on the day of the tests: what is decided is dated by the clock."""
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        yield


@pytest.fixture
def run(database: Database, enter_as, today: date) -> Run:
    """Give the function that calls a service in a transaction of its own, as a role of Marseille."""

    def call(service: Callable[..., Any], *given: Any, role: Role = Role.REFERENT, on: date = today) -> Any:
        with database.transaction() as session:
            return service(session, enter_as(session, role, HOME), *given, on)

    return call


@pytest.fixture
def type_(database: Database, enter_as, today: date) -> Callable[[str, str, int], None]:
    def record(code: str, value: str, seen: int) -> None:
        with database.transaction() as session:
            draft = Draft(code, value=value, seen=seen)
            measurements.record(session, enter_as(session, Role.REFERENT, HOME), YEAR, [draft], today)

    return record


def read(database: Database, today: date, slug: str = HOME, year: int = YEAR) -> published.Edition:
    with database.reading() as session:
        found = published.find(session, slug, today)
        return published.edition(session, found.row, found.version(year))


def value(edition: published.Edition, code: str = "SOB-06") -> Decimal | None:
    return edition.sheet(code).aim.value(YEAR)


def test_nothing_of_a_real_organisation_is_published_by_default(database: Database, today: date):
    with database.reading() as session:
        assert [one.organisation.slug for one in published.listed(session, today)] == ["demonstration"]
        for slug in ("marseille", "amp", "nowhere", "\x00"):
            with pytest.raises(NotFound):
                published.find(session, slug, today)


def test_the_demonstration_is_published_once_however_often_it_is_set_up(database: Database):
    before = everything(database)
    instance.initialise(database, bundled("seeds"), demo=True, password=PASSWORD)
    assert everything(database) == before
    assert number_of(database, Publication) == 1


def test_a_later_correction_does_not_slip_out_before_it_is_published(run: Run, type_, database: Database, today: date):
    type_("SOB-06", "5,4", 0)
    assert run(publications.publish, YEAR, ALL)
    type_("SOB-06", "6,1", 1)
    assert value(read(database, today)) == Decimal("5.4")
    assert run(publications.publish, YEAR, PublicationDraft("everything", has_values=True, seen=1))
    assert value(read(database, today)) == Decimal("6.1")
    with database.reading() as session:
        found = published.find(session, HOME, today)
        latest, first = published.entries(session, found)
    assert [latest.version.version, first.version.version] == [2, 1]
    assert latest.changes is not None
    assert "Durée d’usage moyenne des ordinateurs, 2025\u00a0: 5,4\u00a0ans → 6,1\u00a0ans." in change_sentences(
        latest.changes
    )


def test_the_patience_of_a_practice_changed_since_does_not_judge_what_was_published(
    run: Run, database: Database, today: date
):
    run(findings.record, PRACTICE, FindingDraft(FindingState.OBSERVED, date(2025, 3, 10), "Compte rendu"))
    assert run(publications.publish, YEAR, ALL)
    run(lambda session, lead, _: practices.set_practice(session, lead, PRACTICE, PracticeDraft("6")))
    assert read(database, today).card(PRACTICE).status is Status.ON_TRACK  # nine months of the twelve
    assert run(publications.publish, YEAR, replace(ALL, seen=1))
    assert read(database, today).card(PRACTICE).status is Status.WATCH


def test_a_text_voted_before_a_publication_and_taken_in_after_is_not_in_it(run: Run, database: Database, today: date):
    assert run(publications.publish, YEAR, ALL)
    assert not run(packs.load, TEXT.encode()).problems  # voted in March 2025
    with pytest.raises(NotFound):
        read(database, today).card("FIC25-S01")
    assert run(publications.publish, YEAR, replace(ALL, seen=1))
    assert read(database, today).card("FIC25-S01").commitment.deliberation.adopted_on.year == YEAR


def test_readers_of_flagships_without_values_get_neither_the_rest_nor_the_indicators(
    run: Run, type_, database: Database, today: date
):
    type_("SOB-06", "5,4", 0)
    run(publications.publish, YEAR, PublicationDraft("flagships"))
    edition = read(database, today)
    assert edition.scorecard.cards
    assert all(card.commitment.is_flagship for card in edition.scorecard.cards)
    with pytest.raises(NotFound):
        edition.sheet("SOB-06")
    with pytest.raises(NotFound):
        edition.card("VDM22-C02" if edition.scorecard.card("VDM22-C02") is None else "NOPE")


def test_a_planned_year_is_read_from_its_day_and_says_nothing_before(run: Run, database: Database, today: date):
    day = today + timedelta(days=3)
    run(publications.publish, YEAR, PublicationDraft("everything", visible_from=day.strftime("%d/%m/%Y")))
    with database.reading() as session, pytest.raises(NotFound):
        published.find(session, HOME, today)
    assert read(database, day).scorecard.year == YEAR
    states = {one.year: one.state for one in run(publications.years)}
    assert states[YEAR] is PublicationState.PLANNED
    assert states[YEAR - 1] is PublicationState.UNPUBLISHED


def test_a_year_taken_back_says_so_with_its_reason_and_can_come_back(run: Run, database: Database, today: date):
    run(publications.publish, YEAR, ALL)
    with pytest.raises(Invalid) as refused:
        run(publications.withdraw, YEAR, " ", 1)
    assert [one.code for one in refused.value.problems] == [ProblemCode.PUBLICATION_REASON_MISSING]
    assert run(publications.withdraw, YEAR, "Une valeur est fausse.", 1)
    assert not run(publications.withdraw, YEAR, "Une valeur est fausse.", 2)
    with database.reading() as session:
        found = published.find(session, HOME, today)
        assert found.version(YEAR).is_withdrawn
        assert found.visible == []
        assert [one.edition is None for one in published.entries(session, found)] == [True, False]
        assert HOME not in {one.organisation.slug for one in published.listed(session, today)}
    run(publications.publish, YEAR, PublicationDraft("everything", seen=2))
    assert not read(database, today).version.is_withdrawn


def test_a_year_that_was_never_published_cannot_be_taken_back(run: Run):
    with pytest.raises(NotFound):
        run(publications.withdraw, YEAR, "Erreur", 0)


@pytest.mark.parametrize(
    ("year", "draft", "code"),
    [
        (2026, ALL, ProblemCode.YEAR_NOT_OVER),
        (YEAR, PublicationDraft("everything", visible_from="21/11/2026"), ProblemCode.VISIBLE_IN_PAST),
        (YEAR, PublicationDraft("everything", visible_from="32/11/2026"), ProblemCode.DATE_UNREADABLE),
        (YEAR, PublicationDraft("everything", visible_from="01/01/2031"), ProblemCode.DATE_TOO_FAR),
        (YEAR, PublicationDraft("nothing"), ProblemCode.UNKNOWN_CHOICE),
        (YEAR, PublicationDraft("everything", note="é" * 501), ProblemCode.TOO_LONG),
        (2001, ALL, ProblemCode.NOTHING_TO_PUBLISH),
    ],
)
def test_what_cannot_be_published_is_refused_and_nothing_is_written(
    run: Run, database: Database, year: int, draft: PublicationDraft, code: ProblemCode
):
    before = everything(database)
    with pytest.raises(Invalid) as refused:
        run(publications.publish, year, draft)
    assert [one.code for one in refused.value.problems] == [code]
    assert everything(database) == before


def test_the_journal_tells_what_was_published_and_taken_back_by_whom(run: Run, database: Database):
    run(publications.publish, YEAR, ALL)
    run(publications.withdraw, YEAR, "Une valeur est fausse.", 1)
    with database.reading() as session:
        lines = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(2)).all()
    taken, made = lines
    assert (taken.action, taken.year, taken.comment) == (JournalAction.YEAR_WITHDRAWN, YEAR, "Une valeur est fausse.")
    assert (made.action, made.actor) == (JournalAction.YEAR_PUBLISHED, "Dominique Référent (fictif)")
    told = shown(made.action, made.after)
    assert "portée\u00a0: tous les engagements" in told
    assert "se lit dès le\u00a0: 22 novembre 2026" in told


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_publishes_decides_or_looks_at_what_is_prepared(run: Run, role: Role):
    for service, given in (
        (publications.years, ()),
        (publications.preparation, (YEAR,)),
        (partial(publications.preview, has_values=True), (YEAR, PublicationScope.EVERYTHING)),
        (publications.current_edition, (YEAR,)),
        (publications.publish, (YEAR, ALL)),
        (publications.withdraw, (YEAR, "Erreur", 0)),
    ):
        with pytest.raises(Forbidden):
            run(service, *given, role=role)


def test_a_second_decision_on_an_old_page_is_a_conflict_that_names_who_came_first(run: Run, database: Database):
    run(publications.publish, YEAR, ALL)
    assert run(publications.publish, YEAR, ALL) is False  # the same click twice
    before = everything(database)
    for service, given in (
        (publications.publish, (YEAR, PublicationDraft("flagships"))),
        (publications.withdraw, (YEAR, "Erreur", 0)),
    ):
        with pytest.raises(Conflict) as refused:
            run(service, *given)
        assert refused.value.problems[0].values["author"] == "Dominique Référent (fictif)"
    assert everything(database) == before


def test_of_six_people_who_publish_at_once_one_does(run: Run, database: Database):
    start = Barrier(6)

    def work(number: int) -> object:
        start.wait(30)
        try:
            return run(publications.publish, YEAR, PublicationDraft("everything", note=f"Note {number}"))
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(work, range(6)))
    assert [one for one in outcomes if one is True] == [True]
    assert sum(isinstance(one, Conflict) for one in outcomes) == 5
    assert number_of(database, Publication) == 2  # with the demonstration's


def test_the_preparation_counts_what_would_be_read_and_warns_of_an_open_campaign(
    database: Database, enter_as, today: date
):
    with database.reading() as session:
        lead = enter_as(session, Role.REFERENT, "demonstration")
        found = publications.preparation(session, lead, 2025, today)
        closed = publications.preparation(session, lead, 2024, today)
        edition = publications.preview(session, lead, 2025, PublicationScope.EVERYTHING, today, has_values=True)
    assert found.warnings is not None
    assert found.warnings.uncounted + found.warnings.kept > 0
    assert closed.warnings is None
    assert closed.seen == 1
    assert found.extents[PublicationScope.EVERYTHING].commitments == len(edition.scorecard.cards) == 38
    assert found.extents[PublicationScope.FLAGSHIPS].commitments < 38


def test_a_published_year_is_read_in_few_queries(database: Database, today: date):
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    read(database, today, "demonstration", 2024)
    assert sum(one.lstrip().upper().startswith("SELECT") for one in asked) <= 8
