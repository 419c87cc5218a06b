"""Decoders of our values, made one at a time.

msgspec learns a dataclass in steps and keeps what it knows at the class; a second thread that decodes the same class
for the first time meanwhile meets it half learned, and the process crashes (msgspec 0.22).
"""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_making = Lock()
_made: dict[tuple[object, bool], msgspec.json.Decoder[Any]] = {}


def decoder(kind: type[T], *, strict: bool = True) -> msgspec.json.Decoder[T]:
    """Return the decoder from JSON for a type. Not ``strict``: a number may stand there as text."""
    found = _made.get((kind, strict))
    if found is None:
        with _making:
            found = _made[kind, strict] = msgspec.json.Decoder(kind, strict=strict)
    return found


def learned(kind: type[T]) -> type[T]:
    """Return the type itself once msgspec knows it, for formats other than JSON."""
    decoder(kind)
    return kind
