"""Signing out: what goes, what stays, what was not sent yet, and whether somebody else is to sign in here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.transfers.rows import Unsent, line
from clerk_desktop.ui.workplace import Place, Workplace
from clerk_desktop.usecases.accounts import Holder
from clerk_desktop.usecases.desk import Desk

NAMED = 5
WIDTH = 560


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who signs out, and what was not sent yet: how many changes, and the newest of them.

    ``typed``: for how many letters something is typed and not filed.
    """

    holder: Holder
    unsent: int
    newest: tuple[Unsent, ...]
    typed: int


class SignOutDialog(QDialog):
    """``purge`` tells, once it was accepted, whether everything of the account is to go."""

    def __init__(self, workplace: Workplace, leaving: Leaving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        _ = workplace.texts.gettext
        self.setWindowTitle(_("Sign out"))
        self.setMinimumWidth(WIDTH)
        self.everything = QCheckBox(_("Remove everything of this account from this computer"))
        self.everything.setToolTip(_("So that somebody else can sign in here. The server keeps what was sent."))
        self.everything.setEnabled(not leaving.unsent)
        self.show_unsent = QPushButton(_("Show what was not sent"))
        self.show_unsent.setToolTip(_("Opens the transfers"))
        self.show_unsent.setVisible(bool(leaving.unsent))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Sign out"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 6, GRID * 6, GRID * 6, GRID * 5)
        layout.setSpacing(GRID * 3)
        for label in self._labels(leaving):
            layout.addWidget(label)
        layout.addWidget(self.show_unsent, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(GRID)
        layout.addWidget(self.everything)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.show_unsent.clicked.connect(self._show_unsent)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()
        self.resize(WIDTH, self.heightForWidth(WIDTH))  # by itself a dialog leaves lines that wrap too little room

    @property
    def purge(self) -> bool:
        """Whether key and cache are to be destroyed."""
        return self.everything.isChecked()

    def _labels(self, leaving: Leaving) -> list[QLabel]:
        _ = self._workplace.texts.gettext
        account = leaving.holder.account
        who = f"{leaving.holder.name} ({account.user})" if leaving.holder.name else account.user
        heading = _label(_("{person} signs out").format(person=who))
        heading.setProperty("title", True)
        server = _label(_("Server: {address}").format(address=account.url))
        server.setProperty("muted", True)
        texts = (
            _(
                "What goes: the password or token, and the copies of letters and pinned cases that the server has, too."
                " All that is open is closed."
            ),
            _(
                "What stays, encrypted: the list of cases, and what was not sent yet. It is shown again as soon as"
                " the same account signs in. Scans stay in their folder."
            ),
        )
        return [heading, server, *map(_label, texts), *self._unsent(leaving), *self._typed(leaving)]

    def _typed(self, leaving: Leaving) -> list[QLabel]:
        if not leaving.typed:
            return []
        told = self._workplace.texts.gettext(
            "Letters in the inbox for which something is typed and not filed yet: {count}."
            " What is typed stays here; it is lost where everything is removed."
        )
        return [_label(told.format(count=leaving.typed))]

    def _unsent(self, leaving: Leaving) -> list[QLabel]:
        if not leaving.unsent:
            return [_label(self._workplace.texts.gettext("Everything was sent."))]
        ngettext = self._workplace.texts.ngettext
        told = ngettext(
            "▲ {count} change was not sent yet. It is kept here, and therefore not everything can be removed now.",
            "▲ {count} changes were not sent yet. They are kept here, and therefore not everything can be removed now.",
            leaving.unsent,
        )
        label = _label(told.format(count=leaving.unsent))
        label.setProperty("tone", "help")
        rows = [line(row, self._workplace.texts) for row in leaving.newest]
        named = "\n".join(f"–  {row.title}" for row in rows)
        more = "\n…" if leaving.unsent > len(rows) else ""
        return [label, _label(named + more)]

    def _show_unsent(self) -> None:
        self.reject()
        self._workplace.wishes.go.emit(Place.TRANSFERS)


def read_leaving(desk: Desk) -> Leaving | None:
    """Return who would sign out now, and what was not sent yet; None where nobody is signed in."""
    holder = desk.accounts.holder()
    if holder is None:
        return None
    overview = desk.transfers.recent(NAMED)
    newest = tuple(Unsent(entry, overview.about.get(entry.operation_id)) for entry in overview.outbox)
    return Leaving(holder, desk.accounts.unsent(), newest, desk.inbox.count_typed())


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
