"""Windows (and wherever there are no anonymous files): frames over two pipes, memory as named mappings."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Iterable
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from typing import IO

from clerk_desktop.workers.channel import HEADER, LONGEST_FRAME, NO_MEMORY, ChannelClosed, Memory

_PATIENCE = 5.0  # seconds for a reader to see that the other end is closed


class NamedMemory:
    """A named mapping; the side that made it keeps it until the other side has surely read it."""

    def __init__(self, shared: SharedMemory, length: int, *, own: bool) -> None:
        self._shared = shared
        self.length = length
        self._own = own
        if not own and os.name == "posix":
            # Attaching is not owning; the standard library registers both (bpo-38119).
            resource_tracker.unregister("/" + shared.name, "shared_memory")

    @property
    def _buffer(self) -> memoryview:
        buffer = self._shared.buf
        assert buffer is not None, "used after closing"
        return buffer

    @property
    def name(self) -> str:
        """The name the other side opens it by."""
        return self._shared.name

    @classmethod
    def filled(cls, chunks: Iterable[bytes], length: int) -> NamedMemory:
        """Return new memory with these bytes."""
        memory = cls(SharedMemory(create=True, size=max(1, length)), length, own=True)
        try:
            place = 0
            for chunk in chunks:
                if place + len(chunk) > length:
                    raise ValueError("content is not as long as said")
                memory._buffer[place : place + len(chunk)] = chunk
                place += len(chunk)
            if place != length:
                raise ValueError("content is not as long as said")
        except BaseException:
            memory.close()
            raise
        return memory

    @classmethod
    def awaiting(cls, length: int) -> NamedMemory:
        """Return new memory that is filled as its bytes are needed."""
        return cls(SharedMemory(create=True, size=max(1, length)), length, own=True)

    def put(self, place: int, piece: bytes) -> None:
        """Write a piece."""
        self._buffer[place : place + len(piece)] = piece

    @classmethod
    def opened(cls, name: str, length: int) -> NamedMemory:
        """Return memory that the other side made."""
        try:
            shared = SharedMemory(name=name)
        except (OSError, ValueError) as gone:
            raise ChannelClosed from gone
        if shared.size < length:
            shared.close()
            raise ChannelClosed
        return cls(shared, length, own=False)

    def view(self) -> memoryview:
        """Return the bytes in place."""
        return self._buffer[: self.length]

    def copy(self) -> bytes:
        """Return the bytes."""
        return bytes(self._buffer[: self.length])

    def close(self) -> None:
        """Let go; whoever made it removes its name."""
        self._shared.close()
        if self._own:
            self._own = False
            self._shared.unlink()


class PipeChannel:
    """Frames over two pipes. A thread reads, because a pipe cannot be waited for with a time limit everywhere."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._frames: queue.SimpleQueue[tuple[bytes, int, str] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="clerk-worker-pipe", daemon=True)
        self._reader.start()

    def send(self, frame: bytes, memory: Memory | None = None) -> None:
        """Send a frame and the memory's name."""
        assert memory is None or isinstance(memory, NamedMemory)
        name = b"" if memory is None else memory.name.encode()
        header = HEADER.pack(len(frame), NO_MEMORY if memory is None else memory.length, len(name))
        try:
            self._outgoing.write(header + name + frame)
            self._outgoing.flush()
        except (OSError, ValueError) as gone:
            raise ChannelClosed from gone

    def receive(self, timeout: float | None) -> tuple[bytes, Memory | None]:
        """Wait for a frame."""
        try:
            came = self._frames.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if came is None:
            self._frames.put(None)
            raise ChannelClosed
        frame, length, name = came
        return frame, None if length < 0 else NamedMemory.opened(name, length)

    def close(self) -> None:
        """Close this end; the other side must have ended, or the reader goes on until it does."""
        with contextlib.suppress(OSError):
            self._outgoing.close()
        self._reader.join(_PATIENCE)
        if not self._reader.is_alive():
            self._incoming.close()

    def _read(self) -> None:
        try:
            while True:
                header = self._incoming.read(HEADER.size)
                if len(header) < HEADER.size:
                    break
                length, memory_length, name_length = HEADER.unpack(header)
                if length > LONGEST_FRAME:
                    break
                name, frame = self._incoming.read(name_length), self._incoming.read(length)
                if len(name) < name_length or len(frame) < length:
                    break
                self._frames.put((frame, memory_length, name.decode("ascii", "replace")))
        except (OSError, ValueError):
            pass
        self._frames.put(None)
