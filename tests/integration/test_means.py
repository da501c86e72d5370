"""Means: fees and actions of a year from both engines, and what the draft of a renewal report is written from."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tracker.domain.budget import Imputation, Sum
from tracker.domain.errors import NotFound
from tracker.domain.means import CostKind
from tracker.domain.vocabulary import ActionStatus, Axis, Role, TaxRegime
from tracker.services import means, renewal_reports
from tracker.store.models import (
    Action,
    ActionCommitment,
    ActionPlan,
    ActionVersion,
    BudgetLine,
    Commitment,
    Organisation,
)

TTC, HT, UNSTATED = TaxRegime
NOW = datetime(2026, 1, 5, tzinfo=UTC)
YEAR = 2031
"""A year of which the demonstration's own plans say nothing."""


def add_action(session, plan, lead, code, versions, commitments):
    """Add an action; each of ``versions`` is what was planned, what was spent, the tax regime."""
    row = Action(plan_id=plan.id, code=code, carry_reason_fr="")
    session.add(row)
    session.flush()
    codes = session.scalars(select(Commitment).where(Commitment.code.in_(commitments))).all()
    line = BudgetLine(organisation_id=plan.organisation_id, chapter="65")
    session.add(line)
    session.flush()
    for rank, (planned, spent, tax) in enumerate(versions, 1):
        session.add(
            ActionVersion(
                action_id=row.id,
                version=rank,
                title_fr=f"{code}, version {rank}",
                status=ActionStatus.UNDER_WAY,
                planned=planned,
                spent=spent,
                tax=tax,
                budget_line_id=line.id,
                account_id=lead.account_id,
                author=lead.name,
                recorded_at=NOW,
                commitments=[ActionCommitment(commitment_id=one.id) for one in codes],
            )
        )


@pytest.fixture
def planned(database, enter_as):
    """Add a plan of a far year with an action of two commitments, one of none, and one without amounts."""
    with database.transaction() as session:
        town = session.scalars(select(Organisation).where(Organisation.slug == "demonstration")).one()
        lead = enter_as(session, Role.REFERENT, "demonstration")
        plan = ActionPlan(organisation_id=town.id, year=YEAR, author=lead.name, recorded_at=NOW)
        session.add(plan)
        session.flush()
        add_action(
            session,
            plan,
            lead,
            "A1",
            [(Decimal(1), None, UNSTATED), (Decimal(900), Decimal(30), HT)],
            ["DEM22-S01", "DEM22-A01"],
        )
        add_action(session, plan, lead, "A2", [(Decimal(50), None, TTC)], [])
        add_action(session, plan, lead, "A3", [(None, None, UNSTATED)], ["DEM22-A01"])
    return database


def test_the_means_of_a_year_take_the_latest_version_of_each_action_and_count_a_shared_one_once(planned, enter_as):
    with planned.reading() as session:
        found = means.means(session, enter_as(session, Role.ELU, "demonstration"), YEAR, date(YEAR, 6, 1))
    actions = [one for one in found.costs if one.kind is CostKind.ACTION]
    assert [(one.code, one.title, one.planned, one.spent) for one in actions] == [
        ("A1", "A1, version 2", Sum(Decimal(900), HT), Sum(Decimal(30), HT)),
        ("A2", "A2, version 1", Sum(Decimal(50), TTC), Sum(None, TTC)),
        ("A3", "A3, version 1", Sum(None, UNSTATED), Sum(None, UNSTATED)),
    ]
    assert actions[0].line == Imputation(chapter="65")
    assert found.total.planned == {HT: Decimal(900), TTC: Decimal(50)}
    assert found.total.spent == {HT: Decimal(30)}
    assert found.total.shared == 1
    by_code = {record.code: total for record, total in found.by_commitment}
    assert by_code["DEM22-S01"].planned == by_code["DEM22-A01"].planned == {HT: Decimal(900)}
    assert by_code["DEM22-A01"].unplanned == 1
    assert found.by_axis[Axis.SOBRIETY].planned == {HT: Decimal(900)}
    assert found.by_axis[None].planned == {TTC: Decimal(50)}
    assert YEAR in found.by_year


def test_the_means_of_a_real_authority_are_its_two_fees_side_by_side(database, enter_as, today):
    with database.reading() as session:
        elu = enter_as(session, Role.ELU, "amp")
        found = means.means(session, elu, 2025, today)
        assert found.total.planned == {TTC: Decimal(4000), UNSTATED: Decimal(3600)}
        assert found.total.spent == {}
        assert {record.code for record, _ in found.by_commitment} == {"AMP25N-G02", "AMP25I-G02"}
        assert means.means(session, elu, 2024, today).total.unplanned == 2
        for year in (1999, 2028):
            with pytest.raises(NotFound):
                means.means(session, elu, year, today)


def test_the_draft_of_a_renewal_report_is_written_from_last_year_s_facts_and_leaves_the_new_amount_unknown(
    database, enter_as, today
):
    with database.reading() as session:
        elu = enter_as(session, Role.ELU, "amp")
        facts = renewal_reports.renewal_grounds(session, elu, "INR", 2026, today)
        assert (facts.association, facts.year, facts.due_on) == (
            "Institut du Numérique Responsable",
            2026,
            date(2025, 12, 31),
        )
        assert facts.fee.amount is None
        assert facts.last is not None
        assert facts.last.year.fee == Sum(Decimal(4000), TTC)
        assert facts.text is not None
        assert facts.text.number == "IVIS-006-17490/25/BM"
        assert "Loi REEN du 15 novembre 2021, article 35" in facts.legal_basis
        assert facts.line is not None
        assert facts.line.nature == "6281"
        first = renewal_reports.renewal_grounds(session, elu, "INR", 2024, today)
        assert (first.text, first.decided_by) == (None, "Bureau de la Métropole, délibération IVIS-022-14769/23/BM")
        for code, year in (("INR", 2022), ("INR", 2028), ("RIEN", 2026)):
            with pytest.raises(NotFound):
                renewal_reports.renewal_grounds(session, elu, code, year, today)
        town = enter_as(session, Role.ELU, "demonstration")
        assert "écoconception" in renewal_reports.renewal_grounds(session, town, "RFNR", 2026, today).tools
        with pytest.raises(NotFound):
            renewal_reports.renewal_grounds(session, town, "CFE", 2024, today)
