"""Runs one of our readers in a child process that has little memory and time, no environment, and cannot write."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 15
_OPEN_FILES = 32
_LIMITS = {
    resource.RLIMIT_AS: MEMORY_BYTES,
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: _OPEN_FILES,
}


def run(module: str, given: Sequence[str], content: bytes) -> Any | None:
    """Give what ``module`` writes in JSON once it has read ``content``; None when it was stopped or failed."""
    written = output(module, given, content)
    try:
        return None if written is None else json.loads(written)
    except ValueError:
        return None


def output(module: str, given: Sequence[str], content: bytes, *, seconds: float | None = None) -> bytes | None:
    """Give what ``module`` writes once it has read ``content``; None when it failed, or took over ``seconds``.

    They are `WALL_SECONDS` where none are told.
    """
    command = [sys.executable, "-I", "-B", "-m", module, *given]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; of the name of a file, only the ending is handed over
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS if seconds is None else seconds,
            env={},
            cwd="/",
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout


def limit(cpu_seconds: int = CPU_SECONDS) -> None:
    """Put the limits on this process: to call first in a child."""
    for one, most in {**_LIMITS, resource.RLIMIT_CPU: cpu_seconds}.items():
        resource.setrlimit(one, (most, most))


def bare_name(name: str) -> str:
    """Keep the ending, which is all that matters of a name."""
    ending = name.rpartition(".")[2]
    return f"file.{ending}" if ending.isascii() and ending.isalnum() else "file"
