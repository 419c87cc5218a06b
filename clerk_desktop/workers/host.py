"""The worker host: takes jobs on foreign files from any thread and has them done in supervised worker processes.

Leaves to others what a job does (``documents``, inside the worker only) and what a refusal means (``intake``, ``ui``).
"""

from __future__ import annotations

import io
import itertools
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from clerk_desktop.model.errors import ClerkError, WorkerCrashed, WorkerLate, WorkerNotStarted, WorkersClosed
from clerk_desktop.model.jobs import Job, Priority
from clerk_desktop.workers.channel import ChannelKind, Memory
from clerk_desktop.workers.filling import Filling
from clerk_desktop.workers.schedule import Entry, Place, Schedule
from clerk_desktop.workers.supervised import SupervisedWorker, WorkerSettings
from clerk_desktop.workers.ways import awaiting, filled, usual_kind

ABILITIES = "clerk_desktop.workers.abilities"
MEMORY = 4 * 1024**3
TIMEOUT = 300.0
_READING = 1 << 20
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LoadedContent:
    """A content that workers can see, from ``WorkerHost.load``."""

    number: int
    memory: Memory
    filling: Filling | None = None

    @property
    def length(self) -> int:
        """Length in bytes."""
        return self.memory.length

    def close(self) -> None:
        """Let go of it."""
        if self.filling is not None:
            self.filling.close()
        self.memory.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Task:
    job: Job[Any]
    content: LoadedContent
    timeout: float
    future: Future[Any]


