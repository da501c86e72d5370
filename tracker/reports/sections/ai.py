"""The section of the report that tells the register of AI systems."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("ai", N_("Intelligence artificielle"))
