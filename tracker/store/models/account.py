"""Accounts, and the role of each in an organisation."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import Role
from tracker.store.models.base import Base
from tracker.store.models.organisation import Organisation
from tracker.store.types import Coded


class Account(Base):
    """A person who signs in. ``stamp`` changes with the password, which ends every open session."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    stamp: Mapped[str] = mapped_column(String(43))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise", order_by="RoleGrant.organisation_id")


class RoleGrant(Base):
    """The role of an account in an organisation, and the department that it works for there."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(Coded(Role))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    organisation: Mapped[Organisation] = relationship(lazy="raise")
