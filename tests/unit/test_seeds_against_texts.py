"""The seed files say what the deliberations say, in our own words and without any person's name.

The texts are not part of this repository (they hold attendance lists): without them, these tests
are skipped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
TEXTS = ROOT.parent / "shared" / "deliberations"
FILES = sorted((SEEDS / "deliberations").glob("*.yaml"))
OUTSIDE = "non cité dans le texte"
MONTHS = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
]  # fmt: skip

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"the texts of the deliberations are not here: {TEXTS}")


def load(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def flat(text: str) -> str:
    """Lower case, no accents, no markup, single spaces."""
    text = re.sub(r"<[^>]+>|[*#]", "", text).replace("’", "'")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", text).lower()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", flat(text))


def raw_text(data: dict[str, Any]) -> str:
    found = []
    for path in sorted(TEXTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        opening = text[text.index(data["number"]) :] if data["number"] in text else ""
        if opening and data["internal_reference"] in opening:
            found.append(text)
    assert len(found) == 1, f"exactly one text bears the number {data['number']}"
    return found[0]


def french_date(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{'1er' if day == 1 else f'{day:02d}'} {MONTHS[month - 1]} {year}"


def has_date(text: str, iso: str) -> bool:
    return french_date(iso) in text or french_date(iso).removeprefix("0") in text


def has_number(text: str, number: str) -> bool:
    return re.search(rf"(?<![\d]){re.escape(number)}(?![\d])", text) is not None


def numbers(text: str) -> list[str]:
    """Numbers of a French or English sentence, thousands kept together (4 000, 4,000)."""
    joined = re.sub(r"(?<=\d)[ ,](?=\d{3}\b)", "", text)
    return re.findall(r"\d+", joined)


def joined_thousands(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)


def quotes(text: str) -> list[str]:
    return re.findall(r"« (.*?) »", text)


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def deliberation(request: pytest.FixtureRequest) -> dict[str, Any]:
    path = request.param
    assert isinstance(path, Path)
    return load(path)


@pytest.fixture
def text(deliberation: dict[str, Any]) -> str:
    return flat(raw_text(deliberation))


def test_numbers_and_dates_of_the_deliberation(deliberation: dict[str, Any], text: str) -> None:
    assert flat(deliberation["number"]) in text
    assert flat(deliberation["internal_reference"]) in text
    assert re.search(rf"seance du (\w+ )?{french_date(deliberation['adopted_on'])}", text)
    assert "mise aux voix est adoptee" in text
    assert flat(deliberation["body"]) in text
    for relation in deliberation.get("relations", []):
        assert flat(relation["number"]) in text
        assert has_date(text, relation["adopted_on"])
        after = text[text.index(flat(relation["number"])) :][:160]
        assert has_date(after, relation["adopted_on"])
        if "body" in relation:
            assert flat(relation["body"]).replace("la ", "") in after.replace("la ", "")


def test_legal_basis_is_cited(deliberation: dict[str, Any], text: str) -> None:
    for basis in deliberation["legal_basis"]:
        cited = re.sub(r"\(abrogé[^)]*\)", "", basis)
        found = re.findall(r"\d[\d/-]*\d|\d", re.sub(r"\d{1,2} \w+ \d{4}", "", cited))
        for number in found:
            assert has_number(text, number), basis
        for date in re.findall(r"(\d{1,2} \w+ \d{4})", cited):
            assert flat(date) in text.replace(" 09 ", " 9 "), basis


def test_legal_references_are_cited_or_say_they_are_not(deliberation: dict[str, Any], text: str) -> None:
    for commitment in deliberation["commitments"]:
        for reference in commitment.get("legal_references", []):
            if OUTSIDE in reference:
                continue
            cited = re.sub(r"\(abrogé[^)]*\)", "", reference)
            for number in re.findall(r"\d{2,4}-\d+|\d+", cited):
                assert has_number(text, number), (commitment["code"], reference)
            if reference == "RGAA":
                assert "rgaa" in text or "rg2a" in text
            if reference == "RGPD":
                assert "rgpd" in text


def test_locators_name_parts_of_the_text(deliberation: dict[str, Any], text: str) -> None:
    for commitment in deliberation["commitments"]:
        locator = commitment["locator"]
        assert re.search(r"\d|article unique|considérant|dernier alinéa", locator), locator
        if locator.startswith("exposé, "):
            for part in locator.split(", "):
                if part[0].isupper():
                    assert flat(part) in text, (commitment["code"], part)


def test_quoted_words_are_in_the_text(deliberation: dict[str, Any], text: str) -> None:
    for commitment in deliberation["commitments"]:
        for value in strings(commitment):
            for quote in quotes(value):
                assert flat(quote) in text, (commitment["code"], quote)


def test_figures_are_in_the_text(deliberation: dict[str, Any], text: str) -> None:
    plain = joined_thousands(text)
    spelled = {"7": "sept"}
    for commitment in deliberation["commitments"]:
        keys = ("title_fr", "title_en", "statement_fr", "statement_en", "due_note", "steering")
        for key in keys:
            for number in numbers(commitment.get(key, "")):
                known = has_number(plain, number) or spelled.get(number, "\0") in plain
                assert known, (commitment["code"], key, number)
        for item in (*commitment.get("baselines", []), *commitment.get("targets", [])):
            said = " ".join(quotes(item.get("reason_fr", "") + item.get("source_fr", "")))
            for figure in (item[key] for key in ("value", "start") if key in item):
                assert has_number(plain, figure), (commitment["code"], item)
                assert has_number(said, figure), (commitment["code"], item)
            if "start_year" in item:
                assert item["start_year"] == int(deliberation["adopted_on"][:4]), (commitment["code"], item)


def test_dates_are_in_the_text(deliberation: dict[str, Any], text: str) -> None:
    for commitment in deliberation["commitments"]:
        for key in ("starts_on", "due_on"):
            value = commitment.get(key)
            if value is None or commitment.get("due_precision") == "derived":
                continue
            precision = commitment.get("due_precision", "day")
            year, month = value[:4], MONTHS[int(value[5:7]) - 1]
            code = commitment["code"]
            assert has_number(text, year), code
            if precision == "month":
                assert f"{month} {year}" in text, code
            elif precision == "half_year":
                half = "premier" if int(value[5:7]) <= 6 else "second"
                assert f"{half} semestre {year}" in text, code
            elif precision == "day":
                day = "1er" if value.endswith("-01") else str(int(value[8:]))
                assert re.search(rf"\b{day}\b( et \d+)? {month} {year}", text), code


def test_findings_are_in_the_text(deliberation: dict[str, Any], text: str) -> None:
    plain = joined_thousands(text)
    everything = flat(" ".join(p.read_text(encoding="utf-8") for p in sorted(TEXTS.glob("*.txt"))))
    for commitment in deliberation["commitments"]:
        for finding in commitment.get("findings", []):
            code = commitment["code"]
            cited = r"[A-Z]+-\d+-\d+/\d+/[A-Z]+|\d+/\d+/[A-Z]+"
            is_told_elsewhere = re.search(cited, finding["evidence_fr"])  # by another of the four texts, named there
            assert has_date(everything if is_told_elsewhere else text, finding["on"]), code
            for number in re.findall(cited, finding["evidence_fr"]):
                assert flat(number) in everything, (code, number)
            if "year" in finding:
                assert has_number(text, str(finding["year"])), code
            if "amount" in finding:
                assert re.search(rf"\b{finding['amount']} (euros|€)", plain), code
                assert ("ttc" in text) == (finding["tax"] == "inclusive"), code
            for part in finding.get("budget_line", "").rstrip(".").split(", "):
                for token in words(part):
                    assert token in words(text), (code, part)
                for budget_code in re.findall(r"\b[A-Z]?\d[\dA-Z]+\b", part):
                    assert has_number(text, budget_code.lower()), (code, budget_code)


def test_memberships_say_what_the_texts_say_and_leave_the_rest_empty() -> None:
    everything = flat(" ".join(p.read_text(encoding="utf-8") for p in sorted(TEXTS.glob("*.txt"))))
    numbered = {load(path)["reference"]: load(path) for path in FILES}
    for membership in load(SEEDS / "memberships" / "amp.yaml")["memberships"]:
        for part in re.split(", dit ", membership["name"]):
            assert flat(part).removeprefix("les ") in everything.replace(" - ", " "), part
        for year in membership["years"]:
            told = raw_text(numbered[year["deliberation"]]) if "deliberation" in year else ""
            assert has_date(flat(told) or everything, year["decided_on"])
            for number in re.findall(
                r"[A-Z]+-\d+-\d+/\d+/[A-Z]+", " ".join((year.get("decided_by", ""), year["evidence_fr"]))
            ):
                assert flat(number) in everything
            if "decided_by" in year:
                number = re.findall(r"[A-Z]+-\d+-\d+/\d+/[A-Z]+", year["decided_by"])[0]
                cited = everything[everything.index(flat(number)) :][:300]
                assert has_date(cited[:100], year["decided_on"])
                assert "adhesion" in cited
            if not told:
                assert "amount" not in year
                assert "budget_line" not in year
                continue
            plain = joined_thousands(flat(told))
            assert re.search(rf"\b{year['amount']} (euros|€)|\b{year['amount']} ", plain)
            assert ("ttc" in plain) == (year["tax"] == "inclusive")
            for key, value in year["budget_line"].items():
                assert all(word in words(told) for word in words(str(value))), (key, value)
            assert "paid_on" not in year


def test_articles_and_budget_lines_are_in_the_text(deliberation: dict[str, Any], text: str) -> None:
    plain = joined_thousands(text)
    found = re.findall(r"article (\d+|unique)(?= (?::|sont|les|est|monsieur))", text)
    assert [f"article {number}" for number in found] == [article["label"] for article in deliberation["articles"]]
    for article in deliberation["articles"]:
        told = article["label"].removeprefix("article ") + " " + article["body_fr"]
        for number in numbers(told):
            assert has_number(plain, number), article
        for code in re.findall(r"\b[A-Z]?\d[\dA-Z]+\b", joined_thousands(told)):
            assert has_number(plain, code.lower()), article
    for line in deliberation.get("budget_lines", []):
        assert re.search(rf"\b{line['amount']} (euros|€)", plain), line
        assert ("ttc" in text) == (line["tax"] == "inclusive"), line
        section = {"operating": "fonctionnement", "investment": "investissement"}[line["section"]]
        assert re.search(rf"section (de |d')?{section}", text), line
        for key, before in (("chapter", "chapitre"), ("function", "fonction"), ("nature", "nature(?: budgetaire)?")):
            assert re.search(rf"\b{before} {line[key]}\b", text), (line, key)
        assert re.search(rf"exercice {line['year']}\b", text), line
        for key in ("budget", "policy", "programme", "manager"):
            assert set(words(line.get(key, ""))) <= set(words(text)), (line, key)


def test_departments_are_named_by_a_text() -> None:
    everything = flat(" ".join(p.read_text(encoding="utf-8") for p in sorted(TEXTS.glob("*.txt"))))
    for organisation in load(SEEDS / "organisations.yaml")["organisations"]:
        for department in organisation["departments"]:
            assert department["code"].lower() in everything
            assert flat(department["name"]) in everything


def test_statements_are_in_our_own_words(deliberation: dict[str, Any], text: str) -> None:
    size = 8
    source = words(text)
    runs = {tuple(source[i : i + size]) for i in range(len(source) - size + 1)}
    told = [(one["code"], one["statement_fr"]) for one in deliberation["commitments"]]
    for code, statement in told + [(one["label"], one["body_fr"]) for one in deliberation["articles"]]:
        said = words(statement)
        for i in range(len(said) - size + 1):
            assert tuple(said[i : i + size]) not in runs, (code, said[i : i + size])


def listed_people() -> set[tuple[str, str]]:
    """First name and surname of everyone in the attendance lists and the signatures."""
    surname = r"[A-ZÀ-Ý][A-ZÀ-Ý'’-]+(?: [A-ZÀ-Ý'’-]{2,})*"
    first = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[- ][A-ZÀ-Ý][a-zà-ÿ]+)*"
    people: set[tuple[str, str]] = set()
    for path in sorted(TEXTS.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        people.update(re.findall(rf"\b({first}) ({surname})", raw))
    return people


def names_found(content: str, people: set[tuple[str, str]]) -> int:
    """Full names in either order, and surnames written with a capital (some are also words)."""
    folded = f" {' '.join(words(content))} "
    capitals = " " + " ".join(re.findall(r"[^\W_]+", content)) + " "
    found = 0
    for first, surname in people:
        for name in (f"{first} {surname}", f"{surname} {first}"):
            found += f" {' '.join(words(name))} " in folded
        if len(surname) >= 4:
            parts = re.findall(r"[^\W_]+", surname)
            for written in (parts, [part.capitalize() for part in parts]):
                found += f" {' '.join(written)} " in capitals
    return found


def test_no_name_of_a_person_is_in_the_seed_files() -> None:
    people = listed_people()
    assert len(people) > 150, "the attendance lists were read"
    some_first, some_surname = min(people)
    assert names_found(f"Vu par {some_first} {some_surname}.", people) > 0, "the check works"
    for path in sorted(SEEDS.rglob("*.yaml")):
        found = names_found(path.read_text(encoding="utf-8"), people)
        assert found == 0, f"{path.name} holds {found} listed names"
