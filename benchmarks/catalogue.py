"""A catalogue wide enough for thousands of values: typed indicators that one organisation follows."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Aggregation, Axis, Better, Collection, Tier, ValueKind
from tracker.store.models import Indicator, IndicatorChoice, Organisation

HEADINGS = "indicateur;annee;valeur;qualite;source;commentaire"


def widen(session: Session, organisation: Organisation, count: int) -> Sequence[str]:
    """Add ``count`` indicators to the catalogue, followed by ``organisation``; give their codes."""
    last = session.scalar(select(func.max(Indicator.position))) or 0
    rows = [
        Indicator(
            position=last + number,
            code=f"BEN-{number:03}",
            axis=Axis.SOBRIETY,
            tier=Tier.OPTIONAL,
            name_fr=f"Équipements de la série {number}",
            name_en=f"Devices of series {number}",
            unit="devices",
            value_kind=ValueKind.SUM,
            better=Better.DOWN,
            aggregation=Aggregation.SUM,
            collected_by=Collection.MEASUREMENT,
            decimals=1,
            minimum=None,
            maximum=None,
            suggestion=None,
        )
        for number in range(1, count + 1)
    ]
    session.add_all(rows)
    session.flush()
    now = datetime.now(UTC)
    session.add_all(
        IndicatorChoice(
            organisation_id=organisation.id,
            indicator_id=row.id,
            version=1,
            is_followed=True,
            author="Mesure",
            recorded_at=now,
        )
        for row in rows
    )
    session.flush()
    return [row.code for row in rows]


def values_csv(codes: Sequence[str], years: Iterable[int], shift: int = 0) -> bytes:
    """Write one value for each code and year, all of them moved by ``shift``, as an office would send them."""
    lines = [HEADINGS]
    for year in years:
        for number, code in enumerate(codes):
            value = 1000 + number * 7 + (year - 2000) * 3 + shift
            lines.append(f"{code};{year};{value},5;mesuré;Inventaire {year};Relevé no {number}")
    return "\r\n".join(lines).encode("utf-8-sig")
