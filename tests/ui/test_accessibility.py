"""A walk over all windows: every control has a name and is reached by Tab, no text is cut, contrast suffices."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import permutations
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)

from clerk_desktop import ui
from clerk_desktop.model.errors import ExitCode, StoreDamaged
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.system.locks import Role
from clerk_desktop.system.settings import SCANNER_SEARCH_SECONDS
from clerk_desktop.ui.case.disposition_dialog import DispositionDialog
from clerk_desktop.ui.help import HelpDialog
from clerk_desktop.ui.inbox.sheets_dialog import SheetsDialog
from clerk_desktop.ui.new_case_dialog import NewCaseDialog
from clerk_desktop.ui.scan.dialog import ScanDialog
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.sign_out_dialog import SignOutDialog, read_leaving
from clerk_desktop.ui.text_question import TextQuestion
from clerk_desktop.ui.theme import CONTRAST, DARK, GRID, LIGHT, Colours
from clerk_desktop.ui.trouble_dialog import TroubleDialog, WayOut
from clerk_desktop.ui.unlock_dialog import UnlockDialog
from clerk_desktop.ui.welcome.dialog import SignInDialog, WelcomeDialog
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, scene, settle

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)
SIZES = ((1280, 720), (960, 540))
"""The second is what a screen of 1920x1080 leaves at a scale of 200 %."""
CATALOGUE = Path(__file__).parents[2] / "i18n" / "de" / "LC_MESSAGES" / "clerk_desktop.po"


def windows(stage: Stage, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Show one window after the other, each with something in it."""
    with stage.store.write() as writing:
        hindered = RoundResult(exit_code=ExitCode.FAILED, error="DiskFull")
        writing.rounds.note(Role.INTAKE, hindered)  # the sign of it stands in the header
    session = stage.open(size=size)
    for place in Place:
        session.window.go(place)
        settle(session)
        yield place.value, session.window
        view = session.window.view
        if place is Place.CASES and isinstance(view, WorklistPlace):
            press(view.table, Qt.Key.Key_Return)
            settle(session)
            yield from pages("case", session, view.panel.tabs)
        if isinstance(view, SettingsPlace):
            yield from pages("settings", session, view.tabs)
    yield from dialogs(stage, session)


def pages(name: str, session: WindowSession, tabs: QTabWidget) -> Iterator[tuple[str, QWidget]]:
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        settle(session)
        yield f"{name}/{tab + 1}", session.window


def dialogs(stage: Stage, session: WindowSession) -> Iterator[tuple[str, QWidget]]:
    texts = stage.texts
    welcome = WelcomeDialog(session.workplace, lambda: None, session.window)
    stage.desk.settings.put(SCANNER_SEARCH_SECONDS, 0.0)
    leaving = read_leaving(stage.desk)
    assert leaving is not None
    way_out = WayOut(
        button=texts.gettext("Repair or begin anew"),
        act=lambda folder: [],
        files=texts.gettext("Folder for unsent work that cannot stay here"),
    )
    made: list[tuple[str, QWidget]] = [
        ("welcome", welcome),
        ("sign in", SignInDialog(session.workplace, session.window)),
        ("sign out", SignOutDialog(session.workplace, leaving, session.window)),
        ("new case", NewCaseDialog(texts, (), "", "", session.window)),
        ("disposition", DispositionDialog(texts, (), (), None, session.window)),
        ("new passphrase", UnlockDialog(texts, new=True, refused=False, parent=session.window)),
        ("help", HelpDialog(texts, session.window)),
        ("sheets", SheetsDialog(session.workplace, session.window)),
        ("line", TextQuestion(texts, texts.gettext("Paper box"), texts.gettext("Batch number"), "", None, lines=False)),
        ("text", TextQuestion(texts, texts.gettext("Note"), texts.gettext("Text of the mark"), "", None, lines=True)),
        ("scan", ScanDialog(session.workplace, session.window)),
        ("passphrase", UnlockDialog(texts, new=False, refused=True, parent=session.window)),
        ("trouble", TroubleDialog(texts, StoreDamaged(), way_out)),
    ]
    for name, dialog in made:
        dialog.show()
        settle(session)
        yield name, dialog
        if dialog is welcome:
            for page, button in ((1, welcome.begin), (2, welcome.later)):
                press(button, Qt.Key.Key_Space)
                settle(session)
                assert welcome.pages.currentIndex() == page
                yield f"{name}/{page}", dialog
        dialog.close()


