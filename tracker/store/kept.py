"""What a process keeps of what it read, as long as the stamp under which it was read holds."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

CAPACITY = 32


class Kept:
    """The things last used, at most ``CAPACITY``; threads share them, so they must not be changed."""

    def __init__(self) -> None:
        self._things: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, stamp: int, make: Callable[[], T]) -> T:
        """Give what is kept at ``key`` under ``stamp``, made when there is none."""
        with self._lock:
            held = self._things.get(key)
            if held is not None and held[0] == stamp:
                self._things.move_to_end(key)
                found: T = held[1]
                return found
        made = make()
        with self._lock:
            self._things[key] = (stamp, made)
            self._things.move_to_end(key)
            while len(self._things) > CAPACITY:
                self._things.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
