"""Choosing the folder that the scanner writes to, and what holds for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.municipality import MUNICIPALITIES, find_municipality
from clerk_desktop.model.texts import N_
from clerk_desktop.model.watching import WatchFinding
from clerk_desktop.ui.event_bridge import touched
from clerk_desktop.ui.style import restyle
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace
from clerk_desktop.usecases.watching_words import how_watched

BATCHES = {
    BatchMode.SINGLE: N_("Each file is a scan"),
    BatchMode.PAGES: N_("Each file is a page, numbered"),
    BatchMode.PAGES_INDEX: N_("Each file is a page, an index file ends the scan"),
    BatchMode.INDEX: N_("Each file is a scan with an index file"),
}
LEFT = Qt.AlignmentFlag.AlignLeft
ROOM = GRID // 2
"""Pixels around each folder of the list."""


class ScanFolderPage(QWidget):
    """Lists the scan folders; ``changed`` comes when one was added or removed."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._folders: tuple[ScanFolder, ...] = ()
        self._town_chosen = False
        self._known: ScanFolder | None = None
        self._for_new = (0, 0)
        _ = workplace.texts.gettext
        self.path = QLineEdit()
        self.path.setAccessibleName(_("Scan folder"))
        self.path.setToolTip(_("The folder that the scanner writes to"))
        browse = QPushButton(_("Choose …"))
        browse.setToolTip(_("Choose a folder"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.town = QComboBox()
        self.town.setAccessibleName(_("Municipality"))
        self.town.setToolTip(_("Whose mail is scanned there"))
        for town in MUNICIPALITIES:
            self.town.addItem(town.title, town.key)
        self.batch = QComboBox()
        self.batch.setAccessibleName(_("The scanner writes"))
        self.batch.setToolTip(_("Which files of the scanner belong together"))
        for mode, told in BATCHES.items():
            self.batch.addItem(_(told), mode)
        self.add = QPushButton(_("Watch this folder"))
        self.add.setToolTip(_("Letters in this folder are taken in by themselves"))
        self.remove = QPushButton(_("No longer watch"))
        self.remove.setToolTip(_("What was taken in stays"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Watched folders"))
        self.list.setSpacing(ROOM)
        self.list.setProperty("roomy", True)
        self.list.horizontalScrollBar().rangeChanged.connect(lambda *_: self._fit())
        self.nothing = QLabel(_("No folder is watched yet."))
        self.nothing.setProperty("muted", True)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.hide()
        self._lay_out(browse)
        self.add.clicked.connect(self.add_folder)
        self.remove.clicked.connect(self._remove)
        self.path.returnPressed.connect(self.add_folder)
        self.path.textChanged.connect(self._fill)
        self.town.activated.connect(self._choose_town)
        workplace.bridge.changed.connect(self._changed)
        self.refresh()

    def _lay_out(self, browse: QPushButton) -> None:
        _ = self._workplace.texts.gettext
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(GRID * 2)
        form.setHorizontalSpacing(GRID * 4)
        form.addRow(_("Folder"), row)
        form.addRow(_("Municipality"), self.town)
        form.addRow(_("The scanner writes"), self.batch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID * 3)
        layout.addLayout(form)
        layout.addWidget(self.add, 0, LEFT)
        layout.addWidget(self.told)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.remove, 0, LEFT)
        layout.addStretch(0)

    def refresh(self) -> None:
        """Show the watched folders and propose the user's town."""
        desk = self._workplace.desk

        def read() -> tuple[tuple[ScanFolder, ...], dict[str, WatchFinding], str]:
            return desk.scan_folders.all(), desk.scan_folders.findings(), desk.standing.town()

        self._workplace.tasks.read(self, read, lambda found: self._show(*found))

    def _changed(self, changes: tuple[Change, ...]) -> None:
        if touched(changes, ChangeKind.FOLDER):
            self.refresh()

    def _show(self, folders: tuple[ScanFolder, ...], found: dict[str, WatchFinding], town: str) -> None:
        chosen = self.list.currentRow() if folders == self._folders else 0
        self._folders = folders
        self.list.clear()
        for folder in folders:
            theirs = find_municipality(folder.municipality)
            lines = [f"{folder.path}   ({theirs.title if theirs else folder.municipality})"]
            if folder.batch is not BatchMode.SINGLE:
                lines.append(self._workplace.texts.gettext(BATCHES[folder.batch]))
            if folder.path in found:
                lines += how_watched(found[folder.path], self._workplace.texts)
            self.list.addItem("\n    ".join(lines))
        self._fit()
        for part in (self.list, self.remove):
            part.setVisible(bool(folders))
        self.nothing.setVisible(not folders)
        if folders:
            self.list.setCurrentRow(chosen)
        mine = find_municipality(town)
        if mine is not None and not self._town_chosen and self._known is None:
            self.town.setCurrentIndex(self.town.findData(mine.key))
        self._fill()

    def add_folder(self) -> None:
        """Watch the folder that is typed."""
        typed = self.path.text().strip()
        if not typed:
            self.path.setFocus()
            return
        folders, town = self._workplace.desk.scan_folders, str(self.town.currentData())
        chosen = BatchMode(self.batch.currentData())
        # a mapped drive or a link may lead to a watched folder that the page does not recognise
        batch = None if self._known is None and chosen is BatchMode.SINGLE else chosen
        self._workplace.tasks.write(
            self, lambda: folders.add(Path(typed), town, batch=batch), self._added, self._failed
        )

    def _choose_town(self) -> None:
        self._town_chosen = self._town_chosen or self._known is None

    def _fill(self) -> None:
        """Show what holds for the folder that is typed where it is watched, else what was proposed or chosen."""
        typed = self.path.text().strip()
        place = Path(typed).absolute() if typed else None  # resolving could wait for a share
        known = next((folder for folder in self._folders if Path(folder.path) == place), None)
        if known == self._known:
            return
        if self._known is None:
            self._for_new = (self.town.currentIndex(), self.batch.currentIndex())
        self._known = known
        town, batch = self._for_new
        if known is not None:
            held, batch = self.town.findData(known.municipality), self.batch.findData(known.batch)
            town = held if held >= 0 else town
        self.town.setCurrentIndex(town)
        self.batch.setCurrentIndex(batch)

    def _added(self, folder: ScanFolder) -> None:
        text = self._workplace.texts.gettext("{folder} is watched now; new scans are taken in by themselves.")
        self._tell("✓ " + text.format(folder=folder.path), "done")
        self.path.clear()
        self.refresh()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClerkError):
            raise error
        _ = self._workplace.texts.gettext
        self._tell("▲ " + _("There is no such folder: {folder}").format(folder=self.path.text().strip()), "help")

    def _remove(self) -> None:
        row, known = self.list.currentRow(), self._workplace.desk.scan_folders
        if 0 <= row < len(self._folders):
            path = Path(self._folders[row].path)
            self._workplace.tasks.write(self, lambda: known.remove(path), lambda _: self._removed())

    def _removed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._workplace.texts.gettext("Choose a folder"))
        if chosen:
            self.path.setText(chosen)

    def _fit(self) -> None:
        """Make the list as high as its folders, and the scroll bar where a path is longer than the list is wide."""
        rows = sum(self.list.sizeHintForRow(row) + 2 * ROOM for row in range(self.list.count()))
        bar = self.list.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.list.setMaximumHeight(rows + below + 2 * self.list.frameWidth())

    def _tell(self, text: str, tone: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        restyle(self.told, "tone", tone)
