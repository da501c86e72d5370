"""Developments: what happened to commitments between two moments, as each of them knew things."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.digests import News, Reply, news
from tracker.domain.records import CommitmentRecord
from tracker.labels.formats import PARIS
from tracker.services.portfolio import portfolio
from tracker.store.models import Answer, Organisation, Question
from tracker.store.queries import questions

Answered = Sequence[tuple[Answer, Question, str]]


class Developments:
    """What happened in one organisation; each moment is looked up once, however many people are told of it."""

    def __init__(self, session: Session, organisation: Organisation) -> None:
        self._session, self._organisation = session, organisation
        self._known: dict[datetime, Mapping[str, CommitmentRecord]] = {}
        self._answered: dict[tuple[datetime, datetime], Answered] = {}

    def of(self, codes: Collection[str], since: datetime, until: datetime, *, reader: int) -> tuple[News, ...]:
        """List what happened to the commitments ``codes``, oldest vote first; nothing is told of the others.

        The answers that ``reader`` gave are not told to them.
        """
        then, now = self._at(since), self._at(until)
        found = (
            news(
                then.get(code),
                record,
                since.astimezone(PARIS).date(),
                until.astimezone(PARIS).date(),
                self._replies(code, since, until, reader),
            )
            for code, record in now.items()
            if code in codes
        )
        return tuple(one for one in found if not one.is_empty)

    def _at(self, moment: datetime) -> Mapping[str, CommitmentRecord]:
        if moment not in self._known:
            known = portfolio(self._session, self._organisation, until=moment)
            self._known[moment] = {one.code: one for one in known.commitments}
        return self._known[moment]

    def _replies(self, code: str, since: datetime, until: datetime, reader: int) -> Sequence[Reply]:
        period = since, until
        if period not in self._answered:
            self._answered[period] = questions.answered(self._session, self._organisation.id, since, until)
        return [
            Reply(question.body, answer.body, answer.author, answer.at)
            for answer, question, about in self._answered[period]
            if about == code and answer.account_id != reader
        ]
