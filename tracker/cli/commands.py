"""The commands of ``tracker``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.orm import Session

from tracker.config.paths import bundled
from tracker.config.settings import SettingProblem, Settings, read
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.vocabulary import Role
from tracker.labels import text, word
from tracker.labels.formats import PARIS
from tracker.labels.problems import problem_sentence, setting_sentence
from tracker.reports import document, table
from tracker.services import accounts, demonstration, exporting, instance, seeds
from tracker.services.instance import is_current
from tracker.store.session import Database

FORMATS = {"html": document.html, "csv": table.csv}
ACTOR = "tracker"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parole-tenue")
def tracker() -> None:
    """Parole tenue : suivi des engagements numérique responsable."""


@tracker.command()
@click.option("--demo", is_flag=True, help="Ajoute la ville fictive et les comptes de démonstration.")
def init(*, demo: bool) -> None:
    """Prépare la base et charge les engagements ; deux fois ne change rien."""
    settings = read()
    store = Database(settings.database_url)
    done = instance.initialise(store, bundled("seeds"), demo=demo, password=settings.demo_password)
    click.echo(text("Base prête : {count} fichiers de départ chargés.", count=done.added))
    if not demo:
        return
    if done.password:
        click.echo(text("Comptes de démonstration, mot de passe « {password} » :", password=done.password))
    else:
        click.echo(
            text("Comptes de démonstration, au mot de passe déjà donné (TRACKER_DEMO_PASSWORD pour en changer) :")
        )
    for role in demonstration.PEOPLE:
        click.echo(f"  {demonstration.address(role)} ({word(role)})")


@tracker.command()
def run() -> None:
    """Sert l'instance."""
    from tracker.cli.serving import application, serve  # noqa: PLC0415 - the web is heavy: other commands do without

    app = application()
    settings: Settings = app.config["TRACKER_SETTINGS"]
    click.echo(text("Parole tenue répond sur http://{host}:{port}", host=settings.host, port=settings.port))
    serve(app)


@tracker.command()
def doctor() -> None:
    """Dit ce qui va et ce qui ne va pas dans les réglages et la base."""
    try:
        settings = read()
    except SettingProblem as problem:
        _refuse(setting_sentence(problem))
    click.echo(text("Réglages : corrects ; dossier {folder}.", folder=settings.instance))
    if not is_current(Database(settings.database_url)):
        _refuse(text("La base n'est pas initialisée, ou pas à jour : lancez « tracker init »."))
    click.echo(text("Base : à jour."))


@tracker.group()
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
    with _reading() as session:
        try:
            found = exporting.review(session, organisation, year, today)
        except NotFound:
            _refuse(
                text(
                    "Aucune organisation « {slug} », ou pas de bilan possible pour {year}.",
                    slug=organisation,
                    year=year,
                )
            )
        _write(output, FORMATS[kind](found))
    click.echo(text("Écrit : {path}", path=output))


@export.command("seeds")
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
def export_seeds(output: Path) -> None:
    """Écrit les engagements et le catalogue comme fichiers de départ."""
    with _reading() as session:
        for path, content in seeds.export(session):
            _write(output / path, content)
    click.echo(text("Écrit : {path}", path=output))


@tracker.group()
def account() -> None:
    """Gère les comptes."""


@account.command("add")
@click.argument("email")
@click.option("--name", default="")
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.password_option(prompt="Mot de passe", confirmation_prompt="Encore une fois")
def add_account(email: str, name: str, organisation: str, role: str, password: str) -> None:
    """Crée un compte avec un rôle dans une organisation."""
    with _writing() as session:
        accounts.add(session, email=email, name=name, password=password, roles={organisation: Role(role)}, actor=ACTOR)
    click.echo(text("Compte créé : {email}", email=email))


@account.command("list")
def list_accounts() -> None:
    """Liste les comptes, leurs rôles et leur état."""
    with _reading() as session:
        for one in accounts.everything(session):
            roles = ", ".join(f"{grant.organisation.slug}:{grant.role}" for grant in one.grants)
            click.echo(f"{one.email}\t{text('actif') if one.is_active else text('désactivé')}\t{roles}")


@account.command("disable")
@click.argument("email")
def disable_account(email: str) -> None:
    """Ferme un compte et ses sessions."""
    with _writing() as session:
        accounts.disable(session, email, ACTOR)
    click.echo(text("Compte désactivé : {email}", email=email))


@account.command("password")
@click.argument("email")
@click.password_option(prompt="Mot de passe", confirmation_prompt="Encore une fois")
def change_password(email: str, password: str) -> None:
    """Change un mot de passe ; les sessions ouvertes se ferment."""
    with _writing() as session:
        accounts.change_password(session, email, password, ACTOR)
    click.echo(text("Mot de passe changé : {email}", email=email))


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        _refuse(text("Impossible d'écrire « {path} » : {reason}.", path=file, reason=error.strerror))


@contextmanager
def _reading() -> Iterator[Session]:
    with _store().reading() as session:
        yield session


@contextmanager
def _writing() -> Iterator[Session]:
    """Write in one transaction, or say each problem on a line and leave with 1."""
    try:
        with _store().transaction() as session:
            yield session
    except Invalid as refused:
        _refuse(*map(problem_sentence, refused.problems))


def _store() -> Database:
    store = Database(read().database_url)
    if not is_current(store):
        _refuse(text("La base n'est pas initialisée, ou pas à jour : lancez « tracker init »."))
    return store


def _refuse(*sentences: str) -> NoReturn:
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)
