"""Numbers from outside that no column holds: an address with one leads nowhere, a form with one is refused in words."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.screens.conftest import Browser
from tests.screens.test_every_page import VALUES, counts
from tracker.store.session import Database

HUGE = ("2000000001", "9999999999", "99999999999999999999", "9" * 5000)


def numbered(app: Flask, method: str, number: str) -> list[str]:
    """Give the addresses of ``method`` that hold a number, with ``number`` in its place."""
    known = VALUES["demonstration"]
    given = {"slug": "demonstration", "form": "odt", "code": known["indicator"], "indicator": known["aim"]}
    given["section"] = "analysis"
    found = []
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or set()) or "<int:" not in rule.rule:
            continue
        address = rule.rule
        for name, value in given.items():
            address = address.replace(f"<{name}>", value)
        address = re.sub(r"<int[^:]*:\w+>", number, address)
        address = re.sub(r"<any\((\w+),[^>]*>", r"\1", address)
        assert "<" not in address
        found.append(address)
    return found


@pytest.mark.parametrize("number", HUGE)
def test_an_address_with_a_number_that_nothing_has_is_not_found(app: Flask, referent: Browser, number: str):
    addresses = numbered(app, "GET", number)
    assert len(addresses) >= 14
    for address in addresses:
        assert referent.get(address).status_code == 404, address


def test_the_largest_number_that_is_taken_breaks_nothing_either(app: Flask, referent: Browser, store: Database):
    before = counts(store)
    for address in numbered(app, "GET", "2000000000"):
        assert referent.get(address).status_code == 404, address
    for address in numbered(app, "POST", "2000000000"):
        assert referent.send(address, {}).status_code in {404, 409, 422}, address
    assert counts(store) == before


TOWN = "/demonstration/campagnes"
ABOUT = {"kind": "value", "code": "SOB-06"}


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (f"{TOWN}/2024/reouvertures", {"code": "SOB-06", "account": "N", "until": "30/11/2026", "reason": "Facture"}),
        (f"{TOWN}/2025/attributions", {"chosen": "SOB-06", "seen-SOB-06": "s4", "holder": "pN"}),
        (f"{TOWN}/2025", {"due_on": "11/12/2026", "seen": "N"}),
        (f"{TOWN}/2025/cloture", {"uncounted": "N", "confirmed": "1"}),
        ("/demonstration/validation/2025", {"act": "return", "seen": "SOB-05:N", "reason": "À revoir"}),
        ("/demonstration/saisie/2025/SOB-06", {"SOB-06-value": "5", "SOB-06-revision": "N"}),
        ("/demonstration/demarrage/indicateurs", {"seen": "N", "codes": "SOB-06"}),
        ("/demonstration/pieces", ABOUT | {"year": "N"}),
        ("/demonstration/pieces", ABOUT | {"year": "2025", "replaces": "N"}),
        ("/demonstration/echanges", ABOUT | {"year": "N", "body": "Bonjour"}),
        ("/demonstration/echanges", ABOUT | {"year": "2025", "body": "Bonjour", "tell": "N"}),
    ],
)
def test_a_form_with_such_a_number_is_never_an_error_of_the_server(
    referent: Browser, address: str, sent: dict[str, Any], number: str
):
    answer = referent.send(address, {name: value.replace("N", number) for name, value in sent.items()})
    assert answer.status_code in {302, 404, 409, 422}, answer.status_code
    if address.endswith(("/echanges", "/pieces")):
        assert referent.get("/demonstration/indicateurs/SOB-06/2025/historique").status_code == 200
