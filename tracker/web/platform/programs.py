"""Where programs ask: the addresses of the API, and how a refusal is told there (RFC 9457), never as a page."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, Request, Response, current_app, request
from werkzeug.exceptions import HTTPException

from tracker.labels import N_, text

PREFIX = "/api/v1"
PROBLEM = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: N_("Demande illisible"),
    401: N_("Jeton refusé"),
    403: N_("Accès refusé"),
    404: N_("Rien à cette adresse"),
    405: N_("Lecture seulement"),
    406: N_("Format inconnu"),
    413: N_("Demande trop volumineuse"),
    414: N_("Adresse trop longue"),
    422: N_("Paramètres refusés"),
    429: N_("Trop de demandes"),
    500: N_("Erreur du service"),
    503: N_("Service momentanément indisponible"),
}
SENTENCES: Mapping[int, str] = {
    400: N_("La demande ne se lit pas."),
    403: N_("Votre compte ne peut pas lire cela."),
    404: N_("L'adresse est inconnue, ou elle n'est pas ouverte à ce jeton, ou rien n'y est publié."),
    405: N_("Cette API se lit seulement : GET, HEAD ou OPTIONS."),
    413: N_("La demande est trop volumineuse : rien n'est à envoyer ici."),
    414: N_("L'adresse est trop longue."),
    429: N_("Trop de demandes à la fois : attendez le nombre de secondes que dit Retry-After."),
    500: N_("L'incident est consigné sous ce numéro ; réessayez dans un instant."),
    503: N_("Réessayez dans un instant."),
}


class Refusal(HTTPException):
    """A refusal with a sentence of its own, the parameters at fault, and headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.faults, self.headers = status, faults, headers or {}


def is_for_programs(asked: Request | None = None) -> bool:
    """Tell whether a request, by default this one, is for the API, whether there is anything at its address or not."""
    path = (asked or request).path
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def refused(error: Refusal) -> Response:
    """Answer a refusal."""
    response = problem(error.code or 500, error.description or "", faults=list(error.faults))
    response.headers.update(error.headers)
    return response


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """Answer that a request is refused, or that something broke: a title, a sentence, ``more`` where there is any."""
    known = status if status in TITLES else 400 if status < 500 else 500
    told = {"type": "about:blank", "title": text(TITLES[known]), "status": status}
    told["detail"] = detail or text(SENTENCES.get(known, TITLES[known]))
    told |= {name: value for name, value in more.items() if value}
    response = Response(json.dumps(told, ensure_ascii=False), status, mimetype=PROBLEM)
    response.headers["Vary"] = "Accept-Language, Authorization"
    return response


def description_in(app: Flask, describe: Callable[[], dict[str, Any]]) -> None:
    """Let ``description`` give what ``describe`` makes, once the addresses are known."""
    app.extensions["tracker_description"] = describe


def description() -> dict[str, Any]:
    """Give the description of the API, as OpenAPI has it."""
    describe: Callable[[], dict[str, Any]] = current_app.extensions["tracker_description"]
    return describe()
