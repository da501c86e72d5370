"""Statements, schemes and plans as pages that anyone reads: axe, and no sideways scroll on a narrow screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Walk
from tests.stated import every_state
from tests.unit.test_access_schemes import DOSSIER, PLAN, SCHEME
from tracker.reports.paper_html import html_file
from tracker.reports.scheme_paper import plan_paper, scheme_paper
from tracker.reports.statement_paper import statement_paper


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_no_document_has_a_fault_that_axe_finds_nor_scrolls_sideways(
    walk: Walk, tmp_path: Path, width: int, scheme: str
):
    page = walk("elu", "/aide")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    papers = {name: statement_paper(told) for name, told in every_state().items()}
    papers |= {"scheme": scheme_paper(SCHEME, DOSSIER), "plan": plan_paper(PLAN, DOSSIER)}
    for name, paper in papers.items():
        file = tmp_path / f"{name.replace(' ', '-').replace(':', '')}.html"
        file.write_bytes(html_file(paper))
        page.goto(file.as_uri())
        assert Axe().run(page).response["violations"] == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
