"""Parts of a measurement: what each department brings to one revision of a value."""

from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base


class MeasurementPart(Base):
    """The part of a department in one revision. Append-only, like the revision itself."""

    __tablename__ = "measurement_part"
    __table_args__ = (UniqueConstraint("measurement_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    value: Mapped[Decimal | None]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
