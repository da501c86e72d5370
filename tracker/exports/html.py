"""Writes a document as one HTML page to put online: nothing beside it, its language, its headings, its tables."""

from collections.abc import Iterable

from markupsafe import escape

from tracker.exports.paper import Block, Bullets, Heading, Look, Paper, Paragraph, Span, Table, Weight, legible

HTML = "text/html"
_STYLE = (
    "body{margin:0 auto;max-width:48rem;padding:1.5rem;color:#1d2126;background:#fff;"
    'font:1rem/1.5 system-ui,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}'
    "h1,h2,h3,h4{line-height:1.25}h2{margin-top:2.2rem}table{width:100%;border-collapse:collapse}"
    "th,td{padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #dcd8cf}"
    "tbody th{font-weight:400}caption{text-align:left;color:#565d66}.n{text-align:right}"
    ".notice{border-left:4px solid #8a5600;padding-left:.8rem}div{overflow-x:auto}"
)


def html_file(paper: Paper) -> bytes:
    """Write ``paper`` as a page of its own; the same bytes for the same words."""
    title, subtitle = _text(paper.title), _text(paper.subtitle)
    named = f"{title} – {subtitle}" if subtitle else title
    return (
        f'<!doctype html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{named}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        + (f"<p>{subtitle}</p>\n" if subtitle else "")
        + "\n".join(map(_block, paper.blocks))
        + "\n</main>\n</body>\n</html>\n"
    ).encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"
        case Paragraph():
            opening = '<p class="notice">' if block.look is Look.NOTICE else "<p>"
            return f"{opening}{_spans(block.spans)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{_spans(item)}</li>' for item in block.items)}</ul>"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col"{_side(table, at)}>{_text(told)}</th>' for at, told in enumerate(table.headings))
    rows = "\n".join(
        f'<tr><th scope="row">{_text(row[0])}</th>'
        + "".join(f"<td{_side(table, at)}>{_text(told)}</td>" for at, told in enumerate(row[1:], 1))
        + "</tr>"
        for row in table.rows
    )
    caption = _text(table.caption)
    # What scrolls sideways is reached by keyboard, and says what it is.
    return (
        f'<div role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _side(table: Table, at: int) -> str:
    return ' class="n"' if at in table.numbers else ""


def _spans(spans: Iterable[Span]) -> str:
    return "".join(
        _text(span.text) if span.weight is Weight.PLAIN else f"<strong>{_text(span.text)}</strong>" for span in spans
    )


def _text(told: str) -> str:
    return str(escape(legible(told))).replace("\n", "<br>")
