"""One opened profile with its window: puts the parts together and takes them apart in the right order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.errors import ClerkError, DiskFull, StillAtWork, UnsentWork
from clerk_desktop.system import garbage
from clerk_desktop.system.bus import ChangeBus
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.background import BackgroundThreads
from clerk_desktop.ui.event_bridge import EventBridge, touched
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.places import PlaceEntry
from clerk_desktop.ui.rooms import PLACES, import_places
from clerk_desktop.ui.state import WindowState
from clerk_desktop.ui.tasks import Tasks
from clerk_desktop.ui.tidy import Tidy
from clerk_desktop.ui.workplace import Wishes, Workplace
from clerk_desktop.usecases.accounts import Holder
from clerk_desktop.usecases.desk import Desk

if TYPE_CHECKING:
    from clerk_desktop.ui.frame.tray import Tray
    from clerk_desktop.ui.welcome.dialog import WelcomeDialog

log = logging.getLogger(__name__)


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
        self._holder = desk.accounts.holder()
        self._again = self._purge = self._leaving = False
        self.window = MainWindow(self.workplace, entries if self.may_show else ())
        self._tidy = Tidy(self.window)
        self.window.made_ahead.connect(self._tidy.keep)
        self.workplace.wishes.signing_out.connect(self._sign_out)
        self.workplace.bridge.changed.connect(self._changed)
        self.workplace.bridge.start()

    @property
    def again(self) -> bool:
        """Whether the profile is to be opened anew: somebody signed out, or in again, or another account came."""
        return self._again

    @property
    def may_show(self) -> bool:
        """Whether there is something to show: after signing out there is nothing until the account signs in again."""
        return self._holder is None or not self._holder.signed_out

    def make_ready(self) -> None:
        """Prepare in another thread what the first picture did not need."""

        def ready(_: object) -> None:
            self._tidy_from_now()
            self.window.make_ahead()

        def failed(error: Exception) -> None:
            self._tidy_from_now()
            self._say_error(error)

        self._tasks.read(self.window, self._prepare, ready, failed)

    def _tidy_from_now(self) -> None:
        garbage.look_at_new()
        self._tidy.start()

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
        if self._holder is not None:
            return None
        from clerk_desktop.ui.welcome.dialog import WelcomeDialog

        dialog = WelcomeDialog(self.workplace, try_out, self.window)
        dialog.open()
        return dialog

    def close(self) -> None:
        """Close the window, finish what is being written, end threads, workers and the store."""
        self._leave_tray()
        self._tidy.stop()
        self.window.close()
        self.workplace.bridge.stop()
        if self._background is not None:
            self._background.stop()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)  # its timers end with it
        self._tasks.close()
        self._desk.export.forget_copies()
        if self._purge:
            self._destroy()
        self._desk.close()
        garbage.look_at_all()

    def _sign_out(self, purge: bool) -> None:
        """Close what is open, forget the secrets, and open the profile anew; with ``purge`` there is nothing left."""
        accounts = self._desk.accounts
        self._leaving, self._purge = True, purge  # also where the window is closed before it is done
        self.window.close_all(self.workplace.texts.gettext("Signing out …"))

        def done(_: object) -> None:
            self._end()

        def failed(error: Exception) -> None:
            if purge and isinstance(error, DiskFull):  # what could not be noted goes with the store
                self._end()
                return
            self._purge = False
            if not isinstance(error, ClerkError):
                raise error
            self.window.close_all(self.workplace.texts.sentence(error))

        self._tasks.write(self.window, accounts.log_out, done, failed)

    def _destroy(self) -> None:
        """Nobody works with the store any more; where something came in unsent since the question, or another process
        took it up, all is kept.
        """
        try:
            self._desk.accounts.log_out(purge=True)
        except (UnsentWork, StillAtWork) as error:
            log.info("kept: %s", type(error).__name__, extra={"action": "window.purge"})

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.ACCOUNT):
            self._tasks.read(self.window, self._desk.accounts.holder, self._account_changed)

    def _account_changed(self, holder: Holder | None) -> None:
        """Nobody may see what another account left open, nor anything after signing out.

        What this window's own signing out writes ends it no sooner than that is done: more than the account may go,
        and what kept it from going is still to be read.
        """
        before, self._holder = self._holder, holder
        if self._leaving and (holder is None or holder.signed_out):
            return
        if before is not None and _whose(before) != _whose(holder):
            self._end()

    def _end(self) -> None:
        if self._again:
            return
        self._again = True
        self._leave_tray()
        self.window.close()

    def _leave_tray(self) -> None:
        tray, self._tray = self._tray, None
        if tray is not None:
            tray.leave()

    def _say_error(self, error: Exception) -> None:
        self.workplace.say_error(error)


def _whose(holder: Holder | None) -> tuple[str, str, bool] | None:
    return (holder.account.url, holder.account.user, holder.signed_out) if holder is not None else None
