"""Inside a worker process: take orders, do them, answer; end with the host. Knows neither window nor command line.

Standard output and error go nowhere once the worker is ready: C libraries chat about what they read, and a letter's
content does not belong into a log. Unforeseen errors go to the host as kind and place, without their text.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import importlib
import os
import queue
import sys
import threading
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from clerk_desktop.model.errors import FileRefused, RecognitionMissing, RefusalReason
from clerk_desktop.model.jobs import Job
from clerk_desktop.system.decoding import learned
from clerk_desktop.workers.channel import Channel, ChannelClosed, ChannelKind, Memory
from clerk_desktop.workers.confinement import confine_this_process
from clerk_desktop.workers.filling import Pieces
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
    encode,
    order,
    packed,
    without_bulk,
)
from clerk_desktop.workers.toolbox import Toolbox
from clerk_desktop.workers.ways import filled, worker_end

Frames = queue.SimpleQueue[tuple[bytes, Memory | None]]


class Worker:
    """One worker's state: abilities, and the contents it was given."""

    def __init__(self, channel: Channel, kind: ChannelKind, toolbox: Toolbox, frames: Frames) -> None:
        self._channel = channel
        self._frames = frames
        self._kind = kind
        self._toolbox = toolbox
        self._jobs: dict[str, type[Job[Any]]] = {job.__name__: job for job in toolbox.jobs}
        self._contents: dict[int, Memory] = {}
        self._pieces: dict[int, Pieces] = {}
        self._unreleased: list[Memory] = []
        self._asked = 0
        self._lent: Memory | None = None  # the last result; the host has read it when it speaks again

    def handle(self, frame: bytes, memory: Memory | None) -> None:
        """Do one order."""
        self._release(self._lent)
        self._lent = None
        wanted = order(frame)
        if isinstance(wanted, Forget):
            self._forget(wanted.content)
            return
        if not isinstance(wanted, Ask):
            raise ChannelClosed
        if memory is not None:
            self._contents[wanted.content] = memory
            if wanted.awaited:
                self._pieces[wanted.content] = Pieces(memory.length)
        self._asked = wanted.number
        reply, bulk = self._answer(wanted)
        if bulk is not None:
            self._lent = filled(self._kind, [bulk], len(bulk))
        self._channel.send(encode(reply), self._lent)

    def _answer(self, ask: Ask) -> tuple[Answer, bytes | None]:
        try:
            job: Job[Any] = msgspec.msgpack.decode(ask.details, type=learned(self._jobs[ask.job]))
            need = partial(self._need, ask.content) if ask.content in self._pieces else None
            result = self._toolbox.perform(job, ask.content, self._contents[ask.content].view(), need)
            small, bulk = without_bulk(result)
            return Done(ask.number, packed(small)), bulk
        except FileRefused as refused:
            return Refused(ask.number, refused.reason), None
        except RecognitionMissing as missing:
            return Unprepared(ask.number, str(missing.fields.get("languages", ""))), None
        except MemoryError:
            return Refused(ask.number, RefusalReason.TOO_LARGE), None
        except Exception as broken:  # noqa: BLE001 - the driver of the process: whatever a library throws is an answer
            return Broke(ask.number, type(broken).__name__, _place(broken)), None

    def _need(self, content: int, start: int, stop: int) -> None:
        """Wait until a stretch of a content is there; the host, which waits for the answer, brings it."""
        pieces = self._pieces[content]
        stretch = pieces.missing(start, stop)
        if stretch is None:
            return
        self._channel.send(encode(Need(self._asked, *stretch)))
        frame, _ = self._frames.get()
        if not isinstance(order(frame), Here):
            raise ChannelClosed
        pieces.came(*stretch)

    def _forget(self, content: int) -> None:
        self._pieces.pop(content, None)
        self._toolbox.forget(content)
        gc.collect()  # engines hold views in reference cycles
        for memory in [*self._unreleased, self._contents.pop(content, None)]:
            self._release(memory)

    def _release(self, memory: Memory | None) -> None:
        if memory is None:
            return
        try:
            memory.close()
        except BufferError:  # somebody still holds a view; tried again with the next content
            if memory not in self._unreleased:
                self._unreleased.append(memory)
            return
        if memory in self._unreleased:
            self._unreleased.remove(memory)


def main(arguments: Sequence[str]) -> NoReturn:
    """Run a worker until its host closes the channel."""
    options = _options(arguments)
    kind = ChannelKind(options.channel)
    channel = worker_end(kind)
    confine_this_process(options.memory, background=options.background)
    frames: Frames = queue.SimpleQueue()
    worker = Worker(channel, kind, importlib.import_module(options.abilities).toolbox(), frames)
    gc.freeze()  # what was imported stays; looking through it at each ``Forget`` would take longer than a page
    _fall_silent()
    channel.send(encode(Ready()))
    threading.Thread(target=_listen, args=(channel, frames), name="clerk-worker-listen", daemon=True).start()
    try:
        while True:
            worker.handle(*frames.get())
    except ChannelClosed:
        os._exit(0)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="clerk-desktop --worker", description="Started by the program itself.")
    parser.add_argument("--abilities", required=True)
    parser.add_argument("--channel", required=True, choices=[kind.value for kind in ChannelKind])
    parser.add_argument("--memory", required=True, type=int)
    parser.add_argument("--background", action="store_true")
    return parser.parse_args(arguments)


def _fall_silent() -> None:
    """Send standard error nowhere; only a crash still leaves the names of the functions it happened in."""
    try:
        told = os.dup(2)
    except OSError:
        return  # a windowed program has none
    faulthandler.enable(told)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _listen(channel: Channel, frames: Frames) -> None:
    """Pass orders on; when the host is gone, end at once, whatever the main thread is doing."""
    try:
        while True:
            frames.put(channel.receive(None))
    except ChannelClosed:
        os._exit(0)


def _place(broken: BaseException) -> str:
    frames = traceback.extract_tb(broken.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))


if __name__ == "__main__":
    main(sys.argv[1:])