def shown(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """The visible controls that are ours, not parts of a control."""
    inner = ("qt_", "ScrollLeftButton", "ScrollRightButton")
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisible()
        and not widget.objectName().startswith(inner)
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)
    ]


def lies_outside(widget: QWidget) -> bool:
    """Whether a part of it cannot be seen even by scrolling, since pages scroll only down."""
    holder, left = widget.parentWidget(), widget.x()
    while holder is not None:
        if left < 0 or left + widget.width() > holder.width():
            return True
        left += holder.x()
        holder = None if holder.isWindow() else holder.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} {getattr(widget, 'text', str)()!r}"


def test_no_dialog_of_the_program_is_left_out(stages: MakeStage) -> None:
    stage = scene(stages())
    walked = {type(dialog) for _, dialog in dialogs(stage, stage.open())}
    for module in walk_packages(ui.__path__, f"{ui.__name__}."):
        import_module(module.name)
    ours = {each for each in QDialog.__subclasses__() if each.__module__.startswith(ui.__name__)}
    assert {each.__name__ for each in ours - walked} == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_control_of_every_window_has_a_name(stages: MakeStage, language: str) -> None:
    stage = scene(stages(language=language))
    unnamed = [
        f"{place}: {told(widget)}"
        for place, window in windows(stage, SIZES[0])
        for widget in shown(window, *CONTROLS)
        if not name_of(widget).strip()
    ]
    assert unnamed == []


def test_every_button_and_field_of_the_window_tells_its_purpose_in_a_tooltip(stages: MakeStage) -> None:
    stage = scene(stages())
    silent = [
        f"{place}: {told(widget)}"
        for place, window in windows(stage, SIZES[0])
        if window is not None and window.inherits("QMainWindow")
        for widget in shown(window, QAbstractButton, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QComboBox)
        if not widget.toolTip()
    ]
    assert silent == []


def test_tab_reaches_every_control(stages: MakeStage) -> None:
    stage = scene(stages())
    missed = []
    for place, window in windows(stage, SIZES[0]):
        window.activateWindow()
        wanted = [
            widget
            for widget in shown(window, *CONTROLS)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        ]
        reached: set[QWidget] = set()
        for _ in range(3 * len(window.findChildren(QWidget))):
            focus = QApplication.focusWidget()
            if focus in reached:
                break
            if focus is not None:
                reached.add(focus)
            press(focus or window, Qt.Key.Key_Tab)
        # of a group of radio-like buttons Tab reaches the chosen one; arrow keys the others
        groups = {button.group() for button in reached if isinstance(button, QAbstractButton) and button.group()}
        missed += [
            f"{place}: {told(widget)}"
            for widget in wanted
            if widget not in reached
            and widget.focusProxy() not in reached
            and not (isinstance(widget, QAbstractButton) and widget.group() in groups)
        ]
    assert missed == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_a_button_or_label_is_cut(stages: MakeStage, language: str, size: tuple[int, int]) -> None:
    stage = scene(stages(language=language))
    cut = []
    for place, window in windows(stage, size):
        for widget in shown(window, QAbstractButton, QLabel):
            text = getattr(widget, "text", str)()
            if not text or (isinstance(widget, QLabel) and (widget.wordWrap() or widget.property("heading"))):
                continue
            if lies_outside(widget):
                cut.append(f"{place}: {text!r} reaches out of what holds it")
            if widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1:
                cut.append(f"{place}: {text!r} {widget.width()} of {widget.sizeHint().width()}")
    assert "\n".join(cut) == ""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_tab_of_a_case_shows_its_whole_name_and_no_part_lies_under_another(
    stages: MakeStage, language: str, size: tuple[int, int]
) -> None:
    stage = scene(stages(language=language))
    session = stage.open(size=size)
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    press(view.table, Qt.Key.Key_Return)
    settle(session)
    panel = view.panel
    parts = (panel.documents, panel.pane, panel.tabs)
    left = [part.mapTo(session.window, part.rect().topLeft()).x() for part in parts]
    for part, start, following in zip(parts, left, (*left[1:], session.window.width()), strict=True):
        assert start + part.width() <= following
    bar = panel.tabs.tabBar()
    for tab in range(bar.count()):
        assert bar.tabRect(tab).right() < bar.width()
        assert bar.tabRect(tab).width() >= bar.fontMetrics().horizontalAdvance(bar.tabText(tab))
    arrows = [each for each in bar.findChildren(QToolButton) if each.isVisible()]
    assert arrows == []


