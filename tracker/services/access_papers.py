"""The documents of an accessibility scheme and of its yearly plans."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.exports.odt import odt_file
from tracker.exports.paper import Paper
from tracker.reports.paper_html import html_file
from tracker.reports.scheme_paper import SchemeDossier, plan_paper, scheme_paper
from tracker.services.accessibility import Accessibility, accessibility, find_scheme
from tracker.services.visitor import Visitor


def scheme_file(session: Session, visitor: Visitor, number: int, form: str, today: date) -> bytes:
    """Write a scheme as « html » or « odt », in French whatever is spoken.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no such scheme.
    """
    found = accessibility(session, visitor)
    return _written(scheme_paper(find_scheme(found, number), _dossier(visitor, found, today)), form)


def plan_file(session: Session, visitor: Visitor, year: int, form: str, today: date) -> bytes:
    """Write the plan of a year as « html » or « odt », in French whatever is spoken.

    Raises:
        Forbidden: without the right to read.
        NotFound: when the organisation has no plan of that year.
    """
    found = accessibility(session, visitor)
    plan = found.plans.get(year)
    if plan is None:
        raise NotFound(year)
    return _written(plan_paper(plan, _dossier(visitor, found, today)), form)


def _dossier(visitor: Visitor, found: Accessibility, today: date) -> SchemeDossier:
    names: Mapping[int, str] = {number: one.record.name for number, one in found.services.items()}
    home = visitor.organisation
    return SchemeDossier(home.name, home.is_fictional, today, found.plans, names)


def _written(paper: Paper, form: str) -> bytes:
    return odt_file(paper) if form == "odt" else html_file(paper)
