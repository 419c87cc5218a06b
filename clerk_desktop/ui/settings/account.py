"""Who is signed in where, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QVBoxLayout

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.signing_in import MappingName
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.welcome.sign_in_form import WAYS
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.accounts import Holder


class AccountPanel(QFrame):
    """Shows it as the store tells it, also when that changes."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        _ = workplace.texts.gettext
        self.person, self.server, self.town, self.way, self.product = (_value() for _number in range(5))
        self.form = QFormLayout()
        self.form.setVerticalSpacing(GRID)
        self.form.setHorizontalSpacing(GRID * 4)
        for text, value in (
            (_("Signed in"), self.person),
            (_("Server"), self.server),
            (_("Municipality"), self.town),
            (_("Way of signing in"), self.way),
            (_("Kind of DMS"), self.product),
        ):
            value.setAccessibleName(text)
            self.form.addRow(text, value)
        self.leave = QPushButton(_("Sign out …"))
        self.leave.setToolTip(_("Sign out of this computer (Ctrl+Shift+L)"))
        self.leave.clicked.connect(lambda: workplace.wishes.sign_out.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID * 3)
        layout.addLayout(self.form)
        layout.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(GRID * 3)
        again = QLabel(_("Sign in again"))
        again.setProperty("heading", True)
        layout.addWidget(again)
        workplace.bridge.changed.connect(self._changed)
        self.hide()
        self._read()

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.ACCOUNT, ChangeKind.SYNC):
            self._read()

    def _read(self) -> None:
        accounts = self._workplace.desk.accounts

        def read() -> tuple[Holder | None, tuple[MappingName, ...]]:
            return accounts.holder(), accounts.mappings()

        self._workplace.tasks.read(self, read, lambda found: self._show(*found))

    def _show(self, holder: Holder | None, mappings: tuple[MappingName, ...]) -> None:
        self.setVisible(holder is not None)
        if holder is None:
            return
        account = holder.account
        self.person.setText(f"{holder.name} ({account.user})" if holder.name else account.user)
        self.server.setText(account.url)
        self.town.setText(holder.town)
        self.form.setRowVisible(self.town, bool(holder.town))
        self.way.setText(self._workplace.texts.gettext(WAYS[account.sign_in]))
        titles = {each.name: each.title for each in mappings}
        self.product.setText(titles.get(account.mapping, account.mapping))


def _value() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    return label
