"""Minutes as a document, and a document as a text that is kept."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.minutes import make_minutes
from tests.plans import HOSTILE, WORD
from tracker.exports import kept_paper
from tracker.exports.paper import Bullets, Heading, Look, Paragraph, Table, letters
from tracker.reports.minutes_paper import Rectified, minutes_paper, rectified_paper


@pytest.mark.parametrize("words", ["Corriger le contraste.", HOSTILE, WORD])
def test_a_kept_document_comes_back_as_it_was_and_its_digest_tells_any_change(words):
    paper = minutes_paper(make_minutes(words, words), is_draft=False)
    text = kept_paper.written(paper)
    assert kept_paper.read(text) == paper
    assert kept_paper.written(kept_paper.read(text)) == text
    changed = kept_paper.written(replace(paper, subtitle=paper.subtitle + " "))
    assert kept_paper.digest(changed) != kept_paper.digest(text)


def test_a_draft_says_that_it_is_one_and_is_not_to_be_signed():
    draft, final = (minutes_paper(make_minutes(), is_draft=is_draft) for is_draft in (True, False))
    notices = [letters(one.spans) for one in draft.blocks if isinstance(one, Paragraph) and one.look is Look.NOTICE]
    assert "Projet : le procès-verbal n’est pas arrêté." in [one.replace("\N{NO-BREAK SPACE}", " ") for one in notices]
    titles = [one.text for one in draft.blocks if isinstance(one, Heading)]
    assert "Signatures" not in titles
    assert "Signatures" in [one.text for one in final.blocks if isinstance(one, Heading)]


def test_no_heading_level_is_skipped_and_no_cell_is_empty():
    paper = minutes_paper(make_minutes(), is_draft=False)
    levels = [one.level for one in paper.blocks if isinstance(one, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for block in paper.blocks:
        if isinstance(block, Table):
            assert all(cell.strip() for row in block.rows for cell in row)
        if isinstance(block, Bullets):
            assert block.items


def test_a_rectification_leaves_the_sealed_blocks_alone():
    paper = minutes_paper(make_minutes(), is_draft=False)
    told = Rectified("La séance", [("lieu", "Salle A", "Salle B")], "Erreur", datetime(2026, 11, 22, tzinfo=UTC))
    after = rectified_paper(paper, [told])
    assert after.blocks[1 : 1 + len(paper.blocks)] == paper.blocks
    assert after.blocks[-1].rows[0][1:4] == ("Salle A", "Salle B", "Erreur")
    assert rectified_paper(paper, []) is paper
