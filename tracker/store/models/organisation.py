"""An authority and its departments."""

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import OrganisationKind
from tracker.store.models.base import Base
from tracker.store.types import Coded


class Organisation(Base):
    """A local authority; ``is_fictional`` is said on every page, ``stamp`` changes with what figures are made of."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[OrganisationKind] = mapped_column(Coded(OrganisationKind))
    is_fictional: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    departments: Mapped[list["Department"]] = relationship(lazy="raise", order_by="Department.position")


class Department(Base):
    """A department of an authority: what a commitment or an indicator is entrusted to."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
