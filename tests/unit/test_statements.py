"""The accessibility statement: every field of the law, what lacks where, how long a published one counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.stated import BURDEN, FAILURE, OUT_OF_SCOPE, RESULTS, every_state, make_statement
from tracker.domain.digital_services import ServiceKind, ServiceRecord, ServiceState
from tracker.domain.rgaa import (
    AuditKind,
    AuditRecord,
    Conformity,
    ConformityReason,
    Ending,
    Result,
    RgaaVersion,
    standing,
)
from tracker.domain.statements import (
    NEEDS,
    InForce,
    Mend,
    PublishedStatement,
    Stated,
    StatementField,
    StatementState,
    dated,
    in_force,
    missing,
    published,
    statement_standing,
)
from tracker.exports.paper import Bullets, Heading, Paper, Paragraph, Table, letters
from tracker.labels import speaking
from tracker.labels.statements import state_sentence, statement_sentence
from tracker.reports.statement_paper import statement_paper

HELD: Mapping[StatementField, tuple[str, ...]] = {
    StatementField.ORGANISATION: ("Responsable du service : Ville de Démo",),
    StatementField.SERVICE: ("Site de la ville (site internet) : https://ville.example",),
    StatementField.SCHEME: ("Schéma pluriannuel de mise en accessibilité : https://ville.example/schema",),
    StatementField.PLAN: ("Plan d’actions de l’année 2026", "https://ville.example/plan-2026"),
    StatementField.PLAN_REVIEW: ("avec le bilan des actions de 2025",),
    StatementField.CONFORMITY: ("État de conformité", "sa conformité est partielle"),
    StatementField.AUDITOR: ("Audit réalisé par : Cabinet Clairvue (fictif)",),
    StatementField.RATE: ("Critères respectés : 78,3 %",),
    StatementField.MEAN_RATE: ("Taux moyen de conformité des pages : 81,25 %",),
    StatementField.FAILURES: ("Non-conformités", "Carrousel de l’accueil", "Images sans texte", "Liste de liens"),
    StatementField.BURDENS: (
        "Dérogations pour charge disproportionnée",
        "Cadastre numérisé",
        "Coût de la transcription",
        "Lecture au guichet",
        "30 juin 2027",
    ),
    StatementField.OUT_OF_SCOPE: ("Contenus hors du champ de l’obligation", "Carte des travaux"),
    StatementField.ESTABLISHED: ("Établie le : 1er avril 2025",),
    StatementField.UPDATED: ("Mise à jour le : 22 novembre 2026",),
    StatementField.TECHNOLOGIES: ("Technologies employées", "HTML5", "CSS", "SVG"),
    StatementField.ENVIRONMENTS: ("Environnements de test", "Firefox et NVDA", "Safari et VoiceOver"),
    StatementField.TOOLS: ("Outils de l’évaluation", "Contrast Finder", "Assistant RGAA"),
    StatementField.PAGES: ("Pages vérifiées", "Accueil https://ville.example/", "Contact non précisée"),
    StatementField.CONTACT: ("Nous écrire : accessibilite@ville.example", "Une réponse vous est due en une semaine"),
    StatementField.REMEDY: (
        "Voies de recours",
        "https://formulaire.defenseurdesdroits.fr/",
        "https://www.defenseurdesdroits.fr/saisir/delegues",
        "gratuit et sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07",
    ),
}
"""What the statement of ``make_statement`` says of each field that the law asks for."""


def said(paper: Paper) -> str:
    """Give the words of a document, its spaces plain."""
    told = [paper.title, paper.subtitle]
    for block in paper.blocks:
        match block:
            case Heading():
                told.append(block.text)
            case Paragraph():
                told.append(letters(block.spans))
            case Bullets():
                told += map(letters, block.items)
            case Table():
                told += [block.caption, *block.headings, *(cell for row in block.rows for cell in row)]
    return " ".join("\n".join(told).split())


def unsaid(paper: Paper) -> set[StatementField]:
    """List the fields of the law that a document does not say."""
    told = said(paper)
    return {field for field, phrases in HELD.items() if not all(phrase in told for phrase in phrases)}


def test_the_statement_says_every_field_of_the_law_and_lacks_nothing():
    assert set(HELD) == set(StatementField)
    assert missing(make_statement()) == ()
    assert unsaid(statement_paper(make_statement())) == set()


@pytest.mark.parametrize("field", StatementField)
def test_a_statement_without_one_field_would_be_seen(field: StatementField):
    paper = statement_paper(make_statement())
    kept = tuple(
        block for block in paper.blocks if not any(one in said(replace(paper, blocks=(block,))) for one in HELD[field])
    )
    assert field in unsaid(replace(paper, blocks=kept))


WITHOUT: Mapping[StatementField, Mapping[str, object]] = {
    StatementField.ORGANISATION: {"organisation": ""},
    StatementField.SERVICE: {"address": ""},
    StatementField.SCHEME: {"scheme_url": ""},
    StatementField.PLAN: {"plan_url": ""},
    StatementField.PLAN_REVIEW: {"has_review": False},
    StatementField.AUDITOR: {"results": replace(RESULTS, auditor="")},
    StatementField.RATE: {"results": replace(RESULTS, rate=None)},
    StatementField.FAILURES: {"gaps": (OUT_OF_SCOPE,)},
    StatementField.BURDENS: {"gaps": (FAILURE, replace(BURDEN, reason=""))},
    StatementField.TECHNOLOGIES: {"technologies": ""},
    StatementField.ENVIRONMENTS: {"results": replace(RESULTS, environments="")},
    StatementField.TOOLS: {"results": replace(RESULTS, tools="")},
    StatementField.PAGES: {"results": replace(RESULTS, pages=())},
    StatementField.CONTACT: {"contact": ""},
}


@pytest.mark.parametrize("field", WITHOUT)
def test_what_lacks_is_named_and_nothing_else(field: StatementField):
    assert set(WITHOUT) == set(NEEDS)
    assert missing(make_statement(**WITHOUT[field])) == (field,)
    assert NEEDS[field].mend in Mend


def test_a_derogation_has_an_end_and_a_whole_rate_no_failure():
    assert missing(make_statement(gaps=(FAILURE, replace(BURDEN, until=None)))) == (StatementField.BURDENS,)
    whole = replace(RESULTS, rate=Decimal(100))
    told = make_statement(conformity=Conformity.TOTAL, results=whole)
    assert missing(told) == (StatementField.FAILURES,)
    assert missing(replace(told, gaps=(BURDEN, OUT_OF_SCOPE))) == ()


def test_without_audit_a_statement_is_due_all_the_same_and_says_that_the_service_is_not_compliant():
    told = make_statement(conformity=Conformity.NONE, reason=ConformityReason.NO_AUDIT, results=None, gaps=())
    assert missing(told) == ()
    words = said(statement_paper(told))
    assert "Site de la ville n’est pas conforme" in words
    assert "Aucun audit ne permet encore de mesurer" in words
    assert "Aucun résultat d’audit en cours de validité" in words
    assert "Environnements de test" not in words
    assert missing(replace(told, contact="", technologies="")) == (StatementField.TECHNOLOGIES, StatementField.CONTACT)


def test_an_application_in_a_store_and_a_voice_need_no_address_and_a_site_does():
    for kind in ServiceKind:
        lacks = missing(make_statement(kind=kind, address=""))
        assert (lacks == ()) is (kind in {ServiceKind.MOBILE_APPLICATION, ServiceKind.CALLBOT})


def test_a_first_plan_has_nothing_to_review_and_says_so():
    told = make_statement(is_first_plan=True, has_review=False)
    assert missing(told) == ()
    assert "Le plan de 2026 est le premier" in said(statement_paper(told))
    assert "bilan des actions de 2025" not in said(statement_paper(told))


def test_each_state_says_its_own_words_in_french_whatever_is_spoken():
    with speaking("en"):
        papers = {name: statement_paper(told) for name, told in every_state().items()}
    assert {paper.language for paper in papers.values()} == {"fr"}
    assert "sa conformité est totale" in said(papers["total"])
    assert "Moins de la moitié des critères" in said(papers["none by its rate"])
    told = {" ".join(said(paper).split("État de conformité")[1].split()[:40]) for paper in papers.values()}
    assert len(told) == len(papers) - 1  # a first plan changes nothing of the state
    assert all("1er avril 2025" in said(paper) for paper in papers.values())


def test_a_rate_never_reads_higher_than_it_is():
    for rate, read in (("99.999", "99,99 %"), ("49.9999", "49,99 %"), ("100", "100 %"), ("66.6667", "66,66 %")):
        told = make_statement(results=replace(RESULTS, rate=Decimal(rate)))
        assert f"Critères respectés : {read}" in said(statement_paper(told))


def test_what_was_typed_as_a_sentence_gets_no_second_full_stop():
    told = make_statement(gaps=(replace(FAILURE, content="Carrousel.", reason="Images sans texte."),))
    assert "Carrousel. Critères : 1.1. Motif : Images sans texte. En attendant" in said(statement_paper(told))


def test_what_is_invented_says_so():
    assert "cette déclaration est inventée" in said(statement_paper(make_statement(), is_fictional=True))
    assert "inventée" not in said(statement_paper(make_statement()))


def test_an_address_keeps_each_of_its_letters():
    address = "https://ville.example/l'acces?a=1;b=2"
    assert address in said(statement_paper(make_statement(scheme_url=address)))


FOUR = RgaaVersion("4.1", date(2021, 2, 16), (9,))
FIVE = RgaaVersion("5", date(2027, 1, 15), (9,))
ONE = PublishedStatement(date(2024, 2, 29), "https://a.example/d", "4.1")


@pytest.mark.parametrize(
    ("day", "versions", "redesigned_on", "state", "until", "ending"),
    [
        (date(2024, 2, 29), (FOUR,), None, StatementState.IN_FORCE, date(2027, 2, 28), Ending.THREE_YEARS),
        (date(2027, 2, 28), (FOUR,), None, StatementState.IN_FORCE, date(2027, 2, 28), Ending.THREE_YEARS),
        (date(2027, 3, 1), (FOUR,), None, StatementState.EXPIRED, date(2027, 2, 28), Ending.THREE_YEARS),
        (date(2026, 5, 1), (FOUR,), date(2026, 5, 1), StatementState.EXPIRED, date(2026, 4, 30), Ending.REDESIGN),
        (date(2026, 4, 30), (FOUR,), date(2026, 5, 1), StatementState.IN_FORCE, date(2026, 4, 30), Ending.REDESIGN),
        (date(2026, 5, 1), (FOUR,), date(2024, 2, 1), StatementState.IN_FORCE, date(2027, 2, 28), Ending.THREE_YEARS),
    ],
)
def test_a_published_statement_counts_until_the_first_of_what_ends_it(
    day: date,
    versions: tuple[RgaaVersion, ...],
    redesigned_on: date | None,
    state: StatementState,
    until: date,
    ending: Ending,
):
    found = statement_standing([ONE], versions, redesigned_on, day)
    assert found.validity is not None
    assert (found.state, found.validity.until, found.validity.ending) == (state, until, ending)


def test_eighteen_months_after_a_new_rgaa_a_statement_is_made_again():
    recent = replace(ONE, on=date(2026, 6, 1))
    last = date(2028, 7, 15)
    assert statement_standing([recent], (FOUR, FIVE), None, last).state is StatementState.IN_FORCE
    found = statement_standing([recent], (FOUR, FIVE), None, date(2028, 7, 16))
    assert found.state is StatementState.EXPIRED
    assert found.validity is not None
    assert found.validity.ending is Ending.NEW_VERSION
    without_audit = replace(recent, rgaa="")
    assert statement_standing([without_audit], (FOUR, FIVE), None, date(2028, 7, 16)).state is StatementState.EXPIRED
    after = replace(recent, on=date(2027, 2, 1), rgaa="")
    assert statement_standing([after], (FOUR, FIVE), None, date(2029, 1, 1)).state is StatementState.IN_FORCE


def test_a_statement_counts_from_its_own_day_and_the_last_one_counts():
    again = PublishedStatement(date(2026, 1, 10), "https://a.example/d", "4.1")
    assert statement_standing([], (FOUR,), None, date(2026, 1, 1)).state is StatementState.ABSENT
    assert statement_standing([ONE], (FOUR,), None, date(2024, 2, 28)).state is StatementState.ABSENT
    assert statement_standing([ONE, again], (FOUR,), None, date(2026, 1, 9)).published == ONE
    assert statement_standing([ONE, again], (FOUR,), None, date(2027, 6, 1)).state is StatementState.IN_FORCE


def test_a_correction_takes_the_place_of_what_it_mends_and_the_service_has_the_last_word():
    wrong = PublishedStatement(date(2025, 1, 1), "https://a.example/x", "4.1")
    right = PublishedStatement(date(2025, 1, 2), "https://a.example/y", "4.1", is_correction=True)
    assert published([ONE, wrong, right], right.on, right.url) == (ONE, right)
    assert published([ONE, wrong], None, "") == ()
    assert published([ONE, wrong], ONE.on, ONE.url) == (ONE,)
    elsewhere = published([ONE], date(2025, 5, 5), "https://b.example")
    assert elsewhere == (ONE, PublishedStatement(date(2025, 5, 5), "https://b.example"))


PAGE = dict.fromkeys(FOUR.criteria(), Result.COMPLIANT)
AUDIT = AuditRecord(AuditKind.FULL, "4.1", date(2024, 2, 1), date(2025, 1, 1), (PAGE,))


def test_the_first_recorded_statement_of_an_audit_counts_for_it_and_the_day_told_with_it_only_without():
    again = replace(ONE, on=date(2026, 1, 10))
    (one,) = dated([AUDIT], [ONE, again], (FOUR,), None)
    assert (one.stated_on, one.published_on, one.begins) == (ONE.on, date(2025, 1, 1), ONE.on)
    assert one.is_told_otherwise
    (without,) = dated([AUDIT], [], (FOUR,), None)
    assert (without.stated_on, without.begins, without.is_told_otherwise) == (None, date(2025, 1, 1), True)
    (alike,) = dated([replace(AUDIT, published_on=ONE.on)], [ONE], (FOUR,), None)
    assert not alike.is_told_otherwise
    before = replace(ONE, on=date(2024, 1, 31))
    assert dated([AUDIT], [before], (FOUR,), None)[0].stated_on is None
    newer = replace(AUDIT, audited_on=date(2025, 6, 1), published_on=None)
    found = dated([AUDIT, newer], [ONE, again], (FOUR,), None)
    assert [one.stated_on for one in found] == [ONE.on, again.on]


@pytest.mark.parametrize("redesigned_on", [None, date(2026, 5, 1)])
def test_a_statement_and_the_legal_state_that_it_reports_end_on_the_same_day(redesigned_on: date | None):
    again = replace(ONE, on=date(2026, 1, 10))
    audits = dated([AUDIT], [ONE, again], (FOUR,), redesigned_on)
    last = standing(audits, (FOUR,), redesigned_on, again.on).validity
    assert last is not None
    for day, state in ((last.until, StatementState.IN_FORCE), (last.until + timedelta(1), StatementState.EXPIRED)):
        assert statement_standing([ONE, again], (FOUR,), redesigned_on, day, audits).state is state
        is_in_force = standing(audits, (FOUR,), redesigned_on, day).reason is ConformityReason.RATE
        assert is_in_force is (state is StatementState.IN_FORCE)


def test_a_statement_whose_audit_counts_no_more_is_to_be_made_again():
    found = statement_standing([ONE], (FOUR,), None, date(2024, 3, 1), ())
    assert found.state is StatementState.EXPIRED
    assert found.validity is not None
    assert found.validity.ending is Ending.AUDIT_GONE
    with speaking("fr"):
        assert "aucun audit qui compte ne porte plus" in statement_sentence(found)
    without = replace(ONE, rgaa="")
    assert statement_standing([without], (FOUR,), None, date(2024, 3, 1), ()).state is StatementState.IN_FORCE


def test_the_share_of_statements_in_force_counts_the_services_that_are_online_on_the_day():
    day = date(2025, 12, 31)
    good = (PublishedStatement(date(2025, 3, 1), "https://a.example", "4.1"),)
    services = [
        Stated(ServiceRecord(1, "A", ServiceKind.WEBSITE), good),
        Stated(ServiceRecord(2, "B", ServiceKind.WEBSITE), ()),
        Stated(ServiceRecord(3, "C", ServiceKind.WEBSITE, state=ServiceState.PROJECT), good),
        Stated(ServiceRecord(4, "D", ServiceKind.WEBSITE, opened_on=date(2026, 1, 1)), good),
        Stated(ServiceRecord(5, "E", ServiceKind.WEBSITE, redesigned_on=date(2025, 6, 1)), good),
    ]
    assert in_force(services, (FOUR,), day) == InForce(1, 3)
    assert in_force(services, (FOUR,), date(2026, 1, 1)) == InForce(2, 4)
    assert in_force([], (FOUR,), day) == InForce(0, 0)


def test_the_page_of_a_statement_gives_the_rate_that_the_statement_gives() -> None:
    one = make_statement(results=replace(RESULTS, rate=Decimal(5800) / 74))
    with speaking("fr"):
        assert "78,37\u202f%" in state_sentence(one).replace("\xa0", "\u202f")
