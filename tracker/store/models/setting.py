"""Settings: what an authority decides for itself about how an indicator is judged."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import Better
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class IndicatorSetting(Base):
    """One version, append-only; the latest counts. None leaves a matter to the catalogue or to the domain.

    ``tolerance`` is a share (0.1 for 10 %); ``companion`` is the code of an indicator, or empty for none.
    """

    __tablename__ = "indicator_setting"
    __table_args__ = (UniqueConstraint("organisation_id", "indicator_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    version: Mapped[int]
    better: Mapped[Better | None] = mapped_column(Coded(Better))
    tolerance: Mapped[Decimal | None]
    companion: Mapped[str | None] = mapped_column(String(40))
    reason_fr: Mapped[LongText]
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
