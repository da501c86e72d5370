"""The section of the report that tells what the year changed."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("analysis", N_("Analyse"))
