"""The section of the report that tells how long the equipment was kept."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("estate", N_("Durées de vie du parc"))
