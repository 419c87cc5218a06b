"""Contents that were read before on the same connection, for small files that are listed again and again.

Where a server keeps no change log everything is listed every few minutes; what has not changed since is not fetched
again. A content is known by the state it was read in, so that any change leads to a new reading.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import TypeAlias

from clerk_desktop.model.remote import RemoteRef

ROOM = 16 * 1024 * 1024
State: TypeAlias = tuple[str, str, datetime | None, int]


class ReadBefore:
    """Keeps contents up to ``room`` bytes, the latest used ones."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._contents: OrderedDict[State, bytes] = OrderedDict()

    def get(self, ref: RemoteRef, length: int) -> bytes | None:
        """Return the content of what is in this state, None when it was not read or the state says too little."""
        state = _state(ref, length)
        if state is None or state not in self._contents:
            return None
        self._contents.move_to_end(state)
        return self._contents[state]

    def put(self, ref: RemoteRef, length: int, content: bytes) -> None:
        """Keep a content."""
        state = _state(ref, length)
        if state is None or len(content) != length or len(content) > self._room:
            return
        self._taken += len(content) - len(self._contents.pop(state, b""))
        self._contents[state] = content
        while self._taken > self._room:
            _, gone = self._contents.popitem(last=False)
            self._taken -= len(gone)


def _state(ref: RemoteRef, length: int) -> State | None:
    if not length or not ref.tells_state:
        return None
    return ref.server_id, ref.change_token, ref.modified_at, length
