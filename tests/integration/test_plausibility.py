"""The demonstration's ten years, typed again value by value: warnings are rare, or nobody would read them."""

from datetime import date

from tracker.domain.entries import Entry
from tracker.domain.plausibility import OddityCode, needs_comment, oddities
from tracker.domain.records import Aim, Reading
from tracker.domain.slips import SLIPS
from tracker.domain.vocabulary import Absence
from tracker.services.portfolio import portfolio
from tracker.store.queries import organisations
from tracker.store.session import Database

RARE = 3
"""Values in a hundred that may look odd."""


def entry_of(reading: Reading) -> Entry:
    return Entry(
        reading.value,
        reading.absence,
        reading.quality,
        reading.numerator,
        reading.denominator,
        reading.coverage,
        reading.source,
        reading.comment,
        reading.parts,
    )


def typed_aims(database: Database) -> list[Aim]:
    with database.reading() as session:
        town = organisations.by_slug(session, "demonstration")
        assert town is not None
        known = portfolio(session, town)
        aims = map(known.figures.aim, known.used())
        return [aim for aim in aims if aim.known and not aim.restated]


def test_values_that_are_right_seldom_look_odd(database: Database):
    typed = [(aim, reading) for aim in typed_aims(database) for reading in aim.known if reading.revision]
    odd = [(aim.indicator.code, one.year) for aim, one in typed if oddities(aim, one.year, entry_of(one))]
    assert len(typed) > 200
    assert 100 * len(odd) <= RARE * len(typed), odd


def test_a_last_value_typed_in_another_unit_is_nearly_always_recognised(database: Database):
    told, missed = 0, []
    for aim in typed_aims(database):
        last, indicator = aim.known[-1], aim.indicator
        for slip in SLIPS.get(indicator.unit, ()):
            if len(aim.known) < 2 or not last.value:
                continue
            entry = Entry(last.value * slip.theirs / slip.ours, None, None, None, None, None, "", "")
            codes = [oddity.code for oddity in oddities(aim, last.year, entry)]
            told += 1
            if OddityCode.UNIT_SLIP not in codes:
                missed.append((indicator.code, slip.unit))
    assert told > 20
    assert len(missed) <= told // 10, missed


def test_the_absences_of_the_demonstration_are_commented_on(database: Database, today: date):
    absent = [
        (aim, reading)
        for aim in typed_aims(database)
        for reading in aim.readings.values()
        if reading.absence and reading.absence is not Absence.NOT_COMPUTABLE
    ]
    assert absent
    assert not [one.year for aim, one in absent if needs_comment(aim, one.year, entry_of(one), today)]
