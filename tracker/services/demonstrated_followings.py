"""What the fictional town's official follows, and the question that they asked: one, answered two days later."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.journal_actions import JournalAction
from tracker.services import journal
from tracker.store import models
from tracker.store.queries import commitments, followings, questions

FOLLOWED = ("DEM22-S01", "DEM22-A01")
ASKED_ON = "DEM22-S01"
ASKED_AT = datetime(2025, 4, 2, 9, tzinfo=UTC)
ANSWERED_AT = datetime(2025, 4, 4, 14, tzinfo=UTC)
QUESTION = "Le texte ne dit pas de quelle durée partent ces 25 % : quand sera-t-elle établie ? (question fictive)"
ANSWER = (
    "La référence reste à établir : nos inventaires antérieurs à 2022 sont incomplets. Une valeur sera proposée au"
    " conseil municipal avec un prochain bilan (réponse fictive)."
)


def add_followings(session: Session, town: models.Organisation, official: models.Account, lead: models.Account) -> None:
    """Have the official follow commitments and ask on one, unless they ever did, or anybody asked, by themselves."""
    rows = {row.code: row for row in commitments.of_organisation(session, town.id)}
    for code in FOLLOWED:
        if followings.newest(session, official.id, rows[code].id) is None:
            _follow(session, town, official, rows[code])
    if not questions.count(session, town.id):
        _ask(session, town, official, lead, rows[ASKED_ON])


def _follow(session: Session, town: models.Organisation, official: models.Account, row: models.Commitment) -> None:
    session.add(
        models.Following(
            account_id=official.id, commitment_id=row.id, version=1, is_followed=True, recorded_at=ASKED_AT
        )
    )
    _note(session, town, JournalAction.COMMITMENT_FOLLOWED, official, row, ASKED_AT)


def _ask(
    session: Session,
    town: models.Organisation,
    official: models.Account,
    lead: models.Account,
    row: models.Commitment,
) -> None:
    told = {"account_id": official.id, "author": official.name, "at": ASKED_AT}
    reply = models.Answer(body=ANSWER, account_id=lead.id, author=lead.name, at=ANSWERED_AT)
    session.add(models.Question(commitment_id=row.id, body=QUESTION, answers=[reply], **told))
    _note(session, town, JournalAction.QUESTION_ASKED, official, row, ASKED_AT)
    _note(session, town, JournalAction.QUESTION_ANSWERED, lead, row, ANSWERED_AT)


def _note(
    session: Session,
    town: models.Organisation,
    action: JournalAction,
    actor: models.Account,
    row: models.Commitment,
    at: datetime,
) -> None:
    journal.write(session, action, organisation_id=town.id, actor=actor.name, subject=row.code, at=at)
