"""The section of the report that tells what is known of the ecodesign of the services."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("ecodesign", N_("Écoconception"))
