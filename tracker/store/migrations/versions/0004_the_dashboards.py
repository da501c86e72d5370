"""The dashboards: what is published, followed, asked and found."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.history import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("search_entry", "answer", "question", "digest", "digest_choice", "following", "publication")
HISTORY = ("answer", "question", "digest_choice", "following", "publication")


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("has_values", sa.Boolean(), nullable=False),
        sa.Column("visible_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("note_fr", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_publication_year_range")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_publication_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_publication_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("organisation_id", "year", "version", name="uq_publication_organisation_id_year_version"),
    )
    op.create_table(
        "following",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_following_account_id_account"),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_following_commitment_id_commitment"),
        sa.PrimaryKeyConstraint("id", name="pk_following"),
        sa.UniqueConstraint(
            "account_id", "commitment_id", "version", name="uq_following_account_id_commitment_id_version"
        ),
    )
    op.create_index("ix_following_commitment_id", "following", ["commitment_id"], unique=False)
    op.create_table(
        "digest_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_digest_choice_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_digest_choice_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest_choice"),
        sa.UniqueConstraint(
            "account_id", "organisation_id", "version", name="uq_digest_choice_account_id_organisation_id_version"
        ),
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_digest_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_digest_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("account_id", "organisation_id", "on", name="uq_digest_account_id_organisation_id_on"),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_question_account_id_account"),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_question_commitment_id_commitment"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
    )
    op.create_index("ix_question_commitment_id", "question", ["commitment_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_answer_account_id_account"),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_answer_question_id_question"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_question_id", "answer", ["question_id"], unique=False)
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_search_entry_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
        sa.UniqueConstraint("organisation_id", "kind", "code", name="uq_search_entry_organisation_id_kind_code"),
    )
    # PostgreSQL reads the words of an organisation's few hundred entries; SQLite looks them up.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search_index USING fts5(stems)")
    for table in HISTORY:
        protect(table)


def downgrade() -> None:
    """Take the schema back; what was published, followed and asked is lost, and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    for table in TABLES:
        op.drop_table(table)
