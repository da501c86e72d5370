"""What is asked after the ``?``: pages, formats, filters; anything else is refused, parameter by parameter."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import marshmallow as ma
from flask import Request, request
from marshmallow import fields, validate
from webargs.flaskparser import FlaskParser

from tracker.domain.numbers import whole_number
from tracker.domain.periods import FIRST_YEAR
from tracker.labels import N_, text
from tracker.web.platform.programs import Refusal

FORMATS = ("json", "csv")
PAGE_SIZE = 100
MOST = 500
LAST_PAGE = 99_999
LAST_YEAR = 2100
Asked = Mapping[str, Any]


class Whole(fields.Integer):
    """A whole number as an address writes it: digits alone, no sign, no space, no decimal point."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ARG002
        read = whole_number(str(value))
        if read is None:
            raise self.make_error("invalid", input=value)
        return read


class Choosing(ma.Schema):
    """Which format the answer is wanted in."""

    format = fields.String(
        validate=validate.OneOf(FORMATS),
        metadata={"description": N_("json ou csv ; sans lui, l'en-tête Accept choisit")},
    )


class Listing(Choosing):
    """A page of a list."""

    page = Whole(
        load_default=1,
        validate=validate.Range(1, LAST_PAGE),
        metadata={"description": N_("numéro de la page, à partir de 1")},
    )
    page_size = Whole(
        load_default=PAGE_SIZE,
        validate=validate.Range(1, MOST),
        metadata={"description": N_("lignes d'une page, 500 au plus")},
    )


class ChoosingYear(Choosing):
    """The year that an answer is of."""

    year = Whole(validate=validate.Range(FIRST_YEAR, LAST_YEAR), metadata={"description": N_("l'année jugée")})


class OfYear(Listing):
    """A page of a list, of one year only where one is named."""

    year = Whole(validate=validate.Range(FIRST_YEAR, LAST_YEAR), metadata={"description": N_("une année seulement")})


class QueryParser(FlaskParser):
    """Reads the query, and refuses it whole with a sentence a parameter."""

    def load_querystring(self, req: Request, schema: ma.Schema) -> Any:
        """Give the parameters, unless one is there twice: nobody could tell which counts."""
        twice = [name for name, values in req.args.lists() if len(values) > 1]
        if twice:
            raise _refusal([(name, text("Ce paramètre est donné deux fois.")) for name in twice])
        return super().load_querystring(req, schema)

    def handle_error(self, error: ma.ValidationError, req: Request, schema: ma.Schema, **more: Any) -> NoReturn:  # noqa: ARG002
        """Refuse what could not be read."""
        raise _refusal([(name, _sentence(name, schema)) for name in _named(error)]) from error


def known_only(*names: str) -> None:
    """Refuse any parameter that is not one of ``names``.

    Raises:
        Refusal: with a sentence a parameter.
    """
    if unknown := sorted(set(request.args) - set(names)):
        raise _refusal([(name, text("Ce paramètre n'existe pas ici.")) for name in unknown])


def _named(error: ma.ValidationError) -> Sequence[str]:
    told = error.messages_dict
    return sorted(str(name) for name in told.get("query", told))


def _sentence(name: str, schema: ma.Schema) -> str:
    if name not in schema.fields:
        return text("Ce paramètre n'existe pas ici.")
    return text(
        "Ce paramètre ne se lit pas ; attendu : {meaning}.", meaning=text(schema.fields[name].metadata["description"])
    )


def _refusal(told: Sequence[tuple[str, str]]) -> Refusal:
    faults = [{"parameter": name[:80], "message": sentence} for name, sentence in told]
    return Refusal(422, text("Des paramètres de l'adresse sont refusés."), faults)
