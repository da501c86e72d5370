"""A long list, a page at a time."""

from tracker.domain.errors import NotFound


def page_count(total: int, size: int, page: int) -> int:
    """Give how many pages of ``size`` a list of ``total`` makes, one at least; ``page`` counts from 1.

    Raises:
        NotFound: when ``page`` is not one of them.
    """
    pages = max(1, -(-total // size))
    if not 1 <= page <= pages:
        raise NotFound(page)
    return pages
