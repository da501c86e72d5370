"""Reads seed files: YAML documents told apart by their ``schema`` key."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Document = Mapping[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same safe loading, nine times quicker in C


def read_folder(folder: Path) -> Sequence[tuple[str, Document]]:
    """Read every ``*.yaml`` of ``folder`` and of the folders one level below, by path.

    Gives (path relative to ``folder`` without its ending, document) pairs; the demonstration has a folder
    of its own and is read by itself.
    """
    files = sorted(folder.glob("*.yaml")) + sorted(folder.glob("*/*.yaml"))
    return [
        (file.relative_to(folder).with_suffix("").as_posix(), yaml.load(file.read_text(encoding="utf-8"), LOADER))  # noqa: S506 - a safe loader
        for file in files
    ]
