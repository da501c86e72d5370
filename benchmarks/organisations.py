"""Organisations of any size, and any number of them: commitments with a target, a value in each year, all invented."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.orm import Session, aliased

from benchmarks.catalogue import widen
from tracker.domain.vocabulary import (
    Axis,
    CommitmentKind,
    Comparator,
    OrganisationKind,
    Quality,
    Strength,
    TargetBasis,
    TextStage,
)
from tracker.store.models import (
    Aim,
    Base,
    Commitment,
    Deliberation,
    Indicator,
    Measurement,
    Organisation,
    RoleGrant,
    TargetVersion,
)
from tracker.store.queries import organisations

SLUG = "banc"
LAST_YEAR = 2025


def fill(session: Session, organisation: Organisation, indicators: int, years: int) -> None:
    """Have ``organisation`` follow ``indicators`` more indicators, each with a value in each of the last ``years``."""
    _measure(session, organisation, _widened(session, organisation, indicators), years)


def found(session: Session, indicators: int, years: int) -> Organisation:
    """Make an organisation with one commitment an indicator, open to every account of ``demonstration``."""
    made = Organisation(slug=SLUG, name="Ville du banc d'essai", kind=OrganisationKind.COMMUNE, is_fictional=True)
    session.add(made)
    session.flush()
    numbers = _widened(session, made, indicators)
    _measure(session, made, numbers, years)
    town = organisations.by_slug(session, "demonstration")
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.organisation_id == (town.id if town else 0))):
        session.add(RoleGrant(account_id=grant.account_id, organisation_id=made.id, role=grant.role))
    _commit(session, made, numbers, LAST_YEAR - years)
    session.flush()
    return made


def multiply(session: Session, model: Organisation, count: int) -> None:
    """Add ``count`` organisations like ``model``, with its commitments and its values, in a statement a table."""
    session.execute(
        insert(Organisation),
        [
            {"slug": f"commune-{number}", "name": f"Commune {number}", "kind": model.kind, "is_fictional": True}
            for number in range(count)
        ],
    )
    other = aliased(Organisation)
    is_other = other.slug.like("commune-%")
    of_model, of_other = aliased(Commitment), aliased(Commitment)
    aim_of_model, aim_of_other = aliased(Aim), aliased(Aim)
    text = aliased(Deliberation)
    for table in (Deliberation, Measurement):
        of_it = table.organisation_id
        _copy(session, table, {"organisation_id": other.id}, of_it == model.id, other.id != of_it, is_other)
    _copy(
        session,
        Commitment,
        {"organisation_id": other.id, "deliberation_id": text.id},
        Commitment.organisation_id == model.id,
        other.id != Commitment.organisation_id,
        text.organisation_id == other.id,
        is_other,
    )
    same = (
        of_model.organisation_id == model.id,
        of_other.code == of_model.code,
        of_other.organisation_id == other.id,
        is_other,
    )
    _copy(session, Aim, {"commitment_id": of_other.id}, Aim.commitment_id == of_model.id, *same)
    _copy(
        session,
        TargetVersion,
        {"aim_id": aim_of_other.id},
        TargetVersion.aim_id == aim_of_model.id,
        aim_of_model.commitment_id == of_model.id,
        aim_of_other.commitment_id == of_other.id,
        *same,
    )


def _copy(session: Session, table: type[Base], changed: Mapping[str, Any], *where: ColumnElement[bool]) -> None:
    """Write the rows of ``table`` that ``where`` finds once more, with some columns ``changed``."""
    columns = {column.key: column for column in table.__table__.columns if column.key != "id"}
    rows: Select[Any] = select(*({**columns, **changed}[name] for name in columns)).where(*where)
    session.execute(insert(table).from_select(list(columns), rows))


def _widened(session: Session, organisation: Organisation, indicators: int) -> Sequence[int]:
    """Widen the catalogue over all axes; give the numbers of the new rows, in its order."""
    codes, axes = widen(session, organisation, indicators), list(Axis)
    rows = session.scalars(select(Indicator).where(Indicator.code.in_(codes)).order_by(Indicator.position)).all()
    for place, row in enumerate(rows):
        row.axis = axes[place % len(axes)]
    session.flush()
    return [row.id for row in rows]


def _commit(session: Session, organisation: Organisation, numbers: Sequence[int], first_year: int) -> None:
    text = Deliberation(
        organisation_id=organisation.id,
        reference="BANC-1",
        number="BANC-1",
        adopted_on=date(first_year, 1, 1),
        body="Conseil municipal",
        title_fr="Stratégie du banc d'essai",
        outcome="adoptée",
    )
    session.add(text)
    session.flush()
    axes = list(Axis)
    for place, number in enumerate(numbers):
        commitment = Commitment(
            organisation_id=organisation.id,
            deliberation_id=text.id,
            position=place,
            code=f"BAN-{place:03}",
            axis=axes[place % len(axes)],
            title_fr=f"Réduire la série {place}",
            kind=CommitmentKind.QUANTIFIED,
            strength=Strength.COMMITMENT,
            stage_in_text=TextStage.TO_DO,
            is_flagship=place < 12,
        )
        session.add(commitment)
        session.flush()
        aim = Aim(commitment_id=commitment.id, indicator_id=number, position=0)
        session.add(aim)
        session.flush()
        session.add(
            TargetVersion(
                aim_id=aim.id,
                version=1,
                basis=TargetBasis.ABSOLUTE,
                comparator=Comparator.AT_MOST,
                value=Decimal(500 + place),
                start=Decimal(1500),
                start_year=first_year,
                horizon_year=LAST_YEAR + 5,
                decided_on=date(first_year, 1, 1),
                in_force_from=first_year,
            )
        )


def _measure(session: Session, organisation: Organisation, numbers: Sequence[int], years: int) -> None:
    now = datetime.now(UTC)
    session.execute(
        insert(Measurement),
        [
            {
                "organisation_id": organisation.id,
                "indicator_id": number,
                "year": year,
                "revision": 1,
                "value": Decimal(1500 - (year - LAST_YEAR + years) * 20 + place),
                "quality": Quality.MEASURED,
                "source": "Inventaire",
                "comment": "",
                "author": "Mesure",
                "recorded_at": now,
            }
            for place, number in enumerate(numbers)
            for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1)
        ],
    )
