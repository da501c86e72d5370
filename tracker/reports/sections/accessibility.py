"""The section of the report that tells statements, scheme and complaints."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("accessibility", N_("Accessibilité"))
