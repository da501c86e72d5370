"""Milestone: a thing to have done, by a date or without one; done only with a dated fact."""

from datetime import date

from tracker.domain.judgement import Judgement, Reason, ReasonCode
from tracker.domain.periods import reference_day
from tracker.domain.records import CommitmentRecord, Finding
from tracker.domain.vocabulary import FindingState, Status


class Milestone:
    """Done, due, late, or unknown: an elapsed date proves nothing by itself.

    A deadline that passed without any recorded fact is *not measured* (somebody has to say), and off track
    only once it is known as not done on that date or after. The latest fact speaks over the earlier ones.
    """

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Give the verdict of the facts known at the end of ``year``, or today if it is not over."""
        day, due = reference_day(year, today), commitment.due_on
        facts = sorted((fact for fact in commitment.findings if fact.on <= today), key=lambda fact: fact.on)
        latest = next((fact for fact in reversed(facts) if fact.on <= day), None)
        if latest and latest.state is FindingState.DONE:
            return self._done(latest, due)
        is_said_undone = (
            latest is not None and latest.state is FindingState.NOT_DONE and (due is None or latest.on >= due)
        )
        is_past = due is not None and due <= day and due < today
        if due is not None and is_past:
            done_after = next((fact for fact in facts if fact.on > day and fact.state is FindingState.DONE), None)
            return self._past(commitment, due, day, done_after, is_said_undone=is_said_undone)
        if latest and latest.state is FindingState.DECIDED:
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.MILESTONE_DECIDED, {"on": latest.on}),))
        if due is not None:
            return Judgement(
                Status.UPCOMING, (Reason(ReasonCode.MILESTONE_DUE, {"on": due, "precision": commitment.due_precision}),)
            )
        if is_said_undone:
            return Judgement(Status.WATCH, (Reason(ReasonCode.MILESTONE_NOT_DONE),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.MILESTONE_UNDATED),))

    @staticmethod
    def _past(
        commitment: CommitmentRecord, due: date, day: date, done_after: Finding | None, *, is_said_undone: bool
    ) -> Judgement:
        if done_after:
            after = {"due": due, "on": done_after.on}
            return Judgement(Status.OFF_TRACK, (Reason(ReasonCode.MILESTONE_DONE_AFTER, after),))
        late = {"on": due, "days": (day - due).days, "precision": commitment.due_precision}
        if is_said_undone:
            return Judgement(Status.OFF_TRACK, (Reason(ReasonCode.MILESTONE_LATE, late),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.MILESTONE_UNKNOWN, late),))

    @staticmethod
    def _done(done: Finding, due: date | None) -> Judgement:
        if due and done.on > due:
            late = {"on": done.on, "days": (done.on - due).days, "evidence": done.evidence}
            return Judgement(Status.ACHIEVED, (Reason(ReasonCode.MILESTONE_DONE_LATE, late),))
        values = {"on": done.on, "evidence": done.evidence}
        return Judgement(Status.ACHIEVED, (Reason(ReasonCode.MILESTONE_DONE, values),))
