"""The draft that renews a membership: last year's facts, marked blanks for the rest, in French and in every format."""

from datetime import date
from decimal import Decimal

from tests import pdf
from tests.dossiers import badly_typeset, blanks, says
from tracker.domain.budget import Imputation, Sum
from tracker.domain.vocabulary import TaxRegime
from tracker.exports.docx import docx_file
from tracker.exports.odt import odt_file
from tracker.exports.paper import Heading
from tracker.labels import speaking, typeset
from tracker.reports.paper_pdf import pdf_file
from tracker.reports.renewal import RenewalFacts, renewal_paper


def facts(**told: object) -> RenewalFacts:
    given: dict[str, object] = {"authority": "Ville de Port-Tivoli", "association": "Réseau des ports", "year": 2025}
    return RenewalFacts(as_of=date(2025, 11, 3), **(given | {"fee": Sum(None, TaxRegime.UNSTATED)} | told))


FULL = {
    "fee": Sum(Decimal(4000), TaxRegime.INCLUSIVE),
    "number": "2025-014",
    "decided_on": date(2025, 2, 27),
    "body": "Conseil municipal",
    "joined": "délibération n° 2023-101 du 12 octobre 2023",
    "paid_on": date(2025, 4, 1),
    "served": ("Trois ateliers suivis",),
    "tools": ("Calculateur d'empreinte",),
    "line": Imputation(2025, "Budget principal", "fonctionnement", "011", "020", "6281"),
    "legal": ("Le code général des collectivités territoriales",),
}


def test_a_renewal_restates_the_facts_of_last_year_and_leaves_the_next_fee_to_fill():
    paper = renewal_paper(facts(**FULL))
    told = says(paper)
    for sentence in (
        "a été décidée par la délibération n° 2025-014 du 27 février 2025 (Conseil municipal).",
        "Première décision connue : délibération n° 2023-101 du 12 octobre 2023.",
        "Le Conseil municipal,",
        "Cotisation 2025 : 4\u202f000 € TTC.",
        "Paiement de la cotisation 2025 : 1er avril 2025.",
        "Trois ateliers suivis",
        "Sont approuvés le renouvellement de l'adhésion à « Réseau des ports » pour l'année 2026",
        "chapitre : 011",
        "nature : 6281",
    ):
        assert typeset(sentence) in told, sentence
    assert blanks(paper) == [
        typeset("[à compléter : montant à préciser]"),
        typeset("[à compléter : motif du renouvellement]"),
        typeset("[à compléter : montant à préciser, avec son régime de taxe]"),
    ]
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert [
        one for one in headings if one in {"Rapport", "Vu", "Considérant", "Délibère", "Article 1", "Article 2"}
    ] == [
        "Rapport",
        "Vu",
        "Considérant",
        "Délibère",
        "Article 1",
        "Article 2",
    ]


def test_a_renewal_of_which_nothing_is_known_is_all_blanks_and_no_figure():
    paper = renewal_paper(facts())
    assert len(blanks(paper)) == 19
    assert "€" not in says(paper)
    assert "None" not in says(paper)


def test_the_next_fee_is_told_once_it_is_decided_and_only_with_its_amount():
    decided = renewal_paper(facts(**FULL, next_fee=Sum(Decimal(3600), TaxRegime.UNSTATED)))
    assert says(decided).count("3\u202f600\u202f€ (régime de taxe non précisé)") == 2
    unknown = renewal_paper(facts(**FULL, next_fee=Sum(None, TaxRegime.INCLUSIVE)))
    assert len(blanks(unknown)) == 3


def test_a_renewal_is_written_in_french_whoever_reads_it():
    with speaking("en"):
        paper = renewal_paper(facts(**FULL, is_fictional=True))
    assert (paper.language, paper.title[:14]) == ("fr", "Renouvellement")
    assert "27 février 2025" in says(paper)
    assert says(paper).startswith("Données fictives")
    for write in (odt_file, docx_file, pdf_file):
        assert write(paper)
    assert pdf.faults(pdf_file(paper)) == []


def test_a_renewal_has_french_typography():
    assert not badly_typeset(says(renewal_paper(facts(**FULL))) + says(renewal_paper(facts())))
