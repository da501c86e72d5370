"""Feeds of what changed, as readers subscribe to them: Atom (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that happened; ``identity`` is its own for ever, ``lines`` are sentences listed under the summary."""

    identity: str
    title: str
    address: str
    at: datetime
    summary: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its identity for ever, who speaks, its own address, that of the page it tells of, that of its data."""

    identity: str
    title: str
    author: str
    language: str
    address: str
    page: str
    rights: str
    entries: Sequence[FeedEntry]
    data: str = ""


def atom(feed: Feed, updated: datetime) -> bytes:
    """Write ``feed``; ``updated`` and the moments of its entries have a time zone.

    Raises:
        ValueError: for a moment without a time zone.
    """
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, XML_LANG: feed.language})
    _text(root, "id", feed.identity)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(updated))
    _text(ElementTree.SubElement(root, "author"), "name", feed.author)
    _text(root, "rights", feed.rights)
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    if feed.data:
        _link(root, "related", feed.data, "text/html")
    for entry in feed.entries:
        _entry(root, entry)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def tag(host: str, since: datetime, name: str) -> str:
    """Name something for ever by the host that speaks of it and a day on which it did (RFC 4151)."""
    owner = host.strip("[]").replace(":", "-").lower()
    return f"tag:{owner},{since.astimezone(UTC).date().isoformat()}:{name}"


def _entry(root: ElementTree.Element, entry: FeedEntry) -> None:
    node = ElementTree.SubElement(root, "entry")
    _text(node, "id", entry.identity)
    _text(node, "title", entry.title)
    _text(node, "updated", _moment(entry.at))
    _text(node, "published", _moment(entry.at))
    _link(node, "alternate", entry.address, "text/html")
    _text(node, "summary", entry.summary)
    if entry.lines:
        content = _text(node, "content", _list(entry))
        content.set("type", "html")


def _list(entry: FeedEntry) -> str:
    """Write the summary and the lines as HTML, which the feed carries escaped."""
    holder = ElementTree.Element("div")
    _text(holder, "p", entry.summary)
    items = ElementTree.SubElement(holder, "ul")
    for line in entry.lines:
        _text(items, "li", line)
    return "".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in holder)


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name)
    node.text = text
    return node


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "type": kind, "href": address})


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
