"""Flaws that a careful look at every picture found: each as a relation between what stands where."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.model.account import SignInKind
from clerk_desktop.model.disposition import DISPOSITIONS
from clerk_desktop.model.document import Document
from clerk_desktop.model.errors import KeyLost, RoleTaken
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.ui.case.disposition_dialog import DispositionDialog
from clerk_desktop.ui.frame.rail_button import RailButton
from clerk_desktop.ui.help import PICTURE, HelpDialog
from clerk_desktop.ui.inbox.sheets_dialog import SheetsDialog
from clerk_desktop.ui.review.page_painter import paint_outline
from clerk_desktop.ui.settings.offline import DaysField
from clerk_desktop.ui.settings.place import SettingsPlace
from clerk_desktop.ui.sign_out_dialog import SignOutDialog, read_leaving
from clerk_desktop.ui.trouble_dialog import TroubleDialog, WayOut
from clerk_desktop.ui.welcome.dialog import SignInDialog
from clerk_desktop.ui.welcome.scan_folder import ScanFolderPage
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import PDF, Stage, press, scene, settle

ADDRESS = "https://dms.town.example/alfresco/api/-default-/public/cmis/versions/1.1/browser"
LONG = "Erneuerung der Beleuchtung in der Grundschule am Weinberg und in allen Sporthallen der Stadt"


def text_begins(field: QLineEdit, around: QWidget) -> int:
    field.setCursorPosition(0)
    cursor: QRect = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return field.mapTo(around, cursor.topLeft()).x()


def default_of(dialog: QWidget) -> list[str]:
    return [each.text() for each in dialog.findChildren(QPushButton) if each.isVisible() and each.isDefault()]


def settings(stage: Stage, page: int) -> SettingsPlace:
    session = stage.open()
    session.window.go(Place.SETTINGS)
    place = session.window.view
    assert isinstance(place, SettingsPlace)
    place.tabs.setCurrentIndex(page)
    settle(session)
    return place


def test_a_number_begins_where_the_texts_above_it_begin(qtbot: QtBot, stage: Stage) -> None:
    dialog = SheetsDialog(stage.open().workplace)
    qtbot.addWidget(dialog)
    dialog.show()
    (number,) = dialog.count.findChildren(QLineEdit)
    assert text_begins(number, dialog) == pytest.approx(text_begins(dialog.case, dialog), abs=1)


def test_the_report_on_the_workstation_is_as_high_as_its_lines(stage: Stage) -> None:
    doctor = settings(stage, 3).doctor
    line = doctor.report.fontMetrics().lineSpacing()
    before = doctor.report.height()
    assert before < 6 * line
    press(doctor.look, Qt.Key.Key_Space)
    assert stage.session is not None
    settle(stage.session)
    last = doctor.report.document().lastBlock()
    below = doctor.report.blockBoundingGeometry(last).translated(doctor.report.contentOffset()).bottom()
    assert doctor.report.verticalScrollBar().maximum() == 0
    assert 0 <= doctor.report.viewport().height() - below < line
    assert before < doctor.report.height() < doctor.height()


def test_a_long_address_does_not_break_the_heading_of_signing_out(qtbot: QtBot, stage: Stage) -> None:
    session = stage.open()
    leaving = read_leaving(stage.desk)
    assert leaving is not None
    account = dataclasses.replace(leaving.holder.account, url=ADDRESS)
    leaving = dataclasses.replace(leaving, holder=dataclasses.replace(leaving.holder, account=account))
    dialog = SignOutDialog(session.workplace, leaving)
    qtbot.addWidget(dialog)
    dialog.show()
    labels = dialog.findChildren(QLabel)
    (heading,) = (label for label in labels if label.property("title"))
    assert heading.height() < 2 * heading.fontMetrics().lineSpacing()
    assert [ADDRESS in label.text() for label in labels].count(True) == 1
    assert default_of(dialog) == ["Abmelden"]


def test_the_order_is_as_high_as_its_rows_and_names_them_whole(qtbot: QtBot, stage: Stage) -> None:
    letter = Document(document_id=DocumentId("a"), municipality="blomberg", title=LONG, subject=LONG)
    dialog = DispositionDialog(stage.texts, (), (letter,), None)
    qtbot.addWidget(dialog)
    dialog.show()
    heights = {}
    for kind in (*DISPOSITIONS, EventKind.TO_FILES):
        dialog.kind.setCurrentIndex(DISPOSITIONS.index(kind))
        qtbot.wait(0)
        heights[kind] = dialog.height()
        names = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
        assert all(label.width() >= label.sizeHint().width() for label in names)
    assert heights[EventKind.TO_FILES] < heights[EventKind.FOR_INFORMATION] < heights[EventKind.CO_SIGNATURE]


def test_pages_show_that_they_have_the_keys(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße")
    stage.document("Antrag", PDF, case_id=case.case_id)
    session = stage.open()
    session.window.open_case(case.case_id)
    settle(session)
    place = session.window.view
    assert isinstance(place, WorklistPlace)
    view = place.panel.pane.view
    accent = view.palette().color(QPalette.ColorRole.Accent)
    edge = QPoint(0, view.viewport().height() // 2)

    def colour() -> QColor:
        return view.viewport().grab().toImage().pixelColor(edge)

    place.panel.documents.setFocus()
    settle(session)
    assert colour() != accent
    view.setFocus()
    settle(session)
    assert colour() == accent


def test_an_outlined_line_and_the_lines_around_it_can_be_read(qtbot: QtBot) -> None:
    place, pitch = QRectF(10, 40, 60, 8), 11
    page = QImage(80, 90, QImage.Format.Format_RGB32)
    page.fill(QColor("black"))  # wherever a letter may be
    painter = QPainter(page)
    paint_outline(painter, place)
    painter.end()
    rows = [page.pixelColor(40, row) for row in range(90)]
    untouched = [row for row, colour in enumerate(rows) if colour == QColor("black")]
    assert set(range(41, 47)) <= set(untouched)
    for line in (40 - pitch, 40 + pitch):  # all of it but the pixel that lies nearest
        assert len(set(range(line, line + 8)) & set(untouched)) >= 7


def test_one_day_is_one_day(qtbot: QtBot, stage: Stage) -> None:
    field = DaysField(stage.texts)
    qtbot.addWidget(field)
    field.setRange(0, 30)
    field.setDecimals(1)
    told = []
    for value in (7, 1, 0.5, 2):
        field.setValue(value)
        told.append(field.text())
    assert told == ["7 Tage", "1 Tag", "0,5 Tage", "2 Tage"]


def test_nothing_stands_empty_below_the_watched_folders(stage: Stage) -> None:
    folder = stage.home / "scans"
    folder.mkdir(parents=True)
    stage.desk.scan_folders.add(folder, "blomberg")
    page = settings(stage, 1).folders
    last = page.list.visualItemRect(page.list.item(0))
    below = page.list.viewport().height() - last.bottom()
    bar = page.list.horizontalScrollBar()
    assert below < bar.sizeHint().height()
    assert page.list.viewport().rect().contains(last.left(), last.bottom())


def test_a_long_path_is_seen_whole_above_its_scroll_bar(qtbot: QtBot, stage: Stage) -> None:
    folder = stage.home / ("lang" * 40) / "scans"
    folder.mkdir(parents=True)
    stage.desk.scan_folders.add(folder, "blomberg")
    session = stage.open()
    page = ScanFolderPage(session.workplace)
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show()
    settle(session)
    last = page.list.visualItemRect(page.list.item(0))
    assert page.list.horizontalScrollBar().maximum() > 0
    assert page.list.viewport().height() > last.bottom()


def test_enter_in_a_field_opens_no_choice_of_files(qtbot: QtBot, stage: Stage) -> None:
    session = stage.open()
    dialog = SignInDialog(session.workplace)
    qtbot.addWidget(dialog)
    form = dialog.page.form
    dialog.show()
    settle(session)
    form.kind.setCurrentIndex(form.kind.findData(SignInKind.CERTIFICATE.value))
    assert form.choose.isVisible()
    assert form.choose.text() not in default_of(dialog)


def test_the_way_out_of_trouble_is_its_first_button(qtbot: QtBot, stage: Stage) -> None:
    way = WayOut(button="Begin anew", act=lambda _: [], files="Folder")
    for error, out, first in ((KeyLost(), way, "Begin anew"), (RoleTaken(), None, "Schließen")):
        dialog = TroubleDialog(stage.texts, error, out)
        qtbot.addWidget(dialog)
        dialog.show()
        assert default_of(dialog) == [first]
        assert dialog.text.height() - dialog.text.heightForWidth(dialog.text.width()) < dialog.fontMetrics().height()


def test_a_kind_of_dms_is_named_in_words_alone(qtbot: QtBot, stage: Stage) -> None:
    place = settings(stage, 0)
    box = place.sign_in.form.mapping
    titles = [box.itemText(number) for number in range(box.count())]
    assert len(set(titles)) == len(titles) > 2
    assert not any(f"({box.itemData(number)})" in title for number, title in enumerate(titles))


def test_a_picture_of_the_help_page_is_not_scaled_by_the_text(stage: Stage) -> None:
    session = stage.open()
    press(session.window, Qt.Key.Key_F1)
    (dialog,) = session.window.findChildren(HelpDialog)
    page = dialog.page
    picture = page.loadResource(2, "pictures/inbox-de.png")
    assert isinstance(picture, QImage)
    assert picture.width() == round(PICTURE * page.devicePixelRatioF())


def test_pinned_cases_stand_in_line_with_the_places(stage: Stage) -> None:
    session = scene(stage).open()
    stage.desk.pins.pin("32.10-2026/018")
    settle(session)
    (pinned,) = session.window.rail.pinned.buttons
    places = [part for part in session.window.rail.parts() if isinstance(part, RailButton)]
    assert {each.iconSize() for each in places} == {pinned.iconSize()}


def test_a_long_subject_is_seen_whole_above_its_case(stage: Stage) -> None:
    case = stage.case("65.10-2026/009", f"{LONG} {LONG}")
    session = stage.open()
    session.window.open_case(case.case_id)
    settle(session)
    place = session.window.view
    assert isinstance(place, WorklistPlace)
    subject = place.panel.subject
    assert subject.height() >= subject.heightForWidth(subject.width())
    assert subject.heightForWidth(subject.width()) > subject.fontMetrics().lineSpacing()
    assert place.panel.rect().contains(subject.mapTo(place.panel, subject.rect().bottomRight()))
