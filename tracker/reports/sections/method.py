"""The section of the report that tells how the figures were made."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("method", N_("Méthode"))
