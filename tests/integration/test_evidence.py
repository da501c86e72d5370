"""Attached files: kept as sent, replaced and withdrawn without a trace being lost, within the quota, for their own."""

import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.integration.helpers import everything
from tests.integration.test_concurrency import one_inside_the_other, outcome, together
from tests.unit.test_evidence import pdf, png
from tracker.domain import subjects
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role, SubjectKind
from tracker.services import evidence
from tracker.services.evidence import Sent, Shelf
from tracker.store.files import DamagedFile, FileStore
from tracker.store.models import Evidence, JournalEntry
from tracker.web.platform.numbers import LAST_NUMBER

VALUE = subjects.value_of("SOB-06", 2025)
PROMISE = subjects.commitment("VDM22-C02")
LED, OTHERS = subjects.action("A2025-05", 2025), subjects.action("A2025-03", 2025)
QUOTA = 1_000_000


@pytest.fixture
def shelf(tmp_path):
    return Shelf(FileStore(tmp_path / "files"), QUOTA)


@pytest.fixture
def attach(database, enter_as, shelf, today):
    def go(
        content=b"Relev\xc3\xa9 du parc",
        name="releve.txt",
        note="",
        subject=VALUE,
        role=Role.AGENT,
        slug="marseille",
        replaces=0,
        onto=None,
        meanwhile=lambda: None,
    ):
        with database.transaction() as session:
            is_new = evidence.attach(
                session,
                enter_as(session, role, slug),
                onto or shelf,
                subject,
                Sent(name, content, note),
                today,
                replaces=replaces,
            )
            meanwhile()
        return is_new

    return go


@pytest.fixture
def withdraw(database, enter_as, today):
    def go(number, reason="Mauvaise année", role=Role.AGENT, slug="marseille"):
        with database.transaction() as session:
            return evidence.withdraw(session, enter_as(session, role, slug), number, reason, today)

    return go


def rows(database):
    with database.reading() as session:
        return session.scalars(select(Evidence).order_by(Evidence.position, Evidence.revision)).all()


def lines(database, last):
    with database.reading() as session:
        found = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(last)).all()
        return [(row.action, row.subject, row.year, row.before, row.after, row.comment) for row in reversed(found)]


def codes(refusal):
    return [(problem.where, problem.code) for problem in refusal.value.problems]


# Attaching


def test_a_file_is_kept_as_it_was_sent_with_its_line_in_the_journal(database, attach, shelf):
    assert attach(pdf(), "C:\\Mes documents\\Relevé\r\n 2025.pdf", "  Inventaire  ")
    (row,) = rows(database)
    assert (row.name, row.media_type, row.size) == ("Relevé 2025.pdf", "application/pdf", len(pdf()))
    assert (row.position, row.revision, row.note, row.author) == (1, 1, "Inventaire", "Alix Agent (fictif)")
    assert shelf.files.open(row.sha256) == pdf()
    told = json.dumps({"file": row.name, "size": str(row.size), "digest": row.sha256[:12]}, ensure_ascii=False)
    assert lines(database, 1) == [(JournalAction.EVIDENCE_ATTACHED, "SOB-06", 2025, "", told, "Inventaire")]


def test_the_same_file_sent_twice_in_a_row_is_one(database, attach):
    assert attach()
    assert not attach()
    assert len(rows(database)) == 1


def test_a_commitment_takes_files_from_who_records_facts_on_it_and_from_nobody_else(database, attach):
    assert attach(subject=PROMISE, role=Role.REFERENT)
    for role in (Role.AGENT, Role.ELU, Role.ADMIN):
        with pytest.raises(Forbidden):
            attach(png(), "autre.png", subject=PROMISE, role=role)
    assert [row.subject_code for row in rows(database)] == ["VDM22-C02"]


def test_an_action_takes_files_from_the_department_that_leads_it_and_from_who_plans_and_all_read_them(
    database, attach, withdraw, enter_as
):
    where = {"slug": "demonstration"}
    assert attach(subject=LED, note="Contrat signé", **where)
    assert attach(png(), "photo.png", subject=OTHERS, role=Role.REFERENT, **where)
    for subject, role in ((OTHERS, Role.AGENT), (LED, Role.ELU), (LED, Role.ADMIN)):
        with pytest.raises(Forbidden):
            attach(b"autre", subject=subject, role=role, **where)
    first, second = rows(database)
    assert [(row.subject_kind, row.subject_code, row.subject_year) for row in (first, second)] == [
        (SubjectKind.ACTION, "A2025-05", 2025),
        (SubjectKind.ACTION, "A2025-03", 2025),
    ]
    assert lines(database, 2)[0][:3] == (JournalAction.EVIDENCE_ATTACHED, "A2025-05", 2025)
    with database.reading() as session:
        [piece] = evidence.pieces(session, enter_as(session, Role.ELU, "demonstration"), LED)
    assert piece.last.note == "Contrat signé"
    with pytest.raises(Forbidden):
        withdraw(second.id, **where)
    assert withdraw(first.id, **where)


