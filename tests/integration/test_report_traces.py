"""The traces of a year in its report: counts and days, on both engines, and nothing about anybody."""

from dataclasses import fields
from datetime import UTC, datetime

from sqlalchemy import select

from tests.conftest import TODAY
from tracker.domain.vocabulary import SubjectKind
from tracker.reports.trace_review import Traces
from tracker.services import exporting, reviews
from tracker.store.models import Account, Answer, Commitment, Evidence, Organisation, Question
from tracker.store.session import Database

YEAR = 2025


def traces(database: Database) -> Traces:
    with database.reading() as session:
        return reviews.review(session, exporting.operator(session, "demonstration"), YEAR, TODAY).resources.traces


def test_questions_answers_and_files_that_stand_are_counted_once_in_their_year(database: Database):
    before = traces(database)
    assert before.opened_on is not None
    assert before.validated > 0
    moment = datetime(YEAR, 6, 1, tzinfo=UTC)
    with database.transaction() as session:
        home = session.scalars(select(Organisation).where(Organisation.slug == "demonstration")).one()
        code, number = session.execute(
            select(Commitment.code, Commitment.id).where(Commitment.organisation_id == home.id).limit(1)
        ).one()
        who = {"account_id": session.scalars(select(Account.id).limit(1)).one(), "author": "Quelqu'un"}
        asked = [Question(commitment_id=number, body="Où en est-on ?", at=moment, **who) for _ in range(2)]
        late = Question(commitment_id=number, body="Et après ?", at=datetime(YEAR + 1, 1, 1, tzinfo=UTC), **who)
        session.add_all([*asked, late])
        session.flush()
        session.add_all([Answer(question_id=asked[0].id, body="Bientôt.", at=moment, **who) for _ in range(2)])
        for position, revision, is_withdrawn in ((90, 1, False), (91, 1, False), (91, 2, True)):
            session.add(
                Evidence(
                    organisation_id=home.id,
                    subject_kind=SubjectKind.COMMITMENT,
                    subject_code=code,
                    subject_year=0,
                    position=position,
                    revision=revision,
                    name="preuve.pdf",
                    media_type="application/pdf",
                    size=10,
                    sha256="0" * 64,
                    is_withdrawn=is_withdrawn,
                    note="",
                    recorded_at=moment,
                    **who,
                )
            )
    after = traces(database)
    assert (after.asked - before.asked, after.answered - before.answered) == (2, 1)
    assert after.files[code] - before.files.get(code, 0) == 1


def test_traces_name_nobody():
    assert not {one.name for one in fields(Traces)} & {"author", "authors", "account", "accounts", "names"}
