"""Settings: what an authority decides for itself about judging an indicator: direction, tolerance, companion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, NotFound, Problem, ProblemCode
from tracker.domain.journal_actions import JournalAction
from tracker.domain.numbers import plain_text, typed_text
from tracker.domain.permissions import Permission
from tracker.domain.records import CommitmentRecord
from tracker.domain.revisions import contradiction
from tracker.domain.targets import HUNDRED
from tracker.domain.vocabulary import Better, ValueKind
from tracker.services import effects, searches
from tracker.services.decisions import Told, add, stale, tell
from tracker.services.effects import Effect
from tracker.services.portfolio import Portfolio, portfolio
from tracker.services.targets import departure
from tracker.services.typed import Typed
from tracker.services.visitor import Visitor
from tracker.store.models import Indicator, IndicatorSetting
from tracker.store.queries import settings as stored

NONE = "-"
AMOUNTS = frozenset({ValueKind.SUM, ValueKind.COUNT})
"""What can accompany a ratio: a quantity that tells whether the total worsens while the ratio improves."""


@dataclass(frozen=True, slots=True)
class SettingDraft:
    """What was typed; ``seen`` is the version that was on the screen, 0 for none.

    Empty leaves a matter to the catalogue or to the rule of the house; ``companion`` is a code, or `NONE`.
    """

    better: str = ""
    tolerance: str = ""
    companion: str = ""
    reason: str = ""
    seen: int = 0
    has_comma_groups: bool = False


@dataclass(frozen=True, slots=True)
class SettingEffect:
    """What a setting would change, the commitments whose target it would contradict, and how it was understood.

    ``better``, ``tolerance`` and ``companion`` (a code, empty for none) are those that would then judge.
    """

    better: Better
    tolerance: Decimal
    companion: str
    effects: tuple[Effect, ...]
    contradicted: tuple[CommitmentRecord, ...]


def preview(session: Session, visitor: Visitor, code: str, draft: SettingDraft, today: date) -> SettingEffect | None:
    """Give what ``draft`` would change, and write nothing; None when it says what is stored already.

    Raises:
        Forbidden, NotFound, Conflict, Invalid: as `set_indicator` does.
    """
    visitor.require(Permission.CONFIGURE)
    known = find(session, visitor, code)
    made = _checked(session, visitor, known, code, draft)
    if made is None:
        return None
    after = effects.with_setting(known, code, made)
    told = effects.effects(known, after, effects.serving(known, code), today)
    aim = after.aims()[code]
    return SettingEffect(
        better=aim.indicator.better,
        tolerance=aim.tolerance,
        companion=after.figures.companion(code),
        effects=told,
        contradicted=_contradicted(known, after, code),
    )


def set_indicator(session: Session, visitor: Visitor, code: str, draft: SettingDraft) -> bool:
    """Add a version of the setting of an indicator. False when it is what is stored already.

    Raises:
        Forbidden: without the right to configure.
        NotFound: when no commitment of the organisation uses the indicator.
        Conflict: when another version was stored meanwhile.
        Invalid: for a tolerance out of range, or a companion that is no amount.
    """
    visitor.require(Permission.CONFIGURE)
    known = find(session, visitor, code)
    made = _checked(session, visitor, known, code, draft)
    if made is None:
        return False
    before = known.figures.settings.get(code)
    add(session, made, lambda: _meanwhile(session, visitor, known.figures.rows[code]))
    tell(session, visitor, JournalAction.SETTING_CHANGED, code, _told(before), _told(made), reason=made.reason_fr)
    searches.index(session, visitor.organisation)  # so is the companion that it chose
    return True


def find(session: Session, visitor: Visitor, code: str) -> Portfolio:
    """Give the portfolio in which ``code`` is in use.

    Raises:
        NotFound: when no commitment of the organisation uses the indicator.
    """
    known = portfolio(session, visitor.organisation)
    if code not in known.used():
        raise NotFound(code)
    return known


def companions(known: Portfolio, code: str) -> Sequence[Indicator]:
    """List the indicators of the catalogue that can accompany ``code``."""
    return [row for row in known.figures.rows.values() if row.value_kind in AMOUNTS and row.code != code]


def _checked(
    session: Session, visitor: Visitor, known: Portfolio, code: str, draft: SettingDraft
) -> IndicatorSetting | None:
    """Give the version that ``draft`` comes to, in no session; None when it is what is stored or was on the screen."""
    typed, row = Typed(has_comma_groups=draft.has_comma_groups), known.figures.rows[code]
    better = typed.choice("better", draft.better, Better) if draft.better else None
    tolerance = typed.number("tolerance", draft.tolerance, is_percent=True)
    if tolerance is not None and not 0 <= tolerance <= HUNDRED:
        typed.refuse("tolerance", ProblemCode.TOLERANCE_RANGE)
    companion = _companion(typed, known, code, draft.companion)
    versions = stored.versions(session, visitor.organisation.id, row.id)
    last = versions[0] if versions else None
    made = IndicatorSetting(
        organisation_id=visitor.organisation.id,
        indicator_id=row.id,
        version=last.version + 1 if last else 1,
        better=better,
        tolerance=None if tolerance is None else tolerance / HUNDRED,
        companion=companion,
        reason_fr=typed.words("reason", draft.reason, ProblemCode.REASON_MISSING),
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )
    known_already = [one for one in versions if one is last or one.version == draft.seen] or [IndicatorSetting()]
    if not typed.is_refused("better", "tolerance", "companion") and any(
        _says_the_same(made, one) for one in known_already
    ):
        return None
    if last is not None and last.version != draft.seen:
        raise Conflict(stale(last.author, _shown(last), "better"), *typed.problems)
    typed.end()
    return made


def _companion(typed: Typed, known: Portfolio, code: str, chosen: str) -> str | None:
    """Read the companion: None for the catalogue's, empty for none."""
    if chosen in {"", NONE}:
        return None if not chosen else ""
    row = known.figures.rows.get(chosen)
    if row is None:
        typed.refuse("companion", ProblemCode.UNKNOWN_CHOICE)
    elif chosen == code:
        typed.refuse("companion", ProblemCode.COMPANION_ITSELF)
    elif row.value_kind not in AMOUNTS:
        typed.refuse("companion", ProblemCode.COMPANION_NOT_AMOUNT)
    return chosen


