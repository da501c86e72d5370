"""What the texts ask of the report: each item in each of its three states, and what hiding a section does."""

from dataclasses import replace

import pytest
import yaml

from tests.conftest import TODAY
from tests.factories import make_organisation
from tracker.config.paths import bundled
from tracker.domain.completeness import (
    ANSWERED,
    DutyTold,
    Extent,
    Family,
    ItemCheck,
    ItemGroup,
    Presence,
    ReportFacts,
    check,
)
from tracker.domain.finalities import Finality
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import PlanStage
from tracker.labels import speaking
from tracker.labels.completeness import NAMES, WHY, item_name, why
from tracker.reports.completeness import MENDS, complete
from tracker.reports.outline import OUTLINE
from tracker.reports.review import Resources, review

DUTIES = bundled("seeds") / "duties.yaml"
NIS2 = DutyTold("NIS 2", is_counted=False, is_certain=False)
NOTHING = ReportFacts(duties={"agec-58": DutyTold("AGEC, art. 58"), "nis2": NIS2})
NONE, SOME, ALL = Extent(0, 0), Extent(1, 3), Extent(3, 3)
HALF, UNKNOWN = Extent(2, 4), Extent(0, 3)
WORDS = frozenset({"finalities", "analysis", "governance", "baseline", "carbon", "duties", "method"})
FULL = ReportFacts(
    words=WORDS,
    judged=ALL,
    finalities=dict.fromkeys(Finality, HALF),
    themes=dict.fromkeys(range(1, 7), HALF),
    internal=ALL,
    territory=HALF,
    actors=2,
    has_footprint=True,
    baselines=ALL,
    uses=2,
    actions_done=4,
    facts_told=6,
    targets=ALL,
    measured=ALL,
    plan=PlanStage.ADOPTED,
    has_money=True,
    has_time=True,
    horizons=ALL,
    duties={"agec-58": DutyTold("AGEC, art. 58", is_known=True), "nis2": NIS2},
    scheme=Extent(2, 2),
    ecodesign=HALF,
    deliberations=1,
    values=9,
)
WEAK = replace(
    FULL,
    words=frozenset(),
    judged=SOME,
    finalities=dict.fromkeys(Finality, SOME),
    themes=dict.fromkeys(range(1, 7), SOME),
    internal=SOME,
    territory=SOME,
    has_footprint=False,
    actions_done=0,
    targets=UNKNOWN,
    measured=SOME,
    plan=PlanStage.DRAFT,
    has_time=False,
    horizons=SOME,
    duties={"agec-58": DutyTold("AGEC, art. 58", is_known=True, is_partial=True)},
    scheme=Extent(1, 2),
    ecodesign=SOME,
    deliberations=0,
    unexplained=2,
    values=0,
)


def found(facts: ReportFacts, family: Family) -> list[ItemCheck]:
    return [one for one in check(facts) if one.item.family is family]


@pytest.mark.parametrize("family", [one for one in Family if one is not Family.UNCOUNTED])
def test_an_item_is_present_where_everything_is_told(family: Family):
    assert {one.presence for one in found(FULL, family)} == {Presence.PRESENT}


@pytest.mark.parametrize("family", [one for one in Family if one not in {Family.EMISSIONS, Family.UNCOUNTED}])
def test_an_item_is_weak_where_half_of_it_is_told(family: Family):
    assert {one.presence for one in found(WEAK, family)} == {Presence.WEAK}


def test_emissions_are_weak_with_a_footprint_that_no_text_places_or_the_other_way_round():
    for facts in (replace(FULL, words=frozenset()), replace(FULL, has_footprint=False)):
        assert [one.presence for one in found(facts, Family.EMISSIONS)] == [Presence.WEAK]


HONEST = {Family.IDENTITY, Family.METHOD, Family.OPEN_DATA}
"""What is missing only where the section is hidden: the report always says it."""


@pytest.mark.parametrize("family", [one for one in Family if one not in HONEST])
def test_an_item_is_missing_where_nothing_is_told(family: Family):
    assert {one.presence for one in found(NOTHING, family)} == {Presence.MISSING}


