"""The French and English words of every coded value, number, date and judgement: the one place for them."""

from tracker.labels.formats import day, number, percent, quantity, short_day
from tracker.labels.language import (
    LANGUAGES,
    N_,
    colon,
    current,
    french,
    in_french,
    plural,
    say,
    semicolon,
    speaking,
    text,
    typeset,
)
from tracker.labels.words import word

__all__ = [
    "LANGUAGES",
    "N_",
    "colon",
    "current",
    "day",
    "french",
    "in_french",
    "number",
    "percent",
    "plural",
    "quantity",
    "say",
    "semicolon",
    "short_day",
    "speaking",
    "text",
    "typeset",
    "word",
]
