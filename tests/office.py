"""A real LibreOffice that opens a file and saves it in another format."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS = 120

Convert = Callable[[Path, str], Path]


def converter(folders: pytest.TempPathFactory) -> Convert:
    """Give the function that has LibreOffice open a file and save it in a format, with a profile of its own."""
    assert shutil.which("soffice"), "LibreOffice is needed: make office"
    profile = folders.mktemp("profile")

    def converted(file: Path, ending: str) -> Path:
        folder = folders.mktemp(f"saved-{ending.split(':', maxsplit=1)[0]}")
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending]
        run = subprocess.run(
            [*command, "--outdir", folder, file], check=True, capture_output=True, text=True, timeout=SECONDS
        )
        made = folder / f"{file.stem}.{ending.split(':', maxsplit=1)[0]}"
        assert made.exists(), run.stderr or run.stdout
        return made

    return converted
