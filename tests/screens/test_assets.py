"""The prepared assets: what another version of the program placed in the folder stays while it may still answer."""

import os
import time
from pathlib import Path

import pytest

from tracker.web.platform.assets import KEPT_SECONDS, prepare

FORMER = "style.000000000000.css"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder where another version has prepared a style sheet, a long time ago."""
    for ending in ("", ".br", ".gz"):
        file = tmp_path / f"{FORMER}{ending}"
        file.write_text("body {}", encoding="utf-8")
        age(file, 10 * KEPT_SECONDS)
    return tmp_path


def age(file: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(file, (then, then))


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.startswith(FORMER))


def test_what_another_version_uses_stays_a_week_after_the_first_start_without_it(folder: Path):
    names = prepare(folder)
    mark = folder / f"{FORMER}.left"
    everything = [FORMER, f"{FORMER}.br", f"{FORMER}.gz", mark.name]
    for seconds in (0, KEPT_SECONDS - 60):
        age(mark, seconds)
        assert prepare(folder) == names
        assert left(folder) == everything
    age(mark, KEPT_SECONDS + 60)
    assert prepare(folder) == names
    assert left(folder) == []
    assert {file.name.removesuffix(".br").removesuffix(".gz") for file in folder.iterdir()} == set(names.values())


def test_a_version_that_comes_back_takes_its_assets_again(folder: Path):
    own = folder / prepare(folder)["style.css"]
    mark = own.with_name(own.name + ".left")
    mark.touch()  # as a start of the other version does
    age(mark, KEPT_SECONDS + 60)
    prepare(folder)
    assert own.exists()
    assert not mark.exists()


def test_a_second_start_writes_nothing_again(folder: Path):
    own = folder / prepare(folder)["style.css"]
    before = own.stat().st_mtime_ns
    prepare(folder)
    assert own.stat().st_mtime_ns == before