def _says_the_same(made: IndicatorSetting, other: IndicatorSetting) -> bool:
    return (made.better, made.tolerance, made.companion) == (other.better, other.tolerance, other.companion)


def _contradicted(before: Portfolio, after: Portfolio, code: str) -> tuple[CommitmentRecord, ...]:
    """Give the commitments whose last target goes against the direction, and did not so far."""
    found = []
    for was, one in zip(before.commitments, after.commitments, strict=True):
        for old, aim in zip(was.aims, one.aims, strict=True):
            if aim.indicator.code != code or not aim.targets:
                continue
            target = aim.targets[-1]
            base = departure(aim, target)
            if contradiction(target, aim.indicator.better, base) and not contradiction(
                target, old.indicator.better, base
            ):
                found.append(one)
    return tuple(found)


def _meanwhile(session: Session, visitor: Visitor, row: Indicator) -> Problem:
    theirs = stored.versions(session, visitor.organisation.id, row.id)[0]
    return stale(theirs.author, _shown(theirs), "better")


def _shown(setting: IndicatorSetting) -> object:
    """Give what tells a setting best in one word: its direction, else its tolerance, else its companion."""
    share = "" if setting.tolerance is None else f"{typed_text(setting.tolerance * HUNDRED)} %"
    return setting.better or share or setting.companion or NONE


def _told(setting: IndicatorSetting | None) -> Told:
    """Write a version for the journal, in no language."""
    if setting is None:
        return {}
    share = setting.tolerance
    return {
        "better": str(setting.better or ""),
        "tolerance": "" if share is None else plain_text(Decimal(share)),
        "companion": "" if setting.companion is None else setting.companion or NONE,
    }
