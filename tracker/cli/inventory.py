"""The command ``tracker import equipment``: an inventory read, told row by row, then stored at once or not at all."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tracker.cli.shell import acting, reading, refuse, told_problems, writing, written
from tracker.domain.drafts import ImportProblem, Place
from tracker.domain.errors import Invalid, Problem, ProblemCode
from tracker.domain.estate import EquipmentCategory
from tracker.domain.inventories import DateOrder, InventoryDraft, InventoryScope, RefusedRow, Understood
from tracker.domain.permissions import Permission
from tracker.importers.estate import told
from tracker.labels import text
from tracker.labels.formats import PARIS
from tracker.labels.imports import place_name
from tracker.labels.inventories import counts_phrase, rows_phrase, understood_phrases
from tracker.labels.problems import problem_sentence
from tracker.services import estate_intakes
from tracker.services.inventory_plans import InventoryPlan

_ORDERS = {"day-first": DateOrder.DAY_FIRST, "month-first": DateOrder.MONTH_FIRST}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--as", "email", metavar="EMAIL", help="Le compte qui importe ; facultatif avec --dry-run.")
@click.option(
    "--list",
    "scope",
    type=click.Choice([one.value for one in InventoryScope]),
    default=InventoryScope.EVERYTHING.value,
    help="Ce que le fichier liste ; tout le parc si rien n'est dit.",
)
@click.option("--dates", type=click.Choice(list(_ORDERS)), help="L'ordre des dates, si le fichier ne le montre pas.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Le jour de l'inventaire ; aujourd'hui par défaut.")
@click.option(
    "--retire",
    type=click.Choice([one.value for one in EquipmentCategory]),
    multiple=True,
    help="Réforme, au jour de l'inventaire, ce qui a disparu de cette catégorie.",
)
@click.option("--dry-run", is_flag=True, help="Dit ce qui changerait ; n'enregistre rien.")
@click.option("--json", "as_json", is_flag=True, help="Écrit l'aperçu en JSON.")
def equipment(
    file: Path,
    organisation: str,
    email: str | None,
    scope: str,
    dates: str | None,
    on: datetime | None,
    retire: Sequence[str],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Importe un inventaire de GLPI (CSV) : les lignes refusées sont dites, les autres enregistrées."""
    if email is None and not dry_run:
        raise click.UsageError(text("--as EMAIL est obligatoire, sauf avec --dry-run."))
    today = datetime.now(PARIS).date()
    day, listed = on.date() if on else today, InventoryScope(scope)
    content = file.read_bytes()
    drafts = _read(file, content, listed, _ORDERS[dates] if dates else None, today, as_json=as_json)
    number = None
    with reading() if dry_run else writing() as session:
        visitor = acting(session, organisation, email, Permission.KEEP_ESTATE, ProblemCode.KEEPS_NO_ESTATE)
        found = estate_intakes.dry(session, visitor, drafts, listed, day)
        try:
            estate_intakes.check(found)
            if not dry_run:
                row = estate_intakes.send(session, visitor, file.name, content, drafts, listed, day, today)
                retired = {EquipmentCategory(one) for one in retire}
                with click.progressbar(
                    length=found.kept, label=text("Enregistrement"), file=sys.stderr, hidden=not sys.stderr.isatty()
                ) as bar:
                    number = estate_intakes.confirm(
                        session, visitor, row.id, retired, found.mark, progress=bar.update
                    ).id
        except Invalid as refused:
            if as_json:
                click.echo(_json(file, drafts, found, None, refused.problems))
            refuse(*map(problem_sentence, refused.problems))
    # Only here has the transaction been committed.
    if as_json:
        click.echo(_json(file, drafts, found, number, ()))
        return
    for line in _summary(told.understood(drafts), found, is_stored=number is not None):
        click.echo(line)
    for line in _refused_lines(found.refused):
        click.echo(line, err=True)


def _read(
    file: Path, content: bytes, scope: InventoryScope, order: DateOrder | None, today: date, *, as_json: bool
) -> bytes:
    """Read the file, or leave with what is wrong with all of it."""
    try:
        return estate_intakes.read(content, scope, order, today)
    except Invalid as refused:
        if as_json:
            problems = told_problems(ImportProblem(Place(), one) for one in refused.problems)
            click.echo(written({"file": file.name, "stored": False, "problems": problems}))
        sentences = [problem_sentence(one) for one in refused.problems]
        if any(one.where == "order" for one in refused.problems):
            sentences.append(text("Dites-le avec --dates day-first (jour puis mois) ou month-first (mois puis jour)."))
        refuse(*sentences)


def _summary(understood: Understood, found: InventoryPlan, *, is_stored: bool) -> Iterator[str]:
    phrases = ", ".join(understood_phrases(understood))
    yield f"{phrases[0].upper()}{phrases[1:]}."
    if understood.personal:
        names = ", ".join(understood.personal)
        yield text("Colonnes écartées, car elles peuvent nommer quelqu'un : {names}.", names=names)
    rows = rows_phrase(found.read)
    counts = counts_phrase(found.created, found.changed, found.unchanged, len(found.refused))
    if is_stored:
        yield text("Importé, {rows} : {counts}.", rows=rows, counts=counts)
    else:
        yield text("À importer, {rows} : {counts}.", rows=rows, counts=counts)
    yield text("Avec une date de début : {dated} sur {kept}.", dated=found.dated, kept=found.kept)
    if gone := sum(found.vanished.values()):
        yield text("Disparus de cet inventaire : {n} (voir --retire).", n=gone)


def _refused_lines(rows: Sequence[RefusedRow]) -> Iterator[str]:
    for row in rows:
        for one in row.problems:
            yield f"{place_name(Place('', row.row, one.column))}\t{problem_sentence(one.problem)}"


def _json(file: Path, drafts: bytes, found: InventoryPlan, number: int | None, problems: Sequence[Problem]) -> str:
    understood = told.understood(drafts)
    return written(
        {
            "file": file.name,
            "stored": number is not None,
            "inventory": number,
            "understood": {
                "encoding": understood.encoding,
                "delimiter": understood.delimiter,
                "language": understood.language,
                "columns": understood.columns,
                "ignored": understood.ignored,
                "personal": understood.personal,
                "dates": understood.order,
            },
            "counts": {
                "read": found.read,
                "created": found.created,
                "changed": found.changed,
                "unchanged": found.unchanged,
                "refused": len(found.refused),
                "vanished": sum(found.vanished.values()),
                "dated": found.dated,
            },
            "coverage": {
                category or "": {"dated": one.dated, "pieces": one.pieces} for category, one in found.coverage.items()
            },
            "words": [
                {"field": one.field, "word": one.written, "rows": one.count, "reads_as": one.reads_as}
                for one in found.words
            ],
            "drafts": [_draft(row) for row in told.rows(drafts) if isinstance(row, InventoryDraft)],
            "problems": told_problems(
                [
                    *(ImportProblem(Place(), one) for one in problems),
                    *(
                        ImportProblem(Place("", row.row, one.column), one.problem)
                        for row in found.refused
                        for one in row.problems
                    ),
                ]
            ),
        }
    )


def _draft(draft: InventoryDraft) -> Mapping[str, Any]:
    """Write what a row says; what it does not say is left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in draft._asdict().items()
        if value is not None and value != ""
    }
