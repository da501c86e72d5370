"""Slips of unit: the other units that a figure is at times given in by mistake, and what such a figure stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class OtherUnit(StrEnum):
    """A unit that is not the indicator's, and that people or invoices count in."""

    MONTHS = "months"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    GRAMS = "grams"
    GRAMS_PER_PERSON = "grams_per_person"
    KG_CO2E = "kg_co2e"
    T_CO2E_PER_PERSON = "t_co2e_per_person"
    KWH = "kwh"
    GWH = "gwh"
    CENTS = "cents"
    THOUSAND_EUROS = "thousand_euros"
    SHARE_OF_ONE = "share_of_one"
    PERCENT = "percent"
    PER_HUNDRED_PEOPLE = "per_hundred_people"
    OUT_OF_HUNDRED = "out_of_hundred"
    BYTES = "bytes"
    MEGABYTES = "megabytes"
    MEGABYTES_PER_PERSON = "megabytes_per_person"
    TERABYTES_PER_PERSON = "terabytes_per_person"
    THOUSANDS = "thousands"


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure given in ``unit``, of which ``theirs`` make ``ours`` of the indicator's own."""

    unit: OtherUnit
    theirs: int
    ours: int = 1

    def reading(self, value: Decimal) -> Decimal:
        """Give what ``value`` comes to in the indicator's unit: 65 months come to 5.4 years."""
        return value * self.ours / self.theirs


_THOUSANDS = (Slip(OtherUnit.THOUSANDS, 1, 1000),)
_PER_HUNDRED = (Slip(OtherUnit.PER_HUNDRED_PEOPLE, 100),)

SLIPS: Mapping[str, tuple[Slip, ...]] = {
    "years": (Slip(OtherUnit.MONTHS, 12), Slip(OtherUnit.DAYS, 365)),
    "days": (Slip(OtherUnit.HOURS, 24),),
    "hours": (Slip(OtherUnit.MINUTES, 60), Slip(OtherUnit.DAYS, 1, 24)),
    "percent": (Slip(OtherUnit.SHARE_OF_ONE, 1, 100),),
    "t_co2e": (Slip(OtherUnit.KG_CO2E, 1000),),
    "kg_co2e_per_person": (Slip(OtherUnit.T_CO2E_PER_PERSON, 1, 1000),),
    "kg_sb_eq": (Slip(OtherUnit.GRAMS, 1000),),
    "kg_per_person": (Slip(OtherUnit.GRAMS_PER_PERSON, 1000),),
    "mwh": (Slip(OtherUnit.KWH, 1000), Slip(OtherUnit.GWH, 1, 1000)),
    "eur": (Slip(OtherUnit.CENTS, 100), Slip(OtherUnit.THOUSAND_EUROS, 1, 1000)),
    "kb": (Slip(OtherUnit.BYTES, 1000), Slip(OtherUnit.MEGABYTES, 1, 1000)),
    "gb_per_person": (
        Slip(OtherUnit.MEGABYTES_PER_PERSON, 1000),
        Slip(OtherUnit.TERABYTES_PER_PERSON, 1, 1000),
    ),
    "unitless": (Slip(OtherUnit.PERCENT, 100),),
    "devices_per_person": _PER_HUNDRED,
    "screens_per_person": _PER_HUNDRED,
    "score_10": (Slip(OtherUnit.OUT_OF_HUNDRED, 10),),
    "score_1000": (Slip(OtherUnit.OUT_OF_HUNDRED, 1, 10),),
    "people": _THOUSANDS,
    "fte": _THOUSANDS,
    "devices": _THOUSANDS,
    "operations": _THOUSANDS,
}
"""The slips that each unit of an indicator invites; each factor is 10 or more, or its inverse."""
