"""Inventories on screen: sent, previewed, their words settled, confirmed once; without a script."""

import re

import pytest

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.unit.test_inventories import DIRTY, FILES, FRENCH

HERE = "/demonstration/parc/inventaires"
MARK = re.compile(r'name="seen" value="([0-9a-f]+)"')
HEADINGS = "ID;Statut;Type;Date d'achat\n"


def send(browser: Browser, content: bytes, **fields: str) -> tuple[int, str]:
    """Send an inventory as a browser does, and give the status and where it leads (or the page)."""
    told = {"csrf_token": browser.token(), "scope": "computers", "taken_on": "20/11/2026", "order": "", **fields}
    lines = [b""]
    for name, value in told.items():
        lines += [b"--edge", f'Content-Disposition: form-data; name="{name}"'.encode(), b"", value.encode()]
    lines += [b"--edge", b'Content-Disposition: form-data; name="file"; filename="glpi.csv"', b"", content]
    body = b"\r\n".join([*lines[1:], b"--edge--", b""])
    answer = browser.post(HERE, data=body, content_type="multipart/form-data; boundary=edge")
    return answer.status_code, answer.headers.get("Location") or answer.text


def sent(browser: Browser, content: bytes, **fields: str) -> str:
    status, address = send(browser, content, **fields)
    assert status == 302, address
    return address


def confirm(browser: Browser, address: str, mark: str = "", **fields: str) -> int:
    found = MARK.search(browser.get(address).text)
    seen = mark or (found[1] if found else "")
    return browser.send(f"{address}/confirmation", {"seen": seen, **fields}).status_code


def test_a_dirty_inventory_from_its_preview_to_the_estate(referent: Browser):
    address = sent(referent, (FILES / DIRTY).read_bytes(), scope="everything")
    said = words(referent.page(address))
    assert "30 lignes lues" in said
    assert "21 nouveaux équipements, 0 modifié, 0 sans changement, 9 lignes refusées" in said.replace("\xa0", " ")
    assert "2 mots n'ont pas encore de sens" in said.replace("’", "'")
    assert "Avec une date de début : 13 sur 21" in said.replace("\xa0", " ")
    assert "G24" in said
    assert "Personne" not in said
    assert MARK.search(referent.get(address).text) is None  # nothing to confirm with before the words are settled
    tree = referent.page(address)
    asked = {
        str(one.get("name")): str(one.get("value"))
        for one in tree.iter("input")
        if re.match(r"(word|was)-", str(one.get("name")))
    }
    reads = {"category:valise nomade": "laptop", "state:cede a l'ecole": "retired"}
    typed = {f"reads-{name[5:]}": reads.get(word, "") for name, word in asked.items() if name.startswith("word-")}
    assert referent.send(f"{address}/mots", {**asked, **typed}).status_code == 302
    assert "2 mots retenus" in words(referent.page(address)).replace("\xa0", " ")
    assert confirm(referent, address) == 302
    said = words(referent.page(address)).replace("\xa0", " ")
    assert "30 lignes lues : 21 nouveaux équipements" in said
    assert "9 lignes refusées" in said
    content = referent.get(f"{address}/refus.csv").text
    assert len(content.splitlines()) == 10
    assert "24;G;Date d'achat;" in content
    assert referent.get(f"{address}/disparus.csv").status_code == 404
    assert "21 nouveaux équipements" in words(referent.page(HERE)).replace("\xa0", " ")


def test_an_order_of_days_that_nothing_tells_is_asked_at_its_field(referent: Browser):
    content = (HEADINGS + "1;En service;Portable;03/04/2024\n").encode()
    status, page = send(referent, content)
    assert status == 422
    tree = lint(HERE, page)
    field = next(one for one in tree.iter("select") if one.get("name") == "order")
    assert field.get("aria-invalid") == "true"
    assert "se lisent de deux façons" in words(tree)
    assert next(one for one in tree.iter("input") if one.get("name") == "taken_on").get("value") == "20/11/2026"
    assert send(referent, content, order="month_first")[0] == 302