@pytest.mark.parametrize("role", [Role.ELU, Role.ADMIN])
def test_who_may_not_enter_a_value_attaches_nothing_to_it(database, attach, shelf, role, tmp_path):
    with pytest.raises(Forbidden):
        attach(role=role)
    assert rows(database) == []
    assert not (tmp_path / "files").exists()


def test_an_agent_attaches_nothing_to_an_indicator_that_is_not_theirs(attach):
    with pytest.raises(Forbidden):
        attach(subject=subjects.value_of("GOV-07", 2025), slug="demonstration")


@pytest.mark.parametrize(
    "subject",
    [
        subjects.value_of("RIEN", 2025),
        subjects.value_of("SOB-06", 2031),
        subjects.value_of("SOB-06", 0),
        subjects.commitment("AMP23-S06"),
        subjects.campaign(2025),
        subjects.action("A2025-05", 2025),
    ],
)
def test_nothing_is_attached_to_what_the_organisation_does_not_have(database, attach, subject):
    with pytest.raises(NotFound):
        attach(subject=subject, role=Role.REFERENT)
    assert rows(database) == []


def test_everything_wrong_with_a_file_and_its_note_is_said_at_once_and_nothing_is_kept(database, attach, tmp_path):
    before = everything(database)
    with pytest.raises(Invalid) as refused:
        attach(b"<html><script>alert(1)</script></html>", "releve.pdf", "x" * 501)
    assert codes(refused) == [("file", ProblemCode.FILE_TYPE_REFUSED), ("note", ProblemCode.TOO_LONG)]
    with pytest.raises(Invalid) as refused:
        attach(None, "")
    assert codes(refused) == [("file", ProblemCode.FILE_MISSING)]
    assert everything(database) == before
    assert not (tmp_path / "files").exists()


def test_a_disk_that_refuses_is_said_in_words_and_no_row_is_written(database, attach, tmp_path):
    (tmp_path / "wall").write_text("a file where the folder should be")
    with pytest.raises(Invalid) as refused:
        attach(onto=Shelf(FileStore(tmp_path / "wall" / "files"), QUOTA))
    assert codes(refused) == [("file", ProblemCode.FILE_NOT_KEPT)]
    assert rows(database) == []


def test_a_transaction_that_fails_leaves_no_row_and_a_file_that_counts_for_nothing(database, attach, shelf):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        attach(meanwhile=fail)
    assert rows(database) == []
    assert attach()
    (row,) = rows(database)
    assert shelf.files.open(row.sha256)


# Replacing and withdrawing


def test_a_replaced_file_stays_readable_and_its_place_keeps_its_whole_story(database, attach, shelf, enter_as):
    attach(png(), "photo.png")
    attach(b"un", "releve.txt", "premier")
    first = rows(database)[1]
    assert attach(b"deux", "releve corrige.txt", "second", replaces=first.id, role=Role.REFERENT)
    assert [(row.position, row.revision, row.name) for row in rows(database)] == [
        (1, 1, "photo.png"),
        (2, 1, "releve.txt"),
        (2, 2, "releve corrige.txt"),
    ]
    with database.reading() as session:
        photo, releve = evidence.pieces(session, enter_as(session), VALUE)
    assert (photo.last.name, photo.earlier) == ("photo.png", [])
    assert (releve.last.note, [row.note for row in releve.earlier]) == ("second", ["premier"])
    assert shelf.files.open(first.sha256) == b"un"
    (line,) = lines(database, 1)
    assert '"releve.txt"' in line[3]
    assert '"releve corrige.txt"' in line[4]


def test_a_withdrawn_file_says_so_for_good_and_can_still_be_read(database, attach, withdraw, shelf):
    attach(b"un")
    (row,) = rows(database)
    assert withdraw(row.id, " Mauvaise année ")
    kept, gone = rows(database)
    assert (gone.is_withdrawn, gone.note, gone.revision, gone.sha256) == (True, "Mauvaise année", 2, kept.sha256)
    assert not kept.is_withdrawn
    assert shelf.files.open(kept.sha256) == b"un"
    assert lines(database, 1)[0][0] is JournalAction.EVIDENCE_WITHDRAWN
    assert not withdraw(row.id)
    assert not withdraw(gone.id)
    assert len(rows(database)) == 2


def test_a_withdrawal_needs_a_reason_and_the_right_to_attach(database, attach, withdraw):
    attach()
    (row,) = rows(database)
    with pytest.raises(Invalid) as refused:
        withdraw(row.id, "  ")
    assert codes(refused) == [("reason", ProblemCode.WITHDRAWAL_REASON_MISSING)]
    with pytest.raises(Forbidden):
        withdraw(row.id, role=Role.ELU)
    assert len(rows(database)) == 1


def test_what_was_replaced_meanwhile_is_not_withdrawn_unseen_and_what_was_withdrawn_is_not_replaced(
    database, attach, withdraw
):
    attach(b"un")
    first = rows(database)[0]
    attach(b"deux", replaces=first.id)
    with pytest.raises(Conflict) as refused:
        withdraw(first.id)
    assert codes(refused) == [("reason", ProblemCode.FILE_REPLACED)]
    withdraw(rows(database)[1].id)
    with pytest.raises(Conflict) as refused:
        attach(b"trois", replaces=first.id)
    assert codes(refused) == [("file", ProblemCode.FILE_WITHDRAWN)]
    assert len(rows(database)) == 3