class WorkerHost:
    """Worker processes, started when first needed.

    ``processes``: how many at most, the number of cores (but two) by default. ``recognition_processes``: how many of
    them may recognise text, with low priority; one less by default, so that the page on screen never waits for them.
    A scan station sets both to its cores. ``memory``: bytes of address space per process. ``tessdata``: folder with
    language data, the system's by default. ``abilities``: the module that the workers work with.
    """

    def __init__(
        self,
        *,
        processes: int | None = None,
        recognition_processes: int | None = None,
        memory: int = MEMORY,
        tessdata: Path | None = None,
        abilities: str = ABILITIES,
        channel: ChannelKind | None = None,
    ) -> None:
        count = processes if processes is not None else max(2, os.cpu_count() or 1)
        back = min(count, recognition_processes if recognition_processes is not None else max(1, count - 1))
        if count < 1 or back < 1:
            raise ValueError("a host needs a process, and one that recognises")
        self._kind = channel if channel is not None else usual_kind()
        settings = WorkerSettings(abilities=abilities, channel=self._kind, memory=memory, tessdata=tessdata)
        self._numbers = itertools.count(1)
        self._schedule: Schedule[_Task] = Schedule()
        self._changed = threading.Condition()
        self._closing = False
        self._leaving: list[LoadedContent] = []
        places = [Place.BACK] * back + [Place.FRONT] * (count - back)
        self._seats = [_Seat(SupervisedWorker(settings, background=place is Place.BACK), place) for place in places]
        for index, seat in enumerate(self._seats, start=1):
            seat.thread = threading.Thread(target=self._serve, args=(seat,), name=f"clerk-worker-{index}", daemon=True)
            seat.thread.start()

    @contextmanager
    def load(self, chunks: Iterable[bytes], length: int) -> Iterator[LoadedContent]:
        """Make content visible to the workers while the block runs. ``ValueError`` if it is not ``length`` long.

        Jobs on it that still wait when the block ends are cancelled; running ones end, but are not tried again.
        """
        yield from self._kept(LoadedContent(number=next(self._numbers), memory=filled(self._kind, chunks, length)))

    @contextmanager
    def lend(self, source: BinaryIO) -> Iterator[LoadedContent]:
        """Make content visible as ``load`` does, each part of it when a worker needs it; closes ``source`` at last.

        Jobs raise what ``source`` raises when it is read. Where the system cannot guard memory that is not full yet,
        all is read now.
        """
        length = source.seek(0, io.SEEK_END)
        number, memory = next(self._numbers), awaiting(self._kind, length)
        if memory is not None:
            content = LoadedContent(number=number, memory=memory, filling=Filling(source, memory))
        else:
            source.seek(0)
            with source:
                memory = filled(self._kind, iter(partial(source.read, _READING), b""), length)
            content = LoadedContent(number=number, memory=memory)
        yield from self._kept(content)

    def _kept(self, content: LoadedContent) -> Iterator[LoadedContent]:
        try:
            yield content
        finally:
            self._unload(content)

    def prepare(self) -> None:
        """Have a process for the screen started now, beside what goes on: the first page need not wait for one."""
        with self._changed:
            front = [seat for seat in self._seats if seat.place is Place.FRONT]
            (front or self._seats)[0].to_start = True
            self._changed.notify_all()

    def run(
        self,
        job: Job[Result],
        content: LoadedContent,
        *,
        priority: Priority = Priority.INTAKE,
        timeout: float = TIMEOUT,
    ) -> Result:
        """Have a job done and wait for it.

        ``timeout``: seconds from its start; it is tried twice. ``FileRefused``, ``WorkerCrashed``, ``WorkerLate``; and,
        saying nothing about the file: ``RecognitionMissing``, ``WorkerNotStarted``, ``WorkersClosed``.
        """
        return self.submit(job, content, priority=priority, timeout=timeout).result()

    def submit(
        self,
        job: Job[Result],
        content: LoadedContent,
        *,
        priority: Priority = Priority.INTAKE,
        timeout: float = TIMEOUT,
    ) -> Future[Result]:
        """Have a job done; see ``run``. A future that is cancelled while it waits is not begun."""
        future: Future[Result] = Future()
        task = _Task(job=job, content=content, timeout=timeout, future=future)
        with self._changed:
            if self._closing:
                raise WorkersClosed
            self._schedule.waiting.append(Entry(payload=task, priority=priority, number=next(self._numbers)))
            self._changed.notify_all()
        return future

    def close(self) -> None:
        """End all workers at once; what waits or runs ends with ``WorkersClosed``."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            waiting, self._schedule.waiting = self._schedule.waiting, []
            self._changed.notify_all()
        for entry in waiting:
            if entry.payload.future.running() or entry.payload.future.set_running_or_notify_cancel():
                entry.payload.future.set_exception(WorkersClosed())
        for seat in self._seats:
            seat.worker.kill()
        for seat in self._seats:
            seat.thread.join()

    def _unload(self, content: LoadedContent) -> None:
        with self._changed:
            orphans = [entry for entry in self._schedule.waiting if entry.payload.content is content]
            for entry in orphans:
                self._schedule.waiting.remove(entry)
            self._leaving.append(content)
            self._let_go()
            self._changed.notify_all()
        for entry in orphans:
            entry.payload.future.cancel()

    def _let_go(self) -> None:
        """Free the contents that nobody works on any more; call with the lock held."""
        used = [entry.payload.content for entry in self._schedule.running]
        for content in [content for content in self._leaving if content not in used]:
            self._leaving.remove(content)
            content.close()
            for seat in self._seats:
                seat.to_forget.append(content.number)

    def _serve(self, seat: _Seat) -> None:
        """Drive one worker process; the thread's only loop."""
        try:
            while True:
                with self._changed:
                    entry = self._next(seat)
                    forgotten = [] if entry is not None else seat.to_forget
                    seat.to_forget = seat.to_forget[len(forgotten) :]
                    start, seat.to_start = seat.to_start, False
                for number in forgotten:
                    seat.worker.forget(number)
                if self._closing:
                    break
                if entry is not None:
                    self._do(seat, entry)
                elif start:
                    seat.worker.start()
        finally:
            seat.worker.end()

    def _next(self, seat: _Seat) -> Entry[_Task] | None:
        """Wait until there is something to do for this seat; call with the lock held."""
        try:
            while not self._closing and not seat.to_start:
                entry = self._schedule.take(seat.place, partial(self._is_next, seat))
                if entry is not None:
                    if self._schedule.waiting:
                        self._changed.notify_all()  # what was left for this seat is anybody's now
                    return entry
                if seat.to_forget:
                    return None
                seat.idle = True
                self._changed.wait()
            return None
        finally:
            seat.idle = False

    def _is_next(self, seat: _Seat, entry: Entry[_Task]) -> bool:
        """Whether this seat does it now. Only the page on screen comes before forgetting what nobody looks at."""
        return (entry.priority is Priority.SCREEN or not seat.to_forget) and self._is_for(seat, entry)

    def _is_for(self, seat: _Seat, entry: Entry[_Task]) -> bool:
        """Whether nobody else who has nothing to do suits better."""
        mine = self._suits(seat, entry)
        others = (other for other in self._seats if other is not seat and other.idle)
        return not any(
            self._suits(other, entry) > mine for other in others if self._schedule.may_run(entry, other.place)
        )

    def _suits(self, seat: _Seat, entry: Entry[_Task]) -> tuple[bool, bool]:
        """How well: for the screen a process of full priority, then one that has the file open already."""
        on_screen = entry.priority is Priority.SCREEN and seat.place is Place.FRONT
        return on_screen, seat.worker.knows(entry.payload.content.number)

    def _do(self, seat: _Seat, entry: Entry[_Task]) -> None:
        task = entry.payload
        again: Entry[_Task] | None = None
        result: object = None
        error: Exception | None = None
        begun = task.future.running() or task.future.set_running_or_notify_cancel()
        if begun:
            try:
                content = task.content
                bring = content.filling.bring if content.filling is not None else None
                if entry.alone:
                    seat.worker.end()  # a process of its own: one that was killed unseen would speak against the file
                result = seat.worker.do(task.job, content.number, content.memory, task.timeout, bring)
            except (WorkerCrashed, WorkerLate, WorkerNotStarted) as failure:
                error = failure
                again = None if entry.alone else replace(entry, alone=True)
            except ClerkError as refused:
                error = refused
            except Exception as unforeseen:  # noqa: BLE001 - the driver of the thread: the caller must get an answer
                error = unforeseen
        with self._changed:
            self._schedule.done(entry)
            seat.idle = (
                True  # before the answer is out: who asks again at once shall meet the process that has the file
            )
            if self._closing and isinstance(error, WorkerCrashed | WorkerLate | WorkerNotStarted):
                again, error = None, WorkersClosed()
            if again is not None and task.content in self._leaving:
                again = None
            if again is not None:
                self._schedule.waiting.append(again)
            self._let_go()
            self._changed.notify_all()
        if not begun or again is not None:
            return
        if error is not None:
            task.future.set_exception(error)
        else:
            task.future.set_result(result)


class _Seat:
    """One thread with its worker process."""

    def __init__(self, worker: SupervisedWorker, place: Place) -> None:
        self.worker = worker
        self.place = place
        self.idle = False
        self.to_forget: list[int] = []
        self.to_start = False
        self.thread = threading.Thread()
