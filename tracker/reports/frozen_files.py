"""The files of a frozen report, made of its kept text alone: the same bytes for ever, with their seal on them."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.vocabulary import Role
from tracker.exports import spreadsheet
from tracker.labels import speaking, word
from tracker.labels.frozen_reports import digest_sentence, seal_sentence
from tracker.reports import snapshot
from tracker.reports.formats import FORMATS
from tracker.reports.report import paper
from tracker.reports.sections.objectives import RESULTS

SEAL_COLUMNS = ("version", "gele_le", "gele_par", "schema", "sha256")
"""The columns that a frozen report as CSV ends with, the same on each line: its seal."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What is printed on a frozen version: its number, its schema, the digest of its text, who froze it and when."""

    version: int
    schema: str
    digest: str
    as_of: date
    frozen_at: datetime
    role: Role

    @property
    def notes(self) -> tuple[str, str]:
        """Give the seal as the sentences that stand under the title."""
        told = seal_sentence(self.version, self.frozen_at, self.role, self.as_of)
        return told, digest_sentence(self.schema, self.digest)


def frozen_file(content: str, seal: Seal, form: str) -> bytes:
    """Write the report that ``content`` keeps in one of `FORMATS`, in French whatever is spoken."""
    with speaking("fr"):
        match form:
            case "json":
                return _json(content, seal)
            case "csv":
                return _csv(content, seal)
            case _:
                report = snapshot.read(content)
                return FORMATS[form].write(report, paper(report, notes=seal.notes))


def _json(content: str, seal: Seal) -> bytes:
    """Give the kept text on a line of its own, the second, so that its digest is taken without reading JSON."""
    told = {
        "sha256": seal.digest,
        "schema": seal.schema,
        "version": seal.version,
        "frozen_at": seal.frozen_at.isoformat(),
        "frozen_by": word(seal.role),
    }
    opening = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f'{opening[:-1]},"report":\n{content}\n}}\n'.encode()


def _csv(content: str, seal: Seal) -> bytes:
    found = snapshot.read(content).table(RESULTS)
    if found is None:
        return spreadsheet.write([], ())
    told = (seal.version, seal.frozen_at.isoformat(), word(seal.role), seal.schema, seal.digest)
    headings = [*(column.name for column in found.columns), *SEAL_COLUMNS]
    return spreadsheet.write(headings, [[*row, *told] for row in found.rows])
