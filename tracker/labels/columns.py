"""The headings of a file of measurements, and the choices typed in it: codes and words, in both languages."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from tracker.domain.drafts import Field
from tracker.domain.vocabulary import TYPED_ABSENCES, Absence, Quality
from tracker.labels.language import LANGUAGES, N_, speaking, text
from tracker.labels.words import word

CODES: Mapping[Field, str] = {
    Field.INDICATOR: "indicateur",
    Field.YEAR: "annee",
    Field.VALUE: "valeur",
    Field.NUMERATOR: "numerateur",
    Field.DENOMINATOR: "denominateur",
    Field.REASON: "motif_absence",
    Field.QUALITY: "qualite",
    Field.COVERAGE: "couverture",
    Field.SOURCE: "source",
    Field.COMMENT: "commentaire",
    Field.REVISION: "revision",
}
"""The names of the columns in files that programs read: they do not change with the language."""

_WORDS: Mapping[Field, str] = {
    Field.INDICATOR: N_("Indicateur"),
    Field.YEAR: N_("Année"),
    Field.VALUE: N_("Valeur"),
    Field.NUMERATOR: N_("Numérateur"),
    Field.DENOMINATOR: N_("Dénominateur"),
    Field.REASON: N_("Motif d'absence"),
    Field.QUALITY: N_("Qualité"),
    Field.COVERAGE: N_("Couverture (%)"),
    Field.SOURCE: N_("Source"),
    Field.COMMENT: N_("Commentaire"),
    Field.REVISION: N_("Révision"),
}
_OTHER_NAMES = {"absence_reason": Field.REASON, "reason_for_absence": Field.REASON, "motif": Field.REASON}
_CHOICES: Mapping[Field, tuple[StrEnum, ...]] = {Field.QUALITY: tuple(Quality), Field.REASON: TYPED_ABSENCES}


def heading(field: Field) -> str:
    """Give the word of a column, as a workbook shows it."""
    return text(_WORDS[field])


def field_of(written: str) -> Field | None:
    """Give the column that a heading names, in French or in English, whatever its case, accents and spaces."""
    return _headings().get(_bare(written))


def is_english(written: str) -> bool:
    """Tell whether a heading is one that only English writes."""
    bare = _bare(written)
    french = {_bare(name) for name in (*CODES.values(), *_WORDS.values())}
    return bare in _headings() and bare not in french


def choices(field: Field) -> tuple[str, ...]:
    """Give the words that may be typed in the column ``field``, none where it takes anything."""
    return tuple(word(choice) for choice in _CHOICES.get(field, ()))


def choice_of(field: Field, written: str) -> Quality | Absence | None:
    """Give the choice that a code or a word names, in French or in English; None for another text."""
    return _named(field).get(_bare(written))


@cache
def _headings() -> Mapping[str, Field]:
    names = {_bare(name): field for name, field in _OTHER_NAMES.items()}
    for field in Field:
        names |= {_bare(field.value): field, _bare(CODES[field]): field}
    for language in LANGUAGES:
        with speaking(language):
            names |= {_bare(heading(field)): field for field in Field}
    return names


@cache
def _named(field: Field) -> Mapping[str, Quality | Absence]:
    known = [choice for choice in (*Quality, *TYPED_ABSENCES) if choice in _CHOICES[field]]
    names = {_bare(choice.value): choice for choice in known}
    for language in LANGUAGES:
        with speaking(language):
            names |= {_bare(word(choice)): choice for choice in known}
    return names


def _bare(written: str) -> str:
    """Keep letters and digits only: « Motif d'absence », ``motif_absence`` and "MOTIF ABSENCE" are near enough."""
    apart = unicodedata.normalize("NFKD", written[:100].casefold())
    return "".join(letter for letter in apart if letter.isalnum())
