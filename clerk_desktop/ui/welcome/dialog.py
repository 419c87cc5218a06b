"""The first start in three steps: what to work with, signing in, the scan folder. Each step can be done later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.welcome.scan_folder import ScanFolderPage
from clerk_desktop.ui.welcome.sign_in import SignInPage
from clerk_desktop.ui.workplace import Workplace

WIDTH, HEIGHT = 620, 460


class WelcomeDialog(QDialog):
    """``try_out`` opens a sample office beside this profile; None where none can be opened."""

    tried = Signal()

    def __init__(
        self, workplace: Workplace, try_out: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._try_out = try_out
        self._ending = False
        _ = workplace.texts.gettext
        self.setWindowTitle(_("Welcome"))
        self.resize(WIDTH, HEIGHT)
        self.heading = QLabel()
        self.heading.setProperty("title", True)
        self.pages = QStackedWidget()
        self.sign_in = SignInPage(workplace)
        self.folder = ScanFolderPage(workplace)
        self.begin = QPushButton(_("Connect to the server of my town"))
        self.begin.setProperty("primary", True)
        self.trial = QPushButton(_("Just try it out first"))
        self.later = QPushButton(_("Later"))
        self.next = QPushButton(_("Next"))
        self._build()
        self._go(0)

    def _build(self) -> None:
        _ = self._workplace.texts.gettext
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 3)
        for text in (
            _("Letters that are scanned into a folder become documents in the right case; nothing is lost on the way."),
            _("Everything works without a network too: it is sent as soon as the server answers."),
        ):
            label = QLabel(text)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(GRID * 4)
        column.addWidget(self.begin)
        column.addWidget(self.trial)
        column.addStretch(1)
        self.begin.setToolTip(_("You need its address, your name and your password"))
        self.trial.setToolTip(_("Opens a sample office with invented cases in a profile of its own"))
        self.trial.setVisible(self._try_out is not None)
        self.later.setToolTip(_("Go on without this; Settings has it too"))
        self.next.setToolTip(_("Next step"))
        for page in (first, self.sign_in, self.folder):
            self.pages.addWidget(page)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 6, GRID * 5)
        layout.setSpacing(GRID * 4)
        layout.addWidget(self.heading)
        layout.addWidget(self.pages, 1)
        layout.addLayout(buttons)
        self.begin.clicked.connect(lambda: self._go(1))
        self.trial.clicked.connect(self._try)
        self.later.clicked.connect(self._skip)
        self.next.clicked.connect(self._next)
        self.folder.changed.connect(self._folder_changed)
        for pressed in (self.folder.path.textEdited, self.folder.add.pressed, self.folder.remove.pressed):
            pressed.connect(self._stay)
        self.sign_in.signed_in.connect(lambda: self._go(2))
        self.finished.connect(lambda _: self.sign_in.forget())

    def _go(self, number: int) -> None:
        _ = self._workplace.texts.gettext
        titles = (_("Welcome"), _("Step 1 of 2: sign in"), _("Step 2 of 2: the scan folder"))
        self.heading.setText(titles[number])
        self.pages.setCurrentIndex(number)
        self.next.setVisible(number == 2)
        self.next.setText(_("Done"))
        self.later.setVisible(number < 2)
        if number == 1:
            self.sign_in.focus()
        elif number == 2:
            self.folder.refresh()
            self.folder.path.setFocus()
        else:
            self.begin.setFocus()

    def _skip(self) -> None:
        """Go on without signing in; from the first page there is nothing to go on to."""
        if self.pages.currentIndex() == 1:
            self._go(2)
        else:
            self.reject()

    def _next(self) -> None:
        if self.folder.path.text().strip():
            self._ending = True
            self.folder.add_folder()
        else:
            self.accept()

    def _stay(self, *_: object) -> None:
        """Whoever goes on with folders after one that was refused has not ended yet."""
        self._ending = False

    def _folder_changed(self) -> None:
        if self._ending:
            self.accept()

    def _try(self) -> None:
        if self._try_out is not None:
            self._try_out()
            self.tried.emit()
            self.reject()


class SignInDialog(QDialog):
    """Signing in again, when the server no longer takes the password, or the sign-in at the service ended."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(workplace.texts.gettext("Sign in"))
        self.setMinimumWidth(560)
        self.page = SignInPage(workplace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 6, GRID * 5)
        layout.addWidget(self.page)
        self.page.signed_in.connect(self.accept)
        self.finished.connect(lambda _: self.page.forget())
        self.page.focus()
