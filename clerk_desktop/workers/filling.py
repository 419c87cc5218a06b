"""A content whose bytes come into the shared memory as a worker asks for them: nobody waits for the rest of a file.

A scan of 300 pages has hundreds of megabytes; its first page needs one of them.
"""

from __future__ import annotations

import threading
from typing import BinaryIO

from clerk_desktop.workers.channel import ChannelClosed, Memory

PIECE = 64 * 1024
END_PIECES = 2
"""So much of the end is brought at once: who looks at a PDF goes to and fro in it."""


class Pieces:
    """Which pieces of a content are there. Used by one thread at a time."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._here = bytearray((length + PIECE - 1) // PIECE)

    def missing(self, start: int, stop: int) -> tuple[int, int] | None:
        """Return the stretch of bytes to be brought before ``start`` to ``stop`` can be read, None for nothing."""
        first, last = max(0, start) // PIECE, (min(stop, self._length) + PIECE - 1) // PIECE
        if first < last and last > len(self._here) - END_PIECES:
            first = min(first, max(0, len(self._here) - END_PIECES))
        first_missing = self._here.find(0, first, last)
        if first_missing < 0:
            return None
        return first_missing * PIECE, min((self._here.rfind(0, first, last) + 1) * PIECE, self._length)

    def came(self, start: int, stop: int) -> None:
        """Note that a stretch is there."""
        for number in range(start // PIECE, (stop + PIECE - 1) // PIECE):
            self._here[number] = 1


class Filling:
    """The host's side: brings bytes from ``source`` into ``memory``; from any thread. Owns both."""

    def __init__(self, source: BinaryIO, memory: Memory) -> None:
        self._source = source
        self._memory = memory
        self._pieces = Pieces(memory.length)
        self._lock = threading.Lock()

    def bring(self, start: int, stop: int) -> None:
        """See to it that a stretch is there. ``ChannelClosed`` for one that is not in the content.

        What the source raises when its bytes were changed passes through.
        """
        if not 0 <= start <= stop <= self._memory.length:
            raise ChannelClosed
        with self._lock:
            stretch = self._pieces.missing(start, stop)
            if stretch is not None:
                self._source.seek(stretch[0])
                for place in range(stretch[0], stretch[1], PIECE):
                    self._memory.put(place, self._source.read(min(PIECE, stretch[1] - place)))
                self._pieces.came(*stretch)

    def close(self) -> None:
        """Close the source."""
        with self._lock:
            self._source.close()
