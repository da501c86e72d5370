"""The history of a value, its files and its messages on screen: what is sent is checked, kept, given back safely."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tests.unit.test_evidence import SOUND, pdf
from tracker.domain.evidence import FORMATS, MEGABYTE, EvidenceKind
from tracker.domain.vocabulary import Role
from tracker.services import accounts
from tracker.store.models import Campaign, Evidence, Message, Organisation
from tracker.store.session import Database
from tracker.web.screens.histories.views import UPLOAD_LIMIT

HISTORY = "/marseille/indicateurs/SOB-06/2025/historique"
PROMISE = "/marseille/engagements/VDM22-C02/echanges"
FILES, TALK = "/marseille/pieces", "/marseille/echanges"
VALUE = {"kind": "value", "code": "SOB-06", "year": "2025"}
COMMITMENT = {"kind": "commitment", "code": "VDM22-C02", "year": "0"}


def upload(browser: Browser, content: bytes, name: str, note: str = "", slug: str = "marseille", **more: str):
    told = {
        **VALUE,
        "note": note,
        **more,
        "csrf_token": browser.token(),
        "file": FileStorage(io.BytesIO(content), name),
    }
    boundary, body = encode_multipart(told)  # by hand: the client leaves a temporary file open behind a heavy one
    return browser.post(f"/{slug}/pieces", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def attached(store: Database) -> list[Evidence]:
    with store.reading() as session:
        return list(session.scalars(select(Evidence).order_by(Evidence.id)))


def title(browser: Browser, address: str) -> str:
    found = browser.page(address).find(".//h1")
    assert found is not None
    return words(found)


def problem(tree: Element, identity: str) -> str:
    found = tree.find(f".//p[@id='{identity}-problem']")
    assert found is not None, identity
    return words(found)


def field(tree: Element, identity: str) -> str:
    found = next(node for node in tree.iter() if node.get("id") == identity)
    return found.get("value") or "".join(found.itertext())


# Sending a file


@pytest.mark.parametrize("kind", [EvidenceKind.PDF, EvidenceKind.PNG, EvidenceKind.DOCX, EvidenceKind.XLSX])
def test_a_real_file_is_attached_and_comes_back_as_it_was_sent(agent: Browser, store: Database, kind: EvidenceKind):
    name = f"Relevé « été » n° 1.{FORMATS[kind].extensions[0]}"
    answer = upload(agent, SOUND[kind], name, "Inventaire")
    assert answer.status_code == 302
    page = agent.page(answer.location)
    assert "Pièce enregistrée." in words(page)
    assert f"{name} ({FORMATS[kind].name}, " in words(page)
    (row,) = attached(store)
    back = agent.get(f"{FILES}/{row.id}")
    assert back.data == SOUND[kind]
    assert back.headers["Content-Type"] == FORMATS[kind].media_type
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert back.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert back.headers["Cache-Control"] == "no-store"
    disposition = back.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''Relev%C3%A9%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB%20n%C2%B0%201." in disposition


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<!doctype html><script>alert(1)</script>", "releve.pdf", "Ce type de fichier n’est pas accepté."),
        (b"", "vide.pdf", "Ce fichier est vide."),
        (pdf(), "releve.png", "Le nom se termine par « .png »"),
        (b"MZ\x90\x00\x03", "releve.exe", "Ce type de fichier n’est pas accepté."),
        (pdf(b"x" * (10 * MEGABYTE)), "lourd.pdf", "Fichier trop lourd"),
        (b"", "", "Choisissez le fichier à joindre."),
    ],
    ids=["html", "empty", "other extension", "program", "too heavy", "none"],
)
def test_a_file_that_cannot_be_taken_gets_a_sentence_at_its_field_and_the_note_stays(
    agent: Browser, store: Database, content: bytes, name: str, sentence: str
):
    before = counts(store)
    answer = upload(agent, content, name, "Inventaire <b>du 31</b>")
    assert answer.status_code == 422
    tree = lint(FILES, answer.text)
    assert sentence in problem(tree, "file-0")
    assert field(tree, "note-0") == "Inventaire <b>du 31</b>"
    assert counts(store) == before


def test_a_request_heavier_than_any_file_is_refused_before_it_is_read_with_the_same_sentence(
    agent: Browser, store: Database
):
    before = counts(store)
    body = b"x" * (UPLOAD_LIMIT + 1)
    answer = agent.post(FILES, data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "Fichier trop lourd" in answer.text
    assert counts(store) == before


def test_only_the_address_of_files_takes_more_than_a_form(agent: Browser):
    answer = agent.send(TALK, {**VALUE, "body": "x" * 2_100_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("dossier/releve.pdf", "releve.pdf"),
        ("releve%0D%0ASet-Cookie: a=b.pdf", "releve%0D%0ASet-Cookie- a=b.pdf"),  # as browsers send a line end
        ("%22><img src=x>.pdf", "---img src=x-.pdf"),
        ("\u202efdp.releve.pdf", "fdp.releve.pdf"),
        ("CON.pdf", "_CON.pdf"),
    ],
)
def test_a_name_never_leaves_its_header_nor_becomes_a_path(
    agent: Browser, store: Database, instance_folder: Path, name: str, kept: str
):
    assert upload(agent, pdf(), name).status_code == 302
    (row,) = attached(store)
    assert row.name == kept
    back = agent.get(f"{FILES}/{row.id}")
    assert "Set-Cookie" not in back.headers
    assert "\n" not in back.headers["Content-Disposition"]
    assert {path.name for path in instance_folder.rglob("*") if "passwd" in path.name} == set()
    agent.page(HISTORY)


def test_who_may_not_attach_sees_no_form_and_is_refused_and_reads_the_files(
    agent: Browser, elu: Browser, store: Database
):
    upload(agent, pdf(), "releve.pdf")
    (row,) = attached(store)
    before = counts(store)
    assert elu.page(HISTORY).find(".//input[@type='file']") is None
    assert upload(elu, pdf(b"autre"), "autre.pdf").status_code == 403
    assert elu.send(f"{FILES}/{row.id}/retrait", {"reason": "non"}).status_code == 403
    assert upload(agent, pdf(b"autre"), "autre.pdf", **COMMITMENT).status_code == 403
    assert elu.get(f"{FILES}/{row.id}").data == pdf()
    assert counts(store) == before


def test_a_file_is_found_in_its_own_organisation_only(referent: Browser, app: Flask, store: Database):
    upload(referent, pdf(), "releve.pdf")
    (row,) = attached(store)
    for address in (f"/amp/pieces/{row.id}", f"{FILES}/{row.id + 1}", f"{FILES}/99999999999999999999"):
        assert referent.get(address).status_code == 404, address
    assert referent.send(f"/amp/pieces/{row.id}/retrait", {"reason": "non"}).status_code == 404
    with store.transaction() as session:
        told = {"email": "x@example.org", "name": "X", "password": "long-enough-2026", "actor": "test"}
        accounts.add(session, roles={"amp": Role.REFERENT}, **told)
    client = app.test_client()
    assert isinstance(client, Browser)
    client.sign_in(email="x@example.org", password="long-enough-2026")
    assert client.get(f"{FILES}/{row.id}").status_code == 404
    assert app.test_client().get(f"{FILES}/{row.id}").status_code == 302


@pytest.mark.parametrize(
    "about",
    [
        {"kind": "campaign", "code": "", "year": "2025"},
        {"kind": "value", "code": "SOB-06", "year": "douze"},
        {"kind": "value", "code": "SOB-06", "year": "2025" * 9},
        {"kind": "value", "code": "\x00", "year": "2025"},
        {"kind": "commitment", "code": "VDM22-C02", "year": "2025"},
        {"kind": "", "code": "", "year": ""},
    ],
)
def test_what_nothing_can_be_said_of_is_not_found(referent: Browser, store: Database, about: dict[str, str]):
    before = counts(store)
    assert upload(referent, pdf(), "releve.pdf", **about).status_code == 404
    assert referent.send(TALK, {**about, "body": "Bonjour"}).status_code == 404
    assert counts(store) == before


# Replacing, withdrawing, losing


def test_a_file_is_replaced_then_withdrawn_and_every_version_stays_in_reach(agent: Browser, store: Database):
    upload(agent, pdf(b"un"), "releve.pdf", "premier")
    (first,) = attached(store)
    opened = agent.page(f"{HISTORY}?piece={first.id}")
    assert opened.find(f".//form[@action='{FILES}/{first.id}/retrait']") is not None
    assert upload(agent, pdf(b"deux"), "corrige.pdf", replaces=str(first.id)).status_code == 302
    _, second = attached(store)
    empty = agent.send(f"{FILES}/{second.id}/retrait", {"reason": " "})
    assert empty.status_code == 422
    assert "Dites pourquoi" in problem(lint(FILES, empty.text), f"reason-{second.id}")
    stale = agent.send(f"{FILES}/{first.id}/retrait", {"reason": "Mauvaise année"})
    assert stale.status_code == 409
    answer = agent.send(f"{FILES}/{second.id}/retrait", {"reason": "Mauvaise année"})
    page = words(agent.page(answer.location))
    assert "corrige.pdf : retirée par Alix Agent (fictif)" in page
    assert "Mauvaise année" in page
    assert "2 versions précédentes" in page
    assert agent.get(f"{FILES}/{first.id}").data == pdf(b"un")


def test_a_refused_replacement_comes_back_in_its_own_form(agent: Browser, store: Database):
    upload(agent, pdf(), "releve.pdf")
    (row,) = attached(store)
    answer = upload(agent, b"<html>", "releve.pdf", "ma note", replaces=str(row.id))
    tree = lint(FILES, answer.text)
    assert answer.status_code == 422
    assert problem(tree, f"file-{row.id}")
    assert field(tree, f"note-{row.id}") == "ma note"
    assert field(tree, "note-0") == ""


def test_a_file_that_the_disk_lost_or_altered_is_said_in_words_and_nothing_else_breaks(
    agent: Browser, store: Database, instance_folder: Path
):
    content = pdf(b"to be lost")
    upload(agent, content, "releve.pdf")
    (row,) = attached(store)
    path = instance_folder / "files" / row.sha256[:2] / row.sha256[2:]
    assert path.read_bytes() == content
    for spoil in (lambda: path.write_bytes(b"altered"), path.unlink):
        spoil()
        answer = agent.get(f"{FILES}/{row.id}")
        assert answer.status_code == 404
        assert "n’y est plus tel qu’il a été joint" in words(lint(FILES, answer.text))
        assert "releve.pdf" in words(agent.page(HISTORY))
    assert upload(agent, content, "releve bis.pdf").status_code == 302
    assert agent.get(f"{FILES}/{row.id}").data == content


def test_the_files_lie_outside_what_is_served(agent: Browser, store: Database):
    upload(agent, pdf(), "releve.pdf")
    (row,) = attached(store)
    for address in (f"/static/files/{row.sha256[:2]}/{row.sha256[2:]}", f"/files/{row.sha256}", "/static/../files"):
        assert agent.get(address).status_code == 404


# Talking


HOSTILE = (
    "<script>alert(1)</script>\n<img src=x onerror=alert(1)>\nhttps://evil.example \"' {{ 7*7 }} [a](javascript:1)"
)


def test_a_hostile_message_is_shown_as_it_was_typed_and_nothing_of_it_runs_or_leads_anywhere(
    agent: Browser, elu: Browser
):
    answer = agent.send(TALK, {**VALUE, "body": HOSTILE})
    assert answer.status_code == 302
    tree = elu.page(HISTORY)
    said = [node for node in tree.iter("p") if node.get("class") == "said"]
    assert ["".join(node.itertext()) for node in said] == [HOSTILE]
    assert [list(node) for node in said] == [[]]
    assert not [link for link in tree.iter("a") if "evil" in (link.get("href") or "")]


def test_a_refused_message_stays_in_its_field_with_those_it_was_for(agent: Browser, store: Database):
    chosen = agent.page(HISTORY).findall(".//input[@name='tell']")
    assert len(chosen) == 3
    number = str(chosen[1].get("value"))
    answer = agent.send(TALK, {**VALUE, "body": "é" * 2001, "tell": number})
    assert answer.status_code == 422
    tree = lint(TALK, answer.text)
    assert "2000 caractères au plus" in problem(tree, "body")
    assert field(tree, "body") == "é" * 2001
    ticked = [node.get("value") for node in tree.findall(".//input[@name='tell']") if node.get("checked") is not None]
    assert ticked == [number]
    empty = agent.send(TALK, {**VALUE, "body": "  "})
    assert "Écrivez votre message." in problem(lint(TALK, empty.text), "body")


def test_a_message_sent_twice_in_a_row_is_one(agent: Browser, store: Database):
    for _ in range(2):
        assert agent.send(TALK, {**VALUE, "body": "Bonjour"}).status_code == 302
    with store.reading() as session:
        assert list(session.scalars(select(Message.body))) == ["Bonjour"]


def test_a_long_discussion_leads_to_its_older_messages(agent: Browser):
    for number in range(21):
        agent.send(TALK, {**VALUE, "body": f"Message numéro {number}."})
    latest = agent.page(HISTORY)
    assert "Message numéro 20." in words(latest)
    assert "Message numéro 0." not in words(latest)
    older = agent.page(f"{HISTORY}?messages=2")
    assert "Message numéro 0." in words(older)
    assert agent.get(f"{HISTORY}?messages=3").status_code == 404
    assert agent.get(f"{HISTORY}?messages=x").status_code == 404


def test_a_commitment_has_its_files_and_its_messages_and_leads_back(referent: Browser):
    assert upload(referent, pdf(), "proces-verbal.pdf", **COMMITMENT).location.startswith(PROMISE)
    assert referent.send(TALK, {**COMMITMENT, "body": "Signé le 12."}).location.startswith(PROMISE)
    page = referent.page(PROMISE)
    assert "proces-verbal.pdf (PDF, " in words(page)
    assert "Signé le 12." in words(page)
    assert page.find(".//a[@href='/marseille/engagements/VDM22-C02']") is not None
    assert referent.page("/marseille/engagements/VDM22-C02").find(f".//a[@href='{PROMISE}']") is not None


def test_an_action_has_its_files_and_its_messages_read_by_all_and_its_page_lists_them(
    agent: Browser, elu: Browser, store: Database
):
    action = "/demonstration/plan/2025/actions/A2025-05"
    proofs = f"{action}/echanges"
    assert "aucune pièce jointe ; aucun message" in words(elu.page(action))
    about = {"kind": "action", "code": "A2025-05", "year": "2025"}
    sent = upload(agent, pdf(), "contrat.pdf", "Contrat signé", slug="demonstration", **about)
    assert sent.location.startswith(f"{proofs}#")
    body = "@Sacha Élu c'est signé"
    assert agent.send("/demonstration/echanges", {**about, "body": body}).location.startswith(f"{proofs}#")
    read, shown = elu.page(proofs), words(elu.page(action))
    assert "contrat.pdf (PDF, " in words(read)
    assert body in words(read)
    assert read.find(f".//a[@href='{action}']") is not None
    assert read.find(".//form[@action='/demonstration/pieces']") is None
    assert [words(one) for one in read.findall(".//nav//a[@aria-current]")] == ["Plan d’actions"]
    assert "contrat.pdf (PDF, " in shown
    assert "Contrat signé" in shown
    assert "1 message" in shown
    told = elu.page("/notifications")
    assert told.find(f".//a[@href='{proofs}']") is not None
    named = next(one for one in told.iter("a") if one.get("href") == proofs)
    assert words(named) == f"{title(agent, action)}, 2025"
    before = counts(store)
    refused = upload(agent, b"MZ", "virus.exe", "La note", slug="demonstration", **about)
    assert refused.status_code == 422
    tree = lint(proofs, refused.text)
    assert field(tree, "note-0") == "La note"
    [other] = [str(link.get("href")) for link in tree.iter("a") if "?piece=" in str(link.get("href"))]
    assert agent.get(other.partition("#")[0]).status_code == 200
    assert upload(elu, pdf(b"x"), "x.pdf", slug="demonstration", **about).status_code == 403
    for gone in ("2025/actions/A2025-99", "2019/actions/A2025-05"):
        assert agent.get(f"/demonstration/plan/{gone}/echanges").status_code == 404
    assert counts(store) == before


# The history


def test_the_history_tells_who_when_old_and_new_and_is_reached_from_the_pages_of_the_value(
    agent: Browser, referent: Browser
):
    grid = "/marseille/saisie/2025"
    first = {"SOB-06-value": "5,4", "SOB-06-precision": "measured", "SOB-06-comment": "", "SOB-06-revision": "0"}
    agent.send(grid, first)
    referent.send(grid, {**first, "SOB-06-value": "5,6", "SOB-06-comment": "Lot oublié", "SOB-06-revision": "1"})
    tree = agent.page(HISTORY)
    section = next(node for node in tree.iter("section") if node.get("id") == "revisions")
    told = words(section)
    assert told.startswith("2 saisies Révision 2 Dominique Référent (fictif), 22 nov. 2026 à ")
    assert "Valeur 5,4 ans → 5,6 ans Commentaire Lot oublié" in told
    assert "publiée" not in told
    assert "Publié : 5,6 ans." in words(tree)
    for address in ("/marseille/indicateurs/SOB-06", "/marseille/indicateurs/SOB-06/2025"):
        assert agent.page(address).find(f".//a[@href='{HISTORY}']") is not None, address


def test_readers_of_an_open_campaign_see_no_figure_of_a_draft_anywhere(
    agent: Browser, elu: Browser, store: Database, app: Flask
):
    draft = {"SOB-06-value": "9,87", "SOB-06-comment": "très secret", "SOB-06-revision": "0"}
    with store.transaction() as session:
        home = session.scalars(select(Organisation.id).where(Organisation.slug == "marseille")).one()
        told = {"due_on": date(2026, 12, 4), "reminders_on": [], "opened_by": "test"}
        session.add(Campaign(organisation_id=home, year=2025, opened_at=datetime(2026, 9, 1, tzinfo=UTC), **told))
    assert agent.send("/marseille/saisie/2025", draft).status_code == 302
    shown = words(agent.page(HISTORY))
    assert "9,87 ans" in shown
    assert "pas encore validée" in shown
    indicator = "/marseille/indicateurs/SOB-06"
    for address in (HISTORY, indicator, f"{indicator}/2025", f"{indicator}.csv", "/marseille/comparaison"):
        answer = elu.get(address)
        assert answer.status_code == 200, address
        assert "9,87" not in answer.text, address
        assert "très secret" not in answer.text, address
    assert "Une nouvelle saisie est en préparation." in words(elu.page(HISTORY))


def test_a_page_with_much_on_it_stays_light(agent: Browser):
    grid = "/marseille/saisie/2025"
    for number in range(11):
        typed = {"value": f"5,{number:02}", "comment": f"Commentaire {number}", "revision": str(number)}
        agent.send(grid, {f"SOB-06-{name}": text for name, text in typed.items()})
        upload(agent, pdf(b"%d" % number), f"releve {number}.pdf")
    for number in range(21):
        agent.send(TALK, {**VALUE, "body": f"Message {number}"})
    answer = agent.get(HISTORY)
    assert sum(1 for _ in lint(HISTORY, answer.text).iter()) <= 400
    assert re.search(r"Page 1 sur 2", words(lint(HISTORY, answer.text)))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_write_and_only_those_who_enter_the_value_attach_and_withdraw(
    browser: Browser, store: Database, role: Role
):
    browser.sign_in(role)
    may_attach = role in {Role.AGENT, Role.REFERENT}
    assert browser.send(TALK, {**VALUE, "body": "Bonjour"}).status_code == 302
    assert upload(browser, pdf(), "releve.pdf").status_code == (302 if may_attach else 403)
    assert upload(browser, pdf(), "releve.pdf", **COMMITMENT).status_code == (302 if role is Role.REFERENT else 403)
    assert len(attached(store)) == may_attach + (role is Role.REFERENT)


def test_a_stranger_and_a_form_without_its_token_get_nothing(browser: Browser, agent: Browser, store: Database):
    before = counts(store)
    for address in (FILES, f"{FILES}/1/retrait", TALK, "/notifications/lues"):
        token = browser.token("/connexion")
        assert browser.post(address, data={**VALUE, "csrf_token": token}).location.startswith("/connexion"), address
        assert agent.post(address, data=VALUE).status_code == 400, address
    assert counts(store) == before
