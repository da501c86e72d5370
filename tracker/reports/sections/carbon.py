"""The section of the report that tells the frozen footprint of the year."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("carbon", N_("Empreinte carbone du numérique"))
