"""How the API describes itself: blueprints whose views say what they take and give, from the tables themselves."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import marshmallow as ma
from flask_smorest import Api, Blueprint
from marshmallow import fields, validate

from tracker.domain.numbers import plain_text
from tracker.exports.tabular import Column, DataTable
from tracker.labels import N_, speaking, word
from tracker.web.api.arguments import Choosing, Listing, QueryParser
from tracker.web.platform.guards import everyone
from tracker.web.platform.programs import PREFIX, PROBLEM
from tracker.web.platform.shared import shared

MARK = "api_"
"""What the names of our blueprints begin by: the screens have the plain ones."""
View = Callable[..., Any]
SLUG = {"in": "path", "name": "slug", "description": N_("adresse courte de la collectivité")}
CODE = {"in": "path", "name": "code"}
REFUSALS: Mapping[int, str] = {
    401: N_("jeton inconnu, révoqué ou expiré"),
    404: N_("rien à cette adresse, ou rien qui vous soit ouvert"),
    406: N_("ni JSON ni CSV"),
    422: N_("paramètre inconnu, répété ou illisible"),
    429: N_("Trop de demandes"),
    503: N_("base de données injoignable"),
}
PAGED: Mapping[str, Any] = {
    "X-Pagination": {
        "description": N_("page, page_size, total et total_pages, en JSON"),
        "schema": {"type": "string"},
    },
    "Link": {
        "description": N_("adresses des pages first, prev, next et last, licence et description"),
        "schema": {"type": "string"},
    },
}


class ExactNumber(fields.Field[Any]):
    """A decimal, written digit for digit as a number of JSON."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else plain_text(value)


KINDS: Mapping[str, type[fields.Field[Any]]] = {
    "string": fields.String,
    "integer": fields.Integer,
    "year": fields.Integer,
    "number": ExactNumber,
    "boolean": fields.Boolean,
    "date": fields.Date,
}


class ProblemSchema(ma.Schema):
    """A refusal (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": N_("ce qui est refusé, en quelques mots")})
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": N_("pourquoi, en une phrase")})
    faults = fields.List(
        fields.Dict(keys=fields.String(), values=fields.String()),
        metadata={"description": N_("chaque paramètre refusé : parameter et message")},
    )
    incident = fields.String(metadata={"description": N_("numéro d'une panne, à donner à qui exploite le service")})


class Area(Blueprint):  # type: ignore[misc]
    """The addresses of one resource, open to everyone: what is answered depends on the token alone."""

    ARGUMENTS_PARSER = QueryParser()

    def __init__(self, resource: str, description: str) -> None:
        super().__init__(f"{MARK}{resource}", __name__, description=description)
        self.resource = resource

    def rows(
        self, rule: str, table: DataTable, *, summary: str, takes: type[ma.Schema] = Listing
    ) -> Callable[[View], View]:
        """Declare an address that lists rows of ``table``, a page at a time."""
        parameters = [SLUG] if "<slug>" in rule else []
        shown = [_examples()[table.name]]
        return self._declared(rule, schema_of(table)(many=True), takes, summary, parameters, shown, headers=PAGED)

    def row(
        self, rule: str, table: DataTable, *, summary: str, takes: type[ma.Schema] = Choosing
    ) -> Callable[[View], View]:
        """Declare an address that gives one row of ``table``."""
        key = next((column for column in table.columns if column.name in table.key), table.columns[0])
        parameters = [SLUG, CODE | {"description": key.meaning}] if "<code>" in rule else [SLUG]
        return self._declared(rule, schema_of(table)(), takes, summary, parameters, _examples()[table.name])

    def _declared(
        self,
        rule: str,
        schema: ma.Schema,
        takes: type[ma.Schema],
        summary: str,
        parameters: list[Any],
        example: Any,
        **more: Any,
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            told = self.arguments(takes, location="query", unknown=ma.RAISE)(view)
            for status, meaning in REFUSALS.items():
                told = self.alt_response(status, schema=ProblemSchema, content_type=PROBLEM, description=meaning)(told)
            told = self.alt_response(304, description=N_("ce que vous avez est encore vrai (If-None-Match)"))(told)
            csv = {"schema": {"type": "string"}, "content_type": "text/csv", "description": N_("les lignes")}
            told = self.response(200, **csv, **more)(told)
            told = self.response(200, schema, description=N_("les lignes"), example=example, **more)(told)
            told = self.doc(summary=summary, security=[{}, {"jeton": []}])(told)
            route = self.route(f"{PREFIX}{rule}", parameters=parameters, tags=[self.resource])
            declared: View = route(everyone(shared(told)))
            return declared

        return declare


class DescribedApi(Api):  # type: ignore[misc]
    """The API: its description is made from its blueprints; it leaves refusals to the application."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def described(self) -> dict[str, Any]:
        """Give the description, its resources under their plain names."""
        told: dict[str, Any] = self.spec.to_dict()
        for tag in told["tags"]:
            tag["name"] = tag["name"].removeprefix(MARK)
        return told

    def _register_error_handlers(self) -> None:
        """Leave errors alone: ``platform/errors.py`` tells them, here and on pages."""


@cache
def schema_of(table: DataTable) -> type[ma.Schema]:
    """Give the schema of a row of ``table``: every column is there, and may be null unless it is required."""
    with speaking("fr"):
        return ma.Schema.from_dict({one.name: _field(one) for one in table.columns}, name=table.name.capitalize())


@cache
def _examples() -> Mapping[str, Mapping[str, Any]]:
    """Give a row of each table, by its name, as the fictional town has it."""
    found: Mapping[str, Mapping[str, Any]] = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
    return found


def _field(column: Column) -> fields.Field[Any]:
    told: dict[str, Any] = {"metadata": {"description": column.meaning}}
    if column.words is not None:
        told["validate"] = validate.OneOf([word(code) for code in column.words])
    return KINDS[column.kind](required=True, allow_none=not column.is_required, **told)
