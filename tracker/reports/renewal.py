"""The draft of a report that renews a membership, from last year's facts, in the manner of a French deliberation.

It is an act of a French council: it is written in French whatever the language being spoken. What the facts do not
tell is a marked blank to fill, and no person is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.budget import Imputation, Sum
from tracker.exports.paper import Block, Bullets, Heading, Look, Paper, Paragraph, Span, Weight, listed, said
from tracker.labels import day, semicolon, speaking, typeset
from tracker.labels.budget import ACCOUNT_CODES, sum_phrase
from tracker.labels.papers import fiction_sentence


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """What is known of a membership in ``year``, and the fee of the year after; whatever is unknown is empty or None.

    ``fee`` is that of ``year``: its amount is None where no text states it, and its tax regime may be unstated.
    ``next_fee`` is None until it is decided. ``number``, ``decided_on`` and ``body`` are those of the deliberation
    that decided ``year``, ``joined`` tells the one by which the authority joined, in words. ``served`` and ``tools``
    are sentences. ``line`` is where the fee of ``year`` stood in the accounts. ``legal`` are references of texts.
    """

    authority: str
    association: str
    year: int
    as_of: date
    fee: Sum
    next_fee: Sum | None = None
    number: str = ""
    decided_on: date | None = None
    body: str = ""
    joined: str = ""
    paid_on: date | None = None
    served: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    line: Imputation | None = None
    legal: tuple[str, ...] = ()
    is_fictional: bool = False

    @property
    def next_year(self) -> int:
        """Give the year that the report asks for."""
        return self.year + 1


def renewal_paper(facts: RenewalFacts) -> Paper:
    """Write the draft as blocks."""
    with speaking("fr"):
        title = typeset(
            f"Renouvellement de l'adhésion à « {facts.association} » et paiement de la cotisation {facts.next_year}"
        )
        blocks = (*_notices(facts), *_report(facts), *_considered(facts), *_articles(facts))
        name = typeset(facts.authority)
        return Paper(title, typeset(f"Projet de délibération, {name}"), name, facts.as_of, "fr", blocks)


def _notices(facts: RenewalFacts) -> Iterator[Block]:
    if facts.is_fictional:
        yield said(fiction_sentence(typeset(facts.authority)), Look.NOTICE)
    yield said(
        typeset(
            f"Projet établi le {day(facts.as_of)} d'après les faits de {facts.year}. "
            "Ce qui est entre crochets est à compléter, et tout est à relire."
        ),
        Look.NOTICE,
    )


def _report(facts: RenewalFacts) -> Iterator[Block]:
    year = facts.year
    yield Heading(1, "Rapport")
    yield _line(
        f"L'adhésion à « {facts.association} » pour {year} a été décidée par la délibération n° ",
        facts.number or _blank("numéro de la délibération"),
        " du ",
        day(facts.decided_on) if facts.decided_on else _blank("date de la délibération"),
        " (",
        facts.body or _blank("assemblée"),
        ").",
    )
    if facts.joined:
        yield _line(f"Première décision connue : {facts.joined}.")
    if facts.fee.amount is None:
        yield _line(f"Cotisation {year} : ", _blank("montant, qu'aucun texte enregistré ne donne"), ".")
    else:
        yield _line(f"Cotisation {year} : {sum_phrase(facts.fee)}.")
    yield _line(
        f"Paiement de la cotisation {year} : ",
        day(facts.paid_on) if facts.paid_on else _blank("date du paiement"),
        ".",
    )
    yield _line(
        f"Cotisation {facts.next_year} : ",
        _next_fee(facts) or _blank("montant à préciser"),
        ".",
    )
    yield from _told(f"Ce que l'adhésion a servi en {year}", facts.served, "activités suivies, travaux partagés")
    yield from _told(f"Outils employés en {year}", facts.tools, "outils, guides, formations")


def _told(title: str, items: tuple[str, ...], missing: str) -> Iterator[Block]:
    yield Heading(2, typeset(title))
    yield listed(map(typeset, items)) if items else Bullets(((_blank(missing),),))


def _considered(facts: RenewalFacts) -> Iterator[Block]:
    yield Heading(1, "Projet de délibération")
    yield _line(_assembly(facts.body) if facts.body else _blank("assemblée"), ",")
    yield Heading(2, "Vu")
    asked = (_blank("textes applicables"), Span(semicolon().rstrip()))
    texts: list[tuple[Span, ...]] = [(Span(typeset(f"{one} ;")),) for one in facts.legal] or [asked]
    decided = _spans(
        "La délibération n° ",
        facts.number or _blank("numéro de la délibération"),
        " du ",
        day(facts.decided_on) if facts.decided_on else _blank("date de la délibération"),
        f" relative à l'adhésion à « {facts.association} » pour {facts.year}.",
    )
    yield Bullets((*texts, decided))
    yield _line("Ouï le rapport ci-dessus,")
    yield Heading(2, "Considérant")
    yield Bullets(
        (
            _spans(f"Que les faits de {facts.year} rappelés au rapport montrent à quoi l'adhésion a servi ;"),
            _spans("Que ", _blank("motif du renouvellement"), "."),
        )
    )


def _assembly(body: str) -> str:
    """Give an assembly its article: « Le Bureau de la Métropole », « La Commission permanente »."""
    if body.lower().startswith(("le ", "la ", "l'", "l’")):
        return body
    return f"La {body}" if body.startswith("Commission") else f"L'{body}" if body.startswith("A") else f"Le {body}"


def _articles(facts: RenewalFacts) -> Iterator[Block]:
    yield Heading(1, "Délibère")
    yield Heading(2, "Article 1")
    yield _line(
        f"Sont approuvés le renouvellement de l'adhésion à « {facts.association} » pour l'année {facts.next_year} "
        "et le paiement d'une cotisation d'un montant de ",
        _next_fee(facts) or _blank("montant à préciser, avec son régime de taxe"),
        ".",
    )
    yield Heading(2, "Article 2")
    line = facts.line or Imputation()
    yield _line(
        f"Les crédits nécessaires sont inscrits au budget de l'exercice {facts.next_year} ; imputation "
        + (f"reprise de {line.year or facts.year}, à vérifier :" if facts.line else ":")
    )
    yield Bullets(
        tuple(
            (Span(typeset(f"{name} : "), Weight.STRONG), Span(typeset(code)) if code else _blank(name))
            for part, name in ACCOUNT_CODES
            if (code := str(getattr(line, part))) or part in _ASKED
        )
    )


_ASKED = {"budget", "section", "chapter", "function", "nature"}
"""What every deliberation of the field states; the rest is given where it is known."""


def _next_fee(facts: RenewalFacts) -> str:
    known = facts.next_fee
    return sum_phrase(known) if known is not None and known.amount is not None else ""


def _line(*parts: str | Span) -> Paragraph:
    return Paragraph(_spans(*parts))


def _spans(*parts: str | Span) -> tuple[Span, ...]:
    return tuple(part if isinstance(part, Span) else Span(typeset(part)) for part in parts)


def _blank(what: str) -> Span:
    return Span(typeset(f"[à compléter : {what}]"), Weight.BLANK)
