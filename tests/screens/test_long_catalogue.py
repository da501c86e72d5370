"""A catalogue too long for one page goes by axis, and what is ticked elsewhere stays; no page draws with Plotly."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from benchmarks.organisations import fill
from tests.conftest import TODAY, Source
from tests.screens.conftest import Browser, build_app
from tests.screens.lint import words
from tracker.domain.vocabulary import Role
from tracker.store.queries import organisations
from tracker.store.session import Database

PAGE = "/demonstration/demarrage/indicateurs"


@pytest.fixture
def wide(sqlite_source: Source) -> Iterator[Database]:
    """Give a database where the town follows 100 indicators more, over all axes."""
    with sqlite_source.seeded() as store:
        with store.transaction() as session:
            town = organisations.by_slug(session, "demonstration")
            assert town is not None
            fill(session, town, 100, 1)
        yield store


@pytest.fixture
def lead(wide: Database, instance_folder: Path) -> Iterator[Browser]:
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        client = build_app(wide, instance_folder).test_client()
        assert isinstance(client, Browser)
        yield client.sign_in(Role.REFERENT)


def boxes(browser: Browser, address: str) -> dict[str, bool]:
    """Give each code that can be ticked, and whether it is."""
    return {
        str(box.get("value")): box.get("checked") is not None
        for box in browser.page(address).iterfind(".//input[@name='codes']")
        if box.get("disabled") is None
    }


def sent(browser: Browser, axis: str, codes: list[str]) -> str:
    tree = browser.page(f"{PAGE}?axe={axis}")
    seen = tree.find(".//input[@name='seen']")
    assert seen is not None
    answer = browser.send(PAGE, {"axe": axis, "seen": seen.get("value"), "codes": codes})
    assert answer.status_code == 302
    return words(browser.page(answer.location))


def test_each_page_has_the_boxes_of_its_axis_and_a_link_to_every_other(lead: Browser):
    first, trust = boxes(lead, PAGE), boxes(lead, f"{PAGE}?axe=trust")
    assert first
    assert trust
    assert not first.keys() & trust.keys()
    links = [str(link.get("href")) for link in lead.page(PAGE).iterfind(".//main//nav//a")]
    assert len(links) == 5
    assert sum(len(boxes(lead, link)) for link in links) > 100


def test_what_is_unticked_on_one_page_leaves_the_others_as_they_are(lead: Browser):
    kept = boxes(lead, f"{PAGE}?axe=trust")
    ticked = [code for code, is_ticked in boxes(lead, f"{PAGE}?axe=sobriety").items() if is_ticked]
    assert len(ticked) > 10
    assert "1 indicateur n’est plus suivi" in sent(lead, "sobriety", ticked[1:])
    assert boxes(lead, f"{PAGE}?axe=trust") == kept
    assert [code for code, is_ticked in boxes(lead, f"{PAGE}?axe=sobriety").items() if is_ticked] == ticked[1:]


def test_an_axis_that_is_none_shows_the_first(lead: Browser):
    assert boxes(lead, f"{PAGE}?axe=rien") == boxes(lead, PAGE)


def test_a_short_catalogue_stays_on_one_page(sqlite_source: Source, instance_folder: Path):
    with sqlite_source.seeded() as store:
        client = build_app(store, instance_folder).test_client()
        assert isinstance(client, Browser)
        client.sign_in(Role.REFERENT)
        assert client.page(PAGE).find(".//main//nav") is None
        assert len(list(client.page(PAGE).iterfind(".//main//h2"))) == 5


def test_the_register_names_a_dozen_of_what_is_followed_beside_and_counts_the_others(lead: Browser):
    beside = lead.page("/demonstration/engagements").find(".//main//details")
    assert beside is not None
    links = [words(link) for link in beside.iterfind(".//a")]
    assert len(links) == 13
    assert links[-1].startswith("et ")
    assert links[-1].endswith("autres, à comparer par axe")


def test_no_page_that_is_read_builds_a_figure_of_plotly(wide: Database, instance_folder: Path):
    pages = ("/demonstration/", "/demonstration/indicateurs/SOB-06", "/demonstration/synthese/2025")
    code = f"""
import sys
from pathlib import Path
from tests.screens.conftest import build_app
from tracker.domain.vocabulary import Role
from tracker.store.session import Database
app = build_app(Database({wide.url.render_as_string()!r}), Path({str(instance_folder)!r}))
client = app.test_client().sign_in(Role.ELU)
for page in {pages!r}:
    assert client.get(page).status_code == 200
assert not [name for name in sys.modules if name.startswith(("plotly.graph_objs", "plotly.graph_objects"))]
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
