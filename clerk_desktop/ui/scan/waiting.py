"""A scan that was broken off: what came, why it ended, and what the clerk can do with the pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from clerk_desktop.model.scanning import ScanBatch
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID
from clerk_desktop.usecases.scanning import trouble_of


class WaitingScan(QFrame):
    """Is there only while a scan waits. Each signal carries the id of the scan."""

    go_on_wanted = Signal(str)
    keep_wanted = Signal(str)
    discard_wanted = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._batch_id = ""
        _ = texts.gettext
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("tone", "help")
        self.told.setAccessibleName(_("A scan that was broken off"))
        self.go_on = QPushButton(_("Scan the rest"))
        self.go_on.setToolTip(_("Put the rest of the stack in first; its pages go behind those that came"))
        self.keep = QPushButton(_("Keep what is there"))
        self.keep.setToolTip(_("The pages that came go to the inbox as they are"))
        self.discard = QPushButton(_("Discard …"))
        self.discard.setToolTip(_("Throws the pages away; scan the whole stack again then"))
        row = QHBoxLayout()
        for button, wanted in (
            (self.go_on, self.go_on_wanted),
            (self.keep, self.keep_wanted),
            (self.discard, self.discard_wanted),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=wanted: wanted.emit(self._batch_id))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(self.told)
        column.addLayout(row)
        self.show_first(())

    def show_first(self, batches: tuple[ScanBatch, ...]) -> None:
        """Show the oldest scan that waits; nothing where none does."""
        self.setVisible(bool(batches))
        if not batches:
            self._batch_id = ""
            return
        batch = batches[0]
        self._batch_id = batch.batch_id
        text = self._texts.ngettext(
            "▲ {name}: {pages} page came, then: {trouble}", "▲ {name}: {pages} pages came, then: {trouble}", batch.pages
        )
        trouble = self._texts.sentence(trouble_of(batch))
        more = self._texts.ngettext("{count} more waits.", "{count} more wait.", len(batches) - 1)
        said = text.format(name=batch.scanner.name, pages=batch.pages, trouble=trouble)
        self.told.setText(f"{said} {more.format(count=len(batches) - 1)}" if len(batches) > 1 else said)
