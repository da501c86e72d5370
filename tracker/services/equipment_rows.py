"""Equipment as it is stored: the plain value of a row, and the row of a plain value."""

from collections.abc import Mapping
from datetime import datetime

from tracker.domain.estate import EquipmentRecord
from tracker.store.models import Equipment
from tracker.store.queries.equipment import CONTENT


def record_of(row: Equipment, department: str) -> EquipmentRecord:
    """Give a row as a plain value; ``department`` is the code of its department, empty for none."""
    return EquipmentRecord(**{name: getattr(row, name) for name in CONTENT}, department=department)


def write_into(
    row: Equipment, record: EquipmentRecord, departments: Mapping[str, int], author: str, at: datetime
) -> None:
    """Have ``row`` say what ``record`` does, written by ``author``; ``departments`` gives their numbers by code."""
    for name in CONTENT:
        setattr(row, name, getattr(record, name))
    row.department_id = departments[record.department] if record.department else None
    row.author = author
    row.recorded_at = at
