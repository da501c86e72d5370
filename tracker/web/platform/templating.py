"""What the templates of the screens may say beside the product's words: who looks, what was refused, where to go."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, request, url_for

from tracker.config.paths import bundled
from tracker.domain.periods import last_full_year
from tracker.domain.permissions import Permission
from tracker.labels import comparison, deliberations, evidence, histories, intakes
from tracker.labels.journal import shown as journal_shown
from tracker.labels.journal import subject_shown
from tracker.labels.problems import problem_sentence
from tracker.reports.speech import teach
from tracker.web.platform.clock import today
from tracker.web.platform.guards import current_visitor
from tracker.web.platform.language import PARAMETER
from tracker.web.platform.sign_in import account
from tracker.web.platform.unread import unread
from tracker.web.platform.years import year_not_begun

EVIDENCE: Mapping[str, Callable[..., Any]] = {
    "file_size": evidence.file_size,
    "file_kind": evidence.file_kind,
    "revision_lines": histories.revision_lines,
    "reading_phrase": histories.reading_phrase,
    "fate_word": histories.fate_word,
    "step_sentence": histories.step_sentence,
    "direction_word": comparison.direction_word,
    "difference_phrase": comparison.difference_phrase,
    "relative_phrase": comparison.relative_phrase,
    "restated_note": comparison.restated_note,
    "uncompared_sentence": comparison.uncompared_sentence,
}
"""The words of the history of a value, of its files, and of two years side by side: only screens say them."""

DELIBERATIONS: Mapping[str, Callable[..., Any]] = {
    "vote_phrase": deliberations.vote_phrase,
    "vote_outcome": deliberations.vote_outcome,
    "vote_counts": deliberations.vote_counts,
    "done_to": deliberations.done_to,
    "doubt_sentence": intakes.doubt_sentence,
    "field_name": intakes.field_name,
    "passage_place": intakes.passage_place,
    "ground_name": intakes.ground_name,
    "votes_told": intakes.votes_told,
}
"""The words of the texts that were voted, and of those that wait for somebody to read them again."""


def init_app(app: Flask) -> None:
    """Set the templates' folder and what they know."""
    app.template_folder = str(bundled("templates"))
    teach(app.jinja_env)
    app.jinja_env.globals.update(
        journal_shown=journal_shown,
        subject_shown=subject_shown,
        problem_sentence=problem_sentence,
        Permission=Permission,
        in_language=_in_language,
        asked=asked,
        visitor=current_visitor,
        account=account,
        unread=unread,
        year_not_begun=year_not_begun,
        nav_year=lambda: last_full_year(today()),
        **EVIDENCE,
        **DELIBERATIONS,
    )


def _in_language(language: str) -> str:
    """Give the address of this page in ``language``."""
    if request.endpoint is None or request.method != "GET":
        return url_for("home.organisations", langue=language)
    told: dict[str, Any] = {**asked(), **(request.view_args or {}), PARAMETER: language}
    return url_for(str(request.endpoint), **told)


def asked() -> dict[str, str]:
    """Give what the address asks for, to be asked for again; without the names that build an address otherwise."""
    return {name: told for name, told in request.args.items() if not name.startswith("_") and name != "endpoint"}
