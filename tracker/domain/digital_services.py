"""The digital services of an authority, as plain values: what each is, for whom, and where it is in its life."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ServiceKind(StrEnum):
    """What a digital service is."""

    WEBSITE = "website"
    ONLINE_PROCEDURE = "online_procedure"
    MOBILE_APPLICATION = "mobile_application"
    APPLICATION = "application"
    CHATBOT = "chatbot"
    CALLBOT = "callbot"
    INTERNAL_TOOL = "internal_tool"


class Audience(StrEnum):
    """Whom a digital service is for."""

    PUBLIC = "public"
    PARTNERS = "partners"
    STAFF = "staff"


class Hosting(StrEnum):
    """Where a digital service is hosted: what nobody told is unknown."""

    OWN = "own"
    FRANCE = "france"
    UNION = "union"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class PersonalData(StrEnum):
    """What a digital service holds on people: what nobody told is unknown."""

    NONE = "none"
    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    UNKNOWN = "unknown"


class ServiceState(StrEnum):
    """Where a digital service is in its life."""

    PROJECT = "project"
    ONLINE = "online"
    CLOSED = "closed"


class HomeMention(StrEnum):
    """What its home page says of its accessibility, of the three mentions of the decree 2019-768."""

    TOTAL = "total"
    PARTIAL = "partial"
    NONE = "none"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A digital service; a day that nobody told is None, never guessed.

    ``department`` is a code, ``uses_ai`` None when nobody told. ``redesigned_on`` is the day of its last redesign or
    substantial change: what was audited before it no longer speaks for it. ``contact`` is where one writes about its
    accessibility: the address of a form, or a shared mailbox.
    """

    number: int
    name: str
    kind: ServiceKind
    audience: Audience = Audience.PUBLIC
    state: ServiceState = ServiceState.ONLINE
    address: str = ""
    department: str = ""
    supplier: str = ""
    hosting: Hosting = Hosting.UNKNOWN
    personal_data: PersonalData = PersonalData.UNKNOWN
    uses_ai: bool | None = None
    opened_on: date | None = None
    redesigned_on: date | None = None
    closed_on: date | None = None
    purpose: str = ""
    host: str = ""
    home_mention: HomeMention = HomeMention.UNKNOWN
    statement_url: str = ""
    statement_on: date | None = None
    contact: str = ""
    technologies: str = ""
    note: str = ""

    def is_online(self, day: date) -> bool:
        """Tell whether it was open on ``day``: an opening that nobody dated is taken as done, a closing is dated."""
        has_opened = self.opened_on is None or self.opened_on <= day
        has_closed = self.state is ServiceState.CLOSED and (self.closed_on is None or self.closed_on <= day)
        return self.state is not ServiceState.PROJECT and has_opened and not has_closed
