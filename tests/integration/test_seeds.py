"""The seeds are loaded once, come out as they went in, and say of the two real authorities only what they voted."""

import shutil
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import yaml
from sqlalchemy import func, select

from tests.conftest import PASSWORD
from tests.integration.helpers import everything, number_of
from tracker.config.paths import bundled
from tracker.domain import targets as domain
from tracker.domain.entries import Draft
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import (
    Absence,
    BaselineState,
    Comparator,
    FindingState,
    Quality,
    Role,
    TargetBasis,
    TargetPath,
    TaxRegime,
)
from tracker.exports import seeds as writer
from tracker.services import accounts, demonstration, findings, instance, measurements, records, seeds
from tracker.services.portfolio import portfolio
from tracker.store.models import (
    Account,
    Aim,
    Assignment,
    Baseline,
    Commitment,
    Deliberation,
    Department,
    Finding,
    Indicator,
    JournalEntry,
    Measurement,
    Organisation,
    RoleGrant,
    TargetPoint,
    TargetVersion,
)
from tracker.store.queries import commitments, organisations

SEEDS = bundled("seeds")
REAL = Organisation.is_fictional.is_(False)
ASIDE = {
    "duties.yaml",
    "page_costs.yaml",
    "series.yaml",
    "campaigns.yaml",
    "plans.yaml",
    "report.yaml",
    "equipment.yaml",
    "scenarios.yaml",
    "statements.yaml",
    "commission.yaml",
    "audits.yaml",
    "services.yaml",
    "factors.yaml",
    "rgaa.yaml",
    "rgesn.yaml",
    "own_access.yaml",
    "own_ecodesign.yaml",
    "access_checks.yaml",
    "ecodesign.yaml",
}
"""What is not exported: the law, the references, what is measured of the product, what is invented for the town."""
VALUES = (
    Measurement.year,
    Measurement.revision,
    Measurement.value,
    Measurement.numerator,
    Measurement.denominator,
    Measurement.absence,
    Measurement.quality,
    Measurement.coverage,
    Measurement.source,
    Measurement.comment,
    Measurement.author,
    Measurement.recorded_at,
)


FOLLOWS = ("search_entry",)
"""What follows what people did, by itself: the index finds an indicator by the name that it was given since."""


def files():
    """Read the seed files that are stored: not those `ASIDE`."""
    return {
        path.relative_to(SEEDS).as_posix(): path.read_bytes()
        for path in SEEDS.glob("**/*.yaml")
        if path.name not in ASIDE
    }


def exported(database):
    with database.reading() as session:
        return dict(seeds.export(session))


def demonstration_values(database):
    with database.reading() as session:
        query = select(Indicator.code, *VALUES).join(Indicator, Indicator.id == Measurement.indicator_id)
        return [
            tuple(row)
            for row in session.execute(query.order_by(Indicator.code, Measurement.year, Measurement.revision))
        ]


def add_versions_of_a_person(session):
    """Replace the baseline and the target of an aim, as the application does: with an author."""
    aim = session.scalars(
        select(Aim)
        .join(Commitment, Commitment.id == Aim.commitment_id)
        .where(Commitment.code == "DEM16-S02")
        .order_by(Aim.position)
    ).first()
    told = {"aim_id": aim.id, "version": 2, "author": "Dominique", "recorded_at": datetime(2026, 3, 2, tzinfo=UTC)}
    session.add(Baseline(**told, state=BaselineState.VALIDATED, value=Decimal(2), year=2016, in_force_from=2026))
    session.add(
        TargetVersion(
            **told,
            basis=TargetBasis.ABSOLUTE,
            comparator=Comparator.AT_LEAST,
            value=Decimal(4),
            path=TargetPath.EXPLICIT,
            decided_on=date(2026, 3, 2),
            in_force_from=2026,
            points=[TargetPoint(year=2027, value=Decimal("3.5"))],
        )
    )


# What is loaded


