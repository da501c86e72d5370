"""The command ``tracker`` as an operator runs it, within the process of the tests: half of a command is to start."""

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from benchmarks.server import environment_of
from tracker.cli import main


@dataclass(frozen=True, slots=True)
class Run:
    """What a command said on each of its outputs."""

    stdout: str
    stderr: str


def tracker(folder: Path, *words: str, status: int = 0, **more: str) -> Run:
    """Run a command on the instance in ``folder``, and see that it ends with ``status``."""
    out, err, code = StringIO(), StringIO(), 0
    with chdir(folder), _as_operator(environment_of(folder) | more, words), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            err.write(end.code if isinstance(end.code, str) else "")  # as the interpreter does with a sentence
    assert code == status, out.getvalue() + err.getvalue()
    assert "Traceback" not in err.getvalue()
    return Run(out.getvalue(), err.getvalue())


@contextmanager
def _as_operator(environment: dict[str, str], words: tuple[str, ...]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - environment.keys():
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["tracker", *words])
        yield
