"""The commission on screen: agenda, decisions, sealed minutes, gaps, and what each page refuses."""

import csv
import io
import zipfile

import pytest
from sqlalchemy import update

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.served import digital_service, full_audit
from tracker.domain.digital_services import ServiceState
from tracker.domain.rgaa import GapKind
from tracker.services.access_gaps import GapDraft
from tracker.store.models import CommissionSession, DigitalService
from tracker.store.queries import organisations
from tracker.store.session import Database

HOME = "/marseille/commission"
SESSION = {"seen": "0", "held_on": "20/11/2026", "venue": "Salle du conseil", "quorum": "no_rule"}


def main(browser: Browser, address: str) -> str:
    found = browser.page(address).find(".//main")
    assert found is not None
    return words(found).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def answered(answer, address: str) -> str:
    found = lint(address, answer.text).find(".//main")
    assert found is not None
    return words(found)


def counts(store: Database) -> tuple[int, int]:
    with store.reading() as session:
        rows = session.query(CommissionSession).all()
        return len(rows), sum(row.version for row in rows)


@pytest.fixture
def services(store: Database) -> list[int]:
    """Give a site with a full audit in force and a portal without any, both opened without being examined."""
    with store.transaction() as session:
        home = organisations.by_slug(session, "marseille")
        assert home is not None
        site = digital_service(session, home, name="Site <b>de la ville</b>")
        full_audit(session, site)
        portal: DigitalService = digital_service(session, home, name="Portail")
        return [site.number, portal.number]


@pytest.fixture
def held(referent: Browser, services: list[int]) -> str:
    """Give the address of a session that was held with both services on its agenda."""
    address = f"{HOME}/1"
    assert referent.send(f"{HOME}/ajout", SESSION).location == address
    chosen = {"step": "proposed", "chosen": [str(one) for one in services]}
    assert referent.send(f"{address}/ordre-du-jour", chosen).location == address
    assert referent.send(f"{address}/avancement", {"step": "hold", "seen": "1"}).location == address
    return address


def test_without_any_service_the_page_says_that_there_is_nothing_to_examine(elu: Browser):
    told = main(elu, HOME)
    assert "Aucun service numérique n’est encore enregistré" in told
    assert "Aucune séance n’est enregistrée." in told
    assert "Préparer une séance" not in told


def test_who_is_due_is_listed_with_why_and_what_is_typed_stays_text(elu: Browser, services: list[int]):
    told = main(elu, HOME)
    assert "0 service en ligne sur 2 est homologué (0 %), réserves comprises." in told.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Site <b>de la ville</b> : ouvert le 15 janvier 2020 sans avoir été examiné" in told
    assert "2 services sont attendus devant la commission" in told


def test_a_session_goes_from_its_agenda_to_its_sealed_minutes(referent: Browser, held: str, services: list[int]):
    site, portal = services
    told = main(referent, held)
    assert "La séance est tenue. 2 services attendent leur décision." in told
    file = main(referent, f"{held}/services/{site}")
    assert "partiellement conforme (75,5" in file
    assert "audit complet (106 critères) du 2 mai 2024, RGAA 4.1" in file
    approved = {"seen": "0", "outcome": "approved"}
    assert referent.send(f"{held}/services/{site}", approved).location == held
    put_off = {"seen": "0", "outcome": "adjourned", "text": "Audit attendu."}
    assert referent.send(f"{held}/services/{portal}", put_off).location == held
    refused = referent.send(f"{held}/avancement", {"step": "seal", "seen": "2"})
    assert refused.status_code == 422
    assert "Dites qui a siégé, par fonction." in answered(refused, held)
    roles = {**SESSION, "seen": "2", "roles": "Élue déléguée\nRéférente"}
    assert referent.send(f"{held}/modifier", roles).location == held
    assert referent.send(f"{held}/avancement", {"step": "seal", "seen": "3"}).location == held
    told = main(referent, held)
    assert "Le procès-verbal est arrêté depuis le" in told
    assert "homologué jusqu’au 1er juin 2027, comme son audit" in told
    assert "ajourné à la prochaine séance" in told
    for form, start in (("odt", b"PK"), ("pdf", b"%PDF")):
        answer = referent.get(f"{held}/proces-verbal.{form}")
        assert answer.data.startswith(start)
    told = main(referent, HOME)
    assert "1 service en ligne sur 2 est homologué (50 %)" in told.replace("\u202f", " ")


