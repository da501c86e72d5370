"""What one is told, on screen: one's own only, with the way to what it is about, until it is read."""

from datetime import UTC, datetime

from sqlalchemy import select

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.vocabulary import NoticeKind, Role, SubjectKind
from tracker.services import demonstration
from tracker.store.models import Notice, Organisation
from tracker.store.queries import accounts
from tracker.store.session import Database

PAGE, READ = "/notifications", "/notifications/lues"
VALUE = {"kind": "value", "code": "SOB-06", "year": "2025"}


def test_without_notices_the_page_says_what_one_is_told_here(elu: Browser):
    page = elu.page(PAGE)
    assert "Rien pour l’instant" in words(page)
    assert page.find(f".//form[@action='{READ}']") is None


def test_a_mention_leads_to_what_it_is_about_and_is_read_once(agent: Browser, elu: Browser):
    agent.send("/marseille/echanges", {**VALUE, "body": "@Sacha Élu <b>regardez</b>"})
    page = elu.page(PAGE)
    assert "1 notification non lue." in words(page)
    assert "On vous mentionne non lue : Durée d’usage moyenne des ordinateurs, 2025 Alix Agent (fictif)" in words(page)
    assert "@Sacha Élu <b>regardez</b>" in words(page)
    assert page.find(".//a[@href='/marseille/indicateurs/SOB-06/2025/historique']") is not None
    assert elu.send(READ, {}).status_code == 302
    after = elu.page(PAGE)
    assert "Vous avez tout lu." in words(after)
    assert "non lue" not in words(after)


def test_marking_as_read_touches_nobody_elses_notices(agent: Browser, elu: Browser, app, store: Database):
    agent.send("/marseille/echanges", {**VALUE, "body": "@Sacha Élu @Dominique Référent"})
    elu.send(READ, {})
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(Role.REFERENT)
    assert "1 notification non lue." in words(other.page(PAGE))


def test_a_commitment_and_a_campaign_are_reached_too_and_fifty_are_shown(elu: Browser, store: Database):
    with store.transaction() as session:
        me = accounts.by_email(session, demonstration.address(Role.ELU))
        home = session.scalars(select(Organisation.id).where(Organisation.slug == "marseille")).one()
        assert me
        about = [(SubjectKind.CAMPAIGN, "", 2025), (SubjectKind.COMMITMENT, "VDM22-C02", 0)]
        about += [(SubjectKind.VALUE, "SOB-06", 2025)] * 58 + about
        for kind, code, year in about:
            told = {"kind": NoticeKind.REMINDER, "author": "test", "at": datetime.now(UTC), "body": ""}
            session.add(
                Notice(
                    account_id=me.id,
                    organisation_id=home,
                    subject_kind=kind,
                    subject_code=code,
                    subject_year=year,
                    **told,
                )
            )
    page = elu.page(PAGE)
    assert "62 notifications non lues." in words(page)
    assert len([node for node in page.iter("li") if "Rappel" in words(node)]) == 50
    links = [link.get("href") for link in page.iter("a")]
    assert "/marseille/saisie/2025" in links
    assert "/marseille/engagements/VDM22-C02/echanges" in links
    assert sum(1 for _ in page.iter()) <= 400


def test_a_stranger_is_asked_to_sign_in(browser: Browser):
    assert browser.get(PAGE).status_code == 302