def test_a_file_that_was_withdrawn_can_be_attached_again_as_a_new_one(database, attach, withdraw):
    attach()
    withdraw(rows(database)[0].id)
    assert attach()
    assert [(row.position, row.is_withdrawn) for row in rows(database)] == [(1, False), (1, True), (2, False)]


def test_another_organisation_has_none_of_these_files(database, attach, withdraw, enter_as):
    attach()
    (row,) = rows(database)
    with pytest.raises(NotFound):
        withdraw(row.id, role=Role.REFERENT, slug="amp")
    with pytest.raises(NotFound):
        attach(b"autre", replaces=row.id, role=Role.REFERENT, slug="demonstration")
    with database.reading() as session:
        assert evidence.find(session, enter_as(session, Role.ELU), row.id).sha256 == row.sha256
        for slug, number in (("amp", row.id), ("marseille", row.id + 1), ("marseille", LAST_NUMBER), ("marseille", 0)):
            with pytest.raises(NotFound):
                evidence.find(session, enter_as(session, Role.REFERENT, slug), number)
        assert evidence.pieces(session, enter_as(session, Role.REFERENT, "amp"), VALUE) == []


@pytest.mark.parametrize("change", ["UPDATE evidence SET note = 'x'", "DELETE FROM evidence"])
def test_the_database_itself_refuses_to_rewrite_what_was_attached(database, attach, change):
    attach()
    before = everything(database)
    with pytest.raises(DBAPIError, match="evidence is append-only"), database.transaction() as session:
        session.execute(text(change))
    assert everything(database) == before


# The quota


def test_the_quota_is_refused_in_figures_and_counts_each_content_once(database, attach, shelf):
    small = Shelf(shelf.files, 1000)
    attach(b"a" * 600, "un.txt", onto=small)
    attach(b"a" * 600, "le meme.txt", onto=small)
    with pytest.raises(Invalid) as refused:
        attach(b"b" * 401, "deux.txt", onto=small)
    (problem,) = refused.value.problems
    assert (problem.code, dict(problem.values)) == (
        ProblemCode.FILE_OVER_QUOTA,
        {"size": 401, "left": 400, "quota": 1000},
    )
    assert attach(b"b" * 400, "deux.txt", onto=small)
    assert len(rows(database)) == 3


def test_the_quota_of_one_organisation_is_not_eaten_by_another(attach, shelf):
    small = Shelf(shelf.files, 1000)
    attach(b"a" * 900, "un.txt", onto=small)
    assert attach(b"b" * 900, "deux.txt", onto=small, slug="demonstration")


def test_two_files_at_once_that_do_not_fit_together_are_not_both_taken(database, attach, shelf):
    small = Shelf(shelf.files, 1000)
    won, lost = one_inside_the_other(
        lambda meanwhile: attach(b"a" * 600, "un.txt", onto=small, meanwhile=meanwhile),
        lambda: attach(b"b" * 600, "deux.txt", onto=small, role=Role.REFERENT),
    )
    assert won is True
    assert isinstance(lost, Invalid)
    assert lost.problems[0].code is ProblemCode.FILE_OVER_QUOTA
    assert [row.name for row in rows(database)] == ["un.txt"]


# Several people at once


def test_two_people_who_replace_the_same_file_at_once_are_both_kept_one_after_the_other(database, attach):
    attach(b"un")
    (first,) = rows(database)
    one, other = one_inside_the_other(
        lambda meanwhile: attach(b"deux", replaces=first.id, meanwhile=meanwhile),
        lambda: attach(b"trois", replaces=first.id, role=Role.REFERENT),
    )
    assert (one, other) == (True, True)
    assert [(row.revision, row.author) for row in rows(database)] == [
        (1, "Alix Agent (fictif)"),
        (2, "Alix Agent (fictif)"),
        (3, "Dominique Référent (fictif)"),
    ]


def test_eight_files_attached_at_once_get_a_place_each(database, attach):
    works = [lambda n=n: attach(b"x%d" % n, f"{n}.txt", role=Role.REFERENT) for n in range(8)]
    assert together(*works) == [True] * 8
    assert [row.position for row in rows(database)] == list(range(1, 9))


# A damaged file


def test_a_damaged_file_is_refused_as_such_and_mends_when_the_same_is_attached_again(database, attach, shelf, tmp_path):
    attach(b"intact")
    (row,) = rows(database)
    path = tmp_path / "files" / row.sha256[:2] / row.sha256[2:]
    path.write_bytes(b"alter\xe9")
    assert isinstance(outcome(lambda: shelf.files.open(row.sha256)), DamagedFile)
    assert attach(b"intact", "une copie.txt")
    assert shelf.files.open(row.sha256) == b"intact"
