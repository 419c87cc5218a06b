"""HTTP as the server takes it: cheroot, stricter about headers and with bodies that never lie in memory as a whole.

Cheroot reads a body that nobody wanted (one sent without a password, say) and every chunk of a chunked one in one
piece, however large it claims to be. Here they are read in pieces, and given up when they are too much.
"""

from __future__ import annotations

import io
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from cheroot.server import HeaderReader, HTTPConnection, HTTPRequest, HTTPServer, KnownLengthRFile

from clerk_desktop.server.tls import Handshake, go_on

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEADER_BYTES = 1 << 16
"""Request line and headers together."""
_LINE = 1 << 10
_PIECE = 1 << 17
_UNWANTED = 1 << 26
"""So much of an unwanted body is read and thrown away, that the sender gets to read the answer."""
_UNWANTED_SECONDS = 60.0
"""So long at most: whoever sends it may not even have signed in."""
_LENGTH_DIGITS = 15
_TRAILERS = 100
_HEAD_SECONDS = 10.0
"""So long may request line and headers take together: a caller that drips them holds a thread."""
_LOOK_SECONDS, _LOOKS = 0.005, 20
_BUFFER = 1 << 14
"""Each idle connection holds so much, and there are many of them; longer pieces of a body go past it. A record of TLS
(RFC 8446, 5.1) fits into it whole, so that nothing stays behind where a look at the connection does not see it.
"""
if sys.platform == "win32":
    _Selector = selectors.SelectSelector
else:
    _Selector = selectors.PollSelector  # made for one look: others ask the system for something to look with


class _Lines(Protocol):
    def readline(self) -> bytes: ...


class _UnfoldedLines:
    """Refuses folded header lines, as RFC 9112 (5.2) allows."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines

    def readline(self) -> bytes:
        line = self._lines.readline()
        if line[:1] in {b" ", b"\t"}:
            raise ValueError("Folded header lines are not read.")
        return line


class StrictHeaders(HeaderReader):
    """Reads headers; raises ``ValueError`` (answered with 400) where it is in doubt how long the body is."""

    def __call__(self, rfile: _Lines, hdict: dict[bytes, bytes] | None = None) -> dict[bytes, bytes]:
        """Return the headers, added to ``hdict`` where given."""
        found: dict[bytes, bytes] = super().__call__(_UnfoldedLines(rfile), hdict)
        for name in [name for name in found if b"_" in name]:
            del found[name]  # the application could not tell it from the one with a hyphen
        length = found.get(b"Content-Length")
        if length is not None and not (length.isdigit() and len(length) <= _LENGTH_DIGITS):
            raise ValueError("Malformed Content-Length Header.")
        if length is not None and b"Transfer-Encoding" in found:
            raise ValueError("A body has a length or comes in chunks.")
        return found


class ChunkedBody:
    """A chunked body (RFC 9112, 7.1) as a stream. Extensions and trailers are skipped.

    ``read`` raises ``ValueError`` for malformed chunks.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = 0
        self._first = True
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        if self._ended:
            return b""
        if self._left == 0:
            self._left = self._next_size()
        if self._left == 0:
            self._skip_trailers()
            return b""
        piece = self._stream.read(min(size, self._left))
        if not piece:
            raise ValueError("The body was cut off.")
        self._left -= len(piece)
        return piece

    def _skip_trailers(self) -> None:
        self._ended = True
        for _ in range(_TRAILERS):
            if self._stream.readline(_LINE) in {b"\r\n", b""}:
                return
        raise ValueError("There are too many trailers.")

    def _next_size(self) -> int:
        if not self._first and self._stream.readline(_LINE) != b"\r\n":
            raise ValueError("A chunk has not the length it claims.")
        self._first = False
        digits = self._stream.readline(_LINE).partition(b";")[0].strip()
        if not digits or len(digits) > _LENGTH_DIGITS or digits.strip(b"0123456789abcdefABCDEF"):
            raise ValueError("A chunk has no length.")
        return int(digits, 16)


