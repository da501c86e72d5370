"""Milestone: a thing to have done, by a date or without one; done only with a dated fact."""

from datetime import date

from tracker.domain.judgement import Judgement, Reason, ReasonCode
from tracker.domain.records import CommitmentRecord, Finding
from tracker.domain.vocabulary import FindingState, Status


class Milestone:
    """Done, due, late, or unknown: an elapsed date proves nothing by itself.

    A deadline that passed without any recorded fact is *not measured* (somebody has to say), and off track
    only once it is recorded as not done.
    """

    def judge(self, commitment: CommitmentRecord, year: int, day: date) -> Judgement:  # noqa: ARG002
        """Give the verdict of the facts known on ``day``."""
        known = [fact for fact in commitment.findings if fact.on <= day]
        done = next((fact for fact in known if fact.state is FindingState.DONE), None)
        due = commitment.due_on
        if done:
            return self._done(done, due)
        decided = next((fact for fact in known if fact.state is FindingState.DECIDED), None)
        is_said_undone = any(fact.state is FindingState.NOT_DONE for fact in known)
        if decided and not is_said_undone and (due is None or due > day):
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.MILESTONE_DECIDED, {"on": decided.on}),))
        if due is None:
            if is_said_undone:
                return Judgement(Status.WATCH, (Reason(ReasonCode.MILESTONE_NOT_DONE),))
            return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.MILESTONE_UNDATED),))
        if due > day:
            return Judgement(Status.UPCOMING, (Reason(ReasonCode.MILESTONE_DUE, {"on": due}),))
        late = {"on": due, "days": (day - due).days}
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
