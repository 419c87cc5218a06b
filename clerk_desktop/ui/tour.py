"""Walks through the window as a person does, by keys, and takes pictures: every place, in both looks and languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.heartbeat import Heartbeat
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.start import OpenDesk
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place

LOOKS = (
    ("de", Scheme.LIGHT, (1280, 720)),
    ("de", Scheme.DARK, (1920, 1080)),
    ("en", Scheme.LIGHT, (1920, 1080)),
    ("en", Scheme.DARK, (1280, 720)),
)
SOUGHT = "bewohnerpark"
SETTLE_MILLISECONDS = 400
MOST_LOOKS = 25
"""So often it is looked whether a page is drawn before its picture is taken as it is."""


@dataclass(kw_only=True)
class Tour:
    """What came of a walk: names of the pictures, and the pauses of the GUI thread in seconds with their stacks."""

    pictures: list[str] = field(default_factory=list)
    p999: float = 0.0
    worst: float = 0.0
    stalls: list[str] = field(default_factory=list)


def walk(home: Path, open_desk: OpenDesk, passphrase: str, out: Path) -> Tour:
    """Open the profile in ``home`` once per look and language and write the pictures to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    tour = Tour()
    for language, scheme, size in LOOKS:
        texts = Texts.for_language(language)
        application(texts, scheme)
        session = WindowSession(open_desk(home, passphrase), texts, home)
        try:
            session.window.resize(*size)
            session.window.show()
            _Walk(session, out, f"{language}-{scheme.value}-{size[0]}x{size[1]}", tour).go()
        finally:
            session.close()
    return tour


class _Walk:
    def __init__(self, session: WindowSession, out: Path, look: str, tour: Tour) -> None:
        self._session = session
        self._out = out
        self._look = look
        self._tour = tour
        self._heart = Heartbeat()

    def go(self) -> None:
        window = self._session.window
        self._settle()
        self._heart.start()
        for number, entry in enumerate((entry for entry in PLACES if entry.listed), start=1):
            QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
            self._settle()
            self._work_there()
            self._picture(entry.place.value)
        self._search()
        self._heart.stop()
        self._tour.p999 = max(self._tour.p999, self._heart.p999)
        self._tour.worst = max(self._tour.worst, self._heart.worst)
        self._tour.stalls += [f"{stall.seconds:.3f} s\n{stall.stack}" for stall in self._heart.stalls]

    def _search(self) -> None:
        """List everything that has a word."""
        window = self._session.window
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(window.field, SOUGHT)
        self._settle()
        QTest.keyClick(window.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        self._picture(Place.SEARCH.value)

    def _work_there(self) -> None:
        """Look at a letter, and into a case, where there is one."""
        view = self._session.window.view
        if isinstance(view, InboxPlace):
            for _ in view.listing.rows:  # files that were not taken in stand first
                QTest.keyClick(view.listing.list, Qt.Key.Key_Down)
                if view.pane.document_id is not None:
                    break
            self._until_drawn(view.pane)
        elif isinstance(view, WorklistPlace) and view.model.rowCount():
            QTest.keyClick(view.table, Qt.Key.Key_Return)
            self._settle()
            self._until_drawn(view.panel.pane)
            self._picture("case")
            QTest.keyClick(view.panel, Qt.Key.Key_Escape)
            self._settle()

    def _picture(self, name: str) -> None:
        self._heart.stop()  # taking a picture is no work of the window
        target = f"{name}-{self._look}.png"
        self._session.window.grab().save(str(self._out / target))
        if target not in self._tour.pictures:
            self._tour.pictures.append(target)
        self._heart.start()

    def _until_drawn(self, pane: ReadingPane) -> None:
        for _ in range(MOST_LOOKS):
            self._settle()
            if pane.document_id is None or pane.is_ready:
                return

    def _settle(self) -> None:
        """Let time pass as it does for a person, with the event loop running."""
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MILLISECONDS, loop.quit)
        loop.exec()
