"""Digital services: the sites, the applications, the procedures and the tools of an authority."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.digital_services import Audience, HomeMention, Hosting, PersonalData, ServiceKind, ServiceState
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class DigitalService(Base):
    """A digital service. ``version`` grows with each change; the journal keeps what was.

    ``number`` is counted in the organisation and stands in the addresses. ``contact`` is where one writes about its
    accessibility, a form or a shared mailbox: never a person. ``technologies`` is what its statement names.
    ``statement_on`` is the day that its accessibility statement was published or made again, at ``statement_url``.
    """

    __tablename__ = "digital_service"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ServiceKind] = mapped_column(Coded(ServiceKind))
    audience: Mapped[Audience] = mapped_column(Coded(Audience), default=Audience.PUBLIC)
    state: Mapped[ServiceState] = mapped_column(Coded(ServiceState), default=ServiceState.ONLINE)
    purpose: Mapped[LongText]
    address: Mapped[str] = mapped_column(String(500), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    supplier: Mapped[str] = mapped_column(String(200), default="")
    hosting: Mapped[Hosting] = mapped_column(Coded(Hosting), default=Hosting.UNKNOWN)
    host: Mapped[str] = mapped_column(String(200), default="")
    personal_data: Mapped[PersonalData] = mapped_column(Coded(PersonalData), default=PersonalData.UNKNOWN)
    uses_ai: Mapped[bool | None]
    opened_on: Mapped[date | None]
    redesigned_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    home_mention: Mapped[HomeMention] = mapped_column(Coded(HomeMention), default=HomeMention.UNKNOWN)
    statement_url: Mapped[str] = mapped_column(String(500), default="")
    statement_on: Mapped[date | None]
    contact: Mapped[str] = mapped_column(String(500), default="")
    technologies: Mapped[LongText]
    note: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
