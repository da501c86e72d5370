"""What people follow, how often they want to hear of it, and the digests that they were sent."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from tracker.store.models import (
    Account,
    Commitment,
    Digest,
    DigestChoice,
    Following,
    Organisation,
    RoleGrant,
)
from tracker.store.queries.versions import is_newest


def hold(session: Session, organisation_id: int) -> None:
    """Let one run write the digests of an organisation at a time; SQLite does so by itself."""
    query = select(Organisation.id).where(Organisation.id == organisation_id)
    session.execute(query.with_for_update(key_share=True)).all()


def newest(session: Session, account_id: int, commitment_id: int) -> Following | None:
    """Find the version that counts of whether an account follows a commitment."""
    return session.scalar(
        select(Following)
        .where(Following.account_id == account_id, Following.commitment_id == commitment_id)
        .order_by(Following.version.desc())
        .limit(1)
    )


def of_code(session: Session, account_id: int, organisation_id: int, code: str) -> Following | None:
    """Find the same for a commitment of an organisation, by its code."""
    return session.scalar(
        select(Following)
        .join(Commitment, Commitment.id == Following.commitment_id)
        .where(
            Following.account_id == account_id,
            Commitment.organisation_id == organisation_id,
            Commitment.code == code,
        )
        .order_by(Following.version.desc())
        .limit(1)
    )


def of_account(session: Session, account_id: int, organisation_id: int) -> Sequence[tuple[Following, str]]:
    """List what an account follows in an organisation, each with the code of the commitment."""
    query = _followed(organisation_id).where(Following.account_id == account_id)
    return [(following, code) for following, code in session.execute(query)]


def of_organisation(session: Session, organisation_id: int) -> Sequence[tuple[Following, str]]:
    """List what anyone follows in an organisation, each with the code of the commitment."""
    return [(following, code) for following, code in session.execute(_followed(organisation_id))]


def followers(session: Session, organisation_id: int, commitment_id: int) -> frozenset[int]:
    """Give the numbers of the accounts that follow a commitment."""
    query = _followed(organisation_id).where(Following.commitment_id == commitment_id)
    return frozenset(following.account_id for following, _ in session.execute(query))


def homes(session: Session) -> Sequence[Organisation]:
    """List the organisations in which something was ever followed, in a steady order."""
    followed = select(Commitment.organisation_id).join(Following, Following.commitment_id == Commitment.id)
    return session.scalars(select(Organisation).where(Organisation.id.in_(followed)).order_by(Organisation.slug)).all()


def choices(session: Session, organisation_id: int, account_id: int | None = None) -> Sequence[DigestChoice]:
    """List how often digests are wanted in an organisation, oldest version first; of one account or of everyone."""
    query = select(DigestChoice).where(DigestChoice.organisation_id == organisation_id)
    query = query if account_id is None else query.where(DigestChoice.account_id == account_id)
    return session.scalars(query.order_by(DigestChoice.account_id, DigestChoice.version)).all()


def digests(session: Session, organisation_id: int, account_id: int | None = None) -> Sequence[Digest]:
    """List the last digest of each person in an organisation; of one account or of everyone."""
    last = select(func.max(Digest.id)).where(Digest.organisation_id == organisation_id).group_by(Digest.account_id)
    query = select(Digest).where(Digest.id.in_(last))
    query = query if account_id is None else query.where(Digest.account_id == account_id)
    return session.scalars(query.order_by(Digest.account_id)).all()


def unsent(session: Session, since: date) -> Sequence[tuple[Digest, Account, Organisation]]:
    """List the digests from ``since`` on that did not leave by e-mail, of active accounts that still have a role."""
    rows = session.execute(
        select(Digest, Account, Organisation)
        .join(Account, Account.id == Digest.account_id)
        .join(Organisation, Organisation.id == Digest.organisation_id)
        .join(
            RoleGrant,
            and_(RoleGrant.account_id == Digest.account_id, RoleGrant.organisation_id == Digest.organisation_id),
        )
        .where(Digest.mailed_at.is_(None), Digest.on >= since, Account.is_active)
        .order_by(Organisation.slug, Account.id, Digest.id)
    )
    return [(digest, account, organisation) for digest, account, organisation in rows]


def _followed(organisation_id: int) -> Select[Following, str]:
    """Select the versions that count and say that the commitment is followed."""
    counts = is_newest(Following, Following.account_id, Following.commitment_id)
    return (
        select(Following, Commitment.code)
        .join(Commitment, Commitment.id == Following.commitment_id)
        .where(Commitment.organisation_id == organisation_id, Following.is_followed, counts)
        .order_by(Following.account_id, Following.id)
    )
