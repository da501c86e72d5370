"""The officer's fears: a wrong number, somebody else's value, a broken connection; nothing typed is lost."""

from playwright.sync_api import expect

from tests.journeys.conftest import Walk

GRID = "/marseille/saisie/2025"
COMPUTERS = "#SOB-06-value"
PROBLEM = "#SOB-06-value-problem"


def test_a_wrong_number_is_said_under_its_field_and_stays_there(walk: Walk):
    page = walk("agent", GRID)
    page.fill(COMPUTERS, "abc")
    page.keyboard.press("Tab")
    expect(page.locator(PROBLEM)).to_have_text("« abc » n’est pas un nombre. Exemple : 5,4.")
    expect(page.locator(COMPUTERS)).to_have_attribute("aria-describedby", "SOB-06-value-problem")
    expect(page.locator(COMPUTERS)).to_have_value("abc")
    page.fill(COMPUTERS, "5,1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_contain_text("1 valeur enregistrée à")
    expect(page.locator(PROBLEM)).to_have_count(0)


def test_two_people_on_one_value_see_both_and_choose(walk: Walk):
    first, second = walk("agent", GRID), walk("referent", GRID)
    first.fill("#SOB-10-value", "5,4")
    first.keyboard.press("Tab")
    expect(first.get_by_role("status")).to_contain_text("enregistrée")
    second.fill("#SOB-10-value", "5,2")
    second.keyboard.press("Tab")
    expect(second.locator("#SOB-10-value-problem")).to_contain_text("Alix Agent (fictif) a enregistré 5,4")
    expect(second.locator("#SOB-10-value-problem")).to_contain_text("Votre saisie : 5,2")
    second.get_by_role("button", name="Garder l’autre").click()
    expect(second.locator("#SOB-10-value")).to_have_value("5,4")
    expect(second.locator("#SOB-10-value-problem")).to_have_count(0)


def test_the_same_conflict_without_javascript(walk: Walk):
    first = walk("agent", GRID, java_script_enabled=False)
    second = walk("referent", GRID, java_script_enabled=False)
    first.fill("#SOB-07-value", "3,1")
    first.get_by_role("button", name="Enregistrer").click()
    second.fill("#SOB-07-value", "2,9")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.locator("#SOB-07-value-problem")).to_contain_text("a enregistré 3,1")
    second.get_by_label("Garder ma saisie").check()
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_role("status").first).to_contain_text("1 valeur enregistrée à")
    first.goto("/marseille/indicateurs/SOB-07")
    expect(first.get_by_role("row", name="2025")).to_contain_text("2,9 ans")


def test_what_is_typed_during_a_broken_connection_is_sent_when_it_is_back(walk: Walk):
    page = walk("agent", GRID)
    page.context.set_offline(True)
    page.fill("#SOB-11-value", "42")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_contain_text("Hors connexion : 1 saisie gardée")
    expect(page.locator("#SOB-11-value")).to_have_value("42")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("1 valeur enregistrée à")


def test_the_lead_says_that_a_milestone_was_reached(walk: Walk):
    page = walk("referent", "/amp/engagements/AMP23-S03")
    page.get_by_text("Enregistrer un constat").click()
    page.get_by_label("Constat").select_option("réalisé")
    page.get_by_label("Date").fill("14/03/2024")
    page.get_by_role("button", name="Enregistrer le constat").click()
    expect(page.get_by_text("Dites ce qui l’établit")).to_be_visible()
    expect(page.get_by_label("Date")).to_have_value("14/03/2024")
    page.get_by_label("Ce qui l’établit").fill("Essai de la chaîne de test, sans valeur réelle")
    page.get_by_role("button", name="Enregistrer le constat").click()
    expect(page.locator("#motifs")).to_contain_text("Jalon atteint le 14 mars 2024.")
