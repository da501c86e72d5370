"""Accessibility statements in words: the state of a service, what becomes of what it published, where to mend it."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from tracker.domain.rgaa import Conformity
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
    told = {"on": day(found.published.on), "until": day(found.validity.until), "ending": word(found.validity.ending)}
    if found.state is StatementState.IN_FORCE:
        return text("Déclaration publiée le {on}, valable jusqu'au {until} : {ending}.", **told)
    return text("Déclaration publiée le {on}, à refaire : elle valait jusqu'au {until}, {ending}.", **told)


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
