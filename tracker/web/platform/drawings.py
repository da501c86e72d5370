"""A drawing to take away: the one of a page with its words around it, as SVG or as an image of points."""

from flask import Response, render_template

from tracker.charts.poster import poster
from tracker.domain.errors import NotFound
from tracker.exports.picture import picture
from tracker.labels import text
from tracker.web.platform.files import attached

PNG = "png"
IMAGES = "any(svg,png)"
"""What an address may end with."""


def drawing(
    image: str, kind: str, chart: object, height: float, title: str, said: str, note: str, name: str
) -> Response:
    """Answer with ``chart``, drawn by the macro of its ``kind``, as a file called ``name``.

    ``title`` stands above it, ``note`` says what its strokes are, ``said`` what it shows to who does not see it.

    Raises:
        NotFound: when there is nothing to draw.
    """
    if chart is None:
        raise NotFound(name)
    drawn = render_template(
        "components/poster.svg",
        kind=kind,
        chart=chart,
        title=title,
        said=said,
        poster=poster(title, note, text("Parole tenue."), (), height),
    )
    if image == PNG:
        return attached(picture(drawn), "image/png", f"{name}.png")
    return attached(drawn.encode(), "image/svg+xml", f"{name}.svg")