@pytest.mark.parametrize(
    ("fields", "content", "said"),
    [
        ({"taken_on": "25/12/2026"}, b"ID;Type;Statut\n1;x;y\n", "n'est pas encore venu"),
        ({"taken_on": "hier"}, b"ID;Type;Statut\n1;x;y\n", "n'est pas une date"),
        ({"scope": "vaisselle"}, b"ID;Type;Statut\n1;x;y\n", "Ce choix n'existe pas"),
        ({}, b"Nom;Type;Statut\n1;x;y\n", "Ni « ID » ni"),
        ({}, b"", "vide"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(referent: Browser, fields, content, said):
    status, page = send(referent, content, **fields)
    assert status == 422
    assert said in words(lint(HERE, page)).replace("’", "'").replace("\u202f", " ").replace("\xa0", " ")


def test_a_preview_says_what_its_counts_leave_in_doubt(referent: Browser):
    rows = "1;A;Réformé;Portable\n2;A;En service;VMware\n".encode()
    said = words(referent.page(sent(referent, "ID;Numéro d'inventaire;Statut;Type\n".encode() + rows)))
    said = said.replace("\xa0", " ").replace("’", "'")
    assert "1 ligne a un numéro d'inventaire déjà porté par une autre" in said
    assert "1 est réformé sans date de réforme" in said
    assert "Hors du parc 1" in said


def test_what_vanished_is_retired_only_once_it_is_ticked(referent: Browser):
    ordered = HEADINGS.replace("Date d'achat", "Date de commande")
    first = sent(referent, (ordered + "1;En service;Portable;\n2;En service;Portable;2020-02-03\n").encode())
    assert confirm(referent, first) == 302
    address = sent(referent, (HEADINGS + "1;En service;Portable;\n").encode())
    said = words(referent.page(address)).replace("\xa0", " ")
    assert "Disparus : cochez ceux qui sont réformés au 20 novembre 2026" in said
    assert "computers:id:2;ordinateur portable;;2020-02-03" in referent.get(f"{address}/disparus.csv").text
    assert confirm(referent, address, retired="laptop") == 302
    assert "1 disparu réformé" in words(referent.page(address)).replace("\xa0", " ")


def test_a_preview_that_no_longer_holds_answers_409_and_is_made_again(referent: Browser):
    address = sent(referent, (FILES / FRENCH).read_bytes())
    found = MARK.search(referent.get(address).text)
    assert found
    other = sent(referent, (HEADINGS + "12;En service;Fixe;\n").encode())
    assert confirm(referent, other) == 302
    answer = referent.send(f"{address}/confirmation", {"seen": found[1]})
    assert answer.status_code == 409
    assert "Rien n'est enregistré" in words(lint(address, answer.text)).replace("’", "'")
    assert confirm(referent, address) == 302  # with the preview that was made again
    assert confirm(referent, address) == 302  # a second click stores nothing more


def test_a_word_that_somebody_else_settled_is_not_overwritten(referent: Browser):
    address = sent(referent, (HEADINGS + "1;En service;Valise;\n").encode())
    typed = {"word-0": "category:valise", "was-0": "", "reads-0": "laptop"}
    assert referent.send(f"{address}/mots", typed).status_code == 302
    answer = referent.send(f"{address}/mots", {**typed, "reads-0": "tablet"})
    assert answer.status_code == 409
    tree = lint(address, answer.text)
    assert "a réglé ce mot : ordinateur portable" in words(tree).replace("\xa0", " ")
    chosen = [one.get("value") for one in tree.iter("option") if one.get("selected") is not None]
    assert "tablet" in chosen
    told = words(referent.page("/demonstration/journal")).replace("\xa0", " ")
    assert "se lit comme catégorie : ordinateur portable" in told
    answer = referent.send(f"{address}/mots", {**typed, "was-0": "laptop", "reads-0": "bicycle"})
    assert answer.status_code == 422


def test_who_does_not_keep_the_estate_sends_nothing(agent: Browser):
    assert send(agent, (FILES / FRENCH).read_bytes())[0] == 403
    for address in ("/1/mots", "/1/confirmation"):
        assert agent.send(HERE + address, {}).status_code == 403


def test_what_an_inventory_settled_stands_among_the_rules_and_its_equipment_in_the_estate(referent: Browser):
    address = sent(referent, b"ID;Statut;Type;Entit\xc3\xa9\n1;En service;Portable;Ailleurs\n2;HS;Valise;Ailleurs\n")
    typed = {"word-0": "category:valise", "reads-0": "laptop", "word-1": "state:hs", "reads-1": "retired"}
    typed |= {"word-2": "department:ailleurs", "reads-2": "-"}
    assert referent.send(f"{address}/mots", typed).status_code == 302
    assert confirm(referent, address) == 302
    said = words(referent.page("/demonstration/parc/regles"))
    assert "valise" in said
    assert "ailleurs" in said
    number = re.findall(r'href="/demonstration/parc/(\d+)"', referent.get("/demonstration/parc").text)[0]
    assert "Inventaire importé" in words(referent.page(f"/demonstration/parc/{number}"))  # which one made it
    assert "ordinateurs, ID 2" in words(referent.page("/demonstration/parc")).replace("\xa0", " ")
    link = f'href="{HERE}"'
    assert link in referent.get("/demonstration/parc").text
