"""What the texts ask of the yearly report, each item present, weak or missing: nothing is blocked, all is said.

The items are those of CGCT L.2311-1-1 and D.2311-15 (the report on sustainable development), D.2311-15-1 (the
work programme and the strategy), of the duties that a scoreboard shows, and of honesty towards who reads.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.finalities import Finality
from tracker.domain.vocabulary import PlanStage


class Presence(StrEnum):
    """What can be said of an item in a report."""

    PRESENT = "present"
    WEAK = "weak"
    MISSING = "missing"


class ItemGroup(StrEnum):
    """Where an item comes from."""

    REPORT = "report"
    PROGRAMME = "programme"
    STRATEGY = "strategy"
    THEMES = "themes"
    DUTIES = "duties"
    HONESTY = "honesty"


class Family(StrEnum):
    """What an item asks for; finalities, themes and duties have several items each."""

    YEARLY = "yearly"
    FINALITY = "finality"
    INTERNAL = "internal"
    TERRITORY = "territory"
    ANALYSIS = "analysis"
    ACTORS = "actors"
    IMPACT = "impact"
    USES = "uses"
    ALREADY_DONE = "already_done"
    OBJECTIVES = "objectives"
    INDICATORS = "indicators"
    MEASURES = "measures"
    MEANS = "means"
    HORIZONS = "horizons"
    THEME = "theme"
    DUTY = "duty"
    UNCOUNTED = "uncounted"
    EMISSIONS = "emissions"
    ACCESS_SCHEME = "access_scheme"
    ECODESIGN = "ecodesign"
    IDENTITY = "identity"
    METHOD = "method"
    OPEN_DATA = "open_data"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of something is there: ``done`` out of ``whole``."""

    done: int = 0
    whole: int = 0

    @property
    def values(self) -> Mapping[str, object]:
        """Give both numbers, as a sentence quotes them."""
        return {"done": self.done, "whole": self.whole}


