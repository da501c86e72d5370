"""Style sheets, scripts and icons: immutable names, compressed once, served by WhiteNoise."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

SOURCES = Path(__file__).resolve().parents[1] / "static"
PREFIX = "/static/"
DIGEST = 12
_IMMUTABLE = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def init_app(app: Flask, folder: Path) -> None:
    """Serve the assets from ``folder``, where they are prepared on first start, and name them in templates."""
    names = prepare(folder)
    noise = WhiteNoise(app.wsgi_app, root=str(folder), prefix=PREFIX, immutable_file_test=_is_immutable, max_age=3600)
    app.wsgi_app = noise  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = lambda name: PREFIX + names[name]


def prepare(folder: Path) -> Mapping[str, str]:
    """Copy each source under a name that carries its digest, with its compressed forms; skip what is there."""
    import plotly  # noqa: PLC0415 - only to find the script that its wheel carries

    folder.mkdir(parents=True, exist_ok=True)
    sources = [file for file in sorted(SOURCES.iterdir()) if file.is_file()]
    sources.append(Path(plotly.__file__).parent / "package_data" / "plotly.min.js")
    names = {source.name: _place(source, folder) for source in sources}
    for stale in folder.iterdir():
        if stale.name.removesuffix(".br").removesuffix(".gz") not in names.values():
            stale.unlink(missing_ok=True)
    return names


def _place(source: Path, folder: Path) -> str:
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:DIGEST]
    target = folder / f"{source.stem}.{digest}{source.suffix}"
    if not target.exists():
        whole = target.with_name(target.name + ".part")
        whole.write_bytes(content)
        whole.rename(target)
        if source.suffix in {".css", ".js", ".svg"}:
            for _ in Compressor(quiet=True).compress(str(target)):
                pass
    return target.name


def _is_immutable(path: str, url: str) -> bool:  # noqa: ARG001
    return bool(_IMMUTABLE.search(url))
