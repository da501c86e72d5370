"""Articles: what a deliberation decides, article by article, in its own words."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, LongText


class Article(Base):
    """One article of a deliberation, without any personal name. Append-only."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("deliberation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    body_fr: Mapped[LongText]