def test_a_rectification_needs_its_reason_and_both_readings_are_shown(
    referent: Browser, held: str, services: list[int]
):
    site, portal = services
    referent.send(f"{held}/services/{site}", {"seen": "0", "outcome": "approved"})
    referent.send(f"{held}/services/{portal}", {"seen": "0", "outcome": "refused", "text": "Sans audit."})
    referent.send(f"{held}/modifier", {**SESSION, "seen": "2", "roles": "Référente"})
    referent.send(f"{held}/avancement", {"step": "seal", "seen": "3"})
    amended = {"seen": "1", "outcome": "refused", "text": "Parcours impossible."}
    answer = referent.send(f"{held}/services/{site}", amended)
    assert answer.status_code == 422
    told = answered(answer, f"{held}/services/{site}")
    assert "dites pourquoi il est rectifié" in told
    assert "Parcours impossible." in answer.text
    assert referent.send(f"{held}/services/{site}", {**amended, "reason": "Erreur de copie."}).location == held
    told = main(referent, held)
    assert "Erreur de copie." in told
    assert "décision : au lieu de homologué, lire homologation refusée" in told
    assert "Rectifier la séance" in told


def test_what_is_wrong_of_a_decision_is_said_at_its_field_and_a_stale_one_answers_409(
    referent: Browser, held: str, services: list[int]
):
    address = f"{held}/services/{services[0]}"
    answer = referent.send(address, {"seen": "0", "outcome": "reserves", "text": "", "lift_by": "31/02/2027"})
    assert answer.status_code == 422
    told = answered(answer, address)
    assert "Écrivez les réserves." in told
    assert "« 31/02/2027 » n’est pas une date." in told
    assert 'value="31/02/2027"' in answer.text
    assert referent.send(address, {"seen": "0", "outcome": "approved"}).location == held
    stale = referent.send(address, {"seen": "0", "outcome": "refused", "text": "Non."})
    assert stale.status_code == 409
    assert "a enregistré : homologué" in answered(stale, address)
    assert 'name="seen" value="1"' in stale.text
    assert referent.send(address, {"seen": "1", "outcome": "refused", "text": "Non."}).location == held
    stale = referent.send(address, {"seen": "1", "outcome": "refused", "text": "Pas encore."})
    assert "a enregistré : Non. Rien n’a été écrasé" in answered(stale, address)


def test_without_its_quorum_a_session_says_so_before_its_minutes_are_sealed(referent: Browser, held: str):
    assert "Le quorum n’est pas atteint" not in main(referent, held)
    changed = {**SESSION, "seen": "2", "quorum": "not_met"}
    assert referent.send(f"{held}/modifier", changed).location == held
    assert "Le quorum n’est pas atteint" in main(referent, held)


def test_services_that_were_all_unticked_stay_unticked(referent: Browser, services: list[int]):
    assert len(services) == 2
    assert referent.send(f"{HOME}/ajout", SESSION).location == f"{HOME}/1"
    assert referent.get(f"{HOME}/1").text.count(" checked") == 2
    refused = referent.send(f"{HOME}/1/ordre-du-jour", {"step": "proposed"})
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 0


def test_a_service_without_a_known_gap_is_given_no_zero(referent: Browser, services: list[int]):
    told = main(referent, f"/marseille/services/{services[1]}")
    assert "Aucun contenu non accessible n’est noté." in told
    assert "0 contenu" not in told


def test_a_decision_that_nobody_chose_is_asked_for(referent: Browser, held: str, services: list[int]):
    address = f"{held}/services/{services[0]}"
    told = answered(referent.send(address, {"seen": "0", "outcome": ""}), address)
    assert "À remplir." in told
    assert "Ce choix n’existe pas." not in told


def test_a_service_that_is_still_to_open_is_not_said_not_compliant(
    referent: Browser, held: str, services: list[int], store: Database
):
    address = f"{held}/services/{services[1]}"
    assert "non conforme, faute d’audit" in main(referent, address)
    with store.transaction() as session:
        session.execute(
            update(DigitalService).where(DigitalService.number == services[1]).values(state=ServiceState.PROJECT)
        )
    assert "État légal pas encore ouvert" in main(referent, address)
    minutes = referent.get(f"{held}/proces-verbal.odt").data
    told = zipfile.ZipFile(io.BytesIO(minutes)).read("content.xml").decode()
    assert "pas encore ouvert" in told


def test_two_people_on_one_session_the_second_is_told_and_nothing_is_lost(referent: Browser, store: Database):
    referent.send(f"{HOME}/ajout", SESSION)
    assert referent.send(f"{HOME}/1/modifier", {**SESSION, "seen": "1", "venue": "Salle des actes"}).status_code == 302
    before = counts(store)
    stale = referent.send(f"{HOME}/1/modifier", {**SESSION, "seen": "1", "venue": "Amphithéâtre"})
    assert stale.status_code == 409
    assert "a enregistré : Salle des actes" in answered(stale, f"{HOME}/1/modifier")
    assert 'value="Amphithéâtre"' in stale.text
    assert counts(store) == before
    late = referent.send(f"{HOME}/1/avancement", {"step": "hold", "seen": "1"})
    assert late.status_code == 409
    assert "la séance a changé" in answered(late, f"{HOME}/1")
    assert referent.send(f"{HOME}/1/avancement", {"step": "dance", "seen": "2"}).status_code == 404


