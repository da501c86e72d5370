"""The section of the report that tells what the approval commission did."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("approvals", N_("Commission d'homologation"))
