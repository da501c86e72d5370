"""A tour of a page by the Tab key: where focus stops, in which order, and whether each stop shows, in every theme."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

EVERY = 5
THEMES: Sequence[dict[str, Any]] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)

WATCH = """() => {
  window.stops = [];
  window.called = (node) => {
    const words = node.innerText || node.getAttribute("aria-label") || node.name || "";
    return `${node.localName}${node.id ? "#" + node.id : ""} ${words.slice(0, 40)}`;
  };
  window.shutAtFirst = new Set(document.querySelectorAll(":disabled"));  // what opens on the way was not to be reached
  const start = document.createElement("button");
  start.id = "start-of-the-tour";
  start.tabIndex = 1;
  document.body.prepend(start);
  start.focus();  // else Tab would go on from where the page itself puts focus
  const end = document.body.appendChild(document.createElement("button"));  // past it, Tab would leave for the browser
  end.id = "end-of-the-tour";
  document.addEventListener("keydown", (event) => {
    if (document.activeElement === end) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target === end) return;
    const node = event.target, box = node.getBoundingClientRect();
    const hidden = box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth;
    window.stops.push([node, box.width > 1 && box.height > 1 && !hidden]);
  });
  return document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]").length;
}"""

ORDER = """() => {
  const ways = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable], [onclick]";
  const roles = ["button", "link", "checkbox", "switch", "tab", "menuitem", "slider", "textbox", "combobox"];
  const asked = `${ways}, ${roles.map((role) => `[role=${role}]`).join(", ")}`;
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.type !== "hidden";
  const faults = [], stopped = window.stops.map(([node]) => node), seen = new Set(stopped);
  const again = stopped.find((node, n) => stopped.indexOf(node) < n);
  if (again) return [`focus comes back to ${called(again)}`];
  document.querySelectorAll("#start-of-the-tour, #end-of-the-tour").forEach((node) => node.remove());
  for (const node of document.querySelectorAll(asked)) {
    if (!isShown(node) || node.disabled || window.shutAtFirst.has(node) || seen.has(node)) continue;
    if (node.tabIndex < 0 && node.matches("h1, h2, h3, main, [role=alert], [role=status]")) continue;
    if (node.type === "radio" && document.querySelectorAll(`[name="${node.name}"]`).length > 1) continue;
    faults.push(`not reached by Tab: ${called(node)}`);
  }
  for (let n = 1; n < stopped.length; n += 1)
    if (!(stopped[n - 1].compareDocumentPosition(stopped[n]) & Node.DOCUMENT_POSITION_FOLLOWING))
      faults.push(`out of order: ${called(stopped[n])} after ${called(stopped[n - 1])}`);
  for (const [node, isInView] of window.stops) if (!isInView) faults.push(`focus out of sight: ${called(node)}`);
  return faults;
}"""

SHOWN = """() => {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      known.set(colour, brush.getImageData(0, 0, 1, 1).data);
    }
    return known.get(colour);
  };
  const light = (colour) => {
    const [r, g, b] = [...rgba(colour)].slice(0, 3).map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (rgba(colour)[3] > 200) return colour;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
      matchMedia("(prefers-color-scheme: dark)").matches ? "#000" : "#fff";
  };
  const faults = [];
  for (const node of new Set(window.stops.map(([node]) => node))) {
    if (node.disabled) continue;
    node.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(node), width = parseFloat(style.outlineWidth);
    if (style.outlineStyle === "none" || !(width >= 2)) faults.push(`focus does not show: ${called(node)}`);
    else {
      const ratio = contrast(style.outlineColor, ground(node.parentElement));
      if (ratio < 3) faults.push(`focus shows at ${ratio.toFixed(1)}:1: ${called(node)}`);
    }
  }
  return faults;
}"""


def tour(page: Page) -> Sequence[str]:
    """Press Tab from the top of the page to its end, and tell what is wrong with the stops: nothing, on a good page."""
    most = page.evaluate(WATCH) + EVERY
    for pressed in range(1, most + EVERY):
        page.keyboard.press("Tab")
        if pressed % EVERY == 0 and page.evaluate("document.activeElement.id === 'end-of-the-tour'"):
            break
    else:
        return ["the Tab key never comes to the end of the page", *page.evaluate(ORDER)[:3]]
    faults = list(page.evaluate(ORDER))
    for theme in THEMES:
        page.emulate_media(**theme)
        told = " ".join(theme.values())
        faults += [f"{told}: {fault}" for fault in page.evaluate(SHOWN)]
    return faults
