"""Serving an initialised instance with a production-grade server."""

import gc
import sys

from flask import Flask
from waitress import serve as waitress_serve

from tracker.config.settings import SettingProblem, Settings, read
from tracker.labels import text
from tracker.labels.problems import setting_sentence
from tracker.services.instance import is_current
from tracker.store.session import Database
from tracker.web import create_app

THREADS = 8


def application(settings: Settings | None = None) -> Flask:
    """Build the application, or leave with one clear sentence: a wrong setting, a database that is not ready."""
    try:
        known = settings or read()
    except SettingProblem as problem:
        sys.exit(setting_sentence(problem))
    store = Database(known.database_url)
    if not is_current(store):
        sys.exit(text("La base n'est pas initialisée, ou pas à jour : lancez « tracker init »."))
    return create_app(known, store)


def serve(app: Flask) -> None:
    """Serve ``app`` at the host and port of its settings."""
    settings: Settings = app.config["TRACKER_SETTINGS"]
    gc.collect()
    gc.freeze()  # what was loaded at the start stays: the collector does not look through it again during each page
    waitress_serve(app, host=settings.host, port=settings.port, threads=THREADS, ident=None)
