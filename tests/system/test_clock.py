"""Days begin and end in the office, not in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clerk_desktop.system.clock import office_day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 26, 22, 59, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 11, 26, 23, 0, tzinfo=UTC), date(2026, 11, 27)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_of_the_office(at: datetime, day: date) -> None:
    assert office_day(at) == day
