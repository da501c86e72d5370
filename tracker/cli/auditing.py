"""The command ``tracker import audit``: a file of an audit read, told with its rate, then stored or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from tracker.cli.shell import acting, reading, refuse, told_problems, writing, written
from tracker.domain.audit_drafts import AuditDraft
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, NotFound, Problem
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.domain.service_problems import ServiceProblem
from tracker.labels import text, word
from tracker.labels.audits import rate_phrase, told_sentence
from tracker.labels.formats import PARIS
from tracker.labels.imports import place_name
from tracker.labels.problems import problem_sentence
from tracker.services import audit_changes, audit_imports
from tracker.services.audit_imports import Reckoned
from tracker.services.audit_typed import AuditTyped


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--service", required=True, type=click.IntRange(1), metavar="N", help="Le numéro du service audité.")
@click.option("--as", "email", metavar="EMAIL", help="Le compte qui importe ; facultatif avec --dry-run.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Le jour où l'audit a fini, si le fichier ne le dit pas.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Le jour où sa déclaration a été publiée.")
@click.option("--rgaa", metavar="VERSION", help="La version du RGAA, si le fichier ne la dit pas. Exemple : 4.1.")
@click.option("--auditor", metavar="NOM", help="L'organisme auditeur, jamais une personne.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait enregistré ; n'enregistre rien.")
@click.option("--json", "as_json", is_flag=True, help="Écrit l'aperçu en JSON.")
def audit(
    file: Path,
    organisation: str,
    service: int,
    email: str | None,
    on: datetime | None,
    published: datetime | None,
    rgaa: str | None,
    auditor: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Importe un audit RGAA : export d'Ara (CSV, JSON) ou grille remplie (ODS, XLSX)."""
    if email is None and not dry_run:
        raise click.UsageError(text("--as EMAIL est obligatoire, sauf avec --dry-run."))
    today = datetime.now(PARIS).date()
    draft = audit_imports.read(file.read_bytes(), file.name)
    if draft.problems:
        _refuse(file, draft, draft.problems, as_json=as_json)
    typed = _told(audit_imports.typed_of(draft, file.name), on, published, rgaa, auditor)
    number, is_new = None, False
    with reading() if dry_run else writing() as session:
        visitor = acting(session, organisation, email, Permission.KEEP_SERVICES, ServiceProblem.KEEPS_NO_SERVICES)
        try:
            number = audit_changes.same(session, visitor, service, typed, today)
            if number is None and not dry_run:
                number, is_new = audit_imports.take_in(session, visitor, service, typed, today)
        except NotFound:
            refuse(problem_sentence(Problem("service", ServiceProblem.SERVICE_UNKNOWN, {"number": service})))
        except Invalid as refused:
            found = [ImportProblem(Place(), one) for one in refused.problems]
            _refuse(file, draft, found, as_json=as_json)
    # Only here has the transaction been committed.
    reckoned = audit_imports.reckoned(typed, today)
    if as_json:
        click.echo(_json(file, draft, reckoned, number, is_new=is_new))
        return
    for line in _summary(draft, typed, reckoned, number, is_new=is_new):
        click.echo(line)


def _told(
    typed: AuditTyped, on: datetime | None, published: datetime | None, rgaa: str | None, auditor: str | None
) -> AuditTyped:
    """Lay what the command says over what the file does."""
    return replace(
        typed,
        audited_on=on.date().isoformat() if on else typed.audited_on,
        published_on=published.date().isoformat() if published else typed.published_on,
        rgaa=rgaa or typed.rgaa,
        auditor=auditor or typed.auditor,
    )


def _refuse(file: Path, draft: AuditDraft, problems: Sequence[ImportProblem], *, as_json: bool) -> None:
    if as_json:
        click.echo(_json(file, replace(draft, problems=tuple(problems)), None, None, is_new=False))
    refuse(*map(_line, problems))


def _line(problem: ImportProblem) -> str:
    place, sentence = place_name(problem.place), problem_sentence(problem.problem)
    return f"{place}\t{sentence}" if place else sentence


def _summary(
    draft: AuditDraft, typed: AuditTyped, found: Reckoned | None, number: int | None, *, is_new: bool
) -> Iterator[str]:
    if draft.kind is not None:
        yield text("{kind}, RGAA {version}, pages : {n}.", kind=word(draft.kind), version=typed.rgaa, n=typed.sampled)
    if found is not None:
        yield text("Taux : {rate}.", rate=rate_phrase(found.rate))
        if sentence := told_sentence(draft.told_rate, found.rate):
            yield sentence
    if is_new:
        yield text("Importé : audit n° {n}.", n=number)
    elif number is not None:
        yield text("Aucune modification : cet audit est déjà enregistré sous le n° {n}.", n=number)
    else:
        yield text("À importer.")


def _json(file: Path, draft: AuditDraft, found: Reckoned | None, number: int | None, *, is_new: bool) -> str:
    told: Mapping[str, Any] = {
        "file": file.name,
        "format": draft.format,
        "stored": is_new,
        "audit": number,
        "kind": draft.kind,
        "rgaa": draft.rgaa,
        "audited_on": _iso(draft.audited_on),
        "published_on": _iso(draft.published_on),
        "rate": found
        and {
            "met": found.rate.met,
            "applicable": found.rate.applicable,
            "untested": found.rate.untested,
            "value": _number(found.rate.value),
            "told": _number(draft.told_rate),
            "agrees": found.agrees,
        },
        "counts": {"pages": draft.sampled, "blanks": draft.blanks, "problems": len(draft.problems)},
        "dropped": draft.dropped,
        "ignored": draft.ignored,
        "drafts": [{"name": one.name, "shared": one.is_shared, "results": dict(one.results)} for one in draft.pages],
        "problems": told_problems(draft.problems),
    }
    return written(told)


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain_text(round(value, 2))
