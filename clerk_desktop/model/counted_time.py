"""Time that cannot be made to pass by setting a clock: the measure for what is deleted when it is old enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_BREAK = timedelta(days=5)
"""From one look at the clock to the next, a long weekend included; more may be a clock that was set, and counts as
this, so that a station that is used once a week deletes in weeks and not in years.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedTime:
    """``clock_at``: what the clock showed when it was last looked at; ``counted_at``: the time counted by then.

    Both aware, UTC. Only what passes from look to look is counted: nothing when the clock went back, and of a longer
    break or a clock set ahead no more than the longest, so that things grow old later than the clock says and never
    much earlier.
    """

    clock_at: datetime
    counted_at: datetime

    def at(self, now: datetime) -> CountedTime:
        """Return it as of a further look at the clock."""
        passed = min(max(now - self.clock_at, timedelta()), LONGEST_BREAK)
        return CountedTime(clock_at=now, counted_at=self.counted_at + passed)
