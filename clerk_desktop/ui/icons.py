"""Icons of one family (Tabler, MIT; ``resources/icons/LICENSE``), drawn in the colour of the text they stand beside."""

from __future__ import annotations

from enum import Enum
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from clerk_desktop.system.resources import resources_folder

CURRENT = b"currentColor"
TO_PALETTE = {
    QIcon.Mode.Normal: (QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText),
    QIcon.Mode.Active: (QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText),
    QIcon.Mode.Selected: (QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
    QIcon.Mode.Disabled: (QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText),
}


class Icon(Enum):
    """The icons that the window uses; the value is the file's name in ``resources/icons``."""

    INBOX = "inbox"
    MINE = "user"
    RESUBMISSION = "calendar-event"
    CASES = "folders"
    TRANSFERS = "arrows-exchange"
    SETTINGS = "settings"
    MENU = "menu-2"
    SEARCH = "search"
    DONE = "circle-check"
    ATTENTION = "alert-triangle"
    CLOSE = "x"
    RIGHT = "chevron-right"
    LEFT = "chevron-left"
    DOCUMENT = "file-text"
    ROTATE = "rotate-clockwise"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    FIT_WIDTH = "arrow-autofit-width"
    FIT_PAGE = "file-description"
    SELECT = "pointer"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikethrough"
    NOTE = "note"
    FREE_TEXT = "text-size"
    INK = "pencil"
    SQUARE = "rectangle"
    ARROW = "arrow-up-right"
    STAMP = "rubber-stamp"
    UNDO = "arrow-back-up"
    REDO = "arrow-forward-up"
    HISTORY = "history"
    COLUMNS = "columns-3"
    SCAN = "scan"
    SMALL_PAGES = "layout-sidebar"
    EXPORT = "download"
    PIN = "pin"
    WAVE = "wave-sine"
    CIRCLE = "circle"
    LINE = "line"
    POLYGON = "polygon"
    CLOUD = "cloud"
    POLYLINE = "timeline"
    CARET = "cursor-text"
    CLIP = "paperclip"
    MICROPHONE = "microphone"
    LINK = "link"
    ERASER = "eraser"
    FILM = "movie"
    FORM = "forms"
    DROP = "droplet"


def icon(name: Icon, *, on_selection: bool = False) -> QIcon:
    """Return an icon that takes its colour from the palette whenever it is drawn.

    ``on_selection``: it always stands on the colour of what is chosen, as that of a checked button does.
    """
    return QIcon(_Engine(name, on_selection=on_selection))


def draw(painter: QPainter, place: QRectF, name: Icon, colour: QColor) -> None:
    """Draw an icon in one colour, whatever the palette says."""
    _renderer(name, colour.name()).render(painter, place)


class _Engine(QIconEngine):
    """Draws the SVG in the palette's colour, so that a change of theme needs no new icons."""

    def __init__(self, name: Icon, *, on_selection: bool) -> None:
        super().__init__()
        self._name = name
        self._on_selection = on_selection

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into ``rect``."""
        side = min(rect.width(), rect.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        _renderer(self._name, self._colour(mode, state)).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as pixels; those of before where nothing changed, for buttons ask at each picture."""
        key = f"{self._name.value} {self._colour(mode, state)} {size.width()}x{size.height()}"
        made = QPixmap()
        if QPixmapCache.find(key, made):
            return made
        made = QPixmap(size)
        made.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, made)
        return made

    def clone(self) -> QIconEngine:
        """Return an engine of its own for a copy of the icon."""
        return _Engine(self._name, on_selection=self._on_selection)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        chosen = self._on_selection or state is QIcon.State.On
        group, role = TO_PALETTE[QIcon.Mode.Selected if chosen and mode is not QIcon.Mode.Disabled else mode]
        return QGuiApplication.palette().color(group, role).name()


@cache
def _renderer(name: Icon, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(CURRENT, colour.encode())))


@cache
def _source(name: Icon) -> bytes:
    return (resources_folder() / "icons" / f"{name.value}.svg").read_bytes()
