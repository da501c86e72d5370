"""Audits of a service: added, read, corrected page by page, imported once, withdrawn; who may, and what is refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audits import SHARED, ara_csv, ara_json, cells
from tests.conftest import EnterAs
from tests.served import digital_service
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.rgaa import AuditKind, Conformity, ConformityReason, Ending, Rate, Result
from tracker.domain.service_problems import ServiceProblem
from tracker.domain.vocabulary import Role
from tracker.services import audit_changes, audit_imports, audit_pages, audits, rgaa_values, service_values
from tracker.services.audit_typed import AuditTyped, PageTyped, pasted_results
from tracker.services.visitor import Visitor
from tracker.store.models import Audit, JournalEntry
from tracker.store.session import Database

TOWN, NUMBER = "marseille", 41
TODAY = date(2026, 6, 1)
GOOD = " ".join(cells("C"))
HALF = " ".join(cells("C NC"))
FULL = AuditTyped(
    kind="full",
    rgaa="4.1",
    audited_on="01/03/2025",
    published_on="15/03/2025",
    auditor="Cabinet fictif",
    pages=(PageTyped("Accueil", "https://ville.example", pasted=HALF), PageTyped("Plan", pasted=GOOD)),
)
SEVERAL = {SHARED: cells("NT NC NT"), "Accueil": cells("C C NA NC"), "Contact": cells("C NA NA C C")}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def lead(session: Session, enter_as: EnterAs) -> Visitor:
    visitor = enter_as(session, Role.REFERENT, TOWN)
    digital_service(session, visitor.organisation, number=NUMBER, name="Site de test")
    return visitor


def told(session: Session, action: JournalAction) -> list[tuple[str, dict[str, str], str]]:
    rows = session.scalars(select(JournalEntry).where(JournalEntry.action == action).order_by(JournalEntry.id)).all()
    return [(one.subject, json.loads(one.after), one.comment) for one in rows if "service-41" in one.subject]


def problems(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, ProblemCode]:
    return {one.where: one.code for one in refused.value.problems}


def test_an_audit_is_added_read_and_told(session: Session, lead: Visitor):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    found = audits.sheet(session, lead, NUMBER, number)
    assert (found.audit.rate, found.audit.is_complete) == (Rate(53, 106, 0), True)
    assert [one.rate.met for one in found.audit.pages] == [53, 106]
    assert (found.audit.validity.until, found.audit.validity.ending) == (date(2028, 3, 15), Ending.THREE_YEARS)
    listed = audits.listed(session, lead, NUMBER, TODAY, date(2026, 7, 1))
    assert (listed.standing.conformity, listed.standing.reason) == (Conformity.PARTIAL, ConformityReason.RATE)
    assert (listed.then.until, listed.then.ending) == (date(2028, 1, 1), Ending.NEW_VERSION)
    ((subject, after, _),) = told(session, JournalAction.AUDIT_ADDED)
    assert (subject, after["audit_kind"], after["pages"]) == ("service-41-audit-1", "full", "2")


def test_the_state_flips_by_itself_on_the_day_after_the_audit_expires(session: Session, lead: Visitor):
    audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    last = date(2028, 3, 15)
    assert audits.listed(session, lead, NUMBER, last).standing.conformity is Conformity.PARTIAL
    after = audits.listed(session, lead, NUMBER, last + timedelta(days=1)).standing
    assert (after.conformity, after.reason) == (Conformity.NONE, ConformityReason.EXPIRED)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("given", "where", "code"),
    [
        ({"kind": ""}, "kind", ServiceProblem.AUDIT_KIND_MISSING),
        ({"kind": "flash"}, "kind", ProblemCode.UNKNOWN_CHOICE),
        ({"rgaa": "3"}, "rgaa", ProblemCode.UNKNOWN_CHOICE),
        ({"rgaa": "5"}, "kind", ServiceProblem.AUDIT_KIND_UNDEFINED),
        ({"rgaa": "4.0", "kind": "rapid"}, "kind", ServiceProblem.AUDIT_KIND_UNDEFINED),
        ({"audited_on": ""}, "audited_on", ServiceProblem.AUDIT_DAY_MISSING),
        ({"audited_on": "1/6/2027"}, "audited_on", ProblemCode.DAY_TO_COME),
        ({"audited_on": "1/1/2021"}, "audited_on", ServiceProblem.AUDIT_BEFORE_RGAA),
        ({"published_on": "28/02/2025"}, "published_on", ServiceProblem.AUDIT_PUBLISHED_BEFORE),
        ({"published_on": "1/6/2027"}, "published_on", ProblemCode.DAY_TO_COME),
        ({"told_rate": "101"}, "told_rate", ServiceProblem.AUDIT_RATE_RANGE),
        ({"auditor": "M. Jean Dupont"}, "auditor", ProblemCode.PERSON_NAMED),
        ({"pages": ()}, "pages", ServiceProblem.AUDIT_PAGES_MISSING),
        ({"pages": (PageTyped(" "),)}, "page-1", ServiceProblem.AUDIT_PAGE_NAME_MISSING),
        ({"pages": (PageTyped("A"), PageTyped(" A "))}, "page-2", ServiceProblem.AUDIT_PAGE_TWICE),
        (
            {"pages": (PageTyped("A", is_shared=True), PageTyped("B", is_shared=True))},
            "page-2",
            ServiceProblem.AUDIT_SHARED_TWICE,
        ),
        ({"pages": (PageTyped("A", pasted="C C"),)}, "page-1", ServiceProblem.AUDIT_RESULTS_COUNT),
        ({"pages": (PageTyped("A", pasted="C OUI"),)}, "page-1", ServiceProblem.AUDIT_RESULT_UNREADABLE),
        ({"pages": tuple(PageTyped(f"P{n}") for n in range(61))}, "pages", ServiceProblem.AUDIT_PAGES_TOO_MANY),
    ],
)
def test_what_an_audit_cannot_say_is_refused_at_its_field(session: Session, lead: Visitor, given, where, code):
    with pytest.raises(Invalid) as refused:
        audit_changes.add(session, lead, NUMBER, replace(FULL, **given), TODAY)
    assert problems(refused)[where] is code


def test_an_audit_is_corrected_once_and_a_stale_correction_quotes_what_is_stored(session: Session, lead: Visitor):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    mended = replace(FULL, audited_on="02/03/2025", told_rate="50", seen=1)
    assert audit_changes.correct(session, lead, NUMBER, number, mended, TODAY)
    assert not audit_changes.correct(session, lead, NUMBER, number, mended, TODAY)
    with pytest.raises(Conflict) as refused:
        audit_changes.correct(session, lead, NUMBER, number, replace(FULL, note="Relu", seen=1), TODAY)
    assert set(problems(refused)) == {"audited_on", "told_rate", "note"}
    assert "2 mars 2025" in str(refused.value.problems[0].values["theirs"])
    ((_, after, _),) = told(session, JournalAction.AUDIT_CHANGED)
    assert after == {"audited_on": "2025-03-02", "told_rate": "50"}
    assert audits.sheet(session, lead, NUMBER, number).audit.version == 2


def test_a_page_is_typed_result_by_result_or_pasted_whole(session: Session, lead: Visitor):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    chosen = PageTyped("Accueil", "https://ville.example", chosen={"1.2": "C", "1.4": "NA"}, seen=1)
    assert audit_pages.set_page(session, lead, NUMBER, number, 1, chosen)
    assert not audit_pages.set_page(session, lead, NUMBER, number, 1, chosen)
    page = audits.sheet(session, lead, NUMBER, number).audit.pages[0]
    assert (page.results["1.2"], page.results["1.4"], page.results["1.6"]) == (C, NA, NC)
    assert told(session, JournalAction.AUDIT_CHANGED)[0][1] == {"results": "1.2 C, 1.4 NA"}
    with pytest.raises(Conflict) as refused:
        audit_pages.set_page(session, lead, NUMBER, number, 1, replace(chosen, chosen={"1.2": "NC"}))
    assert problems(refused) == {"1.2": ProblemCode.SETTING_STALE}
    assert refused.value.problems[0].values["theirs"] == "C"
    assert audit_pages.set_page(session, lead, NUMBER, number, 1, replace(chosen, chosen=None, pasted=GOOD, seen=2))
    assert audits.sheet(session, lead, NUMBER, number).audit.rate == Rate(106, 106, 0)


def test_pages_are_added_and_taken_out_and_their_places_follow(session: Session, lead: Visitor):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    assert audit_pages.add_page(session, lead, NUMBER, number, " Contact ", 1) == 3
    assert audits.sheet(session, lead, NUMBER, number).audit.rate.untested == 53  # the other criteria are failed
    audit_pages.remove_page(session, lead, NUMBER, number, 1, 2)
    found = audits.sheet(session, lead, NUMBER, number).audit
    assert [(one.position, one.name) for one in found.pages] == [(1, "Plan"), (2, "Contact")]
    audit_pages.remove_page(session, lead, NUMBER, number, 2, 3)
    with pytest.raises(Invalid) as refused:
        audit_pages.remove_page(session, lead, NUMBER, number, 1, 4)
    assert problems(refused) == {"page": ServiceProblem.AUDIT_PAGE_LAST}
    with pytest.raises(Conflict):
        audit_pages.add_page(session, lead, NUMBER, number, "Autre", 1)


def test_a_withdrawn_audit_stays_and_counts_no_more(session: Session, lead: Visitor):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    with pytest.raises(Invalid) as refused:
        audit_changes.withdraw(session, lead, NUMBER, number, " ", 1)
    assert problems(refused) == {"reason": ProblemCode.WITHDRAWAL_REASON_MISSING}
    with pytest.raises(Conflict):
        audit_changes.withdraw(session, lead, NUMBER, number, "Mauvais service", 7)
    audit_changes.withdraw(session, lead, NUMBER, number, "Mauvais service", 1)
    listed = audits.listed(session, lead, NUMBER, TODAY)
    assert (listed.standing.reason, [one.is_withdrawn for one in listed.audits]) == (ConformityReason.NO_AUDIT, [True])
    assert told(session, JournalAction.AUDIT_CHANGED)[0][1:] == ({"is_withdrawn": "1"}, "Mauvais service")
    with pytest.raises(Invalid) as refused:
        audit_pages.add_page(session, lead, NUMBER, number, "Autre", 2)
    assert problems(refused) == {"audit": ServiceProblem.AUDIT_WITHDRAWN}


@pytest.mark.parametrize(("content", "name"), [(ara_json(SEVERAL), "rapport.json"), (ara_csv(SEVERAL), "export.csv")])
def test_the_same_file_twice_changes_nothing(session: Session, lead: Visitor, content: bytes, name: str):
    draft = audit_imports.read(content, name)
    typed = audit_imports.typed_of(draft, name)
    if not typed.audited_on:
        with pytest.raises(Invalid) as refused:
            audit_imports.take_in(session, lead, NUMBER, typed, TODAY)
        assert problems(refused) == {"audited_on": ServiceProblem.AUDIT_DAY_MISSING}
        typed = replace(typed, audited_on="2/3/2024")
    assert audit_imports.take_in(session, lead, NUMBER, typed, TODAY) == (1, True)
    before = session.scalars(select(JournalEntry.id)).all()
    assert audit_imports.take_in(session, lead, NUMBER, replace(typed, audited_on="3/3/2024"), TODAY) == (1, False)
    assert session.scalars(select(JournalEntry.id)).all() == before
    found = audits.sheet(session, lead, NUMBER, 1).audit
    assert [one.is_shared for one in found.pages] == [True, False, False]
    assert found.record.kind is AuditKind.FULL
    assert found.rate == audit_imports.reckoned(typed, TODAY).rate


def test_a_told_rate_that_differs_is_kept_beside_ours(session: Session, lead: Visitor):
    typed = audit_imports.typed_of(audit_imports.read(ara_json(SEVERAL, accessibilityRate=80), "r.json"), "r.json")
    reckoned = audit_imports.reckoned(typed, TODAY)
    assert (reckoned.agrees, reckoned.rate.value < 80) == (False, True)
    number, _ = audit_imports.take_in(session, lead, NUMBER, typed, TODAY)
    found = audits.sheet(session, lead, NUMBER, number).audit
    assert (found.told_rate, found.agrees) == (80, False)


def test_nothing_of_people_reaches_the_database(session: Session, lead: Visitor):
    typed = audit_imports.typed_of(audit_imports.read(ara_json(SEVERAL), "r.json"), "r.json")
    audit_imports.take_in(session, lead, NUMBER, typed, TODAY)
    row = session.scalars(select(Audit).where(Audit.source == "r.json")).one()
    kept = " ".join(str(getattr(row, column.key)) for column in Audit.__table__.columns)
    kept += " ".join(one.after for one in session.scalars(select(JournalEntry)))
    assert "cabinet.example" not in kept
    assert "Prénom" not in kept


def test_a_rapid_audit_gives_no_legal_state(session: Session, lead: Visitor):
    rapid = replace(FULL, kind="rapid", pages=(PageTyped("Accueil", pasted=" ".join(cells("C", AuditKind.RAPID))),))
    audit_changes.add(session, lead, NUMBER, rapid, TODAY)
    found = audits.listed(session, lead, NUMBER, TODAY)
    assert (found.standing.conformity, found.standing.reason) == (Conformity.NONE, ConformityReason.NOT_FULL)
    assert (found.audits[0].rate, found.audits[0].validity, found.then) == (Rate(25, 25, 0), None, None)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_keeps_the_services_changes_their_audits(
    session: Session, lead: Visitor, enter_as: EnterAs, role: Role
):
    number = audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    other = enter_as(session, role, TOWN)
    assert audits.listed(session, other, NUMBER, TODAY).audits
    for refused in (
        lambda: audit_changes.add(session, other, NUMBER, FULL, TODAY),
        lambda: audit_changes.correct(session, other, NUMBER, number, FULL, TODAY),
        lambda: audit_changes.withdraw(session, other, NUMBER, number, "non", 1),
        lambda: audit_changes.same(session, other, NUMBER, FULL, TODAY),
        lambda: audit_imports.take_in(session, other, NUMBER, FULL, TODAY),
        lambda: audit_pages.add_page(session, other, NUMBER, number, "P", 1),
        lambda: audit_pages.remove_page(session, other, NUMBER, number, 1, 1),
        lambda: audit_pages.set_page(session, other, NUMBER, number, 1, PageTyped("P")),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_the_audits_of_another_town_are_not_there(session: Session, lead: Visitor, enter_as: EnterAs):
    audit_changes.add(session, lead, NUMBER, FULL, TODAY)
    elsewhere = enter_as(session, Role.REFERENT, "amp")
    for asked in (
        lambda: audits.listed(session, elsewhere, NUMBER, TODAY),
        lambda: audits.sheet(session, elsewhere, NUMBER, 1),
        lambda: audit_changes.add(session, elsewhere, NUMBER, FULL, TODAY),
        lambda: audit_pages.remove_page(session, lead, NUMBER, 1, 9, 1),
        lambda: audits.sheet(session, lead, NUMBER, 2),
    ):
        with pytest.raises(NotFound):
            asked()


def test_the_audits_of_the_demonstration_give_the_indicators_of_a_year(session: Session, enter_as: EnterAs):
    visitor = enter_as(session, Role.REFERENT, "demonstration")
    given = {one.code: one for one in rgaa_values.given(session, visitor.organisation, 2025, TODAY)}
    online = given["ACC-02"].denominator
    assert (given["ACC-01"].numerator, given["ACC-01"].denominator) == (Decimal("1.886735"), 3)
    assert (given["ACC-02"].numerator, given["ACC-03"].numerator) == (2, 0)
    assert given["ACC-01"].coverage == round(100 * Decimal(3) / online, 1)
    assert "3 services en ligne sur" in given["ACC-01"].comment
    offer = next(
        one for one in service_values.offered(session, visitor, 2025, TODAY).listed if one.value.code == "ACC-01"
    )
    assert (offer.entry.value, offer.problems) == (Decimal("62.891167"), ())
    later = {one.code: one for one in rgaa_values.given(session, visitor.organisation, 2026, TODAY)}
    assert later["ACC-01"].denominator == 2  # the audit of early 2023 expired in March 2026
    empty = rgaa_values.given(session, enter_as(session, Role.REFERENT).organisation, 2025, TODAY)
    assert all(one.withheld and one.numerator is None for one in empty)


C, NC, NA, NT = Result
THREE = ("1.1", "1.2", "4.10")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C NC NA", [C, NC, NA]),
        ("c\nnc\nn/a", [C, NC, NA]),
        ("C;NT;C", [C, NT, C]),
        ("Conforme\nNon conforme\nNon testé", [C, NC, NT]),
        ("4.10 NA\n1.1 C\n1.2 NC", [C, NC, NA]),
        ("1.1\tC\n1.2\tNC\n4.10\tNA", [C, NC, NA]),
        ("C NC", None),
        ("C NC NA NA", None),
        ("1.1 C\n1.2 C\n1.3 C", None),
        ("C NC peut-être", None),
    ],
)
def test_results_are_pasted_as_letters_words_or_lines(text: str, found):
    read = pasted_results(text, THREE)
    assert ([read[one] for one in THREE] if isinstance(read, dict) else None) == found
