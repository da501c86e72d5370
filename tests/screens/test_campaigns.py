"""The pages of the campaigns: what each person sees, what a refusal keeps, what was sent is said truly."""

from dataclasses import replace

import pytest
from icalendar import Calendar

from tests.integration.test_mailing import Office, serving
from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_every_page import counts
from tracker.store.session import Database

LIST = "/marseille/campagnes"
TOWN = "/demonstration/campagnes/2025"
OPENING = {"year": "2025", "due_on": "04/12/2026", "debate_on": "17/12/2026", "reminder_0": "01/12/2026"}
PEOPLE = ("Alix Agent", "Dominique Référent")


def main(tree) -> str:
    return words(tree.find(".//main"))


def field(tree, name: str):
    return next(node for node in tree.iter() if node.get("name") == name)


def problem(tree, name: str) -> str:
    control = field(tree, name)
    assert control.get("aria-invalid") == "true", name
    return words(next(node for node in tree.iter() if node.get("id") == control.get("aria-describedby")))


def test_a_campaign_is_opened_followed_and_closed_without_javascript(referent: Browser):
    assert "chaque valeur compte dès qu’elle est enregistrée" in main(referent.page(LIST))
    answer = referent.send(LIST, OPENING)
    assert answer.status_code == 302
    told = main(lint(LIST, referent.get(answer.location).text))
    assert "La campagne 2025 est ouverte." in told
    assert "0 relevé sur" in told
    assert "il reste 12 jours" in told
    page = f"{LIST}/2025"
    uncounted = field(referent.page(page), "uncounted").get("value")
    refused = referent.send(f"{page}/cloture", {"uncounted": uncounted})
    assert refused.status_code == 422
    assert "Cochez la case" in problem(lint(page, refused.text), "confirmed")
    stale = referent.send(f"{page}/cloture", {"uncounted": "1", "confirmed": "1"})
    assert stale.status_code == 409
    assert referent.send(f"{page}/cloture", {"uncounted": uncounted, "confirmed": "1"}).status_code == 302
    told = main(referent.page(page))
    assert "La campagne 2025 est close." in told
    assert "Réouvertures" in told
    again = referent.send(f"{page}/cloture", {"uncounted": uncounted, "confirmed": "1"})
    assert again.status_code == 409
    assert "La campagne 2025 est déjà close." in main(lint(page, again.text))


def test_each_error_stands_at_its_field_and_what_was_typed_stays(referent: Browser, store: Database):
    before = counts(store)
    sent = OPENING | {
        "year": "12",
        "due_on": "hier",
        "debate_on": "<b>",
        "reminder_0": "1er mai",
        "has_four_eyes": "1",
    }
    answer = referent.send(LIST, sent)
    assert answer.status_code == 422
    tree = lint(LIST, answer.text)
    assert "« hier » n’est pas une date" in problem(tree, "due_on")
    assert "« 1er mai » n’est pas une date" in problem(tree, "reminder_0")
    assert "une année de 2000 à 2026 est attendue" in problem(tree, "year")
    assert field(tree, "debate_on").get("value") == "<b>"
    assert field(tree, "has_four_eyes").get("checked") is not None
    assert counts(store) == before


def test_a_year_that_has_its_campaign_is_refused_as_a_conflict(referent: Browser):
    answer = referent.send("/demonstration/campagnes", OPENING)
    assert answer.status_code == 409
    assert "La campagne 2025 existe déjà" in problem(lint(LIST, answer.text), "year")


def test_a_stale_change_shows_both_and_can_then_be_confirmed(referent: Browser):
    days = {"due_on": "11/12/2026", "debate_on": "17/12/2026", "reminder_0": "01/12/2026", "seen": "1"}
    assert referent.send(TOWN, days).status_code == 302
    answer = referent.send(TOWN, days | {"due_on": "08/12/2026"})
    assert answer.status_code == 409
    tree = lint(TOWN, answer.text)
    assert "Dominique Référent (fictif) a enregistré : 11 décembre 2026" in problem(tree, "due_on")
    assert field(tree, "due_on").get("value") == "08/12/2026"
    seen = field(tree, "seen").get("value")
    assert referent.send(TOWN, days | {"due_on": "08/12/2026", "seen": seen}).status_code == 302
    assert "8 décembre 2026" in main(referent.page(TOWN))


