"""Reading a request: URL parameters and form fields merged, content streamed to disk. Never a whole body in memory.

Accepts what real clients send (5.2.9 of CMIS 1.1 and their habits): urlencoded and multipart for every action, file
names raw, percent-encoded or after RFC 5987, fields before or after the content. What the controls mean is left to
``controls`` and the actions.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import parse_qsl, unquote

from werkzeug.http import parse_options_header

from clerk_desktop.server.faults import invalid
from clerk_desktop.server.multipart import MalformedForm, Part, read_parts
from clerk_desktop.server.repository.contents import Contents, Received

MAX_FIELDS_BYTES = 10 << 20
"""All form fields of a request together, in bytes; content is not limited."""
MAX_FIELDS = 20_000
_CHUNK = 1 << 17
_UNKNOWN_MEDIA = "application/octet-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Pairs of name and value in the order they came, URL parameters first; content, if any was sent."""

    pairs: tuple[tuple[str, str], ...]
    received: Received | None


class FormReader:
    """Reads one request. On leaving, content that no action has placed is removed."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._received: Received | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._received is not None:
            self._contents.discard(self._received)

    def read(self, *, query: str, content_type: str, body: Iterator[bytes]) -> Form:
        """Return the form. Raises ``Fault`` (invalidArgument) when it is malformed, cut off or too large."""
        pairs = _urlencoded(query)
        media_type, options = parse_options_header(content_type)
        if media_type == "application/x-www-form-urlencoded":
            pairs += _urlencoded(_text(_limited(body), "utf-8"))
        elif media_type == "multipart/form-data":
            boundary = options.get("boundary", "")
            if not 0 < len(boundary) <= 200 or not boundary.isascii():
                raise invalid("The multipart form has no usable boundary.")
            pairs += self._multipart(boundary.encode(), body)
        elif media_type or next(body, b""):
            raise invalid("A form must be urlencoded or multipart.")
        return Form(pairs=tuple(pairs), received=self._received)

    def _multipart(self, boundary: bytes, body: Iterator[bytes]) -> list[tuple[str, str]]:
        fields: list[tuple[str, bytes, str]] = []
        size = 0
        try:
            for number, part in enumerate(read_parts(boundary, body)):
                if part.name is None:
                    raise invalid("A part of the form has no name.")
                if part.file_name is not None:
                    self._receive(part)
                    continue
                held = []
                for piece in part.pieces:
                    held.append(piece)
                    size += len(piece)
                    if size > MAX_FIELDS_BYTES:
                        break
                size += len(part.name)
                if size > MAX_FIELDS_BYTES or number >= MAX_FIELDS:
                    raise invalid("The form has too many or too large fields.")
                fields.append((part.name, b"".join(held), _charset(part)))
        except MalformedForm:
            raise invalid("The multipart form is malformed or was cut off.") from None
        return _decoded(fields)

    def _receive(self, part: Part) -> None:
        if self._received is not None:
            raise invalid("The form has more than one content.")
        with self._contents.receive() as receiver:
            for piece in part.pieces:
                receiver.write(piece)
            self._received = receiver.finish(_media_type(part), clean_file_name(_file_name(part)))


def body_chunks(stream: BinaryIO, length: int | None) -> Iterator[bytes]:
    """Return a request body piece by piece: ``length`` bytes, or until the end where it is not known.

    Raises ``Fault`` (invalidArgument) when chunks are malformed or the sender falls silent.
    """
    left = length
    while left is None or left > 0:
        try:
            chunk = stream.read(_CHUNK if left is None else min(_CHUNK, left))
        except (ValueError, OSError):
            raise invalid("The body of the request is malformed or was cut off.") from None
        if not chunk:
            return
        if left is not None:
            left -= len(chunk)
        yield chunk


def clean_file_name(name: str) -> str:
    """Return a file name without path and control characters."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return "".join(character for character in last if character.isprintable()).strip()[:255]


def _urlencoded(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise invalid("The parameters are malformed, too many, or not UTF-8.") from None


def _limited(body: Iterator[bytes]) -> bytes:
    collected = bytearray()
    for chunk in body:
        collected += chunk
        if len(collected) > MAX_FIELDS_BYTES:
            raise invalid("The form is too large.")
    return bytes(collected)


def _decoded(fields: list[tuple[str, bytes, str]]) -> list[tuple[str, str]]:
    whole = next((_text(value, "ascii") for name, value, _ in fields if name.lower() == "_charset_"), "")
    return [(name, _text(value, charset or whole or "utf-8")) for name, value, charset in fields]


def _text(value: bytes, charset: str) -> str:
    try:
        return codecs.decode(value, charset) if _is_text_codec(charset) else _refused()
    except (UnicodeError, LookupError, ValueError):
        return _refused()


def _refused() -> str:
    raise invalid("A field is not in the character set it claims.")


def _is_text_codec(charset: str) -> bool:
    return charset.lower().replace("_", "-") in {
        "utf-8",
        "utf8",
        "us-ascii",
        "ascii",
        "iso-8859-1",
        "iso-8859-15",
        "windows-1252",
    }


def _charset(part: Part) -> str:
    content_type = part.headers.get("content-type")
    return "" if content_type is None else parse_options_header(content_type)[1].get("charset", "")


def _media_type(part: Part) -> str:
    return part.headers.get("content-type") or _UNKNOWN_MEDIA


def _file_name(part: Part) -> str:
    # filename*=UTF-8''… is decoded; some browsers and httpx percent-encode quotation marks instead
    name = part.file_name or ""
    return unquote(name) if "%22" in name else name
