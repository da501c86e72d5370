"""Where templates and seeds lie: inside the installed package, or beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def bundled(folder: str) -> Path:
    """Give the folder ``templates`` or ``seeds``: the wheel carries them inside ``tracker``."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
