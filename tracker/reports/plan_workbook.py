"""The action plan of a year as an XLSX workbook to sort and to sum: its actions, their steps, their means by axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.domain.actions import ActionRecord
from tracker.domain.budget import Imputation
from tracker.exports.paper import legible
from tracker.exports.spreadsheet import Cell
from tracker.exports.workbook import spreadsheet_number
from tracker.exports.xlsx import AS_TYPED
from tracker.labels import day, text, typeset, word
from tracker.labels.budget import ACCOUNT_CODES
from tracker.labels.papers import fiction_sentence
from tracker.labels.plans import status_phrase
from tracker.labels.timelines import named
from tracker.reports.plan_means import axes_of, means_rows
from tracker.reports.plan_paper import PlanDossier, plan_title

_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#DDE3EA"},
    "text": {"text_wrap": True, "valign": "top", "border": 1},
    "number": {"valign": "top", "border": 1, "num_format": "#,##0.00"},
    "count": {"valign": "top", "border": 1, "num_format": "0"},
    "day": {"valign": "top", "border": 1, "num_format": "dd/mm/yyyy"},
}
_HEADINGS = 2
"""The row of the headings, counted from zero: under the title and what it is worth."""

_FROZEN_COLUMNS = 2
_A3 = 8
_SHEETS_ACROSS = 4  # as many as all the columns of the actions need to stay legible
_LINE, _TALLEST = 15.0, 409.0  # points, the second the most that a row may have
_WIDER = 1.15  # words break before the end of a line
_MOST_LETTERS = 32_767  # that a cell of a spreadsheet holds


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its name, its headings with their widths in characters, and its rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


def plan_workbook(dossier: PlanDossier) -> bytes:
    """Write the plan as XLSX, in the language being spoken; the same bytes for the same values."""
    made = BytesIO()
    with Workbook(made, dict(AS_TYPED)) as workbook:
        told = datetime.combine(dossier.as_of, time())
        name = legible(typeset(dossier.organisation.name))
        workbook.set_properties({"title": plan_title(dossier), "author": name, "created": told})
        looks = {kind: workbook.add_format(dict(look)) for kind, look in _LOOKS.items()}
        for page in (_actions(dossier), _steps(dossier), _means(dossier)):
            _fill(workbook.add_worksheet(page.name), page, dossier, looks)
    return made.getvalue()


def _fill(sheet: Worksheet, page: Page, dossier: PlanDossier, looks: Mapping[str, Format]) -> None:
    organisation = dossier.organisation
    sheet.write_string(0, 0, legible(f"{plan_title(dossier)}, {typeset(organisation.name)}"), looks["title"])
    worth = text("{stage}, au {on}", stage=word(dossier.plan.stage), on=day(dossier.as_of))
    fiction = fiction_sentence(typeset(organisation.name)) if organisation.is_fictional else ""
    sheet.write_string(1, 0, legible(" ".join(filter(None, (f"{worth}.", fiction)))))
    for at, (heading, width) in enumerate(page.columns):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADINGS, at, heading, looks["heading"])
    sheet.set_row(_HEADINGS, _height([heading for heading, _ in page.columns], page))
    for rank, row in enumerate(page.rows, _HEADINGS + 1):
        sheet.set_row(rank, _height(row, page))
        for at, cell in enumerate(row):
            _write(sheet, rank, at, cell, looks)
    sheet.autofilter(_HEADINGS, 0, _HEADINGS + len(page.rows), len(page.columns) - 1)
    sheet.freeze_panes(_HEADINGS + 1, _FROZEN_COLUMNS)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(_SHEETS_ACROSS, 0)
    sheet.repeat_rows(_HEADINGS)
    sheet.repeat_columns(0, _FROZEN_COLUMNS - 1)


def _height(row: Sequence[Cell], page: Page) -> float:
    """Give the height in points that the longest text of a row wraps to: LibreOffice makes none by itself."""
    lines = 1
    for cell, (_, width) in zip(row, page.columns, strict=True):
        if isinstance(cell, str):
            lines = max(lines, sum(max(1, ceil(_WIDER * len(line) / width)) for line in cell.split("\n")))
    return min(_LINE * lines, _TALLEST)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, looks: Mapping[str, Format]) -> None:
    told = spreadsheet_number(Decimal(cell)) if isinstance(cell, int | Decimal) else cell
    match told:
        case None | "":
            sheet.write_blank(row, column, None, looks["text"])
        case Decimal():
            sheet.write_number(row, column, float(told), looks["count" if isinstance(cell, int) else "number"])
        case date():
            sheet.write_datetime(row, column, datetime.combine(told, time()), looks["day"])
        case _:
            sheet.write_string(row, column, legible(str(told))[:_MOST_LETTERS], looks["text"])


def _actions(dossier: PlanDossier) -> Page:
    columns = (
        (text("Code"), 10),
        (text("Action"), 40),
        (text("État"), 12),
        (text("Axes"), 20),
        (text("Engagements"), 18),
        (text("Intitulés des engagements"), 40),
        (text("Service pilote"), 24),
        (text("Services associés"), 28),
        (text("Pilote (fonction)"), 24),
        (text("Début"), 12),
        (text("Fin"), 12),
        (text("Budget prévu (€)"), 14),
        (text("Dépensé (€)"), 14),
        (text("Régime de taxe"), 16),
        (text("ETP prévus"), 10),
        (text("ETP employés"), 10),
        (text("Exercice"), 10),
        *((text(name)[:1].upper() + text(name)[1:], 14) for _, name in ACCOUNT_CODES),
        (text("Effets attendus"), 36),
        (text("Risques"), 36),
        (text("Bilan"), 36),
        (text("Reprise de l'action"), 20),
        (text("Motif du report"), 30),
    )
    return Page(text("Actions"), columns, [_action_row(action, dossier) for action in dossier.plan.actions])


def _action_row(action: ActionRecord, dossier: PlanDossier) -> Sequence[Cell]:
    means, line = action.means, action.line or Imputation()
    titles = {code: one.title for code, one in dossier.commitments.items()}
    has_money = means.planned is not None or means.spent is not None
    carried = action.carried_from
    return (
        action.code,
        typeset(action.title),
        status_phrase(action, dossier.as_of),
        ", ".join(map(word, axes_of(action, dossier.commitments))),
        ", ".join(action.commitments),
        named(action.commitments, titles),
        named((action.lead,), dossier.departments),
        named(action.contributors, dossier.departments),
        typeset(action.pilot),
        action.starts_on,
        action.ends_on,
        means.planned,
        means.spent,
        word(means.tax) if has_money else None,
        means.fte_planned,
        means.fte_spent,
        line.year,
        *(getattr(line, part) for part, _ in ACCOUNT_CODES),
        "\n".join(
            text(
                "{indicator} : {expected}",
                indicator=named((one.indicator,), dossier.indicators),
                expected=typeset(one.expected),
            )
            for one in action.effects
        ),
        typeset(action.risks),
        typeset(action.review),
        text("{code} du plan {year}", code=carried[1], year=carried[0]) if carried else None,
        typeset(action.carry_reason),
    )


def _steps(dossier: PlanDossier) -> Page:
    columns = (
        (text("Code"), 10),
        (text("Action"), 40),
        (text("Étape"), 44),
        (text("Prévue le"), 12),
        (text("Faite le"), 12),
    )
    rows = [
        (action.code, typeset(action.title), typeset(step.title), step.due_on, step.done_on)
        for action in dossier.plan.actions
        for step in action.steps
    ]
    return Page(text("Étapes"), columns, rows)


def _means(dossier: PlanDossier) -> Page:
    """Give a line an axis and tax regime; what counts actions and posts stands on the first line of each axis."""
    columns = (
        (text("Axe"), 28),
        (text("Régime de taxe"), 22),
        (text("Budget prévu (€)"), 16),
        (text("Dépensé (€)"), 16),
        (text("Actions"), 10),
        (text("Sans montant prévu"), 12),
        (text("ETP prévus"), 12),
        (text("ETP employés"), 12),
    )
    rows: list[Sequence[Cell]] = []
    actions = dossier.plan.actions
    for group in means_rows(actions, dossier.commitments):
        counted: Sequence[Cell] = (group.actions, group.without_planned, group.fte_planned, group.fte_spent)
        for rank, tax in enumerate(group.regimes or [None]):
            money: Sequence[Cell] = (word(tax), group.planned.get(tax), group.spent.get(tax)) if tax else (None,) * 3
            rows.append((group.name, *money, *(counted if rank == 0 else (None,) * 4)))
    return Page(text("Moyens"), columns, rows)
