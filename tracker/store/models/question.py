"""Questions on a commitment, and the answers of whoever leads the responsible-digital strategy."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.store.models.base import Base, LongText


class Question(Base):
    """What somebody asked on a commitment. Append-only."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    body: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    answers: Mapped[list["Answer"]] = relationship(lazy="raise", order_by="Answer.id")


class Answer(Base):
    """What was answered to a question. Append-only: a better answer comes after."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    body: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
