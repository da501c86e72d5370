"""The tables, one noun a file."""

from tracker.store.models.access_scheme import AccessAction, AccessPlan, AccessScheme
from tracker.store.models.access_statement import AccessComplaint, AccessStatement
from tracker.store.models.account import Account, RoleGrant
from tracker.store.models.action import (
    Action,
    ActionCommitment,
    ActionContributor,
    ActionEffect,
    ActionStep,
    ActionVersion,
)
from tracker.store.models.ai_system import AiSystem
from tracker.store.models.api_token import ApiToken
from tracker.store.models.article import Article
from tracker.store.models.assignment import Assignment
from tracker.store.models.audit import AccessGap, Audit, AuditPage
from tracker.store.models.base import Base
from tracker.store.models.batch import ImportBatch, ImportedValue
from tracker.store.models.budget import BudgetLine
from tracker.store.models.calendar import CalendarKey
from tracker.store.models.campaign import Campaign, Reminder, Reopening
from tracker.store.models.choice import IndicatorChoice
from tracker.store.models.commission import AgendaItem, ApprovalDecision, CommissionSession, MinutesRectification
from tracker.store.models.commitment import Aim, Baseline, Commitment, Finding, TargetPoint, TargetVersion
from tracker.store.models.deliberation import Deliberation, DeliberationRelation
from tracker.store.models.digital_service import DigitalService
from tracker.store.models.discussion import Message, Notice
from tracker.store.models.ecodesign import EcodesignAssessment, EcodesignReply, MeasuredPage
from tracker.store.models.equipment import Equipment, EquipmentIntake, EquipmentRule
from tracker.store.models.evaluation import ServiceEvaluation
from tracker.store.models.evidence import Evidence
from tracker.store.models.following import Digest, DigestChoice, Following
from tracker.store.models.footprint import FactorOverride, FootprintAmount, FootprintAssessment
from tracker.store.models.indicator import Indicator
from tracker.store.models.intake import Intake
from tracker.store.models.journal import JournalEntry
from tracker.store.models.measurement import Measurement
from tracker.store.models.mediation import MediationPlace, MediationYear
from tracker.store.models.membership import Membership, MembershipYear
from tracker.store.models.method import IndicatorMethod
from tracker.store.models.organisation import Department, Organisation
from tracker.store.models.part import MeasurementPart
from tracker.store.models.plan import ActionPlan, PlanStep
from tracker.store.models.publication import Publication
from tracker.store.models.question import Answer, Question
from tracker.store.models.report import FrozenReport, ReportDebate, ReportPublication
from tracker.store.models.report_text import ReportPlace, ReportText
from tracker.store.models.scenario import Scenario
from tracker.store.models.search import SearchEntry
from tracker.store.models.setting import IndicatorSetting
from tracker.store.models.source import SourceNote
from tracker.store.models.step import MeasurementStep

__all__ = [
    "AccessAction",
    "AccessComplaint",
    "AccessGap",
    "AccessPlan",
    "AccessScheme",
    "AccessStatement",
    "Account",
    "Action",
    "ActionCommitment",
    "ActionContributor",
    "ActionEffect",
    "ActionPlan",
    "ActionStep",
    "ActionVersion",
    "AgendaItem",
    "AiSystem",
    "Aim",
    "Answer",
    "ApiToken",
    "ApprovalDecision",
    "Article",
    "Assignment",
    "Audit",
    "AuditPage",
    "Base",
    "Baseline",
    "BudgetLine",
    "CalendarKey",
    "Campaign",
    "CommissionSession",
    "Commitment",
    "Deliberation",
    "DeliberationRelation",
    "Department",
    "Digest",
    "DigestChoice",
    "DigitalService",
    "EcodesignAssessment",
    "EcodesignReply",
    "Equipment",
    "EquipmentIntake",
    "EquipmentRule",
    "Evidence",
    "FactorOverride",
    "Finding",
    "Following",
    "FootprintAmount",
    "FootprintAssessment",
    "FrozenReport",
    "ImportBatch",
    "ImportedValue",
    "Indicator",
    "IndicatorChoice",
    "IndicatorMethod",
    "IndicatorSetting",
    "Intake",
    "JournalEntry",
    "MeasuredPage",
    "Measurement",
    "MeasurementPart",
    "MeasurementStep",
    "MediationPlace",
    "MediationYear",
    "Membership",
    "MembershipYear",
    "Message",
    "MinutesRectification",
    "Notice",
    "Organisation",
    "PlanStep",
    "Publication",
    "Question",
    "Reminder",
    "Reopening",
    "ReportDebate",
    "ReportPlace",
    "ReportPublication",
    "ReportText",
    "RoleGrant",
    "Scenario",
    "SearchEntry",
    "ServiceEvaluation",
    "SourceNote",
    "TargetPoint",
    "TargetVersion",
]
