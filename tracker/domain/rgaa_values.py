"""What the audits say of the indicators ACC-01 to ACC-03, by the two terms of each, or why they say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.digital_services import ServiceRecord
from tracker.domain.rgaa import WHOLE, Conformity, ConformityReason, Standing

_DECIMALS = Decimal(1).scaleb(-6)


class NoRate(StrEnum):
    """Why the audits give no value of an indicator."""

    NO_SERVICE = "no_service"
    NO_AUDIT = "no_audit"


@dataclass(frozen=True, slots=True)
class AuditedShare:
    """A value of an indicator by its terms: ``n`` of the ``whole`` online services have an audit in force.

    With no value, ``lacking`` says why.
    """

    code: str
    n: int
    whole: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lacking: NoRate | None = None

    @property
    def coverage(self) -> Decimal | None:
        """Give the share of the online services that have an audit in force, in per cent."""
        return (100 * Decimal(self.n) / self.whole).quantize(Decimal("0.1")) if self.whole else None


def mean_rate(online: Sequence[tuple[ServiceRecord, Standing]]) -> AuditedShare:
    """Give ACC-01: the sum of the rates of the audits in force as parts of one, over their number."""
    rates = [state.rate.value for _, state in online if _is_in_force(state) and state.rate is not None]
    found = [one for one in rates if one is not None]
    if not found:
        return AuditedShare("ACC-01", 0, len(online), lacking=_lacking(online))
    total = (sum(found, Decimal(0)) / WHOLE).quantize(_DECIMALS).normalize()
    return AuditedShare("ACC-01", len(found), len(online), total, Decimal(len(found)))


def partly_compliant(online: Sequence[tuple[ServiceRecord, Standing]]) -> AuditedShare:
    """Give ACC-02: the online services that are at least partially compliant, over all of them.

    A service without an audit in force is not compliant: it counts below, never above.
    """
    return _share("ACC-02", online, {Conformity.PARTIAL, Conformity.TOTAL})


def fully_compliant(online: Sequence[tuple[ServiceRecord, Standing]]) -> AuditedShare:
    """Give ACC-03: the online services that are totally compliant, over all of them."""
    return _share("ACC-03", online, {Conformity.TOTAL})


def _share(code: str, online: Sequence[tuple[ServiceRecord, Standing]], asked: set[Conformity]) -> AuditedShare:
    audited = sum(_is_in_force(state) for _, state in online)
    if not online:
        return AuditedShare(code, 0, 0, lacking=NoRate.NO_SERVICE)
    part = sum(state.conformity in asked for _, state in online)
    return AuditedShare(code, audited, len(online), Decimal(part), Decimal(len(online)))


def _is_in_force(state: Standing) -> bool:
    return state.reason is ConformityReason.RATE


def _lacking(online: Sequence[tuple[ServiceRecord, Standing]]) -> NoRate:
    return NoRate.NO_AUDIT if online else NoRate.NO_SERVICE
