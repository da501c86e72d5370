"""A demonstration instance of its own, served on a free port for as long as it is needed."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tracker.store.session import Database

PASSWORD = "demonstration-2026"
BIN = Path(sys.executable).parent


def initialised(home: Path) -> dict[str, str]:
    """Initialise a demonstration in ``home``; give the environment of the commands that use it."""
    environment = environment_of(home)
    subprocess.run([BIN / "tracker", "init", "--demo"], env=environment, cwd=home, check=True, capture_output=True)
    return environment


def copied(model: Path, home: Path) -> dict[str, str]:
    """Copy into ``home`` the instance whose folder is ``model``; give the environment of the commands that use it."""
    shutil.copytree(model, home / "instance")
    return environment_of(home)


def environment_of(home: Path) -> dict[str, str]:
    """Give the environment of the commands that use the instance in ``home``, clear of the settings around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return kept | {"TRACKER_INSTANCE": str(home / "instance"), "TRACKER_DEMO_PASSWORD": PASSWORD}


@contextmanager
def demonstration(
    folder: Path | None = None, prepare: Callable[[Session], object] | None = None, model: Path | None = None
) -> Iterator[str]:
    """Serve a demonstration, new or a copy of ``model``, with what ``prepare`` adds to it; give its address."""
    with tempfile.TemporaryDirectory() as own:
        home = folder or Path(own)
        port = free_port()
        environment = (copied(model, home) if model else initialised(home)) | {"TRACKER_PORT": str(port)}
        if prepare is not None:
            database = Database(f"sqlite:///{home / 'instance' / 'tracker.sqlite3'}")
            with database.transaction() as session:
                prepare(session)
            database.dispose()
        with running([BIN / "tracker", "run"], port, env=environment, cwd=home) as address:
            yield address


@contextmanager
def running(command: Sequence[str | Path], port: int, **options: Any) -> Iterator[str]:
    """Run a server until the block ends; give its address once it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()
            server.communicate(timeout=60)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 90) -> bytes:
    """Ask ``address`` until it answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
                found: bytes = answer.read()
                return found
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
