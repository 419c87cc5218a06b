"""The review driven by keys, wheel and pen on a scan of many pages, beside PDFium alone in turn. Run as a program.

``python -m clerk_desktop.bench.review_window HOME PASSPHRASE SCAN PAIRS TURNS`` prints JSON: lists of seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.bare_engine import BareEngine, first_page
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.review.page_canvas import MARGIN
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.worklist.place import WorklistPlace

TICK_MILLISECONDS = 20
LEAP = 7
STROKE = 600
PATIENCE = 60.0


class Review:
    """The window with the case that holds a note and the scan; the note is shown."""

    def __init__(self, session: WindowSession, scan: Path) -> None:
        self._session = session
        self._scan = scan
        self._scan_scale = 1.0  # known once it was shown; the first opening is uncounted
        self._tick = QTimer(interval=TICK_MILLISECONDS)  # so that waiting for an event always ends
        self._tick.start()
        place = session.window.view
        assert isinstance(place, WorklistPlace), "the profile remembers the list as its last place"
        self._until(lambda: place.model.rowCount() > 0)
        QTest.keyClick(place.table, Qt.Key.Key_Return)
        self.panel = place.panel
        self.pane = self.panel.pane
        self.view = self.pane.view
        self._until(lambda: self.pane.is_ready)

    def first(self, *, engine_first: bool) -> tuple[float, float]:
        """Seconds from the key that chooses the scan to its first page on screen, and those of the engine.

        Who begins alternates: what the second finds warm, or slowed down by what the first left, falls to both.
        """
        engine = self._engine_alone() if engine_first else 0.0
        ours = self._timed(lambda: QTest.keyClick(self.panel.documents, Qt.Key.Key_Down), lambda: self.pane.is_ready)
        self.rest()
        self._scan_scale = self._scale
        if not engine_first:
            engine = self._engine_alone()
        QTest.keyClick(self.panel.documents, Qt.Key.Key_Up)
        self._until(lambda: self.pane.is_ready)
        self.rest()
        return ours, engine

    def _engine_alone(self) -> float:
        started = time.perf_counter()
        first_page(self._scan, self._scan_scale)
        return time.perf_counter() - started

    def show_scan(self) -> None:
        """Go to the scan and stay."""
        QTest.keyClick(self.panel.documents, Qt.Key.Key_Down)
        self._until(lambda: self.pane.is_ready)
        self.rest()
        self.view.setFocus()

    def turn_far(self, engine: BareEngine) -> tuple[float, float]:
        """Seconds of a turn to pages that were never drawn, and those of the engine for the same pages."""
        frames = self.view.page_layout.frames
        target = frames[min(self.view.page - 1 + LEAP, len(frames) - 1)].y
        ours = self._timed(lambda: self._wheel(target), self.view.is_sharp)
        self.rest()
        started = time.perf_counter()
        engine.draw([index + 1 for index in self._visible()], self._scale)
        return ours, time.perf_counter() - started

    def turn(self, key: Qt.Key) -> float:
        """Seconds of a turn by key."""
        seconds = self._timed(lambda: QTest.keyClick(self.view, key), self.view.is_sharp)
        self.rest()
        return seconds

    def ink(self) -> list[float]:
        """Seconds from each move of the pen to the paint that shows it."""
        QTest.keyClick(self.view, Qt.Key.Key_F)
        port, painted = self.view.viewport(), Painted(self.view.viewport())
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(port, button, none, QPoint(100, 100))
        seconds = []
        for step in range(STROKE):
            painted.forget()
            started = time.perf_counter()
            QTest.mouseMove(port, QPoint(100 + step % 300, 100 + (step * 7) % 90))
            self._until(painted.once)
            seconds.append(time.perf_counter() - started)
        QTest.mouseRelease(port, button, none, QPoint(200, 150))
        self.rest()
        QTest.keyClick(self.view, Qt.Key.Key_Escape)
        return seconds

    def rest(self) -> None:
        """Let everything end that was begun."""
        for _ in range(6):
            self._session.workplace.tasks.wait_idle()
            QApplication.processEvents()

    @property
    def _scale(self) -> float:
        return self.view.page_layout.scale * self.view.devicePixelRatioF()

    def _visible(self) -> range:
        top = self.view.verticalScrollBar().value() - MARGIN
        return self.view.page_layout.visible(top, top + self.view.viewport().height())

    def _wheel(self, target: float) -> None:
        """Scroll down to a height; one event moves by the height of the view at most."""
        bar, port = self.view.verticalScrollBar(), self.view.viewport()
        place, none = QPointF(port.rect().center()), Qt.KeyboardModifier.NoModifier
        while bar.value() < min(target, bar.maximum()):
            way = min(target - bar.value(), bar.pageStep())
            turns = max(1, round(way / (bar.singleStep() * QApplication.wheelScrollLines()) * 120))
            event = QWheelEvent(
                place, QPointF(port.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, -turns),
                Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(port, event)

    def _timed(self, act: Callable[[], None], done: Callable[[], bool]) -> float:
        started = time.perf_counter()
        act()
        self._until(done)
        self.view.viewport().repaint()
        return time.perf_counter() - started

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to rest")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self._count = 0
        widget.installEventFilter(self)

    def forget(self) -> None:
        """Wait anew."""
        self._count = 0

    def once(self) -> bool:
        """Whether it was painted since."""
        return self._count > 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count what is painted by the time the next event is handled."""
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._one_more)
        return False

    def _one_more(self) -> None:
        self._count += 1


def main(home: Path, passphrase: str, scan: Path, pairs: int, turns: int) -> None:
    """Do it all and tell."""
    texts = Texts.for_language("de")
    application(texts, Scheme.LIGHT)
    session = WindowSession(open_desk(home, passphrase), texts, home)
    session.window.resize(1280, 720)
    session.window.show()
    review = Review(session, scan)
    firsts = [review.first(engine_first=bool(number % 2)) for number in range(pairs + 1)][1:]
    review.show_scan()
    engine = BareEngine(scan)
    far = [review.turn_far(engine) for _ in range(turns)]
    engine.close()
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        for _ in range(min(turns, 12)):
            review.turn(key)
    keys = [key for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) for _ in range(min(turns, 12))]
    cached = [review.turn(key) for _ in range(2) for key in keys]
    print(json.dumps({"first": firsts, "far": far, "cached": cached, "ink": review.ink()}))  # noqa: T201
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
