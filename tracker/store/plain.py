"""Text compared without accents nor capitals on both engines: SQLite knows neither, PostgreSQL needs telling."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

_FROM = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_TO = "aaaaaaceeeeiiiinooooouuuuyy"
_PLAIN: Mapping[int, int] = str.maketrans(_FROM, _TO)
FUNCTION = "plain_text_of"
"""What SQLite calls `plainly`: each connection is given it."""


class plain(GenericFunction[str]):  # noqa: N801 - named as SQL names its functions
    """A text in the database as `plainly` gives it."""

    type = String()
    inherit_cache = True


@compiles(plain, "sqlite")
def _on_sqlite(element: plain, compiler: SQLCompiler, **given: Any) -> str:
    return f"{FUNCTION}({compiler.process(element.clauses, **given)})"


@compiles(plain, "postgresql")
def _on_postgresql(element: plain, compiler: SQLCompiler, **given: Any) -> str:
    return f"translate(lower({compiler.process(element.clauses, **given)}), '{_FROM}', '{_TO}')"


def plainly(text: str) -> str:
    """Give a text without capitals nor the accents of European languages."""
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.translate(_PLAIN)
