"""The icon beside the clock: the work goes on while the window is closed, and what needs somebody is told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.standing import Standing
from clerk_desktop.system.settings import KEEP_RUNNING
from clerk_desktop.ui.frame.forward import come_forward
from clerk_desktop.ui.frame.notices import Notice, Notices
from clerk_desktop.ui.frame.program_icon import program_icon
from clerk_desktop.ui.main_window import NAME as WINDOW
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.workplace import Place, Workplace

NAME = "clerk-desktop"
FAREWELL = "tray/farewell"
OPENED_BY = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QObject):
    """Keeps the program running behind a closed window, where the desktop shows such icons and the setting says so.

    Where it does not, closing the window ends the program as ever. ``told`` is the last notice.
    """

    def __init__(self, workplace: Workplace, window: MainWindow, available: Callable[[], bool] | None = None) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._available = available or QSystemTrayIcon.isSystemTrayAvailable
        self._leaving = False
        self.told: Notice | None = None
        self.menu = QMenu(window)
        self.icon = QSystemTrayIcon(program_icon(), self)
        self._notices = Notices(workplace)
        self._build()

    def quit(self) -> None:
        """Really end the program."""
        self._leaving = True
        self._window.close()

    def leave(self) -> None:
        """Take the icon away; from now on the window closes for good."""
        self._leaving = True
        self._window.removeEventFilter(self)
        self._notices.deleteLater()
        QCoreApplication.sendPostedEvents(self._notices, QEvent.Type.DeferredDelete)  # its timer ends with it
        self.icon.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the window instead of closing it."""
        if watched is not self._window or event.type() is not QEvent.Type.Close or not self._stays():
            return False
        event.ignore()
        self._workplace.state.keep_geometry(WINDOW, self._window)
        self._workplace.state.save()  # the computer may be switched off while nobody sees us
        self._window.hide()
        if not self._workplace.state.flag(FAREWELL):
            self._workplace.state.put_flag(FAREWELL, True)
            text = self._workplace.texts.gettext("Scans are taken in and changes are sent as before. Ctrl+Q ends it.")
            self.icon.showMessage(NAME, text, program_icon())
        return True

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        self._window.setWindowIcon(program_icon())
        self.menu.setAccessibleName(NAME)
        for text, act in (
            (_("Open"), self._open),
            (_("Inbox"), lambda: self._go(Place.INBOX)),
            (_("Transfers"), lambda: self._go(Place.TRANSFERS)),
        ):
            self.menu.addAction(text).triggered.connect(act)
        self.menu.addSeparator()
        self.menu.addAction(_("Quit")).triggered.connect(self.quit)
        self.icon.setContextMenu(self.menu)
        self.icon.setToolTip(NAME)
        self.icon.activated.connect(lambda reason: self._open() if reason in OPENED_BY else None)
        self.icon.messageClicked.connect(self._show_told)
        self.icon.show()
        self._notices.told.connect(self._tell)
        self._notices.standing.connect(self._show_standing)
        self._window.installEventFilter(self)
        QShortcut(QKeySequence("Ctrl+Q"), self._window, self.quit)
        QGuiApplication.instance().commitDataRequest.connect(self._session_ends)  # type: ignore[union-attr]

    def _stays(self) -> bool:
        return not self._leaving and self._available() and self._may_stay()

    def _may_stay(self) -> bool:
        try:
            return self._workplace.desk.settings.load().value(KEEP_RUNNING)
        except ClerkError:  # nobody can say otherwise, and work goes on
            return KEEP_RUNNING.default

    def _session_ends(self, _: object) -> None:
        """Let the desktop close us when the person signs out of it."""
        self._leaving = True

    def _open(self) -> None:
        come_forward(self._window)

    def _go(self, place: Place) -> None:
        self._open()
        self._window.go(place)

    def _tell(self, notice: Notice) -> None:
        """Tell it in the window while somebody works there, else beside the clock."""
        self.told = notice
        if self._window.isActiveWindow():
            self._workplace.say(notice.text, action=(self._workplace.texts.gettext("Show"), notice.show))
        else:
            self.icon.showMessage(NAME, notice.text, program_icon())

    def _show_told(self) -> None:
        self._open()
        if self.told is not None:
            self.told.show()

    def _show_standing(self, standing: Standing) -> None:
        texts, needed = self._workplace.texts, standing.needs_help
        self.icon.setIcon(program_icon(needs_help=needed > 0))
        text = texts.ngettext("{count} transfer needs help", "{count} transfers need help", needed).format(count=needed)
        self.icon.setToolTip(f"{NAME}: {text}" if needed else NAME)
