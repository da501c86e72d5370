"""The judgement alone: a whole organisation, every indicator in every year, on one core and without a database."""

import time
from datetime import date
from itertools import cycle

from tests.factories import make_aim, make_baseline, make_commitment, make_target
from tracker.domain.kinds import judge
from tracker.domain.records import CommitmentRecord
from tracker.domain.vocabulary import CommitmentKind

TODAY = date(2026, 11, 22)
LAST_YEAR = 2025
ROUNDS = 30
KINDS = (
    CommitmentKind.QUANTIFIED,
    CommitmentKind.QUANTIFIED,
    CommitmentKind.DIRECTIONAL,
    CommitmentKind.APPROVAL,
    CommitmentKind.CONTINUOUS,
)


def organisation(indicators: int, years: int) -> list[CommitmentRecord]:
    """Make ``indicators`` commitments of one indicator each, with a value in each of the last ``years`` years."""
    first = LAST_YEAR - years + 1
    made = []
    for number, kind in zip(range(indicators), cycle(KINDS), strict=False):
        has_target = kind is not CommitmentKind.DIRECTIONAL
        targets = [make_target(20, horizon_year=LAST_YEAR + 3, in_force_from=first)] if has_target else []
        values = {year: 5 + (number + year) % 7 for year in range(first, LAST_YEAR + 1)}
        aim = make_aim(values, *targets, baseline=make_baseline(5, first - 1))
        made.append(make_commitment(kind, code=f"BEN-{number}", aims=[aim], adopted_on=date(first, 1, 1)))
    return made


def best_ms(indicators: int, years: int) -> float:
    """Give the shortest time, in milliseconds, that judging them all in every year took."""
    made, best = organisation(indicators, years), float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for commitment in made:
            for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
                judge(commitment, year, TODAY)
        best = min(best, (time.process_time() - began) * 1000)
    return best
