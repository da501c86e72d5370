"""Files of audits: what is read of Ara's two exports and of a filled grid, and every cell that cannot be."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.audits import SHARED, VERSIONS, ara_csv, ara_json, cells, criteria, model, ods, xlsx
from tracker.domain.audit_drafts import AuditDraft, AuditFormat
from tracker.domain.drafts import Place
from tracker.domain.errors import ProblemCode
from tracker.domain.rgaa import AuditKind, Result, rate
from tracker.domain.service_problems import ServiceProblem
from tracker.importers.audits import child
from tracker.importers.audits.reading import parse

RAPID, COMPLEMENTARY, FULL = AuditKind
SEVERAL = {SHARED: cells("NT NC NT"), "Accueil": cells("C C NA NC"), "Prendre contact": cells("C NA NA C C")}


def read(content: bytes, name: str = "audit.csv") -> AuditDraft:
    return parse(content, name, tuple(VERSIONS.values()))


def rate_of(draft: AuditDraft):
    pages = [one.results for one in draft.pages if not one.is_shared]
    return rate(pages, next((one.results for one in draft.pages if one.is_shared), {}))


def codes(draft: AuditDraft):
    return [one.problem.code for one in draft.problems]


@pytest.mark.parametrize(("kind", "count"), [(RAPID, 25), (COMPLEMENTARY, 50), (FULL, 106)])
def test_the_table_of_ara_tells_its_kind_by_its_criteria(kind, count):
    draft = read(ara_csv({"Accueil": cells("C NC", kind), "Plan": cells("C C NA", kind)}, kind))
    assert (draft.format, draft.kind, draft.rgaa, draft.problems) == (AuditFormat.ARA_TABLE, kind, "4.1", ())
    assert [(one.name, len(one.results), one.is_shared) for one in draft.pages] == [
        ("Accueil", count, False),
        ("Plan", count, False),
    ]
    assert (draft.audited_on, draft.told_rate, draft.auditor) == (None, None, "")
    assert tuple(draft.pages[0].results) == criteria(kind)


@pytest.mark.parametrize(
    "content",
    [
        ara_csv(SEVERAL),
        ara_csv(SEVERAL, delimiter=";"),
        b"\xef\xbb\xbf" + ara_csv(SEVERAL, delimiter="\t"),
        ara_csv(SEVERAL).decode().encode("utf-16"),
        ara_csv(SEVERAL).decode().encode("cp1252"),
        ara_csv(SEVERAL).decode().lower().encode(),
    ],
)
def test_the_table_is_read_however_a_spreadsheet_saved_it(content):
    draft = read(content)
    assert draft.problems == ()
    assert [one.is_shared for one in draft.pages] == [True, False, False]
    assert rate_of(draft) == rate_of(read(ara_csv(SEVERAL)))


def test_the_report_the_table_and_the_grid_of_one_audit_have_the_same_rate():
    found = [
        read(ara_csv(SEVERAL)),
        read(ara_json(SEVERAL), "rapport.json"),
        read(xlsx(model(SEVERAL)), "grille.xlsx"),
        read(ods(model(SEVERAL)), "grille.ods"),
    ]
    assert [one.problems for one in found] == [()] * 4
    assert {(one.kind, one.rgaa) for one in found} == {(FULL, "4.1")}
    assert len({tuple(tuple(page.results.items()) for page in one.pages) for one in found}) == 1
    assert len({rate_of(one) for one in found}) == 1


def test_a_report_tells_its_days_its_rate_and_its_means_but_nobody():
    draft = read(ara_json(SEVERAL))
    assert draft.format is AuditFormat.ARA_REPORT
    assert (draft.audited_on, draft.published_on) == (date(2024, 3, 2), date(2024, 3, 15))
    assert (draft.told_rate, draft.auditor, draft.service) == (Decimal(50), "Cabinet fictif", "Site de la ville")
    assert draft.environments == "Ordinateur, Windows 11, NVDA, Firefox"
    assert draft.tools == "Contrast checker\nValidateur HTML"
    assert draft.dropped == ("auditorName", "auditorEmail", "contactEmail")
    assert draft.pages[1].address == "https://ville.example/1"
    for said in ("Prénom", "cabinet.example", "contact.personne"):
        assert said not in repr(draft)


def test_a_report_says_nothing_of_what_was_not_tested():
    draft = read(ara_json({"Accueil": cells("C NT"), "Plan": cells("C C")}))
    assert draft.problems == ()
    assert list(draft.pages[0].results.values()).count(Result.NOT_TESTED) == 53
    assert rate_of(draft).untested == 53


@pytest.mark.parametrize(
    ("reference", "rgaa"),
    [("RGAA Version 4.1", "4.1"), ("RGAA 4.1.2", "4.1"), ("RGAA Version 4.0", "4.0")],
)
def test_a_report_names_its_version_of_the_rgaa(reference, rgaa):
    assert read(ara_json({"Accueil": cells("C")}, reference=reference)).rgaa == rgaa


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": 1}', ServiceProblem.AUDIT_REPORT_UNREADABLE),
        (b'{"auditType": "FULL", "context": [], "results": 3}', ServiceProblem.AUDIT_REPORT_UNREADABLE),
        (b"[" * 100_000, ServiceProblem.AUDIT_REPORT_UNREADABLE),
        (b"{", ServiceProblem.AUDIT_REPORT_UNREADABLE),
        (ara_json({"Accueil": cells("C")}, reference="RGAA 5.0"), ServiceProblem.AUDIT_VERSION_UNKNOWN),
        (ara_json({"A": cells("C", RAPID)}, RAPID, "RGAA 4.0"), ServiceProblem.AUDIT_VERSION_UNKNOWN),
        (ara_json({}), ServiceProblem.AUDIT_PAGES_MISSING),
        (ara_json({f"Page {n}": cells("C") for n in range(61)}), ServiceProblem.AUDIT_PAGES_TOO_MANY),
        (b"", ProblemCode.FILE_EMPTY),
        (b"nom;valeur\n1;2\n", ServiceProblem.AUDIT_NOT_READ),
        ("Critères\n1.1\n".encode(), ServiceProblem.AUDIT_PAGES_MISSING),
        (xlsx({"A": [["Critères", "Accueil"]], "B": [["Critères", "Plan"]]}), ServiceProblem.AUDIT_TABLES_SEVERAL),
    ],
)
def test_a_file_that_is_no_audit_is_refused_as_a_whole(content, code):
    draft = read(content)
    assert code in codes(draft)
    assert all(one.place == Place() for one in draft.problems)


def test_each_cell_that_cannot_be_read_is_named():
    rows = ara_csv({"Accueil": cells("C"), "Plan": cells("NC")}).decode().splitlines()
    rows[1] = "1.1,C,peut-être"
    rows[3] = "1.3,,NC"
    rows[4] = "14.1,C,NC"
    rows[5] = "1.1,C,NC"
    rows[6] = ",C,NC"
    draft = read("\n".join(rows).encode())
    assert [(one.place, one.problem.code) for one in draft.problems] == [
        (Place("", 2, "C"), ServiceProblem.AUDIT_RESULT_UNREADABLE),
        (Place("", 5, "A"), ServiceProblem.AUDIT_CRITERION_UNKNOWN),
        (Place("", 6, "A"), ServiceProblem.AUDIT_CRITERION_TWICE),
        (Place("", 7, ""), ServiceProblem.AUDIT_CRITERION_MISSING),
    ]
    assert draft.blanks == 1


def test_a_table_that_lacks_criteria_says_which():
    rows = ara_csv({"Accueil": cells("C", RAPID)}, RAPID).decode().splitlines()
    draft = read("\n".join(rows[:-2]).encode())
    (problem,) = draft.problems
    assert problem.problem.code is ServiceProblem.AUDIT_CRITERIA_LACKING
    assert problem.problem.values == {"n": 2, "codes": "12.8, 12.9"}


@pytest.mark.parametrize("kind", AuditKind)
def test_a_criterion_that_a_spreadsheet_took_for_a_number_keeps_its_zero(kind):
    rows = [["Critères", "Accueil"], *([float(one), "C"] for one in criteria(kind))]
    draft = read(xlsx({"Audit": rows}), "audit.xlsx")
    assert draft.problems == ()
    assert tuple(draft.pages[0].results) == criteria(kind)


def test_an_error_of_a_formula_is_no_result():
    sheets = model({"Accueil": cells("C")})
    sheets["P01"][3][3] = "=1/0"
    draft = read(xlsx(sheets), "grille.xlsx")
    assert [(one.place.sheet, one.problem.code) for one in draft.problems] == [
        ("P01", ServiceProblem.AUDIT_RESULT_UNREADABLE)
    ]


def test_the_grid_tells_its_day_and_its_sample_but_not_its_auditor():
    draft = read(ods(model(SEVERAL)), "grille.ods")
    assert (draft.format, draft.audited_on, draft.service) == (
        AuditFormat.MODEL_GRID,
        date(2024, 6, 1),
        "Site de la ville",
    )
    assert [(one.name, one.address) for one in draft.pages][1] == ("Accueil", "https://ville.example/P02")
    assert draft.dropped == ("Auditeur",)
    assert "PERSONNE" not in repr(draft)
    assert set(draft.ignored) == {"Mode d'emploi", "Critères", "P04", "P05", "BaseDeCalcul"}


def test_a_grid_without_a_sample_or_without_a_sheet_of_it():
    sheets = dict(model(SEVERAL, spare=0))
    del sheets["P02"]
    assert codes(read(ods(sheets), "grille.ods")) == [ServiceProblem.AUDIT_SHEET_MISSING]
    sheets = dict(model({"Accueil": cells("C")}))
    del sheets["Échantillon"]
    draft = read(ods(sheets), "grille.ods")
    assert (draft.problems, [one.name for one in draft.pages]) == ((), ["P01"])


def test_a_grid_of_twenty_pages_is_read():
    draft = read(ods(model({f"Page {n}": cells("C NC NA") for n in range(20)}, spare=0)), "grille.ods")
    assert (draft.problems, len(draft.pages)) == ((), 20)


def test_results_of_a_report_that_are_not_of_the_audit_are_refused():
    report = json.loads(ara_json({"Accueil": cells("C", RAPID)}, RAPID))
    report["results"] += [
        {"pageId": 40, "topic": 1, "criterium": 2, "status": "COMPLIANT"},
        {"pageId": 99, "topic": 1, "criterium": 1, "status": "COMPLIANT"},
        {"pageId": 40, "topic": 1, "criterium": 1, "status": "PERHAPS"},
        {"pageId": 40, "topic": 1, "criterium": 1, "status": "NOT_COMPLIANT"},
        {"pageId": [], "topic": 1},
    ]
    draft = read(json.dumps(report).encode())
    assert codes(draft) == [
        ServiceProblem.AUDIT_RESULT_BESIDE,
        ServiceProblem.AUDIT_RESULT_LINE,
        ServiceProblem.AUDIT_RESULT_LINE,
        ServiceProblem.AUDIT_RESULT_TWICE,
        ServiceProblem.AUDIT_RESULT_LINE,
    ]


def test_the_child_gives_what_the_reader_does():
    for content, name in ((ara_csv(SEVERAL), "a.csv"), (ara_json(SEVERAL), "a.json"), (ods(model(SEVERAL)), "a.ods")):
        assert child.read(content, name) == read(content, name)
    assert codes(child.read(b"x" * (6 * 1024 * 1024), "a.csv")) == [ProblemCode.FILE_TOO_BIG]
    assert child.read(ara_csv(SEVERAL).replace(b"NC", b"??"), "a.csv").problems
