"""The section of the report that tells the departments and the steering that the texts name."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("governance", N_("Gouvernance et acteurs"))