def test_the_two_authorities_have_147_commitments_from_4_deliberations_and_87_indicators_to_choose_from(database):
    with database.reading() as session:
        per_organisation = session.execute(
            select(Organisation.slug, func.count())
            .join(Commitment, Commitment.organisation_id == Organisation.id)
            .where(REAL)
            .group_by(Organisation.slug)
        )
        votes = session.execute(
            select(Deliberation.reference, Deliberation.adopted_on, func.count(Commitment.id))
            .join(Organisation, Organisation.id == Deliberation.organisation_id)
            .join(Commitment, Commitment.deliberation_id == Deliberation.id)
            .where(REAL)
            .group_by(Deliberation.reference, Deliberation.adopted_on)
        )
        assert {slug: count for slug, count in per_organisation} == {"marseille": 64, "amp": 83}  # noqa: C416
        assert {tuple(row) for row in votes} == {
            ("VDM-2022-0737", date(2022, 12, 16), 64),
            ("AMP-2023-14771", date(2023, 10, 12), 54),
            ("AMP-2025-17490", date(2025, 2, 27), 21),
            ("AMP-2025-17495", date(2025, 2, 27), 8),
        }
    assert number_of(database, Indicator) == 89


def test_commitments_and_indicators_keep_the_order_of_their_files(database):
    with database.reading() as session:
        text = session.scalar(select(Deliberation.id).where(Deliberation.reference == "VDM-2022-0737"))
        codes = session.scalars(
            select(Commitment.code).where(Commitment.deliberation_id == text).order_by(Commitment.position)
        ).all()
        catalogue = session.scalars(select(Indicator.code).order_by(Indicator.position)).all()
    assert codes[:3] == ["VDM22-G01", "VDM22-G02", "VDM22-G03"]
    assert codes[-1] == "VDM22-E07"
    assert list(catalogue) == [
        f"{prefix}-{number:02}"
        for prefix, last in (("SOB", 31), ("ACC", 18), ("CON", 14), ("ETH", 10), ("GOV", 16))
        for number in range(1, last + 1)
    ]


def test_nothing_was_measured_for_a_real_authority(database):
    with database.reading() as session:
        real = session.scalars(
            select(Measurement.id)
            .join(Organisation, Organisation.id == Measurement.organisation_id)
            .where(Organisation.slug.in_(["marseille", "amp"]))
        ).all()
    assert real == []


def test_the_only_targets_of_the_real_authorities_are_the_four_that_were_voted(database):
    with database.reading() as session:
        rows = session.execute(
            select(
                Commitment.code,
                Indicator.code,
                TargetVersion.version,
                TargetVersion.basis,
                TargetVersion.comparator,
                TargetVersion.value,
                TargetVersion.start,
                TargetVersion.start_year,
                TargetVersion.horizon_year,
                TargetVersion.path,
                TargetVersion.decision,
                TargetVersion.decided_on,
                TargetVersion.in_force_from,
            )
            .join(Aim, Aim.id == TargetVersion.aim_id)
            .join(Commitment, Commitment.id == Aim.commitment_id)
            .join(Indicator, Indicator.id == Aim.indicator_id)
            .join(Organisation, Organisation.id == Commitment.organisation_id)
            .where(REAL)
        )
        found = {tuple(row) for row in rows}
    from_to = (TargetBasis.FROM_TO, Comparator.AT_LEAST)
    a_quarter = (TargetBasis.RELATIVE_PERCENT, Comparator.GREATER, Decimal(25), None, None)
    undated = (None, TargetPath.LINEAR)
    marseille = (*undated, "VDM-2022-0737", date(2022, 12, 16), 2022)
    metropolis = (*undated, "AMP-2023-14771", date(2023, 10, 12), 2023)
    assert found == {
        ("VDM22-S23", "SOB-06", 1, *from_to, Decimal(6), Decimal(5), 2022, *marseille),
        ("VDM22-S24", "SOB-07", 1, *from_to, Decimal(3), Decimal(2), 2022, *marseille),
        ("AMP23-S06", "SOB-06", 1, *a_quarter, *metropolis),
        ("AMP23-S06", "SOB-07", 1, *a_quarter, *metropolis),
    }


