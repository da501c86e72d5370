"""What every command stands on: a session that reads or writes, a refusal said on a line a problem, and its JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import click
from sqlalchemy.orm import Session

from tracker.config.settings import read
from tracker.domain.drafts import ImportProblem
from tracker.domain.errors import AnyProblem, Forbidden, Invalid, Problem
from tracker.domain.permissions import Permission
from tracker.labels import text
from tracker.labels.problems import problem_sentence
from tracker.services.instance import is_current
from tracker.services.visitor import Visitor, acting_as
from tracker.store.session import Database, opened


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that cannot write."""
    with store() as found, found.reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Write in one transaction, or say each problem on a line and leave with 1."""
    try:
        with store() as found, found.transaction() as session:
            yield session
    except Invalid as refused:
        refuse(*map(problem_sentence, refused.problems))


@contextmanager
def store() -> Iterator[Database]:
    """Give the database of the instance, or leave with one sentence when it is not ready."""
    with opened(read().database_url) as found:
        if not is_current(found):
            refuse(text("La base n'est pas initialisée, ou pas à jour : lancez « tracker init »."))
        yield found


def acting(session: Session, slug: str, email: str | None, permission: Permission, without: AnyProblem) -> Visitor:
    """Let the account of the command in, or leave with one sentence: ``without`` when it lacks the permission."""
    try:
        visitor = acting_as(session, slug, email)
        visitor.require(permission)
    except Invalid as refused:
        refuse(*map(problem_sentence, refused.problems))
    except Forbidden:
        refuse(problem_sentence(Problem("email", without, {"text": email})))
    return visitor


def told_problems(problems: Iterable[ImportProblem]) -> list[Mapping[str, object]]:
    """Give the problems of a file as ``--json`` writes them: the cell, the code and the sentence of each."""
    return [
        {
            "sheet": one.place.sheet,
            "row": one.place.row,
            "column": one.place.column,
            "code": one.problem.code,
            "message": problem_sentence(one.problem),
        }
        for one in problems
    ]


def written(content: object) -> str:
    """Write the preview of a file as ``--json`` gives it."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def refuse(*sentences: str) -> NoReturn:
    """Say why nothing was done, a sentence a line, and leave with 1."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)
