"""``make measure``: the demonstration's pages in Chromium; one JSON line a page, exit 1 when one breaks its budget.

With ``--store``, the figures become those that the product shows on its page about ecodesign.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser

from benchmarks import kept
from benchmarks.chromium import chromium, revisit, sign_in, visiting
from benchmarks.looks import LOOKS, look, reader, rules
from benchmarks.server import PASSWORD, demonstration

PAGES = {
    "/": "A",
    "/aide": "A",
    "/aide/saisie": "A",
    "/accessibilite": "A",
    "/ecoconception": "A",
    "/ecoconception/4": "A",
    "/compte": "A",
    "/compte/jetons": "A",
    "/api": "A",
    "/demonstration/": "A",
    "/marseille/": "A",
    "/amp/": "A",
    "/demonstration/engagements": "A",
    "/amp/engagements": "A",
    "/demonstration/engagements/DEM16-S01": "A",
    "/amp/engagements/AMP25N-G02": "A",
    "/amp/deliberations": "A",
    "/amp/deliberations/AMP-2025-17495": "A",
    "/marseille/deliberations/VDM-2022-0737": "A",
    "/demonstration/deliberations": "A",
    "/demonstration/deliberations/DEMO-2022-045/correction": "A",
    "/demonstration/deliberations/prise-en-charge": "A",
    "/amp/deliberations/AMP-2023-14771": "A",
    "/demonstration/parc/inventaires": "A",
    "/demonstration/adhesions": "A",
    "/amp/adhesions": "A",
    "/demonstration/adhesions/RFNR": "A",
    "/amp/adhesions/INR": "A",
    "/demonstration/adhesions/RFNR/2026": "A",
    "/demonstration/moyens?annee=2025": "A",
    "/amp/moyens?annee=2025": "A",
    "/demonstration/parc/durees?annee=2025": "A",
    "/demonstration/parc/durees/2025/indicateurs": "B",
    "/demonstration/plan/2025": "A",
    "/demonstration/plan/2026?vue=tableau": "A",
    "/demonstration/plan/2025?vue=calendrier": "A",
    "/demonstration/plan/2025/bilan": "A",
    "/demonstration/plan/2025/actions/A2025-03": "A",
    "/demonstration/plan/2025/actions/A2025-03/echanges": "A",
    "/demonstration/plan/2026/actions/A2026-03/modifier": "B",
    "/demonstration/plan/2026/ajout": "B",
    "/demonstration/plan/2026/reports": "A",
    "/demonstration/carbone/2025": "A",
    "/demonstration/carbone/2025/figer": "A",
    "/demonstration/carbone/2025/montants": "B",
    "/demonstration/carbone/2025/montants/fichier": "A",
    "/demonstration/carbone/facteurs": "A",
    "/demonstration/carbone/facteurs/laptop": "A",
    "/demonstration/simulateur": "A",
    "/demonstration/simulateur?toutes=1": "B",
    "/demonstration/simulateur/comparaison": "A",
    "/demonstration/services/1/declaration": "A",
    "/demonstration/services/6/declaration": "A",
    "/demonstration/services/accessibilite": "A",
    "/demonstration/services/accessibilite/schemas/1": "A",
    "/demonstration/services/accessibilite/schemas/1/modifier": "B",
    "/demonstration/services/accessibilite/plan/2026": "A",
    "/demonstration/services/accessibilite/plan/2026/ajout": "A",
    "/demonstration/services/reclamations": "A",
    "/demonstration/services/reclamations/1": "A",
    "/demonstration/commission": "A",
    "/demonstration/commission/2": "A",
    "/demonstration/commission/3": "A",
    "/demonstration/commission/ajout": "A",
    "/demonstration/commission/2/services/1": "A",
    "/demonstration/services/1/ecarts": "A",
    "/demonstration/services/1/ecarts/1/modifier": "A",
    "/demonstration/services/1/ecarts/ajout": "A",
    "/demonstration/commission/3/modifier": "A",
    "/demonstration/services/accessibilite/schemas/ajout": "B",
    "/demonstration/services/accessibilite/plan/2026/1": "A",
    "/demonstration/services/reclamations/ajout": "A",
    "/demonstration/services/ecoconception": "A",
    "/demonstration/services/1/ecoconception": "A",
    "/demonstration/services/2/ecoconception": "A",
    "/demonstration/services/1/ecoconception/cadre": "A",
    "/demonstration/services/1/ecoconception/themes/4": "B",
    "/demonstration/services/2/ecoconception/themes/4": "A",
    "/demonstration/services/1/ecoconception/declaration": "A",
    "/demonstration/services/1/ecoindex": "A",
    "/demonstration/parc": "A",
    "/demonstration/parc/1": "A",
    "/demonstration/parc/ajout": "A",
    "/demonstration/parc/1/modifier": "B",
    "/demonstration/parc/modifier?tout=1": "A",
    "/demonstration/parc/regles": "A",
    "/demonstration/services": "A",
    "/demonstration/services/1": "A",
    "/demonstration/services/import": "A",
    "/demonstration/services/1/audits": "A",
    "/demonstration/services/1/audits/1": "A",
    "/demonstration/services/1/audits/1/resultats?thematique=13": "A",
    "/demonstration/services/1/audits/1/modifier": "B",
    "/demonstration/services/1/audits/1/pages/2?thematique=10": "B",
    "/demonstration/services/1/audits/ajout": "B",
    "/demonstration/services/1/audits/import": "A",
    "/demonstration/services/ajout": "B",
    "/demonstration/services/1/modifier": "B",
    "/demonstration/services/indicateurs/2025": "B",
    "/demonstration/services/ia": "A",
    "/amp/services/ia": "A",
    "/demonstration/services/ia/1": "A",
    "/demonstration/services/ia/ajout": "B",
    "/demonstration/services/ia/1/modifier": "B",
    "/demonstration/services/evaluations?annee=2025": "A",
    "/demonstration/services/1/evaluation/2025": "A",
    "/demonstration/services/mediation?annee=2025": "A",
    "/demonstration/services/mediation/2025/1": "A",
    "/demonstration/services/mediation/2025/ajout": "A",
    "/demonstration/public/ia": "A",
    "/demonstration/indicateurs/SOB-06": "A",
    "/demonstration/indicateurs/SOB-06/2025": "A",
    "/demonstration/indicateurs/SOB-06/2025/historique": "A",
    "/demonstration/engagements/DEM16-S01/echanges": "A",
    "/demonstration/comparaison": "A",
    "/notifications": "A",
    "/demonstration/?avec=2022": "A",
    "/demonstration/?au=2026-01-31": "A",
    "/demonstration/axes/sobriete": "A",
    "/amp/axes/gouvernance": "A",
    "/demonstration/synthese/2025": "A",
    "/amp/synthese/2025": "A",
    "/demonstration/presentation/2025": "A",
    "/demonstration/public": "A",
    "/demonstration/public/2024": "A",
    "/demonstration/public/2024/engagements/DEM16-S01": "A",
    "/demonstration/public/2024/indicateurs/SOB-06": "A",
    "/demonstration/public/2024/integrer/DEM16-S01": "A",
    "/demonstration/public/donnees": "A",
    "/demonstration/donnees": "A",
    "/demonstration/publications": "A",
    "/demonstration/publications/2025": "A",
    "/demonstration/recherche?q=num%C3%A9rique": "A",
    "/demonstration/suivis": "A",
    "/demonstration/questions": "A",
    "/demonstration/questions/1": "A",
    "/demonstration/engagements/DEM22-A01/questions": "A",
    "/demonstration/saisie/2025": "B",
    "/marseille/saisie/2025": "B",
    "/demonstration/saisie/2025/SOB-06": "A",
    "/demonstration/imports": "A",
    "/demonstration/journal": "A",
    "/demonstration/reglages": "A",
    "/amp/reglages": "A",
    "/demonstration/reglages/engagements/DEM16-S03": "A",
    "/demonstration/reglages/engagements/DEM16-S01/SOB-06": "A",
    "/demonstration/reglages/indicateurs/SOB-06": "A",
    "/demonstration/demarrage": "A",
    "/demonstration/demarrage/indicateurs": "B",
    "/demonstration/echeances": "A",
    "/amp/echeances": "A",
    "/demonstration/directions": "A",
    "/demonstration/directions/DSI": "A",
    "/demonstration/campagnes": "A",
    "/demonstration/campagnes/2025": "A",
    "/demonstration/campagnes/2024": "A",
    "/demonstration/campagnes/2025/attributions": "B",
    "/demonstration/validation/2025": "B",
    "/demonstration/rapport/2025": "A",
    "/demonstration/rapport/2025/textes": "A",
    "/demonstration/rapport/2025/textes/analysis": "A",
    "/demonstration/rapport/2025/completude": "A",
    "/amp/rapport/2025/completude": "A",
    "/marseille/rapport/2025": "A",
    "/amp/rapport/2025": "A",
    "/demonstration/rapport/2023/versions/1": "A",
    "/demonstration/rapport/2025/geler": "A",
    "/demonstration/rapport/compare": "A",
}


REQUESTS, KILOBYTES, KILOBYTES_AGAIN = 6, 60, 15
BEST = 85
FIRST_SEEN = {"/", "/demonstration/", "/marseille/", "/amp/"}
"""The pages that people come in by: their EcoIndex is ``BEST`` at least, and so is that of every brief."""


def weigh(browser: Browser, url: str, cookies: Any) -> dict[str, Any]:
    """Visit ``url`` twice, the second time with what the first has left in the browser's cache."""
    with visiting(browser, url, cookies) as (page, figures):
        second = revisit(page, url)
        return {**figures, "again_requests": second["transfers"], "again_kilobytes": second["kilobytes"]}


