"""The settings of an organisation gathered: what waits for an update, and each aim and indicator with its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import Problem
from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.records import TOLERANCE, Aim, CommitmentRecord
from tracker.domain.revisions import changes
from tracker.domain.scorecard import DueDate, score
from tracker.domain.targets import Target
from tracker.domain.vocabulary import BaselineState, Better, TargetChange
from tracker.services import ai_systems
from tracker.services.ai_systems import AiView
from tracker.services.baselines import is_frozen
from tracker.services.decisions import find_aim
from tracker.services.figures import Figures
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.records import organisation_record
from tracker.services.settings import companions, find
from tracker.services.targets import departure, unjudged
from tracker.services.visitor import Visitor
from tracker.store.models import Deliberation, Indicator, IndicatorSetting, Organisation
from tracker.store.queries import commitments as queries
from tracker.store.queries import settings as stored

PAGE = 15
Served = tuple[CommitmentRecord, Aim]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that the lead alone can settle, ``since`` a day.

    With an ``aim`` its baseline is to establish or to validate; without, the date of a milestone has passed in
    silence, and ``due`` tells it.
    """

    since: date
    commitment: CommitmentRecord
    aim: Aim | None = None
    due: DueDate | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The start page: what waits for the lead, the oldest first; then what is in use.

    ``denied`` are the AI systems that wait too: the service of each says that it uses none.
    """

    waiting: Sequence[Waiting]
    denied: Sequence[AiView]
    targeted: Sequence[Served]
    used: Sequence["IndicatorUse"]
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """An indicator as the organisation uses it; ``companion`` is the code of another, empty for none."""

    aim: Aim
    companion: str
    is_own_tolerance: bool


@dataclass(frozen=True, slots=True)
class AimSheet:
    """An indicator of one commitment with its versions, latest first, and what each target did to the one before.

    ``unjudged`` says why no target would ever be judged here; None where one would.
    """

    commitment: CommitmentRecord
    aim: Aim
    revisions: Sequence[tuple[Target, tuple[TargetChange, ...]]]
    deliberations: Sequence[Deliberation]
    is_frozen: bool
    unjudged: Problem | None


@dataclass(frozen=True, slots=True)
class IndicatorSheet:
    """An indicator as the organisation judges and obtains it; versions of settings and methods, latest first."""

    row: Indicator
    aim: Aim
    companion: str
    catalogue_better: Better
    settings: Sequence[IndicatorSetting]
    amounts: Sequence[Indicator]
    names: Mapping[str, Indicator]


def overview(session: Session, visitor: Visitor, page: int, today: date) -> Overview:
    """Gather the start page, with page ``page`` (from 1) of the indicators in use.

    Raises:
        Forbidden: without the right to configure.
        NotFound: for a page that does not exist.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation)
    served = [(one, aim) for one in known.commitments for aim in one.aims]
    aims, codes = known.aims(), known.used()
    pages = page_count(len(codes), PAGE, page)
    return Overview(
        waiting=waiting(known, visitor.organisation, today),
        denied=ai_systems.denied(session, visitor.organisation),
        targeted=[(one, aim) for one, aim in served if aim.targets],
        used=[_use(known.figures, aims[code]) for code in codes[(page - 1) * PAGE : page * PAGE]],
        total=len(codes),
        pages=pages,
    )


def waiting(known: Portfolio, organisation: Organisation, today: date) -> Sequence[Waiting]:
    """List what waits for the lead, the oldest first: baselines since their vote, milestones since their date."""
    judged = score(organisation_record(organisation), known.commitments, today.year, today)
    found = [Waiting(due.on, due.commitment, due=due) for due in judged.overdue()]
    found += [
        Waiting(one.deliberation.adopted_on, one, aim)
        for one in known.commitments
        for aim in one.aims
        if is_unsettled(aim, today.year)
    ]
    return sorted(found, key=lambda one: (one.since, one.commitment.code))


def is_unsettled(aim: Aim, year: int) -> bool:
    """Tell whether a baseline is still to establish or to validate, or is missing where the target needs one."""
    base, target = aim.baseline, aim.target(year)
    if base is not None:
        return base.state is not BaselineState.VALIDATED
    return target is not None and target.is_relative


def commitment(session: Session, visitor: Visitor, code: str) -> CommitmentRecord:
    """Give one commitment, to configure it.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when the organisation has no such commitment.
    """
    visitor.require(Permission.CONFIGURE)
    return portfolio(session, visitor.organisation).commitment(code)


def aim_sheet(session: Session, visitor: Visitor, code: str, indicator: str) -> AimSheet:
    """Gather what there is to configure of an indicator as one commitment uses it.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when the organisation has no such commitment, or it does not use that indicator.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation)
    aim = find_aim(known, code, indicator)
    befores = (None, *aim.targets)
    revisions = [
        (target, changes(before, target, departure(aim, target)))
        for before, target in zip(befores, aim.targets, strict=False)
    ]
    texts = queries.deliberations(session, visitor.organisation.id)
    record = known.commitment(code)
    return AimSheet(record, aim, revisions[::-1], texts, is_frozen(aim), unjudged(record, aim))


def indicator_sheet(session: Session, visitor: Visitor, code: str) -> IndicatorSheet:
    """Gather what there is to configure of an indicator.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when no commitment of the organisation uses it.
    """
    visitor.require(Permission.CONFIGURE)
    known = find(session, visitor, code)
    row = known.figures.rows[code]
    return IndicatorSheet(
        row=row,
        aim=known.aims()[code],
        companion=known.figures.companion(code),
        catalogue_better=row.better,
        settings=stored.versions(session, visitor.organisation.id, row.id),
        amounts=companions(known, code),
        names=known.figures.rows,
    )


def _use(figures: Figures, aim: Aim) -> IndicatorUse:
    return IndicatorUse(aim, figures.companion(aim.indicator.code), aim.tolerance != TOLERANCE)
