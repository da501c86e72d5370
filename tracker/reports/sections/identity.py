"""The section of the report that tells who reports, on what, and by which votes."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("identity", N_("Identité et périmètre"))
