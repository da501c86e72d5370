"""The whole numbers of addresses: those that a column can hold; any other leads nowhere."""

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter

LAST_NUMBER = 2_000_000_000
"""The largest number that is taken from outside, a little below what the databases hold."""


class BoundedIntegerConverter(IntegerConverter):
    """The converter ``int`` of addresses, from 0 to `LAST_NUMBER`; beyond it there is no page, whatever the method."""

    def to_python(self, value: str) -> int:
        """Give the number.

        Raises:
            NotFound: for a number that no column holds.
        """
        number: int = super().to_python(value)
        if number > LAST_NUMBER:
            raise NotFound
        return number


def init_app(app: Flask) -> None:
    """Have every ``<int:…>`` of the application bounded; before the addresses are opened."""
    app.url_map.converters["int"] = BoundedIntegerConverter
