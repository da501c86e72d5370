"""The section of the report that tells where the same figures are found as data."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("open_data", N_("Données"))
