"""The words of an authority in its report: versions, drafts that somebody accepts, an order that holds every year."""

import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.helpers import everything
from tracker.domain.completeness import Family, Presence
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.report_order import told
from tracker.domain.vocabulary import Role
from tracker.exports.paper import Paragraph, letters
from tracker.reports.report import compose
from tracker.services import report_order, report_texts
from tracker.services.completeness import completeness
from tracker.services.report_texts import TextDraft
from tracker.services.reviews import review
from tracker.store.models import JournalEntry

HOME = "marseille"
YEAR = 2025
DRAFTED = TextDraft("Une **analyse**.", is_draft=True)
FINAL = TextDraft("Une **analyse** relue.", is_draft=False, seen=1)


@pytest.fixture
def act(database, enter_as):
    """Call a service in a transaction of its own, as a role."""

    def go(service, *given, role=Role.REFERENT, slug=HOME, **named):
        with database.transaction() as session:
            return service(session, enter_as(session, role, slug), *given, **named)

    return go


@pytest.fixture
def report(database, enter_as, today):
    """Give the report of the year as it is composed, with its words."""

    def go(year=YEAR, slug=HOME):
        with database.reading() as session:
            visitor = enter_as(session, Role.ELU, slug)
            places = report_texts.places(session, visitor.organisation, year)
            return compose(review(session, visitor, year, today), places)

    return go


def opening(chapter):
    """Give the words of the first paragraph of a chapter."""
    return next(letters(block.spans) for block in chapter.blocks if isinstance(block, Paragraph))


def chapter(found, code):
    return next(one for one in found.chapters if one.code == code)


def test_a_draft_of_an_agent_enters_the_report_once_the_lead_stores_it_as_a_text(act, report, today, database):
    before = opening(chapter(report(), "analysis"))
    assert act(report_texts.save, YEAR, "analysis", DRAFTED, today, role=Role.AGENT)
    assert opening(chapter(report(), "analysis")) == before
    assert act(report_texts.drafts, YEAR).keys() == {"analysis"}
    assert act(report_texts.drafts, YEAR, role=Role.ELU) == {}
    with pytest.raises(Forbidden):
        act(report_texts.save, YEAR, "analysis", FINAL, today, role=Role.AGENT)
    assert act(report_texts.save, YEAR, "analysis", FINAL, today)
    assert not act(report_texts.save, YEAR, "analysis", FINAL, today)
    assert opening(chapter(report(), "analysis")) == "Une analyse relue."
    assert act(report_texts.drafts, YEAR) == {}
    found = act(report_texts.sheet, YEAR, "analysis", today, role=Role.AGENT)
    assert [(one.number, one.is_draft, one.author) for one in found.versions] == [
        (2, False, "Dominique Référent (fictif)"),
        (1, True, "Alix Agent (fictif)"),
    ]
    with database.reading() as session:
        actions = (JournalAction.REPORT_DRAFTED, JournalAction.REPORT_WRITTEN)
        rows = session.scalars(
            select(JournalEntry)
            .where(JournalEntry.action.in_(actions), JournalEntry.year == YEAR)
            .order_by(JournalEntry.id.desc())
            .limit(2)
        )
        lines = [(row.action, row.subject, json.loads(row.after)["characters"]) for row in rows]
    assert lines == [(actions[1], "Analyse", "22"), (actions[0], "Analyse", "16")]
    for statement in ("DELETE FROM report_text", "UPDATE report_text SET text_fr = 'x'"):
        with pytest.raises(DBAPIError, match="report_text is append-only"), database.transaction() as session:
            session.execute(text(statement))


def test_a_text_that_is_emptied_says_nothing_and_keeps_its_versions(act, report, today):
    before = opening(chapter(report(), "analysis"))
    act(report_texts.save, YEAR, "analysis", TextDraft("Mots.", is_draft=False), today)
    assert act(report_texts.save, YEAR, "analysis", TextDraft("", is_draft=False, seen=1), today)
    assert opening(chapter(report(), "analysis")) == before
    assert len(act(report_texts.sheet, YEAR, "analysis", today).versions) == 2
    assert not act(report_texts.save, YEAR, "means", TextDraft("  ", is_draft=False), today)


