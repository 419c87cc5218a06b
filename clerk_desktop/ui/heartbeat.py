"""How long the window did not answer: a timer on the GUI thread beats, and a thread beside it looks where it stands.

For proofs and for the demo's report; nothing else uses it.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MILLISECONDS = 5
STALL_SECONDS = 0.050
LOOK_SECONDS = 0.010
PER_MILLE = 0.999


@dataclass(frozen=True, slots=True)
class Stall:
    """A pause of the GUI thread in seconds, and the innermost lines it stood at meanwhile.

    ``worked``: for so long of it the thread had a processor; else it waited for one, for a lock or for another thread.
    """

    seconds: float
    worked: float
    stack: str


class Heartbeat(QObject):
    """Measures between ``start`` and ``stop``; both on the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._stalls: list[Stall] = []
        self._last: float | None = None
        self._worked = 0.0
        self._seen = ""
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._gui = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)

    @property
    def stalls(self) -> tuple[Stall, ...]:
        """Pauses of more than 50 ms."""
        return tuple(self._stalls)

    @property
    def worst(self) -> float:
        """The longest pause in seconds, 0 before the first beat."""
        return max(self._gaps, default=0.0)

    @property
    def p999(self) -> float:
        """The pause in seconds that 99.9 % of the beats do not exceed."""
        if not self._gaps:
            return 0.0
        return sorted(self._gaps)[min(len(self._gaps) - 1, int(len(self._gaps) * PER_MILLE))]

    def start(self) -> None:
        """Begin to measure."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._end.clear()
        self._thread = threading.Thread(target=self._look, name="clerk-heartbeat", daemon=True)
        self._thread.start()
        self._timer.start()

    def stop(self) -> None:
        """End measuring; what was measured stays."""
        self._timer.stop()
        self._last = None
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def _beat(self) -> None:
        now, last, worked = time.perf_counter(), self._last, time.thread_time()
        if last is not None:
            gap = now - last
            self._gaps.append(gap)
            if gap > STALL_SECONDS:
                self._stalls.append(Stall(gap, worked - self._worked, self._seen))
        self._seen = ""
        self._last, self._worked = now, worked

    def _look(self) -> None:
        """Note where the GUI thread stands once it is late."""
        while not self._end.wait(LOOK_SECONDS):
            last = self._last
            if last is not None and time.perf_counter() - last > STALL_SECONDS / 2 and not self._seen:
                frame = sys._current_frames().get(self._gui)
                self._seen = "".join(traceback.format_stack(frame, limit=12)) if frame is not None else ""
