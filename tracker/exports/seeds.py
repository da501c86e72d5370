"""Writes seed files: the canonical bytes of a YAML document."""

from collections.abc import Mapping
from typing import Any

import yaml


def write(document: Mapping[str, Any]) -> bytes:
    """Give the one way in which ``document`` is written: keys in order, French letters as they are."""
    text: str = yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=100)
    return text.encode()
