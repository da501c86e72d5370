"""The statement of a service, the scheme, the plans and the complaints on screen, and the files that they give."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import html5lib
import pytest
from sqlalchemy import select

from tests.screens.conftest import Browser
from tests.screens.lint import lint, words
from tests.screens.test_valid_html import said_of
from tests.served import digital_service, full_audit
from tests.stated import every_state
from tracker.domain.access_schemes import SchemeItem
from tracker.domain.complaints import ComplaintOutcome
from tracker.domain.rgaa import GapKind
from tracker.reports.paper_html import html_file
from tracker.reports.statement_paper import statement_paper
from tracker.store.models import (
    AccessComplaint,
    AccessGap,
    AccessScheme,
    AccessStatement,
    Audit,
    DigitalService,
    JournalEntry,
)
from tracker.store.queries import organisations
from tracker.store.session import Database

Kept = TypeVar("Kept", AccessComplaint, AccessScheme, AccessStatement)
HOME = "/marseille/services"
ACCESS = f"{HOME}/accessibilite"
SCHEME = {"starts_on": "01/01/2025", "ends_on": "31/12/2027"}
ONLINE = {"published_on": "02/02/2026", "url": "https://ville.example/acces"}


def rows(store: Database, kind: type[Kept]) -> Sequence[Kept]:
    """List what is stored for the authority of these tests."""
    with store.reading() as session:
        home = organisations.by_slug(session, "marseille")
        assert home is not None
        return session.scalars(select(kind).where(kind.organisation_id == home.id)).all()


def page_of(browser: Browser, address: str, status: int = 200) -> str:
    main = browser.page(address, status).find(".//main")
    assert main is not None
    return words(main)


def file_words(browser: Browser, address: str) -> str:
    """Give the words of a page that is taken away as a file."""
    answer = browser.get(address)
    assert answer.mimetype == "text/html"
    assert "attachment" in answer.headers["Content-Disposition"]
    return words(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text))


def ready(store: Database, **values: Any) -> int:
    """Add a service that has a full audit and all that its statement needs, and give its number."""
    told = {
        "address": "https://ville.example",
        "technologies": "HTML",
        "contact": "https://ville.example/contact",
        **values,
    }
    with store.transaction() as session:
        home = organisations.by_slug(session, "marseille")
        assert home is not None
        row = digital_service(session, home, name="Site d'essai", **told)
        audit = full_audit(session, row, auditor="En interne", environments="Firefox et NVDA", tools="Aucun")
        session.add(
            AccessGap(
                organisation_id=home.id,
                service_id=row.id,
                number=1,
                kind=GapKind.FAILURE,
                content="Carrousel",
                reason="Images sans texte",
                recorded_at=audit.recorded_at,
            )
        )
        return row.number


def described(browser: Browser) -> None:
    """Publish a scheme and the plan of the year, by the forms."""
    assert browser.send(f"{ACCESS}/schemas/ajout", {**SCHEME, **ONLINE, "strategy": "Au cœur"}).status_code == 302
    assert browser.send(f"{ACCESS}/plan/2026", {**ONLINE, "review": "Bilan de 2025."}).status_code == 302


def lacking(browser: Browser, number: int) -> list[tuple[str, str]]:
    """Give the links that mend what a statement lacks, each with its words."""
    tree = browser.page(f"{HOME}/{number}/declaration")
    return [(words(link), str(link.get("href"))) for link in tree.iterfind(".//main//ul[@class='facts']/li/a")]


def test_a_statement_that_lacks_something_is_refused_with_what_and_where(referent: Browser, store: Database):
    number = ready(store, contact="", technologies="")
    assert lacking(referent, number) == [
        ("schéma pluriannuel", f"{ACCESS}"),
        ("plan d’actions de l’année", f"{ACCESS}/plan/2026"),
        ("fiche du service", f"{HOME}/{number}/modifier"),
        ("fiche du service", f"{HOME}/{number}/modifier"),
    ]
    for form in ("html", "odt"):
        told = page_of(referent, f"{HOME}/{number}/declaration.{form}", 422)
        assert "une déclaration incomplète ne se publie pas" in told
        assert "L’adresse à laquelle écrire" in told
    assert "Aperçu" not in page_of(referent, f"{HOME}/{number}/declaration")


def test_the_statement_is_read_then_taken_away_whole(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    told = page_of(referent, f"{HOME}/{number}/declaration")
    assert "Ce service est partiellement conforme : 75,47 % des critères du RGAA 4.1 sont respectés." in told
    assert "Accessibilité : partiellement conforme" in told
    assert "Bilan" not in told.split("Aperçu")[0]
    page = file_words(referent, f"{HOME}/{number}/declaration.html")
    for part in ("Carrousel", "https://ville.example/acces", "Défenseur des droits", "75,47", "En interne"):
        assert part in page
    odt = referent.get(f"{HOME}/{number}/declaration.odt").data
    assert "Défenseur des droits" in zipfile.ZipFile(io.BytesIO(odt)).read("content.xml").decode()


def test_a_statement_taken_in_english_stays_french(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    told = referent.get(f"{HOME}/{number}/declaration.html?langue=en").text
    assert '<html lang="fr">' in told
    assert "Établissement de cette déclaration" in told
    shown = referent.page(f"{HOME}/{number}/declaration")
    article = shown.find(".//article")
    assert article is not None
    assert article.get("lang") == "fr"
    assert "This service is partially compliant" in words(shown)
    referent.get("/?langue=fr")


def test_without_audit_the_statement_says_that_the_service_is_not_compliant(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    with store.transaction() as session:
        for row in session.scalars(select(Audit)):
            row.is_withdrawn = True
    told = page_of(referent, f"{HOME}/{number}/declaration")
    assert "Ce service est non conforme, faute d’audit." in told
    assert "Accessibilité : non conforme" in told
    assert "Aucun audit ne permet encore de mesurer" in file_words(referent, f"{HOME}/{number}/declaration.html")


def test_a_publication_is_kept_with_its_journal_line_and_counts_from_its_day(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    address = f"{HOME}/{number}/declaration"
    typed = {"published_on": "01/06/2026", "url": "https://ville.example/declaration", "seen": "1"}
    assert referent.send(address, typed).status_code == 302
    told = page_of(referent, address)
    assert "Déclaration publiée le 1er juin 2026, valable jusqu’au 1er juin 2029" in told
    with store.reading() as session:
        row = session.scalars(select(DigitalService).where(DigitalService.name == "Site d'essai")).one()
        assert (row.statement_on, row.statement_url, row.version) == (date(2026, 6, 1), typed["url"], 2)
        kept = rows(store, AccessStatement)
        assert [(one.published_on, one.rgaa, one.conformity) for one in kept] == [(date(2026, 6, 1), "4.1", "partial")]
        line = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert line is not None
        assert (line.action, line.subject) == ("service_changed", f"service-{number}")
    assert "déclaration du : 1er juin 2026" in page_of(referent, "/marseille/journal")
    assert referent.send(address, {**typed, "seen": "2"}).status_code == 302
    assert len(rows(store, AccessStatement)) == 1


def test_an_earlier_publication_is_told_and_the_last_one_stays(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    address = f"{HOME}/{number}/declaration"
    for on, seen in (("01/06/2026", "1"), ("01/06/2023", "2")):
        referent.send(address, {"published_on": on, "url": "https://v.example/d", "seen": seen})
    assert "Déclaration publiée le 1er juin 2026" in page_of(referent, address)
    assert "Établie le : 1er juin 2023" in page_of(referent, address)


def test_the_recorded_publication_counts_for_the_audit_and_both_pages_tell_another_day(
    referent: Browser, elu: Browser, store: Database
):
    number = ready(store)  # its audit says 1 June 2024
    described(referent)
    pages = [f"{HOME}/{number}/declaration", f"{HOME}/{number}/audits/1"]
    for one in pages:
        assert "publiée le 1er juin 2024, mais aucune publication qui repose sur lui" in page_of(elu, one)
    assert "jusqu’au 1er juin 2027" in page_of(elu, pages[1])
    referent.send(pages[0], {"published_on": "01/07/2024", "url": "https://v.example/d", "seen": "1"})
    for one in pages:
        told = page_of(elu, one)
        assert "c’est la publication enregistrée, du 1er juillet 2024, qui compte" in told
        assert "jusqu’au 1er juillet 2027" in told
    assert "1er juillet 2027" in page_of(elu, f"{HOME}/{number}/audits")
    referent.send(
        pages[0],
        {"published_on": "01/06/2024", "url": "https://v.example/d", "seen": "2", "is_correction": "1"},
    )
    for one in pages:
        assert "c’est la publication enregistrée" not in page_of(elu, one)


def test_a_wrong_publication_is_corrected(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    address = f"{HOME}/{number}/declaration"
    url = "https://v.example/d"
    referent.send(address, {"published_on": "01/06/2026", "url": url, "seen": "1"})
    referent.send(address, {"published_on": "01/05/2026", "url": url, "seen": "2", "is_correction": "1"})
    told = page_of(referent, address)
    assert "Déclaration publiée le 1er mai 2026" in told
    assert "1er juin 2026" not in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"published_on": "", "url": "https://v.example"}, "Donnez le jour de la publication"),
        ({"published_on": "23/11/2026", "url": "https://v.example"}, "n’est pas encore venu"),
        ({"published_on": "14/01/2020", "url": "https://v.example"}, "Le service a ouvert le 15 janvier 2020"),
        ({"published_on": "01/05/2024", "url": "https://v.example"}, "L’audit qu’elle rapporte a fini le 2 mai 2024"),
        ({"published_on": "01/11/2026", "url": ""}, "Donnez l’adresse où chacun peut la lire"),
        ({"published_on": "01/11/2026", "url": "javascript:alert(1)"}, "n’est pas l’adresse d’un site"),
        ({"published_on": "01/11/2026", "url": "https://v.example", "is_correction": "1"}, "rien à corriger"),
    ],
)
def test_what_cannot_be_a_publication_is_refused_at_its_field(
    referent: Browser, store: Database, typed: dict[str, str], said: str
):
    number = ready(store)
    described(referent)
    answer = referent.send(f"{HOME}/{number}/declaration", {**typed, "seen": "1"})
    assert answer.status_code == 422
    assert said in words(lint("refused", answer.text))
    assert not rows(store, AccessStatement)


def test_an_incomplete_statement_offers_no_publication_and_takes_none(referent: Browser, store: Database):
    address = f"{HOME}/{ready(store)}/declaration"
    assert "Dire qu’elle est en ligne" not in page_of(referent, address)
    answer = referent.send(address, {"published_on": "01/06/2026", "url": "https://v.example/d", "seen": "1"})
    assert answer.status_code == 422
    told = lint("incomplete", answer.text)
    assert "Une déclaration incomplète ne se publie pas : complétez d’abord" in words(told)
    assert told.find(".//input[@name='url']").get("value") == "https://v.example/d"
    assert not rows(store, AccessStatement)
    described(referent)
    assert "Dire qu’elle est en ligne" in page_of(referent, address)


def test_a_publication_typed_over_a_changed_service_is_refused_with_both(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    address = f"{HOME}/{number}/declaration"
    referent.send(address, {"published_on": "01/06/2026", "url": "https://v.example/d", "seen": "1"})
    answer = referent.send(address, {"published_on": "01/07/2026", "url": "https://v.example/d", "seen": "1"})
    assert answer.status_code == 409
    assert "1er juin 2026" in answer.text
    assert 'name="seen" value="2"' in answer.text


def test_a_service_that_does_not_exist_has_no_statement(elu: Browser):
    assert elu.get(f"{HOME}/999/declaration").status_code == 404
    assert elu.get(f"{HOME}/999/declaration.odt").status_code == 404


def test_a_scheme_longer_than_three_years_is_refused_with_its_last_day(referent: Browser, store: Database):
    answer = referent.send(f"{ACCESS}/schemas/ajout", {"starts_on": "01/01/2025", "ends_on": "01/01/2028"})
    assert answer.status_code == 422
    assert "finit le 31 décembre 2027 au plus tard" in words(lint("scheme", answer.text))
    assert not rows(store, AccessScheme)


def test_a_scheme_sent_twice_is_not_stored_twice(referent: Browser, store: Database):
    assert referent.send(f"{ACCESS}/schemas/ajout", SCHEME).status_code == 302
    answer = referent.send(f"{ACCESS}/schemas/ajout", SCHEME)
    assert answer.status_code == 422
    assert "Un schéma commence déjà le" in words(lint("scheme", answer.text))
    assert len(rows(store, AccessScheme)) == 1


def test_a_scheme_says_what_is_still_to_be_written(referent: Browser, elu: Browser):
    texts = {item.value: f"Texte {item.value}" for item in list(SchemeItem)[:13]}
    answer = referent.send(f"{ACCESS}/schemas/ajout", {**SCHEME, **texts})
    assert answer.status_code == 302
    address = str(answer.headers["Location"])
    told = page_of(elu, address)
    assert "1 sujet reste à écrire." in told
    assert "Bilan des plans d’actions annuels reste à écrire" in told
    assert "Texte strategy" in told
    assert "1 sujet reste à écrire." in page_of(elu, ACCESS)
    number = re.findall(r"\d+$", address)[0]
    for form in ("html", "odt"):
        assert elu.get(f"{ACCESS}/schemas/{number}.{form}").status_code == 200
    told_again = {**SCHEME, **texts, "reviews": "Bilan", "seen": "1"}
    assert referent.send(f"{ACCESS}/schemas/{number}/modifier", told_again).status_code == 302
    assert "Tous ses sujets sont écrits." in page_of(elu, address)
    stale = referent.send(f"{ACCESS}/schemas/{number}/modifier", {**told_again, "reviews": "Autre", "seen": "1"})
    assert stale.status_code == 409
    assert "Bilan" in stale.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"starts_on": "", "ends_on": "31/12/2026"}, "Donnez ce jour."),
        ({"starts_on": "01/01/2026", "ends_on": "31/12/2025"}, "La fin vient après le début."),
        ({**SCHEME, "published_on": "02/02/2026"}, "Donnez l’adresse où chacun peut la lire."),
        ({**SCHEME, "url": "https://v.example"}, "Donnez le jour de la publication."),
        ({**SCHEME, "strategy": "x" * 4001}, "4000 caractères au plus"),
        ({**SCHEME, "officer": "Mme Durand conseille les projets"}, "Le nom d’une personne"),
    ],
)
def test_what_cannot_be_a_scheme_is_refused_at_its_field(referent: Browser, typed: dict[str, str], said: str):
    answer = referent.send(f"{ACCESS}/schemas/ajout", typed)
    assert answer.status_code == 422
    assert said in words(lint("scheme", answer.text))


def test_a_plan_has_its_actions_that_may_be_those_of_the_general_plan(referent: Browser, elu: Browser):
    home = "/demonstration/services/accessibilite"
    assert referent.send(f"{home}/plan/2027", {"review": "Bilan de 2026"}).status_code == 302
    typed = {"title": "Reprendre les formulaires", "due_on": "30/06/2027", "status": "under_way", "action": "A2027-01"}
    answer = referent.send(f"{home}/plan/2027/ajout", typed)
    assert answer.status_code in {302, 422}
    if answer.status_code == 422:  # the general plan of 2027 has no such action
        assert referent.send(f"{home}/plan/2027/ajout", {**typed, "action": ""}).status_code == 302
    told = page_of(elu, f"{home}/plan/2027")
    assert "Reprendre les formulaires" in told
    assert "Actions : 1 ; faites : 0." in told
    changed = {**typed, "action": "", "status": "done", "outcome": "Faits", "seen": "1"}
    assert referent.send(f"{home}/plan/2027/1", changed).status_code == 302
    assert "faites : 1" in page_of(elu, f"{home}/plan/2027")
    assert referent.send(f"{home}/plan/2027/1", {**changed, "outcome": "Presque", "seen": "1"}).status_code == 409
    assert referent.send(f"{home}/plan/2027/1", {**changed, "title": "", "seen": "2"}).status_code == 422
    assert referent.send(f"{home}/plan/2027/1", {**changed, "service": "99", "seen": "2"}).status_code == 422
    assert referent.send(f"{home}/plan/2027/9", changed).status_code == 404
    for form in ("html", "odt"):
        assert elu.get(f"{home}/plan/2027.{form}").status_code == 200


def test_a_plan_too_far_ahead_and_one_that_nobody_opened(referent: Browser):
    assert referent.get(f"{ACCESS}/plan/2028").status_code == 404
    assert referent.send(f"{ACCESS}/plan/2028", {}).status_code == 404
    assert referent.get(f"{ACCESS}/plan/2026.odt").status_code == 404
    assert referent.get(f"{ACCESS}/plan/2026/ajout").status_code == 404
    assert "Rien n’est encore dit de ce plan." in page_of(referent, f"{ACCESS}/plan/2026")


def test_neither_a_plan_nor_its_actions_name_anybody(referent: Browser):
    named = "Fait avec Mme Durand"
    refused = [referent.send(f"{ACCESS}/plan/2026", {"review": named})]
    assert referent.send(f"{ACCESS}/plan/2026", {"review": "Fait avec le référent"}).status_code == 302
    told = ({"title": named}, {"title": "Former", "outcome": named})
    refused += [referent.send(f"{ACCESS}/plan/2026/ajout", {"status": "planned", **typed}) for typed in told]
    for answer in refused:
        assert answer.status_code == 422
        assert "Le nom d’une personne" in words(lint("plan", answer.text))


def test_a_complaint_is_recorded_answered_and_late_after_a_week(referent: Browser, elu: Browser, store: Database):
    number = ready(store)
    typed = {
        "service": str(number),
        "received_on": "10/11/2026",
        "subject": "Le formulaire ne se remplit pas au clavier",
    }
    assert referent.send(f"{HOME}/reclamations/ajout", typed).status_code == 302
    told = page_of(elu, f"{HOME}/reclamations")
    assert "sans réponse : en retard de 5 jours" in told
    assert "plus d’une semaine" in told
    due = page_of(elu, "/marseille/echeances")
    assert "Réclamation d’accessibilité à traiter : Le formulaire ne se remplit pas au clavier" in due
    answered = {**typed, "answered_on": "15/11/2026", "outcome": ComplaintOutcome.MENDED.value, "seen": "1"}
    assert referent.send(f"{HOME}/reclamations/1", answered).status_code == 302
    told = page_of(elu, f"{HOME}/reclamations")
    assert "1 avec une réponse, en 5 jours en moyenne." in told
    assert "Réclamation d’accessibilité à traiter" not in page_of(elu, "/marseille/echeances")
    stale = referent.send(f"{HOME}/reclamations/1", {**answered, "outcome": "refused", "seen": "1"})
    assert stale.status_code == 409
    assert "défaut corrigé" in stale.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"subject": "Rappeler au 06 12 34 56 78"}, "un numéro de téléphone"),
        ({"subject": "Écrire à a@b.example"}, "une adresse électronique"),
        ({"subject": "Mme Durand ne peut remplir le formulaire"}, "Le nom d’une personne"),
        ({"subject": ""}, "Dites en quelques mots"),
        ({"service": "99"}, "Choisissez le service"),
        ({"received_on": ""}, "Donnez le jour où elle est arrivée"),
        ({"received_on": "23/11/2026"}, "n’est pas encore venu"),
        ({"answered_on": "01/11/2026", "outcome": "mended"}, "La réponse vient après"),
        ({"answered_on": "12/11/2026"}, "Dites ce que la réponse a donné"),
        ({"outcome": "mended"}, "vid"),
    ],
)
def test_what_cannot_be_a_complaint_is_refused_at_its_field(
    referent: Browser, store: Database, typed: dict[str, str], said: str
):
    number = ready(store)
    whole = {"service": str(number), "received_on": "10/11/2026", "subject": "Une page", **typed}
    answer = referent.send(f"{HOME}/reclamations/ajout", whole)
    assert answer.status_code == 422
    assert said in words(lint("complaint", answer.text))
    assert not rows(store, AccessComplaint)


def test_the_values_are_shown_beside_what_is_stored_then_written(referent: Browser, store: Database):
    number = ready(store)
    described(referent)
    address = f"{HOME}/{number}/declaration"
    referent.send(address, {"published_on": "01/06/2025", "url": "https://v.example/d", "seen": "1"})
    page = referent.page("/marseille/services/indicateurs/2025")
    told = words(page)
    assert "Part des services avec déclaration d’accessibilité en cours de validité" in told
    shown = re.findall(r'name="shown" value="([^"]+)"', referent.get("/marseille/services/indicateurs/2025").text)
    assert shown
    assert referent.send("/marseille/services/indicateurs/2025", {"shown": "autre"}).status_code == 409
    assert referent.send("/marseille/services/indicateurs/2025", {"shown": shown[0]}).status_code == 302
    assert "100" in page_of(referent, "/marseille/indicateurs/ACC-04")


def test_every_statement_is_valid_to_the_reference_checker(tmp_path: Path):
    for number, told in enumerate(every_state().values()):
        page = html_file(statement_paper(told, is_fictional=number % 2 == 0)).decode()
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    assert said_of(tmp_path) == []
