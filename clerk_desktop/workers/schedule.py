"""Which job is done next, by whom. Pure: knows no processes and no threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from clerk_desktop.model.jobs import Priority

Payload = TypeVar("Payload")


class Place(Enum):
    """Two kinds of worker processes: FRONT never recognises, so that somebody always answers the screen soon."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Generic[Payload]):
    """A job that waits or runs. ``alone``: its second try, after a worker went down with it or at its start."""

    payload: Payload
    priority: Priority
    number: int
    alone: bool = False


@dataclass(kw_only=True, slots=True)
class Schedule(Generic[Payload]):
    """Waiting and running jobs."""

    waiting: list[Entry[Payload]] = field(default_factory=list)
    running: list[Entry[Payload]] = field(default_factory=list)

    def take(self, place: Place, suits: Callable[[Entry[Payload]], bool] = lambda _: True) -> Entry[Payload] | None:
        """Return the next job for a free process at ``place`` and count it as running; ``None``: nothing to do.

        ``suits``: False leaves a job to another process that is free as well and has its file open.
        """
        allowed = [entry for entry in self.waiting if self.may_run(entry, place) and suits(entry)]
        if not allowed:
            return None
        entry = min(allowed, key=lambda entry: (entry.priority, entry.number))
        self.waiting.remove(entry)
        self.running.append(entry)
        return entry

    def done(self, entry: Entry[Payload]) -> None:
        """Note that a running job has ended, one way or the other."""
        self.running.remove(entry)

    def may_run(self, entry: Entry[Payload], place: Place) -> bool:
        """Whether a process at ``place`` may do a waiting job now."""
        if entry.priority is Priority.RECOGNITION and place is Place.FRONT:
            return False
        if entry.priority is Priority.SCREEN:
            return True
        busy = [other for other in self.running if other.priority is not Priority.SCREEN]
        if entry.alone:
            return not busy
        # what waits to run alone is let in before more is started beside it
        return not any(other.alone for other in (*busy, *self.waiting) if other.priority is not Priority.SCREEN)
