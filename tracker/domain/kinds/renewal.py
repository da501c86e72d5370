"""Renewal: an act to do again each year, or in the one that its vote names: decided, paid, or to renew."""

from datetime import date

from tracker.domain.judgement import Judgement, Reason, ReasonCode
from tracker.domain.records import CommitmentRecord, Finding
from tracker.domain.vocabulary import FindingState, Status


def deadline(commitment: CommitmentRecord, year: int) -> date | None:
    """Give the last day on which ``commitment`` can be renewed for ``year``; None when the vote asks nothing of it.

    A renewal dated by its vote is owed for the year of that date only; any other, each year.
    """
    if commitment.due_on is None:
        return date(year, 12, 31)
    return commitment.due_on if commitment.due_on.year == year else None


class Renewal:
    """Kept for a year when paid, on course when decided, to renew until its last day where the vote asks for it."""

    def judge(self, commitment: CommitmentRecord, year: int, today: date) -> Judgement:
        """Give the verdict for ``year`` of the facts told of it by today; the latest speaks."""
        facts = sorted(
            (fact for fact in commitment.findings if (fact.year or fact.on.year) == year and fact.on <= today),
            key=lambda fact: fact.on,
        )
        told = {fact.state: fact for fact in facts}
        if facts and facts[-1].state is FindingState.NOT_DONE:
            return Judgement(Status.OFF_TRACK, (Reason(ReasonCode.RENEWAL_DROPPED, {"year": year}),))
        if paid := told.get(FindingState.PAID) or told.get(FindingState.DONE):
            return Judgement(Status.ACHIEVED, (self._reason(ReasonCode.RENEWAL_PAID, paid, year),))
        if decided := told.get(FindingState.DECIDED):
            return Judgement(Status.ON_TRACK, (self._reason(ReasonCode.RENEWAL_DECIDED, decided, year),))
        if any(aim.shows_activity(year) for aim in commitment.aims):
            return Judgement(Status.ON_TRACK, (Reason(ReasonCode.MEASURED, {"year": year}),))
        end = deadline(commitment, year)
        if end is None:
            return self._of_another_year(commitment, year)
        if today <= end:
            return Judgement(Status.UPCOMING, (Reason(ReasonCode.RENEWAL_DUE, {"on": end, "year": year}),))
        return Judgement(Status.NOT_MEASURED, (Reason(ReasonCode.RENEWAL_UNKNOWN, {"year": year}),))

    @staticmethod
    def _of_another_year(commitment: CommitmentRecord, year: int) -> Judgement:
        assert commitment.due_on is not None  # noqa: S101 - without a date every year has a deadline
        status = Status.UPCOMING if year < commitment.due_on.year else Status.NOT_APPLICABLE
        values = {"year": year, "voted": commitment.due_on.year}
        return Judgement(status, (Reason(ReasonCode.RENEWAL_NOT_ASKED, values),))

    @staticmethod
    def _reason(code: ReasonCode, fact: Finding, year: int) -> Reason:
        return Reason(code, {"year": year, "on": fact.on, "amount": fact.amount, "tax": fact.tax})
