"""Data packages as a program reads them: checked by the reference tool of Frictionless, table by table."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from frictionless import Package, Resource, Schema

Rows = Sequence[Mapping[str, str]]


def faults(archive: bytes) -> Sequence[str]:
    """Give what the reference tool finds wrong in a package: its description, its cells, its keys."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(archive)) as kept:
        kept.extractall(folder)
        report = Package(f"{folder}/datapackage.json").validate()
    found = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [f"{error.type}: {error.message}" for error in found]


def table_faults(content: bytes, schema: dict[str, Any]) -> Sequence[str]:
    """Give what is wrong in one CSV against a Table Schema."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "table.csv").write_bytes(content)
        report = Resource(path="table.csv", basepath=folder, schema=Schema.from_descriptor(schema)).validate()
    return [f"{error.type}: {error.message}" for task in report.tasks for error in task.errors]


def tables(archive: bytes) -> Mapping[str, Rows]:
    """Give the rows of each table of a package, every cell as it is written."""
    with zipfile.ZipFile(io.BytesIO(archive)) as kept:
        names = [name for name in kept.namelist() if name.endswith(".csv")]
        return {name.removesuffix(".csv"): rows(kept.read(name)) for name in names}


def rows(content: bytes) -> Rows:
    """Give the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode())))
