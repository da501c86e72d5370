"""The outline of the report: one line a section, in the order of its reading."""

from dataclasses import dataclass

from tracker.labels.language import N_


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its anchor, its title, and its template ``reports/sections/CODE.html``."""

    code: str
    title: str

    @property
    def template(self) -> str:
        """Give the template's path."""
        return f"reports/sections/{self.code}.html"


OUTLINE = (
    Section("identity", N_("Identité et périmètre")),
    Section("governance", N_("Gouvernance et acteurs")),
    Section("baseline", N_("Situation de départ")),
    Section("objectives", N_("Objectifs, indicateurs et résultats")),
    Section("means", N_("Mesures et moyens")),
    Section("memberships", N_("Adhésions")),
    Section("estate", N_("Durées de vie du parc")),
    Section("services", N_("Services numériques")),
    Section("ai", N_("Intelligence artificielle")),
    Section("accessibility", N_("Accessibilité")),
    Section("ecodesign", N_("Écoconception")),
    Section("plan", N_("Plan d'actions et échéances")),
    Section("carbon", N_("Empreinte carbone du numérique")),
    Section("approvals", N_("Commission d'homologation")),
    Section("analysis", N_("Analyse")),
    Section("finalities", N_("Les cinq finalités du développement durable")),
    Section("duties", N_("Obligations légales chiffrées")),
    Section("method", N_("Méthode")),
    Section("open_data", N_("Données")),
)