def test_the_last_text_of_an_earlier_year_is_suggested(act, today):
    act(report_texts.save, 2022, "means", TextDraft("Les moyens de 2022.", is_draft=False), today)
    act(report_texts.save, 2023, "means", TextDraft("Un brouillon de 2023.", is_draft=True), today)
    found = act(report_texts.sheet, YEAR, "means", today)
    assert (found.earlier.year, found.earlier.text) == (2022, "Les moyens de 2022.")
    assert act(report_texts.sheet, 2022, "means", today).earlier is None


def test_what_cannot_be_stored_is_refused_and_writes_nothing(act, today, database):
    act(report_texts.save, YEAR, "means", TextDraft("Un.", is_draft=False), today)
    before = everything(database)
    for kind, year, section, draft, role in (
        (Forbidden, YEAR, "means", TextDraft("Deux.", seen=1), Role.ELU),
        (NotFound, YEAR, "nothing", TextDraft("Deux."), Role.REFERENT),
        (NotFound, 2027, "means", TextDraft("Deux."), Role.REFERENT),
        (Invalid, YEAR, "means", TextDraft("# Deux", seen=1), Role.REFERENT),
        (Invalid, YEAR, "means", TextDraft("x" * 20_001, seen=1), Role.REFERENT),
        (Invalid, YEAR, "means", TextDraft("Pilote : **Mme Marie Durand**.", seen=1), Role.REFERENT),
        (Invalid, YEAR, "means", TextDraft("[Écrire](mailto:marie.durand@ville.example)", seen=1), Role.AGENT),
        (Conflict, YEAR, "means", TextDraft("Deux.", is_draft=False, seen=0), Role.REFERENT),
    ):
        with pytest.raises(kind):
            act(report_texts.save, year, section, draft, today, role=role)
    assert everything(database) == before
    with pytest.raises(Conflict) as caught:
        act(report_texts.save, YEAR, "means", TextDraft("> Deux.", is_draft=False, seen=0), today)
    assert [one.code for one in caught.value.problems] == [ProblemCode.REPORT_TEXT_STALE, ProblemCode.REPORT_QUOTE]


def test_sections_move_and_hide_for_every_year_and_a_stale_order_is_refused(act, report, database):
    codes = list(report_order.SECTIONS)
    seen = " ".join(codes)
    assert act(report_order.arrange, "governance", "up", seen)
    with pytest.raises(Conflict):
        act(report_order.arrange, "governance", "up", seen)
    with database.reading() as session:
        seen = told(report_order.order(session, act(lambda _, visitor: visitor.organisation)))
    assert seen.startswith("governance identity")
    assert not act(report_order.arrange, "governance", "up", seen)
    assert act(report_order.arrange, "identity", "hide", seen)
    for year in (2024, YEAR):
        assert [one.code for one in report(year).chapters] == ["governance", *codes[2:]]
    with database.reading() as session:
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert (line.action, json.loads(line.after)) == (JournalAction.REPORT_ARRANGED, {"is_hidden": "1"})
    before = everything(database)
    for kind, section, move, role in (
        (Forbidden, "means", "up", Role.AGENT),
        (NotFound, "nothing", "up", Role.REFERENT),
        (Invalid, "means", "sideways", Role.REFERENT),
    ):
        with pytest.raises(kind):
            act(report_order.arrange, section, move, seen, role=role)
    assert everything(database) == before


def test_the_completeness_of_each_organisation_is_honest(database, enter_as, today):
    counts, kept = {}, {}
    with database.reading() as session:
        for slug in ("demonstration", "amp", "marseille"):
            visitor = enter_as(session, Role.ELU, slug)
            found = completeness(session, visitor.organisation, review(session, visitor, YEAR, today))
            counts[slug] = found.counts
            kept[slug] = {one.item.code: one for one in found.checks}
    for slug in ("amp", "marseille"):  # nobody measured anything yet
        assert counts[slug][Presence.MISSING] > counts[slug][Presence.PRESENT]
        assert kept[slug]["indicators"].presence is Presence.MISSING
        assert kept[slug]["duty:agec-58"].presence is Presence.MISSING
        assert kept[slug]["impact"].presence is Presence.MISSING
        assert kept[slug]["identity"].presence is Presence.PRESENT
    town = kept["demonstration"]
    assert counts["demonstration"][Presence.PRESENT] > 20
    assert town["uses"].presence is Presence.PRESENT  # a text describes them
    assert town["analysis"].presence is Presence.WEAK  # its text is a draft
    assert town["measures"].presence is Presence.PRESENT
    assert {one.item.family for one in town.values()} == set(Family)
