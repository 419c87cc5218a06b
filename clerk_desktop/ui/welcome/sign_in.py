"""Signing in: server and browser are waited for off the GUI thread; errors stand in the dialog."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from clerk_desktop.model.account import Account, SignInKind
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.signing_in import Browser
from clerk_desktop.system.browser import open_address
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.welcome.sign_in_form import SignInForm
from clerk_desktop.ui.workplace import Workplace


class SignInPage(QWidget):
    """``signed_in`` comes when the server knows who somebody is; the secrets are kept then.

    ``open_browser`` shows an address in the browser, from another thread.
    """

    signed_in = Signal()

    def __init__(self, workplace: Workplace, open_browser: Callable[[str], None] = open_address) -> None:
        super().__init__()
        self._workplace = workplace
        self._open_browser = open_browser
        self._ticket = Ticket()
        self._given_up = threading.Event()
        self._asking = False
        self._address = ""
        _ = workplace.texts.gettext
        self.form = SignInForm(workplace, self)
        self.url, self.user, self.password = self.form.url, self.form.user, self.form.password
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.cancel = QPushButton(_("Stop waiting"))
        self.cancel.setToolTip(_("Do not wait for the browser any longer"))
        self.copy = QPushButton(_("Copy the address"))
        self.copy.setToolTip(_("If no browser opened: copy the address and open it in one yourself"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.hide()
        waiting = QHBoxLayout()
        waiting.addWidget(self.copy)
        waiting.addStretch(1)
        waiting.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID * 3)
        layout.addWidget(self.form)
        layout.addWidget(self.told)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(waiting)
        layout.addStretch(1)
        self.form.changed.connect(self._check)
        self.form.entered.connect(self.try_it)
        self.button.clicked.connect(self.try_it)
        self.cancel.clicked.connect(lambda: self._given_up.set())
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        self._check()

    def try_it(self) -> None:
        """Ask the server."""
        if not self.button.isEnabled():
            return
        try:
            self.form.keep()
        except ClerkError as error:
            self._failed(error)
            return
        self._given_up = threading.Event()
        request = self.form.request(self._browser(self._given_up))
        accounts = self._workplace.desk.accounts
        self._asking = True
        self._check()
        _ = self._workplace.texts.gettext
        in_browser = self.form.way() is SignInKind.OIDC
        self._tell(_("Go on in the browser; this page waits for it.") if in_browser else _("Asking the server …"), "")
        self._ticket = self._workplace.tasks.read(self, lambda: accounts.log_in(request), self._done, self._failed)
        if in_browser:
            self.cancel.setFocus()

    def focus(self) -> None:
        """Lead a person to what they fill in first."""
        self.form.first().setFocus()

    def forget(self) -> None:
        """Forget what was typed and what is under way."""
        self._ticket.cancel()
        self._given_up.set()
        self._asking = False
        self.form.forget()
        self._check()

    def _browser(self, given_up: threading.Event) -> Browser:
        _ = self._workplace.texts.gettext

        def show(url: str) -> None:
            self._address = url
            self._open_browser(url)

        return Browser(
            open=show,
            done=_("You can close this page and go on in clerk-desktop."),
            failed=_("The sign-in was not completed. You can close this page and try again in clerk-desktop."),
            # the thread that waits for the browser must not outlive the window
            cancelled=lambda: given_up.is_set() or not isValid(self),
        )

    def _done(self, account: Account) -> None:
        self._asking = False
        self.form.forget()
        text = self._workplace.texts.gettext("Signed in as {user}.").format(user=account.user)
        self._tell("✓ " + text, "done")
        self._check()
        self.signed_in.emit()

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._check()
        if not isinstance(error, ClerkError):
            raise error
        self._tell("▲ " + self._workplace.texts.sentence(error), "help")
        if self.form.way().asks_password:
            self.password.setFocus()
            self.password.selectAll()
        else:
            self.button.setFocus()

    def _tell(self, text: str, tone: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        restyle(self.told, "tone", tone)

    def _check(self) -> None:
        _ = self._workplace.texts.gettext
        in_browser = self.form.way() is SignInKind.OIDC
        text = _("Sign in in the browser") if in_browser else _("Sign in")
        self.button.setText(text)
        self.button.setToolTip(f"{text} ({_('Enter')})")
        self.button.setEnabled(self.form.complete() and not self._asking)
        self.form.setEnabled(not self._asking)
        for button in (self.cancel, self.copy):
            button.setVisible(in_browser and self._asking)
