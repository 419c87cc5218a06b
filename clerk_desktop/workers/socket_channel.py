"""Linux: frames over a socket pair, memory without a name.

Nothing can leak, whoever is killed, because nothing has a name; and because the memory is sealed, a captured worker
cannot change what the others read.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import socket
import sys
import time
from collections.abc import Iterable

from clerk_desktop.workers.channel import HEADER, LONGEST_FRAME, NO_MEMORY, ChannelClosed, Memory

assert sys.platform == "linux", "imported on Linux only"

_PIECE = 1024**2
_F_SEAL_FUTURE_WRITE = 0x0010  # Linux 5.1: who has a mapping already goes on writing, nobody else may begin


class AnonymousMemory:
    """A file that exists in memory only and has no name (Linux)."""

    def __init__(self, descriptor: int, length: int) -> None:
        self.descriptor = descriptor
        self.length = length
        self._mapped: mmap.mmap | None = None
        self._view: memoryview | None = None
        self._filled_by_us: mmap.mmap | None = None

    @classmethod
    def filled(cls, chunks: Iterable[bytes], length: int) -> AnonymousMemory:
        """Return sealed memory with these bytes."""
        descriptor = os.memfd_create("content", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        memory = cls(descriptor, length)
        try:
            written = 0
            for chunk in chunks:
                rest = memoryview(chunk)
                while rest:
                    count = os.write(descriptor, rest)
                    written += count
                    rest = rest[count:]
            if written != length:
                raise ValueError("content is not as long as said")
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        except BaseException:
            memory.close()
            raise
        return memory

    @classmethod
    def awaiting(cls, length: int) -> AnonymousMemory:
        """Return memory that only this process can fill, as its bytes are needed. ``OSError`` before Linux 5.1."""
        descriptor = os.memfd_create("content", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        memory = cls(descriptor, length)
        try:
            os.ftruncate(descriptor, length)
            memory._filled_by_us = mmap.mmap(descriptor, length)
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | _F_SEAL_FUTURE_WRITE | fcntl.F_SEAL_SEAL
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        except BaseException:
            memory.close()
            raise
        return memory

    def put(self, place: int, piece: bytes) -> None:
        """Write a piece."""
        assert self._filled_by_us is not None, "made to await its bytes"
        self._filled_by_us[place : place + len(piece)] = piece

    def view(self) -> memoryview:
        """Map the bytes, copy on write."""
        if self._view is None:
            if self.length == 0:
                return memoryview(b"")
            self._mapped = mmap.mmap(self.descriptor, self.length, access=mmap.ACCESS_COPY)
            self._view = memoryview(self._mapped)
        return self._view

    def copy(self) -> bytes:
        """Read instead of mapping: a sender that shortens its file must not be able to end the reader."""
        parts, place = [], 0
        while place < self.length:
            part = os.pread(self.descriptor, min(_PIECE * 16, self.length - place), place)
            if not part:
                raise ChannelClosed
            parts.append(part)
            place += len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Unmap and close."""
        if self._view is not None:
            self._view.release()
            self._view = None
        if self._mapped is not None:
            self._mapped.close()
            self._mapped = None
        if self._filled_by_us is not None:
            self._filled_by_us.close()
            self._filled_by_us = None
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


class SocketChannel:
    """Frames over a socket of the UNIX family. ``patience``: seconds for sending; ``None`` where two threads use it."""

    def __init__(self, end: socket.socket, *, patience: float | None) -> None:
        self._end = end
        self._patience = patience
        end.settimeout(patience)

    def send(self, frame: bytes, memory: Memory | None = None) -> None:
        """Send a frame; the memory's descriptor travels with its first byte."""
        assert memory is None or isinstance(memory, AnonymousMemory)
        header = HEADER.pack(len(frame), NO_MEMORY if memory is None else memory.length, 0)
        try:
            if memory is None:
                self._end.sendall(header)
            else:
                sent = socket.send_fds(self._end, [header], [memory.descriptor])
                self._end.sendall(header[sent:])
            self._end.sendall(frame)
        except OSError as gone:
            raise ChannelClosed from gone

    def receive(self, timeout: float | None) -> tuple[bytes, Memory | None]:
        """Wait for a frame."""
        deadline = None if timeout is None else time.monotonic() + timeout
        descriptors: list[int] = []
        try:
            header = self._exactly(HEADER.size, deadline, descriptors)
            length, memory_length, _ = HEADER.unpack(header)
            if length > LONGEST_FRAME:
                raise ChannelClosed
            frame = self._exactly(length, deadline, descriptors)
            memory = None
            if memory_length >= 0:
                if not descriptors:
                    raise ChannelClosed
                memory = AnonymousMemory(descriptors.pop(0), memory_length)
            return frame, memory
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
            if deadline is not None:
                self._end.settimeout(self._patience)

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def _exactly(self, length: int, deadline: float | None, descriptors: list[int]) -> bytes:
        parts, missing = [], length
        while missing:
            try:
                if deadline is not None:
                    self._end.settimeout(max(0.001, deadline - time.monotonic()))
                part, came, _, _ = socket.recv_fds(self._end, min(missing, _PIECE), 1)
            except TimeoutError:
                raise
            except OSError as gone:
                raise ChannelClosed from gone
            descriptors.extend(came)
            if not part:
                raise ChannelClosed
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
