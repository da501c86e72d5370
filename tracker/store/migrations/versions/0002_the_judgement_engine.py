"""The judgement engine: versions of baselines, settings and methods, paths of targets, parts of departments.

A column added to a table that is history, or that others point to, brings a default: SQLite then takes it without
making the table again. Only ``baseline``, whose key changes, is made again.
"""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect, unprotect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")
NEW_TABLES = ("target_point", "indicator_setting", "indicator_method", "measurement_part")
NEW_HISTORY = ("baseline", *NEW_TABLES)


def upgrade() -> None:
    """Bring the schema up."""
    op.add_column("commitment", sa.Column("stale_after_months", sa.Integer(), nullable=True))
    op.add_column("finding", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("indicator", sa.Column("formula", sa.Text(), server_default="", nullable=False))
    _give_formula()
    op.add_column("measurement", sa.Column("method", sa.Integer(), server_default="1", nullable=False))
    _version_baselines()
    _widen_targets()
    _create_tables()
    for table in NEW_HISTORY:
        protect(table)


def _give_formula() -> None:
    """Give the catalogue's one computed indicator its formula: a catalogue that is there is not loaded again."""
    indicator = sa.table("indicator", sa.column("code"), sa.column("collected_by"), sa.column("formula"))
    formula = "100 × (SOB-01 − référence(SOB-01)) / référence(SOB-01)"
    is_computed = sa.and_(indicator.c.code == "SOB-03", indicator.c.collected_by == "derived")
    op.execute(indicator.update().where(is_computed).values(formula=formula))


def _version_baselines() -> None:
    """Make each baseline the first version, good for every year, as it was until now."""
    op.add_column("baseline", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("baseline", sa.Column("in_force_from", sa.Integer(), nullable=True))
    op.add_column("baseline", sa.Column("method", sa.Integer(), nullable=True))
    op.add_column("baseline", sa.Column("reason_fr", sa.Text(), nullable=True))
    op.add_column("baseline", sa.Column("author", sa.String(length=120), nullable=True))
    op.add_column("baseline", sa.Column("recorded_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE baseline SET version = 1, in_force_from = 0, reason_fr = '', author = ''")
    with op.batch_alter_table("baseline") as batch:
        batch.alter_column("version", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("in_force_from", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("reason_fr", existing_type=sa.Text(), nullable=False)
        batch.alter_column("author", existing_type=sa.String(length=120), nullable=False)
        batch.drop_constraint("uq_baseline_aim_id", type_="unique")
        batch.create_unique_constraint("uq_baseline_aim_id_version", ["aim_id", "version"])


def _widen_targets() -> None:
    """Add the band, the departure, the path and the decision, which until now was the deliberation on its own day."""
    for name in ("upper", "start"):
        op.add_column("target_version", sa.Column(name, EXACT, nullable=True))
    op.add_column("target_version", sa.Column("start_year", sa.Integer(), nullable=True))
    op.add_column("target_version", sa.Column("path", sa.String(40), server_default="linear", nullable=False))
    op.add_column("target_version", sa.Column("decision", sa.Text(), server_default="", nullable=False))
    op.add_column("target_version", sa.Column("author", sa.String(length=120), server_default="", nullable=False))
    op.add_column("target_version", sa.Column("recorded_at", sa.DateTime(), nullable=True))
    unprotect("target_version")
    op.execute(
        """
        UPDATE target_version SET decision = COALESCE((
            SELECT deliberation.reference
            FROM aim
            JOIN commitment ON commitment.id = aim.commitment_id
            JOIN deliberation ON deliberation.id = commitment.deliberation_id
            WHERE aim.id = target_version.aim_id AND deliberation.adopted_on = target_version.decided_on
        ), '')
        """
    )
    protect("target_version")


def _create_tables() -> None:
    op.create_table(
        "target_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_version_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["target_version_id"], ["target_version.id"], name="fk_target_point_target_version_id_target_version"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_target_point"),
        sa.UniqueConstraint("target_version_id", "year", name="uq_target_point_target_version_id_year"),
    )
    op.create_table(
        "indicator_setting",
        *_of_an_indicator("indicator_setting"),
        sa.Column("better", sa.String(40), nullable=True),
        sa.Column("tolerance", EXACT, nullable=True),
        sa.Column("companion", sa.String(length=40), nullable=True),
    )
    op.create_table(
        "indicator_method",
        *_of_an_indicator("indicator_method"),
        sa.Column("in_force_from", sa.Integer(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("description_fr", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 2", name=op.f("ck_indicator_method_after_the_catalogue")),
    )
    op.create_table(
        "measurement_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("numerator", EXACT, nullable=True),
        sa.Column("denominator", EXACT, nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_measurement_part_department_id_department"
        ),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurement.id"], name="fk_measurement_part_measurement_id_measurement"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measurement_part"),
        sa.UniqueConstraint("measurement_id", "department_id", name="uq_measurement_part_measurement_id_department_id"),
    )


def _of_an_indicator(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Give what a version of an organisation's own choice about an indicator always has."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason_fr", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=f"fk_{table}_indicator_id_indicator"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint(
            "organisation_id",
            "indicator_id",
            "version",
            name=f"uq_{table}_organisation_id_indicator_id_version",
        ),
    )


def downgrade() -> None:
    """Take the schema back; the latest baseline of each aim stays, and the departure that a target states becomes one.

    Bands and lines of journal about what was not there before keep their codes, which the code of before refuses.
    """
    for table in NEW_TABLES:
        op.drop_table(table)
    unprotect("baseline")
    op.execute(
        "DELETE FROM baseline WHERE version < (SELECT MAX(b.version) FROM baseline b WHERE b.aim_id = baseline.aim_id)"
    )
    unprotect("target_version")
    op.execute(
        """
        INSERT INTO baseline (aim_id, version, state, value, year, source_fr, in_force_from, reason_fr, author)
        SELECT t.aim_id, 1, 'validated', t.start, t.start_year, t.reason_fr, 0, '', ''
        FROM target_version t
        WHERE t.basis = 'from_to' AND t.start IS NOT NULL
            AND t.version = (SELECT MAX(l.version) FROM target_version l WHERE l.aim_id = t.aim_id)
            AND NOT EXISTS (SELECT 1 FROM baseline b WHERE b.aim_id = t.aim_id)
        """
    )
    op.execute("UPDATE target_version SET basis = 'absolute' WHERE basis = 'from_to'")
    for name in ("upper", "start", "start_year", "path", "decision", "author", "recorded_at"):
        op.drop_column("target_version", name)
    protect("target_version")
    with op.batch_alter_table("baseline") as batch:
        batch.drop_constraint("uq_baseline_aim_id_version", type_="unique")
        for name in ("version", "in_force_from", "method", "reason_fr", "author", "recorded_at"):
            batch.drop_column(name)
        batch.create_unique_constraint("uq_baseline_aim_id", ["aim_id"])
    op.drop_column("measurement", "method")
    op.drop_column("indicator", "formula")
    op.drop_column("finding", "valid_until")
    op.drop_column("commitment", "stale_after_months")
