"""The brief of a year: what one page holds, and the same as an accessible PDF of one page, whatever the titles say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests import pdf as reader
from tests.factories import (
    make_aim,
    make_baseline,
    make_commitment,
    make_finding,
    make_indicator,
    make_organisation,
    make_target,
)
from tracker.charts.decade import decade
from tracker.charts.placing import Box, Label, Sheet, label_box
from tracker.domain.agenda import CampaignDate
from tracker.domain.records import CommitmentRecord
from tracker.domain.scorecard import score
from tracker.domain.vocabulary import Better, CommitmentKind, Status
from tracker.domain.workflow import CampaignRecord
from tracker.labels import speaking
from tracker.labels.briefs import change_phrase, date_words, drawn_values, origin_sentences, rest_phrase
from tracker.labels.sentences import headline
from tracker.reports import brief_pdf, press
from tracker.reports.brief import CARDS, Brief, brief

TODAY = date(2026, 11, 22)
ADDRESS = "https://suivi.ville.example/port-tivoli/synthese/2025"
LONG = (
    "Prolonger la durée d’usage de l’ensemble des équipements informatiques des écoles, des médiathèques et des "
    "mairies d’arrondissement jusqu’à leur réemploi par des associations du territoire"
)
ALARMING = '#read("/etc/passwd") *gras* $x^2$ \\ ] #panic("non") @ici <là> `code` // fin'


def campaign(year: int = 2025, closed_at: datetime | None = None) -> CampaignRecord:
    return CampaignRecord(
        year, datetime(2026, 1, 15, tzinfo=UTC), date(2026, 12, 4), date(2026, 12, 17), closed_at=closed_at
    )


def kept(code: str, title: str, values: dict[int, str] | None = None, *, is_flagship: bool = True) -> CommitmentRecord:
    aim = make_aim(
        values or {2024: "5.1", 2025: "5.4"}, make_target(6, horizon_year=2030), baseline=make_baseline(5, 2022)
    )
    return make_commitment(code=code, title=title, aims=(aim,), is_flagship=is_flagship)


def late(code: str, title: str) -> CommitmentRecord:
    return make_commitment(CommitmentKind.MILESTONE, code=code, title=title, due_on=date(2024, 12, 31))


def told(*commitments: CommitmentRecord, year: int = 2025, campaigns: tuple[CampaignRecord, ...] = ()) -> Brief:
    card = score(make_organisation(), commitments, year, TODAY)
    return brief(card, campaigns, is_empty=not commitments)


def printed(found: Brief) -> bytes:
    return brief_pdf.pdf(found, ADDRESS)


def says(content: bytes, sentence: str) -> bool:
    return reader.squeezed(sentence) in reader.text(content)


# What one page holds


def test_a_page_holds_a_dozen_flagships_and_counts_the_others():
    found = told(*(kept(f"C{n:02}", f"Engagement {n}") for n in range(15)), kept("X", "Autre", is_flagship=False))
    assert (len(found.cards), len(found.chosen)) == (CARDS, 15)
    assert "X" not in {card.commitment.code for card in found.chosen}
    assert rest_phrase(len(found.chosen) - len(found.cards)) == "et 3\u00a0autres"
    assert rest_phrase(0) == ""


def test_an_authority_that_puts_nothing_first_still_has_a_brief():
    found = told(kept("A", "Un engagement", is_flagship=False))
    assert not found.has_flagships
    assert [card.commitment.code for card in found.cards] == ["A"]


def test_what_changed_what_is_late_and_what_comes_are_gathered_with_the_campaigns_days():
    found = told(
        kept("A", "Garder les ordinateurs", {2024: "5.1", 2025: "6.2"}),
        late("B", "Nommer un référent"),
        campaigns=(campaign(2024), campaign()),
    )
    assert [change_phrase(one) for one in found.changes.moved] == [
        "Garder les ordinateurs : de « Hors trajectoire » à « Tenu »".replace(" :", "\u00a0:")
        .replace("« ", "«\u202f")
        .replace(" »", "\u202f»")
    ]
    assert [date_words(one) for one in found.late] == [("31 décembre 2024", "Nommer un référent")]
    days = [one for one in found.dates if isinstance(one, CampaignDate)]
    assert [(one.on, one.year, one.is_debate) for one in days[:2]] == [
        (date(2026, 12, 4), 2024, False),
        (date(2026, 12, 4), 2025, False),
    ]
    assert date_words(days[-1]) == ("17 décembre 2026", "Débat sur le bilan 2025")
    assert found.campaign == campaign()


def test_the_page_says_of_what_day_its_figures_are_and_whether_they_were_validated():
    day = "Chiffres connus le 22 novembre 2026. "
    assert origin_sentences(2025, None, TODAY).startswith(day + "Aucune campagne")
    assert "est ouverte" in origin_sentences(2025, campaign(), TODAY)
    closed = campaign(closed_at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC))
    assert "close depuis le 15 mars 2026" in origin_sentences(2025, closed, TODAY)


# The PDF


@pytest.fixture(scope="module")
def full() -> Brief:
    """Give a brief as full as can be: a dozen long titles, changes, late milestones and dates."""
    flagships = [kept(f"F{n:02}", f"{n}. {LONG}", {2024: "5.1", 2025: "6.2"}) for n in range(CARDS)]
    return told(*flagships, *(late(f"L{n}", f"{LONG} ({n})") for n in range(6)), campaigns=(campaign(),))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_fullest_brief_is_one_accessible_page_that_says_every_sentence(full: Brief, language: str):
    with speaking(language):
        content = printed(full)
        assert reader.page_count(content) == 1
        assert reader.faults(content) == []
        for card in full.cards:
            assert says(content, headline(card, 2025))
            assert says(content, card.commitment.title.fr)
        for change in full.changes.moved[:4]:
            assert says(content, change_phrase(change))
        assert says(content, origin_sentences(2025, full.campaign, TODAY))
        assert says(content, ADDRESS)
    assert f"/Lang({language}".encode() in content.replace(b" ", b"")


def test_the_same_brief_gives_the_same_bytes_and_another_day_others(full: Brief):
    assert printed(full) == printed(full)
    card = score(full.organisation, [one.commitment for one in full.scorecard.cards], 2025, date(2026, 11, 23))
    assert printed(brief(card, (campaign(),), is_empty=False)) != printed(full)


def test_signs_that_a_typesetter_would_obey_are_shown_as_they_are():
    content = printed(told(kept("A", ALARMING)))
    assert says(content, ALARMING)
    assert b"root:" not in content
    assert reader.faults(content) == []


def test_letters_that_no_font_draws_become_squares_and_the_page_is_still_made():
    assert press.drawable("Œuvre\n à 5,4\u202f% − 2\u00a0t CO₂e → 漢 😀") == (
        "Œuvre à 5,4\u202f% − 2\u00a0t CO₂e → □ □"  # what holds a number and its unit together is kept
    )
    assert press.drawable("e\u0301te\u0301") == "été"
    content = printed(told(kept("A", "Écoles 😀 et médiathèques 漢 ; « cœur » ½ ① Ω Ж x̂\u0488")))
    assert reader.faults(content) == []
    assert says(content, "Écoles □ et médiathèques □ ; « cœur »")


def test_a_narrow_no_break_space_and_a_minus_are_drawn_and_found():
    carbon = make_indicator(better=Better.DOWN, unit="tCO2e", decimals=0)
    aim = make_aim({2025: 1470}, make_target(1200), indicator=carbon)
    found = told(make_commitment(aims=(aim,), is_flagship=True))
    assert "\u202f" in headline(found.cards[0], 2025)
    assert says(printed(found), headline(found.cards[0], 2025))


def test_an_authority_without_any_vote_has_a_page_that_says_so():
    content = printed(told())
    assert says(content, "Aucun engagement n’est encore enregistré.")
    assert (reader.page_count(content), reader.faults(content)) == (1, [])


def test_an_invented_authority_says_on_paper_that_it_is():
    assert says(printed(told(kept("A", "Un"))), "Ville de Port-Tivoli est fictive : ses chiffres sont inventés.")


# The drawing of a slide


def test_ten_years_are_drawn_broken_where_one_is_missing_with_the_target_named():
    aim = make_aim({2014: 1, 2016: 4, 2017: "4.2", 2019: "4.6", 2025: "5.96"}, make_target(6))
    drawn = decade(aim, 2025)
    assert drawn is not None
    assert [mark.year for mark in drawn.marks] == [2016, 2017, 2019, 2025]
    assert drawn.path.count("M") == 3
    assert drawn.goal is not None
    assert drawn.told == ("4\u00a0ans", "5,96\u00a0ans")
    assert list(drawn.target) == ["objectif", "6\u00a0ans"]


def test_a_slide_draws_each_version_of_the_target_in_its_own_years():
    first, second = make_target(5, in_force_from=2018), make_target(6, in_force_from=2022, version=2)
    drawn = decade(make_aim(dict.fromkeys(range(2016, 2026), 4), first, second), 2025)
    assert drawn is not None
    places = {mark.year: mark.x for mark in drawn.marks}
    assert drawn.goal == f"M{places[2018]:g} 97H{places[2022]:g}V34H{places[2025] + 8:g}"
    before = decade(make_aim({2016: 4, 2017: 5}, first), 2017)
    assert before is not None
    assert (before.goal, before.target) == ("", [])


@pytest.mark.parametrize(
    "values", [range(21, 31), [41, 42, 43, 44, 46, 48, 50, 51, 53, 54], range(60, 50, -1)], ids=str
)
def test_the_names_of_a_slide_cover_neither_the_line_nor_one_another(values: Sequence[int]):
    series = {year: Decimal(value) / 10 for year, value in zip(range(2016, 2026), values, strict=True)}
    for goal in (3, "5.4", 6):
        drawn = decade(make_aim(series, make_target(goal, in_force_from=2016)), 2025)
        assert drawn is not None
        sheet = Sheet(Box(0, 0, 640, 200))
        sheet.line([(mark.x, mark.y) for mark in drawn.marks])
        for size in (17, 24):
            ends = [label_box(label, size) for label in drawn.labels]
            lines = [(drawn.target_y + 1.15 * size * rank, line) for rank, line in enumerate(drawn.target)]
            target = [label_box(Label(442, y, "start", line, line, "target"), size) for y, line in lines]
            assert [box for box in ends if box.covered(sheet.drawn) > size] == []
            assert [box for box in ends if box.covered(target) > 1] == []
            assert ends[0].shared(ends[1]) == 0


def test_a_slide_says_that_its_scale_has_no_zero():
    above, whole = decade(make_aim({2024: 5, 2025: 6}), 2025), decade(make_aim({2024: 0, 2025: 6}), 2025)
    assert above is not None
    assert whole is not None
    assert above.cut is not None
    assert whole.cut is None


def test_one_value_or_none_draws_nothing():
    assert decade(make_aim({2025: 5}), 2025) is None
    assert decade(make_aim(), 2025) is None
    assert drawn_values(make_indicator(), make_baseline(5).value or 0, make_baseline(5).value or 0, None)[2] == ""


def test_a_commitment_whose_state_has_no_bar_is_told_without_one():
    found = told(make_commitment(CommitmentKind.MILESTONE, findings=(make_finding(),), is_flagship=True))
    assert found.cards[0].status is Status.ACHIEVED
    assert reader.faults(printed(found)) == []


def test_a_year_that_is_not_over_lists_no_setback_on_the_page_nor_in_its_pdf():
    measured = kept("A", "Garder les téléphones 3 ans", {2024: "5.1", 2025: "6.2"})
    over, running = told(measured, year=2025), told(measured, year=2026)
    assert [change.after for change in over.moved] == [Status.ACHIEVED]
    assert (running.changes, running.moved) == (None, ())
    assert "Depuis 2025" not in reader.text(printed(running))
