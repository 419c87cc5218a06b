"""Times to the second are certain ten seconds later by the server's clock, whatever the answers are stamped with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from clerk_desktop.backend.cmis.moments import Moments
from clerk_desktop.backend.cmis.wire import Properties

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TIME = "cmis:lastModificationDate"


@dataclass
class Asked:
    """A server at noon, and who stamps its answers: a clock so many seconds ahead, or nobody; then ours is."""

    ahead: int
    stamped: bool
    passed: int = 0

    def __post_init__(self) -> None:
        self.moments = Moments(self._clock)

    def knows(self, changed: int, **more: str) -> bool:
        """Whether an object is taken as certain that was changed so many seconds after noon."""
        properties: Properties = {TIME: int(NOON.timestamp() + changed) * 1000, **more}
        return TIME in self.moments.certain(properties, self._clock() if self.stamped else None)

    def _clock(self) -> datetime:
        return NOON + timedelta(seconds=self.ahead + self.passed)


@pytest.fixture(params=[True, False], ids=["stamped", "unstamped"])
def stamped(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("ahead", [0, 9, 10, 60, 7200])
def test_what_was_changed_just_now_is_not_certain_before_ten_seconds_have_passed(ahead: int, stamped: bool) -> None:
    server = Asked(ahead, stamped)
    assert not server.knows(0)
    server.passed = 9
    assert not server.knows(0)
    server.passed = 15
    assert server.knows(0)
    assert not server.knows(15)


@pytest.mark.parametrize("ahead", [-7200, -60, -5])
def test_behind_a_late_clock_it_takes_longer_by_what_that_is_late(ahead: int, stamped: bool) -> None:
    server = Asked(ahead, stamped)
    assert not server.knows(0)
    server.passed = 9
    assert not server.knows(0)
    server.passed = 9 - ahead
    assert not server.knows(0)
    server.passed += 10
    assert server.knows(0)


@pytest.mark.parametrize("ahead", [0, 60])
def test_what_is_older_than_the_newest_is_certain_at_once(ahead: int, stamped: bool) -> None:
    server = Asked(ahead, stamped)
    assert not server.knows(0)
    assert server.knows(-10)
    assert not server.knows(-9)


@pytest.mark.parametrize("ahead", [-7200, 0, 7200])
def test_old_objects_cost_no_second_look(ahead: int, stamped: bool) -> None:
    server = Asked(ahead, stamped)
    assert all(server.knows(-days * 24 * 3600) for days in (2, 30, 1000))


@pytest.mark.parametrize("ahead", [0, 60])
def test_a_date_in_the_future_makes_nothing_certain_that_is_not(ahead: int, stamped: bool) -> None:
    server = Asked(ahead, stamped)
    assert not server.knows(24 * 3600)
    assert not server.knows(0)


def test_a_change_token_tells_enough() -> None:
    assert Asked(0, stamped=True).knows(0, **{"cmis:changeToken": "7"})