def test_a_service_is_put_on_the_agenda_at_somebodys_request_and_taken_off_it(
    referent: Browser, services: list[int], store: Database
):
    with store.transaction() as session:
        home = organisations.by_slug(session, "marseille")
        assert home is not None
        digital_service(session, home, name="Billetterie", opened_on=None, state="closed")
    referent.send(f"{HOME}/ajout", SESSION)
    asked = {"step": "asked", "service": "3", "note": ""}
    refused = referent.send(f"{HOME}/1/ordre-du-jour", asked)
    assert refused.status_code == 422
    assert "dites pourquoi il est inscrit" in answered(refused, f"{HOME}/1")
    done = referent.send(f"{HOME}/1/ordre-du-jour", {**asked, "note": "Réouverture envisagée."})
    assert done.status_code == 302
    assert "Billetterie : inscrit à la demande ; Réouverture envisagée." in main(referent, f"{HOME}/1")
    assert referent.send(f"{HOME}/1/ordre-du-jour", {"step": "remove", "service": "3"}).status_code == 302
    assert "Aucun service n’est inscrit." in main(referent, f"{HOME}/1")
    assert referent.send(f"{HOME}/1/ordre-du-jour", {"step": "remove", "service": "3"}).status_code == 404


def test_the_decisions_are_a_table_and_a_text_never_runs_as_a_formula(
    referent: Browser, held: str, services: list[int]
):
    referent.send(f"{held}/services/{services[0]}", {"seen": "0", "outcome": "refused", "text": "=1+1"})
    rows = list(csv.DictReader(io.StringIO(referent.get(f"{HOME}.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1
    assert (rows[0]["seance_du"], rows[0]["decision"]) == ("2026-11-20", "homologation refusée")
    assert rows[0]["motif_ou_reserves"] == "'=1+1"


def test_the_review_of_the_year_has_what_the_commission_did(referent: Browser, held: str, services: list[int]):
    assert "la commission d’homologation n’a rien à examiner" in main(referent, "/amp/rapport/2025")
    referent.send(f"{held}/services/{services[0]}", {"seen": "0", "outcome": "approved"})
    referent.send(f"{held}/services/{services[1]}", {"seen": "0", "outcome": "refused", "text": "Sans audit."})
    told = main(referent, "/marseille/rapport/2026")
    assert "La commission d’homologation a siégé une fois en 2026 : 20 novembre 2026." in told
    assert "Décisions de l’année : homologué : 1 ; homologation refusée : 1." in told
    assert "Aucune mise en ligne n’est connue en 2026." in told
    assert "1 service en ligne sur 2 est homologué (50 %), réserves comprises." in told
    earlier = main(referent, "/marseille/rapport/2025")
    assert "La commission d’homologation n’a pas siégé en 2025." in earlier
    assert "Au 31 décembre 2025 : 0 service en ligne sur 2 est homologué" in earlier


# Gaps


def gap(**told: str) -> dict[str, str]:
    blank = dict.fromkeys(("content", "criteria", "reason", "alternative", "until", "mended_on"), "")
    return {**blank, "seen": "0", "kind": GapKind.BURDEN.value, **told}


def test_gaps_are_added_changed_and_mended_on_their_page(referent: Browser, services: list[int]):
    page = f"/marseille/services/{services[0]}/ecarts"
    assert "Ce n’est pas la preuve qu’il n’y en a pas" in main(referent, page)
    incomplete = referent.send(f"{page}/ajout", gap(content="Plans au format image"))
    assert incomplete.status_code == 422
    told = answered(incomplete, f"{page}/ajout")
    assert "Dites pourquoi ce contenu est laissé ainsi." in told
    assert "Une dérogation a une fin" in told
    whole = gap(content="Plans au format image", reason="4 000 plans", until="30/06/2027", criteria="1.1")
    assert referent.send(f"{page}/ajout", whole).location == page
    told = main(referent, page)
    assert "1 contenu n’est pas accessible." in told
    assert "dérogation jusqu’au 30 juin 2027" in told
    assert "ne relève aucun échec au critère 1.1, que cette dérogation nomme" in told
    late = gap(kind="failure", content="Contraste du menu", until="30/06/2026")
    assert referent.send(f"{page}/ajout", late).location == page
    assert "à corriger avant le 30 juin 2026 ; jour passé" in main(referent, page)
    mended = {**whole, "seen": "1", "mended_on": "01/10/2026"}
    assert referent.send(f"{page}/1/modifier", mended).location == page
    assert "corrigé le 1er octobre 2026" in main(referent, page)
    stale = referent.send(f"{page}/1/modifier", {**whole, "seen": "1"})
    assert stale.status_code == 409
    assert "a enregistré : 1er octobre 2026" in answered(stale, f"{page}/1/modifier")
    assert referent.get(f"{page}/3/modifier").status_code == 404
    assert referent.get("/amp/services/1/ecarts").status_code == 404


def test_the_form_of_a_gap_asks_for_what_is_kept_and_nothing_else():
    assert set(gap()) == set(GapDraft.__dataclass_fields__)
