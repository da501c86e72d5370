"""The section of the report that tells the commitments by the five aims of sustainable development."""

from tracker.labels.language import N_
from tracker.reports.section import Section

SECTION = Section("finalities", N_("Les cinq finalités du développement durable"))
