"""Intake and synchronisation as a person or a scan station starts them: one round, or until stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.store.session import Session
from clerk_desktop.system.locks import Role
from clerk_desktop.usecases.rounds import Rounds

Work = Callable[[], RoundResult]
log = logging.getLogger(__name__)
INTAKE_PAUSE = 1.0
SYNC_PAUSE = 1.0
INDEX_PAUSE = 0.02
READ_PAUSE = 15.0
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Background:
    """The work that goes on by itself.

    ``watch`` makes an intake pass over the folders where something may be new, ``take_in`` one over all as they stand
    now, ``take_in_all`` passes until every file has come to rest. ``exchange`` makes one synchronisation; ``keep_up``
    the same, but asks the server for news only when it is time again. ``index`` does some of what a search needs and is
    not there yet, and ``read_text`` reads one content that is here; both return whether there was something to do.
    ``quiet_seconds``: unchanged for so long a file is at rest.
    """

    rounds: Rounds
    watch: Work
    take_in: Work
    take_in_all: Work
    exchange: Work
    keep_up: Work
    index: Callable[[], bool]
    read_text: Callable[[Callable[[], bool]], bool]
    quiet_seconds: float

    def intake_once(self) -> RoundResult:
        """Take in every complete file."""
        comes_to_rest = self.quiet_seconds + 2 * INTAKE_PAUSE
        return self.rounds.once(Role.INTAKE, self.take_in_all, patience=comes_to_rest, unfinished=_in_hand)

    def sync_once(self) -> RoundResult:
        """Send and fetch until nothing is left that goes by itself."""
        return self.rounds.once(Role.SYNC, self.exchange)

    def run_intake(self, stop: threading.Event) -> None:
        """Take in until ``stop`` is set; waits while another process holds the role."""
        self._drive(Role.INTAKE, self.watch, self.take_in, INTAKE_PAUSE, stop)

    def run_sync(self, stop: threading.Event) -> None:
        """Send and fetch until ``stop`` is set; waits while another process holds the role."""
        self._drive(Role.SYNC, self.keep_up, self.exchange, SYNC_PAUSE, stop)

    def run_reading(self, stop: threading.Event) -> None:
        """Make searchable what is here and is not yet, until ``stop`` is set; waits while the store takes nothing."""
        while not stop.is_set():
            try:
                if self.index():
                    stop.wait(INDEX_PAUSE)
                elif not self.read_text(stop.is_set):
                    stop.wait(READ_PAUSE)
            except (ClerkError, OSError) as error:
                log.warning("reading paused: %s", type(error).__name__, extra={"action": "search.text"})
                stop.wait(READ_PAUSE)

    def run(self, stop: threading.Event) -> None:
        """Take in, send and fetch, and make searchable, side by side until ``stop`` is set."""
        beside = (
            threading.Thread(name="intake", target=self.run_intake, args=(stop,)),
            threading.Thread(name="texts", target=self.run_reading, args=(stop,)),
        )
        for thread in beside:
            thread.start()
        self.run_sync(stop)
        for thread in beside:
            thread.join()

    def _drive(self, role: Role, work: Work, when_asked: Work, pause: float, stop: threading.Event) -> None:
        """Do rounds. A store that takes nothing for a while, as on a full disk, or a disk that fails ends one round and
        not the work; the next one is tried later each time.
        """
        trouble = _Trouble(pause)
        while not stop.is_set():
            try:
                self._rounds_under(role, work, when_asked, trouble, stop)
            except (ClerkError, OSError) as error:
                trouble.note(error)
            stop.wait(trouble.pause)

    def _rounds_under(self, role: Role, work: Work, when_asked: Work, trouble: _Trouble, stop: threading.Event) -> None:
        """Do rounds until ``stop`` is set; none while another process holds the role."""
        lock = self.rounds.locks.try_take(role)
        if lock is None:
            trouble.is_over()
            return
        with lock:
            while not stop.is_set():
                more = self.rounds.in_passing(role, work, when_asked).more
                trouble.is_over()
                if not more:
                    stop.wait(trouble.pause)


class _Trouble:
    """Rounds that break off: how many seconds the next one waits, and which trouble the log tells of already."""

    def __init__(self, pause: float) -> None:
        self.pause = self._usual = pause
        self._told = ""

    def note(self, error: ClerkError | OSError) -> None:
        """Wait twice as long, a minute at most; say it once."""
        told = f"{type(error).__name__} {error.errno}" if isinstance(error, OSError) else type(error).__name__
        if told != self._told:
            log.warning("round not noted: %s", told, extra={"action": "background"})
        self._told, self.pause = told, min(2 * self.pause, LONGEST_PAUSE)

    def is_over(self) -> None:
        """A round went through."""
        self._told, self.pause = "", self._usual


def _in_hand(session: Session) -> bool:
    """Whether a file is on its way through the intake; one that does not come to rest holds nobody up."""
    files = session.ledger.in_state(FileState.SEEN, FileState.CLAIMED, FileState.UNDERSTOOD)
    return any(file.discarded_at is None and file.refusal is None for file in files)
