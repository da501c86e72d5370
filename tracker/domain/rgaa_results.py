"""The results of an audit read closely: by topic, by page, what fails, beside the rate that a file tells."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.rgaa import AuditRecord, Rate, Result, RgaaVersion, rate, results

LETTERS: Mapping[str, Result] = {
    "C": Result.COMPLIANT,
    "N": Result.NOT_COMPLIANT,
    "A": Result.NOT_APPLICABLE,
    "T": Result.NOT_TESTED,
}
"""One letter a result, as pages are stored."""
ABSENT = "-"
"""Stands for a criterion that the kind of audit does not look at."""
_WRITTEN = {result: letter for letter, result in LETTERS.items()}


def letters(page: Mapping[str, Result], version: RgaaVersion) -> str:
    """Write a page as one letter a criterion of its version."""
    return "".join(_WRITTEN[page[one]] if one in page else ABSENT for one in version.criteria())


def read(written: str, version: RgaaVersion) -> Mapping[str, Result]:
    """Read a page back; a criterion that its audit does not look at is left out."""
    return {one: LETTERS[letter] for one, letter in zip(version.criteria(), written, strict=True) if letter != ABSENT}


def topic_of(criterion: str) -> int:
    """Give the number of the topic of a criterion."""
    return int(criterion.partition(".")[0])


def by_topic(audit: AuditRecord) -> Mapping[int, Rate]:
    """Give the rate of each topic that the audit looks at, in order."""
    found: dict[int, Rate] = {}
    for topic in dict.fromkeys(map(topic_of, _criteria(audit))):
        pages = [_only(page, topic) for page in audit.pages]
        found[topic] = rate(pages, _only(audit.shared, topic))
    return found


def mean_of_pages(audit: AuditRecord) -> Decimal | None:
    """Give the mean of the rates of the pages, in per cent: it may stand beside the rate, and is not the rate.

    None when no criterion applies to any page.
    """
    found = [value for page in audit.pages if (value := rate([page]).value) is not None]
    return sum(found, Decimal(0)) / len(found) if found else None


def failed(audit: AuditRecord) -> Mapping[str, Sequence[int]]:
    """Give the criteria that the sample fails, each with the places of the pages that do, 0 for what all share."""
    places = [audit.shared, *audit.pages]
    found = results(audit.pages, audit.shared)
    return {
        one: [place for place, page in enumerate(places) if page.get(one) is Result.NOT_COMPLIANT]
        for one in found
        if Result.NOT_COMPLIANT in found[one]
    }


def untested(audit: AuditRecord) -> Sequence[str]:
    """List the criteria that some page leaves untested."""
    return [one for one, found in results(audit.pages, audit.shared).items() if Result.NOT_TESTED in found]


def agrees(told: Decimal, found: Rate) -> bool:
    """Tell whether a rate that a file tells is ours, to the decimals that it tells.

    Halves go up, as tools do; where nothing applies, tools tell zero.
    """
    value = found.value if found.value is not None else Decimal(0)
    exponent = told.as_tuple().exponent
    decimals = exponent if isinstance(exponent, int) else 0
    return value.quantize(Decimal(1).scaleb(min(decimals, 0)), ROUND_HALF_UP) == told


def _criteria(audit: AuditRecord) -> Sequence[str]:
    return list(dict.fromkeys(one for page in (*audit.pages, audit.shared) for one in page))


def _only(page: Mapping[str, Result], topic: int) -> Mapping[str, Result]:
    return {one: result for one, result in page.items() if topic_of(one) == topic}
