"""The files of open data: a data package and its tables, the deliberations in the SCDL, one archive of the package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from tracker.domain.permissions import Permission
from tracker.exports import scdl
from tracker.exports.datasets.agec import AGEC, lacking
from tracker.exports.packages import Package, archive, files
from tracker.exports.tabular import Column, DataTable
from tracker.labels import speaking, text
from tracker.labels.formats import PARIS
from tracker.services import datasets
from tracker.services.datasets import Gathered
from tracker.services.published import Published
from tracker.services.visitor import Visitor
from tracker.store.models import Organisation

SCDL = "deliberations-scdl.csv"
ARCHIVE = "paquet.zip"


@dataclass(frozen=True, slots=True)
class DataFiles:
    """What may be taken away: the tables of the package, its files by their names, the SCDL beside it."""

    organisation: Organisation
    tables: Sequence[DataTable]
    package: Mapping[str, bytes]
    scdl: bytes

    @property
    def archive(self) -> bytes:
        """Give the whole package as one ZIP, whose bytes depend on its content alone."""
        return archive(self.package)

    @property
    def lacking(self) -> Sequence[Column]:
        """List what the AGEC declaration still lacks before it can be handed in."""
        return lacking(next(table for table in self.tables if table.name == AGEC.name))


def public(session: Session, found: Published, address: str) -> DataFiles:
    """Make the files that strangers may take; ``address`` is that of the instance, without its last slash."""
    made = datasets.gathered(session, found, found.today)
    _, changed_at = datasets.mark(session, found)
    name, slug = found.organisation.name, found.organisation.slug
    years = ", ".join(str(one.year) for one in sorted(found.visible, key=lambda one: one.year))
    version = max(found.visible, key=lambda one: one.year, default=None)
    with speaking("fr"):
        told = text("Ce que la collectivité a publié : {years}.", years=years or text("aucune année"))
        package = Package(
            name=f"{slug}-numerique-responsable",
            title=text("Engagements numérique responsable, {name}", name=name),
            description=" ".join(filter(None, (told, _fiction(found.row)))),
            home=f"{address}/{slug}/public/donnees",
            authority=name,
            version=f"{version.year}.{version.version}" if version else "0",
            created=changed_at,
            sources=_sources(made),
        )
    return _files(session, made, package)


def whole(session: Session, visitor: Visitor, today: date, address: str) -> DataFiles:
    """Make the files of all that a member reads.

    Raises:
        Forbidden: without the right to read.
    """
    visitor.require(Permission.READ)
    return whole_of(session, visitor.organisation, today, address)


def whole_of(session: Session, home: Organisation, today: date, address: str) -> DataFiles:
    """Make the same files for whoever was let in otherwise: the operator. They are no publication: no licence."""
    made = datasets.everything(session, home, today)
    with speaking("fr"):
        told = text("Tout ce que les membres lisent, publié ou non : ce n'est pas une publication.")
        package = Package(
            name=f"{home.slug}-interne",
            title=text("Engagements numérique responsable, {name} : données des membres", name=home.name),
            description=" ".join(filter(None, (told, _fiction(home)))),
            home=f"{address}/{home.slug}/donnees",
            authority=home.name,
            version=today.isoformat(),
            created=datetime.combine(today, time.min, PARIS),
            sources=_sources(made),
            is_open=False,
        )
    return _files(session, made, package)


def _files(session: Session, made: Gathered, package: Package) -> DataFiles:
    tables = made.tables()
    with speaking("fr"):
        contents = files(package, tables)
    return DataFiles(made.organisation, tables, contents, scdl.table(datasets.scdl_rows(session, made)))


def _sources(made: Gathered) -> Sequence[tuple[str, str]]:
    return [
        (text("Délibération {number} : {title}", number=row.number, title=row.title_fr), row.url) for row in made.texts
    ]


def _fiction(home: Organisation) -> str:
    return text("{name} est fictive : ses chiffres sont inventés.", name=home.name) if home.is_fictional else ""
