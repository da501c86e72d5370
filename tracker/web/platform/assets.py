"""Style sheets, scripts and icons: immutable names, compressed once, served by WhiteNoise."""

import gzip
import hashlib
import os
import re
import time
from collections.abc import Collection, Mapping
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

SOURCES = Path(__file__).resolve().parents[1] / "static"
PREFIX = "/static/"
DIGEST = 12
KEPT_SECONDS = 7 * 24 * 3600
"""How long what no start of ours uses any more is kept: another version may still answer from the same folder."""
LEFT = ".left"
BROTLI_QUALITY = 9  # 10 times quicker than the highest on Plotly, for a tenth more bytes
_IMMUTABLE = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def init_app(app: Flask, folder: Path) -> None:
    """Serve the assets from ``folder``, where they are prepared on first start, and name them in templates."""
    names = prepare(folder)
    noise = WhiteNoise(app.wsgi_app, root=str(folder), prefix=PREFIX, immutable_file_test=_is_immutable, max_age=3600)
    noise.add_file_to_dictionary("/favicon.ico", str(folder / names["mark.svg"]))  # what browsers ask for unasked
    app.wsgi_app = noise  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = lambda name: PREFIX + names[name]


def prepare(folder: Path) -> Mapping[str, str]:
    """Copy each source under a name that carries its digest, with its compressed forms; skip what is there.

    What another version placed there stays for a week after the first start that did without it.
    """
    import plotly  # noqa: PLC0415 - only to find the script that its wheel carries

    folder.mkdir(parents=True, exist_ok=True)
    sources = [file for file in sorted(SOURCES.iterdir()) if file.is_file()]
    sources.append(Path(plotly.__file__).parent / "package_data" / "plotly.min.js")
    names = {source.name: _place(source, folder) for source in sources}
    _tidy(folder, names.values())
    return names


def _place(source: Path, folder: Path) -> str:
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:DIGEST]
    target = folder / f"{source.stem}.{digest}{source.suffix}"
    target.with_name(target.name + LEFT).unlink(missing_ok=True)
    if not target.exists():
        _write(target.with_name(target.name + ".br"), brotli.compress(content, quality=BROTLI_QUALITY))
        _write(target.with_name(target.name + ".gz"), gzip.compress(content, mtime=0))
        _write(target, content)
    return target.name


def _tidy(folder: Path, used: Collection[str]) -> None:
    """Mark beside it what is not ``used``, and remove what was marked long enough ago."""
    found = {file.name.removesuffix(LEFT).removesuffix(".br").removesuffix(".gz") for file in folder.iterdir()}
    for name in found.difference(used):
        mark = folder / (name + LEFT)
        try:
            marked_at = mark.stat().st_mtime
        except FileNotFoundError:  # or another start has just removed it all
            mark.touch()
            continue
        if time.time() - marked_at > KEPT_SECONDS:
            for ending in ("", ".br", ".gz", LEFT):
                (folder / (name + ending)).unlink(missing_ok=True)


def _write(file: Path, content: bytes) -> None:
    """Write ``file`` whole or not at all, even if another process writes it too."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


def _is_immutable(path: str, url: str) -> bool:  # noqa: ARG001
    return bool(_IMMUTABLE.search(url))
