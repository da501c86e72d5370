"""Import batches: a file waiting for its confirmation, and what a confirmed one wrote."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models.base import Base, Numbers


class ImportBatch(Base):
    """A file of values that somebody sent: previewed, then confirmed once, undone at most once.

    ``seen`` is the revision of each value on the day of the preview, by ``CODE:year``: what changed since is not
    overwritten. ``content`` is emptied once the batch is confirmed.
    """

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    year: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    seen: Mapped[Numbers]
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(String(120), default="")


class ImportedValue(Base):
    """A revision that a batch wrote. Append-only."""

    __tablename__ = "imported_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id"), unique=True)
