"""What the registers give to the indicators: shares over what is known, never over what nobody told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.domain.ai_register import AiLack, AiRecord, AiRole, AiState, CharterOpinion, RiskClass, YesNo
from tracker.domain.register_values import (
    Counted,
    Evaluated,
    Lacking,
    classified,
    disclosed,
    helped,
    published,
    reviewed,
    satisfaction,
)
from tracker.labels import speaking
from tracker.labels.ai_register import lacking_phrase
from tracker.labels.register_values import lacking_sentence

DAY = date(2025, 12, 31)
WHOLE = AiRecord(
    1,
    "Tri",
    purpose="Trier",
    supplier="Éditeur",
    role=AiRole.DEPLOYER,
    risk=RiskClass.MINIMAL,
    state=AiState.IN_USE,
    started_on=date(2024, 6, 3),
)


def terms(found):
    return found.numerator, found.denominator, found.coverage


def test_a_system_is_classified_once_its_sheet_is_whole_and_its_risk_is_qualified():
    listed = [
        WHOLE,
        replace(WHOLE, risk=RiskClass.TO_QUALIFY),
        replace(WHOLE, supplier=""),
        replace(WHOLE, role=AiRole.UNKNOWN),
    ]
    assert terms(classified(listed, DAY)) == (1, 4, 100)
    assert classified([], DAY).lacking is Lacking.NOTHING


def test_a_sheet_lacks_what_nobody_told_and_what_there_is_none_of():
    voice = replace(WHOLE, supplier="", is_conversational=YesNo.YES, notice=YesNo.NO, decides=YesNo.NO, source="Fiche")
    assert voice.lacks() == (
        AiLack.SUPPLIER,
        AiLack.DATA,
        AiLack.NOTICE,
        AiLack.RECOURSE,
        AiLack.EVALUATION,
        AiLack.CHARTER,
    )
    with speaking("fr"):
        told = lacking_phrase(voice)
    assert told.startswith(
        "Il manque\xa0: le fournisseur, les données utilisées, la mention qu’une machine répond, le recours humain"
    )
    whole = replace(
        voice,
        supplier="Éditeur",
        data_used="Appels",
        notice=YesNo.YES,
        recourse="Le standard",
        evaluation_method="Essais",
        charter_opinion=CharterOpinion.RESERVED,
    )
    assert whole.lacks() == ()
    assert replace(whole, decides=YesNo.YES).lacks() == (AiLack.RULES,)
    assert replace(whole, is_conversational=YesNo.NO, notice=YesNo.UNKNOWN).lacks() == ()


def test_a_system_that_stopped_or_begins_later_is_not_counted():
    listed = [WHOLE, replace(WHOLE, state=AiState.STOPPED), replace(WHOLE, started_on=date(2026, 1, 2))]
    assert terms(classified(listed, DAY)) == (1, 1, 100)


def test_a_review_counts_when_it_came_before_the_first_day_and_a_doubt_lowers_the_coverage():
    before = replace(WHOLE, charter_opinion=CharterOpinion.FAVOURABLE, charter_on=date(2024, 5, 1))
    after = replace(before, charter_on=date(2024, 7, 1))
    undated = replace(before, started_on=None)
    never = replace(WHOLE, charter_opinion=CharterOpinion.NOT_REVIEWED)
    project = replace(before, state=AiState.PROJECT, started_on=None)
    assert terms(reviewed([before, after, never, project], DAY)) == (2, 4, 100)
    assert terms(reviewed([before, undated, WHOLE], DAY)) == (1, 1, Decimal("33.3"))
    assert reviewed([WHOLE], DAY).lacking is Lacking.UNTOLD


def test_the_published_rules_are_counted_over_what_individual_decisions_rest_on():
    decides = replace(WHOLE, decides=YesNo.YES)
    online = replace(decides, rules_url="https://regles.example")
    assert terms(published([decides, online, replace(WHOLE, decides=YesNo.NO)], DAY)) == (1, 2, 100)
    assert terms(published([online, WHOLE], DAY)) == (1, 1, 50)
    assert published([replace(WHOLE, decides=YesNo.NO)], DAY).lacking is Lacking.NOTHING


def test_a_bot_counts_in_use_only_and_one_whose_notice_nobody_checked_is_no_bot_without_it():
    bot = replace(WHOLE, is_conversational=YesNo.YES)
    shown, silent = replace(bot, notice=YesNo.YES), replace(bot, notice=YesNo.NO)
    project = replace(shown, state=AiState.PROJECT)
    assert terms(disclosed([shown, silent, bot, project, WHOLE], DAY)) == (1, 2, Decimal("66.7"))


def test_the_mean_score_weighs_each_answer_and_leaves_other_scales_aside():
    one = Evaluated(1, Decimal(6), 100)
    other = Evaluated(2, Decimal(8), 300)
    stars = Evaluated(3, Decimal(5), 999, Decimal(1), Decimal(5))
    found = satisfaction([one, other, stars, Evaluated(4, Decimal(9), None)], 8)
    assert terms(found) == (Decimal(3000), 400, 25)
    assert satisfaction([stars], 8).lacking is Lacking.UNTOLD
    assert satisfaction([], 8).lacking is Lacking.NOTHING


def test_the_people_helped_are_added_up_once_every_place_has_told_and_nobody_is_not_zero():
    assert helped([610, 0, 12]).value == 622
    assert helped([610, None]).lacking is Lacking.UNTOLD
    assert helped([None]).value is None
    assert helped([]).lacking is Lacking.NOTHING


def test_none_and_one_that_told_are_said_in_the_singular():
    for n, told in (
        (0, "0\N{NO-BREAK SPACE}renseigné sur 3."),
        (1, "1\N{NO-BREAK SPACE}renseigné sur 3."),
        (2, "2\N{NO-BREAK SPACE}renseignés sur 3."),
    ):
        assert told in lacking_sentence(Counted("ACC-13", n, 3, lacking=Lacking.UNTOLD))
