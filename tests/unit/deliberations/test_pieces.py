"""The small readers: dates, sums, names, cut words, budget lines, votes, each on the ways that people write."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.intakes import WITHHELD, Votes
from tracker.domain.vocabulary import BudgetSection, TaxRegime, VoteOutcome
from tracker.importers.deliberations.amounts import amounts
from tracker.importers.deliberations.dates import first_date
from tracker.importers.deliberations.imputation import budget_lines
from tracker.importers.deliberations.names import without_people
from tracker.importers.deliberations.paragraphs import Paragraph, paragraphs
from tracker.importers.deliberations.references import references
from tracker.importers.deliberations.spelling import folded, mended, plain
from tracker.importers.deliberations.structure import Placed, Zone
from tracker.importers.deliberations.votes import outcome, votes


def article(text: str) -> list[Placed]:
    return [Placed(Paragraph(1, plain(text)), Zone.DECIDES, "article 1")]


DATES = {
    "27 février 2025": date(2025, 2, 27),
    "27/02/2025": date(2025, 2, 27),
    "27.02.2025": date(2025, 2, 27),
    "1er mars 2024": date(2024, 3, 1),
    "1 er mars 2024": date(2024, 3, 1),
    "vendredi 16 décembre 2022": date(2022, 12, 16),
    "16 DECEMBRE 2022": date(2022, 12, 16),
    "09 JUILLET 2021": date(2021, 7, 9),
    "L'an deux mille vingt-trois, le douze octobre": date(2023, 10, 12),
    "L'an deux mille vingt et un et le vingt et un juin": date(2021, 6, 21),
    "L'an deux mille vingt quatre, le lundi premier avril": date(2024, 4, 1),
    "L'an 2023, le 12 octobre": date(2023, 10, 12),
    "le trente et un janvier deux mille vingt-cinq": date(2025, 1, 31),
    "31 février 2025": None,
    "2023/10/12": None,
}


@pytest.mark.parametrize("text", DATES)
def test_dates_are_read_as_they_are_written_and_impossible_ones_are_none(text: str):
    assert first_date(text) == DATES[text]


SUMS = {
    "4 000 euros TTC": (Decimal(4000), TaxRegime.INCLUSIVE),
    "4000 € HT": (Decimal(4000), TaxRegime.EXCLUSIVE),
    "4\u202f000 €": (Decimal(4000), TaxRegime.UNSTATED),
    "4\u00a0000,50\u00a0€ T.T.C.": (Decimal("4000.50"), TaxRegime.INCLUSIVE),
    "4.000,00 € hors taxes": (Decimal(4000), TaxRegime.EXCLUSIVE),
    "4.000 euros (toutes taxes comprises)": (Decimal(4000), TaxRegime.INCLUSIVE),
    "montant HT de 1 234 567,89 €": (Decimal("1234567.89"), TaxRegime.EXCLUSIVE),
    "3 600€": (Decimal(3600), TaxRegime.UNSTATED),
    "2,5 millions d'euros": (Decimal(2_500_000), TaxRegime.UNSTATED),
    "150 k€ HT": (Decimal(150_000), TaxRegime.EXCLUSIVE),
}


@pytest.mark.parametrize("text", SUMS)
def test_sums_are_exact_and_a_tax_regime_is_never_inferred(text: str):
    [found] = amounts(article(f"Le montant est de {text} pour l'année 2025." if "montant" not in text else text))
    assert (found.euros, found.tax) == SUMS[text]


def test_what_is_no_sum_in_euros_is_no_amount():
    assert not list(amounts(article("100 000 habitants, 25 %, 4 000 agents, la loi n° 2014-58, 5 ans, Chapitre 011.")))


def test_a_year_is_meant_only_where_the_sentence_states_one():
    told = article(
        "Une cotisation 2024 de 100 € a été payée. La participation est de 200 €. Pour les années : "
        "année 2025 et année 2026, 300 €."
    )
    assert [one.year for one in amounts(told)] == [2024, None, None]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (
            "Madame Ambroisine QUILLEROU, Présidente de la Métropole, a ouvert la séance",
            "Présidente de la Métropole, a ouvert la séance",
        ),
        ("Monsieur le Maire propose", "Monsieur le Maire propose"),
        ("MONSIEUR LE CONSEILLER DÉLÉGUÉ", "MONSIEUR LE CONSEILLER DÉLÉGUÉ"),
        (
            "Sur proposition de M. Jean de la Tourandière, adjoint aux finances",
            "Sur proposition de adjoint aux finances",
        ),
        ("Mmes Dupontel et Ravassier se retirent", f"Mmes {WITHHELD} se retirent"),
        ("présenté par Christophe Larroudet", f"présenté par {WITHHELD}"),
        ("présenté par Ezékielle ROUMEJON", f"présenté par {WITHHELD}"),
        (
            "Monsieur le Vice-Président Paul-Émile Tasseret rappelle",
            f"Monsieur le Vice-Président {WITHHELD} rappelle",
        ),
        ("MADAME LA MAIRE ODILE FERRANDIER", f"MADAME LA MAIRE {WITHHELD}"),
        ("Monsieur le Maire Zbigniew Lecouvrak rappelle", f"Monsieur le Maire {WITHHELD} rappelle"),
        ("M. le Maire, L. BARBOTELLE", f"M. le Maire, {WITHHELD}"),
        ("par Hervé Le Gouarnic", f"par {WITHHELD}"),
        ("par Anne Marie De La Tourette d'Arvel", f"par {WITHHELD}"),
        ("BARBOTELLE Lucien (pouvoir)", f"{WITHHELD} (pouvoir)"),
        ("écrire à odile.tasseret@ville.example", f"écrire à {WITHHELD}"),
        ("Référente RGAA, Coordinatrice RGPD, Cheffe DSIN", "Référente RGAA, Coordinatrice RGPD, Cheffe DSIN"),
        ("Madame la Directrice Générale des Services", "Madame la Directrice Générale des Services"),
        ("Monsieur le Président Directeur Général", "Monsieur le Président Directeur Général"),
        ("Monsieur le Maire PROPOSE AU CONSEIL", "Monsieur le Maire PROPOSE AU CONSEIL"),
        ("à l'école Jules Ferry et rue Jean Moulin", "à l'école Jules Ferry et rue Jean Moulin"),
        (
            "la Commission AFFAIRES GENERALES et le programme FIDAMIA",
            "la Commission AFFAIRES GENERALES et le programme FIDAMIA",
        ),
        ("France Urbaine, France Connect, Marine Nationale", "France Urbaine, France Connect, Marine Nationale"),
        ("l'Institut du Numérique Responsable et l'ADEME", "l'Institut du Numérique Responsable et l'ADEME"),
    ],
)
def test_people_give_way_to_their_roles_and_nothing_else_does(written: str, left: str):
    assert without_people(written) == left


def test_a_word_cut_at_the_end_of_a_line_is_joined_and_a_compound_keeps_its_hyphen():
    told = paragraphs(
        [["la sobriété numé-", "rique des vice-", "présidents d'Aix-Marseille-", "Provence, c'est-à-", "dire tout"]]
    )
    assert told[0].text == "la sobriété numérique des vice-présidents d'Aix-Marseille-Provence, c'est-à-dire tout"


@pytest.mark.parametrize(
    ("line", "depth"),
    [
        ("- \uf095 la sobriété", 1),
        ("\uf0b7 la sobriété", 1),
        ("\ue00c 3 ans au lieu de 2", 1),
        ("- \uf095 o La sobriété", 2),
        ("\uf095 o La sobriété", 2),
        ("- o La sobriété", 2),
        ("la sobriété", 0),
        ("3 ans au lieu de 2", 0),
    ],
)
def test_an_item_is_known_by_the_sign_that_a_program_draws_before_it_which_is_no_part_of_it(line: str, depth: int):
    [told] = paragraphs([[line]])
    assert told.depth == depth
    assert told.text.lower() in {"la sobriété", "3 ans au lieu de 2"}


def test_page_numbers_and_stamps_are_dropped_and_a_sentence_goes_on_over_them():
    told = paragraphs(
        [["Le conseil décide de la"], ["- 2 -"], ["Envoyé en préfecture le 01/03/2024"], ["création d'un label."]]
    )
    assert [one.text for one in told] == ["Le conseil décide de la création d'un label."]


def test_folding_keeps_every_letter_in_its_place():
    for text in ("Œuvre, ŒUVRE, ﬁn, Éléphant ½ ß İ ﷺ", "ça déjà vu à l'été"):
        assert len(folded(text)) == len(text)


def test_slips_of_scanning_are_read_as_the_words_that_they_stand_for():
    assert mended("Renouveaulement de l'adhésion, loi AGECE, Numérique - Responsable") == (
        "Renouvellement de l'adhésion, loi AGEC, Numérique Responsable"
    )
    assert mended("Renouvellement et renouvellements") == "Renouvellement et renouvellements"


def test_a_line_without_chapter_is_still_a_line_and_what_is_unsaid_is_none():
    [line] = budget_lines(
        article("Les crédits sont inscrits au budget primitif 2026 de la Ville, section de fonctionnement.")
    )
    assert (line.year, line.section, line.chapter) == (2026, BudgetSection.OPERATING, None)


def test_an_article_of_law_is_no_nature():
    assert budget_lines(article("Les dépenses seront réglées selon l'article 35 de la loi du 15 novembre 2021.")) == ()


@pytest.mark.parametrize(
    ("text", "said", "counts"),
    [
        ("Cette proposition mise aux voix est adoptée.", VoteOutcome.ADOPTED, None),
        ("Adopté à l'unanimité.", VoteOutcome.ADOPTED, Votes(is_unanimous=True)),
        ("Votants : 20. Pour : 18. Contre : 0. Abstentions : 2. Adoptée.", VoteOutcome.ADOPTED, Votes(20, 18, 0, 2)),
        (
            "Délibération adoptée par 25 voix pour, 3 voix contre et 2 abstentions",
            VoteOutcome.ADOPTED,
            Votes(None, 25, 3, 2),
        ),
        ("La délibération est adoptée par 25 voix contre 3.", VoteOutcome.ADOPTED, Votes(None, 25, 3)),
        ("Le rapport est retiré de l'ordre du jour.", VoteOutcome.WITHDRAWN, None),
        ("La délibération est rejetée.", VoteOutcome.REJECTED, None),
    ],
)
def test_the_outcome_and_the_counts_are_those_that_the_text_states(text: str, said: VoteOutcome, counts: Votes | None):
    told = [Placed(Paragraph(1, text), Zone.ENDS)]
    found, counted = outcome(told), votes(told)
    assert found
    assert found.value is said
    assert (counted.value if counted else None) == counts


def test_a_text_that_amends_another_says_so():
    told = [
        Placed(
            Paragraph(1, "Vu la délibération n° 2020-12 modifiant la délibération n° 2019-45 du 3 mai 2019,"),
            Zone.FOUNDED,
        )
    ]
    assert [(one.kind.value, one.number) for one in references(told, "", None)] == [
        ("refers_to", "2020-12"),
        ("amends", "2019-45"),
    ]
