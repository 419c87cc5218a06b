"""Text and icons on rendered widgets, in every state and scheme: measured on pixels, not on the theme's constants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application, wear
from clerk_desktop.ui.frame.hit_list import HitList
from clerk_desktop.ui.frame.message_bar import MessageBar
from clerk_desktop.ui.frame.rail import Rail
from clerk_desktop.ui.icon_button import icon_button
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.places import Command
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.ui.two_lines import TwoLineList, TwoLines
from clerk_desktop.ui.workplace import Message, Place
from tests.ui.stage import Stage, scene, settle

SCHEMES = [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST]
ZOOM = 4  # so that strokes are wider than a pixel and show their full colour
EDGE = 4  # a border or a focus ring is not the text
ENOUGH, DISABLED = 4.5, 3.0
TEXTS = Texts.for_language("de")


def picture(widget: QWidget) -> QImage:
    image = QImage(widget.size() * ZOOM, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ZOOM)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return image


def contrast(widget: QWidget, place: QRect | None = None) -> float:
    """The contrast of what stands in a place of a widget with the ground it stands on."""
    area = (place or widget.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
    image = picture(widget)
    colours = Counter(
        image.pixel(x, y)
        for x in range(area.left() * ZOOM, area.right() * ZOOM, 2)
        for y in range(area.top() * ZOOM, area.bottom() * ZOOM)
    )
    seen = [(luminance(QColor(pixel)), count) for pixel, count in colours.items()]
    ground = max(seen, key=lambda each: each[1])[0]
    return max((max(ground, each) + 0.05) / (min(ground, each) + 0.05) for each, count in seen if count > 2)


def luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (float(colour.redF()), float(colour.greenF()), float(colour.blueF()))
    ]
    return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])


class Board:
    """A window in a scheme, on which widgets are laid out."""

    def __init__(self, qtbot: QtBot, scheme: Scheme) -> None:
        application(TEXTS, scheme)
        self.scheme = scheme
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self._column = QVBoxLayout(self.window)
        self.elsewhere = QLineEdit()
        self._column.addWidget(self.elsewhere)

    def put(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._column.addWidget(widget)
        self.window.show()
        self.window.activateWindow()
        self.elsewhere.setFocus()
        QApplication.processEvents()


@pytest.fixture(params=SCHEMES, ids=lambda scheme: scheme.value)
def board(qtbot: QtBot, request: pytest.FixtureRequest) -> Board:
    return Board(qtbot, request.param)


def push(text: str, **properties: object) -> QPushButton:
    button = QPushButton(text)
    for name, value in properties.items():
        button.setProperty(name, value)
    return button


def checkable(name: Icon) -> QToolButton:
    button = icon_button(name, "Markieren")
    button.setCheckable(True)
    return button


def default() -> QPushButton:
    button = QPushButton("Anlegen")
    button.setDefault(True)
    return button


def worded() -> QToolButton:
    button = checkable(Icon.STAMP)
    button.setText("Stempel")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


BUTTONS: dict[str, Callable[[], QPushButton | QToolButton]] = {
    "push": lambda: push("Ablegen"),
    "primary": lambda: push("Anmelden", primary=True),
    "default": default,
    "icon": lambda: checkable(Icon.HIGHLIGHT),
    "icon and text": worded,
}


def states(button: QPushButton | QToolButton, board: Board) -> Iterator[tuple[str, float]]:
    """Bring a button into each state by mouse and keys; the contrast that it must have there."""
    left, middle = Qt.MouseButton.LeftButton, button.rect().center()
    yield "normal", ENOUGH
    QTest.mouseMove(button, middle)
    QApplication.processEvents()
    assert button.underMouse()
    yield "hovered", ENOUGH
    QTest.mousePress(button, left, pos=middle)
    yield "pressed", ENOUGH
    QTest.mouseRelease(button, left, pos=middle)
    yield "hovered again", ENOUGH
    QTest.mouseMove(board.elsewhere, QPoint(3, 3))
    QApplication.processEvents()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    yield "focused", ENOUGH
    button.setEnabled(False)
    yield "disabled", DISABLED


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_is_read_in_every_state(board: Board, name: str) -> None:
    button = BUTTONS[name]()
    board.put(button)
    poor = [f"{state}: {found:.2f}" for state, least in states(button, board) if (found := contrast(button)) < least]
    assert poor == []


def ring(before: QImage, after: QImage) -> float:
    """How many logical pixels differ by 3:1 or more, as often as the outline of the picture is long."""
    width, height = before.width(), before.height()
    pairs = ((before.pixel(x, y), after.pixel(x, y)) for x in range(width) for y in range(height))
    differ = Counter(pair for pair in pairs if pair[0] != pair[1])
    seen = 0
    for (was, now), count in differ.items():
        dark, light = sorted((luminance(QColor(was)), luminance(QColor(now))))
        seen += count * ((light + 0.05) / (dark + 0.05) >= DISABLED)
    return seen / ZOOM / 2 / (width + height)


@pytest.mark.parametrize("name", [*BUTTONS, "checked", "field"])
def test_what_has_the_keys_is_seen_in_every_scheme(board: Board, name: str) -> None:
    part: QWidget = QLineEdit() if name == "field" else checkable(Icon.PIN) if name == "checked" else BUTTONS[name]()
    if isinstance(part, QToolButton):
        part.setChecked(name == "checked")
    board.put(part)
    before = picture(part)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring(before, picture(part)) > 0.8  # corners are round, and the style draws a line less where it is thin


def test_what_is_disabled_looks_other_than_what_can_be_pressed(board: Board) -> None:
    for make in BUTTONS.values():
        button = make()
        board.put(button)
        before = picture(button)
        button.setEnabled(False)
        assert picture(button) != before


def test_fields_boxes_and_labels_are_read(board: Board) -> None:
    line, choice, box = QLineEdit("32.10-2026/018"), QComboBox(), QCheckBox("braucht Hilfe")
    choice.addItem("Antrag")
    empty = QLineEdit()
    empty.setPlaceholderText("Filtern")
    muted, needs_help, done = QLabel("Stand 08:40"), QLabel("▲ fehlt"), QLabel("✓ fertig")
    muted.setProperty("muted", True)
    needs_help.setProperty("tone", "help")
    done.setProperty("tone", "done")
    fields = (line, choice, box, empty, muted, needs_help, done)
    board.put(*fields)
    assert {each: contrast(each) for each in fields if contrast(each) < ENOUGH} == {}
    line.setFocus()
    line.selectAll()
    assert contrast(line) >= ENOUGH
    for each in (line, choice, box):
        each.setEnabled(False)
        assert contrast(each) >= DISABLED


@pytest.mark.parametrize("before", SCHEMES, ids=lambda scheme: scheme.value)
def test_headings_among_hits_are_read_also_after_a_change_of_looks(board: Board, before: Scheme) -> None:
    program, chosen = QApplication.instance(), board.scheme
    assert isinstance(program, QApplication)
    wear(program, before)
    field = QLineEdit()
    board.put(field)
    hits = HitList(field, "Treffer")
    found = Command(text="32.10-2026/018", run=field.clear)
    hits.show_below(field, (("Vorgänge", (found,)),), "Nur hier gesucht", keep=False)
    wear(program, chosen)
    (rows,) = hits.findChildren(QListWidget)
    places = [rows.visualItemRect(rows.item(row)).adjusted(2, 2, -2, -2) for row in (0, 2)]
    assert [place for place in places if contrast(rows, place) < ENOUGH] == []
    assert rows.verticalScrollBar().maximum() == 0


def test_the_box_of_a_choice_is_seen_ticked_or_not_and_with_the_focus(board: Board) -> None:
    box = QCheckBox("braucht Hilfe")
    board.put(box)
    option = QStyleOptionButton()
    option.initFrom(box)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    seen = [picture(box)]
    assert contrast(box, place.adjusted(-EDGE, -EDGE, EDGE, EDGE)) >= DISABLED
    box.setChecked(True)
    assert contrast(box, place) >= DISABLED
    seen.append(picture(box))
    box.setFocus()
    seen.append(picture(box))
    assert all(before != after for before, after in pairwise(seen))


def test_tabs_rows_places_and_messages_are_read(board: Board) -> None:
    tabs, rows = QTabWidget(), TwoLineList("Briefe")
    rail, messages = Rail(PLACES, TEXTS), MessageBar(TEXTS)
    for title in ("Anmerkungen", "Angaben"):
        tabs.addTab(QWidget(), title)
    rows.show_rows(
        [
            TwoLines(key=key, title="Antrag", details="23.11.", symbol=Icon.DOCUMENT, help=key == "c")
            for key in ("a", "b", "c")
        ],
        "a",
    )
    rail.choose(Place.CASES)
    board.put(tabs, rows, rail, messages)
    messages.show_message(Message(text="Abgelegt.", action=("Rückgängig", lambda: None)))
    QApplication.processEvents()
    for number in (0, 1):
        assert contrast(tabs.tabBar(), tabs.tabBar().tabRect(number)) >= ENOUGH
    for row in range(3):
        assert contrast(rows.viewport(), rows.visualRect(rows.lines.index(row, 0))) >= ENOUGH
    for button in (*rail.findChildren(QToolButton), *messages.findChildren(QToolButton)):
        if button.isVisible():
            QTest.mouseMove(button, button.rect().center())
            QApplication.processEvents()
            assert contrast(button.window(), within(button)) >= ENOUGH, button.text()


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.value)
def test_every_settings_page_is_read(stage: Stage, scheme: Scheme) -> None:
    session = scene(stage).open()
    application(TEXTS, scheme)
    session.window.go(Place.SETTINGS)
    view = session.window.view
    assert isinstance(view, SettingsPlace)
    poor = []
    for number in range(view.tabs.count()):
        view.tabs.setCurrentIndex(number)
        settle(session)
        page = view.tabs.currentWidget()
        for each in page.findChildren(QWidget):
            said = each.currentText() if isinstance(each, QComboBox) else getattr(each, "text", str)()
            least = ENOUGH if each.isEnabled() else DISABLED
            if each.isVisible() and said and (found := contrast(each)) < least:
                poor.append(f"{number + 1}: {said!r} {found:.2f}")
    assert poor == []


def within(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_a_system_that_changes_its_colours_or_contrast_changes_ours_while_the_window_is_open(qtbot: QtBot) -> None:
    program, hints = application(TEXTS, Scheme.SYSTEM), QApplication.styleHints()
    ours = program.palette()
    for changed, value in (
        (hints.colorSchemeChanged, Qt.ColorScheme.Light),
        (hints.accessibility().contrastPreferenceChanged, Qt.ContrastPreference.NoPreference),
    ):
        program.setPalette(QColor("purple"))
        assert program.palette() != ours
        changed.emit(value)
        assert program.palette() == ours
