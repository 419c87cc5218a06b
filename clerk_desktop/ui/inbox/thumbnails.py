"""Small pictures of letters: drawn one after the other by the workers, for the rows that show; kept in memory only."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.reading import Pixels
from clerk_desktop.ui.workplace import Workplace

WIDTH, HEIGHT = 40, 56
MOST_WAITING = 24  # more rows do not show at once
KEPT = 400


class Thumbnails(QObject):
    """``arrived`` carries the id of a document whose picture is there now."""

    arrived = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._pictures: OrderedDict[DocumentId, QImage | None] = OrderedDict()
        self._waiting: list[DocumentId] = []
        self._busy: DocumentId | None = None
        self._ratio = 1.0

    @property
    def kept(self) -> int:
        """How many letters were asked for so far, and kept."""
        return len(self._pictures)

    def picture(self, document_id: DocumentId, ratio: float) -> QImage | None:
        """Return a letter's picture for a screen with so many device pixels a pixel; None while there is none.

        Asking for it has it drawn; the letters that were asked for last come first.
        """
        if ratio != self._ratio:
            self._ratio = ratio
            self._pictures.clear()
        if document_id in self._pictures:
            self._pictures.move_to_end(document_id)
            return self._pictures[document_id]
        if document_id in self._waiting:
            self._waiting.remove(document_id)
        if document_id != self._busy:
            self._waiting.append(document_id)
            del self._waiting[:-MOST_WAITING]
            self._go_on()
        return None

    def look_again(self, document_id: DocumentId) -> None:
        """Try once more, when it is next asked for, where there was no picture: the content may be here by now."""
        if self._pictures.get(document_id) is None:
            self._pictures.pop(document_id, None)

    def _go_on(self) -> None:
        if self._busy is not None or not self._waiting:
            return
        document_id = self._busy = self._waiting.pop()
        width, height = round(WIDTH * self._ratio), round(HEIGHT * self._ratio)
        pages = self._workplace.desk.pages
        self._workplace.tasks.read(
            self,
            lambda: pages.small_picture(document_id, width, height),
            lambda pixels: self._keep(document_id, pixels),
            lambda error: self._failed(document_id, error),
        )

    def _keep(self, document_id: DocumentId, pixels: Pixels | None) -> None:
        image = None
        if pixels is not None:
            shown = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
            image = shown.copy()  # the bytes belong to Python, the picture outlives them
            image.setDevicePixelRatio(self._ratio)
        self._pictures[document_id] = image
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self._busy = None
        self._go_on()
        self.arrived.emit(document_id)

    def _failed(self, document_id: DocumentId, error: Exception) -> None:
        self._keep(document_id, None)  # the reading pane says why when the letter is looked at
        if not isinstance(error, ClerkError):
            raise error
