"""The screens, one package an area; strangers to each other."""

from importlib import import_module

from flask import Flask

AREAS = (
    "home",
    "signin",
    "account",
    "tokens",
    "notices",
    "pages",
    "dashboard",
    "axes",
    "briefs",
    "publications",
    "open_data",
    "followings",
    "searches",
    "commitments",
    "intakes",
    "estate_intakes",
    "deliberations",
    "memberships",
    "means",
    "lifetimes",
    "plans",
    "carbon",
    "scenarios",
    "statements",
    "access_schemes",
    "complaints",
    "estate",
    "equipment_rules",
    "audits",
    "service_values",
    "service_imports",
    "ai_systems",
    "evaluations",
    "mediation",
    "services",
    "commission",
    "access_gaps",
    "ecodesign",
    "indicators",
    "measurements",
    "imports",
    "histories",
    "comparisons",
    "journal",
    "frozen_reports",
    "public_reports",
    "reports",
    "report_texts",
    "completeness",
    "schemas",
    "settings",
    "start",
    "campaigns",
    "deadlines",
    "departments",
    "validation",
)


def init_app(app: Flask) -> None:
    """Open the addresses of every area."""
    for name in AREAS:
        app.register_blueprint(import_module(f"{__name__}.{name}.views").area)
