"""The accessibility statement of a service as a document.

It is a legal text in French, whatever the language of whoever makes it: its words are here, not in the catalogue.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from tracker.domain.rgaa import Conformity, ConformityReason, GapKind
from tracker.domain.statements import AuditResults, OpenGap, Statement
from tracker.exports.paper import Block, Bullets, Heading, Look, Paper, Span, Table, Weight, fact, listed, said
from tracker.labels import colon, day, number, speaking, typeset, word

STATES: Mapping[Conformity, str] = {
    Conformity.TOTAL: "{service} respecte tous les critères applicables du référentiel général d'amélioration de "
    "l'accessibilité (RGAA) : sa conformité est totale.",
    Conformity.PARTIAL: "{service} respecte au moins la moitié des critères applicables du référentiel général "
    "d'amélioration de l'accessibilité (RGAA), mais pas tous : sa conformité est partielle. Ce qui manque est dit plus "
    "bas.",
    Conformity.NONE: "{service} n'est pas conforme au référentiel général d'amélioration de l'accessibilité (RGAA).",
}
REASONS: Mapping[ConformityReason, str] = {
    ConformityReason.RATE: "Moins de la moitié des critères applicables sont respectés.",
    ConformityReason.NO_AUDIT: "Aucun audit ne permet encore de mesurer le respect des critères.",
    ConformityReason.NOT_FULL: "Aucun audit complet ne permet encore de mesurer le respect des critères.",
    ConformityReason.INCOMPLETE: "L'audit complet n'est pas terminé : il ne permet pas encore de mesurer le respect "
    "des critères.",
    ConformityReason.EXPIRED: "Le dernier audit complet n'est plus en cours de validité.",
}
GAPS: Sequence[tuple[GapKind, str, str]] = (
    (GapKind.FAILURE, "Non-conformités", "Aucun contenu n'est signalé ici."),
    (GapKind.BURDEN, "Dérogations pour charge disproportionnée", "Aucune dérogation n'est invoquée."),
    (GapKind.OUT_OF_SCOPE, "Contenus hors du champ de l'obligation", "Aucun contenu n'est signalé ici."),
)
DEFENDER_FORM = "https://formulaire.defenseurdesdroits.fr/"
DEFENDER_DELEGATES = "https://www.defenseurdesdroits.fr/saisir/delegues"
DEFENDER_POST = "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07"


def statement_paper(one: Statement, *, is_fictional: bool = False) -> Paper:
    """Write a statement that lacks nothing as blocks, in French."""
    with speaking("fr"):
        name, service = typeset(one.organisation), typeset(one.service)
        blocks = (
            *_notice(name, is_fictional=is_fictional),
            *_commitment(one),
            *_state(one),
            *_results(one.results),
            *_gaps(one),
            *_making(one),
            *_contact(one),
            *_remedy(),
        )
        return Paper(
            typeset(f"Déclaration d'accessibilité : {service}"), name, name, one.updated_on, "fr", tuple(blocks)
        )


def _notice(name: str, *, is_fictional: bool) -> Iterator[Block]:
    if is_fictional:
        yield _said(f"Données fictives : {name} n'existe pas, cette déclaration est inventée.", Look.NOTICE)


def _commitment(one: Statement) -> Iterator[Block]:
    yield _said(
        f"{one.organisation} veille à rendre ses services numériques accessibles à toutes et à tous, comme le demande "
        "l'article 47 de la loi n°\u00a02005-102 du 11 février 2005."
    )
    review = "" if one.is_first_plan else f", avec le bilan des actions de {one.year - 1}"
    yield listed(
        (
            _named("Schéma pluriannuel de mise en accessibilité", one.scheme_url),
            _named(f"Plan d'actions de l'année {one.year}{review}", one.plan_url),
        )
    )
    if one.is_first_plan:
        yield _said(f"Le plan de {one.year} est le premier : aucun bilan d'une année précédente n'est à joindre.")
    told = f"Service concerné par cette déclaration : {one.service} ({word(one.kind)})"
    yield said(_named(told, one.address) if one.address else typeset(f"{told}."))


def _state(one: Statement) -> Iterator[Block]:
    yield Heading(1, typeset("État de conformité"))
    told = STATES[one.conformity].format(service=one.service)
    yield _said(f"{told} {REASONS[one.reason]}" if one.conformity is Conformity.NONE else told)


def _results(results: AuditResults | None) -> Iterator[Block]:
    yield Heading(1, typeset("Résultats des tests"))
    if results is None:
        yield _said("Aucun résultat d'audit en cours de validité n'est à présenter.")
        return
    yield fact(typeset("Audit réalisé par"), typeset(results.auditor))
    yield fact(typeset("Date de l'audit"), day(results.audited_on))
    yield fact(typeset("Référentiel"), f"RGAA {results.version}")
    if results.rate is not None:
        yield fact(typeset("Critères respectés"), _percent(results.rate))
    if results.mean_rate is not None:
        yield fact(typeset("Taux moyen de conformité des pages"), _percent(results.mean_rate))
    if results.failed:
        yield fact(typeset("Critères non respectés sur une page au moins"), ", ".join(results.failed))


def _gaps(one: Statement) -> Iterator[Block]:
    yield Heading(1, typeset("Contenus non accessibles"))
    for kind, title, nothing in GAPS:
        found = one.of_kind(kind)
        yield Heading(2, typeset(title))
        if not found:
            unknown = "Faute d'audit en cours de validité, les non-conformités ne sont pas connues."
            is_unknown = kind is GapKind.FAILURE and one.results is None
            yield _said(unknown if is_unknown else nothing)
            continue
        yield Bullets(tuple(_gap(gap) for gap in found))


def _gap(gap: OpenGap) -> tuple[Span, ...]:
    """Say a content that is not accessible: what it is, then why, what it fails, what is offered and until when."""
    told = (
        f" Critères : {gap.criteria}." if gap.criteria else "",
        f" Motif : {_unended(gap.reason)}." if gap.reason else "",
        f" En attendant : {_unended(gap.alternative)}."
        if gap.alternative
        else " Une autre solution est donnée sur demande.",
        f" Échéance : {day(gap.until)}." if gap.until is not None else "",
    )
    return (Span(typeset(f"{_unended(gap.content)}."), Weight.STRONG), Span(typeset("".join(told))))


def _unended(text: str) -> str:
    """Give what was typed without the full stop that it may end with."""
    return text.rstrip(" .")


def _making(one: Statement) -> Iterator[Block]:
    yield Heading(1, typeset("Établissement de cette déclaration"))
    yield fact(typeset("Établie le"), day(one.established_on))
    yield fact(typeset("Mise à jour le"), day(one.updated_on))
    yield Heading(2, typeset("Technologies employées"))
    yield _lines(one.technologies)
    results = one.results
    if results is None:
        return
    yield Heading(2, typeset("Environnements de test"))
    yield _said("Navigateurs, lecteurs d'écran et autres technologies d'assistance avec lesquels les tests sont faits.")
    yield _lines(results.environments)
    yield Heading(2, typeset("Outils de l'évaluation"))
    yield _lines(results.tools)
    yield Heading(2, typeset("Pages vérifiées"))
    yield Table(
        typeset("Échantillon de l'audit"),
        (typeset("Page"), typeset("Adresse")),
        tuple((typeset(page.name), page.address or typeset("non précisée")) for page in results.pages),
        (2, 3),
    )


def _contact(one: Statement) -> Iterator[Block]:
    yield Heading(1, typeset("Signaler un défaut, demander une autre solution"))
    yield _said(
        "Un contenu ou une fonction vous reste inaccessible ? Dites-le nous : nous vous indiquerons une solution "
        "accessible, ou vous transmettrons le contenu sous une autre forme. Une réponse vous est due en une semaine ; "
        "si la question est complexe, elle vous dira pourquoi et dans quel délai vous en recevrez la suite."
    )
    yield fact(typeset("Nous écrire"), one.contact)
    yield fact(typeset("Responsable du service"), typeset(one.organisation))


def _remedy() -> Iterator[Block]:
    yield Heading(1, typeset("Voies de recours"))
    yield _said(
        "Si vous nous avez signalé un défaut d'accessibilité qui vous prive d'un contenu ou d'un service, et que vous "
        "n'avez pas reçu de réponse satisfaisante, vous pouvez vous adresser au Défenseur des droits :"
    )
    yield listed(
        (
            _named("par son formulaire en ligne", DEFENDER_FORM),
            _named("auprès de l'un de ses délégués, dans votre région", DEFENDER_DELEGATES),
            _named("par courrier, gratuit et sans timbre", DEFENDER_POST),
        )
    )


def _said(text: str, look: Look = Look.BODY) -> Block:
    return said(typeset(text), look)


def _lines(text: str) -> Block:
    """Give what is told line by line as a list, or a single line as a sentence."""
    lines = [typeset(line.strip()) for line in text.split("\n") if line.strip()]
    return listed(lines) if len(lines) > 1 else said("".join(lines))


def _named(told: str, address: str) -> str:
    """Give an address after what is found there; it stays as it is, without any typography."""
    return f"{typeset(told)}{colon()}{address}"


def _percent(value: Decimal) -> str:
    """Write a rate with two decimals at most, never higher than it is: 99.999 does not read 100."""
    return typeset(f"{number(value.quantize(Decimal('0.01'), ROUND_FLOOR))} %")
