"""How often an address may be asked for: each name counts alone, and time gives it its turns back."""

from tracker.web.platform import pace
from tracker.web.platform.pace import Pace


def test_each_name_is_counted_alone_and_time_gives_it_its_turns_back():
    counted = Pace(2, 60)
    assert [counted.allows("a", now) for now in (10, 20, 30)] == [True, True, False]
    assert counted.allows("b", 30)
    assert not counted.allows("a", 69)
    assert counted.allows("a", 70)


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(pace, "CAPACITY", 3)
    counted = Pace(1, 60)
    assert all(counted.allows(str(number), 0) for number in range(9))
    assert counted.allows("0", 1)
    assert not counted.allows("8", 1)
