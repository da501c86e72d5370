"""Rows of the first revision's tables, in an order that numbers them from 1: what later migrations must carry over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

VOTED_ON = date(2022, 6, 30)
AT = datetime(2023, 1, 15, 9, 30, 0, 123456)  # noqa: DTZ001 - stored in UTC without a zone

_INDICATOR = {
    "axis": "sobriety",
    "tier": "core",
    "name_fr": "Durée",
    "name_en": "Length",
    "definition_fr": "",
    "definition_en": "",
    "unit": "years",
    "value_kind": "mean",
    "numerator_fr": "",
    "denominator_fr": "",
    "formula_fr": "",
    "better": "up",
    "aggregation": "ratio_of_sums",
    "collected_by": "measurement",
    "decimals": 1,
    "minimum": "0",
    "maximum": None,
    "companion": "",
    "decree_items": [2],
    "suggestion": None,
    "data_sources": [],
    "references": [],
    "note_fr": "",
}
_MEASUREMENT = {
    "organisation_id": 1,
    "indicator_id": 1,
    "numerator": None,
    "denominator": None,
    "absence": None,
    "quality": "measured",
    "coverage": None,
    "source": "Inventaire",
    "comment": "",
    "author": "Alix",
    "recorded_at": AT,
}
_TARGET = {"basis": "absolute", "comparator": "ge", "horizon_year": 2030, "reason_fr": "« 6 ans »"}
_FINDING = {"commitment_id": 1, "tax": None, "budget_line": "", "author": "", "recorded_at": AT}
FIRST_ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "organisation": [{"slug": "ville", "name": "Ville", "kind": "commune", "is_fictional": True}],
    "department": [{"organisation_id": 1, "position": 0, "code": "DSI", "name": "Informatique"}],
    "account": [
        {
            "email": "a@b.example",
            "name": "Alix",
            "password_hash": "x",
            "stamp": "y",
            "is_active": True,
            "created_at": AT,
        }
    ],
    "role_grant": [{"account_id": 1, "organisation_id": 1, "role": "agent", "department_id": 1}],
    "indicator": [
        {"position": 0, "code": "SOB-06", **_INDICATOR},
        {"position": 1, "code": "SOB-07", **_INDICATOR},
        {"position": 2, "code": "SOB-03", **_INDICATOR, "unit": "percent", "collected_by": "derived"},
    ],
    "assignment": [{"organisation_id": 1, "indicator_id": 1, "department_id": 1, "account_id": None}],
    "deliberation": [
        {
            "organisation_id": 1,
            "source": "Inventée",
            "reference": "DEMO-1",
            "number": "1",
            "internal_reference": "",
            "adopted_on": VOTED_ON,
            "body": "Conseil municipal",
            "title_fr": "Titre",
            "title_en": "Title",
            "rapporteur_role": "",
            "outcome": "adopted",
            "legal_basis": ["Loi REEN"],
        }
    ],
    "deliberation_relation": [
        {
            "deliberation_id": 1,
            "position": 0,
            "kind": "renews",
            "number": "0",
            "adopted_on": None,
            "body": "",
            "subject_fr": "",
        }
    ],
    "commitment": [
        {
            "organisation_id": 1,
            "deliberation_id": 1,
            "position": 0,
            "code": "D-1",
            "locator": "article 1",
            "axis": "sobriety",
            "secondary_axes": ["ethics"],
            "title_fr": "Titre",
            "title_en": "Title",
            "statement_fr": "",
            "statement_en": "",
            "kind": "quantified",
            "strength": "decision",
            "stage_in_text": "to_do",
            "starts_on": None,
            "due_on": date(2030, 12, 31),
            "due_precision": "year",
            "due_note": "",
            "owner": "DSI",
            "steering": "",
            "decree_items": [2],
            "legal_references": [],
            "ambiguity": "",
            "is_flagship": True,
        }
    ],
    "aim": [
        {"commitment_id": 1, "indicator_id": 1, "position": 0},
        {"commitment_id": 1, "indicator_id": 2, "position": 1},
    ],
    "baseline": [
        {"aim_id": 1, "state": "validated", "value": "4.05", "year": 2016, "source_fr": "Inventaire"},
        {"aim_id": 2, "state": "to_establish", "value": None, "year": None, "source_fr": "À mesurer"},
    ],
    "target_version": [
        {"aim_id": 1, "version": 1, **_TARGET, "value": "5.5", "decided_on": VOTED_ON, "in_force_from": 2022},
        {
            "aim_id": 1,
            "version": 2,
            **_TARGET,
            "value": "6",
            "decided_on": date(2024, 3, 1),
            "in_force_from": 2024,
        },
        {"aim_id": 2, "version": 1, **_TARGET, "value": "3", "decided_on": VOTED_ON, "in_force_from": 2022},
    ],
    "finding": [
        {
            **_FINDING,
            "state": "decided",
            "on": VOTED_ON,
            "year": 2022,
            "amount": "4000",
            "evidence_fr": "Vote",
        },
        {**_FINDING, "state": "done", "on": VOTED_ON, "year": None, "amount": None, "evidence_fr": "Visa"},
    ],
    "measurement": [
        {**_MEASUREMENT, "year": 2022, "revision": 1, "value": "5.123456789012345678"},
        {**_MEASUREMENT, "year": 2022, "revision": 2, "value": "5.1"},
        {**_MEASUREMENT, "year": 2023, "revision": 1, "value": None, "absence": "not_measured"},
    ],
    "journal_entry": [
        {
            "organisation_id": 1,
            "at": AT,
            "actor": "Parole tenue",
            "action": "loaded",
            "subject": "DEMO-1",
            "year": None,
            "before": "",
            "after": "1",
            "comment": "",
        }
    ],
    "source_note": [{"subject": "organisation/ville", "source": "Inventée"}],
}
