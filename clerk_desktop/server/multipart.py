"""Multipart forms (RFC 7578, RFC 2046 5.1) as they arrive: part after part, the bytes of each piece by piece.

Of a small upload that is kept durably, a general parser takes a third of the computing time; this one knows forms only.
What the parts mean is left to ``forms``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from werkzeug.http import parse_options_header

MAX_HEADER_BYTES = 1 << 16
"""The headers of one part together."""
_USUAL = re.compile(r'form-data; name="([^"\\%]*)"(?:; filename="([^"\\%]*)")?')


class MalformedForm(ValueError):
    """The form breaks the rules of its encoding, or it was cut off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part; names of ``headers`` are in lower case. ``pieces`` are its bytes, to be read before the next part."""

    name: str | None
    file_name: str | None
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


def read_parts(boundary: bytes, body: Iterator[bytes]) -> Iterator[Part]:
    """Return the parts of a form. Raises ``MalformedForm``, whatever ``body`` raises too."""
    buffer = _Buffer(boundary, body)
    for _ in buffer.until_boundary():
        pass  # what stands before the first part is for people without a reader of mail (5.1.1)
    while buffer.begins_part():
        headers = _headers(buffer.headers())
        name, file_name = _names(headers.get("content-disposition", ""))
        pieces = buffer.content()
        yield Part(name=name, file_name=file_name, headers=headers, pieces=pieces)
        for _ in pieces:
            pass


class _Buffer:
    """The bytes that have come and were not given out yet: those from ``_at`` on."""

    def __init__(self, boundary: bytes, body: Iterator[bytes]) -> None:
        self._body = body
        self._delimiter = b"\r\n--" + boundary
        self._held = b"\r\n"  # so that the first boundary is found as all others are
        self._at = 0

    def until_boundary(self) -> Iterator[bytes]:
        """Give out everything before the next boundary, and step over that."""
        while True:
            found = self._held.find(self._delimiter, self._at)
            if found >= 0:
                piece, self._at = self._held[self._at : found], found + len(self._delimiter)
                if piece:
                    yield piece
                return
            safe = len(self._held) - len(self._delimiter) + 1
            if safe > self._at:
                piece, self._at = self._held[self._at : safe], safe
                yield piece
            self._receive()

    def headers(self) -> bytes:
        """Give out the lines up to the empty one. Raises ``MalformedForm`` when they are too long."""
        self._at -= 2  # without headers the end of the line before them is the beginning of the empty one
        while (found := self._held.find(b"\r\n\r\n", self._at)) < 0:
            if len(self._held) - self._at > MAX_HEADER_BYTES:
                raise MalformedForm
            self._receive()
        if found - self._at > MAX_HEADER_BYTES:
            raise MalformedForm
        lines, self._at = self._held[self._at + 2 : found], found + 2
        return lines

    def content(self) -> Iterator[bytes]:
        """Give out what follows the headers and their empty line, up to the next boundary, and step over that."""
        # without content the empty line is the beginning of the boundary
        found = self._held.find(self._delimiter, self._at)
        if found < 0:
            return self._long_content()
        piece, self._at = self._held[self._at + 2 : found], found + len(self._delimiter)
        return iter((piece,) if piece else ())

    def _long_content(self) -> Iterator[bytes]:
        unwanted = 2
        for piece in self.until_boundary():
            wanted = piece[unwanted:]
            unwanted = max(0, unwanted - len(piece))
            if wanted:
                yield wanted

    def begins_part(self) -> bool:
        """Step over the rest of a boundary; return whether a part follows it."""
        while len(self._held) - self._at < 2:
            self._receive()
        if self._held.startswith(b"--", self._at):
            return False
        if self.line(MAX_HEADER_BYTES).strip(b" \t"):
            raise MalformedForm
        return True

    def line(self, limit: int) -> bytes:
        """Give out one line without its end. Raises ``MalformedForm`` when it is longer than ``limit``."""
        while (found := self._held.find(b"\r\n", self._at)) < 0:
            if len(self._held) - self._at > limit:
                raise MalformedForm
            self._receive()
        line, self._at = self._held[self._at : found], found + 2
        return line

    def _receive(self) -> None:
        more = next(self._body, b"")
        if not more:
            raise MalformedForm
        self._held, self._at = self._held[self._at :] + more, 0


def _headers(lines: bytes) -> dict[str, str]:
    try:
        text = lines.decode()
    except UnicodeDecodeError:
        raise MalformedForm from None
    unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ")
    pairs = [line.partition(":") for line in unfolded.split("\r\n")]
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _names(disposition: str) -> tuple[str | None, str | None]:
    """Return the names of part and file in a Content-Disposition, None where there is none."""
    usual = _USUAL.fullmatch(disposition)
    if usual is not None:
        return usual[1], usual[2]
    options = parse_options_header(disposition)[1]
    return options.get("name"), options.get("filename")
