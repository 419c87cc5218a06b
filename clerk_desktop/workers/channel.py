"""Frames and memory between host and worker: the form that both ways share.

``socket_channel`` (Linux): a socket pair, memory as sealed anonymous files whose descriptors travel with the frame.
``pipe_channel`` (elsewhere): pipes, memory as named mappings, which Windows frees with their last user.
"""

from __future__ import annotations

import struct
from enum import Enum
from typing import Protocol

HEADER = struct.Struct(">IqH")  # length of the frame, of the memory (or NO_MEMORY), of the memory's name
NO_MEMORY = -1
LONGEST_FRAME = 256 * 1024**2


class ChannelKind(Enum):
    """How frames and memory travel."""

    SOCKET = "socket"
    PIPES = "pipes"


class ChannelClosed(Exception):
    """The other side is gone, or does not keep to the form."""


class Memory(Protocol):
    """Some bytes that two processes can see."""

    length: int

    def view(self) -> memoryview:
        """Map the bytes, privately writable (C libraries want that), and return them."""

    def copy(self) -> bytes:
        """Return the bytes as they are now."""

    def put(self, place: int, piece: bytes) -> None:
        """Write a piece that was not there yet; only where the memory was made ``awaiting`` its bytes."""

    def close(self) -> None:
        """Let go; ``BufferError`` while somebody still uses the view."""


class Channel(Protocol):
    """One end of the way between host and worker."""

    def send(self, frame: bytes, memory: Memory | None = None) -> None:
        """Send a frame. ``ChannelClosed``."""

    def receive(self, timeout: float | None) -> tuple[bytes, Memory | None]:
        """Wait for a frame, ``timeout`` in seconds. ``TimeoutError``, ``ChannelClosed``."""

    def close(self) -> None:
        """Close this end."""
