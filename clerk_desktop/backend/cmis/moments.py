"""Whether the time of an object's last change tells its state from a later one.

Some servers note times to the second and give no change tokens. What such a server shows within the second of its last
change may be changed once more in that second, and then bears the same time. Until that is over the time is not passed
on: the object counts as not known, is looked at again, and is never taken for unchanged.

What the answers are dated with (``Date``) may be another clock than that of the changes: a gateway's, or that of a
database of its own. A change that is dated later than the answer shows by how much the latter is behind, at least, and
one that was just made shows it exactly.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import EPOCH, Properties

CHANGE_TOKEN, LAST_MODIFICATION_DATE = Property.CHANGE_TOKEN.value, Property.LAST_MODIFICATION_DATE.value
MILLISECOND = timedelta(milliseconds=1)
CERTAIN_AFTER = timedelta(seconds=10)
"""The second itself, and what a server may take from its look at the object to the time of its answer."""


FURTHEST = timedelta(days=1)
"""A change that is dated so much later than the answer is dated wrongly, and tells nothing of the clocks."""


class Moments:
    """What the answers of one connection tell of the server's clocks."""

    def __init__(self) -> None:
        self._ahead = 0  # milliseconds, at least, by which the clock of the changes is ahead of Date

    def certain(self, properties: Properties, told_at: datetime | None) -> Properties:
        """Return an object without the time of its last change where that may not be its last in this second.

        ``told_at``: the server's clock at the answer; without it, or where it goes ten seconds or more before the clock
        of the changes, times are believed.
        """
        if told_at is None or properties.get(CHANGE_TOKEN):
            return properties
        changed = properties.get(LAST_MODIFICATION_DATE)
        if isinstance(changed, list) and len(changed) == 1:
            changed = changed[0]
        if not isinstance(changed, int) or changed % 1000:
            return properties
        age = (told_at - EPOCH) // MILLISECOND - changed
        if abs(age) < FURTHEST // MILLISECOND:
            self._ahead = max(self._ahead, -age)
        ages = (age, age + self._ahead)
        if all(abs(each) >= CERTAIN_AFTER // MILLISECOND for each in ages):
            return properties
        return {key: value for key, value in properties.items() if key != LAST_MODIFICATION_DATE}
