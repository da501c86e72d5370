"""The section of the report that tells where its figures are for programs, and under which licence."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("open_data", N_("Annexe : données"))
