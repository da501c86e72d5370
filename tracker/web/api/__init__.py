"""The read API: the rows of open data for programs, with its own description (OpenAPI 3.1); one file a resource."""

from importlib import import_module

from flask import Flask, Response, request

from tracker.labels import N_
from tracker.web.api import pacing, readers
from tracker.web.api.described import Area, DescribedApi
from tracker.web.platform.programs import description_in, is_for_programs

RESOURCES = (
    "organisations",
    "publications",
    "deliberations",
    "commitments",
    "indicators",
    "targets",
    "measurements",
    "actions",
    "memberships",
    "services",
    "estate",
)
DESCRIPTION = N_(
    "Ce que des collectivités ont voté en numérique responsable, ce qui est mesuré et ce qui est tenu. Sans jeton, ce "
    "qui est publié ; avec un jeton, ce que son compte peut lire dans ses organisations, et rien d'autre. Tout se lit, "
    "rien ne s'écrit. Réutilisation libre de ce qui est publié, sous Licence Ouverte 2.0."
)


def init_app(app: Flask) -> None:
    """Open the addresses of every resource, with the description that they make of themselves."""
    app.config.update(API_TITLE="Parole tenue", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    api = DescribedApi(app, spec_kwargs={"info": _info(), "servers": [{"url": "/"}]})
    api.spec.components.security_scheme("jeton", {"type": "http", "scheme": "bearer"})
    pacing.init_app(app)
    app.before_request(_check)
    app.after_request(_note)
    for area in areas():
        api.register_blueprint(area)
    app.register_blueprint(import_module(f"{__name__}.description").area)
    description_in(app, api.described)


def areas() -> list[Area]:
    """List the addresses of the resources, in the order in which they are described."""
    return [import_module(f"{__name__}.{name}").area for name in RESOURCES]


def _info() -> dict[str, object]:
    return {
        "description": DESCRIPTION,
        "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
    }


def _check() -> None:
    if is_for_programs():
        readers.check()


def _note(response: Response) -> Response:
    if is_for_programs() and request.endpoint and response.status_code < 400:
        readers.note_use()
    return response
