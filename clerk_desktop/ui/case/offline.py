"""How a case stands for work without a server, and the button that pins it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.pin import PinnedCase
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.tasks import Ticket
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.words import pinned_text
from clerk_desktop.ui.workplace import Tone, Workplace


class OfflineLine(QWidget):
    """The button, and beside it "available offline, as of 08:40, 14 MB"."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._case_id: CaseId | None = None
        self._ticket = Ticket()
        _ = workplace.texts.gettext
        self.button = icon_button(Icon.PIN, _("Available offline"), _("Keep this case available offline (Ctrl+D)"))
        self.button.setCheckable(True)
        self.button.clicked.connect(lambda: self.toggle())
        self.standing = QLabel()
        self.standing.setProperty("muted", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.standing)
        layout.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        workplace.bridge.changed.connect(self._changed)

    def show_case(self, case_id: CaseId) -> None:
        """Show how a case stands."""
        if case_id != self._case_id:
            self._show(None)
        self._case_id = case_id
        self._ticket.cancel()
        pins = self._workplace.desk.pins
        self._ticket = self._workplace.tasks.read(self, lambda: pins.of(case_id), self._show)

    def toggle(self) -> None:
        """Pin the case, or let it go."""
        if self._case_id is not None:
            toggle_pin(self._workplace, self, self._case_id)

    def _show(self, pinned: PinnedCase | None) -> None:
        self.button.setChecked(pinned is not None)
        today = self._workplace.desk.clock.now().astimezone().date()
        self.standing.setText(pinned_text(self._workplace.texts, pinned, today) if pinned is not None else "")

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if self._case_id is not None and self.isVisible() and touched(changes, ChangeKind.SYNC):
            self.show_case(self._case_id)


def toggle_pin(workplace: Workplace, owner: QWidget, case_id: CaseId) -> None:
    """Pin a case that is not pinned, unpin one that is, and say what that means."""
    texts = workplace.texts

    def told(pinned: PinnedCase | None) -> None:
        text = texts.gettext("No longer available offline; what the server has was removed from this computer.")
        if pinned is not None:
            today = workplace.desk.clock.now().astimezone().date()
            text = f"{pinned.case_number}: {pinned_text(texts, pinned, today)}"
        workplace.say(text, Tone.DONE, (texts.gettext("Undo"), lambda: toggle_pin(workplace, owner, case_id)))

    workplace.tasks.write(owner, lambda: workplace.desk.pins.toggle(case_id), told)
