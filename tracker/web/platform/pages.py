"""The page of a list, from its address."""

from flask import request

from tracker.domain.errors import NotFound
from tracker.domain.numbers import whole_number

LONGEST = 5


def asked_page(parameter: str = "page") -> int:
    """Give the number of ``?page=``, or of another ``parameter`` where a page holds two lists; 1 without it.

    Raises:
        NotFound: for what is not a page number.
    """
    written = request.args.get(parameter, "1")
    page = whole_number(written, LONGEST)
    if not page:
        raise NotFound(written)
    return page