def test_the_person_by_person_list_is_for_who_runs_the_campaign_only(referent: Browser, elu: Browser, agent: Browser):
    assert "Par personne" in main(referent.page(TOWN))
    assert PEOPLE[0] in main(referent.page(TOWN))
    referent.send(f"{TOWN}/attributions", {"chosen": "CON-02", "seen-CON-02": "s4", "holder": "p3"})
    for reader in (elu, agent):
        told = main(reader.page(TOWN))
        assert "21 relevés sur 30 sont validés" in told
        assert "Direction des ressources humaines 2 manquent" in told
        assert "Taux de clic aux campagnes d’hameçonnage simulé rien de saisi un agent" in told
        assert not [name for name in PEOPLE if name in told]
        assert "Clore" not in told


def test_what_nobody_holds_is_singled_out_and_entrusted(referent: Browser):
    sheet = f"{TOWN}/attributions"
    tree = referent.page(sheet)
    seen = {str(n.get("name")): n.get("value") for n in tree.iter("input") if str(n.get("name")).startswith("seen-")}
    nobody = {"chosen": ["SOB-06", "SOB-07"], "holder": "-", **seen}
    answer = referent.send(sheet, nobody)
    assert answer.status_code == 302
    told = main(lint(sheet, referent.get(answer.location).text))
    assert "2 indicateurs ont changé de mains." in told
    assert "2 ne sont confiés à personne" in told
    assert "2 indicateurs ne sont confiés à personne" in main(referent.page(TOWN))
    stale = referent.send(sheet, nobody | {"holder": "p3"})
    assert stale.status_code == 409
    tree = lint(sheet, stale.text)
    assert "SOB-06 : entre-temps, cet indicateur a changé de mains (–)" in main(tree)
    ticked = {n.get("value") for n in tree.iter("input") if n.get("name") == "chosen" and n.get("checked") is not None}
    assert ticked == {"SOB-06", "SOB-07"}
    assert referent.send(sheet, {"whole": "unheld", "holder": "p3"}).status_code == 302
    assert "tous sont confiés" in main(referent.page(sheet))


def test_entrusting_without_a_choice_says_so_and_keeps_the_ticks(referent: Browser):
    answer = referent.send(f"{TOWN}/attributions", {"chosen": "SOB-06", "seen-SOB-06": "s4"})
    assert answer.status_code == 422
    assert "Choisissez à qui confier" in problem(lint(TOWN, answer.text), "holder")


def test_an_indicator_is_given_back_after_the_end_and_errors_keep_what_was_typed(referent: Browser, agent: Browser):
    closed = "/demonstration/campagnes/2024"
    sent = {"code": "SOB-06", "account": "3", "until": "31/12/2027", "reason": "Facture retrouvée"}
    answer = referent.send(f"{closed}/reouvertures", sent)
    assert answer.status_code == 422
    tree = lint(closed, answer.text)
    assert "C’est trop loin : 21 janvier 2027" in problem(tree, "until")
    assert words(field(tree, "reason")).strip() == "Facture retrouvée"
    answer = referent.send(f"{closed}/reouvertures", sent | {"until": "30/11/2026"})
    assert answer.status_code == 302
    told = main(referent.page(closed))
    assert "pour Alix Agent (fictif), jusqu’au 30 novembre 2026 : Facture retrouvée" in told
    value = {"SOB-06-value": "5,3", "SOB-06-precision": "measured", "SOB-06-revision": "1", "SOB-06-comment": ""}
    assert agent.send("/demonstration/saisie/2024/SOB-06", value).status_code == 302


def test_without_a_mail_server_the_button_says_that_no_letter_left(referent: Browser):
    answer = referent.send(f"{TOWN}/rappels", {})
    told = main(lint(TOWN, referent.get(answer.location).text))
    assert "1 personne est prévenue dans l’application." in told
    assert "Aucun courriel : ce serveur n’en envoie pas." in told
    again = referent.send(f"{TOWN}/rappels", {})
    assert "déjà été rappelé aujourd’hui" in main(lint(TOWN, referent.get(again.location).text))


@pytest.mark.parametrize("is_refused", [False, True])
def test_with_one_the_page_that_follows_says_what_became_of_the_letter(app, referent: Browser, is_refused: bool):
    office = Office(refuses="agent@demonstration.example" if is_refused else "")
    with serving(office) as mailing:
        app.config["TRACKER_SETTINGS"] = replace(app.config["TRACKER_SETTINGS"], mailing=mailing)
        answer = referent.send(f"{TOWN}/rappels", {})
        told = main(lint(TOWN, referent.get(answer.location).text))
    assert len(office.envelopes) == (0 if is_refused else 1)
    said = "1 courriel n’est pas parti (agent@demonstration.example)" if is_refused else "1 courriel est parti."
    assert said in told
    assert ("courriel pas encore parti" if is_refused else "courriel parti le") in told