def test_the_only_baselines_of_the_real_authorities_are_two_to_establish(database):
    with database.reading() as session:
        rows = session.execute(
            select(Commitment.code, Indicator.code, Baseline.state, Baseline.value, Baseline.year)
            .join(Aim, Aim.id == Baseline.aim_id)
            .join(Commitment, Commitment.id == Aim.commitment_id)
            .join(Indicator, Indicator.id == Aim.indicator_id)
            .join(Organisation, Organisation.id == Commitment.organisation_id)
            .where(REAL)
        )
        found = {tuple(row) for row in rows}
    assert found == {
        ("AMP23-S06", "SOB-06", BaselineState.TO_ESTABLISH, None, None),
        ("AMP23-S06", "SOB-07", BaselineState.TO_ESTABLISH, None, None),
    }


def test_the_only_amounts_of_the_real_authorities_are_the_two_fees_that_were_voted(database):
    with database.reading() as session:
        rows = session.execute(
            select(Commitment.code, Finding.state, Finding.year, Finding.amount, Finding.tax, Finding.on)
            .join(Commitment, Commitment.id == Finding.commitment_id)
            .join(Organisation, Organisation.id == Commitment.organisation_id)
            .where(REAL, Finding.amount.is_not(None))
        )
        found = {tuple(row) for row in rows}
    decided, voted_on = FindingState.DECIDED, date(2025, 2, 27)
    assert found == {
        ("AMP25N-G02", decided, 2025, Decimal(4000), TaxRegime.INCLUSIVE, voted_on),
        ("AMP25I-G02", decided, 2025, Decimal(3600), TaxRegime.UNSTATED, voted_on),
    }


def test_no_fact_of_a_real_authority_is_told_paid_or_missed_by_the_seeds(database):
    with database.reading() as session:
        states = session.scalars(
            select(Finding.state)
            .join(Commitment, Commitment.id == Finding.commitment_id)
            .join(Organisation, Organisation.id == Commitment.organisation_id)
            .where(REAL)
        ).all()
    assert FindingState.PAID not in states
    assert FindingState.NOT_DONE not in states


def test_each_deliberation_has_its_line_in_its_organisation_s_journal(database):
    with database.reading() as session:
        lines = session.execute(
            select(Organisation.slug, JournalEntry.subject, JournalEntry.after)
            .join(Organisation, Organisation.id == JournalEntry.organisation_id)
            .where(JournalEntry.action == JournalAction.LOADED, REAL)
        )
        assert {tuple(line) for line in lines} == {
            ("marseille", "VDM-2022-0737", "64"),
            ("amp", "AMP-2023-14771", "54"),
            ("amp", "AMP-2025-17490", "21"),
            ("amp", "AMP-2025-17495", "8"),
        }


def test_one_indicator_is_computed_by_a_formula_of_the_catalogue(database):
    with database.reading() as session:
        rows = session.execute(select(Indicator.code, Indicator.formula).where(Indicator.formula != ""))
        assert {tuple(row) for row in rows} == {("SOB-03", "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)")}


# Twice


def test_initialising_twice_changes_nothing_not_even_the_journal(database):
    before = everything(database)
    for password in (PASSWORD, None):
        again = instance.initialise(database, SEEDS, demo=True, password=password)
        assert again == instance.Initialised(0, None)
        assert everything(database) == before


def test_initialising_again_touches_nothing_that_people_did(database, enter_as, today):
    with database.transaction() as session:
        agent = enter_as(session, Role.AGENT)
        measurements.record(session, agent, 2025, [Draft("SOB-06", value="5,4")], today)
        fact = findings.FindingDraft(FindingState.DONE, date(2026, 3, 2), "Procès-verbal")
        findings.record(session, enter_as(session, Role.REFERENT), "VDM22-S11", fact, today)
        accounts.change_password(session, demonstration.address(Role.ADMIN), "changed-2026", "test")
        accounts.disable(session, demonstration.address(Role.ELU), "test")
        organisation = session.scalars(select(Organisation).where(Organisation.slug == "amp")).one()
        organisation.name = "Nom corrigé"
        session.scalars(select(Indicator).where(Indicator.code == "SOB-01")).one().name_fr = "Nom corrigé"
        entrusted = session.scalars(select(Assignment).where(Assignment.organisation_id == organisation.id)).first()
        session.delete(entrusted)
    before = everything(database, leaving_out=FOLLOWS)
    instance.initialise(database, SEEDS, demo=True, password=None)
    assert everything(database, leaving_out=FOLLOWS) == before


