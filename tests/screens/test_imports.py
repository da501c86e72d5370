"""Importing a file without JavaScript: sent, previewed, confirmed once, undone; each refusal says where and why."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.integration.helpers import everything, written
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tests.workbooks import row_of, with_cell, with_ods_cell
from tracker.domain.vocabulary import Role
from tracker.services import demonstration
from tracker.store.models import Campaign, ImportBatch, Measurement, Organisation
from tracker.store.session import Database

HEAD = "indicateur;annee;valeur;qualite;commentaire\r\n"
GOOD = HEAD + "SOB-06;2025;5,4;mesuré;\r\nSOB-07;2025;2,5;estimé;Sur la moitié du parc\r\n"
LATEST = "Aucune modification"


def send(browser: Browser, content: str | bytes, name: str = "valeurs.csv", slug: str = "marseille", **fields: str):
    """Post a file as a browser does; in memory, since the client leaves large bodies open in a file of its own."""
    raw = content.encode() if isinstance(content, str) else content
    data = {"csrf_token": browser.token(), "file": FileStorage(io.BytesIO(raw), name), **fields}
    boundary, body = encode_multipart(data)
    return browser.post(f"/{slug}/imports", data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def sent(browser: Browser, content: str | bytes, name: str = "valeurs.csv", slug: str = "marseille", **fields) -> str:
    """Send a file that can be read; give the address of its preview."""
    answer = send(browser, content, name, slug, **fields)
    assert answer.status_code == 302, main_of(answer)
    return str(answer.location)


def main_of(answer) -> str:
    found = lint("answer", answer.text).find(".//main")
    assert found is not None
    return words(found)


def main(browser: Browser, address: str, status: int = 200) -> str:
    found = browser.page(address, status).find(".//main")
    assert found is not None
    return words(found)


def confirm(browser: Browser, address: str, **fields: str):
    return browser.send(f"{address}/confirmation", fields)


def close_campaign(store: Database, slug: str = "marseille", year: int = 2025) -> None:
    with store.transaction() as session:
        organisation = session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
        session.add(
            Campaign(
                organisation_id=organisation.id,
                year=year,
                due_on=date(2026, 11, 1),
                opened_at=datetime.now(UTC) - timedelta(days=30),
                opened_by="Test",
                closed_at=datetime.now(UTC) - timedelta(days=1),
            )
        )


# The way through


def test_a_file_is_previewed_confirmed_once_and_undone(agent: Browser, store: Database):
    before = written(store)
    address = sent(agent, GOOD)
    page = main(agent, address)
    assert "2 valeurs à créer, 0 à changer, 0 identique." in page
    assert "Rien n’est encore enregistré." in page
    assert "Format CSV, encodage UTF-8, séparateur : point-virgule" in page
    assert "5,4 ans" in page
    assert "qualité : estimé ; commentaire : Sur la moitié du parc" in page
    assert written(store) == before
    answer = confirm(agent, address)
    assert (answer.status_code, answer.location) == (302, address)
    page = main(agent, address)
    assert "2 valeurs créées, 0 changée." in page
    assert written(store) == (before[0] + 2, before[1] + 3)  # a line a value, and one for the file
    assert "Fichier importé, valeurs.csv" in main(agent, "/marseille/journal")
    assert "créées : 2" in main(agent, "/marseille/journal")
    assert agent.send(f"{address}/annulation", {}).status_code == 302
    page = main(agent, address)
    assert "Import annulé : 2 valeurs remises." in page
    assert "chaque valeur est revenue à ce qu’elle était" in page
    assert "SOB-06;2025;;;;" in agent.get("/marseille/saisie/2025/classeur.csv").text
    assert "Import annulé, valeurs.csv" in main(agent, "/marseille/journal")
    assert "Annulé par Alix Agent" in main(agent, "/marseille/imports")


def test_confirming_twice_and_sending_the_same_file_again_change_nothing(agent: Browser, store: Database):
    address = sent(agent, GOOD)
    confirm(agent, address)
    before = everything(store)
    assert confirm(agent, address).status_code == 302
    assert LATEST in main(agent, address)
    assert everything(store) == before
    again = sent(agent, GOOD)
    page = main(agent, again)
    assert "Aucune modification : tout ce que dit ce fichier est déjà enregistré." in page
    assert "Enregistrer" not in page
    assert written(store) == (len(before["measurement"]), len(before["journal_entry"]))
    assert confirm(agent, again).status_code == 302
    assert written(store) == (len(before["measurement"]), len(before["journal_entry"]))


def test_undoing_twice_says_that_there_is_nothing_left(agent: Browser):
    address = sent(agent, GOOD)
    confirm(agent, address)
    agent.send(f"{address}/annulation", {})
    answer = agent.send(f"{address}/annulation", {})
    assert answer.status_code == 409
    assert "Il n’y a plus rien à annuler ici." in main_of(answer)


def test_an_import_is_not_undone_once_a_value_changed(agent: Browser, store: Database):
    address = sent(agent, GOOD)
    confirm(agent, address)
    agent.send("/marseille/saisie/2025", {"SOB-06-value": "5,9", "SOB-06-revision": "1"})
    assert "Annuler cet import" not in main(agent, address)
    before = everything(store)
    answer = agent.send(f"{address}/annulation", {})
    assert answer.status_code == 409
    page = main_of(answer)
    assert "Rien n’est annulé." in page
    assert "2025 : la valeur a changé depuis, elle n’est pas touchée." in page
    assert everything(store) == before


def test_a_change_shows_the_value_of_before_and_what_looks_odd(referent: Browser):
    address = sent(referent, HEAD + "SOB-06;2025;15;mesuré;\r\n", slug="demonstration")
    page = main(referent, address)
    assert "0 valeur à créer, 1 à changer, 0 identique." in page
    assert "5,4 ans 15 ans" in page
    assert "1 valeur à vérifier, d’abord" in page
    assert "15 ans, contre" in page
    assert "Enregistrer cette valeur" in page  # it informs, it does not block
    assert confirm(referent, address).status_code == 302
    assert "15 ans" in main(referent, address)


def test_a_value_changed_since_the_preview_is_not_overwritten_and_both_are_shown(
    agent: Browser, referent: Browser, store: Database
):
    address = sent(agent, GOOD)
    referent.send("/marseille/saisie/2025", {"SOB-06-value": "5,9", "SOB-06-revision": "0"})
    before = everything(store)
    answer = confirm(agent, address)
    assert answer.status_code == 409
    page = main_of(answer)
    assert "Depuis l’aperçu, Dominique Référent (fictif) a enregistré 5,9 ; votre fichier dit 5,4." in page
    assert "C2" in page
    assert everything(store) == before
    again = sent(agent, GOOD)  # sent again, it is held against what is stored now
    assert "1 valeur à créer, 1 à changer, 0 identique." in main(agent, again)
    assert confirm(agent, again).status_code == 302
    assert "1 valeur créée, 1 changée." in main(agent, again)


# Workbooks


def test_the_workbook_of_a_person_has_their_indicators_only(agent: Browser, referent: Browser):
    own = agent.get("/demonstration/saisie/2025/classeur.csv").text
    every = referent.get("/demonstration/saisie/2025/classeur.csv").text
    assert "GOV-07" in every
    assert "GOV-07" not in own
    assert "SOB-06" in own
    answer = agent.get("/demonstration/saisie/2025/classeur.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=demonstration-saisie-2025.xlsx"
    assert agent.get("/demonstration/saisie/2025/classeur.ods").data.startswith(b"PK")
    assert agent.get("/demonstration/saisie/2031/classeur.xlsx").status_code == 404


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_a_workbook_sent_back_untouched_changes_nothing(referent: Browser, ending: str):
    book = referent.get(f"/demonstration/saisie/2025/classeur.{ending}").data
    address = sent(referent, book, f"classeur.{ending}", "demonstration")
    assert "Aucune modification" in main(referent, address)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_cell_changed_in_a_workbook_changes_that_value_and_no_other(referent: Browser, store: Database, ending: str):
    book = referent.get(f"/demonstration/saisie/2025/classeur.{ending}").data
    row = row_of(referent.get("/demonstration/saisie/2025/classeur.xlsx").data, "SOB-07")
    changed = with_cell(book, f"G{row}", "3.25") if ending == "xlsx" else with_ods_cell(book, f"G{row}", "3,25")
    before = written(store)
    address = sent(referent, changed, f"classeur.{ending}", "demonstration")
    assert "0 valeur à créer, 1 à changer" in main(referent, address)
    confirm(referent, address)
    assert written(store) == (before[0] + 1, before[1] + 2)
    assert newest(store) == "3.25"


def newest(store: Database) -> str:
    with store.reading() as session:
        row = session.scalars(select(Measurement).order_by(Measurement.id.desc()).limit(1)).one()
        return str(row.value)


def test_a_workbook_older_than_what_is_stored_is_a_problem_at_its_cell(referent: Browser, store: Database):
    book = referent.get("/demonstration/saisie/2025/classeur.xlsx").data
    row = row_of(book, "SOB-07")
    referent.send("/demonstration/saisie/2025", {"SOB-07-value": "3,5", "SOB-07-revision": "1"})
    address = sent(referent, with_cell(book, f"G{row}", "3.25"), "classeur.xlsx", "demonstration")
    page = main(referent, address)
    assert f"G{row} Entre-temps, Dominique Référent (fictif) a enregistré 3,5 ; votre fichier dit 3,25." in page
    before = everything(store)
    assert confirm(referent, address).status_code == 409
    assert everything(store) == before
    # The same file untouched says nothing new of what changed meanwhile, and one that agrees has nothing to change.
    assert "Aucune modification" in main(referent, sent(referent, book, "classeur.xlsx", "demonstration"))
    same = with_cell(with_cell(book, f"G{row}", "3.5"), f"K{row}", "")
    assert "Aucune modification" in main(referent, sent(referent, same, "classeur.xlsx", "demonstration"))


def test_a_value_wiped_out_of_a_workbook_is_a_problem_at_its_cell(referent: Browser):
    book = referent.get("/demonstration/saisie/2025/classeur.xlsx").data
    row = row_of(book, "SOB-07")
    wiped = book
    for column in "GHIKLMN":
        wiped = with_cell(wiped, f"{column}{row}", "")
    page = main(referent, sent(referent, wiped, "classeur.xlsx", "demonstration"))
    assert f"G{row} Une valeur enregistrée ne s’efface pas" in page


# Problems at their cell


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234", "1.234"),
        ("0", "0"),
    ],
)
def test_french_numbers_are_read_as_they_are_meant(agent: Browser, store: Database, typed: str, stored: str):
    address = sent(agent, HEAD + f"SOB-01;2025;{typed};;\r\n")
    assert confirm(agent, address).status_code == 302
    assert newest(store) == stored


def test_a_percentage_and_a_minus_sign_are_read_too(agent: Browser, store: Database):
    confirm(agent, sent(agent, HEAD + "SOB-10;2025;12 %;;\r\n"))
    assert newest(store) == "12"
    confirm(agent, sent(agent, HEAD + "SOB-29;2025;−25;;\r\n"))
    assert newest(store) == "-25"


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        ("SOB-06;2025;1.234;;", "C2", "« 1.234 » se lit de deux façons : écrivez 1,234 ou 1 234."),
        ("SOB-06;2025;NaN;;", "C2", "« NaN » n’est pas un nombre."),
        ("SOB-06;2025;1e400;;", "C2", "« 1e400 » n’est pas un nombre."),
        ("SOB-06;2025;12 %;;", "C2", "« 12 % » : ce nombre ne se compte pas en %."),
        ("SOB-06;2025;cinq;;", "C2", "« cinq » n’est pas un nombre."),
        ("SOB-06;2025;-1;;", "C2", "−1 est impossible ici : le minimum est 0."),
        (
            "SOB-06;2025;5;pas mal;",
            "D2",
            "« pas mal » ne fait pas partie des choix : mesuré, calculé, estimé, déclaré.",
        ),
        ("SOB-06;2027;5;;", "B2", "L’année 2027 n’est pas ouverte à la saisie."),
        ("SOB-06;1899;5;;", "B2", "« 1899 » : une année de 2000 à 2100 est attendue."),
        ("XYZ-99;2025;5;;", "A2", "« XYZ-99 » n’est pas un indicateur suivi ici : vérifiez ce code."),
        (";2025;5;;", "A2", "Il manque le code de l’indicateur."),
    ],
)
def test_each_problem_is_said_at_its_cell_and_nothing_can_be_confirmed(
    agent: Browser, store: Database, row: str, cell: str, said: str
):
    before = written(store)
    address = sent(agent, HEAD + f"{row}\r\nSOB-07;2025;2,5;;\r\n")
    page = main(agent, address)
    assert f"{cell} {said}" in page
    assert "Rien n’est enregistré : 1 problème. Corrigez le fichier et envoyez-le à nouveau." in page
    assert "Enregistrer" not in page
    assert confirm(agent, address).status_code == 422
    assert written(store) == before


def test_codes_that_are_not_theirs_computed_or_told_by_facts_are_problems_at_their_cell(agent: Browser):
    rows = "GOV-07;2025;61;;\r\nSOB-18;2025;4;;\r\nGOV-15;2025;1;;\r\n"
    page = main(agent, sent(agent, HEAD + rows, slug="demonstration"))
    assert "A2 GOV-07 ne vous est pas confié : voyez avec votre référent." in page
    assert "A3 SOB-18 est calculé en 2025 à partir d’autres données" in page
    assert "A4 GOV-15 se constate engagement par engagement" in page
    assert "3 problèmes" in page


def test_the_problems_can_be_kept_as_a_table(agent: Browser):
    address = sent(agent, HEAD + "SOB-06;2025;cinq;;\r\nSOB-07;2025;=1+1;;\r\n")
    answer = agent.get(f"{address}/problemes.csv")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["feuille", "ligne", "colonne", "probleme"]
    assert lines[1][:3] == ["", "2", "C"]
    assert "cinq" in lines[1][3]
    assert len(lines) == 3


def test_the_changes_beside_the_problems_can_be_looked_at(agent: Browser):
    address = sent(agent, HEAD + "SOB-06;2025;cinq;;\r\nSOB-07;2025;2,5;;\r\n")
    assert "2,5 ans" not in main(agent, address)
    assert "2,5 ans" in main(agent, f"{address}?vue=changements")


def test_the_year_may_be_said_beside_the_file(agent: Browser):
    content = "indicateur;valeur\r\nSOB-06;5,4\r\n"
    answer = send(agent, content)
    address = str(answer.location)
    assert "Il manque la colonne « annee » dans la ligne des titres." in main(agent, address)
    assert "1 valeur à créer" in main(agent, sent(agent, content, year="2025"))
    refused = send(agent, content, year="25")
    assert refused.status_code == 422
    assert "« 25 » : une année de 2000 à 2100 est attendue." in main_of(refused)
    assert 'value="25"' in refused.text


def test_a_long_preview_comes_a_page_at_a_time(referent: Browser):
    rows = "".join(f"SOB-06;{year};5,{year};;\r\n" for year in range(2000, 2016))
    rows += "".join(f"SOB-07;{year};2,{year};;\r\n" for year in range(2000, 2026))
    rows += "".join(f"SOB-12;{year};{year};;\r\n" for year in range(2000, 2026))
    address = sent(referent, HEAD + rows)
    assert "68 valeurs à créer" in main(referent, address)
    assert "Page 1 sur 2" in main(referent, address)
    assert referent.page(f"{address}?page=2").find(".//main") is not None
    assert referent.get(f"{address}?page=3").status_code == 404


# Rights


def test_only_the_sender_and_who_runs_the_campaign_see_a_file(
    app: Flask, agent: Browser, referent: Browser, elu: Browser
):
    mine = sent(agent, GOOD)
    theirs = sent(referent, GOOD)
    assert referent.get(mine).status_code == 200
    assert agent.get(theirs).status_code == 404
    assert elu.get(mine).status_code == 403
    assert app.test_client().get(mine).status_code == 302
    assert agent.get(mine.replace("marseille", "amp")).status_code == 404
    assert agent.get(f"{theirs}/problemes.csv").status_code == 404
    assert "valeurs.csv" in main(referent, "/marseille/imports")
    assert main(referent, "/marseille/imports").count("valeurs.csv") == 2
    assert main(agent, "/marseille/imports").count("valeurs.csv") == 1
    assert "Alix Agent (fictif) a envoyé ce fichier, et peut seul le confirmer." in main(referent, mine)


@pytest.mark.parametrize("role", [Role.ELU, Role.ADMIN])
def test_who_enters_nothing_neither_sends_nor_confirms_nor_undoes(
    app: Flask, browser: Browser, agent: Browser, store, role
):
    address = sent(agent, GOOD)
    browser.sign_in(role)
    before = counts(store)
    assert send(browser, GOOD).status_code == 403
    assert confirm(browser, address).status_code == 403
    assert browser.send(f"{address}/annulation", {}).status_code == 403
    assert counts(store) == before


def test_nobody_confirms_the_file_of_another_but_who_runs_the_campaign_undoes_it(
    agent: Browser, referent: Browser, store: Database
):
    address = sent(agent, GOOD)
    before = counts(store)
    assert confirm(referent, address).status_code == 403
    theirs = sent(referent, GOOD)
    assert confirm(agent, theirs).status_code == 404
    assert counts(store)["measurement"] == before["measurement"]
    confirm(agent, address)
    assert agent.send(f"{theirs}/annulation", {}).status_code == 404
    assert referent.send(f"{address}/annulation", {}).status_code == 302
    assert "Annulé par Dominique Référent" in main(agent, address)


# Closed campaigns


def test_after_the_end_an_agent_is_told_at_the_cell_and_their_workbook_is_empty(agent: Browser, store: Database):
    close_campaign(store)
    page = main(agent, sent(agent, GOOD))
    assert "C2 La campagne 2025 est close : le référent peut vous rouvrir cet indicateur." in page
    assert "SOB" not in agent.get("/marseille/saisie/2025/classeur.csv").text
    assert "Vous n’avez rien à remplir pour 2025" in main(agent, "/marseille/imports?annee=2025")


def test_after_the_end_a_correction_wants_one_reason_for_the_whole_file(referent: Browser, store: Database):
    close_campaign(store)
    address = sent(referent, GOOD + "SOB-06;2024;5,1;;\r\n")
    assert "Pourquoi corriger une année dont la campagne est close ?" in main(referent, address)
    before = written(store)
    answer = confirm(referent, address, reason="  ")
    assert answer.status_code == 422
    assert "dites en une phrase pourquoi vous corrigez" in main_of(answer)
    assert written(store) == before
    assert confirm(referent, address, reason="Deux écoles comptées deux fois.").status_code == 302
    assert "3 valeurs créées" in main(referent, address)
    journal = main(referent, "/marseille/journal")
    assert journal.count("Deux écoles comptées deux fois.") == 2  # the open year needs no reason


# Files that are refused as a whole


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "blanks": b"  \r\n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "a PDF": b"%PDF-1.7\n" + b"x" * 500,
    "a web page": b"<!doctype html><script>alert(1)</script>",
    "NUL bytes": b"indicateur;annee\0;valeur\r\n",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "a torn archive": b"PK\x03\x04" + b"\x00" * 60,
    "an archive of something else": archive(a_DOT_txt=b"hello"),
    "a bomb": archive(**{"[Content_Types]_DOT_xml": b"0" * 60_000_000}),
    "too many rows": b"indicateur;annee;valeur\r\n" + b"SOB-06;2025;5\r\n" * 20_000,
    "too heavy": b"indicateur;annee;valeur\r\n" + b"x" * 6_000_000,
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_a_hostile_file_gets_a_sentence_keeps_the_year_and_leaves_nothing(agent: Browser, store: Database, kind: str):
    before = everything(store)
    answer = send(
        agent, HOSTILE[kind], "valeurs.xlsx" if HOSTILE[kind].startswith(b"PK") else "valeurs.csv", year="2025"
    )
    assert answer.status_code == 422
    tree = lint("answer", answer.text)
    problem = tree.find(".//*[@id='file-problem']")
    assert problem is not None
    assert words(problem).endswith(".")
    assert 'value="2025"' in answer.text
    assert everything(store) == before
    assert agent.get("/healthz").status_code == 200


def test_far_too_much_is_refused_before_it_is_read(agent: Browser, store: Database):
    before = everything(store)
    answer = agent.post("/marseille/imports", data=b"x" * 16_000_000, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert everything(store) == before


def test_sending_nothing_asks_for_a_file(agent: Browser):
    answer = agent.send("/marseille/imports", {})
    assert answer.status_code == 422
    assert "Choisissez le fichier à importer." in main_of(answer)
    assert send(agent, b"", name="").status_code == 422


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "é" * 300 + ".csv", "<b>x</b>.csv"])
def test_a_hostile_name_is_only_a_name(agent: Browser, store: Database, name: str):
    address = sent(agent, GOOD, name)
    assert agent.get(address).status_code == 200
    with store.reading() as session:
        kept = session.scalars(select(ImportBatch.name)).one()
    assert "/" not in kept.replace("</b>", "")
    assert len(kept) <= 120
    assert "<b>x" not in agent.get("/marseille/imports").text


# What is kept


def test_a_file_that_was_never_confirmed_is_emptied_after_a_week(agent: Browser, store: Database):
    old = sent(agent, GOOD)
    with store.transaction() as session:
        session.scalars(select(ImportBatch)).one().sent_at = datetime.now(UTC) - timedelta(days=8)
    sent(agent, GOOD)
    page = main(agent, old)
    assert "n’est plus gardé : rien n’a été enregistré" in page
    assert confirm(agent, old).status_code == 404
    assert agent.get(f"{old}/problemes.csv").status_code == 404
    assert "il n’a pas été confirmé à temps" in main(agent, "/marseille/imports")


def test_only_the_last_files_of_a_person_are_kept(agent: Browser, store: Database):
    for _ in range(7):
        sent(agent, GOOD)
    with store.reading() as session:
        kept = [batch for batch in session.scalars(select(ImportBatch)) if batch.content]
    assert len(kept) == 5


def test_a_confirmed_file_is_not_kept(agent: Browser, store: Database):
    confirm(agent, sent(agent, GOOD))
    with store.reading() as session:
        batch = session.scalars(select(ImportBatch)).one()
    assert (batch.content, batch.seen) == (b"", {})
    assert batch.author == demonstration.PEOPLE[Role.AGENT]


def test_the_pages_speak_english(agent: Browser):
    address = sent(agent, GOOD)
    agent.get("/marseille/imports?langue=en")
    for page in ("/marseille/imports", address):
        assert agent.page(page).get("lang") == "en"
    content = "indicator;year;value;quality\r\nSOB-06;2025;5.4;measured\r\n"
    assert confirm(agent, sent(agent, content)).status_code == 302


def test_a_correction_by_import_after_the_end_is_undone_and_readers_see_the_value_of_before(
    referent: Browser, store: Database
):
    close_campaign(store, year=2024)
    corrections = []
    for value in ("5,2", "5,9"):
        corrections.append(sent(referent, f"indicateur;annee;valeur\r\nSOB-06;2024;{value}\r\n"))
        assert confirm(referent, corrections[-1], reason="Inventaire repris.").status_code == 302
    assert "5,9" in referent.get("/marseille/indicateurs/SOB-06.csv").text
    assert referent.send(f"{corrections[-1]}/annulation", {}).status_code == 302
    shown = referent.get("/marseille/indicateurs/SOB-06.csv").text
    assert "5,2" in shown
    assert "5,9" not in shown
