"""Lines of measurements as they may be stored, with the texts that files like least."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tracker.domain.drafts import ImportedRow
from tracker.domain.numbers import parse_number
from tracker.domain.texts import tidy
from tracker.domain.vocabulary import TYPED_ABSENCES, Quality
from tracker.exports.measurements import Line

HOSTILE = (
    "=1+1",
    '=HYPERLINK("//exemple","ici")',
    "+33 4 91",
    "-25",
    "@SUM(A1)",
    "'=1+1",
    "''''-x",
    "'tis",
    '"',
    'a "b" c',
    ";,\t;",
    "a\tb",
    "un\ndeux\n\n  trois",
    "a  b   c",
    "_x000D_ _x0041_",
    "<b>&amp;</b> ]]>",
    "🌱👩🏽‍💻 é",
    "עברית العربية",
    "\u200f\u200e\u2028x",
    "1.234",
    "NaN",
    "TRUE",
    "00012",
    "12 %",
    "#DIV/0!",
    "31/12/2025",
    "\ufeffx",
    "{organisation} %s \\n",
)
texts = st.one_of(
    st.just(""),
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30),
    st.builds("{} {}".format, st.sampled_from(HOSTILE), st.sampled_from(HOSTILE)),
).map(tidy)
numbers = st.one_of(
    st.integers(-100, 3_000).map(Decimal),
    st.decimals(-9_999, 9_999, places=3),
    st.decimals(Decimal(-(10**15) + 1), Decimal(10**15 - 1), places=6),
)
coverages = st.none() | st.decimals(Decimal("0.000001"), Decimal(100), places=6)


@st.composite
def lines(draw: st.DrawFn, *, has_blanks: bool = True) -> Line:
    """Draw a line with a value, with a reason for none, or with nothing yet."""
    kind = draw(st.sampled_from(["value", "value", "ratio", "absence", *(["blank"] if has_blanks else [])]))
    given: dict[str, Any] = {"has_terms": kind == "ratio" or draw(st.booleans())}
    if kind != "blank":
        given |= {"coverage": draw(coverages), "source": draw(texts), "comment": draw(texts)}
        given["revision"] = draw(st.integers(0, 12))
    if kind in {"value", "ratio"}:
        given |= {"value": draw(numbers), "quality": draw(st.none() | st.sampled_from(Quality))}
    if kind == "ratio":
        given |= {"numerator": draw(numbers), "denominator": draw(numbers)}
    if kind == "absence":
        given["absence"] = draw(st.sampled_from(TYPED_ABSENCES))
    words = {name: draw(st.sampled_from(("", *HOSTILE))) for name in ("name", "unit", "before", "target")}
    return Line(code="", year=draw(st.integers(2000, 2100)), **words, **given)


def said(line: Line) -> tuple[object, ...]:
    """Give what an import must find of ``line``."""
    precision = line.absence or line.quality or ""
    numbers = (line.value, line.numerator, line.denominator, line.coverage)
    return (line.code, line.year, *numbers, precision, line.source, line.comment)


def found(row: ImportedRow) -> tuple[object, ...]:
    """Give what was imported, its numbers read as the domain reads them."""
    draft = row.draft
    typed = (draft.value, draft.numerator, draft.denominator, draft.coverage)
    numbers = (parse_number(text) if text else None for text in typed)
    return (draft.code, row.year, *numbers, draft.precision, draft.source, draft.comment)
