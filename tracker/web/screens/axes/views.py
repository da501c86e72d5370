"""The page of an axis: what it promises, where each commitment stands, and what is followed beside them."""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template

from tracker.domain.paging import page_count
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim
from tracker.domain.scorecard import Card, Scorecard
from tracker.domain.vocabulary import Axis
from tracker.services.visitor import Visitor
from tracker.web.platform.axes import understand
from tracker.web.platform.guards import requires
from tracker.web.platform.pages import asked_page
from tracker.web.platform.seen import seen
from tracker.web.platform.years import years_on_offer

area = Blueprint("axes", __name__)
area.record_once(understand)
PAGE = 16
AXES = tuple(Axis)


@area.get("/<slug>/axes/<axis:axis>")
@requires(Permission.READ)
def show(visitor: Visitor, axis: Axis) -> Response:
    """Show the commitments of an axis for a year, today or on an earlier day, and its other indicators."""
    vantage, found = seen(visitor)
    card, page, place = found.scorecard.of_axis(axis), asked_page(), AXES.index(axis)
    lines: Sequence[Card | Aim] = [*_in_order(card), *found.aside(axis)]
    pages = page_count(len(lines), PAGE, page)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    answer = render_template(
        "screens/axes/axis.html",
        axis=axis,
        vantage=vantage,
        scorecard=card,
        year=card.year,
        years=years_on_offer(found.first_year, vantage.today.year),
        cards=[one for one in shown if isinstance(one, Card)],
        aside=[one for one in shown if isinstance(one, Aim)],
        page=page,
        pages=pages,
        previous=AXES[place - 1] if place else None,
        following=AXES[place + 1] if place + 1 < len(AXES) else None,
    )
    return make_response(answer, 422 if vantage.problem else 200)


def _in_order(card: Scorecard) -> list[Card]:
    """Put what was promised first, flagships ahead, then the options and recalls, each in the order of the texts."""
    promised = {one.commitment.code for one in card.promises}
    return sorted(card.cards, key=lambda one: (one.commitment.code not in promised, not one.commitment.is_flagship))
