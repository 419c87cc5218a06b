"""The strip of small pages beside the document: drawn as they come into view, one key or click away."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clerk_desktop.model.reading import PageSize
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.review.drawn_pages import DrawnPages, Wanted
from clerk_desktop.ui.review.page_canvas import PageCanvas
from clerk_desktop.ui.tasks import Tasks
from clerk_desktop.ui.theme import GRID
from clerk_desktop.usecases.pages import OpenDocument

PICTURE = QSize(96, 124)
ROW = PICTURE.height() + 32
WIDTH = PICTURE.width() + 44
KEPT_BYTES = 24 * 1024 * 1024
Index = QModelIndex | QPersistentModelIndex


class Thumbnails(QListView):
    """Follows the pages in ``view`` and leads it: the page that somebody goes to here is shown there."""

    def __init__(self, tasks: Tasks, texts: Texts, view: PageCanvas) -> None:
        super().__init__()
        self._view = view
        self._drawn = DrawnPages(tasks, KEPT_BYTES)
        self._document: OpenDocument | None = None
        self._pages = _Pages(texts)
        self._following = self._leading = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(texts.gettext("Page overview"))
        self.setToolTip(texts.gettext("Arrow keys go from page to page, Enter goes into the page"))
        self._drawn.arrived.connect(lambda _: self.viewport().update())
        self.selectionModel().currentChanged.connect(lambda now, _: self._went(now))
        self.activated.connect(lambda _: view.setFocus())
        view.page_changed.connect(self._follow)
        view.painted.stands.connect(self._soon.start)

    def show_document(self, document: OpenDocument | None) -> None:
        """Show the pages of a document, or nothing."""
        self._document = document
        self._drawn.show(document)
        self._following = True
        self._pages.show(len(document.sizes) if document is not None else 0)
        self._following = False
        self._follow(self._view.page)

    def show_measured(self) -> None:
        """Draw by the sizes that were found out meanwhile."""
        if self._document is not None and self._document.look.mended:
            self._drawn.show(self._document)
        self._pages.show(len(self._document.sizes) if self._document is not None else 0)
        self._soon.start()

    def picture(self, row: int) -> QImage | None:
        """Return a page's picture, None while there is none."""
        return self._drawn.image(self._wanted(row))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what shows."""
        super().showEvent(event)
        self._follow(self._view.page)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw what shows."""
        super().resizeEvent(event)
        self._soon.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw what shows."""
        super().scrollContentsBy(dx, dy)
        self._soon.start()

    def _ask(self) -> None:
        """Have drawn what shows, once the page itself is there."""
        if self._document is None or not self.isVisible() or not self._view.is_sharp():
            return
        top = self.verticalScrollBar().value()
        first, last = max(0, top // ROW), (top + self.viewport().height()) // ROW
        self._drawn.want((), [self._wanted(row) for row in range(first, min(last + 1, self._pages.rowCount()))])

    def _wanted(self, row: int) -> Wanted:
        assert self._document is not None, "there are no rows without"
        return Wanted(row + 1, _scale(self._document.sizes[row]) * self.devicePixelRatioF(), 0)

    def _went(self, now: QModelIndex) -> None:
        if now.isValid() and not self._following:
            self._leading = True
            self._view.go_to(now.row() + 1)
            self._leading = False

    def _follow(self, page: int) -> None:
        """Mark the page that is read; not where it was this list that went there, or several are chosen."""
        if self._leading or len(self.selectedIndexes()) > 1 or not 0 < page <= self._pages.rowCount():
            return
        self._following = True
        self.setCurrentIndex(self._pages.index(page - 1))
        self._following = False


class _Pages(QAbstractListModel):
    """The pages' numbers."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._count = 0

    def show(self, count: int) -> None:
        """Show so many."""
        if count != self._count:
            self.beginResetModel()
            self._count = count
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return the number of pages."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a page's number."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._texts.gettext("Page {page} of {pages}").format(page=index.row() + 1, pages=self._count)
        return None


class _Delegate(QStyledItemDelegate):
    """Draws a page and its number."""

    def __init__(self, strip: Thumbnails) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(PICTURE.width(), ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        palette, chosen = option.palette, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        place = QRect(option.rect.topLeft(), PICTURE)
        place.moveLeft(option.rect.center().x() - PICTURE.width() // 2)
        place.moveTop(option.rect.top() + GRID)
        picture = self._strip.picture(index.row())
        paper = QRectF(place) if picture is None else _fitted(picture, QRectF(place))
        painter.fillRect(paper, QColor(Qt.GlobalColor.white))
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, picture, QRectF(picture.rect()))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(paper)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        number = QRect(option.rect.left(), place.bottom() + 2, option.rect.width(), ROW - PICTURE.height() - GRID)
        painter.drawText(number, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()


def _scale(size: PageSize) -> float:
    across, up = (size.height, size.width) if size.rotation % 180 else (size.width, size.height)
    return float(f"{min(PICTURE.width() / across, PICTURE.height() / up):.4g}")


def _fitted(picture: QImage, place: QRectF) -> QRectF:
    share = min(place.width() / picture.width(), place.height() / picture.height())
    fitted = QRectF(0, 0, picture.width() * share, picture.height() * share)
    fitted.moveCenter(place.center())
    return fitted
