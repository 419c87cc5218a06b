"""One worker process as its host sees it: started when needed, asked one thing at a time, ended when it misbehaves."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from clerk_desktop.model.errors import (
    ClerkError,
    FileRefused,
    RecognitionMissing,
    RefusalReason,
    WorkerCrashed,
    WorkerLate,
    WorkerNotStarted,
)
from clerk_desktop.model.jobs import Job
from clerk_desktop.workers.channel import Channel, ChannelClosed, ChannelKind, Memory
from clerk_desktop.workers.confinement import JobObject, creation_flags
from clerk_desktop.workers.messages import (
    Answer,
    Ask,
    Broke,
    Done,
    Forget,
    Here,
    Need,
    Ready,
    Refused,
    Unprepared,
    answer,
    encode,
    packed,
    result_type,
    unpacked,
    with_bulk,
)
from clerk_desktop.workers.pipe_channel import PipeChannel
from clerk_desktop.workers.starting import command_line, environment

if sys.platform == "linux":
    import socket

    from clerk_desktop.workers.socket_channel import SocketChannel

_log = logging.getLogger(__name__)
_START = 60.0  # seconds until a worker must be ready; a virus scanner reads every library first
_SENDING = 60.0
_ENDING = 10.0
Result = TypeVar("Result")
Bring = Callable[[int, int], None]
"""Sees to it that the content's bytes from a start to a stop are in its memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkerSettings:
    """How worker processes are started. ``memory`` in bytes of address space per process."""

    abilities: str
    channel: ChannelKind
    memory: int
    tessdata: Path | None


class SupervisedWorker:
    """One place for a worker process. Used by one thread; ``kill`` may be called by any."""

    def __init__(self, settings: WorkerSettings, *, background: bool) -> None:
        self._settings = settings
        self._background = background
        self._process: subprocess.Popen[bytes] | None = None
        self._job_object: JobObject | None = None
        self._channel: Channel | None = None
        self._known: set[int] = set()
        self._asked = 0
        self._guard = threading.Lock()
        self._doomed = False

    def start(self) -> None:
        """Start the process if it does not run; a failure is told to the first job."""
        with contextlib.suppress(WorkerNotStarted):
            self._started()

    def knows(self, number: int) -> bool:
        """Whether the process has a content open already."""
        return number in self._known

    def do(self, job: Job[Result], number: int, memory: Memory, timeout: float, bring: Bring | None = None) -> Result:
        """Have a job done. ``bring`` gets bytes of the content that the worker needs; None: they are all there.

        ``FileRefused``, ``WorkerCrashed``, ``WorkerLate``; ``RecognitionMissing``, ``WorkerNotStarted``; and what
        ``bring`` raises.
        """
        kind = type(job).__name__
        channel = self._started()
        try:
            self._asked += 1
            awaited = bring is not None
            ask = Ask(number=self._asked, job=kind, details=packed(job), content=number, awaited=awaited)
            channel.send(encode(ask), None if number in self._known else memory)
            self._known.add(number)
            return self._result(channel, job, timeout, bring)
        except TimeoutError:
            _log.warning("worker late", extra={"action": "worker-late", "job": kind, "seconds": timeout})
            self.end()
            raise WorkerLate from None
        except (ChannelClosed, msgspec.DecodeError, TypeError) as broken:
            code = self.end()
            _log.warning("worker ended", extra={"action": "worker-crashed", "job": kind, "exit": code})
            raise WorkerCrashed from broken

    def forget(self, number: int) -> None:
        """Have the worker let go of a content."""
        if number not in self._known:
            return
        self._known.discard(number)
        try:
            if self._channel is not None:
                self._channel.send(encode(Forget(number)))
        except ChannelClosed:
            self.end()

    def kill(self) -> None:
        """End the process for good, whatever it is doing; a waiting ``do`` sees it crash."""
        with self._guard:
            self._doomed = True
            if self._process is not None:
                self._process.kill()

    def end(self) -> int | None:
        """End the process and clean up; return its exit code."""
        with self._guard:
            process, self._process = self._process, None
        self._known.clear()
        code = None
        if process is not None:
            process.kill()
            code = process.wait(_ENDING)
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._job_object is not None:
            self._job_object.close()
            self._job_object = None
        return code

    def _started(self) -> Channel:
        if self._channel is not None and self._process is not None and self._process.poll() is None:
            return self._channel
        self.end()
        try:
            process, channel = self._spawn()
            self._channel = channel
            with self._guard:
                self._process = process
                if self._doomed:
                    process.kill()
            self._job_object = JobObject(process, self._settings.memory)
            frame, _ = channel.receive(_START)
            if not isinstance(answer(frame), Ready):
                raise ChannelClosed
        except (OSError, ChannelClosed, msgspec.DecodeError) as failed:  # TimeoutError is an OSError
            code = self.end()
            if not self._doomed:
                _log.error("worker did not start", extra={"action": "worker-not-started", "exit": code})
            raise WorkerNotStarted from failed
        return channel

    def _spawn(self) -> tuple[subprocess.Popen[bytes], Channel]:
        settings = self._settings
        command = command_line(settings.abilities, settings.channel, settings.memory, background=self._background)
        surroundings = environment(os.environ, settings.tessdata)
        flags = creation_flags(background=self._background)
        if sys.platform == "linux" and settings.channel is ChannelKind.SOCKET:
            ours, theirs = socket.socketpair()
            with theirs:
                process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=surroundings)
            return process, SocketChannel(ours, patience=_SENDING)
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings, creationflags=flags
        )
        assert process.stdin is not None and process.stdout is not None
        return process, PipeChannel(process.stdout, process.stdin)

    def _answered(self, channel: Channel, timeout: float, bring: Bring | None) -> tuple[Answer, Memory | None]:
        """Wait for the answer to the last question, and bring what the worker needs until then."""
        end = time.monotonic() + timeout
        while True:
            frame, memory = channel.receive(max(0.001, end - time.monotonic()))
            reply = answer(frame)
            expected = getattr(reply, "number", None) == self._asked
            if expected and not isinstance(reply, Need):
                return reply, memory
            if memory is not None:
                memory.close()
            if not expected or not isinstance(reply, Need) or bring is None:
                raise ChannelClosed
            try:
                bring(reply.start, reply.stop)
            except ClerkError:
                self.end()  # it waits for bytes that nobody has
                raise
            channel.send(encode(Here()))

    def _result(self, channel: Channel, job: Job[Result], timeout: float, bring: Bring | None) -> Result:
        reply, memory = self._answered(channel, timeout, bring)
        try:
            match reply:
                case Done():
                    small = unpacked(reply.result, result_type(type(job)))
                    return with_bulk(small, None if memory is None else memory.copy())
                case Refused():
                    raise FileRefused(reply.reason)
                case Unprepared():
                    raise RecognitionMissing(languages=reply.languages)
                case Broke():
                    details: dict[str, Any] = {"job": type(job).__name__, "error": reply.error, "place": reply.place}
                    _log.warning("job broke", extra={"action": "job-broke", **details})
                    raise FileRefused(RefusalReason.UNREADABLE)
                case _:
                    raise ChannelClosed
        finally:
            if memory is not None:
                memory.close()
