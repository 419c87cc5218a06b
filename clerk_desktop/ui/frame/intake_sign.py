"""The sign beside the sync pill that nothing is taken in from a scan folder; not there while all is well."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from clerk_desktop.model.errors import WatchedFolderAway, named
from clerk_desktop.model.standing import Standing
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.style import restyle


class IntakeSign(QToolButton):
    """Click has this workstation checked."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("intake")
        self._texts = texts
        restyle(self, "help", True)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Tell what hinders the intake."""
        _ = self._texts.gettext
        away = standing.intake == WatchedFolderAway.__name__
        text = _("Scan folder away") if away else _("Nothing is taken in")
        self.setText("▲ " + text)
        self.setAccessibleName(text)
        self.setToolTip(self._texts.sentence(named(standing.intake)))
        self.setVisible(bool(standing.intake))
