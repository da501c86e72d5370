"""What the elected official of the fictional town follows and asked, and what was answered."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.store import models
from tracker.store.queries import commitments

FOLLOWED = ("DEM22-S01", "DEM22-A01")
ASKED_ON = "DEM22-S01"
FOLLOWED_AT = datetime(2025, 3, 20, 9, tzinfo=UTC)
ASKED_AT = datetime(2025, 4, 2, 16, 30, tzinfo=UTC)
ANSWERED_AT = datetime(2025, 4, 4, 10, tzinfo=UTC)
QUESTION = "Les ordinateurs des écoles sont-ils comptés dans ce chiffre ? (question fictive)"
ANSWER = "Oui, depuis 2022 : la direction de l'éducation transmet son inventaire chaque année. (réponse fictive)"


def add_questions(session: Session, town: models.Organisation, asker: models.Account, answerer: models.Account) -> None:
    """Have ``asker`` follow two commitments and ask about one of them, and ``answerer`` answer."""
    for code in FOLLOWED:
        row = commitments.by_code(session, town.id, code)
        assert row is not None  # noqa: S101 - one of the town's own
        session.add(
            models.Following(
                account_id=asker.id, commitment_id=row.id, version=1, is_followed=True, recorded_at=FOLLOWED_AT
            )
        )
        if code == ASKED_ON:
            question = models.Question(
                commitment_id=row.id, body=QUESTION, account_id=asker.id, author=asker.name, at=ASKED_AT
            )
            session.add(question)
            session.flush()
            session.add(
                models.Answer(
                    question_id=question.id,
                    body=ANSWER,
                    account_id=answerer.id,
                    author=answerer.name,
                    at=ANSWERED_AT,
                )
            )
