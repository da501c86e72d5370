"""What the work of a year left behind: values validated or returned, questions, attached files. Counts only."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.vocabulary import Stage, SubjectKind
from tracker.store.models import Answer, Commitment, Evidence, Measurement, MeasurementStep, Question


def steps_of_year(session: Session, organisation_id: int, year: int) -> Mapping[Stage, int]:
    """Count the indicators of which a value of ``year`` reached each stage."""
    rows = session.execute(
        select(MeasurementStep.stage, func.count(Measurement.indicator_id.distinct()))
        .join(Measurement, Measurement.id == MeasurementStep.measurement_id)
        .where(Measurement.organisation_id == organisation_id, Measurement.year == year)
        .group_by(MeasurementStep.stage)
    )
    return {stage: count for stage, count in rows}  # noqa: C416 - a row is not a pair to the type checker


def questions(session: Session, organisation_id: int, first: datetime, end: datetime) -> tuple[int, int]:
    """Count the questions put from ``first`` to before ``end``, and those of them that have an answer."""
    has_answer = select(Answer.id).where(Answer.question_id == Question.id).exists()
    asked = (
        select(func.count())
        .select_from(Question)
        .join(Commitment, Commitment.id == Question.commitment_id)
        .where(Commitment.organisation_id == organisation_id, Question.at >= first, Question.at < end)
    )
    return session.scalar(asked) or 0, session.scalar(asked.where(has_answer)) or 0


def files(session: Session, organisation_id: int, year: int) -> Mapping[str, int]:
    """Count the attached files that stand by the code of their subject: values and actions of ``year``, commitments."""
    place = (Evidence.subject_kind, Evidence.subject_code, Evidence.subject_year, Evidence.position)
    latest = (
        select(*place, func.max(Evidence.revision).label("revision"))
        .where(Evidence.organisation_id == organisation_id)
        .group_by(*place)
        .subquery()
    )
    rows = session.execute(
        select(Evidence.subject_code, func.count())
        .join(
            latest,
            and_(
                *(one == latest.c[one.key] for one in place),
                Evidence.revision == latest.c.revision,
            ),
        )
        .where(
            Evidence.organisation_id == organisation_id,
            Evidence.is_withdrawn.is_(False),
            (Evidence.subject_kind == SubjectKind.COMMITMENT)
            | (Evidence.subject_kind.in_([SubjectKind.VALUE, SubjectKind.ACTION]) & (Evidence.subject_year == year)),
        )
        .group_by(Evidence.subject_code)
    )
    return {code: count for code, count in rows}  # noqa: C416 - a row is not a pair to the type checker
