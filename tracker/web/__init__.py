"""The web application."""

from datetime import timedelta

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect

from tracker.config.settings import Settings
from tracker.store.session import Database
from tracker.web import api, screens
from tracker.web.platform import (
    assets,
    database,
    errors,
    guides,
    headers,
    language,
    numbers,
    shared,
    sign_in,
    templating,
)

FORM_LIMIT = 2_000_000
COMPRESSED = ("text/html", "text/plain", "text/csv", "text/calendar", "application/json", "application/atom+xml")


def create_app(settings: Settings, store: Database | None = None) -> Flask:
    """Build the application on ``settings``; ``store`` lets a caller bring its own database."""
    app = Flask("tracker", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=list(COMPRESSED),
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # platform/shared.py answers before the page is made
        TRACKER_SETTINGS=settings,
    )
    numbers.init_app(app)
    shared.init_app(app)
    language.init_app(app)
    headers.init_app(app)
    database.init_app(app, store or Database(settings.database_url))
    sign_in.init_app(app)
    templating.init_app(app)
    guides.init_app(app)
    errors.init_app(app)
    CSRFProtect(app)
    Compress(app)
    api.init_app(app)
    screens.init_app(app)
    assets.init_app(app, settings.instance / "assets")
    return app
