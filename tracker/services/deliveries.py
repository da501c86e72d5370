"""Deliveries: the letters of what is stored and waits for one, handed over once each, however often this is tried."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from tracker.config.settings import Settings
from tracker.services.mailing import Letter, MailUnavailable, send
from tracker.store.models import Digest, Reminder
from tracker.store.session import Database

LOCK = "reminders.lock"
WITHIN_DAYS = 7
"""Days for which a letter that could not leave is tried again; what is older is out of date."""

Mailed = TypeVar("Mailed", Reminder, Digest)
Waiting = Callable[[Session], Iterator[tuple[Letter, tuple[int, ...]]]]
"""Writes the letters that wait, each with the numbers of the rows that it answers."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the letters: how many left, which addresses are to be tried again, and why if none could leave."""

    sent: int
    failed: tuple[str, ...]
    unavailable: MailUnavailable | None = None


def deliver(store: Database, settings: Settings, kind: type[Mailed], waiting: Waiting) -> Delivered:
    """Send the letters that ``waiting`` writes, and say of the rows of ``kind`` that they answer that they left.

    Two runs at the same moment wait for each other. What is stored as sent is what the server took upon itself.
    """
    if settings.mailing is None:
        return Delivered(0, ())
    with alone(settings):
        with store.reading() as session:
            letters = dict(waiting(session))
        try:
            sent = send(settings.mailing, list(letters))
        except MailUnavailable as unavailable:
            return Delivered(0, tuple(sorted(letter.to for letter in letters)), unavailable)
        with store.transaction() as session:
            for number in (number for letter in sent.delivered for number in letters[letter]):
                session.get_one(kind, number).mailed_at = datetime.now(UTC)
    return Delivered(len(sent.delivered), tuple(sorted(letter.to for letter in sent.failed)))


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Wait until no other process of this machine sends letters; the lock ends with the process, however it ends."""
    with (settings.instance / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
