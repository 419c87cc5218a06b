"""The way between host and worker on this operating system: both ends of a channel, and memory that fits it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from clerk_desktop.workers.channel import Channel, ChannelKind, Memory
from clerk_desktop.workers.pipe_channel import NamedMemory, PipeChannel

if sys.platform == "linux":
    import socket

    from clerk_desktop.workers.socket_channel import AnonymousMemory, SocketChannel


def usual_kind() -> ChannelKind:
    """Return the kind for this operating system."""
    return ChannelKind.SOCKET if sys.platform == "linux" else ChannelKind.PIPES


def filled(kind: ChannelKind, chunks: Iterable[bytes], length: int) -> Memory:
    """Return new memory with ``chunks``; ``ValueError`` if they are not ``length`` bytes together."""
    if sys.platform == "linux" and kind is ChannelKind.SOCKET:
        return AnonymousMemory.filled(chunks, length)
    return NamedMemory.filled(chunks, length)


def awaiting(kind: ChannelKind, length: int) -> Memory | None:
    """Return new memory whose bytes come as they are needed; None where the system cannot guard it until then."""
    if length == 0:
        return None
    if sys.platform == "linux" and kind is ChannelKind.SOCKET:
        try:
            return AnonymousMemory.awaiting(length)
        except OSError:
            return None
    return NamedMemory.awaiting(length)


def worker_end(kind: ChannelKind) -> Channel:
    """Take standard input and output over for the channel, and leave nothing there for chatty libraries to disturb."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    incoming, outgoing = os.dup(0), os.dup(1)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    if sys.platform == "linux" and kind is ChannelKind.SOCKET:
        os.close(outgoing)
        return SocketChannel(socket.socket(fileno=incoming), patience=None)
    return PipeChannel(os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb"))
