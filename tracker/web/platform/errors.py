"""What a refusal looks like: the right code, a plain sentence, a way on; never a traceback."""

import logging
import secrets
from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from tracker.domain.errors import Computed, Forbidden, Invalid, NotFound
from tracker.domain.permissions import GRANTED, Permission
from tracker.labels import N_, plural, text, word
from tracker.labels.problems import problem_sentence
from tracker.services.visitor import enter
from tracker.web.platform.database import session
from tracker.web.platform.guards import EVERYONE, current_visitor
from tracker.web.platform.programs import Refusal, is_for_programs, problem, refused
from tracker.web.platform.scripts import wants_json
from tracker.web.platform.sign_in import account
from tracker.web.platform.ways import texts_typed, ways, ways_after_failure

log = logging.getLogger(__name__)

TITLES = {
    400: N_("La demande est incomplète"),
    403: N_("Ce geste ne vous est pas ouvert"),
    404: N_("Cette page n'existe pas"),
    405: N_("Cette adresse ne s'utilise pas ainsi"),
    409: N_("Quelqu'un d'autre est passé avant vous"),
    413: N_("L'envoi est trop volumineux"),
    422: N_("La saisie est à corriger"),
    500: N_("Une erreur est survenue"),
    503: N_("Le service est momentanément indisponible"),
}
SENTENCES = {
    400: N_("La page était peut-être restée ouverte trop longtemps. Revenez en arrière : votre saisie y est encore."),
    403: N_("Votre rôle dans cette organisation ne le permet pas. Rien n'a été modifié."),
    404: N_("L'adresse est inconnue, ou elle ne vous est pas ouverte. Rien n'a été modifié."),
    405: N_("Rien n'a été modifié. Reprenez depuis l'accueil."),
    409: N_("Rien n'a été écrasé. Revenez en arrière pour comparer les deux saisies."),
    413: N_("Rien n'a été enregistré. Envoyez moins de données à la fois."),
    422: N_("Rien n'a été enregistré. Revenez en arrière pour corriger."),
    500: N_("Rien n'a été enregistré. L'incident est consigné ; réessayez dans un instant."),
    503: N_("Rien n'a été enregistré. Gardez cette page ouverte et réessayez dans un instant."),
}


GIVES_BACK = frozenset({400, 409, 422, 500, 503})
"""The refusals that can meet somebody who has just typed; a form too large (413) is not even read."""
UNAVAILABLE = (OperationalError, InterfaceError, NoConnectionLeft)
SECONDS_TO_WAIT = "30"


def init_app(app: Flask) -> None:
    """Answer every refusal with its page, or with JSON to whoever asks for it."""
    app.register_error_handler(NotFound, lambda _: answer(404))
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(Computed, _computed)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(HTTPException, _http)
    for kind in UNAVAILABLE:
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(500, _failed)
    app.after_request(_keep_out_of_indexes)
    app.log_exception = _log  # type: ignore[method-assign]


def _token(error: CSRFError) -> Response:  # noqa: ARG001
    """Ask who is there when the token went with the session; nothing was looked at yet, so nothing is lost either."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_guarded = getattr(view, "access", EVERYONE) != EVERYONE
    if is_guarded and account() is None:
        asked: Response = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return asked
    return answer(400)


def _computed(error: Computed) -> Response:  # noqa: ARG001
    return answer(403, text("Cette valeur est calculée par une formule : ce sont ses données qui se saisissent."))


def _forbidden(error: Forbidden) -> Response:
    """Say who may; the role alone does not do where each has what was entrusted to them."""
    here, asked = current_visitor(), error.args[0] if error.args else None
    if here is None or not isinstance(asked, Permission):
        return answer(403)
    if here.may(asked):
        return answer(403, text("Cela n'est pas de ce qui vous est confié. Rien n'a été modifié."))
    roles = [text("« {word} »", word=word(role)) for role, granted in GRANTED.items() if asked in granted]
    who = plural(
        "Votre rôle ici est « {role} ». Ce geste demande le rôle {roles}.",
        "Votre rôle ici est « {role} ». Ce geste demande l'un des rôles {roles}.",
        len(roles),
        role=word(here.role),
        roles=", ".join(roles),
    )
    return answer(403, who=who)


def _invalid(error: Invalid) -> Response:
    return answer(422, " ".join(map(problem_sentence, error.problems)))


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if isinstance(error, Refusal):
        return refused(error)
    response = answer(error.code or 500)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _log(exc_info: Any) -> None:
    """Say what broke under the number that its page gives; an address that holds a line break makes no second line."""
    log.error("incident %s: %s %r", _number(), request.method, request.path, exc_info=exc_info)


def _number() -> str:
    """Give the number of what broke in this request."""
    if "incident" not in g:
        g.incident = secrets.token_hex(4).upper()
    return str(g.incident)


def _unavailable(error: Exception) -> Response:
    log.error("incident %s: %s %r: %r", _number(), request.method, request.path, getattr(error, "orig", error))
    return _incident(503)


def _failed(error: InternalServerError) -> Response:
    return _incident(503 if isinstance(error.original_exception, UNAVAILABLE) else 500)


def _keep_out_of_indexes(response: Response) -> Response:
    if response.status_code >= 400:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def answer(code: int, detail: str = "", *, who: str = "") -> Response:
    """Give the page of ``code``, with ``detail`` if something more precise can be said, and ``who`` may."""
    g.is_refused = True
    known = code if code in TITLES else 400 if code < 500 else 500
    if known >= 500:
        return _incident(code)
    if is_for_programs():
        return problem(code)
    sentence = detail or text(SENTENCES[known])
    if request_ctx.url_adapter is None:  # a host that is not ours: no page of ours has an address there
        return Response(sentence, code, mimetype="text/plain")
    if wants_json():
        return make_response(jsonify(message=sentence), code)
    _look_around()
    page = render_template(
        "screens/errors/error.html",
        code=code,
        title=text(TITLES[known]),
        sentence=sentence,
        who=who,
        texts=texts_typed() if known in GIVES_BACK else (),
        ways=ways(),
    )
    return make_response(page, code)


def _look_around() -> None:
    """Where no page has the address, find the organisation that it begins by, for whoever has a role there.

    For anybody else the page is the same whether there is such an organisation or not.
    """
    known = account()
    if request.endpoint is None and known is not None:
        with suppress(NotFound):
            g.visitor = enter(session(), known, request.path.strip("/").split("/")[0])


def _incident(code: int) -> Response:
    """Give the page of a failure, with the number by which the log tells it; the database may be what failed."""
    g.is_refused = True
    number = _number()
    known = code if code in TITLES else 500
    sentence = text(SENTENCES[known])
    if request_ctx.url_adapter is None and not is_for_programs():
        return Response(f"{sentence} ({number})", code, mimetype="text/plain")
    if is_for_programs():
        response = problem(code, incident=number)
    elif wants_json():
        response = make_response(jsonify(message=sentence, incident=number), code)
    else:
        response = make_response(_incident_page(code, text(TITLES[known]), sentence, number), code)
    if known == 503:
        response.headers["Retry-After"] = SECONDS_TO_WAIT
    return response


def _incident_page(code: int, title: str, sentence: str, incident: str) -> str:
    """Write the page without what is added to every other one: Flask-Login would ask the database who is there."""
    return current_app.jinja_env.get_template("screens/errors/incident.html").render(
        code=code,
        title=title,
        sentence=sentence,
        incident=incident,
        texts=texts_typed(),
        ways=ways_after_failure(),
    )