def test_a_commitment_missing_from_a_deliberation_already_there_is_not_slipped_in(empty_database, tmp_path):
    instance.initialise(empty_database, SEEDS, demo=False, password=None)
    (tmp_path / "deliberations").mkdir()
    (tmp_path / "organisations.yaml").write_bytes((SEEDS / "organisations.yaml").read_bytes())
    vote = (SEEDS / "deliberations" / "vdm-2022-0737.yaml").read_text(encoding="utf-8")
    changed = vote.replace("code: VDM22-E07", "code: VDM22-E99")
    (tmp_path / "deliberations" / "vdm-2022-0737.yaml").write_text(changed, encoding="utf-8")
    before = everything(empty_database)
    assert instance.initialise(empty_database, tmp_path, demo=False, password=None).added == 0
    assert everything(empty_database) == before


def test_a_text_that_a_later_version_brings_is_known_from_then_on_and_the_first_ones_since_their_vote(
    empty_database, tmp_path
):
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    late = tmp_path / "deliberations" / "amp-2025-17490.yaml"
    late.unlink()
    shutil.rmtree(tmp_path / "memberships")  # it quotes that text
    instance.initialise(empty_database, tmp_path, demo=False, password=None)
    between = datetime.now(UTC)
    instance.initialise(empty_database, SEEDS, demo=False, password=None)
    with empty_database.reading() as session:
        amp = organisations.by_slug(session, "amp")
        found = {row.reference: row.recorded_at is None for row in commitments.deliberations(session, amp.id)}
        texts = {one.deliberation.reference for one in portfolio(session, amp, until=between).commitments}
        now = {one.deliberation.reference for one in portfolio(session, amp).commitments}
    assert found == {"AMP-2023-14771": True, "AMP-2025-17490": False, "AMP-2025-17495": True}
    assert now - texts == {"AMP-2025-17490"}


def test_a_seed_that_cannot_be_read_leaves_nothing_loaded(empty_database, tmp_path):
    (tmp_path / "deliberations").mkdir()
    (tmp_path / "indicators").mkdir()
    for path in ("organisations.yaml", *(f"indicators/{file.name}" for file in (SEEDS / "indicators").iterdir())):
        (tmp_path / path).write_bytes((SEEDS / path).read_bytes())
    vote = (SEEDS / "deliberations" / "vdm-2022-0737.yaml").read_text(encoding="utf-8")
    broken = vote.replace("kind: quantified", "kind: wishful")
    (tmp_path / "deliberations" / "vdm-2022-0737.yaml").write_text(broken, encoding="utf-8")
    try:
        instance.initialise(empty_database, tmp_path, demo=False, password=None)
    except ValueError as error:
        assert "wishful" in str(error)  # noqa: PT017 - the rows below are what matters
    assert all(rows == [] for rows in everything(empty_database).values())


# In and out


def later_document(reference):
    """Give a deliberation of the fictional town with all that a file may say of versions, bands, steps and paths."""
    document = yaml.safe_load((SEEDS / "demonstration" / f"{reference}.yaml").read_text(encoding="utf-8"))
    commitment = document["commitments"][0]
    first = commitment["baselines"][0]
    again = {"indicator": "SOB-06", "state": "validated", "value": "4.05", "year": 2016, "in_force_from": 2023}
    commitment["baselines"] = [first, {**again, "method": 2, "source_fr": "Inventaire", "reason_fr": "Recalculée"}]
    steps = {"indicator": "SOB-06", "basis": "absolute", "comparator": "ge", "value": "6"}
    band = {"indicator": "SOB-06", "basis": "absolute", "comparator": "between", "value": "5.5", "upper": "6.5"}
    later = {"reason_fr": "Revu", "decision": "Décision du maire", "decided_on": "2024-03-01", "in_force_from": 2024}
    commitment["targets"] = [
        {
            **steps,
            "horizon_year": 2024,
            "path": "stepwise",
            "reason_fr": "Par paliers",
            "points": [{"year": 2020, "value": "5"}, {"year": 2022, "value": "5.5"}],
        },
        {**band, **later},
    ]
    commitment["findings"] = [
        {"state": "done", "on": "2017-01-02", "valid_until": "2020-01-01", "evidence_fr": "Visa fictif"}
    ]
    keys = list(commitment)
    commitment["stale_after_months"] = 24
    order = [*keys[: keys.index("stage_in_text") + 1], "stale_after_months", *keys[keys.index("stage_in_text") + 1 :]]
    document["commitments"][0] = {key: commitment[key] for key in order}
    return document


