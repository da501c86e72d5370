"""Evidence: the files of a subject, one of them, and what those of an organisation weigh."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.subjects import Subject
from tracker.store.models import Evidence, Organisation


def hold(session: Session, organisation_id: int) -> None:
    """Let one file at a time into an organisation, so that places and the quota are counted on what is there.

    SQLite does so by itself. On PostgreSQL the row is held until the transaction ends: who writes a figure meanwhile
    waits for its stamp, who writes anything else does not wait.
    """
    session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    ).all()


def about(session: Session, organisation_id: int, subject: Subject) -> Sequence[Evidence]:
    """List every revision of the files of a subject, by place, latest first."""
    return session.scalars(
        select(Evidence)
        .where(
            Evidence.organisation_id == organisation_id,
            Evidence.subject_kind == subject.kind,
            Evidence.subject_code == subject.code,
            Evidence.subject_year == subject.year,
        )
        .order_by(Evidence.position, Evidence.revision.desc())
    ).all()


def by_number(session: Session, organisation_id: int, number: int) -> Evidence | None:
    """Find one revision of a file in its organisation."""
    return session.scalar(select(Evidence).where(Evidence.organisation_id == organisation_id, Evidence.id == number))


def has_content(session: Session, organisation_id: int, sha256: str) -> bool:
    """Tell whether an organisation already keeps this content: it is counted once."""
    query = select(Evidence.id).where(Evidence.organisation_id == organisation_id, Evidence.sha256 == sha256).limit(1)
    return session.scalar(query) is not None


def weight(session: Session, organisation_id: int) -> int:
    """Give how many bytes the files of an organisation take, withdrawn and replaced ones included."""
    kept = (
        select(Evidence.sha256, func.max(Evidence.size).label("size"))
        .where(Evidence.organisation_id == organisation_id)
        .group_by(Evidence.sha256)
        .subquery()
    )
    return int(session.scalar(select(func.sum(kept.c.size))) or 0)
