"""The section of the report that tells the register of digital services."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("services", N_("Services numériques"))