def over(address: str, figures: Mapping[str, Any]) -> list[str]:
    """Name the budgets that a page breaks."""
    best = address in FIRST_SEEN or "/synthese/" in address
    broken = {
        "status": figures["status"] != 200,
        "grade": figures["grade"] > PAGES[address],
        "ecoindex": best and figures["ecoindex"] < BEST,
        "requests": figures["requests"] > REQUESTS,
        "kilobytes": figures["kilobytes"] > KILOBYTES,
        "again_kilobytes": figures["again_kilobytes"] > KILOBYTES_AGAIN,
        "faults": bool(figures["faults"]),
        "other_hosts": bool(figures["other_hosts"]),
    }
    return [name for name, is_broken in broken.items() if is_broken]


def main() -> int:
    """Measure every page; give 1 when one breaks its budget."""
    is_good, faults = True, 0
    weighed: dict[str, Mapping[str, Any]] = {}
    with demonstration() as base, chromium() as browser:
        context = browser.new_context()
        sign_in(context, base, "referent@demonstration.example", PASSWORD)
        cookies = context.cookies()
        for address in PAGES:
            figures = weigh(browser, base + address, cookies)
            seen = look(browser, base + address, cookies)
            told = {**figures, **seen, "url": address, "over": over(address, figures)}
            is_good = is_good and not told["over"] and not seen
            faults += bool(seen)
            weighed[address] = figures
            print(json.dumps(told, ensure_ascii=False), flush=True)
        if "--store" in sys.argv[1:]:
            version = f"Chromium {browser.version.split('.')[0]}"
            kept.store(weighed, version)
            with reader(browser) as page:
                kept.store_checks(rules(page), len(weighed), [str(one) for one in LOOKS], faults, version)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
