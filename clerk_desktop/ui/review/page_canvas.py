"""Continuous pages in a scroll area, sharp at the screen's real resolution; the window never opens the file itself.

Layout and painting only; what mouse and keys do is ``page_view``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar

from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.reading import PageSize
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.review.drawn_pages import DrawnPages, Wanted
from clerk_desktop.ui.review.layout import GAP, PAPER_SIZE, PageLayout, drawn_scale, fitting_scale, stepped
from clerk_desktop.ui.review.page_painter import paint_outline, paint_picture, paint_refusal, rectangle
from clerk_desktop.ui.review.placing import Ground
from clerk_desktop.ui.review.when_painted import WhenPainted
from clerk_desktop.ui.tasks import Tasks
from clerk_desktop.usecases.pages import OpenDocument

MARGIN = 12
LINE_PIXELS = 48
NEAR_PIXELS = 6
AHEAD = 2
Overlay = Callable[[QPainter, int], None]
"""Paints over the page with this index (from 0), in view coordinates."""


class Zoom(Enum):
    """What the zoom follows."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class PageCanvas(QAbstractScrollArea):
    """``page_changed`` carries the number (from 1) of the page that is read, ``zoom_changed`` the zoom in percent.

    ``drawn`` carries the number of a page whose picture came, or why there is none; ``counted``: their number is new.
    """

    counted = Signal()
    drawn = Signal(int)
    page_changed = Signal(int)
    zoom_changed = Signal(int)

    def __init__(self, tasks: Tasks, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._drawn = DrawnPages(tasks)
        self._drawn.arrived.connect(lambda _: self.viewport().update())
        self._drawn.arrived.connect(self.drawn)
        self._document: OpenDocument | None = None
        self._zoom = Zoom.WIDTH
        self._rotation = self._page = 0
        self.page_layout = PageLayout((), 1.0, 0)
        self.overlays: list[Overlay] = []
        self._outline: tuple[int, Rect] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self.painted = WhenPainted(self.is_sharp)
        self.painted.stands.connect(self._drawn.painted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # always there: coming and going it would change the width, and so the height, and so whether it is needed
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(texts.gettext("Pages of the document"))
        self.verticalScrollBar().setSingleStep(LINE_PIXELS)
        self.horizontalScrollBar().setSingleStep(LINE_PIXELS)

    @property
    def page(self) -> int:
        """The number of the page that is read, from 1; 0 without a document."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.page_layout.frames)

    def first_scale(self) -> Callable[[Sequence[PageSize]], float]:
        """Return how the scale follows at which the first page of the next document is to be drawn; for any thread."""
        room, ratio = self._room(), self.devicePixelRatioF()
        free = self.page_layout.scale if self._zoom is Zoom.FREE else None

        def scale(sizes: Sequence[PageSize]) -> float:
            return drawn_scale(PageLayout(sizes, free or fitting_scale(sizes, 0, *room), 0), 0, ratio)

        return scale

    def show_document(self, document: OpenDocument | None) -> None:
        """Show a document from its first page, or nothing."""
        self._document = document
        self._drawn.show(document)
        self._outline = None
        self._rotation = self._page = 0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def show_measured(self) -> None:
        """Show the document by the sizes that were found out meanwhile, at the same place."""
        if self._document is not None and self._document.look.mended:
            self._drawn.show(self._document)  # what was drawn so far is of the damaged file
        self._arrange()

    def is_sharp(self) -> bool:
        """Whether everything on screen is drawn as it should be, or refused."""
        wanted = [self._wanted(index) for index in self._visible()]
        return all(self._drawn.is_sharp(each) or each.number in self._drawn.failures for each in wanted)

    @property
    def refused(self) -> frozenset[int]:
        """The numbers (from 1) of the pages that could not be drawn; each says why."""
        return frozenset(self._drawn.failures)

    def set_zoom(self, zoom: Zoom) -> None:
        """Follow the width of the view or the page's size."""
        self._zoom = zoom
        self._arrange()

    @property
    def zoom_percent(self) -> int:
        """How large pages are shown, beside the paper."""
        return round(self.page_layout.scale / PAPER_SIZE * 100)

    def zoom_by(self, direction: int) -> None:
        """Go one zoom step up (1) or down (-1)."""
        self._zoom = Zoom.FREE
        self._arrange(stepped(self.page_layout.scale, direction))

    def rotate(self, degrees: int = 90) -> None:
        """Turn the view clockwise; the document stays as it is."""
        self._rotation = (self._rotation + degrees) % 360
        self._arrange()

    def go_to(self, number: int) -> None:
        """Show the top of a page (from 1)."""
        if 1 <= number <= self.pages:
            self.verticalScrollBar().setValue(round(self.page_layout.frames[number - 1].y))

    def show_outline(self, number: int, rect: Rect | None) -> None:
        """Outline a place on page ``number`` and bring it into view; None takes the outline away."""
        self._outline = (number - 1, rect) if rect is not None and 1 <= number <= self.pages else None
        if self._outline is not None and rect is not None:
            self.bring_into_view(number - 1, rect)
        self.viewport().update()

    def bring_into_view(self, index: int, rect: Rect) -> None:
        """Scroll until a place on the page with this index shows."""
        place = self.page_layout.rect_in_view(index, rect)
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        if place.y < top or place.bottom > top + height - 2 * MARGIN:
            self.verticalScrollBar().setValue(round(place.y - height / 3))
        left, width = self.horizontalScrollBar().value(), self.viewport().width()
        if place.x < left or place.x + place.width > left + width:
            self.horizontalScrollBar().setValue(round(place.x - width / 3))

    def ground(self, index: int) -> Ground:
        """Return what a mark on the page with this index has to know of it; near is some pixels as seen."""
        if self._document is None:
            return Ground()
        size, layout = self._document.sizes[index], self.page_layout
        near = NEAR_PIXELS / layout.scale
        return Ground(turn=layout.turn(index), width=size.width, height=size.height, origin=size.origin, reach=near)

    def place_at(self, position: QPointF) -> tuple[int, Point] | None:
        """Return the page's index and the place on it under a position of the viewport."""
        x, y = (position - self.offset()).toTuple()
        index = self.page_layout.at(x, y)
        if index is None or self._document is None or (index > 0 and self._document.look.guessed):
            return None  # no page there, or nobody knows yet where on it
        return index, self.page_layout.to_page(index, x, y)

    def place_near(self, position: QPointF) -> tuple[int, Point]:
        """Return the index of the page at or below a position of the viewport, and the place, perhaps beside it."""
        x, y = (position - self.offset()).toTuple()
        index = 0 if self._document is None or self._document.look.guessed else self.page_layout.nearest(y)
        return index, self.page_layout.to_page(index, x, y)

    def middle(self) -> tuple[int, Point] | None:
        """Return the page in the middle of what shows, and the place there."""
        across = QPointF(self.viewport().rect().center())
        return self.place_at(across) or self.place_at(across - QPointF(0, GAP * 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is visible."""
        painter = QPainter(self.viewport())
        try:
            self._paint(painter, event)
        finally:
            painter.end()  # a painter that outlives an error takes the process with it
        self.painted.look()

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        painter.setClipRegion(event.region())  # so that overlays know what need not be painted
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window).darker(104))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self.offset())
        for index in self._visible():
            self._paint_page(painter, index)
            for overlay in self.overlays:
                overlay(painter, index)
        if self._outline is not None:
            index, rect = self._outline
            paint_outline(painter, rectangle(self.page_layout.rect_in_view(index, rect)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place while the width changes."""
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bars."""
        self.viewport().update()
        self._scrolled()

    def _arrange(self, scale: float | None = None) -> None:
        """Lay the pages out again and stay at the same place of the same page."""
        sizes = self._document.sizes if self._document is not None else ()
        before, value = self.page_layout, self.verticalScrollBar().value()
        share = 0.0
        if before.frames and self._page:
            frame = before.frames[self._page - 1]
            share = (value - frame.y) / max(frame.height, 1.0)
        if self._zoom is not Zoom.FREE:
            scale = fitting_scale(sizes, self._rotation, *self._room(), max(0, self._page - 1))
        self.page_layout = PageLayout(sizes, scale or before.scale, self._rotation)
        bar = self.verticalScrollBar()
        _reach(bar, self.viewport().height(), self.page_layout.height)
        _reach(self.horizontalScrollBar(), self.viewport().width(), self.page_layout.width)
        if self.page_layout.frames and self._page:
            frame = self.page_layout.frames[self._page - 1]
            bar.setValue(round(frame.y + share * frame.height))
        self.zoom_changed.emit(self.zoom_percent)
        if len(before.frames) != len(sizes):
            self.counted.emit()
        self.viewport().update()
        self._scrolled()

    def _room(self) -> tuple[float, float | None]:
        """Return the width that pages fit, and the height where they fit that as well."""
        width = max(50.0, self.viewport().width() - 2.0 * MARGIN)
        height = max(50.0, self.viewport().height() - 2.0 * MARGIN)
        return width, height if self._zoom is Zoom.PAGE else None

    def _scrolled(self) -> None:
        number = 0
        if self.page_layout.frames:
            number = self.page_layout.nearest(self.verticalScrollBar().value() + GAP + self.viewport().height() / 4) + 1
        if number != self._page:
            self._page = number
            self.page_changed.emit(number)
        self._soon.start()

    def _ask(self) -> None:
        visible = self._visible()
        later = range(visible.stop, min(visible.stop + AHEAD, self.pages))
        self._drawn.want([self._wanted(index) for index in visible], [self._wanted(index) for index in later])
        self.painted.expect(anything=bool(visible))

    def _visible(self) -> range:
        top = self.verticalScrollBar().value() - MARGIN
        return self.page_layout.visible(top, top + self.viewport().height())

    def _wanted(self, index: int) -> Wanted:
        return Wanted(index + 1, drawn_scale(self.page_layout, index, self.devicePixelRatioF()), self._rotation)

    def offset(self) -> QPoint:
        """Return where view coordinates begin in the viewport."""
        spare = self.viewport().width() - self.page_layout.width
        left = max(float(MARGIN), spare / 2) - self.horizontalScrollBar().value()
        return QPoint(round(left), MARGIN - self.verticalScrollBar().value())

    def _paint_page(self, painter: QPainter, index: int) -> None:
        frame = rectangle(self.page_layout.frames[index])
        painter.fillRect(frame, QColor(Qt.GlobalColor.white))
        image = self._drawn.image(self._wanted(index))
        if image is not None:
            paint_picture(painter, frame, image, self.offset(), self.devicePixelRatioF())
        error = self._drawn.failures.get(index + 1)
        if error is not None:
            paint_refusal(painter, frame, self._texts.sentence(error))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(frame)


def _reach(bar: QScrollBar, seen: int, whole: float) -> None:
    """Let a scroll bar go over pages that are so long, in pixels, of which so many are seen at once."""
    bar.setPageStep(seen)
    bar.setRange(0, max(0, round(whole + 2 * MARGIN - seen)))