def test_versions_of_baselines_bands_and_steps_come_out_as_they_went_in(empty_database, tmp_path):
    given = writer.write(later_document("demo-2016-012"))
    (tmp_path / "demo-2016-012.yaml").write_bytes(given)
    (tmp_path / "organisation.yaml").write_bytes((SEEDS / "demonstration" / "organisation.yaml").read_bytes())
    instance.initialise(empty_database, SEEDS, demo=False, password=None)
    with empty_database.transaction() as session:
        seeds.load(session, tmp_path)
    assert exported(empty_database)["demonstration/demo-2016-012.yaml"] == given
    with empty_database.reading() as session:
        town = session.scalars(select(Organisation).where(Organisation.slug == "demonstration")).one()
        row = commitments.by_code(session, town.id, "DEM16-S01")
    steps, band = records.targets(row.aims[0])
    bases = records.baselines(row.aims[0])
    assert [(base.version, base.value, base.in_force_from, base.method, base.reason) for base in bases] == [
        (1, Decimal("4.1"), 0, None, ""),
        (2, Decimal("4.05"), 2023, 2, "Recalculée"),
    ]
    assert (steps.version, steps.path, steps.points) == (
        1,
        TargetPath.STEPWISE,
        (domain.TargetPoint(2020, Decimal(5)), domain.TargetPoint(2022, Decimal("5.5"))),
    )
    assert (steps.decision, steps.in_force_from, steps.upper) == ("DEMO-2016-012", 2016, None)
    assert (band.comparator, band.value, band.upper) == (Comparator.BETWEEN, Decimal("5.5"), Decimal("6.5"))
    assert (band.version, band.path, band.points, band.decision) == (2, TargetPath.LINEAR, (), "Décision du maire")
    assert row.stale_after_months == 24
    assert [fact.valid_until for fact in row.findings] == [date(2020, 1, 1)]


def test_a_target_decided_on_another_day_is_not_told_to_be_the_deliberation_s(database):
    with database.reading() as session:
        first, second = session.scalars(
            select(TargetVersion.decision)
            .join(Aim, Aim.id == TargetVersion.aim_id)
            .join(Commitment, Commitment.id == Aim.commitment_id)
            .where(Commitment.code == "DEM16-S01")
            .order_by(TargetVersion.version)
        )
    assert first == "DEMO-2016-012"
    assert second != "DEMO-2016-012"


def test_what_was_loaded_is_exported_byte_for_byte(database):
    assert exported(database) == files()


def test_what_people_record_is_not_written_into_the_seeds(database, enter_as, today):
    with database.transaction() as session:
        agent, referent = enter_as(session, Role.AGENT), enter_as(session, Role.REFERENT)
        measurements.record(session, agent, 2025, [Draft("SOB-06", value="5,4")], today)
        fact = findings.FindingDraft(FindingState.DONE, date(2026, 3, 2), "Procès-verbal")
        findings.record(session, referent, "VDM22-S11", fact, today)
        add_versions_of_a_person(session)
    assert number_of(database, TargetPoint) == 3
    assert exported(database) == files()


def test_without_the_demonstration_there_are_the_two_authorities_alone_no_account_and_no_value(empty_database):
    done = instance.initialise(empty_database, SEEDS, demo=False, password="unused-2026")
    assert done == instance.Initialised(12, None)
    kept = everything(empty_database)
    assert [len(kept[table]) for table in ("organisation", "deliberation", "commitment", "indicator")] == [
        2,
        4,
        147,
        89,
    ]
    assert kept["account"] == kept["role_grant"] == kept["assignment"] == kept["measurement"] == []
    real = {path: content for path, content in files().items() if not path.startswith("demonstration/")}
    assert len(real) == 12
    assert exported(empty_database) == real


