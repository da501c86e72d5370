"""What a refusal looks like: the right code, a plain sentence, a way on; never a traceback."""

import logging

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import Computed, Forbidden, Invalid, NotFound
from tracker.labels import N_, text
from tracker.labels.problems import problem_sentence
from tracker.web.platform.guards import EVERYONE
from tracker.web.platform.scripts import wants_json
from tracker.web.platform.sign_in import account

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


def init_app(app: Flask) -> None:
    """Answer every refusal with its page, or with JSON to whoever asks for it."""
    app.register_error_handler(NotFound, lambda _: answer(404))
    app.register_error_handler(Forbidden, lambda _: answer(403))
    app.register_error_handler(Computed, _computed)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(500, lambda _: answer(500))


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


def _invalid(error: Invalid) -> Response:
    return answer(422, " ".join(map(problem_sentence, error.problems)))


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    return answer(error.code or 500)


def _unavailable(error: OperationalError) -> Response:
    log.error("database unavailable: %s", error.orig)
    return answer(503)


def answer(code: int, detail: str = "") -> Response:
    """Give the page of ``code``, with ``detail`` if something more precise can be said."""
    g.is_refused = True
    known = code if code in TITLES else 400 if code < 500 else 500
    sentence = detail or text(SENTENCES[known])
    if request_ctx.url_adapter is None:  # a host that is not ours: no page of ours has an address there
        return Response(sentence, code, mimetype="text/plain")
    if wants_json():
        return make_response(jsonify(message=sentence), code)
    page = render_template("screens/errors/error.html", code=code, title=text(TITLES[known]), sentence=sentence)
    return make_response(page, code)
