"""The screens, one package an area; strangers to each other."""

from importlib import import_module

from flask import Flask

AREAS = (
    "home",
    "signin",
    "account",
    "pages",
    "dashboard",
    "commitments",
    "deliberations",
    "indicators",
    "measurements",
    "journal",
    "reports",
    "settings",
)


def init_app(app: Flask) -> None:
    """Open the addresses of every area."""
    for name in AREAS:
        app.register_blueprint(import_module(f"{__name__}.{name}.views").area)
