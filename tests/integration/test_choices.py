"""Following indicators without a commitment: chosen, entered, dropped and taken up again, and no value is ever lost."""

import pytest

from tests.integration.helpers import everything
from tests.integration.new_town import LEAD, Run, founded
from tracker.domain.entries import Draft
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.journal_actions import JournalAction
from tracker.domain.vocabulary import Role, Tier
from tracker.labels.journal import shown
from tracker.services import choices, entry, indicators, measurements, start
from tracker.store.models import JournalEntry
from tracker.store.session import Database

RATIO = "SOB-02"  # read beside SOB-01, its companion


@pytest.fixture
def run(database: Database) -> Run:
    """Give the function that calls a service as the lead of a new organisation, in a transaction of its own."""
    return founded(database)


def offered(run: Run) -> dict[str, choices.Offer]:
    return {offer.indicator.code: offer for axis in run(choices.offers).by_axis.values() for offer in axis}


def test_a_new_organisation_is_offered_the_recommended_set_and_has_stored_nothing(run: Run, database: Database):
    before = everything(database)
    found = run(choices.offers)
    tiers = {offer.indicator.code: offer.indicator.tier for axis in found.by_axis.values() for offer in axis}
    assert found.is_new
    assert found.ticked() == {code for code, tier in tiers.items() if tier in {Tier.CORE, Tier.STANDARD}}
    assert "GOV-15" not in tiers  # told by facts, commitment by commitment
    assert everything(database) == before


def test_what_is_chosen_is_entered_has_its_page_and_counts(run: Run, today):
    done = run(choices.choose, {"SOB-06", "ACC-01"}, 0)
    assert set(done.followed) == {"SOB-06", "ACC-01"}
    assert {row.code for row in run(entry.grid, 2025, None, 1, today).rows} >= {"SOB-06", "ACC-01"}
    run(measurements.record, 2025, [Draft("SOB-06", value="5,4")], today)
    assert str(run(indicators.sheet, "SOB-06", today).aim.value(2025)) == "5.4"
    assert run(indicators.sheet, "SOB-06", today, role=Role.ELU).last_year == 2025


def test_the_same_choice_twice_changes_nothing(run: Run, database: Database):
    run(choices.choose, {"SOB-06"}, 0)
    before = everything(database)
    assert run(choices.choose, {"SOB-06"}, 0) == choices.Chosen((), (), 0)
    assert everything(database) == before


def test_an_indicator_dropped_keeps_its_values_and_gives_them_back(run: Run, database: Database, today):
    run(choices.choose, {"SOB-06", "SOB-07"}, 0)
    for year in (2024, 2025):
        run(measurements.record, year, [Draft("SOB-06", value="5,4")], today)
    done = run(choices.choose, {"SOB-07"}, run(choices.offers).seen)
    assert (done.dropped, done.kept) == (("SOB-06",), 2)
    with pytest.raises(NotFound):
        run(indicators.sheet, "SOB-06", today)
    assert offered(run)["SOB-06"].values == 2
    run(choices.choose, {"SOB-06", "SOB-07"}, run(choices.offers).seen)
    assert len(run(indicators.sheet, "SOB-06", today).revisions) == 2


def test_one_line_of_journal_tells_what_was_followed_and_dropped(run: Run, database: Database):
    run(choices.choose, {"SOB-06", "SOB-07"}, 0)
    run(choices.choose, {"SOB-06", "ACC-01"}, run(choices.offers).seen)
    with database.reading() as session:
        lines = session.query(JournalEntry).filter_by(action=JournalAction.INDICATOR_CHOSEN).all()
    assert [line.actor for line in lines] == [LEAD, LEAD]
    assert shown(lines[1].action, lines[1].after) == "suivis\u00a0: ACC-01, plus suivis\u00a0: SOB-07"


def test_what_a_commitment_uses_is_followed_whatever_is_ticked(database: Database, enter_as):
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT)
        offers = choices.offers(session, lead)
        served = [offer for axis in offers.by_axis.values() for offer in axis if offer.served]
        assert served
        assert not offers.is_new
        assert choices.choose(session, lead, set(), 0) == choices.Chosen((), (), 0)


def test_what_another_one_is_read_beside_says_so(run: Run):
    run(choices.choose, {RATIO}, 0)
    assert offered(run)["SOB-01"].needed_by == (RATIO,)
    assert offered(run)[RATIO].needed_by == ()


def test_two_leads_at_once_never_undo_each_other(run: Run, database: Database):
    run(choices.choose, {"SOB-06"}, 0)
    before = everything(database)
    with pytest.raises(Conflict) as refused:
        run(choices.choose, {"SOB-07"}, 0)
    assert refused.value.problems[0].values == {"author": LEAD}
    assert everything(database) == before


@pytest.mark.parametrize("code", ["NOPE-01", "GOV-15", "", "sob-06"])
def test_a_code_that_is_not_offered_is_refused(run: Run, database: Database, code: str):
    before = everything(database)
    with pytest.raises(Invalid):
        run(choices.choose, {"SOB-06", code}, 0)
    assert everything(database) == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.ELU, Role.ADMIN])
def test_only_who_configures_chooses(run: Run, today, role: Role):
    for service, given in ((choices.offers, ()), (choices.choose, ({"SOB-06"}, 0)), (start.start, (today,))):
        with pytest.raises(Forbidden):
            run(service, *given, role=role)


def test_the_steps_follow_what_is_done(run: Run, today):
    found = run(start.start, today)
    assert (found.done, found.followed, found.campaign) == (0, 0, None)
    run(choices.choose, {"SOB-06"}, 0)
    found = run(start.start, today)
    assert (found.is_followed, found.is_settled, found.is_entrusted, found.done) == (True, True, False, 2)
