"""``make measure``: the demonstration's pages in Chromium; one JSON line a page, exit 1 when one breaks its budget."""

import json
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from benchmarks.chromium import chromium, sign_in, visit
from benchmarks.server import PASSWORD, demonstration

PAGES = {
    "/": "A",
    "/aide": "A",
    "/accessibilite": "A",
    "/ecoconception": "A",
    "/compte": "A",
    "/demonstration/": "A",
    "/marseille/": "A",
    "/amp/": "A",
    "/demonstration/engagements": "A",
    "/amp/engagements": "A",
    "/demonstration/engagements/DEM16-S01": "A",
    "/amp/engagements/AMP25N-G02": "A",
    "/amp/deliberations": "A",
    "/amp/deliberations/AMP-2023-14771": "A",
    "/demonstration/indicateurs/SOB-06": "A",
    "/demonstration/indicateurs/SOB-06/2025": "A",
    "/demonstration/indicateurs/SOB-06/2025/historique": "A",
    "/demonstration/engagements/DEM16-S01/echanges": "A",
    "/demonstration/comparaison": "A",
    "/notifications": "A",
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
    "/demonstration/campagnes": "A",
    "/demonstration/campagnes/2025": "A",
    "/demonstration/campagnes/2024": "A",
    "/demonstration/campagnes/2025/attributions": "B",
    "/demonstration/validation/2025": "B",
    "/demonstration/rapport/2025": "A",
    "/marseille/rapport/2025": "A",
    "/amp/rapport/2025": "A",
}


def look(browser: Browser, url: str, cookies: object) -> dict[str, object]:
    """Run axe and look for a sideways scroll, in both themes, wide and narrow."""
    seen: dict[str, object] = {}
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}, locale="fr-FR", bypass_csp=True
            )
            context.add_cookies(cookies)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(url)
            violations = [one["id"] for one in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if violations:
                seen[f"axe {scheme} {width}"] = violations
            if wide > 0:
                seen[f"sideways {scheme} {width}"] = wide
            context.close()
    return seen


def main() -> int:
    """Measure every page; give 1 when one breaks its budget."""
    is_good = True
    with demonstration() as base, chromium() as browser:
        context = browser.new_context()
        sign_in(context, base, "referent@demonstration.example", PASSWORD)
        cookies = context.cookies()
        for address, worst in PAGES.items():
            figures = dict(visit(browser, base + address, cookies), **look(browser, base + address, cookies))
            figures["url"] = address
            is_over = figures["grade"] > worst or figures["faults"] or figures["other_hosts"]
            is_good = is_good and not is_over and not any(key.startswith(("axe", "sideways")) for key in figures)
            print(json.dumps(figures, ensure_ascii=False), flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
