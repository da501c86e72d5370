"""The read API on both engines: the same rows, whoever asks, and the token that is used remembers its day."""

import json
from decimal import Decimal

import time_machine

from tests.screens.conftest import build_app
from tracker.domain.vocabulary import Role
from tracker.services import api_tokens, demonstration
from tracker.store.models import ApiToken
from tracker.store.queries import accounts

NAMES = ("publications", "deliberations", "commitments", "indicators", "targets", "levels", "measurements", "actions")
NAMES += ("memberships", "fees", "services", "estate")


def test_every_resource_answers_strangers_and_tokens_alike_on_both_engines(database, tmp_path, today):
    with database.transaction() as session:
        account = accounts.by_email(session, demonstration.address(Role.ELU))
        token = api_tokens.create(session, account, "Tableur", 90, 0, today)
    with time_machine.travel(f"{today} 10:00:00+01:00", tick=True):
        client = build_app(database, tmp_path).test_client()
        for name in NAMES:
            address = f"/api/v1/organisations/demonstration/{name}?page_size=500"
            shown = client.get(address)
            known = client.get(address, headers={"Authorization": f"Bearer {token}"})
            assert (shown.status_code, known.status_code) == (200, 200), name
            assert len(known.json) >= len(shown.json), name
        rows = json.loads(
            client.get("/api/v1/organisations/demonstration/measurements?indicator=SOB-06&year=2024").text,
            parse_float=Decimal,
        )
        assert [row["valeur"] for row in rows] == [Decimal("5.244373")]
    with database.reading() as session:
        assert [one.used_on for one in session.query(ApiToken)] == [today]
