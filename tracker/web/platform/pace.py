"""How often an address that needs no session may be asked for: so many times in a while, counted in this process."""

from collections import OrderedDict
from threading import Lock

CAPACITY = 4_096


class Pace:
    """Counts what is asked for by name, at most `CAPACITY` names at once, those last asked for."""

    def __init__(self, most: int, seconds: int) -> None:
        self.most, self.seconds = most, seconds
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, name: str, now: float) -> bool:
        """Count one more for ``name`` at ``now``, in seconds; tell whether it is not one too many for the while."""
        with self._lock:
            began, count = self._counts.get(name, (now, 0))
            if now - began >= self.seconds:
                began, count = now, 0
            self._counts[name] = (began, count + 1)
            self._counts.move_to_end(name)
            while len(self._counts) > CAPACITY:
                self._counts.popitem(last=False)
        return count < self.most
