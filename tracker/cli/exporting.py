"""The commands ``tracker export``: files written with the machine's own rights, the same bytes as the web gives."""

import sys
from datetime import datetime
from pathlib import Path

import click

from tracker.cli.shell import reading, refuse
from tracker.config.settings import read
from tracker.domain.errors import NotFound
from tracker.labels import N_, text
from tracker.labels.formats import PARIS
from tracker.reports.formats import FORMATS
from tracker.services import exporting, frozen_reports, seeds
from tracker.services.frozen_reports import AlteredReport


@click.group()
def export() -> None:
    """Écrit des fichiers."""


@export.command()
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--year", required=True, type=int)
@click.option(
    "--version", type=click.IntRange(min=1), help="Une version figée ; sans elle, le brouillon d'aujourd'hui."
)
@click.option("--format", "kind", required=True, type=click.Choice(sorted(FORMATS)))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def report(organisation: str, year: int, version: int | None, kind: str, output: Path) -> None:
    """Écrit le bilan REEN d'une année : une version figée, ou le brouillon, marqué comme tel."""
    today = datetime.now(PARIS).date()
    with reading() as session:
        _say(N_("Lecture des données…"))
        try:
            visitor = exporting.operator(session, organisation)
            if version is None:
                made = frozen_reports.draft(session, visitor, year, today)
                _say(N_("Écriture du fichier…"))
                content = frozen_reports.draft_file(made, kind)
            else:
                found = frozen_reports.find(session, visitor, year, version)
                _say(N_("Écriture du fichier…"))
                content = frozen_reports.file(found.row, kind)
        except NotFound:
            refuse(_missing(organisation, year, version))
        except AlteredReport:
            refuse(text("Le texte gardé de cette version a été altéré : rien n'en est écrit."))
        _write(output, content)
    click.echo(text("Écrit : {path}", path=output))


@export.command()
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--all", "is_whole", is_flag=True, help="Tout ce que les membres lisent, publié ou non.")
def data(organisation: str, output: Path, *, is_whole: bool) -> None:
    """Écrit le paquet de données de ce qu'une organisation publie."""
    address, today = read().public_url, datetime.now(PARIS).date()
    with reading() as session:
        try:
            found = exporting.data(session, organisation, today, address, is_whole=is_whole)
        except NotFound:
            unknown = N_("Aucune organisation « {slug} ».")
            silent = N_("Aucune organisation « {slug} » qui publie : --all écrit ce que ses membres lisent.")
            refuse(text(unknown if is_whole else silent, slug=organisation))
        _write(output, found.archive)
    click.echo(text("Écrit : {path}", path=output))


def _missing(organisation: str, year: int, version: int | None) -> str:
    if version is None:
        return text(
            "Aucune organisation « {slug} », ou pas de bilan possible pour {year}.", slug=organisation, year=year
        )
    return text(
        "Aucune organisation « {slug} », ou pas de version {n} du rapport {year}.",
        slug=organisation,
        year=year,
        n=version,
    )


def _say(message: str) -> None:
    """Tell a step to whoever watches; nothing goes to a file or to another program."""
    if sys.stderr.isatty():
        click.echo(text(message), err=True)


@export.command("seeds")
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
def export_seeds(output: Path) -> None:
    """Écrit les engagements et le catalogue comme fichiers de départ."""
    with reading() as session:
        for path, content in seeds.export(session):
            _write(output / path, content)
    click.echo(text("Écrit : {path}", path=output))


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        refuse(text("Impossible d'écrire « {path} » : {reason}.", path=file, reason=error.strerror))
