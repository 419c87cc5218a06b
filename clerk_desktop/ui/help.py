"""The page about the first day: reached by F1 from anywhere, read beside the work, printable."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from clerk_desktop.system.resources import resources_folder
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.theme import GRID

SIZE = (760, 680)
PICTURE = 640
"""The width of a picture in the page, in logical pixels (``resources/help``)."""


class HelpPage(QTextBrowser):
    """Shows pictures as fine as the screen is: the text's own scaling leaves out lines of pixels."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return what the page asks for; a picture in the size in which it is shown."""
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return found
        ratio = self.devicePixelRatioF()
        picture = QImage(self.source().resolved(QUrl(name)).toLocalFile())
        if picture.width() > PICTURE * ratio:
            picture = picture.scaledToWidth(round(PICTURE * ratio), Qt.TransformationMode.SmoothTransformation)
        return picture


class HelpDialog(QDialog):
    """``resources/help/first-day.{language}.html`` with its pictures; nothing is fetched from anywhere else."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = texts.gettext
        self.setWindowTitle(_("The first day"))
        self.resize(*SIZE)
        self.page = HelpPage()
        self.page.setAccessibleName(_("The first day"))
        self.page.document().setDocumentMargin(GRID * 4)
        file = resources_folder() / "help" / f"first-day.{texts.language.value}.html"
        self.page.setSource(QUrl.fromLocalFile(str(file)))
        self.print = QPushButton(_("Print …"))
        self.print.setToolTip(_("Print this page"))
        self.print.setAutoDefault(False)
        close = QPushButton(_("Close"))
        close.setToolTip(_("Close (Esc)"))
        close.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.print)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.page, 1)
        layout.addLayout(buttons)
        close.clicked.connect(self.close)
        self.print.clicked.connect(self._print)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            whole = QTextBrowser()  # with the pictures as they are: paper is finer than the screen
            whole.setSource(self.page.source())
            whole.document().print_(printer)
