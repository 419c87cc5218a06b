"""Changes that become durable together: writers who wait for each other share one flush to disk.

A flush takes milliseconds, a change a fraction of one. Whoever finishes while others wait leaves the flush to the last
of them, and returns only when it has happened. Nobody waits for company that is not there.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

MOST = 16
"""So many changes are flushed together at most, so that the first of them does not wait for long."""


class Journal(Protocol):
    """What the changes go to. Used by one thread at a time."""

    def begin(self) -> None:
        """Begin a group of changes, whatever a group before it has left that could not be undone."""

    def begin_change(self) -> None:
        """Begin one change of the group."""

    def end_change(self) -> None:
        """Make the change a part of the group."""

    def undo_change(self) -> bool:
        """Undo the change and leave the rest of the group; False when the whole group was lost with it."""

    def commit(self) -> None:
        """Make the group durable."""

    def roll_back(self) -> None:
        """Undo the group."""


class ChangesLost(Exception):
    """A change could not be undone, and those that were to be committed with it are lost."""


class Change:
    """One change while it is made."""

    def __init__(self) -> None:
        self.acts: list[Callable[[], None]] = []

    def then(self, act: Callable[[], None]) -> None:
        """Remember something to do once the change is durable and before the next writer begins."""
        self.acts.append(act)


class _Group:
    """Changes that are committed or lost together; ``error`` is why they were lost."""

    def __init__(self) -> None:
        self.size = 0
        self.error: BaseException | None = None
        self.settled = threading.Event()


class SharedCommits:
    """Runs changes one after the other, and commits those that waited for each other at once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._group: _Group | None = None

    @property
    def waiting(self) -> int:
        """How many writers wait for their turn."""
        return self._waiting

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep writers out, for what is no change."""
        with self._my_turn():
            self._commit()
            yield

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Give one change, durable when the block has ended; it is undone when the block raises.

        Raises what the journal raises; when a commit fails, everybody whose change was part of it is told.
        """
        change = Change()
        with self._my_turn():
            group = self._group or self._begin()
            try:
                self._journal.begin_change()
                yield change
                self._journal.end_change()
            except BaseException:
                self._undo_change()
                self._commit_unless_others_follow()
                raise
            group.size += 1
            if change.acts:
                self._commit()
            self._commit_unless_others_follow()
            if group.error is None:
                for act in change.acts:
                    act()
        group.settled.wait()
        if group.error is not None:
            raise copy.copy(group.error)

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        with self._counting:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    def _undo_change(self) -> None:
        is_left = False
        try:
            is_left = self._journal.undo_change()
        finally:
            if not is_left:
                self._lose()

    def _begin(self) -> _Group:
        self._journal.begin()
        self._group = _Group()
        return self._group

    def _commit_unless_others_follow(self) -> None:
        if self._group is not None and (not self._waiting or self._group.size >= MOST):
            self._commit()

    def _commit(self) -> None:
        group, self._group = self._group, None
        if group is None:
            return
        try:
            if group.size:
                self._journal.commit()
            else:
                self._journal.roll_back()
        except BaseException as error:  # noqa: BLE001 - it is raised again by everybody who waits for this commit
            group.error = error
            with suppress(Exception):  # then the next group begins with it
                self._journal.roll_back()
        group.settled.set()

    def _lose(self) -> None:
        group, self._group = self._group, None
        if group is not None:
            group.error = ChangesLost()  # why is told to whom it happened, and means nothing to the others
            group.settled.set()
