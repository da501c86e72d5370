"""The commands ``tracker import``: a file read and previewed, then written at once or not at all."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

from tracker.cli.auditing import audit
from tracker.cli.intake import deliberation
from tracker.cli.inventory import equipment
from tracker.cli.shell import acting, reading, refuse, told_problems, writing, written
from tracker.domain.drafts import ImportProblem, Parsed, Place
from tracker.domain.entries import Entry
from tracker.domain.errors import Problem, ProblemCode
from tracker.domain.numbers import plain_text
from tracker.domain.permissions import Permission
from tracker.domain.records import Reading
from tracker.labels import plural, text
from tracker.labels.formats import PARIS
from tracker.labels.imports import place_name
from tracker.labels.plausibility import oddity_sentence
from tracker.labels.problems import problem_sentence
from tracker.services import imports
from tracker.services.imports import Progress
from tracker.services.proposals import Plan, Proposal, plan

FORMATS = ("csv", "ods", "xlsx")
_SAID = ("value", "numerator", "denominator", "absence", "quality", "coverage", "source", "comment")


@click.group("import")
def import_() -> None:
    """Importe des fichiers."""


import_.add_command(deliberation)
import_.add_command(equipment)
import_.add_command(audit)


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--as", "email", metavar="EMAIL", help="Le compte qui importe ; facultatif avec --dry-run.")
@click.option("--year", type=click.IntRange(2000, 2100), help="L'année des lignes qui n'en disent pas.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Refuse un fichier d'un autre format.")
@click.option("--reason", default="", help="Pourquoi corriger une année dont la campagne est close.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui changerait ; n'enregistre rien.")
@click.option("--json", "as_json", is_flag=True, help="Écrit l'aperçu en JSON.")
def measurements(
    file: Path,
    organisation: str,
    email: str | None,
    year: int | None,
    kind: str | None,
    reason: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Importe les valeurs d'un CSV, XLSX ou ODS : toutes, ou aucune."""
    if email is None and not dry_run:
        raise click.UsageError(text("--as EMAIL est obligatoire, sauf avec --dry-run."))
    today, content = datetime.now(PARIS).date(), file.read_bytes()
    parsed = _of_format(imports.read(content, file.name, year), kind)
    number = None
    with reading() if dry_run else writing() as session:
        visitor = acting(session, organisation, email, Permission.ENTER_ASSIGNED, ProblemCode.ENTERS_NOTHING)
        found = plan(session, visitor, parsed, today)
        if found.problems:
            _refuse(file, parsed, found, as_json=as_json)
        if not dry_run:
            with _progress(len(found.proposals)) as progress:
                batch = imports.load(
                    session, visitor, file.name, content, year, found, reason=reason, progress=progress
                )
            number = batch.id if batch else None
    # Only here has the transaction been committed.
    if as_json:
        click.echo(_json(file, parsed, found, number))
    else:
        click.echo(_summary(found, is_stored=number is not None))


def _of_format(parsed: Parsed, kind: str | None) -> Parsed:
    """Refuse a file that was read in another format than the one that was said."""
    if kind is None or not parsed.format or parsed.format == kind:
        return parsed
    values = {"found": parsed.format.upper(), "asked": kind.upper()}
    return Parsed(problems=(ImportProblem(Place(), Problem("file", ProblemCode.FORMAT_DIFFERS, values)),))


@contextmanager
def _progress(length: int) -> Iterator[Progress]:
    """Show a bar on a terminal, nothing in a pipe."""
    label = text("Enregistrement")
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield bar.update


def _refuse(file: Path, parsed: Parsed, found: Plan, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(_json(file, parsed, found, None))
    refuse(*map(_line, found.problems))


def _line(problem: ImportProblem) -> str:
    place, sentence = place_name(problem.place), problem_sentence(problem.problem)
    return f"{place}\t{sentence}" if place else sentence


def _summary(found: Plan, *, is_stored: bool) -> str:
    same = plural("{n} identique", "{n} identiques", found.unchanged, n=found.unchanged)
    if not found.proposals:
        return text("Aucune modification : {same}.", same=same)
    created = plural("{n} valeur créée", "{n} valeurs créées", found.created, n=found.created)
    changed = plural("{n} changée", "{n} changées", found.changed, n=found.changed)
    if is_stored:
        return text("Importé : {created}, {changed}, {same}.", created=created, changed=changed, same=same)
    return text("À importer : {created}, {changed}, {same}.", created=created, changed=changed, same=same)


def _json(file: Path, parsed: Parsed, found: Plan, number: int | None) -> str:
    told: Mapping[str, Any] = {
        "file": file.name,
        "format": parsed.format,
        "detail": parsed.detail,
        "stored": number is not None,
        "import": number,
        "counts": {
            "created": found.created,
            "changed": found.changed,
            "unchanged": found.unchanged,
            "problems": len(found.problems),
        },
        "drafts": [_draft(one) for one in found.proposals],
        "problems": told_problems(found.problems),
    }
    return written(told)


def _draft(one: Proposal) -> Mapping[str, Any]:
    change = one.change
    return {
        "sheet": one.place.sheet,
        "row": one.place.row,
        "indicator": change.row.code,
        "year": change.year,
        "before": _said(change.current) if change.current else None,
        "after": _said(change.entry),
        "notes": [oddity_sentence(oddity, one.indicator) for oddity in one.oddities],
    }


def _said(told: Entry | Reading) -> Mapping[str, str]:
    """Write what a value says, numbers as exact texts with a decimal point; what it does not say is left out."""
    given = {name: getattr(told, name) for name in _SAID}
    return {
        name: plain_text(value) if isinstance(value, Decimal) else str(value)
        for name, value in given.items()
        if value is not None and value != ""
    }
