"""What host and worker tell each other: typed frames, never pickles, so that a captured worker can send data only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast, get_args

import msgspec

from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.exchange import MarkedPdf
from clerk_desktop.model.jobs import Job
from clerk_desktop.model.reading import Pixels
from clerk_desktop.system.decoding import learned

Result = TypeVar("Result")


class Ask(msgspec.Struct, frozen=True, tag=True):
    """Do this. ``content`` is the number of a content; its memory comes with the first job that needs it.

    ``awaited``: the bytes are not all there yet, and are asked for with ``Need``.
    """

    number: int
    job: str
    details: msgspec.Raw
    content: int
    awaited: bool = False


class Forget(msgspec.Struct, frozen=True, tag=True):
    """Let go of a content."""

    content: int


class Here(msgspec.Struct, frozen=True, tag=True):
    """The bytes that were needed are there."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker has started."""


class Need(msgspec.Struct, frozen=True, tag=True):
    """Before going on with job ``number``: the content's bytes from ``start`` to ``stop``."""

    number: int
    start: int
    stop: int


class Done(msgspec.Struct, frozen=True, tag=True):
    """Here is the result; its bulky part, if any, comes as memory with this frame."""

    number: int
    result: msgspec.Raw


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The file cannot be worked on."""

    number: int
    reason: RefusalReason


class Unprepared(msgspec.Struct, frozen=True, tag=True):
    """Language data for recognition are missing on this machine."""

    number: int
    languages: str


class Broke(msgspec.Struct, frozen=True, tag=True):
    """A library failed in a way nobody foresaw: kind and place of the error, never its text (it may quote content)."""

    number: int
    error: str
    place: str


Order = Ask | Forget | Here
Answer = Ready | Need | Done | Refused | Unprepared | Broke

_encoder = msgspec.msgpack.Encoder()
_orders = msgspec.msgpack.Decoder(learned(cast("type[Any]", Order)))
_answers = msgspec.msgpack.Decoder(learned(cast("type[Any]", Answer)))


def encode(message: Order | Answer) -> bytes:
    """Return the message as a frame."""
    return _encoder.encode(message)


def order(frame: bytes) -> Order:
    """Return the order in a frame; ``msgspec.DecodeError`` for anything else."""
    return cast("Order", _orders.decode(frame))


def answer(frame: bytes) -> Answer:
    """Return the answer in a frame; ``msgspec.DecodeError`` for anything else."""
    return cast("Answer", _answers.decode(frame))


def packed(value: object) -> msgspec.Raw:
    """Return a value as raw MessagePack."""
    return msgspec.Raw(_encoder.encode(value))


def unpacked(raw: msgspec.Raw, kind: type[Result]) -> Result:
    """Return the value, checked against its type; ``msgspec.DecodeError`` if it does not fit."""
    return msgspec.msgpack.decode(raw, type=learned(kind))


def result_type(job: type[Job[Result]]) -> type[Result]:
    """Return what a kind of job answers with, as its class says: ``class Inspect(Job[FileFacts])``."""
    for base in getattr(job, "__orig_bases__", ()):
        arguments = get_args(base)
        if arguments:
            return cast("type[Result]", arguments[0])
    raise TypeError(f"{job.__name__} does not name its result")


def without_bulk(result: object) -> tuple[object, bytes | None]:
    """Part a result into what goes into the frame and what goes through shared memory."""
    if isinstance(result, bytes):
        return b"", result
    if isinstance(result, Pixels):
        return replace(result, data=b""), result.data
    if isinstance(result, MarkedPdf):
        return replace(result, content=b""), result.content
    return result, None


def with_bulk(result: Result, bulk: bytes | None) -> Result:
    """Put a result together again; ``TypeError`` if this kind of result has no bulk."""
    if bulk is None:
        return result
    if isinstance(result, bytes):
        return cast("Result", bulk)
    if isinstance(result, Pixels):
        return cast("Result", replace(result, data=bulk))
    if isinstance(result, MarkedPdf):
        return cast("Result", replace(result, content=bulk))
    raise TypeError(type(result).__name__)
