"""The section of the report that tells what the commitments cost."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("means", N_("Mesures et moyens"))
