"""Reads a deliberation whole: the file opened, the names left out, then every part proposed with its passage."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tracker.domain.errors import ProblemCode
from tracker.domain.intakes import (
    Doubt,
    DoubtCode,
    Found,
    Intake,
    ProposedArticle,
    TextForm,
)
from tracker.domain.vocabulary import TaxRegime
from tracker.importers.deliberations import headings, names
from tracker.importers.deliberations.amounts import amounts
from tracker.importers.deliberations.candidates import candidates
from tracker.importers.deliberations.files import opened
from tracker.importers.deliberations.foundations import legal_basis, recitals
from tracker.importers.deliberations.imputation import budget_lines
from tracker.importers.deliberations.paragraphs import Paragraph, paragraphs
from tracker.importers.deliberations.references import references
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import ARTICLE, Placed, Zone, placed
from tracker.importers.deliberations.votes import outcome, votes
from tracker.importers.grid import refused

_SIGNS = (
    re.compile(r"\bdeliber"),
    re.compile(r"\bvus? ?:? ?(?:- )?(?:l[ea]s? |l')(?:code|loi|decret|deliberation|arrete|article|reglement)"),
    re.compile(r"\bseances?\b|\breunion du\b|\bl'an deux mille"),
    re.compile(r"\barticle (?:\d|unique|premier)"),
    re.compile(r"\b(?:adopte|approuve|decide|autorise)"),
    re.compile(r"\b(?:conseil (?:municipal|communautaire|metropolitain|departemental|regional"
        r"|de (?:la )?metropole|de (?:la )?communaute)"
               r"|bureau (?:de (?:la )?metropole|communautaire|syndical)|commission permanente|comite syndical)"),
    re.compile(r"\bmise? aux voix|\ba l'unanimite|\bvoix pour\b|\bconsiderant\b"),
)  # fmt: skip
_FEWEST_SIGNS = 4
T = TypeVar("T", str, date)
_LINE_CODES = ("chapter", "nature")


def parse(content: bytes, name: str) -> Intake:
    """Read the text of a deliberation and propose what it says.

    Call it through ``child.read``: nothing here keeps a hostile file from taking the memory of the process.

    Raises:
        Invalid: for a file that cannot be read, and for a text that is no deliberation.
    """
    form, blocks = opened(content, name)
    whole = folded("\n".join(" ".join(block) for block in blocks))
    if sum(bool(sign.search(whole)) for sign in _SIGNS) < _FEWEST_SIGNS or not _SIGNS[0].search(whole):
        raise refused(ProblemCode.TEXT_NOT_A_DELIBERATION)
    left = names.without_names(paragraphs(blocks))
    return proposed(form, left.paragraphs, left.touched)


def proposed(form: TextForm, told: Sequence[Paragraph], touched: frozenset[int] = frozenset()) -> Intake:
    """Propose what paragraphs without names say; ``touched`` are those where a name was taken out."""
    parts = placed(told)
    numbers, internal = headings.number(parts)
    title, ending = headings.title(parts, numbers)
    number = numbers[0] if numbers else None
    sessions = headings.sessions(parts)
    intake = Intake(
        form=form,
        number=number,
        internal_reference=internal or ending,
        session_on=sessions[0] if sessions else None,
        body=headings.body(parts),
        title=title,
        rapporteur_role=headings.rapporteur_role(parts),
        outcome=outcome(parts),
        votes=votes(parts),
        legal_basis=legal_basis(parts),
        recitals=recitals(parts),
        articles=articles(parts),
        amounts=tuple(amounts(parts)),
        budget_lines=budget_lines(parts),
        references=references(parts, title.value if title else "", number.value if number else None),
        candidates=candidates(parts),
    )
    others = [*_differing(DoubtCode.NUMBERS_DIFFER, numbers), *_differing(DoubtCode.DATES_DIFFER, sessions)]
    return replace(intake, doubts=(*_missing(intake), *others, *_uncertain(intake), *_withheld(parts, touched)))


def articles(parts: Sequence[Placed]) -> tuple[ProposedArticle, ...]:
    """Give each article with all its alinéas; where none is numbered, each alinéa that decides."""
    found: list[ProposedArticle] = []
    for one in parts:
        if one.zone is not Zone.DECIDES:
            continue
        heading = ARTICLE.match(folded(one.text))
        label = one.locator.split(",")[0] if one.locator.startswith("article") else one.locator.split(", ")[-1]
        text = one.text[heading.end() :] if heading else one.text
        if found and found[-1].label == label and one.locator.startswith("article"):
            text = f"{found[-1].text}\n{text}".strip()
            found[-1] = replace(found[-1], text=text, passage=replace(found[-1].passage, text=text))
        else:
            found.append(ProposedArticle(label, text, replace(one.passage(text), locator=label)))
    return tuple(found)


def _missing(intake: Intake) -> Iterator[Doubt]:
    """Name what a deliberation has, and this text does not seem to have."""
    wanted = {
        DoubtCode.NUMBER_MISSING: intake.number,
        DoubtCode.DATE_MISSING: intake.session_on,
        DoubtCode.BODY_MISSING: intake.body,
        DoubtCode.TITLE_MISSING: intake.title,
        DoubtCode.ARTICLES_MISSING: intake.articles or None,
        DoubtCode.OUTCOME_MISSING: intake.outcome,
    }
    return (Doubt(code) for code, found in wanted.items() if found is None)


def _differing(code: DoubtCode, found: Sequence[Found[T]]) -> Iterator[Doubt]:
    values = dict.fromkeys(str(one.value) for one in found)
    if len(values) > 1:
        kept, *others = values
        other = next(one for one in found if str(one.value) == others[0])
        yield Doubt(code, other.passage, {"kept": kept, "other": others[0]})


def _uncertain(intake: Intake) -> Iterator[Doubt]:
    """Name what was read in a way that somebody else might not."""
    title = intake.title
    if title is not None and title.value not in title.passage.text:
        yield Doubt(DoubtCode.SPELLING_MENDED, title.passage, {"text": title.value})
    for amount in intake.amounts:
        if amount.tax is TaxRegime.UNSTATED and amount.passage.locator.startswith(("article", "dispositif")):
            yield Doubt(DoubtCode.TAX_UNSTATED, amount.passage, {"euros": str(amount.euros)})
    decided = {one.euros for one in intake.amounts if one.passage.locator.startswith(("article", "dispositif"))}
    for amount in intake.amounts:
        if len(decided) == 1 and amount.euros not in decided and amount.passage.locator.startswith("exposé"):
            values = {"euros": str(amount.euros), "decided": str(*decided)}
            yield Doubt(DoubtCode.AMOUNTS_DIFFER, amount.passage, values)
    for line in intake.budget_lines:
        if any(getattr(line, name) is None for name in _LINE_CODES):
            yield Doubt(DoubtCode.BUDGET_LINE_INCOMPLETE, line.passage)


def _withheld(parts: Sequence[Placed], touched: frozenset[int]) -> Iterator[Doubt]:
    return (Doubt(DoubtCode.NAMES_WITHHELD, one.passage()) for one in parts if one.paragraph.rank in touched)
