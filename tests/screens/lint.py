"""What every page must be: valid HTML, one main title, headings without a gap, tied labels, nothing inline."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

Node = Element
BLOCKS = {"caption", "dd", "dt", "h1", "h2", "h3", "label", "li", "option", "p", "td", "th", "title", "tr"}
SVG = "{http://www.w3.org/2000/svg}svg"
CONTROLS = {"input", "select", "textarea"}


class PageError(AssertionError):
    """A page breaks the house rules."""


def lint(address: str, text: str) -> Node:
    """Parse ``text`` and check it; give its tree."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree: Node = parser.parse(text)
    except html5lib.html5parser.ParseError as error:
        line = parser.errors[-1][0][0] if parser.errors else 0
        shown = text.splitlines()[max(line - 1, 0)][:200] if text else ""
        raise PageError(f"{address}: invalid HTML, {error}: {shown}") from error
    faults = list(_faults(tree))
    if faults:
        raise PageError(f"{address}: " + "; ".join(faults))
    return tree


def words(node: Node) -> str:
    """Give the text of ``node`` with single spaces, no-break ones included."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: Node) -> Iterator[str]:
    """Give the texts of ``node`` in order, blocks set apart as the eye sees them."""
    edge = " " if node.tag in BLOCKS else ""
    yield edge + (node.text or "")
    for child in node:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge


def _faults(tree: Node) -> Iterator[str]:
    yield from _document(tree)
    yield from _headings(tree)
    yield from _identifiers(tree)
    yield from _labels(tree)
    yield from _forms(tree)
    yield from _resources(tree)


def _document(tree: Node) -> Iterator[str]:
    title = tree.find(".//head/title")
    if title is None or not words(title).removesuffix("– Parole tenue").strip():
        yield "no title"
    if tree.get("lang") not in {"fr", "en"}:
        yield "no language"
    if len(tree.findall(".//main")) != 1:
        yield "not one main"
    for paragraph in tree.iter("p"):
        if glued := re.search(r"[a-zà-ÿ»)%]\.[A-ZÀ-Ý]", words(paragraph)):
            yield f"two sentences without a space: {glued[0]}"
    for table in tree.iter("table"):
        if table.find("caption") is None:
            yield "table without a caption"
        if any(not cell.get("scope") for cell in table.iter("th")):
            yield "th without a scope"


def _headings(tree: Node) -> Iterator[str]:
    levels = [int(node.tag[1]) for node in tree.iter() if isinstance(node.tag, str) and node.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"heading jumps from h{before} to h{after}"


HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def _identifiers(tree: Node) -> Iterator[str]:
    known = [node.get("id") for node in tree.iter() if node.get("id")]
    yield from (f"id {name} twice" for name, count in Counter(known).items() if count > 1)
    for node in tree.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for", "headers"):
            for name in (node.get(attribute) or "").split():
                if name not in known:
                    yield f"{attribute} points to no {name}"


def _labels(tree: Node) -> Iterator[str]:
    pointed = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(control) for label in tree.iter("label") for control in label.iter() if control.tag in CONTROLS}
    for control in tree.iter():
        if control.tag not in CONTROLS or control.get("type") == "hidden":
            continue
        is_named = control.get("aria-label") or control.get("aria-labelledby")
        if not is_named and control.get("id") not in pointed and id(control) not in wrapped:
            yield f"{control.tag} {control.get('name')} without a label"
        if control.get("aria-invalid") and not control.get("aria-describedby"):
            yield f"{control.get('name')} is invalid without saying why"
    for node in tree.iter():
        if node.tag in {"button", "a"} and not words(node) and not node.get("aria-label"):
            yield f"{node.tag} without words"
        if "st" in (node.get("class") or "").split() and not words(node):
            yield "state without words"


def _forms(tree: Node) -> Iterator[str]:
    for form in tree.iter("form"):
        action = form.get("action") or ""
        if action and not action.startswith("/"):
            yield f"form goes to {action}"
        names = {control.get("name") for control in form.iter("input")}
        if (form.get("method") or "get").lower() == "post" and "csrf_token" not in names:
            yield "form without a token"


def _resources(tree: Node) -> Iterator[str]:
    for node in tree.iter():
        if node.get("style") is not None:
            yield f"inline style on {node.tag}"
        yield from (f"inline handler {name}" for name in node.attrib if str(name).startswith("on"))
        if node.tag == "style" or (node.tag == "script" and words(node)):
            yield f"inline {node.tag}"
        for attribute in ("src", "href"):
            target = node.get(attribute) or ""
            if attribute == "src" and not target.startswith("/") and target:
                yield f"{node.tag} loads {target}"
            if target.startswith(("http:", "https:", "//")) and node.tag != "a":
                yield f"{node.tag} loads {target}"
        if node.tag == "img" and node.get("alt") is None:
            yield "img without alt"