def test_a_mail_server_that_is_down_costs_no_error_and_the_reminder_stays(app, referent: Browser, store: Database):
    with serving(Office()) as mailing:
        pass
    app.config["TRACKER_SETTINGS"] = replace(app.config["TRACKER_SETTINGS"], mailing=mailing)
    answer = referent.send(f"{TOWN}/rappels", {})
    assert answer.status_code == 302
    told = main(lint(TOWN, referent.get(answer.location).text))
    assert "ne répond pas" in told
    assert "retentés" in told
    assert counts(store)["reminder"] == 1


def test_the_calendar_holds_the_campaign_the_debate_and_the_commitments(elu: Browser):
    answer = elu.get("/demonstration/echeances.ics")
    assert answer.mimetype == "text/calendar"
    assert "filename=demonstration-echeances.ics" in answer.headers["Content-Disposition"]
    assert len(answer.data) < 24_000
    events = {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert events["demonstration-campaign-2025-due"]["DTSTART"].dt.isoformat() == "2026-12-04"
    assert len(events["demonstration-campaign-2025-due"].walk("VALARM")) == 3
    assert events["demonstration-campaign-2025-debate"]["DTSTART"].dt.isoformat() == "2026-12-17"
    assert events["demonstration-DEM22-A05-due"]["DTSTART"].dt.isoformat() == "2027-06-30"


def test_the_end_of_an_approval_is_among_the_due_dates(referent: Browser):
    told = {"state": "done", "on": "01/10/2026", "evidence": "Procès-verbal (fictif)", "valid_until": "01/10/2029"}
    assert referent.send("/demonstration/engagements/DEM22-A02/constats", told).status_code == 302
    calendar = Calendar.from_ical(referent.get("/demonstration/echeances.ics").data)
    [event] = [one for one in calendar.walk("VEVENT") if str(one["UID"]) == "demonstration-DEM22-A02-approval"]
    assert event["DTSTART"].dt.isoformat() == "2029-10-01"


# Validation

DESK = "/demonstration/validation/2025"


def marks(tree, name: str) -> list[str]:
    return [str(node.get("value")) for node in tree.iter("input") if node.get("name") == name]


def test_the_odd_value_comes_first_with_what_to_check_and_one_button_validates_the_others(referent: Browser):
    tree = referent.page(DESK)
    told = main(tree)
    assert told.index("À regarder") < told.index("Sans remarque")
    assert "Cette valeur vaut 946 fois celle de 2024" in told
    assert marks(tree, "plain") == ["SOB-17:1", "SOB-26:1", "ACC-01:1", "CON-08:1"]
    answer = referent.send(DESK, {"act": "plain", "plain": marks(tree, "plain")})
    told = main(lint(DESK, referent.get(answer.location).text))
    assert "4 valeurs validées." in told
    assert "1 valeur attend d’être validée" in told


def test_a_value_is_returned_with_a_reason_and_what_was_ticked_stays_without_one(referent: Browser, agent: Browser):
    sent = {"act": "return", "seen": ["SOB-05:2", "SOB-17:1"], "reason": " "}
    answer = referent.send(DESK, sent)
    assert answer.status_code == 422
    tree = lint(DESK, answer.text)
    assert "Dites pourquoi vous renvoyez" in problem(tree, "reason")
    ticked = {n.get("value") for n in tree.iter("input") if n.get("name") == "seen" and n.get("checked") is not None}
    assert ticked == {"SOB-05:2", "SOB-17:1"}
    answer = referent.send(DESK, sent | {"reason": "En MWh, s'il vous plaît."})
    assert "2\u00a0valeurs renvoyées." in referent.get(answer.location).text


def test_what_changed_since_is_said_where_it_stands_and_nothing_moved(referent: Browser, store: Database):
    assert referent.send(DESK, {"act": "validate", "seen": ["SOB-17:1"]}).status_code == 302
    before = counts(store)
    answer = referent.send(DESK, {"act": "validate", "seen": ["SOB-17:1", "SOB-26:1"]})
    assert answer.status_code == 409
    tree = lint(DESK, answer.text)
    assert "Taux de réparation des équipements défectueux : cette valeur n’attend plus." in main(tree)
    ticked = {n.get("value") for n in tree.iter("input") if n.get("name") == "seen" and n.get("checked") is not None}
    assert ticked == {"SOB-26:1"}
    assert counts(store) == before


@pytest.mark.parametrize("sent", [{}, {"seen": "x"}, {"seen": "SOB-17:"}, {"seen": ":1"}, {"act": "plain"}])
def test_nothing_ticked_is_said(referent: Browser, sent):
    answer = referent.send(DESK, {"act": "validate"} | sent)
    assert answer.status_code == 422
    assert "Rien n’est coché" in main(lint(DESK, answer.text))


def test_a_year_without_campaign_says_that_nothing_waits(referent: Browser):
    assert "Il n’y a pas de campagne pour 2025" in main(referent.page("/marseille/validation/2025"))
    assert referent.get("/marseille/campagnes/2025").status_code == 404


@pytest.mark.parametrize("address", [LIST, TOWN, "/demonstration/campagnes/2024", DESK, f"{TOWN}/attributions"])
def test_the_pages_stay_light(referent: Browser, address: str):
    assert len(list(referent.page(address).iter())) <= 400


@pytest.mark.parametrize("due_on", ["31/12/9999", "2500-01-01"])
def test_a_due_date_at_the_end_of_the_calendar_is_refused_at_its_field_whatever_the_reminders(
    referent: Browser, due_on
):
    for address, sent in ((LIST, OPENING), (TOWN, OPENING | {"seen": "1"})):
        answer = referent.send(address, sent | {"due_on": due_on, "debate_on": ""})
        assert answer.status_code == 422
        tree = lint(address, answer.text)
        assert "Cette date est bien loin" in problem(tree, "due_on")
        assert field(tree, "due_on").get("value") == due_on
        assert field(tree, "reminder_0").get("value") == "01/12/2026"
        assert field(tree, "reminder_0").get("aria-invalid") is None


def test_a_year_published_before_its_campaign_is_told_apart_from_drafts(referent: Browser):
    value = {"SOB-06-value": "5,3", "SOB-06-precision": "measured", "SOB-06-revision": "0", "SOB-06-comment": ""}
    assert referent.send("/marseille/saisie/2025/SOB-06", value).status_code == 302
    assert referent.send(LIST, OPENING).status_code == 302
    told = main(referent.page(f"{LIST}/2025"))
    assert "1 publié avant l’ouverture est à confirmer" in told
    assert "brouillon" not in told
    assert "1 publié avant l’ouverture, " in told
    assert "1 publié avant l’ouverture est à confirmer" in main(referent.page(LIST))
    corrected = value | {"SOB-06-value": "5,4", "SOB-06-revision": "1"}
    assert referent.send("/marseille/saisie/2025/SOB-06", corrected).status_code == 302
    told = main(referent.page(f"{LIST}/2025"))
    assert "1 est en brouillon" in told
    assert "publié avant l’ouverture" not in told


def test_what_counts_is_said_as_it_is_before_and_at_the_closing(referent: Browser):
    assert "ce qui était déjà publié avant l’ouverture de la campagne" in main(referent.page(LIST))
    told = main(referent.page(TOWN))
    assert "des valeurs d’avant la campagne continuent de compter" in told
    assert "Ce qui a été saisi depuis son ouverture sans être validé ne comptera pas." in told
    assert "Ce qui n’est pas validé ne comptera pas" not in told


def test_the_journal_names_who_is_late_or_in_charge_to_who_runs_the_campaign_only(
    referent: Browser, agent: Browser, elu: Browser
):
    referent.send(f"{TOWN}/rappels", {})
    referent.send(f"{TOWN}/attributions", {"chosen": "CON-02", "seen-CON-02": "s4", "holder": "p3"})

    def lines(browser):
        rows = [words(row) for row in browser.page("/demonstration/journal").iter("tr")]
        return [next(row for row in rows if about in row) for about in ("Rappels envoyés", "Attribution changée")]

    assert all("Alix Agent" in line for line in lines(referent))
    for reader in (agent, elu):
        for line in lines(reader):
            assert "Alix" not in line
            assert line.endswith("noms réservés au référent")
    assert "2025, 2025" not in main(referent.page("/demonstration/journal"))
    assert "Rappels envoyés, 2025" in lines(elu)[0]
