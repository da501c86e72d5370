"""What the audits give to the indicators, in words: where it comes from, on what it rests, why there is none."""

from tracker.domain.rgaa_values import AuditedShare, NoRate
from tracker.labels.language import speaking, text

AUDITS = "calculé d'après les audits RGAA des services numériques"
"""What the values say of where they come from; it is kept with them, in French."""


def audited_comment(found: AuditedShare) -> str:
    """Give the comment that is kept with a value, in French: how many services have an audit in force."""
    with speaking("fr"):
        return text(
            "{n} services en ligne sur {whole} ont un audit complet en cours de validité.", n=found.n, whole=found.whole
        )


def lacking_sentence(lacking: NoRate) -> str:
    """Say why the audits give no value."""
    if lacking is NoRate.NO_SERVICE:
        return text("Aucun service numérique n'était en ligne.")
    return text("Aucun service en ligne n'avait d'audit complet en cours de validité.")
