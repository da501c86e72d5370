"""Choices: the indicators of the catalogue that an organisation follows without any commitment asking for them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain import vocabulary
from tracker.domain.errors import Conflict, Invalid, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.permissions import Permission
from tracker.domain.records import Aim, IndicatorRecord
from tracker.domain.vocabulary import Axis, Tier
from tracker.services import decisions, searches
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.visitor import Visitor
from tracker.store.models import IndicatorChoice
from tracker.store.queries import choices

RECOMMENDED = frozenset({Tier.CORE, Tier.STANDARD})
LONG = 120


@dataclass(frozen=True, slots=True)
class Offer:
    """An indicator that can be followed.

    ``served`` is how many commitments use it: it is then followed in any case. ``values`` is how many years have
    one, and ``needed_by`` the followed indicators that are computed from it or read beside it.
    """

    indicator: IndicatorRecord
    is_followed: bool
    served: int
    values: int
    needed_by: tuple[str, ...]

    @property
    def is_recommended(self) -> bool:
        """Tell whether it belongs to the recommended set."""
        return self.indicator.tier in RECOMMENDED


@dataclass(frozen=True, slots=True)
class Offers:
    """The catalogue by axis; ``seen`` numbers the last choice made, 0 when none ever was."""

    by_axis: Mapping[Axis, Sequence[Offer]]
    seen: int
    is_new: bool

    @property
    def is_long(self) -> bool:
        """Tell a catalogue that goes by axis: more boxes than one page should hold."""
        return sum(map(len, self.by_axis.values())) > LONG

    def beside(self, axis: Axis) -> frozenset[str]:
        """Give the codes that are ticked on the pages of the other axes."""
        return self.ticked() - {offer.indicator.code for offer in self.by_axis[axis]}

    def ticked(self) -> frozenset[str]:
        """Give the codes to tick: what is followed, and on a new organisation the recommended set."""
        offered = [offer for axis in self.by_axis.values() for offer in axis]
        return frozenset(
            offer.indicator.code for offer in offered if offer.is_followed or (self.is_new and offer.is_recommended)
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice changed: the codes followed from now on, those no longer, and the latter's years with a value."""

    followed: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: int


def offers(session: Session, visitor: Visitor) -> Offers:
    """List what can be followed. What is told by facts needs a commitment, and is left out.

    Raises:
        Forbidden: without the right to configure.
    """
    visitor.require(Permission.CONFIGURE)
    known = portfolio(session, visitor.organisation, with_drafts=True)
    served = Counter(code for one in known.commitments for code in {aim.indicator.code for aim in one.aims})
    needed: dict[str, list[str]] = defaultdict(list)
    for code in sorted({*served, *known.figures.chosen}):
        for other in set(known.figures.with_inputs([code])) - {code}:
            needed[other].append(code)
    rows = choices.latest(session, visitor.organisation.id)
    by_axis: dict[Axis, list[Offer]] = {axis: [] for axis in Axis}
    for code in known.figures.rows:
        record = known.figures.indicator(code)
        if record.collection is not vocabulary.Collection.FINDING:
            offer = Offer(record, code in known.figures.chosen, served[code], _values(known, code), tuple(needed[code]))
            by_axis[record.axis].append(offer)
    return Offers(by_axis, _last(rows), is_new=not rows and not known.commitments)


def choose(session: Session, visitor: Visitor, codes: Collection[str], seen: int) -> Chosen:
    """Follow ``codes`` beside what commitments use, and nothing else any more; values that were typed stay.

    Saying again what is stored changes nothing. ``seen`` numbers the last choice that was on the page.

    Raises:
        Forbidden: without the right to configure.
        Invalid: for a code that is not offered.
        Conflict: when somebody chose otherwise meanwhile.
    """
    offered = offers(session, visitor)
    known = {offer.indicator.code: offer for axis in offered.by_axis.values() for offer in axis}
    if not known.keys() >= set(codes):
        raise Invalid(Problem("codes", ProblemCode.UNKNOWN_CHOICE))
    free = {code: offer for code, offer in known.items() if not offer.served}
    followed = tuple(code for code, offer in free.items() if code in codes and not offer.is_followed)
    dropped = tuple(code for code, offer in free.items() if code not in codes and offer.is_followed)
    if not followed and not dropped:
        return Chosen((), (), 0)
    rows = choices.latest(session, visitor.organisation.id)
    if seen != _last(rows):
        raise Conflict(_meanwhile(session, visitor))
    _add(session, visitor, followed, dropped)
    searches.index(session, visitor.organisation)
    return Chosen(followed, dropped, sum(known[code].values for code in dropped))


def aside(known: Portfolio) -> Sequence[Aim]:
    """List what is followed though no commitment uses it, in the catalogue's order."""
    serving = {aim.indicator.code for one in known.commitments for aim in one.aims}
    return [known.figures.aim(code) for code in known.figures.chosen if code not in serving]


def _add(session: Session, visitor: Visitor, followed: Sequence[str], dropped: Sequence[str]) -> None:
    """Add one version for each indicator, and one line of journal for all."""
    home = visitor.organisation
    rows = portfolio(session, home).figures.rows
    versions = {row.indicator_id: row.version for row in choices.latest(session, home.id)}
    for code in (*followed, *dropped):
        made = IndicatorChoice(
            organisation_id=home.id,
            indicator_id=rows[code].id,
            version=versions.get(rows[code].id, 0) + 1,
            is_followed=code in followed,
            author=visitor.name,
            recorded_at=datetime.now(UTC),
        )
        decisions.add(session, made, lambda: _meanwhile(session, visitor))
    told = {"followed": ", ".join(followed), "dropped": ", ".join(dropped)}
    decisions.tell(
        session,
        visitor,
        JournalAction.INDICATOR_CHOSEN,
        home.slug,
        {},
        {name: codes for name, codes in told.items() if codes},
    )


def _meanwhile(session: Session, visitor: Visitor) -> Problem:
    last = max(choices.latest(session, visitor.organisation.id), key=lambda row: row.id)
    return Problem("codes", ProblemCode.CHOICES_STALE, {"author": last.author})


def _last(rows: Sequence[IndicatorChoice]) -> int:
    return max((row.id for row in rows), default=0)


def _values(known: Portfolio, code: str) -> int:
    return len(known.figures.sources.typed.get(code, ()))
