"""The releases that the commission examined before they opened, given to the indicators of a year."""

from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import TODAY
from tests.integration.test_commission import HELD_ON
from tests.served import digital_service, full_audit
from tracker.domain.offers import OfferState
from tracker.domain.vocabulary import Role
from tracker.services import agendas, approvals, commission, service_values
from tracker.services.approval_values import EXAMINED
from tracker.services.approvals import DecisionDraft
from tracker.services.commission import SessionDraft
from tracker.services.offers import Offer
from tracker.services.portfolio import portfolio

YEAR = 2025


@pytest.fixture
def session(database):
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def referent(session, enter_as):
    return enter_as(session, Role.REFERENT, "amp")


def offer(session, visitor, year: int = YEAR) -> Offer:
    (found,) = [
        one for one in service_values.offered(session, visitor, year, TODAY).listed if one.indicator.code == EXAMINED
    ]
    return found


def examined(session, visitor, service, held_on: date) -> None:
    number = commission.open_session(session, visitor, SessionDraft(held_on=held_on.strftime("%d/%m/%Y")))
    agendas.add_asked(session, visitor, number, str(service.number), "Avant l'ouverture.")
    commission.hold(session, visitor, number, 1, TODAY)
    refused = DecisionDraft(outcome="refused", text="Sans audit complet.")
    approvals.decide(session, visitor, number, service.number, refused)


def test_the_share_of_releases_examined_is_given_with_what_it_covers_and_is_written_once_confirmed(session, referent):
    before = digital_service(session, referent.organisation, opened_on=date(2025, 3, 1))
    digital_service(session, referent.organisation, opened_on=date(2025, 6, 1))
    full_audit(session, before)
    digital_service(session, referent.organisation, opened_on=None)
    assert offer(session, referent).entry.value == 0
    examined(session, referent, before, date(2025, 2, 20))
    found = offer(session, referent)
    assert (found.state, found.entry.value, found.value.coverage) == (OfferState.NEW, 50, Decimal("66.7"))
    assert "3 n’a pas de date d’ouverture connue." in found.value.comment
    shown = service_values.offered(session, referent, YEAR, TODAY).digest
    assert service_values.confirm(session, referent, YEAR, shown, "", TODAY)
    readings = portfolio(session, referent.organisation, with_drafts=True).figures.values[EXAMINED].readings
    assert (readings[YEAR].value, readings[YEAR].numerator, readings[YEAR].denominator) == (50, 1, 2)


def test_an_examination_after_the_opening_counts_for_nothing(session, referent):
    late = digital_service(session, referent.organisation, opened_on=date(2025, 3, 1))
    examined(session, referent, late, HELD_ON)
    assert offer(session, referent).entry.value == 0


def test_a_year_without_release_gives_no_value_and_says_why(session, referent):
    assert offer(session, referent).state is OfferState.WITHHELD
    assert "Aucune mise en ligne n’est connue en 2025" in offer(session, referent).value.withheld
    digital_service(session, referent.organisation, opened_on=None)
    assert "1 n’a pas de date d’ouverture connue." in offer(session, referent).value.withheld
