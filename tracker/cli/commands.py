"""The commands of ``tracker``."""

from collections.abc import Sequence
from datetime import datetime

import click

from tracker.cli.exporting import export
from tracker.cli.importing import import_
from tracker.cli.measuring import measure
from tracker.cli.shell import reading, refuse, store, writing
from tracker.config.paths import bundled
from tracker.config.settings import SettingProblem, Settings, read
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.labels import N_, plural, text, word
from tracker.labels.formats import PARIS
from tracker.labels.problems import setting_sentence
from tracker.services import (
    accounts,
    approval_notices,
    demonstration,
    digests,
    instance,
    organisations,
    reminders,
)
from tracker.services.approval_notices import Ending
from tracker.services.deliveries import Delivered
from tracker.services.digests import Digested
from tracker.services.reminders import Reminded
from tracker.store.session import opened

ACTOR = "tracker"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parole-tenue")
def tracker() -> None:
    """Parole tenue : suivi des engagements numérique responsable."""


tracker.add_command(export)
tracker.add_command(import_)
tracker.add_command(measure)


@tracker.command()
@click.option("--demo", is_flag=True, help="Ajoute la ville fictive et les comptes de démonstration.")
def init(*, demo: bool) -> None:
    """Prépare la base et charge les engagements ; deux fois ne change rien."""
    settings = read()
    with opened(settings.database_url) as found:
        done = instance.initialise(found, bundled("seeds"), demo=demo, password=settings.demo_password)
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
        refuse(setting_sentence(problem))
    click.echo(text("Réglages : corrects ; dossier {folder}.", folder=settings.instance))
    with store():
        click.echo(text("Base : à jour."))


@tracker.group()
def organisation() -> None:
    """Gère les organisations."""


@organisation.command("add")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in OrganisationKind]))
@click.option("--department", "departments", multiple=True, metavar="CODE=NOM", help="Un service ; peut se répéter.")
def add_organisation(slug: str, name: str, kind: str, departments: tuple[str, ...]) -> None:
    """Crée une organisation sans engagement, à l'adresse /SLUG/."""
    with writing() as session:
        organisations.add(
            session, slug=slug, name=name, kind=OrganisationKind(kind), departments=departments, actor=ACTOR
        )
    click.echo(text("Organisation créée : {slug}", slug=slug))


@organisation.command("list")
def list_organisations() -> None:
    """Liste les organisations."""
    with reading() as session:
        for one in organisations.everything(session):
            click.echo(f"{one.slug}\t{word(one.kind)}\t{one.name}")


@tracker.command("remind")
@click.option("--dry-run", is_flag=True, help="Dit qui serait rappelé ou informé ; n'écrit et n'envoie rien.")
def remind(*, dry_run: bool) -> None:
    """Envoie les rappels et les résumés prévus aujourd'hui, et les courriels qui n'ont pas pu partir."""
    settings, now = read(), datetime.now(PARIS)
    today = now.date()
    if dry_run:
        with reading() as session:
            _say_reminded(reminders.foresee(session, today))
            _say_digested(digests.foresee(session, now))
            _say_endings(approval_notices.foresee(session, today))
        return
    with store() as database:
        with database.transaction() as session:
            told = reminders.remind_planned(session, today)
            endings = approval_notices.announce_endings(session, today)
        _say_reminded(told)
        _say_endings(endings)
        delivered = [reminders.deliver(database, settings, today)]
        _say_digested(digests.write_due(database, now))
        delivered.append(digests.deliver(database, settings, today))
    _say_delivered(delivered)


def _say_reminded(told: Sequence[Reminded]) -> None:
    for one in told:
        for debt in one.debts:
            count = plural("{n} relevé", "{n} relevés", len(debt.owed), n=len(debt.owed))
            click.echo(f"{one.slug}\t{one.year}\t{debt.person.email}\t{count}")
    if not any(one.debts for one in told):
        click.echo(text("Aucun rappel à envoyer aujourd'hui."))


def _say_endings(told: Sequence[Ending]) -> None:
    for one in told:
        count = plural("{n} personne prévenue", "{n} personnes prévenues", len(one.to), n=len(one.to))
        click.echo(f"{one.slug}\t{one.name}\t{one.until.isoformat()}\t{count}")


def _say_digested(told: Sequence[Digested]) -> None:
    for one in told:
        for due in one.told:
            count = plural("{n} engagement suivi", "{n} engagements suivis", len(due.news), n=len(due.news))
            click.echo(f"{one.slug}\t{due.account.email}\t{count}")
    if not any(one.told for one in told):
        click.echo(text("Aucun résumé à envoyer aujourd'hui."))


def _say_delivered(delivered: Sequence[Delivered]) -> None:
    """Say how many letters left; end as a failure when some did not, with the reason or the addresses."""
    sent = sum(one.sent for one in delivered)
    if sent:
        click.echo(plural("{n} courriel est parti.", "{n} courriels sont partis.", sent, n=sent))
    reasons = [one.unavailable.sentence for one in delivered if one.unavailable is not None]
    if reasons:
        refuse(reasons[-1])
    failed = sorted({address for one in delivered for address in one.failed})
    if failed:
        refused = N_("Le courriel à {address} n'est pas parti : il sera retenté.")
        refuse(*(text(refused, address=one) for one in failed))


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
    with writing() as session:
        accounts.add(session, email=email, name=name, password=password, roles={organisation: Role(role)}, actor=ACTOR)
    click.echo(text("Compte créé : {email}", email=email))


@account.command("list")
def list_accounts() -> None:
    """Liste les comptes, leurs rôles et leur état."""
    with reading() as session:
        for one in accounts.everything(session):
            roles = ", ".join(f"{grant.organisation.slug}:{grant.role}" for grant in one.grants)
            click.echo(f"{one.email}\t{text('actif') if one.is_active else text('désactivé')}\t{roles}")


@account.command("disable")
@click.argument("email")
def disable_account(email: str) -> None:
    """Ferme un compte et ses sessions."""
    with writing() as session:
        accounts.disable(session, email, ACTOR)
    click.echo(text("Compte désactivé : {email}", email=email))


@account.command("password")
@click.argument("email")
@click.password_option(prompt="Mot de passe", confirmation_prompt="Encore une fois")
def change_password(email: str, password: str) -> None:
    """Change un mot de passe ; les sessions ouvertes se ferment."""
    with writing() as session:
        accounts.change_password(session, email, password, ACTOR)
    click.echo(text("Mot de passe changé : {email}", email=email))
