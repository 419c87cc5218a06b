"""Abilities that misbehave, for worker processes in tests; loaded by name, unknown to the product."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clerk_desktop.model.errors import FileRefused, RecognitionMissing, RefusalReason
from clerk_desktop.model.jobs import Job
from clerk_desktop.model.reading import Pixels
from clerk_desktop.workers.toolbox import Need
from tests.workers.processes import wait_until


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Job[int]):
    """The sum of all bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessNumber(Job[int]):
    """Who works."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten(Job[int]):
    """How many contents the process was told to forget."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Niceness(Job[int]):
    """How the system ranks the process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Glimpse(Job[bytes]):
    """A part of the content back."""

    start: int
    stop: int
    scribble: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo(Job[bytes]):
    """The content back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paint(Job[Pixels]):
    """Pixels of one colour."""

    width: int
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Crash(Job[int]):
    """Read where nothing is, once per file where ``once`` is given, else always."""

    once: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hang(Job[int]):
    """Never come back, and hold everything up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Swell(Job[int]):
    """Take memory without end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat(Job[int]):
    """Write to standard output and error, from C too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refuse(Job[int]):
    """Refuse the file."""

    reason: RefusalReason


@dataclass(frozen=True, kw_only=True, slots=True)
class Unprepared(Job[int]):
    """Miss the language data."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Raise(Job[int]):
    """Fail in an unforeseen way, quoting the content."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scribble(Job[int]):
    """Change the content that others read too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lie(Job[int]):
    """Answer with something else than promised."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment(Job[list[str]]):
    """The names of the environment's variables."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark(Job[int]):
    """Append ``name`` to the file ``book``, when ``gate`` is there."""

    book: str
    name: str
    gate: str = ""


class Hostile:
    def __init__(self) -> None:
        self._needs: dict[int, Need | None] = {}
        self._forgotten = 0

    jobs: Sequence[type[Job[Any]]] = (
        Measure,
        ProcessNumber,
        Forgotten,
        Niceness,
        Glimpse,
        Echo,
        Paint,
        Crash,
        Hang,
        Swell,
        Chat,
        Refuse,
        Unprepared,
        Raise,
        Scribble,
        Lie,
        Environment,
        Mark,
    )

    def perform(self, job: Job[Any], number: int, content: memoryview, need: Need | None) -> object:
        match job:
            case Forgotten():
                return self._forgotten
            case Glimpse():
                first = self._needs.setdefault(number, need)  # as an engine that stays open between the jobs
                if first is not None:
                    first(job.start, job.stop)
                if job.scribble:
                    content[job.start] = 0
                return bytes(content[job.start : job.stop])
            case Measure():
                return sum(content)
            case ProcessNumber():
                return os.getpid()
            case Niceness():
                return os.nice(0)
            case Echo():
                return bytes(content)
            case Paint():
                return Pixels(
                    width=job.width, height=job.height, stride=job.width * 4, data=b"\7" * 4 * job.width * job.height
                )
            case Refuse():
                raise FileRefused(job.reason)
            case Unprepared():
                raise RecognitionMissing(languages="deu")
            case Raise():
                raise ArithmeticError(bytes(content).decode())
            case Scribble():
                content[0] = 0
                return 0
            case Lie():
                return "not a number"
            case Environment():
                return sorted(os.environ)
            case _:
                return self._misbehave(job)

    def _misbehave(self, job: Job[Any]) -> object:
        match job:
            case Crash():
                if job.once and Path(job.once).exists():
                    return 1
                if job.once:
                    Path(job.once).touch()
                ctypes.string_at(0)
            case Hang():
                ctypes.PyDLL(None).pause()  # keeps the interpreter's lock, as a C library may
            case Swell():
                hoard = []
                while True:
                    hoard.append(bytearray(64 * 1024**2))
            case Chat():
                for descriptor in (1, 2):
                    os.write(descriptor, b"\0\0\0\1 Frau Schmidt, geb. 1950\n" * 100)
                for stream in (sys.stdout, sys.stderr):
                    stream.write("Frau Schmidt\n")
                    stream.flush()
            case Mark():
                if job.gate:
                    wait_until(Path(job.gate).exists)
                with Path(job.book).open("a", encoding="utf-8") as book:
                    book.write(job.name + "\n")
        return 0

    def forget(self, number: int) -> None:
        self._forgotten += 1


def toolbox() -> Hostile:
    return Hostile()
