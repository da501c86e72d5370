"""The command ``tracker import deliberation``: what a text proposes, told and never stored."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tracker.cli.shell import reading, refuse
from tracker.domain.errors import Invalid
from tracker.domain.intakes import Found, Intake, Passage, ProposedBudgetLine
from tracker.importers.deliberations import child
from tracker.importers.deliberations.told import to_json
from tracker.labels import N_, text, word
from tracker.labels.formats import cents, day
from tracker.labels.intakes import doubt_sentence, form_name, ground_name, passage_place, votes_told
from tracker.labels.problems import problem_sentence
from tracker.services.visitor import acting_as

_SHOWN = 160  # letters of a passage that a line quotes
_PARTS = {
    "budget": N_("budget"),
    "year": N_("exercice"),
    "section": N_("section"),
    "chapter": N_("chapitre"),
    "function": N_("fonction"),
    "nature": N_("nature"),
    "operation": N_("opération"),
    "policy": N_("politique"),
    "subpolicy": N_("sous-politique"),
    "programme": N_("programme"),
    "managing_department": N_("service gestionnaire"),
}
Line = tuple[str, Passage | None]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG")
@click.option("--dry-run", is_flag=True, help="Dit ce qui est proposé ; obligatoire, rien ne s'enregistre d'ici.")
@click.option("--json", "as_json", is_flag=True, help="Écrit la proposition en JSON.")
def deliberation(file: Path, organisation: str, *, dry_run: bool, as_json: bool) -> None:
    """Lit une délibération (texte, PDF, ODT) et dit ce qu'elle propose."""
    if not dry_run:
        raise click.UsageError(
            text("Une délibération se relit à l'écran avant d'être enregistrée : ici, ajoutez --dry-run pour l'aperçu.")
        )
    try:
        with reading() as session:
            acting_as(session, organisation, None)
        intake = child.read(file.read_bytes(), file.name)
    except Invalid as refused:
        if as_json:
            problems = [{"code": one.code, "message": problem_sentence(one)} for one in refused.problems]
            click.echo(_written({"file": file.name, "stored": False, "problems": problems}))
        refuse(*map(problem_sentence, refused.problems))
    if as_json:
        told = to_json(intake)
        for doubt, said in zip(intake.doubts, told["doubts"], strict=True):
            said["message"] = doubt_sentence(doubt)
        click.echo(_written({"file": file.name, "stored": False, "problems": [], **told}))
    else:
        for line in _lines(intake):
            click.echo(line)


def _written(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)


def _lines(intake: Intake) -> Iterator[str]:
    """Say each part under its heading, a line a value, with the passage that it comes from."""
    yield text("Lu comme : {form}. Rien n'est enregistré.", form=form_name(intake.form))
    for heading, lines in _parts(intake):
        yield ""
        yield heading
        if not lines:
            yield "  " + text("non trouvé")
        for told, passage in lines:
            yield f"  {told}"
            if passage is not None:
                yield f"    [{passage_place(passage)}] {_quoted(passage.text)}"


def _parts(intake: Intake) -> Iterator[tuple[str, Sequence[Line]]]:
    session, outcome, votes = intake.session_on, intake.outcome, intake.votes
    yield text("Numéro"), _one(intake.number)
    yield text("Référence interne"), _one(intake.internal_reference)
    yield text("Date de la séance"), [(day(session.value), session.passage)] if session else []
    yield text("Assemblée"), _one(intake.body)
    yield text("Objet"), _one(intake.title)
    yield text("Rôle du rapporteur"), _one(intake.rapporteur_role)
    yield text("Issue du vote"), [(word(outcome.value), outcome.passage)] if outcome else []
    yield text("Vote"), [(votes_told(votes.value), votes.passage)] if votes else []
    yield text("Visas"), [(one.value, None) for one in intake.legal_basis]
    yield text("Considérants"), [(one.value, None) for one in intake.recitals]
    yield text("Articles"), [(f"{one.label} | {_quoted(one.text)}", None) for one in intake.articles]
    yield (
        text("Sommes"),
        [
            (
                " | ".join([f"{cents(one.euros)} €", word(one.tax), *([str(one.year)] if one.year else [])]),
                one.passage,
            )
            for one in intake.amounts
        ],
    )
    yield text("Imputations budgétaires"), [(_imputation(one), one.passage) for one in intake.budget_lines]
    yield (
        text("Autres délibérations citées"),
        [
            (
                " | ".join(
                    part
                    for part in (
                        word(one.kind),
                        one.number,
                        one.adopted_on and day(one.adopted_on),
                        one.body,
                        one.subject,
                    )
                    if part
                ),
                None,
            )
            for one in intake.references
        ],
    )
    yield (
        text("Engagements proposés"),
        [
            (
                (
                    f"{word(one.kind)} ({ground_name(one.kind_ground)}), {word(one.strength)} "
                    f"({ground_name(one.strength_ground)})"
                ),
                one.passage,
            )
            for one in intake.candidates
        ],
    )
    yield text("Points à vérifier"), [(doubt_sentence(one), one.passage) for one in intake.doubts]


def _one(found: Found[str] | None) -> Sequence[Line]:
    return [(found.value, found.passage)] if found else []


def _imputation(line: ProposedBudgetLine) -> str:
    """Say the parts that a line states: « chapitre 011 | nature 6281 »."""
    told = []
    for name, label in _PARTS.items():
        value = getattr(line, name)
        if value is not None:
            told.append(f"{text(label)} {word(value) if name == 'section' else value}")
    return " | ".join(told)


def _quoted(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