class _Collected:
    """Takes what is written and keeps it."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data


class BoundedRequest(HTTPRequest):
    """A request whose body is read in pieces. The first piece of the answer is sent with the headers.

    Sent apart they wake the caller twice, and on a busy machine this process waits in between.
    """

    header_reader = StrictHeaders()
    _head = b""

    def parse_request(self) -> None:
        """Read request line and headers. Raises ``TimeoutError``."""
        with self.conn.rfile.within(self.conn.head_seconds):
            super().parse_request()

    def respond(self) -> None:
        """Let the application answer."""
        length = int(self.inheaders.get(b"Content-Length", 0))
        body = ChunkedBody(self.conn.rfile) if self.chunked_read else KnownLengthRFile(self.conn.rfile, length)
        self.rfile: Any = body
        self.server.gateway(self).respond()
        if self.ready:
            self.ensure_headers_sent()
        if self._head:
            self.write(b"")
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")

    def send_headers(self) -> None:
        """Make status and headers ready to be sent, after whatever of the body the application did not read."""
        if not self.close_connection:
            self.close_connection = not self._is_drained()
        stream, held = self.conn.wfile, _Collected()
        self.conn.wfile = held
        try:
            super().send_headers()
        finally:
            self.conn.wfile = stream
        self._head = held.data

    def write(self, chunk: bytes) -> None:
        """Send a piece of the answer."""
        head, self._head = self._head, b""
        if head and self.chunked_write:
            self.conn.wfile.write(head)
        elif head:
            chunk = head + chunk
        super().write(chunk)

    def _is_drained(self) -> bool:
        """Read the rest of the body; return whether the next request begins where it ends."""
        left = _UNWANTED
        try:
            with self.conn.rfile.within(self.conn.unwanted_seconds):
                while left > 0 and (piece := self.rfile.read(_PIECE)):
                    left -= len(piece)
        except (ValueError, OSError):
            return False
        return left > 0


class _Socket(socket.SocketIO):
    """A connection's bytes as they come; while ``held`` none are asked for, and none after ``until`` (monotonic)."""

    held = False
    until: float | None = None

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection, "r")
        self._connection = connection

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        if self.held:
            return None
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._connection.settimeout(left)
        return super().readinto(buffer)


class SocketReader(io.BufferedReader):
    """Reads a connection by lines and pieces. Cheroot's own does so in Python, step by step."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._socket = _Socket(connection)
        super().__init__(self._socket, _BUFFER)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Read only what comes within so many seconds from now. Reading more raises ``TimeoutError``."""
        usual = self._connection.gettimeout()
        self._socket.until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._socket.until = None
            self._connection.settimeout(usual)

    def has_data(self) -> bool:
        """Whether something has come that was not read yet."""
        self._socket.held = True
        try:
            return bool(self.peek(1))
        finally:
            self._socket.held = False


class BoundedConnection(HTTPConnection):
    """A connection that carries such requests.

    A thread that has answered one looks a moment whether the next is on its way before it hands the connection back:
    that costs two changes of thread, as much as many an answer, and on a busy machine ten times that. Somebody who
    waits for a thread waits for one look. A caller that says nothing is handed back in the same way, and holds no
    thread.
    """

    RequestHandlerClass = BoundedRequest
    head_seconds = _HEAD_SECONDS
    unwanted_seconds = _UNWANTED_SECONDS

    def __init__(self, server: HTTPServer, connection: socket.socket, *more: object) -> None:
        super().__init__(server, connection, *more)
        self.rfile = SocketReader(connection)
        self._has_begun = False
        self._greeted_until: float | None = None

    def communicate(self) -> bool:
        """Answer what comes in close succession; return whether the connection is to be kept open."""
        if not self._has_begun:
            how_far = self._begin()
            if how_far is not Handshake.DONE:
                return how_far is Handshake.WAITS
            self._has_begun = True
        while super().communicate():  # type: ignore[no-untyped-call]
            if not self._next_is_here():
                return True
        return False

    def _begin(self) -> Handshake:
        """Go as far as a first request's beginning; where that waits for the caller, nobody waits here."""
        how_far = Handshake.WAITS
        while self._is_here() or self._next_is_here():
            if how_far is Handshake.DONE:
                return how_far
            try:
                how_far = go_on(self.socket)
            except OSError:
                how_far = Handshake.FAILED
            if how_far is Handshake.WRITES and not self._is_taken():
                return Handshake.FAILED
            if how_far is Handshake.FAILED or (how_far is not Handshake.DONE and self._left() <= 0):
                return Handshake.FAILED
        return Handshake.WAITS

    def _left(self) -> float:
        """How many seconds a caller has for the handshake, from its first byte on: one that drips it is cut off."""
        now = time.monotonic()
        if self._greeted_until is None:
            self._greeted_until = now + self.head_seconds
        return self._greeted_until - now

    def _is_taken(self) -> bool:
        """Wait until the caller takes some of what was said to it. No byte of its own would tell of that later."""
        with _Selector() as selector:
            selector.register(self.socket, selectors.EVENT_WRITE)
            return bool(selector.select(max(0.0, self._left())))

    def _is_here(self) -> bool:
        """Whether something can be read now, be it the end."""
        if self.rfile.has_data():
            return True
        with _Selector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            return bool(selector.select(0))

    def _next_is_here(self) -> bool:
        if self._is_wanted_elsewhere():
            return False  # what is buffered is not lost: the connection is queued behind those who wait
        if self.rfile.has_data():
            return True
        with _Selector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            for _ in range(_LOOKS):
                if selector.select(_LOOK_SECONDS):
                    return True
                if self._is_wanted_elsewhere():
                    return False
        return False

    def _is_wanted_elsewhere(self) -> bool:
        return bool(self.server.requests.qsize) or not self.server.ready
