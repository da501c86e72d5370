"""The words of a chart: what each of its strokes is, and each of its numbers."""

from collections.abc import Mapping

from tracker.labels.language import N_, text

MARKS: Mapping[str, str] = {
    "value": N_("Valeur"),
    "restated": N_("À méthode constante"),
    "corrected": N_("Valeur corrigée"),
    "goal": N_("Objectif voté"),
    "voted": N_("Niveau voté"),
    "expected": N_("Niveau attendu, calculé et non voté"),
    "ahead": N_("Prévision, au rythme constaté"),
    "fan": N_("Prévision, dans la marge du rythme"),
}


def mark_word(mark: str) -> str:
    """Say what a stroke of a drawing is."""
    return text(MARKS[mark])


def scale_note(*, has_zero: bool) -> str:
    """Say that a drawing begins above or below zero, where its slopes look steeper than they are; empty otherwise."""
    return "" if has_zero else text("L'échelle verticale ne part pas de zéro.")
