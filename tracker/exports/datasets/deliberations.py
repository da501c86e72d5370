"""Deliberations as open data: the votes that the other tables name."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.opened import OpenDeliberation
from tracker.domain.vocabulary import VoteOutcome
from tracker.exports.tabular import Cell, Column, DataTable
from tracker.labels import N_, say, speaking, word

DELIBERATIONS = DataTable(
    "deliberations",
    N_("Délibérations : les votes d'où viennent les objectifs"),
    (
        Column("deliberation", "string", N_("référence de la délibération dans ces données"), is_required=True),
        Column("numero", "string", N_("numéro de la délibération, tel que la collectivité l'écrit"), is_required=True),
        Column("vote_le", "date", N_("jour du vote"), is_required=True),
        Column("assemblee", "string", N_("assemblée qui a voté")),
        Column("objet", "string", N_("objet de la délibération"), is_required=True),
        Column("issue", "string", N_("ce que le vote a décidé"), VoteOutcome),
        Column("voix_pour", "integer", N_("nombre de voix pour ; vide quand il n'est pas connu")),
        Column("voix_contre", "integer", N_("nombre de voix contre ; vide quand il n'est pas connu")),
        Column("abstentions", "integer", N_("nombre d'abstentions ; vide quand il n'est pas connu")),
        Column("adresse", "string", N_("adresse à laquelle la collectivité publie le texte")),
    ),
    (),
    ("deliberation",),
)


def deliberations(texts: Iterable[OpenDeliberation]) -> DataTable:
    """Give a row a text, oldest vote first."""
    told = sorted(texts, key=lambda one: (one.text.adopted_on, one.text.reference))
    with speaking("fr"):
        return replace(DELIBERATIONS, rows=[_row(one) for one in told])


def _row(one: OpenDeliberation) -> tuple[Cell, ...]:
    return (
        one.text.reference,
        one.text.number,
        one.text.adopted_on,
        one.text.body or None,
        say(one.text.title),
        word(one.outcome) if one.outcome else None,
        one.in_favour,
        one.against,
        one.abstentions,
        one.address or None,
    )
