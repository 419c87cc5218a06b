"""Whether the time of an object's last change tells its state from a later one.

Some servers note times to the second and give no change tokens. What such a server shows within the second of its last
change may be changed once more in that second, and then bears the same time. Until that is over the time is not passed
on: the object counts as not known, is looked at again, and is never taken for unchanged.

How old a change is nobody tells: answers are stamped by whoever stands in front of the server, or by nobody. But a
clock that is ahead makes all changes of one server look older by the same, also the newest one. So what looks older
than the one that ever looked newest is older at least by the difference, whatever the clocks say. Behind a clock that
is late it takes longer by as much.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import EPOCH, Properties

CERTAIN_AFTER = 10 * 1000
"""Milliseconds: the second itself, and what a server takes from its look at the object to the time of its answer."""
FURTHEST_AHEAD = 24 * 3600 * 1000
"""Milliseconds. No clock is ahead of its server's by more, be its time zone wrong: old objects are certain at once."""
FURTHEST_LATE = 10 * 60 * 1000
"""Milliseconds. A change further in the future was dated so by somebody, and tells nothing of the clocks."""


class Moments:
    """Knows of one server how new its changes looked. ``now``: our clock, for answers without a time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._newest_looked = FURTHEST_AHEAD

    def certain(self, properties: Properties, told_at: datetime | None) -> Properties:
        """Return an object without the time of its last change where that may not be its last in this second.

        ``told_at``: the time that the answer bears.
        """
        if properties.get(Property.CHANGE_TOKEN):
            return properties
        changed = properties.get(Property.LAST_MODIFICATION_DATE)
        if isinstance(changed, list) and len(changed) == 1:
            changed = changed[0]
        if not isinstance(changed, int) or changed % 1000:
            return properties
        age = ((told_at or self._now()) - EPOCH) // timedelta(milliseconds=1) - changed
        if age > -FURTHEST_LATE:
            self._newest_looked = min(self._newest_looked, max(0, age))
        if age - self._newest_looked >= CERTAIN_AFTER:
            return properties
        return {key: value for key, value in properties.items() if key != Property.LAST_MODIFICATION_DATE}
