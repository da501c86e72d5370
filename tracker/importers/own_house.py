"""Reads what the product says of its own accessibility and ecodesign."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracker.domain.bilingual import Bilingual
from tracker.domain.ecodesign import Assessment
from tracker.domain.own_house import AccessCheck, AccessRun, CheckWay, OwnAccess
from tracker.domain.rgaa import RgaaVersion
from tracker.domain.rgesn import EcodesignAnswer


def access(file: Path, run: Path, versions: Sequence[RgaaVersion]) -> OwnAccess:
    """Give the checks of an ``own-access/1`` file with the last run, an ``access-checks/1`` file.

    Raises:
        ValueError: for a criterion that the version of the RGAA has not.
    """
    document = _document(file)
    version = next(one for one in versions if one.code == document["rgaa"])
    found = OwnAccess(
        rgaa=version,
        checks=tuple(
            AccessCheck(
                Bilingual(given["name_fr"], given["name_en"]),
                CheckWay(given["way"]),
                tuple(given["criteria"]),
                given["where"],
            )
            for given in document["checks"]
        ),
        run=_run(_document(run)),
        topics=tuple(Bilingual(given["name_fr"], given["name_en"]) for given in document["topics"]),
    )
    known = set(version.criteria())
    named = {one for check in found.checks for one in check.criteria} | set(found.run.criteria)
    if not named <= known:
        raise ValueError(sorted(named - known))
    return found


def ecodesign(file: Path) -> Assessment:
    """Give the self-assessment of an ``own-ecodesign/1`` file."""
    document = _document(file)
    return Assessment(
        number=1,
        version=1,
        rgesn=document["rgesn"],
        assessed_on=date.fromisoformat(document["assessed_on"]),
        scope=document["scope_fr"],
        answers={given["criterion"]: EcodesignAnswer(given["answer"]) for given in document["answers"]},
        notes={given["criterion"]: given["note_fr"] for given in document["answers"]},
    )


def _run(document: Mapping[str, Any]) -> AccessRun:
    return AccessRun(
        on=date.fromisoformat(document["on"]),
        version=document["version"],
        tool=document["tool"],
        browser=document["browser"],
        pages=document["pages"],
        looks=tuple(document["looks"]),
        faults=document["faults"],
        criteria=tuple(document["criteria"]),
    )


def _document(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
