"""A rule of the estate: its versions as they are known, the next one, and the line of journal that tells it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.equipment_words import RuleField
from tracker.domain.estate import EquipmentCategory, EquipmentState
from tracker.domain.journal_actions import JournalAction
from tracker.services import journal
from tracker.services.decisions import tell
from tracker.services.estate import NO_DEPARTMENT
from tracker.services.visitor import Visitor
from tracker.store.models import EquipmentRule
from tracker.store.queries import equipment_rules, organisations

Word = tuple[RuleField, str]
"""A field, and a word of it as it is compared."""
CODES: Mapping[RuleField, tuple[EquipmentCategory | EquipmentState, ...]] = {
    RuleField.CATEGORY: (*EquipmentCategory, EquipmentState.LEFT_OUT),
    RuleField.STATE: tuple(EquipmentState),
}
"""What a word of each field may be read as; a department, as one of the organisation's, or as none."""


def latest(session: Session, organisation_id: int) -> Mapping[Word, EquipmentRule]:
    """Give the version of each rule that counts."""
    return {
        (RuleField(row.field), row.word): row
        for row in equipment_rules.rules(session, organisation_id)
        if row.field in set(RuleField)
    }


def choices(session: Session, organisation_id: int, field: str) -> frozenset[str]:
    """Give the codes that a word of ``field`` may be read as; none for a field that there is not."""
    if field == RuleField.DEPARTMENT:
        return frozenset(row.code for row in organisations.departments(session, organisation_id)) | {NO_DEPARTMENT}
    return frozenset(CODES[RuleField(field)]) if field in set(RuleField) else frozenset()


def next_version(visitor: Visitor, word: Word, reads_as: str, before: EquipmentRule | None) -> EquipmentRule:
    """Give the row of a rule's next version, not yet written."""
    return EquipmentRule(
        organisation_id=visitor.organisation.id,
        field=word[0],
        word=word[1],
        version=before.version + 1 if before else 1,
        reads_as=reads_as,
        author=visitor.name,
        recorded_at=datetime.now(UTC),
    )


def tell_rule(session: Session, visitor: Visitor, row: EquipmentRule, before: EquipmentRule | None) -> None:
    """Write the line of journal of a version."""
    name = f"reads_{row.field}"
    told = ({name: before.reads_as if before else ""}, {name: row.reads_as})
    tell(session, visitor, JournalAction.EQUIPMENT_RULE_SET, (row.word or "-")[: journal.SUBJECT], *told)
