"""The invented audits of the demonstration: their rates, what they give, and that they say that they are invented."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.domain.rgaa import AuditKind, Conformity, ConformityReason, rate, standing
from tracker.services.demonstrated_audits import audit
from tracker.services.service_rows import audit_record, rgaa_versions
from tracker.store.models import DigitalService

FILE = Path(__file__).resolve().parents[2] / "seeds/demonstration/audits.yaml"
DOCUMENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))
RECORDS = {
    one["service"]: audit_record(audit(one, DigitalService(id=1, organisation_id=1), 1, "test"))
    for one in DOCUMENT["audits"]
}


def test_they_say_that_they_are_invented():
    assert "inventés" in DOCUMENT["source"]
    assert {one["auditor"] for one in DOCUMENT["audits"]} == {"Cabinet fictif d'accessibilité", "en interne"}


@pytest.mark.parametrize(
    ("service", "kind", "met", "applicable"),
    [
        (1, AuditKind.FULL, 58, 74),
        (2, AuditKind.FULL, 38, 61),
        (3, AuditKind.RAPID, 17, 21),
        (6, AuditKind.FULL, 24, 50),
    ],
)
def test_their_rates_are_those_of_the_story(service, kind, met, applicable):
    record = RECORDS[service]
    found = rate(record.pages, record.shared)
    assert (record.kind, found.met, found.applicable, found.untested) == (kind, met, applicable, 0)


@pytest.mark.parametrize(
    ("service", "day", "conformity", "reason"),
    [
        (1, date(2026, 11, 23), Conformity.PARTIAL, ConformityReason.RATE),
        (2, date(2026, 3, 20), Conformity.PARTIAL, ConformityReason.RATE),
        (2, date(2026, 3, 21), Conformity.NONE, ConformityReason.EXPIRED),
        (3, date(2026, 11, 23), Conformity.NONE, ConformityReason.NOT_FULL),
        (6, date(2026, 11, 23), Conformity.NONE, ConformityReason.RATE),
    ],
)
def test_the_states_that_they_give(service, day, conformity, reason):
    state = standing([RECORDS[service]], rgaa_versions(), None, day)
    assert (state.conformity, state.reason) == (conformity, reason)
