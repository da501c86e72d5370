"""Which page of help belongs to which screen: the link in the foot of every page follows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, request, url_for

from tracker.labels import N_


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of help: its title, and the screens it is for, each an area or one endpoint of an area."""

    title: str
    screens: tuple[str, ...]


GUIDES: Mapping[str, Guide] = {
    "tableau-de-bord": Guide(N_("Tableau de bord"), ("dashboard", "home")),
    "axes": Guide(N_("Axes"), ("axes",)),
    "adhesions": Guide(N_("Adhésions et moyens"), ("memberships", "means")),
    "durees": Guide(N_("Durées de vie du parc"), ("lifetimes",)),
    "plan": Guide(N_("Plan d'actions"), ("plans",)),
    "empreinte-carbone": Guide(N_("Empreinte carbone"), ("carbon",)),
    "simulateur": Guide(N_("Simulateur du parc"), ("scenarios",)),
    "ecoconception": Guide(N_("Écoconception des services"), ("ecodesign",)),
    "parc": Guide(N_("Parc numérique"), ("estate", "equipment_rules")),
    "audits-rgaa": Guide(N_("Audits RGAA"), ("audits",)),
    "services-numeriques": Guide(N_("Services numériques"), ("services", "service_values", "service_imports")),
    "registre-ia": Guide(N_("Registre de l'IA"), ("ai_systems",)),
    "evaluations-et-mediation": Guide(N_("Évaluations et médiation"), ("evaluations", "mediation")),
    "commission": Guide(N_("Commission d'homologation"), ("commission", "access_gaps")),
    "accessibilite-des-services": Guide(
        N_("Accessibilité des services"), ("statements", "access_schemes", "complaints")
    ),
    "engagements": Guide(N_("Engagements"), ("commitments",)),
    "deliberations": Guide(N_("Délibérations"), ("deliberations", "intakes")),
    "indicateurs": Guide(N_("Indicateurs"), ("indicators",)),
    "pourquoi": Guide(N_("Pourquoi ce chiffre ?"), ("indicators.why",)),
    "comparaison": Guide(N_("Comparaison de deux années"), ("comparisons",)),
    "historique": Guide(N_("Historique d'une valeur"), ("histories",)),
    "echanges-et-questions": Guide(
        N_("Échanges et questions"),
        (
            "histories.commitment",
            "histories.action",
            "followings.list_",
            "followings.on_commitment",
            "followings.question",
        ),
    ),
    "suivis": Guide(N_("Suivis et notifications"), ("followings", "notices")),
    "recherche": Guide(N_("Recherche"), ("searches",)),
    "synthese-et-presentation": Guide(N_("Synthèse et présentation"), ("briefs",)),
    "saisie": Guide(N_("Saisie"), ("measurements",)),
    "imports": Guide(N_("Imports de tableurs"), ("imports",)),
    "inventaires": Guide(N_("Inventaires du parc"), ("estate_intakes",)),
    "campagnes": Guide(N_("Campagnes"), ("campaigns",)),
    "echeances": Guide(N_("Échéances et agenda"), ("deadlines",)),
    "services": Guide(N_("Services"), ("departments",)),
    "validation": Guide(N_("Validation"), ("validation",)),
    "publication": Guide(N_("Publication"), ("publications",)),
    "donnees": Guide(N_("Données"), ("open_data",)),
    "pages-publiques": Guide(
        N_("Lire une page publique"),
        (
            "publications.public",
            "publications.year_",
            "publications.commitment",
            "publications.indicator",
            "open_data.public",
            "public_reports",
        ),
    ),
    "rapport": Guide(N_("Rapport REEN"), ("reports", "report_texts", "completeness", "frozen_reports")),
    "journal": Guide(N_("Journal"), ("journal",)),
    "reglages": Guide(N_("Réglages"), ("settings",)),
    "demarrage": Guide(N_("Démarrage"), ("start",)),
    "jetons": Guide(N_("API et jetons d'accès"), ("tokens",)),
    "compte": Guide(N_("Compte et connexion"), ("account", "signin")),
}
"""The pages of help by the last part of their address, in the order of the index."""

_OF_SCREENS = {screen: name for name, guide in GUIDES.items() for screen in guide.screens}


def init_app(app: Flask) -> None:
    """Let the templates name the guides, and link to the one of the page being shown."""
    app.jinja_env.globals.update(GUIDES=GUIDES, guide_address=_address)


def guide_of(endpoint: str) -> str | None:
    """Give the name of the guide of a screen: its own, else that of its area; None for pages about the product."""
    return _OF_SCREENS.get(endpoint) or _OF_SCREENS.get(endpoint.split(".", maxsplit=1)[0])


def _address() -> str:
    """Give the address of the help of this page, its index where no guide is nearer."""
    name = guide_of(request.endpoint or "")
    return url_for("pages.guide", of=name) if name else url_for("pages.help_")