@dataclass(frozen=True, slots=True)
class DutyTold:
    """A duty of the scoreboard: whether its value is known, whether it is partial, whether the text is certain.

    ``is_counted`` is False where no figure shows it: only the authority can tell.
    """

    article: str
    is_counted: bool = True
    is_known: bool = False
    is_partial: bool = False
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report says, counted.

    ``words`` are the sections that have a text of the authority, ``hidden`` those that are left out. ``judged`` are
    the commitments with a verdict that rests on something; ``internal`` counts three signs (estate, costs, services).
    ``baselines`` are the departures of sobriety that somebody measured: what a vote states is not an assessment.
    ``uses`` counts what is known of how services are used; ``targets`` those that can be computed, of all;
    ``measured`` the indicators with a target that have a value of the year; ``unexplained`` the missing values without
    a reason; ``scheme`` the multi-year scheme and the yearly plan; ``ecodesign`` the services assessed, of those
    online.
    """

    words: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    judged: Extent = Extent()
    finalities: Mapping[Finality, Extent] = field(default_factory=dict)
    themes: Mapping[int, Extent] = field(default_factory=dict)
    internal: Extent = Extent()
    territory: Extent = Extent()
    actors: int = 0
    has_footprint: bool = False
    baselines: Extent = Extent()
    uses: int = 0
    actions_done: int = 0
    facts_told: int = 0
    targets: Extent = Extent()
    measured: Extent = Extent()
    plan: PlanStage | None = None
    has_money: bool = False
    has_time: bool = False
    horizons: Extent = Extent()
    duties: Mapping[str, DutyTold] = field(default_factory=dict)
    scheme: Extent = Extent()
    ecodesign: Extent = Extent()
    deliberations: int = 0
    unexplained: int = 0
    values: int = 0


@dataclass(frozen=True, slots=True)
class StatutoryItem:
    """Something that a text asks for: ``key`` tells the items of a family apart, ``section`` says where it is told.

    ``is_certain`` is False where what the law asks, or whether it asks, is still to be verified.
    """

    family: Family
    group: ItemGroup
    article: str
    section: str
    key: str = ""
    is_certain: bool = True

    @property
    def code(self) -> str:
        """Give the code of the item: « theme:4 »."""
        return f"{self.family}:{self.key}" if self.key else str(self.family)


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """What was found of an item; ``values`` are quoted by its sentence.

    ``is_hidden`` tells that the section that says it is left out: it is then weak at best.
    """

    item: StatutoryItem
    presence: Presence
    values: Mapping[str, object] = field(default_factory=dict)
    is_hidden: bool = False


ENVIRONMENT = "C. env., art. L.110-1, III ; CGCT, art. D.2311-15"
REPORT = "CGCT, art. D.2311-15"
STRATEGY = "CGCT, art. D.2311-15-1"
ITEMS: Sequence[StatutoryItem] = (
    StatutoryItem(Family.YEARLY, ItemGroup.REPORT, "CGCT, art. L.2311-1-1 ; loi REEN, art. 35", "objectives"),
    *(StatutoryItem(Family.FINALITY, ItemGroup.REPORT, ENVIRONMENT, "finalities", one) for one in Finality),
    StatutoryItem(Family.INTERNAL, ItemGroup.REPORT, REPORT, "means"),
    StatutoryItem(Family.TERRITORY, ItemGroup.REPORT, REPORT, "objectives"),
    StatutoryItem(Family.ANALYSIS, ItemGroup.REPORT, REPORT, "analysis"),
    StatutoryItem(Family.ACTORS, ItemGroup.PROGRAMME, STRATEGY, "governance"),
    StatutoryItem(Family.IMPACT, ItemGroup.PROGRAMME, STRATEGY, "carbon"),
    StatutoryItem(Family.USES, ItemGroup.PROGRAMME, STRATEGY, "baseline"),
    StatutoryItem(Family.ALREADY_DONE, ItemGroup.PROGRAMME, STRATEGY, "plan"),
    StatutoryItem(Family.OBJECTIVES, ItemGroup.STRATEGY, STRATEGY, "objectives"),
    StatutoryItem(Family.INDICATORS, ItemGroup.STRATEGY, STRATEGY, "objectives"),
    StatutoryItem(Family.MEASURES, ItemGroup.STRATEGY, STRATEGY, "plan"),
    StatutoryItem(Family.MEANS, ItemGroup.STRATEGY, STRATEGY, "means"),
    StatutoryItem(Family.HORIZONS, ItemGroup.STRATEGY, STRATEGY, "objectives"),
    *(StatutoryItem(Family.THEME, ItemGroup.THEMES, STRATEGY, "objectives", str(theme)) for theme in range(1, 7)),
)
"""What the code of local authorities asks for; the duties come after it, then `LAST`."""
LAST: Sequence[StatutoryItem] = (
    StatutoryItem(
        Family.EMISSIONS, ItemGroup.DUTIES, "C. env., art. L.229-25 ; décret 2022-982", "carbon", is_certain=False
    ),
    StatutoryItem(Family.ACCESS_SCHEME, ItemGroup.DUTIES, "Loi 2005-102, art. 47 ; décret 2019-768", "accessibility"),
    StatutoryItem(Family.ECODESIGN, ItemGroup.DUTIES, "Loi REEN, art. 25 (RGESN)", "ecodesign", is_certain=False),
    StatutoryItem(Family.IDENTITY, ItemGroup.HONESTY, "CGCT, art. L.2311-1-1", "identity"),
    StatutoryItem(Family.METHOD, ItemGroup.HONESTY, REPORT, "method"),
    StatutoryItem(Family.OPEN_DATA, ItemGroup.HONESTY, "CRPA, art. L.312-1-1", "open_data"),
)
ANSWERED = frozenset({"reen-35", "rgaa-schema", "rgesn-25", "beges-229"})
"""Duties of the scoreboard that an item of their own answers: the yearly review, the scheme, ecodesign, emissions."""
Found = tuple[Presence, Mapping[str, object]]


def check(facts: ReportFacts) -> Sequence[ItemCheck]:
    """Say of every item whether the report holds it, in the order of the texts."""
    duties = [
        StatutoryItem(
            Family.DUTY if duty.is_counted else Family.UNCOUNTED,
            ItemGroup.DUTIES,
            duty.article,
            "duties",
            code,
            is_certain=duty.is_certain,
        )
        for code, duty in facts.duties.items()
        if code not in ANSWERED
    ]
    return [_checked(item, facts) for item in (*ITEMS, *duties, *LAST)]


def _checked(item: StatutoryItem, facts: ReportFacts) -> ItemCheck:
    presence, values = _RULES[item.family](facts, item.key)
    is_hidden = item.section in facts.hidden
    if is_hidden:
        presence = Presence.MISSING if item.group is ItemGroup.HONESTY else _at_best(presence)
    return ItemCheck(item, presence, values, is_hidden)


def _at_best(presence: Presence) -> Presence:
    return Presence.WEAK if presence is Presence.PRESENT else presence


def _graded(is_whole: bool, is_some: bool, values: Mapping[str, object] | None = None) -> Found:
    presence = Presence.PRESENT if is_whole else Presence.WEAK if is_some else Presence.MISSING
    return presence, values or {}


def _half(extent: Extent, *, is_said: bool = False) -> Found:
    """Ask for half, or more; less of it, or words in its place, is weak."""
    return _graded(bool(extent.whole) and extent.done * 2 >= extent.whole, bool(extent.done) or is_said, extent.values)


def _all(extent: Extent) -> Found:
    """Ask for all of what there is, and that there is some."""
    return _graded(bool(extent.whole) and extent.done == extent.whole, bool(extent.done), extent.values)


def _finality(facts: ReportFacts, key: str) -> Found:
    return _half(facts.finalities.get(Finality(key), Extent()), is_said="finalities" in facts.words)


def _duty(facts: ReportFacts, key: str) -> Found:
    duty = facts.duties[key]
    return _graded(duty.is_known and not duty.is_partial, duty.is_known)


def _plan(facts: ReportFacts, _: str) -> Found:
    is_adopted = facts.plan in {PlanStage.ADOPTED, PlanStage.REVIEWED}
    return _graded(is_adopted, facts.plan is not None)


_RULES: Mapping[Family, Callable[[ReportFacts, str], Found]] = {
    Family.YEARLY: lambda facts, _: _half(facts.judged),
    Family.FINALITY: _finality,
    Family.INTERNAL: lambda facts, _: _all(facts.internal),
    Family.TERRITORY: lambda facts, _: _half(facts.territory),
    Family.ANALYSIS: lambda facts, _: _graded("analysis" in facts.words, bool(facts.judged.whole)),
    Family.ACTORS: lambda facts, _: _graded("governance" in facts.words, bool(facts.actors), {"n": facts.actors}),
    Family.IMPACT: lambda facts, _: _graded(facts.has_footprint, bool(facts.baselines.done), facts.baselines.values),
    Family.USES: lambda facts, _: _graded("baseline" in facts.words, bool(facts.uses), {"n": facts.uses}),
    Family.ALREADY_DONE: lambda facts, _: _graded(
        bool(facts.actions_done), bool(facts.facts_told), {"n": facts.actions_done or facts.facts_told}
    ),
    Family.OBJECTIVES: lambda facts, _: _graded(
        bool(facts.targets.whole) and facts.targets.done == facts.targets.whole,
        bool(facts.targets.whole),
        facts.targets.values,
    ),
    Family.INDICATORS: lambda facts, _: _all(facts.measured),
    Family.MEASURES: _plan,
    Family.MEANS: lambda facts, _: _graded(facts.has_money and facts.has_time, facts.has_money or facts.has_time),
    Family.HORIZONS: lambda facts, _: _all(facts.horizons),
    Family.THEME: lambda facts, key: _half(facts.themes.get(int(key), Extent())),
    Family.DUTY: _duty,
    Family.UNCOUNTED: lambda facts, _: _graded(is_whole=False, is_some="duties" in facts.words),
    Family.EMISSIONS: lambda facts, _: _graded(
        facts.has_footprint and "carbon" in facts.words, facts.has_footprint or "carbon" in facts.words
    ),
    Family.ACCESS_SCHEME: lambda facts, _: _all(facts.scheme),
    Family.ECODESIGN: lambda facts, _: _half(facts.ecodesign),
    Family.IDENTITY: lambda facts, _: _graded(bool(facts.deliberations), is_some=True),
    Family.METHOD: lambda facts, _: _graded(
        not facts.unexplained or "method" in facts.words, is_some=True, values={"n": facts.unexplained}
    ),
    Family.OPEN_DATA: lambda facts, _: _graded(bool(facts.values), is_some=True),
}
