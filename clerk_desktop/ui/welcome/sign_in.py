"""Signing in: address, name and password; the server is asked off the GUI thread, and errors stand in the dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.account import Account, SignInRequest
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace


class SignInPage(QWidget):
    """``signed_in`` comes when the server took name and password; the secret is kept then."""

    signed_in = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._ticket = Ticket()
        _ = workplace.texts.gettext
        known = workplace.desk.accounts.current()
        self.url = _line(_("Address of the server"), known.url if known else "")
        self.url.setPlaceholderText("https://dms.example/cmis")
        self.user = _line(_("User name"), known.user if known else "")
        self.password = _line(_("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(_("Sign in"))
        self.button.setProperty("primary", True)
        self.button.setToolTip(_("Sign in (Enter)"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(GRID * 3)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in ((_("Server"), self.url), (_("User name"), self.user), (_("Password"), self.password)):
            form.addRow(text, field)
        if known is not None:  # a profile belongs to one account
            self.url.setEnabled(False)
            self.user.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID * 3)
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addWidget(self.button)
        layout.addStretch(1)
        for field in (self.url, self.user, self.password):
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self.try_it)
        self.button.clicked.connect(self.try_it)
        self._check()

    def try_it(self) -> None:
        """Ask the server."""
        if not self.button.isEnabled():
            return
        request = SignInRequest(
            url=self.url.text().strip(), user=self.user.text().strip(), password=self.password.text()
        )
        accounts = self._workplace.desk.accounts
        self.button.setEnabled(False)
        self._tell(self._workplace.texts.gettext("Asking the server …"), "")
        self._ticket = self._workplace.tasks.read(self, lambda: accounts.log_in(request), self._done, self._failed)

    def forget(self) -> None:
        """Forget what was typed and what is under way."""
        self._ticket.cancel()
        self.password.clear()

    def _done(self, account: Account) -> None:
        self.password.clear()
        text = self._workplace.texts.gettext("Signed in as {user}.").format(user=account.user)
        self._tell("✓ " + text, "done")
        self._check()
        self.signed_in.emit()

    def _failed(self, error: Exception) -> None:
        self._check()
        if not isinstance(error, ClerkError):
            raise error
        self._tell("▲ " + self._workplace.texts.sentence(error), "help")
        self.password.setFocus()
        self.password.selectAll()

    def _tell(self, text: str, tone: str) -> None:
        self.told.setText(text)
        restyle(self.told, "tone", tone)

    def _check(self) -> None:
        filled = all(field.text().strip() for field in (self.url, self.user, self.password))
        self.button.setEnabled(filled)


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setToolTip(name)
    return line
