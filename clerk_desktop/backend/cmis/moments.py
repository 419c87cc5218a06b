"""Whether the time of an object's last change tells its state from a later one.

Some servers note times to the second and give no change tokens. What such a server shows within the second of its last
change may be changed once more in that second, and then bears the same time. Until that is over the time is not passed
on: the object counts as not known, is looked at again, and is never taken for unchanged. Pure.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import EPOCH, Properties

CHANGE_TOKEN, LAST_MODIFICATION_DATE = Property.CHANGE_TOKEN.value, Property.LAST_MODIFICATION_DATE.value
CERTAIN_AFTER = timedelta(seconds=10)
"""The second itself, and what a server may take from its look at the object to the time of its answer."""


def certain(properties: Properties, told_at: datetime | None) -> Properties:
    """Return an object without the time of its last change where that may not be its last in this second.

    ``told_at``: the server's clock at the answer; without it, or where it goes ten seconds or more beside the clock of
    the changes, times are believed.
    """
    if told_at is None or properties.get(CHANGE_TOKEN):
        return properties
    changed = properties.get(LAST_MODIFICATION_DATE)
    if isinstance(changed, list) and len(changed) == 1:
        changed = changed[0]
    if not isinstance(changed, int) or changed % 1000:
        return properties
    age = (told_at - EPOCH) // timedelta(milliseconds=1) - changed
    if abs(age) >= CERTAIN_AFTER // timedelta(milliseconds=1):
        return properties
    return {key: value for key, value in properties.items() if key != LAST_MODIFICATION_DATE}
