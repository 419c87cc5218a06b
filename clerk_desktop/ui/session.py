"""One opened profile with its window: puts the parts together and takes them apart in the right order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from clerk_desktop.system.bus import ChangeBus
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.background import BackgroundThreads
from clerk_desktop.ui.event_bridge import EventBridge
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.places import PlaceEntry
from clerk_desktop.ui.rooms import PLACES, import_places
from clerk_desktop.ui.state import WindowState
from clerk_desktop.ui.tasks import Tasks
from clerk_desktop.ui.workplace import Wishes, Workplace
from clerk_desktop.usecases.desk import Desk

if TYPE_CHECKING:
    from clerk_desktop.ui.frame.tray import Tray
    from clerk_desktop.ui.welcome.dialog import WelcomeDialog


class WindowSession:
    """``home``: the profile's folder, for what the window remembers. Use as: make, ``show``, …, ``close``."""

    def __init__(self, desk: Desk, texts: Texts, home: Path, entries: Sequence[PlaceEntry] = PLACES) -> None:
        self._desk = desk
        self._background: BackgroundThreads | None = None
        self._tray: Tray | None = None
        self._tasks = Tasks(self._say_error)
        self.workplace = Workplace(
            desk=desk,
            texts=texts,
            tasks=self._tasks,
            bridge=EventBridge(ChangeBus(desk.feed)),
            wishes=Wishes(),
            state=WindowState(home),
        )
        self.window = MainWindow(self.workplace, entries)
        self.workplace.bridge.start()

    def make_ready(self) -> None:
        """Prepare in another thread what the first picture did not need."""
        self._tasks.read(self.window, self._prepare, lambda _: None)

    def _prepare(self) -> None:
        import_places()
        self._desk.make_ready()
        self._desk.export.forget_copies()  # what a crash left

    def work_in_background(self) -> None:
        """Take in and exchange, as long as no other process of this profile does it."""
        self._background = BackgroundThreads(self._desk.background)
        self._background.start()

    def stay_in_tray(self, available: Callable[[], bool] | None = None) -> Tray:
        """Show the icon beside the clock, with which the work goes on when the window is closed.

        ``available`` tells whether the desktop shows such icons; without one the system is asked.
        """
        from clerk_desktop.ui.frame.tray import Tray

        self._tray = Tray(self.workplace, self.window, available)
        return self._tray

    def welcome(self, try_out: Callable[[], None] | None = None) -> WelcomeDialog | None:
        """Open the first start's steps where nobody is signed in yet."""
        if self._desk.accounts.current() is not None:
            return None
        from clerk_desktop.ui.welcome.dialog import WelcomeDialog

        dialog = WelcomeDialog(self.workplace, try_out, self.window)
        dialog.open()
        return dialog

    def close(self) -> None:
        """Close the window, finish what is being written, end threads, workers and the store."""
        if self._tray is not None:
            self._tray.leave()
        self.window.close()
        self.workplace.bridge.stop()
        if self._background is not None:
            self._background.stop()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)  # its timers end with it
        self._tasks.close()
        self._desk.export.forget_copies()
        self._desk.close()

    def _say_error(self, error: Exception) -> None:
        self.workplace.say_error(error)
