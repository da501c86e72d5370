"""Publications: what an authority shows of a year to anyone, version after version."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import PublicationScope
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Publication(Base):
    """One version, append-only; the latest counts, and one that is withdrawn shows nothing.

    The figures are those of ``recorded_at``, the moment of the decision, whatever is corrected later; strangers read
    them from ``visible_from`` on. ``has_values`` adds the page and the values of each indicator to the commitments.
    """

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "version"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    version: Mapped[int]
    scope: Mapped[PublicationScope] = mapped_column(Coded(PublicationScope))
    has_values: Mapped[bool]
    visible_from: Mapped[date]
    is_withdrawn: Mapped[bool]
    note_fr: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