def test_no_field_or_button_touches_the_one_beside_it(stages: MakeStage) -> None:
    stage = scene(stages())
    touching = []
    for place, window in windows(stage, SIZES[0]):
        controls = shown(window, QPushButton, QLineEdit, QComboBox, QAbstractSpinBox)
        frames = [(each, QRect(each.mapTo(window, QPoint()), each.size())) for each in controls]
        touching += [
            f"{place}: {told(one)} and {told(other)}"
            for (one, left), (other, right) in permutations(frames, 2)
            if left.adjusted(0, 0, GRID - 1, 0).intersects(right) and left.left() < right.left()
        ]
    assert touching == []


@pytest.mark.slow
def test_no_text_is_cut_on_a_screen_of_twice_the_density() -> None:
    """Qt takes its scale once, at the start of a program: so the walk above is another program's."""
    walks = (
        test_no_text_of_a_button_or_label_is_cut,
        test_every_tab_of_a_case_shows_its_whole_name_and_no_part_lies_under_another,
    )
    named = [f"{Path(__file__).as_posix()}::{walk.__name__}" for walk in walks]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *named]
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stdout[-3000:]
    assert "8 passed" in done.stdout


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_is_left_in_the_other_language(stages: MakeStage, language: str) -> None:
    stage = scene(stages(language=language))
    foreign = patterns(written_in="en" if language == "de" else "de")
    left = {
        f"{place}: {part!r}"
        for place, window in windows(stage, SIZES[0])
        for text in texts_of(window)
        for part in re.split(r"\n|  ·  |   ·   ", text)
        if foreign.fullmatch(part.strip())
    }
    assert left == set()


GAP = re.compile(r"\{\w+\}")


def patterns(written_in: str) -> re.Pattern[str]:
    """What matches any text of the program in that language with its gaps filled, unless the other one has it too."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="de") if message.id]
    both = [(_forms(message.id), _forms(message.string)) for message in messages]
    sides = both if written_in == "en" else [(german, english) for english, german in both]
    other = {text for _, there in sides for text in there}
    known = {text for texts, _ in sides for text in texts if text not in other}
    said = [text for text in known if len(re.findall(r"[^\W\d_]", GAP.sub("", text))) > 3]
    return re.compile("|".join(r".+?".join(map(re.escape, GAP.split(text))) for text in said))


def _forms(texts: object) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts) if isinstance(texts, list | tuple) else ()


def texts_of(window: QWidget) -> Iterator[str]:
    """Everything that is written in a window or said of it: labels, tips, names, and what lists and menus hold."""
    yield window.windowTitle()
    for widget in shown(window, QWidget):
        yield from (getattr(widget, "text", str)(), widget.toolTip(), widget.accessibleName())
        yield from (action.text() for action in widget.actions())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model, top = view.model(), QModelIndex()
    if isinstance(view, QHeaderView):
        yield from (str(model.headerData(number, view.orientation()) or "") for number in range(view.count()))
        return
    columns = model.columnCount(top) if isinstance(view, QTableView) else 1
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(model.rowCount(top)):
        for column in range(columns):
            yield from (str(model.index(row, column, top).data(role) or "") for role in roles)


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_every_text_colour_has_enough_contrast_on_its_ground(colours: Colours) -> None:
    pairs = [
        (colours.on_accent, colours.accent),
        (colours.on_selection, colours.selection),
        *(
            (text, ground)
            for text in (colours.text, colours.muted, colours.action_needed, colours.done, colours.accent)
            for ground in (colours.window, colours.base, colours.alternate)
        ),
    ]
    weak = [(text, ground) for text, ground in pairs if contrast(text, ground) < 4.5]
    assert weak == []


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    known = QColor(colour)
    parts = (float(known.redF()), float(known.greenF()), float(known.blueF()))
    red, green, blue = (part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
