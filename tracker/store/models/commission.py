"""The approval commission: its sessions, what is on their agenda, what they decided, what was rectified since."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.approvals import ApprovalOutcome, Quorum, SessionState
from tracker.store.models.base import Base, LongText, Names
from tracker.store.types import Coded


class CommissionSession(Base):
    """A session of the commission. ``version`` grows with each change; the journal keeps what was.

    ``number`` is counted in the organisation and stands in the addresses. ``roles`` are the functions of those who sat,
    a line each, never their names. Once its state is SEALED, ``minutes`` has its minutes as they were closed, with
    their SHA-256: what changes afterwards is a `MinutesRectification` beside them.
    """

    __tablename__ = "commission_session"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    held_on: Mapped[date]
    venue: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[SessionState] = mapped_column(Coded(SessionState), default=SessionState.PREPARATION)
    roles: Mapped[LongText]
    quorum: Mapped[Quorum] = mapped_column(Coded(Quorum), default=Quorum.NO_RULE)
    note: Mapped[LongText]
    minutes: Mapped[LongText]
    digest: Mapped[str] = mapped_column(String(64), default="")
    sealed_at: Mapped[datetime | None]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class AgendaItem(Base):
    """A service on the agenda of a session: why, and what it says it mended since it last came.

    ``reasons`` has ``[code, day]`` pairs as they were on the day it was put there; ``note`` is why somebody asked.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("session_id", "service_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("commission_session.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"), index=True)
    reasons: Mapped[Names]
    note: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class ApprovalDecision(Base):
    """One version of what a session decided of a service; the last one speaks, none is ever changed.

    ``text`` has the reserves or the reason, ``corrections`` what the service is asked to mend and ``mended`` what it
    showed that it had. ``limit`` is a last day shorter than the audit's, ``audit_id`` the audit that an approval
    rests on. ``adjourned_to_id`` is the session that it was put off to, None for the next one, whichever it is.
    """

    __tablename__ = "approval_decision"
    __table_args__ = (UniqueConstraint("item_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    version: Mapped[int]
    outcome: Mapped[ApprovalOutcome] = mapped_column(Coded(ApprovalOutcome))
    text: Mapped[LongText]
    corrections: Mapped[LongText]
    mended: Mapped[LongText]
    lift_by: Mapped[date | None]
    limit: Mapped[date | None] = mapped_column("limit_on")
    adjourned_to_id: Mapped[int | None] = mapped_column(ForeignKey("commission_session.id"))
    audit_id: Mapped[int | None] = mapped_column(ForeignKey("audit.id"))
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]


class MinutesRectification(Base):
    """What was corrected of minutes that were sealed: what they said, what is true, and why; never changed.

    ``item_id`` is the service that it is about, None for the session itself. ``before`` and ``after`` tell fields by
    their names in no language, as a line of the journal does.
    """

    __tablename__ = "minutes_rectification"
    __table_args__ = (UniqueConstraint("session_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("commission_session.id"))
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    before: Mapped[LongText]
    after: Mapped[LongText]
    reason: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
