"""The catalogues of open data that portals harvest: of the instance, and of each organisation that publishes."""

from collections.abc import Sequence
from datetime import datetime

from tracker.exports.dcat import Catalogue, DataFile, Dataset, catalogue
from tracker.exports.packages import DESCRIPTOR
from tracker.labels import speaking, text
from tracker.services.data_files import ARCHIVE, SCDL
from tracker.services.datasets import TABLES
from tracker.services.published import Published

CATALOGUE = "catalogue.jsonld"
PACKAGED, CSV, JSON = "application/zip", "text/csv", "application/json"


def of_organisation(found: Published, changed_at: datetime, address: str) -> bytes:
    """Write the catalogue of what an organisation publishes; ``address`` is that of the instance."""
    name, home = found.organisation.name, f"{address}/{found.organisation.slug}/public"
    with speaking("fr"):
        told = Catalogue(
            title=text("Données ouvertes de {name}", name=name),
            description=text("Ce que la collectivité publie de ses engagements numérique responsable."),
            address=f"{home}/{CATALOGUE}",
            home=home,
            publisher=name,
            datasets=[_dataset(found, changed_at, address)] if found.visible else [],
        )
    return catalogue(told)


def of_instance(listed: Sequence[tuple[Published, datetime]], address: str) -> bytes:
    """Write the catalogue of every organisation that publishes, each with the moment of its last change."""
    with speaking("fr"):
        told = Catalogue(
            title=text("Données ouvertes des collectivités suivies ici"),
            description=text("Ce que chaque collectivité publie de ses engagements numérique responsable."),
            address=f"{address}/{CATALOGUE}",
            home=f"{address}/",
            publisher="Parole tenue",
            datasets=[_dataset(found, changed_at, address) for found, changed_at in listed],
        )
    return catalogue(told)


def _dataset(found: Published, changed_at: datetime, address: str) -> Dataset:
    name, slug = found.organisation.name, found.organisation.slug
    home = f"{address}/{slug}/public"
    files = [
        DataFile(text("Tout le jeu de données (ZIP)"), f"{home}/donnees/{ARCHIVE}", PACKAGED),
        DataFile(text("Description du jeu de données (JSON)"), f"{home}/donnees/{DESCRIPTOR}", JSON),
        *(DataFile(text(table.title), f"{home}/donnees/{table.name}.csv", CSV) for table in TABLES),
        DataFile(text("Délibérations au format SCDL"), f"{home}/donnees/{SCDL}", CSV),
        *(
            DataFile(text("Engagements et valeurs de {year}", year=one.year), f"{home}/{one.year}.csv", CSV)
            for one in found.visible
        ),
    ]
    description = text("Ce que la collectivité publie de ses engagements numérique responsable.")
    if found.row.is_fictional:
        description += " " + text("{name} est fictive : ses chiffres sont inventés.", name=name)
    return Dataset(
        title=text("Engagements numérique responsable, {name}", name=name),
        description=description,
        page=f"{home}/donnees",
        authority=name,
        home=home,
        issued=min(one.appears_at for one in found.visible),
        modified=changed_at,
        keywords=[text("numérique responsable"), "REEN", text("collectivité territoriale")],
        files=files,
    )
