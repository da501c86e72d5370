"""Accessibility statements in words: the state of a service, what becomes of what it published, where to mend it."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from tracker.domain.rgaa import AuditRecord, Conformity, Ending
from tracker.domain.statements import Mend, Statement, StatementStanding, StatementState
from tracker.labels.formats import day, percent
from tracker.labels.language import text
from tracker.labels.words import word


def state_sentence(one: Statement) -> str:
    """Say the legal state of a service and why: « Ce service est partiellement conforme au RGAA : 78,3 % … »."""
    if one.results is not None and one.results.rate is not None:
        # Cut like the statement that is shown below it: one page does not give two rates.
        rate = percent(one.results.rate.quantize(Decimal("0.01"), ROUND_FLOOR), 2)
        told = {"state": word(one.conformity), "rate": rate, "version": one.results.version}
        return text("Ce service est {state} : {rate} des critères du RGAA {version} sont respectés.", **told)
    return text("Ce service est {state}, {reason}.", state=word(Conformity.NONE), reason=word(one.reason))


def statement_sentence(found: StatementStanding) -> str:
    """Say what becomes of the statement that was published, until when it counts and what ends it."""
    if found.published is None or found.validity is None:
        return text("Aucune déclaration publiée n'est enregistrée.")
    if found.validity.ending is Ending.AUDIT_GONE:
        told = {"on": day(found.published.on)}
        return text(
            "Déclaration publiée le {on}, à refaire : aucun audit qui compte ne porte plus ce qu'elle dit.", **told
        )
    told = {"on": day(found.published.on), "until": day(found.validity.until), "ending": word(found.validity.ending)}
    if found.state is StatementState.IN_FORCE:
        return text("Déclaration publiée le {on}, valable jusqu'au {until} : {ending}.", **told)
    return text("Déclaration publiée le {on}, à refaire : elle valait jusqu'au {until}, {ending}.", **told)


def publication_sentence(audit: AuditRecord) -> str:
    """Say which day counts where an audit tells another publication of its statement than is recorded, else nothing."""
    if not audit.is_told_otherwise or audit.published_on is None:
        return ""
    told = {"audited": day(audit.audited_on), "told": day(audit.published_on)}
    if audit.stated_on is None:
        return text(
            "L'audit fini le {audited} dit sa déclaration publiée le {told}, mais aucune publication qui repose sur "
            "lui n'est enregistrée : ce jour compte tant qu'elle manque.",
            **told,
        )
    return text(
        "L'audit fini le {audited} dit sa déclaration publiée le {told} : c'est la publication enregistrée, du "
        "{recorded}, qui compte.",
        **told,
        recorded=day(audit.stated_on),
    )


def mend_address(mend: Mend, service: int, day_: date) -> str:
    """Give the address of the page where what lacks is told, from that of its organisation on."""
    match mend:
        case Mend.SERVICE:
            return f"services/{service}/modifier"
        case Mend.AUDITS:
            return f"services/{service}/audits"
        case Mend.GAPS:
            return f"services/{service}/ecarts"
        case Mend.PLAN:
            return f"services/accessibilite/plan/{day_.year}"
        case Mend.SCHEME:
            return "services/accessibilite"
