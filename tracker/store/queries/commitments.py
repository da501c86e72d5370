"""Commitments and deliberations of an organisation."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.store.models import Aim, Commitment, Deliberation, TargetVersion

# What has few rows beside each comes with it: facts with their commitment, baselines with their aim.
_WHOLE = (
    joinedload(Commitment.deliberation),
    joinedload(Commitment.findings),
    selectinload(Commitment.aims).options(
        joinedload(Aim.indicator),
        joinedload(Aim.baselines),
        selectinload(Aim.targets).joinedload(TargetVersion.points),
    ),
)


def of_organisation(session: Session, organisation_id: int) -> Sequence[Commitment]:
    """List the commitments of an organisation, oldest vote first, whole: text, facts, aims and their versions."""
    return (
        session.scalars(
            select(Commitment)
            .join(Commitment.deliberation)
            .where(Commitment.organisation_id == organisation_id)
            .options(*_WHOLE)
            .order_by(Deliberation.adopted_on, Deliberation.reference, Commitment.position)
        )
        .unique()
        .all()
    )


def by_code(session: Session, organisation_id: int, code: str) -> Commitment | None:
    """Find one commitment of an organisation, whole."""
    return (
        session.scalars(
            select(Commitment)
            .where(Commitment.organisation_id == organisation_id, Commitment.code == code)
            .options(*_WHOLE)
        )
        .unique()
        .one_or_none()
    )


def titles(session: Session, organisation_id: int, codes: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Give by its code the French and English titles of some commitments of an organisation."""
    rows = session.execute(
        select(Commitment.code, Commitment.title_fr, Commitment.title_en).where(
            Commitment.organisation_id == organisation_id, Commitment.code.in_(codes)
        )
    )
    return {code: (french, english) for code, french, english in rows}


def deliberations(session: Session, organisation_id: int) -> Sequence[Deliberation]:
    """List the deliberations of an organisation, oldest first, with their relations to others."""
    return session.scalars(
        select(Deliberation)
        .where(Deliberation.organisation_id == organisation_id)
        .options(selectinload(Deliberation.relations))
        .order_by(Deliberation.adopted_on, Deliberation.reference)
    ).all()
