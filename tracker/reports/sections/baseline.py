"""The section of the report that tells the values that the year is counted from."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("baseline", N_("Situation de départ"))
