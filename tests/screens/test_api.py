"""The read API: what it gives to whom, in which form, for how long, and how it refuses."""

import csv
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD, TODAY
from tests.screens.conftest import Browser
from tests.screens.test_tokens import made
from tracker.domain.vocabulary import Role
from tracker.services import accounts
from tracker.store.models import ApiToken, Organisation, Publication
from tracker.store.session import Database
from tracker.web.api import RESOURCES

BASE = "/api/v1"
TOWN = f"{BASE}/organisations/demonstration"
LISTS = ("publications", "deliberations", "commitments", "indicators", "targets", "levels", "measurements", "actions")
LISTS += ("memberships", "fees", "services", "estate")
EMPTY_FOR_STRANGERS = {"memberships", "fees"}
"""What the fictional town has none of that a vote of its published year decided."""


@pytest.fixture
def token(app: Flask) -> str:
    """Give the token of the elected member, who has a role in all three organisations."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return made(client.sign_in(Role.ELU))


@pytest.fixture
def of_marseille(app: Flask, store: Database) -> str:
    """Give the token of an account that has a role in Marseille only."""
    with store.transaction() as session:
        roles = {"marseille": Role.ELU}
        accounts.add(session, email="m@example.org", name="M", password=PASSWORD, roles=roles, actor="test")
    client = app.test_client()
    assert isinstance(client, Browser)
    return made(client.sign_in(email="m@example.org"))


def asked(browser: Browser, address: str, token: str = "", **headers: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.get(address, headers=headers | ({"Authorization": f"Bearer {token}"} if token else {}))


def exactly(answer: TestResponse) -> Any:
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text, parse_float=Decimal, parse_int=Decimal)


# What each resource gives


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_reads_what_is_published_and_a_member_at_least_as_much(browser: Browser, token: str, name: str):
    shown = exactly(asked(browser, f"{TOWN}/{name}?page_size=500"))
    known = exactly(asked(browser, f"{TOWN}/{name}?page_size=500", token))
    assert bool(shown) is (name not in EMPTY_FOR_STRANGERS)
    assert known
    assert len(known) >= len(shown)
    for row in shown:
        assert list(row) == list(known[0])


def test_one_commitment_and_one_indicator_have_their_own_addresses(browser: Browser):
    listed = exactly(asked(browser, f"{TOWN}/commitments?page_size=500"))
    for row in listed[:3]:
        assert exactly(asked(browser, f"{TOWN}/commitments/{row['engagement']}")) == row
    assert exactly(asked(browser, f"{TOWN}/indicators/SOB-06"))["unite"] == "ans"
    assert exactly(asked(browser, TOWN))["nom"] == "Ville de Démonstration"
    for address in ("commitments/RIEN", "indicators/RIEN", "nothing", "commitments/DEM16-S01/x"):
        assert asked(browser, f"{TOWN}/{address}").status_code == 404, address


def test_a_commitment_is_judged_for_the_year_asked_for(browser: Browser, token: str):
    for year in (2022, 2024):
        row = exactly(asked(browser, f"{TOWN}/commitments/DEM16-S01?year={year}", token))
        assert row["annee"] == year
        assert str(year) in row["phrase"]
    told = exactly(asked(browser, f"{TOWN}/commitments?year=2024"))
    assert {row["annee"] for row in told} == {2024}
    assert exactly(asked(browser, f"{TOWN}/commitments?year=2023")) == []


def test_filters_keep_the_rows_of_a_year_and_of_an_indicator(browser: Browser):
    whole = exactly(asked(browser, f"{TOWN}/measurements?page_size=500"))
    kept = exactly(asked(browser, f"{TOWN}/measurements?year=2024&indicator=SOB-06"))
    assert kept
    assert kept == [row for row in whole if row["annee"] == 2024 and row["indicateur"] == "SOB-06"]


def test_a_value_is_the_one_of_the_page_and_a_missing_one_is_null(browser: Browser):
    rows = exactly(asked(browser, f"{TOWN}/measurements?page_size=500"))
    [row] = [one for one in rows if (one["indicateur"], one["annee"]) == ("SOB-06", 2024)]
    assert row["valeur"] == Decimal("5.244373")
    assert "5,2 ans" in browser.get("/demonstration/public/2024/indicateurs/SOB-06").text.replace("\u00a0", " ")
    missing = [one for one in rows if one["motif_absence"]]
    assert missing
    assert {one["valeur"] for one in missing} == {None}


# Pages and formats


@pytest.mark.parametrize("name", ["commitments", "measurements"])
def test_walking_the_pages_gives_the_whole_once(browser: Browser, name: str):
    whole = [row for page in range(1, 3) for row in _page(browser, name, page, 500)]
    walked, address = [], f"{TOWN}/{name}?page_size=7"
    while address:
        answer = asked(browser, address)
        walked += exactly(answer)
        links = dict(reversed(one.split("; ")) for one in answer.headers["Link"].split(", "))
        address = links.get('rel="next"', "").strip("<>").removeprefix("http://127.0.0.1:5000")
    assert walked == whole
    told = json.loads(answer.headers["X-Pagination"])
    assert told == {
        "page": -(-len(whole) // 7),
        "page_size": 7,
        "total": len(whole),
        "total_pages": -(-len(whole) // 7),
    }
    assert asked(browser, f"{TOWN}/{name}?page_size=7&page={told['total_pages'] + 1}").status_code == 404


def _page(browser: Browser, name: str, page: int, size: int) -> list[Any]:
    answer = asked(browser, f"{TOWN}/{name}?page_size={size}&page={page}")
    return list(exactly(answer)) if answer.status_code == 200 else []


@pytest.mark.parametrize("name", LISTS)
def test_csv_holds_the_same_cells_as_json(browser: Browser, token: str, name: str):
    rows = exactly(asked(browser, f"{TOWN}/{name}", token))
    for answer in (
        asked(browser, f"{TOWN}/{name}?format=csv", token),
        asked(browser, f"{TOWN}/{name}", token, Accept="text/csv"),
    ):
        assert answer.mimetype == "text/csv"
        read = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8", "strict"))))
        assert len(read) == len(rows)
        for row, line in zip(rows, read, strict=True):
            assert list(line) == list(row)
            for column, cell in row.items():
                assert line[column].lstrip("'") == _plain(cell), (name, column)


def _plain(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def test_the_address_chooses_the_format_before_the_header_and_another_format_is_refused(browser: Browser):
    assert asked(browser, f"{TOWN}?format=json", Accept="text/csv").mimetype == "application/json"
    assert asked(browser, TOWN, Accept="*/*").mimetype == "application/json"
    assert asked(browser, TOWN, Accept="text/csv;q=0.9, application/json;q=0.1").mimetype == "text/csv"
    assert asked(browser, TOWN, Accept="text/html").status_code == 406


# Who reads


def test_without_a_publication_there_is_nothing_for_a_stranger(browser: Browser):
    assert [row["organisation"] for row in exactly(asked(browser, f"{BASE}/organisations"))] == ["demonstration"]
    for slug in ("marseille", "amp", "nowhere", "%00", "🏛"):
        for name in ("", *(f"/{one}" for one in LISTS)):
            assert asked(browser, f"{BASE}/organisations/{slug}{name}").status_code == 404, (slug, name)


def test_a_token_of_one_organisation_finds_nothing_in_another_even_what_strangers_read(
    browser: Browser, of_marseille: str
):
    assert [row["organisation"] for row in exactly(asked(browser, f"{BASE}/organisations", of_marseille))] == [
        "marseille"
    ]
    assert exactly(asked(browser, f"{BASE}/organisations/marseille/commitments", of_marseille))
    missing = asked(browser, f"{BASE}/organisations/nowhere", of_marseille)
    for slug in ("demonstration", "amp"):
        for name in ("", *(f"/{one}" for one in LISTS)):
            answer = asked(browser, f"{BASE}/organisations/{slug}{name}", of_marseille)
            assert (answer.status_code, answer.data) == (404, missing.data), (slug, name)


def test_a_session_opens_nothing_and_no_cookie_is_read_nor_set(referent: Browser):
    assert referent.get("/marseille/").status_code == 200
    assert asked(referent, f"{BASE}/organisations/marseille").status_code == 404
    for address in (TOWN, f"{BASE}/openapi.json", f"{BASE}/nothing", f"{TOWN}?x=1"):
        answer = asked(referent, address)
        assert "Set-Cookie" not in answer.headers, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address


def test_a_year_taken_back_is_gone_at_once(browser: Browser, store: Database):
    assert exactly(asked(browser, f"{TOWN}/measurements"))
    with store.transaction() as session:
        [last] = session.query(Publication)
        town = session.get(Organisation, last.organisation_id)
        assert town is not None
        copied = {c.name: getattr(last, c.name) for c in Publication.__table__.columns if c.name != "id"}
        moment = last.recorded_at + timedelta(days=30)
        session.add(Publication(**copied | {"version": 2, "is_withdrawn": True, "recorded_at": moment}))
    for name in LISTS:
        told = exactly(asked(browser, f"{TOWN}/{name}"))
        assert told == [] or name == "publications", name
    assert exactly(asked(browser, f"{BASE}/organisations")) == []


def test_a_value_that_was_corrected_since_is_told_to_members_alone(referent: Browser, token: str):
    mine = f"{TOWN}/measurements?year=2016&indicator=SOB-06"
    shown, known = asked(referent, mine), exactly(asked(referent, mine, token))
    referent.send(
        "/demonstration/saisie/2016/SOB-06",
        {"SOB-06-value": "4,2", "SOB-06-revision": "1", "SOB-06-correction": "Facture retrouvée"},
    )
    now = exactly(asked(referent, mine, token))
    assert len(now) == len(known) + 1
    assert [row["valeur"] for row in now if row["est_en_vigueur"]] == [Decimal("4.2")]
    assert asked(referent, mine).data == shown.data


# Tokens that open nothing


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "pt_x",
        "Bearer pt_" + "x" * 43,
        "Bearer " + "x" * 9000,
        "Bearer a b",
    ],
)
def test_a_token_that_opens_nothing_is_refused_and_never_answered_as_a_stranger(browser: Browser, header: str):
    for address in (TOWN, f"{BASE}/openapi.json", f"{BASE}/nothing"):
        answer = browser.get(address, headers={"Authorization": header})
        assert answer.status_code == 401, address
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_token_lives_until_its_day_its_password_and_its_account(browser: Browser, of_marseille: str, store: Database):
    mine = f"{BASE}/organisations/marseille"
    assert asked(browser, mine, of_marseille).status_code == 200
    with time_machine.travel(f"{TODAY + timedelta(days=91)} 10:00:00+01:00"):
        assert asked(browser, mine, of_marseille).status_code == 401
    assert asked(browser, mine, of_marseille).status_code == 200
    with store.transaction() as session:
        accounts.change_password(session, "m@example.org", "another-password", "admin")
    assert asked(browser, mine, of_marseille).status_code == 401


def test_no_token_is_written_in_a_log_nor_left_in_the_answers(
    browser: Browser, token: str, store: Database, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        answers = [asked(browser, TOWN, token), asked(browser, TOWN, token[:-1]), asked(browser, f"{TOWN}?x=1", token)]
    assert token[10:] not in caplog.text + "".join(f"{one.headers}{one.text}" for one in answers)
    with store.reading() as session:
        assert [one.used_on for one in session.query(ApiToken)] == [TODAY]


# How long, for whom


def test_a_public_answer_is_open_to_other_sites_and_kept_a_while(browser: Browser):
    for address in (TOWN, f"{TOWN}/commitments?format=csv", f"{BASE}/openapi.json"):
        headers = asked(browser, address).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert headers["Cache-Control"] == "public, max-age=300"
        assert {"Accept", "Authorization"} <= set(headers["Vary"].replace(" ", "").split(","))


def test_the_answer_to_a_token_is_for_its_holder_alone(browser: Browser, token: str):
    for address in (TOWN, f"{TOWN}/commitments"):
        first = asked(browser, address, token)
        for headers in (first.headers, asked(browser, address, token, If_None_Match=first.headers["ETag"]).headers):
            assert "Access-Control-Allow-Origin" not in headers
            assert headers["Cache-Control"] == "private, no-store"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_refusal_is_not_open_to_other_sites(browser: Browser):
    for address in (f"{BASE}/nothing", f"{TOWN}?x=1", f"{BASE}/organisations/amp"):
        assert "Access-Control-Allow-Origin" not in asked(browser, address).headers


def test_an_answer_that_is_known_already_is_not_sent_again(browser: Browser, token: str):
    for mine in ("", token):
        first = asked(browser, f"{TOWN}/commitments", mine)
        for known in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"x", {first.headers["ETag"]}'):
            again = asked(browser, f"{TOWN}/commitments", mine, If_None_Match=known)
            assert (again.status_code, again.data) == (304, b""), known
        assert asked(browser, f"{TOWN}/commitments?format=csv", mine, If_None_Match=known).status_code == 200
    assert (
        asked(browser, f"{TOWN}/commitments", token).headers["ETag"]
        != asked(browser, f"{TOWN}/commitments").headers["ETag"]
    )


def test_a_compressed_answer_is_known_by_the_tag_that_it_had(browser: Browser):
    first = asked(browser, f"{TOWN}/commitments", Accept_Encoding="br")
    assert first.headers["Content-Encoding"] == "br"
    known = first.headers["ETag"]
    assert asked(browser, f"{TOWN}/commitments", Accept_Encoding="br", If_None_Match=known).status_code == 304


# Refusals


def refusals(browser: Browser) -> Iterator[tuple[int, TestResponse]]:
    yield 404, browser.get(f"{BASE}")
    yield 404, browser.get(f"{BASE}/")
    yield 404, browser.get(f"{BASE}/organisations/x/y/z")
    for method in ("post", "put", "patch", "delete"):
        yield 405, getattr(browser, method)(f"{BASE}/organisations")
    yield 406, browser.get(TOWN, headers={"Accept": "application/xml"})
    for query in ("x=1", "page=0", "page=-1", "page=1.0", "page=١", "page=99999999999", "page_size=501", "page_size="):
        yield 422, browser.get(f"{TOWN}/commitments?{query}")
    for query in ("year=1899", "year=3.2e20", "year=deux", "format=xml", "page=1&page=2", "format=csv&format=json"):
        yield 422, browser.get(f"{TOWN}/commitments?{query}")
    yield 422, browser.get(f"{TOWN}?page=1")
    yield 422, browser.get(f"{BASE}/openapi.json?x=1")
    yield 401, browser.get(TOWN, headers={"Authorization": "x"})


def test_every_refusal_is_a_problem_in_json_with_a_sentence_and_never_a_page(browser: Browser):
    for status, answer in refusals(browser):
        told = answer.json
        assert answer.mimetype == "application/problem+json", answer.request.path
        assert (answer.status_code, told["status"]) == (status, status), (answer.request.url, answer.text)
        assert told["title"]
        assert told["detail"].endswith((".", "JETON."))
        assert answer.headers["Cache-Control"] == "no-store"
        if status == 405:
            assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        if status == 422:
            assert all(one["parameter"] and one["message"].endswith(".") for one in told["faults"])


def test_a_host_that_is_not_ours_is_refused_as_a_problem_too(app: Flask, browser: Browser):
    app.config["TRUSTED_HOSTS"] = ["tracker.example"]
    try:
        answer = browser.get(TOWN, headers={"Host": "elsewhere.example"})
    finally:
        app.config["TRUSTED_HOSTS"] = None
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_refusal_speaks_english_to_whoever_asks_for_it_and_the_rows_stay_french(browser: Browser):
    assert asked(browser, f"{BASE}/nothing", Accept_Language="en-GB").json["title"] == "Nothing at this address"
    assert asked(browser, f"{BASE}/nothing", Accept_Language="de").json["title"] == "Rien à cette adresse"
    told = asked(browser, f"{TOWN}/commitments")
    assert asked(browser, f"{TOWN}/commitments", Accept_Language="en").data == told.data


def test_a_database_out_of_reach_is_said_as_a_problem_with_its_number(app: Flask, browser: Browser, tmp_path):
    known = app.extensions["tracker_database"]
    app.extensions["tracker_database"] = Database(f"sqlite:///{tmp_path}/none/at/all.sqlite3")
    try:
        answer = FlaskClient(app).get(TOWN)  # without the rule of the house on answers of 500 and more
    finally:
        app.extensions["tracker_database"] = known
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert len(answer.json["incident"]) == 8
    assert answer.headers["Retry-After"]
    assert "Traceback" not in answer.text


def test_who_asks_too_often_is_told_when_to_come_back_each_token_by_itself(app: Flask, browser: Browser, token: str):
    app.config["TRACKER_SETTINGS"] = replace(app.config["TRACKER_SETTINGS"], api_rate="3 per day")
    other = f"{BASE}/nothing"
    with time_machine.travel("2031-05-05 10:00:00+02:00", tick=False):
        statuses = [asked(browser, one).status_code for one in (TOWN, other, TOWN)]
        refused = asked(browser, TOWN)
        assert statuses == [200, 404, 200]
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 86_400
        assert refused.mimetype == "application/problem+json"
        assert "revenez dans" in refused.json["detail"]
        assert asked(browser, TOWN, "pt_wrong").status_code == 429
        assert browser.get("/aide").status_code == 200
    with time_machine.travel(f"{TODAY} 10:00:00+01:00", tick=False):
        assert [asked(browser, TOWN, token).status_code for _ in range(4)] == [200, 200, 200, 429]


# The description


def test_the_description_is_valid_and_its_examples_fit_it(browser: Browser):
    told = browser.get(f"{BASE}/openapi.json").json
    assert told["openapi"].startswith("3.1")
    assert [tag["name"] for tag in told["tags"]] == list(RESOURCES)
    jsonschema.Draft202012Validator(OPENAPI_31).validate(told)
    for path, item in told["paths"].items():
        operation = item["get"]
        assert set(operation["responses"]) == {"200", "304", "401", "404", "406", "422", "429", "503"}, path
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": told["components"]}
        jsonschema.Draft202012Validator(schema).validate(content["example"])


@pytest.mark.parametrize("name", ["organisations", *LISTS])
def test_the_rows_fit_the_description(browser: Browser, token: str, name: str):
    told = browser.get(f"{BASE}/openapi.json").json
    path = f"{BASE}/organisations" + ("" if name == "organisations" else f"/{{slug}}/{name}")
    content = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    schema = {**content["schema"], "components": told["components"]}
    for mine in ("", token):
        answer = asked(browser, path.replace("{slug}", "demonstration"), mine)
        jsonschema.Draft202012Validator(schema).validate(answer.json)


def test_the_examples_are_rows_of_the_demonstration(browser: Browser, token: str):
    for path, item in browser.get(f"{BASE}/openapi.json").json["paths"].items():
        if "{code}" in path:
            continue
        example = item["get"]["responses"]["200"]["content"]["application/json"]["example"]
        address = path.replace("{slug}", "demonstration") + ("" if path.endswith("}") else "?page_size=500")
        shown, known = asked(browser, address).json, asked(browser, address, token).json
        if isinstance(example, list):
            assert example[0] in [*shown, *known], path
        else:
            assert example in (shown, known), path