def test_an_export_loaded_elsewhere_makes_the_same_store(database, source, tmp_path):
    for path, content in exported(database).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with source.empty() as other:
        instance.initialise(other, tmp_path, demo=False, password=None)
        with other.transaction() as session:
            seeds.load(session, tmp_path / "demonstration")
        assert exported(other) == files()


# The demonstration


def test_the_demonstration_draws_the_same_values_on_both_engines_and_on_a_second_build(
    sqlite_source, postgresql_source
):
    with sqlite_source.seeded() as first, postgresql_source.seeded() as second, sqlite_source.empty() as third:
        instance.initialise(third, SEEDS, demo=False, password=None)
        instance.initialise(third, SEEDS, demo=True, password="later-2026")
        values = demonstration_values(first)
        assert values == demonstration_values(second)
        assert values == demonstration_values(third)
    assert len(values) == 226


def test_the_demonstration_s_series_start_and_end_where_their_file_says(database):
    with database.reading() as session:
        rows = session.scalars(
            select(Measurement)
            .join(Indicator, Indicator.id == Measurement.indicator_id)
            .where(Indicator.code == "SOB-06")
        )
        series = {row.year: row for row in rows}
    assert sorted(series) == list(range(2016, 2026))
    first, gap, last = series[2016], series[2018], series[2025]
    assert (first.value, first.numerator, first.denominator) == (Decimal("4.1"), Decimal(1476), Decimal(360))
    assert (last.value, last.numerator, last.denominator) == (Decimal("5.4"), Decimal(1647), Decimal(305))
    assert (last.quality, last.coverage) == (Quality.MEASURED, Decimal(92))
    assert (gap.value, gap.absence, gap.numerator) == (None, Absence.NOT_MEASURED, None)
    assert gap.comment.startswith("Changement d'outil d'inventaire")


def test_a_late_series_stops_a_year_before_the_last(database):
    with database.reading() as session:
        last = session.scalar(
            select(func.max(Measurement.year))
            .join(Indicator, Indicator.id == Measurement.indicator_id)
            .where(Indicator.code == "GOV-07")
        )
    assert last == 2024


def test_the_demonstration_has_one_account_a_role_with_that_role_in_each_organisation(database):
    with database.reading() as session:
        rows = session.execute(
            select(Account.email, RoleGrant.role, Organisation.slug)
            .join(RoleGrant, RoleGrant.account_id == Account.id)
            .join(Organisation, Organisation.id == RoleGrant.organisation_id)
        )
        found = Counter(tuple(row) for row in rows)
    assert found == Counter(
        (f"{role}@demonstration.example", Role(role), slug)
        for role in ("admin", "referent", "agent", "elu")
        for slug in ("amp", "marseille", "demonstration")
    )


def test_the_demonstration_s_password_is_drawn_when_none_is_chosen_and_opens_the_accounts(empty_database):
    drawn = instance.initialise(empty_database, SEEDS, demo=True, password=None).password
    assert drawn is not None
    assert len(drawn) >= 12
    with empty_database.reading() as session:
        assert accounts.authenticate(session, "agent@demonstration.example", drawn) is not None


def test_every_indicator_in_use_is_entrusted_to_one_department(database):
    with database.reading() as session:
        used = Counter(
            (organisation.id, known.figures.rows[code].id)
            for organisation in organisations.everything(session)
            for known in [portfolio(session, organisation)]
            for code in known.used()  # those that only feed a formula or stand beside a ratio too
        )
        entrusted = session.execute(select(Assignment.organisation_id, Assignment.indicator_id))
        assert used == Counter(tuple(row) for row in entrusted)
        homes = session.execute(
            select(Organisation.slug, Department.code)
            .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
            .join(Department, Department.id == RoleGrant.department_id)
            .where(RoleGrant.role == Role.AGENT)
        )
        assert {tuple(row) for row in homes} == {("marseille", "DNSI"), ("amp", "2INFO"), ("demonstration", "DSI")}
