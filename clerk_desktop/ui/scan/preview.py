"""What lies on the glass plate, as a small page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame

from clerk_desktop.model.reading import Pixels
from clerk_desktop.ui.theme import GRID

SIZE = QSize(230, 325)


class PreviewPicture(QFrame):
    """A page of A4 in outline, with the picture in it once there is one; else ``hint`` stands there."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._hint = hint
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setMinimumSize(SIZE)

    def sizeHint(self) -> QSize:
        """A third of A4."""
        return SIZE

    def show_pixels(self, pixels: Pixels | None) -> None:
        """Show a picture, or none."""
        self._image = None
        if pixels is not None:
            shown = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
            self._image = shown.copy()  # the bytes belong to Python, the picture outlives them
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        if self._image is None:
            painter.drawRect(paper)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            inside = paper.adjusted(GRID * 4, GRID * 4, -GRID * 4, -GRID * 4)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        size = self._image.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(paper.center())
        painter.drawImage(place, self._image)
        painter.drawRect(place)
