"""A drawing as an image of points, for what cannot show an SVG."""

from functools import cache

import typst

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")"""
_DENSITY = 144  # dots an inch: twice the size in units, sharp on paper as on screens
_BEGINNING = 0  # of time: the same drawing always gives the same bytes


def picture(drawing: str) -> bytes:
    """Give an SVG ``drawing`` as a PNG: set with the letters that come with typst, whatever the machine has."""
    made = typst.compile(
        _PAGE,
        format="png",
        ppi=_DENSITY,
        sys_inputs={"drawing": drawing},
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=_BEGINNING,
    )
    assert isinstance(made, bytes)  # noqa: S101 - one page comes as one piece
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
