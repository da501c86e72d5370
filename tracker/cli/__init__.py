"""The command line: the same services, from a shell."""

import sys

from tracker.cli.commands import tracker
from tracker.config.settings import SettingProblem
from tracker.labels.problems import setting_sentence


def main() -> None:
    """Run ``tracker``; a setting that cannot be used stops it with one sentence."""
    try:
        tracker()
    except SettingProblem as problem:
        sys.stderr.write(setting_sentence(problem) + "\n")
        sys.exit(1)
