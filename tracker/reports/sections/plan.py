"""The section of the report that tells the action plans of the year and of the next, and the dates voted."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("plan", N_("Plan d'actions et échéances"))
