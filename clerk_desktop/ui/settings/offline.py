"""How long content stays on this computer, and how much of it."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QSpinBox, QVBoxLayout, QWidget

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.system.settings import OPENED_DAYS, PINNED_DAYS, STORAGE_LIMIT_MB, Origin, Setting, V
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.number_field import stand_in_line
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace


class DaysField(QDoubleSpinBox):
    """Shows halves only where there are any: "7 days", "1 day", "0,5 days"."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setKeyboardTracking(False)  # another suffix must not come between somebody's keys
        self.valueChanged.connect(self._name_days)
        self._name_days(self.value())

    def _name_days(self, value: float) -> None:
        _ = self._texts.gettext
        self.setSuffix(" " + (_("day") if value == 1 else _("days")))

    def textFromValue(self, value: float) -> str:
        """Return the number as people write it."""
        return super().textFromValue(value) if value % 1 else self.locale().toString(int(value))


class OfflinePage(QWidget):
    """Three numbers, each under the sentence that says what it means; kept when the field is left."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID)
        self.pinned_days = self._days(PINNED_DAYS)
        self.opened_days = self._days(OPENED_DAYS)
        self.limit = self._megabytes(STORAGE_LIMIT_MB)
        self._layout.addStretch(1)

    def _days(self, setting: Setting[float]) -> QDoubleSpinBox:
        field = DaysField(self._workplace.texts)
        field.setDecimals(1)
        field.setRange(setting.least or 0, setting.most or 0)
        field.setValue(self._workplace.desk.settings.load().value(setting))
        field.editingFinished.connect(lambda: self._put(setting, field.value()))
        self._add(field, setting)
        return field

    def _megabytes(self, setting: Setting[int]) -> QSpinBox:
        field = QSpinBox()
        field.setRange(int(setting.least or 0), int(setting.most or 0))
        field.setSuffix(" MB")
        field.setValue(self._workplace.desk.settings.load().value(setting))
        field.editingFinished.connect(lambda: self._put(setting, field.value()))
        self._add(field, setting)
        return field

    def _add(self, field: QDoubleSpinBox | QSpinBox, setting: Setting[V]) -> None:
        _ = self._workplace.texts.gettext
        meaning = QLabel(_(setting.text))
        meaning.setWordWrap(True)
        meaning.setBuddy(field)
        locked = self._workplace.desk.settings.load().origin(setting) is Origin.POLICY
        field.setEnabled(not locked)
        field.setAccessibleName(_(setting.text))
        field.setToolTip(_("Fixed by the administrator") if locked else _(setting.text))
        field.setMaximumWidth(GRID * 50)
        stand_in_line(field)
        self._layout.addWidget(meaning)
        self._layout.addWidget(field)
        self._layout.addSpacing(GRID * 3)

    def _put(self, setting: Setting[V], value: V) -> None:
        settings = self._workplace.desk.settings
        try:
            if value != settings.load().value(setting):  # the field was left as it stood
                settings.put(setting, value)
        except ClerkError as error:
            self._workplace.say_error(error)
