"""What an authority decides for itself is stored version after version: settings, methods, parts of departments."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import selectinload

from tracker.domain.vocabulary import Better
from tracker.services.records import newest
from tracker.store.models import (
    Baseline,
    Department,
    Indicator,
    IndicatorMethod,
    IndicatorSetting,
    Measurement,
    MeasurementPart,
    TargetPoint,
    TargetVersion,
)
from tracker.store.queries import indicators, organisations, settings

SAID = {"reason_fr": "Revu", "author": "Dominique", "recorded_at": datetime(2026, 3, 2, 10, 30, tzinfo=UTC)}


def organisation(session, slug="marseille"):
    return organisations.by_slug(session, slug).id


def indicator(session, code):
    return session.scalars(select(Indicator.id).where(Indicator.code == code)).one()


def where(session, code="SOB-06", slug="marseille"):
    return {"organisation_id": organisation(session, slug), "indicator_id": indicator(session, code)}


def latest_settings(session, slug="marseille"):
    catalogue = indicators.decided(session, organisation(session, slug))
    return [newest(one.settings.values(), None) for one in catalogue if one.settings]


def all_methods(session, slug="marseille"):
    return [row for one in indicators.decided(session, organisation(session, slug)) for row in one.methods.values()]


# Settings


@pytest.mark.parametrize("number", ["0.1", "0.05", "0", "1", "0.333333333333333333333333333333", "0.10"])
def test_a_tolerance_comes_back_digit_for_digit(database, number):
    with database.transaction() as session:
        session.add(IndicatorSetting(**where(session), **SAID, version=1, tolerance=Decimal(number)))
    with database.reading() as session:
        (row,) = latest_settings(session)
    assert isinstance(row.tolerance, Decimal)
    assert row.tolerance == Decimal(number)


def test_what_is_not_set_is_told_apart_from_no_companion(database):
    with database.transaction() as session:
        session.add(IndicatorSetting(**where(session, "SOB-02"), **SAID, version=1))
        session.add(IndicatorSetting(**where(session, "SOB-06"), **SAID, version=1, companion="", better=Better.DOWN))
    with database.reading() as session:
        silent, chosen = latest_settings(session)
    assert (silent.better, silent.tolerance, silent.companion) == (None, None, None)
    assert (chosen.better, chosen.tolerance, chosen.companion) == (Better.DOWN, None, "")


def test_the_latest_setting_of_each_indicator_of_the_organisation_counts(database):
    with database.transaction() as session:
        for code, slug, version, share in (
            ("SOB-06", "marseille", 1, "0.1"),
            ("SOB-06", "marseille", 2, "0.2"),
            ("SOB-07", "marseille", 1, "0.3"),
            ("SOB-06", "amp", 3, "0.4"),
        ):
            told = {**where(session, code, slug), **SAID, "version": version}
            session.add(IndicatorSetting(**told, tolerance=Decimal(share)))
    with database.reading() as session:
        found = latest_settings(session)
        versions = settings.versions(session, organisation(session), indicator(session, "SOB-06"))
        assert latest_settings(session, "demonstration") == []
    assert [(row.version, row.tolerance) for row in found] == [(2, Decimal("0.2")), (1, Decimal("0.3"))]
    assert [(row.version, row.tolerance) for row in versions] == [(2, Decimal("0.2")), (1, Decimal("0.1"))]


# Methods


def test_the_methods_of_an_organisation_come_by_indicator_oldest_first(database):
    with database.transaction() as session:
        for code, slug, version in (("SOB-07", "marseille", 2), ("SOB-06", "marseille", 3), ("SOB-06", "marseille", 2)):
            told = {**where(session, code, slug), **SAID, "version": version}
            session.add(IndicatorMethod(**told, in_force_from=2020 + version, formula="SOB-01 / SOB-05"))
        session.add(IndicatorMethod(**where(session, "SOB-06", "amp"), **SAID, version=2, in_force_from=2025))
    with database.reading() as session:
        found = all_methods(session)
        (other,) = all_methods(session, "amp")
        codes = {indicator(session, code): code for code in ("SOB-06", "SOB-07")}
    assert [(codes[row.indicator_id], row.version) for row in found] == [("SOB-06", 2), ("SOB-06", 3), ("SOB-07", 2)]
    assert {row.formula for row in found} == {"SOB-01 / SOB-05"}
    assert (other.formula, other.description_fr) == ("", "")
    assert other.recorded_at == SAID["recorded_at"]


def test_the_first_version_of_a_method_is_the_catalogue_s(database):
    with pytest.raises(DBAPIError, match="after_the_catalogue"), database.transaction() as session:
        session.add(IndicatorMethod(**where(session), **SAID, version=1, in_force_from=2025))


# Parts, and what cannot be there twice


def test_a_value_has_the_first_method_and_the_parts_of_departments_when_it_has_any(database):
    with database.transaction() as session:
        town = organisation(session, "demonstration")
        several = session.scalars(select(Department).where(Department.organisation_id == town).order_by(Department.id))
        first, second = several.all()[:2]
        row = Measurement(
            organisation_id=town,
            indicator_id=indicator(session, "SOB-06"),
            year=2026,
            revision=1,
            value=Decimal("5.25"),
            author="Alix",
            recorded_at=SAID["recorded_at"],
            parts=[
                MeasurementPart(department_id=second.id, numerator=Decimal("10.5"), denominator=Decimal(2)),
                MeasurementPart(department_id=first.id, value=Decimal("5.05")),
            ],
        )
        session.add(row)
        session.flush()
        number = row.id
    with database.reading() as session:
        query = select(Measurement).where(Measurement.id == number).options(selectinload(Measurement.parts))
        stored = session.scalars(query).one()
    assert stored.method == 1
    assert [(part.department_id, part.value, part.numerator, part.denominator) for part in stored.parts] == [
        (first.id, Decimal("5.05"), None, None),
        (second.id, None, Decimal("10.5"), Decimal(2)),
    ]


@pytest.mark.parametrize(
    "same",
    [
        lambda session: IndicatorSetting(**where(session), **SAID, version=1),
        lambda session: IndicatorMethod(**where(session), **SAID, version=2, in_force_from=2025),
        lambda session: Baseline(
            aim_id=session.scalars(select(Baseline.aim_id).limit(1)).one(), version=2, state="to_establish"
        ),
        lambda session: TargetPoint(
            target_version_id=session.scalars(select(TargetVersion.id).limit(1)).one(), year=2025, value=Decimal(1)
        ),
        lambda session: MeasurementPart(
            measurement_id=session.scalars(select(Measurement.id).limit(1)).one(),
            department_id=session.scalars(select(Department.id).limit(1)).one(),
        ),
    ],
    ids=["setting", "method", "baseline", "point", "part"],
)
def test_one_thing_cannot_have_the_same_version_year_or_department_twice(database, same):
    with database.transaction() as session:
        session.add(same(session))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(same(session))


def test_a_target_added_without_the_models_runs_straight_and_names_nobody(database):
    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO target_version (aim_id, version, basis, comparator, value, reason_fr, decided_on, "
                "in_force_from) SELECT aim_id, 9, basis, comparator, value, reason_fr, decided_on, in_force_from "
                "FROM target_version WHERE version = 1"
            )
        )
    with database.reading() as session:
        rows = session.scalars(select(TargetVersion).where(TargetVersion.version == 9)).all()
    assert {(row.path, row.decision, row.author, row.recorded_at) for row in rows} == {("linear", "", "", None)}
