"""A scanner spoken to in eSCL: capabilities, status, jobs, pages (Mopria eSCL technical specification 2.97).

Devices differ in how they say "wait" and "that was all": 404 means the end only when the device is no longer at work,
and what ended a job is asked from its status.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

from clerk_desktop.model.errors import (
    FeederEmpty,
    ScanInterrupted,
    ScannerBadAnswer,
    ScannerBusy,
    ScannerError,
    ScannerUnreachable,
    ScanNotPossible,
    ScanStopped,
)
from clerk_desktop.model.scanning import JPEG, PDF, PageSink, ScannerFacts, ScanSource, ScanWish
from clerk_desktop.scanners.capabilities import ScannerStatus, read_capabilities, read_status
from clerk_desktop.scanners.line import Answer, DeviceLine
from clerk_desktop.scanners.scan_settings import scan_settings

PATIENCE = 120.0
"""Seconds that a device may ask for before a page comes."""
AFTERWARDS = 15.0
"""Seconds for which a device that has given pages is believed to be still at work while it says "no such page"."""
ENDINGS = {JPEG: b"\xff\xd9", PDF: b"%%EOF"}
TAIL = 1024
BEGINNINGS = {JPEG: b"\xff\xd8\xff", PDF: b"%PDF-"}


class EsclScanner:
    """One device. Raises ``ScannerError`` when it does not answer, or not as a scanner; ``ScanInterrupted`` when
    ``stop`` is set: at once where it lets us wait, after some seconds of grace where a page is on its way.
    """

    def __init__(
        self, line: DeviceLine, stop: threading.Event, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._line = line
        self._stop = stop
        self._monotonic = monotonic
        answer = self._patiently(lambda: line.get(f"{line.root}/ScannerCapabilities"))
        if answer.status != 200:
            raise ScannerBadAnswer(what=f"ScannerCapabilities: {answer.status}")
        self._facts = read_capabilities(answer.body)

    @property
    def facts(self) -> ScannerFacts:
        """What the device can do."""
        return self._facts

    def paper_is_in(self) -> bool:
        """Tell whether the feeder holds paper."""
        return self.status().paper_is_in

    def status(self) -> ScannerStatus:
        """Return how the device is."""
        answer = self._patiently(lambda: self._line.get(f"{self._line.root}/ScannerStatus"))
        if answer.status != 200:
            raise ScannerBadAnswer(what=f"ScannerStatus: {answer.status}")
        return read_status(answer.body)

    def begin(self, wish: ScanWish, *, preview: bool = False) -> EsclRun:
        """Have the device begin. ``FeederEmpty``, ``ScannerBusy``, ``ScanNotPossible``, and what the feeder tells."""
        wish = self._facts.possible(wish)
        abilities = self._facts.abilities(wish.source, both_sides=wish.both_sides)
        mime_type = JPEG if abilities is None or JPEG in abilities.formats else PDF
        if wish.source is ScanSource.FEEDER:
            status = self.status()
            if (trouble := status.trouble()) is not None:
                raise trouble
            if status.feeder_is_empty:
                raise FeederEmpty
        body = scan_settings(self._facts, wish, mime_type, preview=preview)
        answer = self._patiently(lambda: self._line.post(f"{self._line.root}/ScanJobs", body))
        if answer.status == 201:
            path = urlsplit(urljoin(self._line.root + "/", answer.location)).path
            if path.startswith("/") and path.strip("/"):
                # the host is the one we know: devices name themselves by addresses that lead nowhere from here, and
                # the path of "x:@elsewhere/job" would become part of it
                return EsclRun(self, self._line, path.rstrip("/"), wish, self._stop, self._monotonic)
        if answer.status in (400, 409):
            raise self.status().trouble() or ScanNotPossible(name=self._facts.name)
        raise ScannerBadAnswer(what=f"ScanJobs: {answer.status}")

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until the device is free. Raises ``ScannerBusy``."""
        end = self._monotonic() + PATIENCE
        with interrupted(self._stop):
            while (answer := ask()).status == 503:
                if self._monotonic() + answer.pause > end:
                    raise ScannerBusy
                _wait(answer.pause, self._stop)
        return answer


class EsclRun:
    """A job of a device, known by the path of its address."""

    def __init__(
        self,
        scanner: EsclScanner,
        line: DeviceLine,
        path: str,
        wish: ScanWish,
        stop: threading.Event,
        monotonic: Callable[[], float],
    ) -> None:
        self._scanner = scanner
        self._line = line
        self._path = path
        self._wish = wish
        self._stop = stop
        self._monotonic = monotonic
        self._pages = 0

    def next_page(self, sink: PageSink) -> str:
        """Have the next page written; "" when no more comes. Raises ``ScannerError``: the paper's trouble."""
        since = self._monotonic()
        while True:
            checked = _Checked(sink)
            with interrupted(self._stop):
                answer = self._line.fetch(f"{self._line.origin}{self._path}/NextDocument", checked)
                if answer.status == 200 and not answer.framed and not checked.looks_whole():
                    raise ScannerUnreachable
            if answer.status == 200:
                self._pages += 1
                return checked.mime_type()
            waited = self._monotonic() - since
            if not self._has_more(answer) or (answer.status != 503 and self._pages and waited > AFTERWARDS):
                return ""
            if waited > PATIENCE:
                raise ScannerBusy
            _wait(answer.pause, self._stop)

    def cancel(self) -> None:
        """Have the device stop."""
        try:
            self._line.delete(f"{self._line.origin}{self._path}")
        except ScannerError:
            return

    def _has_more(self, answer: Answer) -> bool:
        """Tell whether to ask again. Raises what went wrong."""
        if answer.status == 503:
            return True
        status = self._scanner.status()
        if (trouble := status.trouble(self._path)) is not None:
            raise trouble
        if answer.status in (404, 410) and status.is_under_way(self._path):
            return True
        if answer.status == 409:
            raise ScanStopped
        if answer.status not in (404, 410):
            raise ScannerBadAnswer(what=f"NextDocument: {answer.status}")
        if not self._pages:
            raise FeederEmpty if self._wish.source is ScanSource.FEEDER else ScanStopped
        return False


def _wait(seconds: float, stop: threading.Event) -> None:
    if stop.wait(seconds):
        raise ScanInterrupted


@contextmanager
def interrupted(stop: threading.Event) -> Iterator[None]:
    """Name what a device seems to do when it is not waited for any more. Raises ``ScanInterrupted``."""
    try:
        yield
    except ScannerUnreachable as error:
        if stop.is_set():
            raise ScanInterrupted from error
        raise


class _Checked:
    """Passes a page on when it begins as one: an error page of HTML with status 200 is none."""

    def __init__(self, sink: PageSink) -> None:
        self._sink = sink
        self._head = b""
        self._tail = b""
        self._sure = False

    def write(self, piece: bytes) -> None:
        self._tail = (self._tail + piece)[-TAIL:]
        if self._sure:
            self._sink.write(piece)
            return
        self._head += piece
        if len(self._head) >= 5:
            self.mime_type()
            self._sure = True
            self._sink.write(self._head)

    def mime_type(self) -> str:
        for mime_type, beginning in BEGINNINGS.items():
            if self._head.startswith(beginning):
                return mime_type
        raise ScannerBadAnswer(what="NextDocument")

    def looks_whole(self) -> bool:
        return ENDINGS[self.mime_type()] in self._tail