@pytest.mark.parametrize("family", sorted(HONEST))
def test_what_honesty_asks_for_is_missing_once_hidden(family: Family):
    [before] = found(FULL, family)
    [after] = found(replace(FULL, hidden=frozenset({before.item.section})), family)
    assert after.presence is Presence.MISSING
    assert after.is_hidden


def test_what_no_figure_shows_is_weak_at_best_as_only_the_authority_can_tell():
    assert [one.presence for one in found(FULL, Family.UNCOUNTED)] == [Presence.WEAK]
    assert [one.presence for one in found(replace(FULL, words=frozenset()), Family.UNCOUNTED)] == [Presence.MISSING]


def test_a_duty_that_another_item_answers_is_asked_once():
    told = replace(NOTHING, duties={code: DutyTold(code) for code in (*ANSWERED, "agec-58")})
    assert [one.item.key for one in found(told, Family.DUTY)] == ["agec-58"]
    assert {duty["code"] for duty in yaml.safe_load(DUTIES.read_text())["duties"]} > ANSWERED


@pytest.mark.parametrize("family", [one for one in Family if one not in HONEST])
def test_an_item_whose_section_is_hidden_is_weak_at_best_and_says_so(family: Family):
    for one in found(FULL, family):
        [hidden] = [
            other for other in check(replace(FULL, hidden=frozenset({one.item.section}))) if other.item == one.item
        ]
        assert hidden.presence is Presence.WEAK
        assert "masquée" in why(hidden)
    nothing = check(replace(NOTHING, hidden=frozenset({"analysis"})))
    [still] = [one for one in nothing if one.item.section == "analysis"]
    assert still.presence is Presence.MISSING


def test_a_finality_that_no_judged_commitment_serves_is_weak_with_words_and_missing_without():
    unserved = replace(FULL, finalities=dict.fromkeys(Finality, UNKNOWN))
    assert {one.presence for one in found(unserved, Family.FINALITY)} == {Presence.WEAK}
    silent = replace(unserved, words=frozenset())
    assert {one.presence for one in found(silent, Family.FINALITY)} == {Presence.MISSING}


def test_half_of_the_commitments_judged_is_enough_for_the_yearly_review_and_less_is_not():
    assert found(replace(FULL, judged=Extent(2, 4)), Family.YEARLY)[0].presence is Presence.PRESENT
    assert found(replace(FULL, judged=Extent(1, 3)), Family.YEARLY)[0].presence is Presence.WEAK


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_item_has_its_name_its_three_reasons_its_section_and_the_page_that_mends_it(language: str):
    assert set(WHY) == set(MENDS) == set(Family)
    assert set(NAMES) == set(Family) - {Family.DUTY, Family.UNCOUNTED}
    sections = {section.code for section in OUTLINE}
    with speaking(language):
        for facts in (FULL, WEAK, NOTHING):
            for one in check(facts):
                assert item_name(one.item, {"agec-58": "Achats", "nis2": "Sécurité"}).strip()
                assert why(one).strip()
                assert one.item.article
                assert one.item.section in sections
    assert {mend.section for mend in MENDS.values() if mend.section} <= sections


def test_what_the_law_leaves_unsure_says_that_it_is_to_be_verified():
    unsure = [one for one in check(FULL) if not one.item.is_certain]
    assert unsure
    assert all("à vérifier" in why(one) for one in unsure)


def test_every_item_has_a_code_of_its_own_and_every_group_has_items():
    codes = [one.item.code for one in check(FULL)]
    assert len(codes) == len(set(codes))
    assert {one.item.group for one in check(FULL)} == set(ItemGroup)


def test_a_review_without_anything_lacks_nearly_everything_and_counts_it():
    empty = review(score(make_organisation(), (), 2025, TODAY), (), {}, (), 0, Resources())
    told = complete(empty, (), ())
    assert told.counts[Presence.PRESENT] == 1  # the method: nothing is missing of nothing
    assert told.counts[Presence.WEAK] == 2
    assert sum(told.counts.values()) == len(told.checks)
    assert told.mend(told.checks[0]).endpoint == "measurements.grid"
    hidden = complete(empty, (), {"identity"})
    [one] = [check for check in hidden.checks if check.item.family is Family.IDENTITY]
    assert hidden.mend(one).endpoint == "report_texts.list_"
