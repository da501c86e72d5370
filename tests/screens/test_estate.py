"""The register of equipment on screen: the estate in one reading, its filters, its table, one line."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from tests.screens.conftest import Browser
from tests.screens.lint import words
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.store.models import Equipment, Organisation
from tracker.store.queries import organisations
from tracker.store.session import Database

PAGE = "/demonstration/parc"


def main_of(browser: Browser, address: str) -> str:
    main = browser.page(address).find(".//main")
    assert main is not None
    return words(main)


def rows(browser: Browser, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"{PAGE}.csv?{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def home(store: Database) -> int:
    with store.reading() as session:
        town = organisations.by_slug(session, "demonstration")
        assert isinstance(town, Organisation)
        return town.id


def added(store: Database, **given: object) -> int:
    """Add a line to the register of the fictional town, and give its number."""
    told = {"category": EquipmentCategory.OTHER, "recorded_at": datetime.now(UTC), **given}
    with store.transaction() as session:
        row = Equipment(organisation_id=home(store), **told)
        session.add(row)
        session.flush()
        return row.id


def test_the_estate_is_told_in_one_reading_that_agrees_with_its_table(elu: Browser):
    told, listed = main_of(elu, PAGE), rows(elu)
    pieces = {
        state: sum(int(row["nombre"]) for row in listed if row["etat"] == state)
        for state in ("en service", "en stock", "réformé")
    }
    gone = sum(int(row["nombre"]) for row in listed if row["reforme_le"].startswith("2026"))
    begun = ("mis_en_service_le", "livre_le", "achete_le", "commande_le")
    dated = sum(int(row["nombre"]) for row in listed if any(row[name] for name in begun))
    bare = re.sub(r"(?<=\d)\s(?=\d{3})", "", told)
    assert f"{pieces['en service']} équipements sont en service. {pieces['en stock']} sont en stock." in bare
    assert f"{gone} ont été réformés en 2026." in bare
    share = f"{100 * dated / sum(pieces.values()):.1f}".replace(".", ",")
    assert f"connu pour {share}% des {sum(pieces.values())} équipements" in bare.replace(" %", "%")
    assert f"{len(listed)} lignes répondent." in bare


def test_each_category_leads_to_its_own_lines(elu: Browser):
    links = [link for link in elu.page(PAGE).iterfind(".//main//li/a") if "categorie=" in str(link.get("href"))]
    assert len(links) == len(EquipmentCategory)
    for link in links[:3]:
        listed = rows(elu, str(link.get("href")).partition("?")[2])
        assert {row["categorie"] for row in listed} == {words(link)}


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        ("etat=retired", "etat", "réformé"),
        ("service=DRH", "service", "DRH"),
        ("service=-", "service", ""),
        ("origine=gift", "origine", "reçu en don"),
        ("categorie=server&etat=in_use", "categorie", "serveur"),
        ("mots=portable+14", "modele", "Portable 14 pouces (fictif)"),
        ("mots=%C3%A9CRAN", "modele", "Écran 24 pouces (fictif)"),
        ("mots=ecran", "modele", "Écran 24 pouces (fictif)"),
        ("mots=televiseur", "categorie", "téléviseur"),
    ],
)
def test_a_filter_keeps_what_it_says_and_nothing_else(elu: Browser, query: str, column: str, value: str):
    kept, everything = rows(elu, query), rows(elu)
    assert kept
    assert {row[column] for row in kept} == {value}
    if "&" not in query:
        assert kept == [row for row in everything if row[column] == value]
    assert f"{len(kept)} ligne" in main_of(elu, f"{PAGE}?{query}").replace("\u00a0", " ")


def test_a_filter_that_does_not_exist_lets_everything_through_and_one_that_nothing_meets_says_so(elu: Browser):
    assert rows(elu, "categorie=soucoupe&etat=perdu&service=RIEN&origine=x") == rows(elu)
    assert "Aucun équipement ne répond à tous ces critères" in main_of(elu, f"{PAGE}?mots=100%25")
    assert rows(elu, "mots=100%25") == rows(elu, "mots=_") == []


def test_pages_follow_each_other_with_their_filters_and_no_line_is_lost(elu: Browser):
    seen: list[str] = []
    address = f"{PAGE}?categorie=laptop"
    while address:
        tree = elu.page(address)
        seen += [str(link.get("href")).rpartition("/")[2] for link in tree.iterfind(".//tbody//a")]
        following = tree.find(".//a[@rel='next']")
        address = str(following.get("href")) if following is not None else ""
    assert seen == [row["ligne"] for row in reversed(rows(elu, "categorie=laptop"))]
    assert elu.get(f"{PAGE}?page=99").status_code == 404


def test_a_line_says_which_day_its_life_is_counted_from_and_never_guesses(elu: Browser, store: Database):
    told = {
        "started_on": "la mise en service, le 3",
        "delivered_on": "la livraison, le 2",
        "purchased_on": "l’achat, le 1er",
        "ordered_on": "la commande, le 31",
    }
    days = dict(zip(told, (date(2020, 3, 3), date(2020, 3, 2), date(2020, 3, 1), date(2020, 1, 31)), strict=True))
    for name, sentence in told.items():
        number = added(store, **days)
        assert f"La durée se compte depuis {sentence}" in main_of(elu, f"{PAGE}/{number}")
        del days[name]
    page = main_of(elu, f"{PAGE}/{added(store, state=EquipmentState.LEFT_OUT, started_on=date(2020, 3, 3))}")
    assert "Hors du parc" in page
    assert "La durée se compte" not in page
    number = added(store, state=EquipmentState.RETIRED)
    page = main_of(elu, f"{PAGE}/{number}")
    assert "1 équipement réformé, on ne sait quand. Le début de vie n'est pas connu".replace("'", "’") in (
        page.replace("\u00a0", " ")
    )


def test_a_line_of_another_authority_does_not_exist_here(elu: Browser):
    number = rows(elu)[0]["ligne"]
    assert elu.get(f"/marseille/parc/{number}").status_code == 404
    assert "Aucun équipement n’est encore enregistré." in main_of(elu, "/marseille/parc")


def test_what_is_written_shows_at_once_though_the_counts_are_kept(elu: Browser, store: Database):
    before = main_of(elu, PAGE)
    with store.transaction() as session:
        session.execute(update(Equipment).values(state=EquipmentState.IN_STOCK))
    assert "0 équipement est en service." in main_of(elu, PAGE).replace("\u00a0", " ")
    assert "0 équipement est en service." not in before.replace("\u00a0", " ")


def test_a_cell_of_the_table_never_runs_as_a_formula(elu: Browser, store: Database):
    added(store, model="=cmd|' /C calc'!A0")
    assert rows(elu)[-1]["modele"] == "'=cmd|' /C calc'!A0"


TYPED = {"category": "laptop", "quantity": "2", "origin": "new", "state": "in_use", "model": "Portable « A »"}


def test_a_line_that_is_added_shows_with_what_the_journal_tells(referent: Browser):
    answer = referent.send(f"{PAGE}/ajout", {**TYPED, "started_on": "01/03/2024", "note": "Salle B"})
    assert answer.status_code == 302
    told = main_of(referent, str(answer.location))
    assert "2 équipements en service." in told.replace("\u00a0", " ")
    assert "mise en service, le 1er mars 2024" in told
    assert "Équipement ajouté" in told
    assert "catégorie : ordinateur portable" in told.replace("\u00a0", " ")


def test_a_refused_line_keeps_what_was_typed_and_each_sentence_stands_at_its_field(referent: Browser):
    sent = {**TYPED, "quantity": "0", "retired_on": "01/03/2024", "note": "À garder"}
    answer = referent.send(f"{PAGE}/ajout", sent)
    assert answer.status_code == 422
    assert 'id="retired_on-problem">Seul un équipement réformé a un jour de réforme' in answer.text
    assert 'aria-describedby="quantity-problem"' in answer.text
    assert "le minimum est 1" in answer.text
    assert "À garder</textarea>" in answer.text


def test_a_correction_over_somebody_else_s_shows_both_and_goes_through_when_sent_again(
    referent: Browser, store: Database
):
    number = added(store, category=EquipmentCategory.LAPTOP, model="Portable « A »", quantity=2)
    address = f"{PAGE}/{number}/modifier"
    assert referent.send(address, {**TYPED, "model": "Le leur", "seen": "1"}).status_code == 302
    answer = referent.send(address, {**TYPED, "model": "Le mien", "seen": "1"})
    assert answer.status_code == 409
    assert "a enregistré : Le leur" in answer.text.replace("\u00a0", " ")
    assert 'value="Le mien"' in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert referent.send(address, {**TYPED, "model": "Le mien", "seen": "2"}).status_code == 302
    assert "Le mien" in main_of(referent, f"{PAGE}/{number}")


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999"])
def test_a_mark_that_no_form_of_ours_sends_is_a_conflict_and_never_a_fault(
    referent: Browser, store: Database, seen: str
):
    number = added(store)
    assert referent.send(f"{PAGE}/{number}/modifier", {**TYPED, "seen": seen}).status_code == 409


def test_ticked_lines_are_shown_before_they_change_and_a_line_that_cannot_says_why(referent: Browser, store: Database):
    good = added(store, category=EquipmentCategory.SERVER, model="Zorglub 1", quantity=3)
    bad = added(store, category=EquipmentCategory.SERVER, model="Zorglub 2", started_on=date(2026, 11, 1))
    address = f"{PAGE}/modifier?choisi={good}&choisi={bad}"
    assert "2 lignes sont choisies." in main_of(referent, address).replace("\u00a0", " ")
    draft = {"state": "retired", "retired_on": "31/10/2026", "destination": "given"}
    shown = referent.send(address, {**draft, "step": "preview"})
    assert shown.status_code == 200
    told = shown.text.replace("\u00a0", " ")
    assert "1 ligne changerait. Cela fait 3 équipements." in told
    assert "1 ligne ne peut pas changer ainsi" in told
    assert "La réforme vient après le reste de sa vie" in told
    mark = re.search(r'name="shown" value="(\w+)"', shown.text)
    assert mark
    assert rows(referent, "mots=Zorglub+1")[0]["etat"] == "en service"  # shown, not done
    assert (
        referent.send(address, {**draft, "destination": "sold", "step": "confirm", "shown": mark[1]}).status_code == 409
    )
    assert referent.send(address, {**draft, "step": "confirm", "shown": mark[1]}).status_code == 302
    assert [row["destination"] for row in rows(referent, "mots=Zorglub+1")] == ["donné"]
    assert rows(referent, "mots=Zorglub+2")[0]["etat"] == "en service"


def test_the_whole_list_is_chosen_with_its_filters_even_where_lines_are_ticked(referent: Browser):
    form = next(
        one
        for one in referent.page(f"{PAGE}?categorie=laptop&etat=retired").iterfind(".//main//form")
        if str(one.get("action")).endswith("/parc/modifier")
    )
    sent = {str(one.get("name")): str(one.get("value")) for one in form.iterfind(".//input[@type='hidden']")}
    assert sent == {"categorie": "laptop", "etat": "retired"}
    told = main_of(referent, f"{PAGE}/modifier?tout=1&choisi=1&categorie=laptop&etat=retired").replace("\u00a0", " ")
    assert f"{len(rows(referent, 'categorie=laptop&etat=retired'))} lignes sont choisies." in told


def test_without_a_tick_one_is_told_so(referent: Browser):
    for query in ("", "?choisi=x", "?choisi=0", "?choisi=999999"):
        assert "Rien n’est coché" in main_of(referent, f"{PAGE}/modifier{query}")
    assert referent.send(f"{PAGE}/modifier", {"category": "server", "step": "confirm"}).status_code == 422
    assert referent.send(f"{PAGE}/modifier?tout=1", {"step": "preview"}).status_code == 422


@pytest.mark.parametrize("page", ["parc", "parc/durees", "carbone/2025", "simulateur"])
def test_while_nothing_is_known_each_page_says_what_to_do_first_and_who_does_it(
    elu: Browser, referent: Browser, page: str
):
    assert 'href="/marseille/parc/inventaires"' in referent.get(f"/marseille/{page}").text
    told = main_of(elu, f"/marseille/{page}")
    assert "La personne qui tient le parc (le référent) y importe l’inventaire" in told
    assert "inventaires" not in elu.get(f"/marseille/{page}").text
    assert "y importe" not in main_of(elu, f"/demonstration/{page}")
