"""Evidence: files attached to a value, a commitment or an action; their content lies in the file store."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.vocabulary import SubjectKind
from tracker.store.models.base import Base, LongText
from tracker.store.types import Coded


class Evidence(Base):
    """One revision of an attached file. Append-only; ``position`` numbers the files of a subject.

    A withdrawn file is a last revision that says so; the ones before can still be read.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint(
            "organisation_id",
            "subject_kind",
            "subject_code",
            "subject_year",
            "position",
            "revision",
            name="one_row_a_revision",
        ),
        CheckConstraint("size > 0", name="not_empty"),
        Index("ix_evidence_organisation_id_sha256", "organisation_id", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(Coded(SubjectKind))
    subject_code: Mapped[str] = mapped_column(String(40))
    subject_year: Mapped[int]
    position: Mapped[int]
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    note: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    author: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime]
