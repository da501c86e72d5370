"""The section of the report that tells the memberships and their years."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("memberships", N_("Adhésions"))
