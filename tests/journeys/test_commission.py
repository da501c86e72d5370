"""A session of the approval commission from its agenda to its minutes, with nothing but a keyboard."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Walk
from tests.journeys.test_tasks_by_keyboard import press, reach, told, with_and_without_scripts

HOME = "/demonstration/commission"


def write(page: Page, field: Locator, words: str) -> None:
    reach(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def choose(page: Page, label: str, first_letters: str) -> None:
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(first_letters)


@with_and_without_scripts
def test_a_session_goes_from_its_agenda_to_its_minutes_by_keyboard(walk: Walk, scripts: bool):
    page = walk("referent", HOME, java_script_enabled=scripts)
    press(page, "link", "Préparer une séance")
    write(page, page.get_by_label("Jour de la séance"), "20/11/2026" if scripts else "19/11/2026")
    write(page, page.get_by_label("Lieu"), "Salle du conseil")
    write(page, page.get_by_label("Ont siégé, par fonction"), "Élue déléguée au numérique")
    press(page, "button", "Enregistrer")
    told(page, "Séance ajoutée")
    boxes = page.get_by_role("checkbox")
    for rank in range(1, boxes.count()):
        reach(page, boxes.nth(rank))
        page.keyboard.press("Space")
    press(page, "button", "Inscrire les services cochés")
    told(page, "Ordre du jour complété.")
    expect(page.locator("main ol.facts > li")).to_have_count(1)
    press(page, "button", "La séance est tenue")
    told(page, "décidez maintenant service par service")
    reach(page, page.locator("main ol.facts a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Le dossier, au jour de la séance")).to_be_visible()
    choose(page, "Décision", "homologation r")
    press(page, "button", "Enregistrer la décision")
    expect(page.get_by_role("alert")).to_contain_text("Rien n’est enregistré")
    write(page, page.get_by_label("Réserves, ou motif"), "Le formulaire ne se remplit pas au clavier.")
    press(page, "button", "Enregistrer la décision")
    told(page, "Décision enregistrée.")
    expect(page.locator("main ol.facts > li").first).to_contain_text("homologation refusée")
    press(page, "button", "Arrêter le procès-verbal")
    told(page, "Le procès-verbal est arrêté.")
    reach(page, page.get_by_role("link", name="Procès-verbal (ODT)"))
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    assert arriving.value.suggested_filename.endswith(".odt")


@with_and_without_scripts
def test_a_gap_is_added_and_mended_by_keyboard(walk: Walk, scripts: bool):
    words = f"La carte {'avec' if scripts else 'sans'} script"
    page = walk("referent", "/demonstration/services/2/ecarts", java_script_enabled=scripts)
    press(page, "link", "Ajouter un contenu")
    write(page, page.locator("#content"), words)
    press(page, "button", "Enregistrer")
    told(page, "Contenu ajouté.")
    gap = page.get_by_role("listitem").filter(has_text=words)
    reach(page, gap.get_by_role("link"))
    page.keyboard.press("Enter")
    write(page, page.locator("#mended_on"), "20/11/2026")
    press(page, "button", "Enregistrer")
    expect(page.get_by_role("listitem").filter(has_text=words)).to_contain_text("corrigé le 20 novembre 2026")
