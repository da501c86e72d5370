"""Audits of digital services against the RGAA, page by page."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.rgaa import AuditKind, GapKind
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Audit(Base):
    """An audit of a service. ``version`` grows with each change; the journal keeps what was.

    ``auditor`` is an organisation or « en interne », never a person. ``told_rate`` is the rate that the imported file
    states, in per cent, beside ours that is reckoned from the pages. ``source`` names the file that it was read from.
    ``environments`` and ``tools`` are what its statement names.
    """

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("service_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[AuditKind] = mapped_column(Coded(AuditKind))
    rgaa: Mapped[str] = mapped_column(String(20))
    audited_on: Mapped[date]
    published_on: Mapped[date | None]
    auditor: Mapped[str] = mapped_column(String(200), default="")
    environments: Mapped[LongText]
    tools: Mapped[LongText]
    told_rate: Mapped[Decimal | None]
    source: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[LongText]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
    pages: Mapped[list["AuditPage"]] = relationship(lazy="raise", order_by="AuditPage.position")


class AuditPage(Base):
    """A page of the sample of an audit; what all pages share (header, footer) is one of them.

    ``results`` has one letter a criterion, in the order of the criteria of the audit's RGAA: C compliant, N not
    compliant, A not applicable, T not tested.
    """

    __tablename__ = "audit_page"
    __table_args__ = (CheckConstraint("position > 0", name="position_counts"), UniqueConstraint("audit_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500), default="")
    is_shared: Mapped[bool] = mapped_column(default=False)
    results: Mapped[str] = mapped_column(String(400))


class AccessGap(Base):
    """A content of a service that is not accessible, as its statement tells it. ``version`` grows with each change.

    ``criteria`` are the numbers that it fails, where it is a failure. ``until`` is the day by which it is mended, or
    that its derogation ends; ``alternative`` is what is offered meanwhile.
    """

    __tablename__ = "access_gap"
    __table_args__ = (UniqueConstraint("service_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("digital_service.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[GapKind] = mapped_column(Coded(GapKind))
    content: Mapped[LongText]
    criteria: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[LongText]
    alternative: Mapped[LongText]
    until: Mapped[date | None]
    mended_on: Mapped[date | None]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
