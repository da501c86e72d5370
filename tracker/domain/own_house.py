"""The accessibility and the ecodesign of the product itself: what was checked, how, and what was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.bilingual import Bilingual
from tracker.domain.rgaa import RgaaVersion


class CheckWay(StrEnum):
    """How a criterion of the RGAA was looked at in the product: at best in part, never by an assertion."""

    AUTOMATED = "automated"
    REVIEWED = "reviewed"
    NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True)
class AccessCheck:
    """A check that every version goes through: the criteria that it looks at, in part, and where it is written."""

    name: Bilingual
    way: CheckWay
    criteria: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class AccessRun:
    """The last run of the automatic rules: when, on which version, with which tools, on how many pages, what failed.

    ``looks`` are the ways in which each page was looked at; ``criteria`` those that the rules of the tool cite.
    """

    on: date
    version: str
    tool: str
    browser: str
    pages: int
    looks: tuple[str, ...]
    faults: int
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicCover:
    """A topic of the RGAA: how many of its criteria were looked at in each way."""

    place: int
    name: Bilingual
    automated: int
    reviewed: int
    not_evaluated: int


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """The accessibility of the product: its checks, its last run, the topics of the version of the RGAA."""

    rgaa: RgaaVersion
    checks: tuple[AccessCheck, ...]
    run: AccessRun
    topics: tuple[Bilingual, ...]

    def way_of(self, criterion: str) -> CheckWay:
        """Tell how a criterion was looked at, the surest way first."""
        ways = {one.way for one in self.checks if criterion in one.criteria}
        if CheckWay.REVIEWED in ways:
            return CheckWay.REVIEWED
        is_automated = CheckWay.AUTOMATED in ways or criterion in self.run.criteria
        return CheckWay.AUTOMATED if is_automated else CheckWay.NOT_EVALUATED

    def cover(self) -> Sequence[TopicCover]:
        """Count the criteria of each topic by the way that they were looked at."""
        return [self._topic(place, name) for place, name in enumerate(self.topics, 1)]

    def count(self, way: CheckWay) -> int:
        """Count the criteria that were looked at in one way."""
        return sum(self.way_of(one) is way for one in self.rgaa.criteria())

    def _topic(self, place: int, name: Bilingual) -> TopicCover:
        ways = [self.way_of(one) for one in self.rgaa.criteria() if one.partition(".")[0] == str(place)]
        return TopicCover(place, name, *(ways.count(way) for way in CheckWay))
