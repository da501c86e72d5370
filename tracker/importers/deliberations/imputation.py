"""Reads the budget lines that a text charges: budget, exercise, section, chapter, function, nature, programme."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.domain.intakes import ProposedBudgetLine
from tracker.domain.vocabulary import BudgetSection
from tracker.importers.deliberations.spelling import folded
from tracker.importers.deliberations.structure import Placed, Zone

_FIELDS = ("budget", "year", "section", "chapter", "function", "nature", "operation")
_NUMBER = r" ?(?:n ?[°o] ?)?:? ?"
_PARTS = re.compile(
    r"(?P<budget>\bbudget (?:principal|general|primitif|supplementaire"
    r"|annexe(?: (?!sur |au |a |en |pour |est |sont )[^,;.:()]{1,60}?)?)"
    r"(?= (?:\d|[-–] |de l'exercice|de l'annee|exercice|annee|en |au |pour |section|chapitre|fonction|nature)"
    r"|[,;.:()]|$))"
    r"|(?:\b(?:exercices?|annees?|budgets?(?: \w+){0,4}?)(?: budgetaires?)? |(?<=principal )"
    r"|(?<=general )|(?<=primitif ))(?P<year>20\d\d)\b"
    r"|\b(?:section )?(?:de |d')?(?P<section>fonctionnement|investissement)\b"
    rf"|\b(?:chapitre|chap\.?)(?: budgetaire)?{_NUMBER}(?P<chapter>\d{{2,4}}[a-z]?)\b"
    rf"|\b(?:fonction|sous-fonction|code fonctionnel"
    rf"|rubrique(?: fonctionnelle)?)(?: budgetaire)?{_NUMBER}(?P<function>\d{{1,5}}(?:[.-]\d{{1,3}})?)\b"
    rf"|\b(?:nature|compte(?: nature)?|article|imputation)(?: budgetaire| comptable)?{_NUMBER}(?P<nature>\d{{3,8}})\b"
    rf"|\b(?:operation|autorisation de programme|ap)(?: budgetaire)?{_NUMBER}(?P<operation>[a-z]{{0,4}}-?\d{{3,14}})\b"
)
_NAMED = {
    "subpolicy": re.compile(r"\bsous-politiques? ?:? ?"),
    "policy": re.compile(r"(?<!sous-)\bpolitique ?:? ?(?=[«\"])"),
    "programme": re.compile(r"(?<!autorisation de )\bprogramme(?: budgetaire)? ?(?:n ?[°o] ?)?:? ?(?=[«\"]|[a-z]?\d)"),
    "managing_department": re.compile(r"\b(?:service|direction|departement|centre) gestionnaire ?:? ?"),
}
_QUOTED = re.compile(r"[«\"] ?([^«»\"]{1,120}?) ?[»\"]")
_BARE = re.compile(r"[\w&][\w&'/-]*(?: (?!et |sera|seront|sur |en |pour |au |du budget|de l'exercice)[\w&'/-]+){0,3}")
_CODE = re.compile(r"([A-Za-z]{0,3}\d+) ?- ?")
_CREDITS = re.compile(r"\b(?:credits?|depenses?|recettes?|imput\w+|inscri\w+|chapitre|budget)\b")


def budget_lines(told: Sequence[Placed]) -> tuple[ProposedBudgetLine, ...]:
    """Give each line charged; a chapter, a nature or a section said again begins another line of the same budget.

    What a following paragraph of the same article says of all (policy, programme, department) is said of each.
    """
    found: list[ProposedBudgetLine] = []
    article, since = "", 0
    for one in told:
        bare = folded(one.text)
        if one.zone not in {Zone.DECIDES, Zone.REPORT, Zone.BETWEEN} or not _CREDITS.search(bare):
            continue
        place = one.locator.split(",")[0]
        if place != article:
            article, since = place, len(found)
        found += _lines(one, bare)
        named = _named(one.text, bare)
        if named and len(found) > since:
            found[since:] = [_with(line, named) for line in found[since:]]
        elif named:
            found.append(_with(ProposedBudgetLine(one.passage()), named))
    return tuple(_once(found))


def _with(line: ProposedBudgetLine, named: Mapping[str, str]) -> ProposedBudgetLine:
    """Add what is named to a line, unless the line says it itself."""
    return replace(
        line,
        policy=line.policy or named.get("policy"),
        subpolicy=line.subpolicy or named.get("subpolicy"),
        programme=line.programme or named.get("programme"),
        managing_department=line.managing_department or named.get("managing_department"),
    )


def _lines(one: Placed, bare: str) -> Iterator[ProposedBudgetLine]:
    """Follow the parts in order; those that say where a line is make one, the others only say of which budget."""
    current: dict[str, str] = {}
    has_codes = False
    for at in _PARTS.finditer(bare):
        name = next(name for name in _FIELDS if at[name])
        value = one.text[at.start(name) : at.end(name)]
        is_again = name in current and folded(current[name]) != folded(value) and name != "budget"
        if is_again and has_codes:
            yield _line(one, current)
            kept = ("budget", "year") if name == "section" else ("budget", "year", "section")
            current = {part: current[part] for part in kept if part in current and part != name}
            has_codes = False
        current.setdefault(name, value)
        has_codes = has_codes or name in {"chapter", "function", "nature", "operation"}
    if has_codes or ({"budget", "year"} & current.keys() and "section" in current) or len(current) > 1:
        yield _line(one, current)


def _line(one: Placed, parts: dict[str, str]) -> ProposedBudgetLine:
    section = parts.get("section")
    budget = parts.get("budget")
    return ProposedBudgetLine(
        one.passage(),
        budget=budget[:1].upper() + budget[1:] if budget else None,
        year=int(parts["year"]) if "year" in parts else None,
        section=None if section is None else _section(section),
        chapter=parts.get("chapter"),
        function=parts.get("function"),
        nature=parts.get("nature"),
        operation=parts.get("operation"),
    )


def _section(written: str) -> BudgetSection:
    return BudgetSection.OPERATING if folded(written) == "fonctionnement" else BudgetSection.INVESTMENT


def _named(text: str, bare: str) -> dict[str, str]:
    """Read what has a name rather than a code, quoted or not: « programme « A120-Numérique » »."""
    told = {}
    for name, label in _NAMED.items():
        at = label.search(bare)
        value = (_QUOTED.match(text, at.end()) or _BARE.match(text, at.end())) if at else None
        if value is not None:
            written = value[1] if value.re is _QUOTED else value[0]
            told[name] = _CODE.sub(r"\1-", written).strip()
    return told


def _once(found: Sequence[ProposedBudgetLine]) -> Iterator[ProposedBudgetLine]:
    """Keep the first of the lines that say the same."""
    seen = set()
    for line in found:
        said = replace(line, passage=found[0].passage)
        if said not in seen:
            seen.add(said)
            yield line
