"""Open data: what strangers take is what was published and nothing else; members take what they read."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.integration.new_town import founded
from tests.packaged import faults, tables
from tracker.domain.digital_services import Audience
from tracker.domain.entries import Draft
from tracker.domain.vocabulary import PublicationScope, Role
from tracker.labels import word
from tracker.services import exporting, measurements, published
from tracker.services.visitor import Visitor
from tracker.store.models import (
    Account,
    ActionStep,
    ActionVersion,
    DigitalService,
    Equipment,
    Indicator,
    Measurement,
    MembershipYear,
    Organisation,
    Publication,
)
from tracker.store.session import Database

ADDRESS = "https://suivi.example"
HOME = "demonstration"
FURTHER = ("actions", "adhesions", "cotisations", "services", "parc")
"""The tables that tell of more than promises."""


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=True):
        yield


def archive(database: Database, slug: str = HOME, *, is_whole: bool = False) -> bytes:
    with database.reading() as session:
        return exporting.data(session, slug, TODAY, ADDRESS, is_whole=is_whole).archive


def publish(database: Database, slug: str = HOME, year: int = 2024, **told: object) -> None:
    """Decide a version now, as if somebody had."""
    with database.transaction() as session:
        home = session.scalars(select(Organisation.id).where(Organisation.slug == slug)).one()
        query = select(Publication.version).where(Publication.organisation_id == home, Publication.year == year)
        given = {
            "scope": PublicationScope.EVERYTHING,
            "has_values": True,
            "visible_from": TODAY,
            "is_withdrawn": False,
            "note_fr": "",
            "author": "Quelqu'un",
            "recorded_at": datetime.now(UTC),
            **told,
        }
        who = session.scalars(select(Account.id).order_by(Account.id)).first()
        version = max(session.scalars(query), default=0) + 1
        session.add(Publication(organisation_id=home, year=year, version=version, account_id=who, **given))


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        return "\n".join(kept.read(name).decode() for name in kept.namelist())


def test_every_package_is_one_for_the_reference_tool_and_has_the_same_bytes_twice(database: Database):
    founded(database)
    for slug in ("amp", "marseille"):
        publish(database, slug, 2025)
    for slug in (HOME, "amp", "marseille"):
        made = archive(database, slug)
        assert faults(made) == [], slug
        assert made == archive(database, slug), slug
    for slug in (HOME, "amp", "marseille", "neuve"):
        assert faults(archive(database, slug, is_whole=True)) == [], slug


def test_strangers_read_no_name_no_comment_no_single_device_and_no_year_that_is_not_published(database: Database):
    told = text_of(archive(database))
    with database.reading() as session:
        secrets = {
            *session.scalars(select(Account.name)),
            *session.scalars(select(Account.email)),
            *session.scalars(select(Measurement.comment)),
            *session.scalars(select(Measurement.author)),
            *session.scalars(select(ActionVersion.description_fr)),
            *session.scalars(select(ActionVersion.risks_fr)),
            *session.scalars(select(ActionVersion.review_fr)),
            *session.scalars(select(ActionVersion.pilot)),
            *session.scalars(select(ActionStep.title_fr)),
            *session.scalars(select(MembershipYear.served_fr)),
            *session.scalars(select(MembershipYear.evidence_fr)),
            *session.scalars(select(DigitalService.note)),
            *session.scalars(select(DigitalService.supplier)),
            *session.scalars(select(DigitalService.contact)),
            *session.scalars(select(DigitalService.name).where(DigitalService.audience != Audience.PUBLIC)),
            *session.scalars(select(Equipment.key)),
            *session.scalars(select(Equipment.note)),
            *session.scalars(select(Equipment.model)),
        } - {""}
    assert len(secrets) > 30
    assert [one for one in secrets if len(one) > 3 and one in told] == []
    shown = tables(archive(database))
    for name in ("etats", "mesures", "actions", "parc", "agec"):
        assert {int(row["annee"]) for row in shown[name]} <= set(range(2016, 2025)), name
    assert {row["annee"] for name in ("etats", "actions", "parc") for row in shown[name]} == {"2024"}


def test_what_is_published_in_part_tells_of_promises_only(database: Database):
    publish(database, has_values=False)
    shown = tables(archive(database))
    assert shown["objectifs"]
    empty = [name for name in shown if not shown[name]]
    assert set(empty) == {*FURTHER, "indicateurs", "cibles", "niveaux", "mesures", "impact", "agec"}
    publish(database, scope=PublicationScope.FLAGSHIPS)
    shown = tables(archive(database))
    assert {row["est_phare"] for row in shown["objectifs"]} == {"true"}
    assert shown["mesures"]
    assert {name for name in FURTHER if shown[name]} == set()


def test_a_year_taken_back_or_waiting_for_its_day_gives_nothing(database: Database):
    publish(database, year=2023, visible_from=date(2027, 1, 1))
    publish(database, is_withdrawn=True, note_fr="Une valeur était fausse.")
    made = archive(database)
    assert {name: len(rows) for name, rows in tables(made).items() if rows} == {}
    assert faults(made) == []


def test_a_correction_is_for_members_until_it_is_published_and_then_beside_what_was(database: Database, enter_as):
    before = tables(archive(database))["mesures"]
    with database.transaction() as session:
        lead = enter_as(session, Role.REFERENT, HOME)
        corrected = _correct(session, lead)
    shown = [one for one in before if (one["indicateur"], one["annee"]) == (corrected, "2023")]
    assert [one["est_en_vigueur"] for one in shown] == ["true"]
    assert tables(archive(database))["mesures"] == before
    whole = tables(archive(database, is_whole=True))["mesures"]
    told = [one for one in whole if (one["indicateur"], one["annee"]) == (corrected, "2023")]
    assert [(one["revision"], one["est_en_vigueur"]) for one in told] == [("1", "false"), ("2", "true")]
    publish(database, year=2023)
    made = archive(database)
    after = [one for one in tables(made)["mesures"] if (one["indicateur"], one["annee"]) == (corrected, "2023")]
    assert after == told
    assert faults(made) == []


def _correct(session: Session, lead: Visitor) -> str:
    """Record a second revision of a count of 2023, which has no campaign, and give the code of its indicator."""
    query = (
        select(Measurement, Indicator.code)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(Measurement.organisation_id == lead.organisation.id, Measurement.year == 2023)
        .where(Measurement.value.is_not(None), Measurement.numerator.is_(None))
    )
    rows = session.execute(query.order_by(Measurement.id)).all()
    row, code = next((row, code) for row, code in rows if row.value > 1)
    draft = Draft(code, value=str(row.value - 1).replace(".", ","), seen=row.revision)
    measurements.record(session, lead, 2023, [draft], TODAY)
    return code


def test_actions_are_those_that_the_decision_knew(database: Database):
    before = tables(archive(database))["actions"]
    assert before
    assert {row["deliberation"] for row in before} == {"DEMO-2023-099"}
    with database.transaction() as session:
        late = session.scalars(select(ActionVersion).order_by(ActionVersion.id)).first()
        assert late is not None
        told = {name: getattr(late, name) for name in ("title_fr", "status", "description_fr", "pilot", "risks_fr")}
        told |= {name: getattr(late, name) for name in ("review_fr", "tax", "account_id")}
        told["title_fr"] = "Un titre d'après la décision"
        session.add(
            ActionVersion(
                action_id=late.action_id,
                version=99,
                author="Quelqu'un",
                recorded_at=datetime.now(UTC),
                **told,
            )
        )
    assert tables(archive(database))["actions"] == before
    assert "d'après la décision" in text_of(archive(database, is_whole=True))


def test_values_are_those_of_the_pages_and_missing_is_empty(database: Database):
    shown = tables(archive(database))
    told = {(row["indicateur"], row["annee"]): row for row in shown["mesures"] if row["est_en_vigueur"] == "true"}
    with database.reading() as session:
        found = published.find(session, HOME, TODAY)
        edition = published.edition(session, found.row, found.version(2024))
        for code in {row["indicateur"] for row in shown["indicateurs"]}:
            for year, reading in edition.sheet(code).aim.readings.items():
                row = told.pop((code, str(year)))
                assert (Decimal(row["valeur"]) if row["valeur"] else None) == reading.value, (code, year)
                assert bool(row["motif_absence"]) == (reading.value is None), (code, year)
        states = {row["engagement"]: row["etat"] for row in shown["etats"]}
        assert states == {card.commitment.code: word(card.status) for card in edition.scorecard.cards}
    assert told == {}


def test_how_many_queries_it_takes_does_not_depend_on_how_much_there_is(database: Database):
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        for slug, is_whole in (("marseille", True), (HOME, True), (HOME, False)):
            asked.clear()
            archive(database, slug, is_whole=is_whole)
            assert 0 < len(asked) <= 40, (slug, is_whole, len(asked))
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_text_never_runs_as_a_formula(database: Database):
    with database.transaction() as session:
        query = update(DigitalService).where(DigitalService.number == 1).values(name='=HYPERLINK("https://x")')
        session.execute(query)
    names = [row["nom"] for row in tables(archive(database))["services"]]
    assert '\'=HYPERLINK("https://x")' in names
