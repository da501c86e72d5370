"""Frozen reports: where a version stands for strangers, what differs between two, what is printed on its files."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

from tracker.domain.frozen_reports import Rectification, ReportAct, changes, shown, standing
from tracker.domain.publications import PublicationState
from tracker.domain.records import OrganisationRecord
from tracker.domain.vocabulary import OrganisationKind, Role
from tracker.exports.kept_paper import digest
from tracker.exports.paper import said
from tracker.exports.tabular import DataTable
from tracker.labels import speaking
from tracker.labels.frozen_reports import rectified_phrase, who_phrase
from tracker.reports import snapshot
from tracker.reports.formats import FORMATS
from tracker.reports.frozen_files import Seal, frozen_file
from tracker.reports.rectified import rectified_chapter
from tracker.reports.report import Chapter, Report
from tracker.reports.sections.objectives import COLUMNS, RESULTS

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)


def act(day: int, *, is_withdrawn: bool = False) -> ReportAct:
    return ReportAct(date(2026, 3, day), is_withdrawn, "", AT)


def report() -> Report:
    row = [None if column.kind != "string" else "x" for column in COLUMNS]
    chapter = Chapter(
        "objectives", "Objectifs", (said("Dit une fois."),), (DataTable(RESULTS, RESULTS, COLUMNS, [row]),)
    )
    home = OrganisationRecord("ville", "Ville", OrganisationKind.COMMUNE, is_fictional=True)
    return Report(home, 2025, TODAY, "fr", "Bilan 2025", "Une phrase.", (chapter,))


def sealed() -> tuple[str, Seal]:
    content = snapshot.written(report())
    return content, Seal(2, snapshot.SCHEMA, digest(content), TODAY, AT, Role.REFERENT)


def test_a_version_is_read_from_its_day_on_and_until_it_is_taken_back():
    assert standing([], TODAY) is PublicationState.UNPUBLISHED
    assert standing([act(11)], TODAY) is PublicationState.PLANNED
    assert standing([act(10)], TODAY) is PublicationState.VISIBLE
    assert standing([act(3), act(9, is_withdrawn=True)], TODAY) is PublicationState.WITHDRAWN
    assert standing([act(11), act(9, is_withdrawn=True)], TODAY) is PublicationState.UNPUBLISHED


def test_what_is_planned_does_not_exist_for_strangers():
    assert shown([act(11)], TODAY) is PublicationState.UNPUBLISHED
    assert shown([act(3), act(9, is_withdrawn=True), act(11)], TODAY) is PublicationState.WITHDRAWN
    assert shown([act(3), act(9, is_withdrawn=True), act(10)], TODAY) is PublicationState.VISIBLE


def test_a_change_is_told_once_however_many_rows_say_it_and_the_same_number_is_no_change():
    was = [{"code": "A", "value": Decimal("5.0")}, {"code": "A", "value": Decimal("5.0")}, {"code": "B", "value": None}]
    now = [{"code": "A", "value": Decimal(5)}, {"code": "B", "value": Decimal(2)}, {"code": None, "value": Decimal(9)}]
    (one,) = changes(was, now, ("code",), ("value",))
    assert (one.key, one.before, one.after) == (("B",), None, Decimal(2))


def test_a_column_that_a_later_release_added_tells_no_change():
    assert changes([{"code": "A"}], [{"code": "A", "value": Decimal(5)}], ("code",), ("value",)) == []


def test_every_file_says_its_version_its_moment_its_function_and_its_digest():
    content, seal = sealed()
    for form in ("html", "csv", "json"):
        told = frozen_file(content, seal, form).decode()
        assert seal.digest in told, form
        assert "éférent" in told, form
    assert "Version 2, figée le 2 mars 2026 à 10:00" in frozen_file(content, seal, "html").decode().replace("\xa0", " ")
    assert "Brouillon" not in frozen_file(content, seal, "html").decode()


def test_the_second_line_of_the_json_file_is_what_the_digest_was_made_of():
    content, seal = sealed()
    file = frozen_file(content, seal, "json")
    assert hashlib.sha256(file.split(b"\n")[1]).hexdigest() == seal.digest
    told = json.loads(file)
    assert (told["sha256"], told["version"], told["report"]["year"]) == (seal.digest, 2, 2025)


def test_a_file_is_the_same_whatever_language_is_spoken():
    content, seal = sealed()
    for form in FORMATS:
        before = frozen_file(content, seal, form)
        with speaking("en"):
            assert frozen_file(content, seal, form) == before, form


def test_a_rectification_tells_both_figures_the_reason_the_day_and_the_function_but_no_name():
    was, now = Decimal("5.2"), Decimal("5.4")
    one = Rectification("A", "Garder", "Durée", "ans", "valeur", was, now, "Lot oublié", Role.REFERENT, AT)
    assert rectified_phrase(one).replace("\xa0", " ") == "valeur (ans) : au lieu de 5,2, lire 5,4"
    assert who_phrase(one).startswith("2 mars 2026, ")
    chapter = rectified_chapter([one], 1, 2025)
    (table,) = chapter.tables
    assert table.rows[0][3:6] == ("5.2", "5.4", "Lot oublié")
    assert snapshot.read(snapshot.written(_with(chapter))).chapters[0] == chapter


def _with(chapter: Chapter) -> Report:
    made = report()
    return Report(made.organisation, 2025, TODAY, "fr", made.title, made.lead, (chapter, *made.chapters))
