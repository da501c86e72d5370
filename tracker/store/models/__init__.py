"""The tables, one noun a file."""

from tracker.store.models.account import Account, RoleGrant
from tracker.store.models.assignment import Assignment
from tracker.store.models.base import Base
from tracker.store.models.commitment import Aim, Baseline, Commitment, Finding, TargetPoint, TargetVersion
from tracker.store.models.deliberation import Deliberation, DeliberationRelation
from tracker.store.models.indicator import Indicator
from tracker.store.models.journal import JournalEntry
from tracker.store.models.measurement import Measurement
from tracker.store.models.method import IndicatorMethod
from tracker.store.models.organisation import Department, Organisation
from tracker.store.models.part import MeasurementPart
from tracker.store.models.setting import IndicatorSetting
from tracker.store.models.source import SourceNote

__all__ = [
    "Account",
    "Aim",
    "Assignment",
    "Base",
    "Baseline",
    "Commitment",
    "Deliberation",
    "DeliberationRelation",
    "Department",
    "Finding",
    "Indicator",
    "IndicatorMethod",
    "IndicatorSetting",
    "JournalEntry",
    "Measurement",
    "MeasurementPart",
    "Organisation",
    "RoleGrant",
    "SourceNote",
    "TargetPoint",
    "TargetVersion",
]
