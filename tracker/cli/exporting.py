"""The commands ``tracker export``: files written with the machine's own rights, the same bytes as the web gives."""

from datetime import datetime
from pathlib import Path

import click

from tracker.cli.shell import reading, refuse
from tracker.config.settings import read
from tracker.domain.errors import NotFound
from tracker.labels import N_, text
from tracker.labels.formats import PARIS
from tracker.reports.formats import FORMATS
from tracker.reports.report import compose, paper
from tracker.services import exporting, seeds


@click.group()
def export() -> None:
    """Écrit des fichiers."""


@export.command()
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--year", required=True, type=int)
@click.option("--format", "kind", required=True, type=click.Choice(sorted(FORMATS)))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def report(organisation: str, year: int, kind: str, output: Path) -> None:
    """Écrit le bilan REEN d'une année."""
    today = datetime.now(PARIS).date()
    with reading() as session:
        try:
            found = exporting.review(session, organisation, year, today)
        except NotFound:
            refuse(
                text(
                    "Aucune organisation « {slug} », ou pas de bilan possible pour {year}.",
                    slug=organisation,
                    year=year,
                )
            )
        made = compose(found)
        _write(output, FORMATS[kind].write(made, paper(made, mark=text("Brouillon"))))
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
