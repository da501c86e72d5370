"""What the approval commission brings to the yearly review: its sessions, its decisions, where the services stand."""

from collections import Counter
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.approvals import ApprovalOutcome, SessionState, approved_share, due, examined_releases
from tracker.domain.periods import reference_day
from tracker.domain.rgaa import GapKind
from tracker.reports.review import ApprovalReview
from tracker.services.commission_files import known_services
from tracker.services.service_rows import rgaa_versions
from tracker.store.models import Organisation
from tracker.store.queries import commission as stored


def approval_review(session: Session, organisation: Organisation, year: int, today: date) -> ApprovalReview | None:
    """Say what the commission did in ``year``, and where the services stand at its end; None without any service."""
    files = [one.file for one in known_services(session, organisation).values()]
    if not files:
        return None
    day, versions = reference_day(year, today), rgaa_versions()
    held = [one for one in stored.sessions(session, organisation.id) if one.state is not SessionState.PREPARATION]
    taken = Counter(one.outcome for file in files for one in file.decisions if one.on.year == year)
    burdens = [gap for file in files for gap in file.gaps if gap.kind is GapKind.BURDEN and gap.is_open(day)]
    return ApprovalReview(
        on=day,
        sessions=sorted(one.held_on for one in held if one.held_on.year == year),
        outcomes={code: taken[code] for code in ApprovalOutcome if taken[code]},
        approved=approved_share(files, versions, day),
        releases=examined_releases(files, year, today).releases,
        derogations=len(burdens),
        over=sum(gap.is_over(day) for gap in burdens),
        due=sum(bool(due(file, versions, day)) for file in files),
    )
