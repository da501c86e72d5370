"""A real LibreOffice that opens files and saves them in another format: one start for all the files of a format."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

SECONDS = 120

Convert = Callable[..., Sequence[Path]]


def converter(folders: pytest.TempPathFactory) -> Convert:
    """Give the function that has LibreOffice open files, whose names differ, and save each in a format.

    Its settings, which its first start writes, serve all the tests of a process.
    """
    assert shutil.which("soffice"), "LibreOffice is needed: make office"
    own = f"-env:UserInstallation=file://{folders.getbasetemp()}/office"

    def converted(ending: str, *files: Path) -> Sequence[Path]:
        kind = ending.split(":", maxsplit=1)[0]
        folder = folders.mktemp(f"saved-{kind}")
        command = ["soffice", own, "--headless", "--convert-to", ending, "--outdir", folder, *files]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
        made = [folder / f"{file.stem}.{kind}" for file in files]
        assert all(one.exists() for one in made), run.stderr or run.stdout
        return made

    return converted
