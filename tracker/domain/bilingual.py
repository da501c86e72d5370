"""A text in the two languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The French text, and its English rendering where there is one."""

    fr: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """Give the text in ``language`` ("fr" or "en"), French where English is missing."""
        return self.en if language == "en" and self.en else self.fr
