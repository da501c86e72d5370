"""A pack is read as plain texts with their lines: what is hostile, strange or misspelt is refused with a sentence."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ProblemCode
from tracker.importers.nodes import MAX_BYTES
from tracker.importers.packs import Pack, read_pack
from tracker.labels.problems import problem_sentence

ROOT = Path(__file__).parents[2]
EXAMPLE = re.search(r"```yaml\n(.*?)```", (ROOT / "docs/packs.md").read_text(encoding="utf-8"), re.DOTALL)
assert EXAMPLE
TEXT = EXAMPLE[1]
VOTED = [*(ROOT / "seeds/deliberations").glob("*.yaml"), *(ROOT / "seeds/demonstration").glob("demo-*.yaml")]
SEEDS = [path for path in VOTED if "\ncommitments:" in path.read_text(encoding="utf-8")]
"""A text that adopts a plan promises nothing more, and is no pack."""


def found(pack: Pack) -> list[tuple[int, str, ProblemCode]]:
    return [(one.line, one.problem.where, one.problem.code) for one in pack.in_order]


def changed(before: str, after: str) -> bytes:
    assert TEXT.count(before) == 1, before
    return TEXT.replace(before, after).encode()


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_example_of_the_page_is_read_whole():
    pack = read_pack(TEXT.encode())
    assert found(pack) == []
    assert [one["code"] for one in pack.document["commitments"]] == ["FIC25-S01", "FIC25-G01"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_every_deliberation_of_the_seeds_is_a_pack(path: Path):
    assert found(read_pack(path.read_bytes())) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ProblemCode.FILE_EMPTY),
        (b" \n\n", ProblemCode.FILE_EMPTY),
        (b"# nothing but a comment\n", ProblemCode.FILE_EMPTY),
        (b"a: !!python/object/apply:os.system ['id']\n", ProblemCode.PACK_TAG),
        (b"a: !mine 3\n", ProblemCode.PACK_TAG),
        (b"!!map {a: b}\n", ProblemCode.PACK_TAG),
        (b"a: &a [x]\nb: [*a, *a]\n", ProblemCode.PACK_ALIAS),
        (b"a: *nowhere\n", ProblemCode.PACK_ALIAS),
        (b"a: 1\n<<: {b: 2}\n", ProblemCode.KEY_UNKNOWN),
        (b"[" * 200_000, ProblemCode.PACK_TOO_DEEP),
        (b"a: " + b"{a: " * 200_000, ProblemCode.PACK_TOO_DEEP),
        (b"- " * 100_000, ProblemCode.PACK_TOO_DEEP),
        (b"a: [" + b"x," * 400_000 + b"]", ProblemCode.PACK_TOO_LONG),
        (b"x" * (MAX_BYTES + 1), ProblemCode.PACK_TOO_HEAVY),
        (b"a: 1\x00\n", ProblemCode.PACK_UNREADABLE),
        (b"a: \x1b[31m\n", ProblemCode.PACK_UNREADABLE),
        (b'a: "\\ud800"\n', ProblemCode.PACK_UNREADABLE),
        (b'a: "\\U00110000"\n', ProblemCode.PACK_UNREADABLE),
        (b"a: 'unclosed\n", ProblemCode.PACK_UNREADABLE),
        (b"a: b: c\n", ProblemCode.PACK_UNREADABLE),
        (b"? [x]\n: y\n", ProblemCode.PACK_UNREADABLE),
        (b"{[x]: y}\n", ProblemCode.PACK_UNREADABLE),
        (b"a: \xff\xfe\n", ProblemCode.PACK_NOT_UTF8),
        ("a: é\n".encode("utf-16"), ProblemCode.PACK_NOT_UTF8),
        (b"a: 1\n---\nb: 2\n", ProblemCode.PACK_SEVERAL),
        (b"just a sentence\n", ProblemCode.FIELDS_EXPECTED),
        (b"- a\n- b\n", ProblemCode.FIELDS_EXPECTED),
    ],
    ids=lambda given: None if isinstance(given, bytes) else str(given),
)
def test_a_hostile_or_broken_file_is_refused_at_once_with_a_sentence(content: bytes, code: ProblemCode):
    began = time.process_time()
    pack = read_pack(content)
    assert time.process_time() - began < 2
    assert code in [one.problem.code for one in pack.problems]
    assert all(problem_sentence(one.problem) for one in pack.problems)


def test_a_laughing_file_never_grows():
    laughs = "a: &a [lol, lol]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [code for _, _, code in found(read_pack(laughs.encode()))] == [ProblemCode.PACK_ALIAS]


@pytest.mark.parametrize(
    ("before", "after", "where", "code"),
    [
        ("axis: sobriety", "axis: sobriete", "commitments 1 › axis", ProblemCode.WORD_NOT_ADMITTED),
        ("kind: milestone", "kind: jalon", "commitments 2 › kind", ProblemCode.WORD_NOT_ADMITTED),
        ("value: 6", "value: six", "commitments 1 › targets 1 › value", ProblemCode.NOT_A_NUMBER),
        ("value: 6", "value: 1e400", "commitments 1 › targets 1 › value", ProblemCode.NOT_A_NUMBER),
        ("value: 6", "value: .nan", "commitments 1 › targets 1 › value", ProblemCode.NOT_A_NUMBER),
        ("value: 6", "value: 0.1234567", "commitments 1 › targets 1 › value", ProblemCode.NUMBER_TOO_LONG),
        ("value: 6", f"value: {'9' * 16}", "commitments 1 › targets 1 › value", ProblemCode.NUMBER_TOO_LONG),
        ("value: 6", "value: [6]", "commitments 1 › targets 1 › value", ProblemCode.TEXT_EXPECTED),
        ("horizon_year: 2028", "horizon: 2028", "commitments 1 › targets 1 › horizon", ProblemCode.KEY_UNKNOWN),
        ("value: 6", "value: ~", "commitments 1 › targets 1", ProblemCode.KEY_MISSING),
        (
            "horizon_year: 2028",
            "horizon_year: 28",
            "commitments 1 › targets 1 › horizon_year",
            ProblemCode.YEAR_OUT_OF_RANGE,
        ),
        ("adopted_on: 2025-03-20", "adopted_on: 2025-02-30", "adopted_on", ProblemCode.DAY_UNREADABLE),
        ("adopted_on: 2025-03-20", "adopted_on: 20/03/2025", "adopted_on", ProblemCode.DAY_UNREADABLE),
        ("indicators: [SOB-06]", "indicators: SOB-06", "commitments 1 › indicators", ProblemCode.LIST_EXPECTED),
        ("is_flagship: true", "is_flagship: perhaps", "commitments 1 › is_flagship", ProblemCode.WORD_NOT_ADMITTED),
        (
            "reference: FICTIVE-2025-012",
            "reference: ../../etc/passwd",
            "reference",
            ProblemCode.IDENTIFIER_UNREADABLE,
        ),
        ("code: FIC25-S01", "code: a/b", "commitments 1 › code", ProblemCode.IDENTIFIER_UNREADABLE),
        ("number: 2025-012 (fictive)", f"number: {'9' * 81}", "number", ProblemCode.TOO_LONG),
        ("schema: deliberation/1", "schema: deliberation/2", "schema", ProblemCode.WORD_NOT_ADMITTED),
        ("body: Conseil municipal", "body: Conseil\nbody: Conseil", "body", ProblemCode.GIVEN_TWICE),
    ],
)
def test_each_slip_is_told_at_its_line(before: str, after: str, where: str, code: ProblemCode):
    content = changed(before, after)
    pack = read_pack(content)
    assert [(place, told) for _, place, told in found(pack)] == [(where, code)]
    if code not in {ProblemCode.KEY_MISSING, ProblemCode.GIVEN_TWICE}:
        assert found(pack)[0][0] == line_of(after, content.decode())


def test_all_the_slips_are_told_at_once_from_the_top_of_the_file():
    content = TEXT.replace("axis: ", "axe: ").replace("kind: milestone", "kind: jalon").encode()
    told = found(read_pack(content))
    assert [code for _, _, code in told].count(ProblemCode.KEY_UNKNOWN) == 2
    assert [line for line, _, _ in told] == sorted(line for line, _, _ in told)


def test_numbers_are_exact_and_no_type_is_guessed():
    content = changed("value: 6", "value: 6,10").replace(b"locator: article 1", b"locator: 010")
    commitment = read_pack(content).document["commitments"][0]
    assert str(commitment["targets"][0]["value"]) == "6.10"
    assert commitment["locator"] == "010"


def test_an_unquoted_on_is_the_key_of_a_day_and_not_a_truth():
    content = TEXT.encode() + b"  findings:\n  - state: done\n    on: 2025-12-01\n    evidence_fr: Un acte\n"
    pack = read_pack(content)
    assert found(pack) == []
    assert pack.document["commitments"][1]["findings"][0]["on"].isoformat() == "2025-12-01"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    windows = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert read_pack(windows).document == read_pack(TEXT.encode()).document


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_sent_gets_a_pack_or_a_sentence(content: bytes):
    pack = read_pack(content)
    assert pack.problems
    assert all(problem_sentence(one.problem) for one in pack.problems)


@given(st.data())
def test_a_pack_with_a_line_spoilt_is_read_or_refused_and_never_breaks(data: st.DataObject):
    lines = TEXT.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(st.text(alphabet=" -:[]{}&*!#'\"|>%@aé0\n", max_size=30))
    pack = read_pack("\n".join(lines).encode())
    assert all(problem_sentence(one.problem) for one in pack.problems)
