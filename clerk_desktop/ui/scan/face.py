"""What the scan dialog looks like: device and settings, preview, state, and the buttons; what they do is not here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from clerk_desktop.model.scanning import ScanBatch, ScanSource
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.scan.device_form import DeviceForm
from clerk_desktop.ui.scan.preview import PreviewPicture
from clerk_desktop.ui.scan.waiting import WaitingScan
from clerk_desktop.ui.theme import GRID


class ScanFace(QWidget):
    """The parts of the dialog."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        _ = texts.gettext
        self.form = DeviceForm(texts)
        self.waiting = WaitingScan(texts)
        self.picture = PreviewPicture(
            _("Preview"), _("What lies on the glass plate is shown here before it is scanned.")
        )
        self.preview = _button(_("Preview"), _("Shows what lies on the glass plate (F5)"), "F5")
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAccessibleName(_("State of the scanner"))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.confirm = _button(_("It is the same: trust this device"), _("Only after comparing it at the device"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The scanner is at work"))
        self.scan = _button(_("Scan now"), _("Scans into the scan folder (Enter)"))
        self.scan.setDefault(True)
        self.stop = _button(_("Stop"), _("Ends the scan; the pages that came are kept (Esc)"))
        self.closing = _button(_("Close"), _("Close (Esc)"))
        self._build()

    def show_state(self, *, paper_moves: bool) -> None:
        """Offer what can be done now."""
        looked = self.form.looked
        self.form.lock(paper_moves)
        self.scan.setVisible(not paper_moves)
        self.scan.setEnabled(looked is not None and self.form.target is not None)
        self.stop.setVisible(paper_moves)
        self.stop.setEnabled(True)
        self.closing.setEnabled(not paper_moves)
        on_plate = looked is not None and self.form.wish.source is ScanSource.PLATEN
        self.preview.setEnabled(on_plate and not paper_moves)
        if not on_plate:
            self.picture.show_pixels(None)

    def say(self, text: str, tone: str = "") -> None:
        """Tell how the scanner is, or what went wrong (``tone`` "help")."""
        self.told.setText(text)
        self.told.setProperty("tone", tone)
        self.told.style().polish(self.told)

    def show_broken_off(self, batches: tuple[ScanBatch, ...]) -> None:
        """Show scans that wait for somebody, or none."""
        self.waiting.show_first(batches)
        self.scan.setDefault(not batches)  # a new scan beside one that waits is seldom meant
        self.waiting.go_on.setDefault(bool(batches))
        if batches:
            self.waiting.go_on.setFocus()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.picture, 1)
        right.addWidget(self.preview)
        left = QVBoxLayout()
        left.setSpacing(GRID * 3)
        left.addWidget(self.waiting)
        left.addWidget(self.form)
        left.addStretch(1)
        left.addWidget(self.told)
        left.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.bar)
        middle = QHBoxLayout()
        middle.setSpacing(GRID * 6)
        middle.addLayout(left, 1)
        middle.addLayout(right)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.scan, self.stop, self.closing):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID * 5, GRID * 5, GRID * 5, GRID * 4)
        whole.setSpacing(GRID * 4)
        whole.addLayout(middle, 1)
        whole.addLayout(buttons)
        self.confirm.hide()


def _button(text: str, hint: str, keys: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    button.setAutoDefault(False)
    if keys:
        button.setShortcut(keys)
    return button
