"""Which scanner, and how it is to scan: asked for at the device, and only what it can do is offered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.scanning import ColourMode, ScannerPlace, ScanSource, ScanWish
from clerk_desktop.model.scanning_texts import COLOUR_MODES, SCAN_SOURCES
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.free_choice import allow_typing
from clerk_desktop.ui.theme import GRID
from clerk_desktop.usecases.scanning import LookedAt

USUAL_DPI = 300
OFFERED = (150, 200, 300, 400, 600)


class DeviceForm(QWidget):
    """``chosen``: another scanner is meant, to be looked at. ``changed``: the settings are others."""

    chosen = Signal()
    changed = Signal()
    search_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._looked: LookedAt | None = None
        _ = texts.gettext
        self.scanner = QComboBox()
        allow_typing(self.scanner, _("Scanner"))
        self.scanner.setToolTip(_("Name of a scanner, or its address in the network"))
        self.search = QPushButton(_("Search again"))
        self.search.setToolTip(_("Listens to which scanners announce themselves in the network"))
        self.search.setAutoDefault(False)
        self.source = _choice(_("Paper lies in"), _("Where the paper lies"))
        self.both_sides = QCheckBox(_("Both sides"))
        self.both_sides.setToolTip(_("The feeder reads front and back of each sheet"))
        self.resolution = _choice(_("Resolution"), _("300 dpi suit letters: text is recognised, files stay small"))
        self.mode = _choice(_("Colours"), _("Colour keeps stamps and marks as they are"))
        self.folder = _choice(_("Scan folder"), _("Where the pages go, and so which municipality they belong to"))
        self._build()
        self.show_looked(None)
        self.scanner.activated.connect(lambda _: self.chosen.emit())
        self._field().returnPressed.connect(self.chosen.emit)
        self.search.clicked.connect(self.search_wanted.emit)
        self.source.currentIndexChanged.connect(self._offer)

    @property
    def looked(self) -> LookedAt | None:
        """The device that was looked at, None while none is."""
        return self._looked

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.scanner.currentText().strip()

    @property
    def place(self) -> ScannerPlace | None:
        """The scanner that was found under that name; None for one that was typed."""
        index = self.scanner.findText(self.typed)
        found = self.scanner.itemData(index) if index >= 0 else None
        return found if isinstance(found, ScannerPlace) else None

    @property
    def wish(self) -> ScanWish:
        """How to scan."""
        source, dpi, mode = self.source.currentData(), self.resolution.currentData(), self.mode.currentData()
        return ScanWish(
            source=source if isinstance(source, ScanSource) else ScanSource.FEEDER,
            both_sides=self.both_sides.isEnabled() and self.both_sides.isChecked(),
            dpi=dpi if isinstance(dpi, int) else USUAL_DPI,
            mode=mode if isinstance(mode, ColourMode) else ColourMode.COLOUR,
        )

    @property
    def target(self) -> Path | None:
        """The scan folder."""
        path = self.folder.currentData()
        return Path(path) if isinstance(path, str) else None

    def show_found(self, places: tuple[ScannerPlace, ...], remembered: ScannerPlace | None) -> bool:
        """Offer the scanners; tell whether one of them, or the one of last time, is chosen now."""
        typed = self.typed
        if remembered is not None and all(place.name != remembered.name for place in places):
            places = (*places, remembered)
        self.scanner.clear()
        for place in places:
            self.scanner.addItem(place.name, place)
        if typed:
            self.scanner.setEditText(typed)
            return False
        wanted = self.scanner.findText(remembered.name) if remembered is not None else 0
        self.scanner.setCurrentIndex(max(wanted, 0) if places else -1)
        return bool(places)

    def show_folders(self, folders: tuple[ScanFolder, ...], remembered: str) -> None:
        """Offer the scan folders, each with the town it belongs to."""
        for folder in folders:
            town = find_municipality(folder.municipality)
            name = Path(folder.path).name or folder.path
            self.folder.addItem(f"{town.title} – {name}" if town is not None else name, folder.path)
        self.folder.setCurrentIndex(max(self.folder.findData(remembered), 0) if folders else -1)
        self.folder.setEnabled(len(folders) > 1)

    def show_looked(self, looked: LookedAt | None) -> None:
        """Offer what a device can do, nothing while none is known."""
        self._looked = looked
        self.source.blockSignals(True)
        self.source.clear()
        for source in looked.facts.sources if looked is not None else ():
            self.source.addItem(self._texts.gettext(SCAN_SOURCES[source]), source)
        if looked is not None:
            self.source.setCurrentIndex(max(self.source.findData(looked.usual()), 0))
        self.source.blockSignals(False)
        self._offer()

    def lock(self, locked: bool) -> None:
        """Leave everything as it is while paper moves."""
        self.setEnabled(not locked)

    def _field(self) -> QLineEdit:
        field = self.scanner.lineEdit()
        assert field is not None, "an editable box has a field"
        return field

    def _offer(self) -> None:
        facts, source = (self._looked.facts if self._looked is not None else None), self.source.currentData()
        abilities = facts.abilities(source) if facts is not None and isinstance(source, ScanSource) else None
        for box in (self.source, self.resolution, self.mode):
            box.setEnabled(abilities is not None)
        self.both_sides.setEnabled(facts is not None and facts.duplex is not None and source is ScanSource.FEEDER)
        before = self.wish
        self.resolution.clear()
        self.mode.clear()
        if abilities is not None:
            offered = [dpi for dpi in abilities.resolutions if dpi in OFFERED] or list(abilities.resolutions)
            for dpi in offered:
                self.resolution.addItem(f"{dpi} dpi", dpi)
            nearest = min(offered, key=lambda dpi: abs(dpi - before.dpi))
            self.resolution.setCurrentIndex(offered.index(nearest))
            for mode in abilities.modes:
                self.mode.addItem(self._texts.gettext(COLOUR_MODES[mode]), mode)
            self.mode.setCurrentIndex(max(self.mode.findData(before.mode), 0))
        self.changed.emit()

    def _build(self) -> None:
        _ = self._texts.gettext
        device = QHBoxLayout()
        device.setSpacing(GRID * 2)
        device.addWidget(self.scanner, 1)
        device.addWidget(self.search)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GRID * 3)
        form.setHorizontalSpacing(GRID * 4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        label = QLabel(_("&Scanner"))
        label.setBuddy(self.scanner)
        form.addRow(label, device)
        form.addRow(_("&Paper lies in"), self.source)
        form.addRow("", self.both_sides)
        form.addRow(_("&Resolution"), self.resolution)
        form.addRow(_("&Colours"), self.mode)
        form.addRow(_("Scan &folder"), self.folder)


def _choice(name: str, hint: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(hint)
    return box
