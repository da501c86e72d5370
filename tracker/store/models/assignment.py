"""Assignments: who enters which indicator in an organisation."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class Assignment(Base):
    """An indicator entrusted to a department or to one account."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("(department_id IS NULL) <> (account_id IS NULL)", name="one_holder"),
        Index("ix_assignment_organisation_id_indicator_id", "organisation_id", "indicator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
