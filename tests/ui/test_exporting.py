"""A document leaves the store by menu and file dialog, in each form, announced; what goes wrong is said."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from clerk_desktop.demo.text_pdf import HEIGHT
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.ui.inbox.place import InboxPlace
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from clerk_desktop.usecases.copies import file_name
from tests.corpus import corpus
from tests.marks import viewers
from tests.ui.opened import choose, export_by_keys, save_as, when_open
from tests.ui.stage import ME, Stage, press, settle, write
from tests.ui.test_marking import CONTROL, PDF, Desk


def export(desk: Desk, downs: int, target: Path) -> None:
    """Ctrl+E, so many times Down, Enter; type the file's name and save."""
    export_by_keys(lambda: press(desk.view, Qt.Key.Key_E, CONTROL), downs, target)
    settle(desk.session)


def message(desk: Desk) -> str:
    return desk.session.window.messages.text


def with_a_rectangle(stage: Stage) -> Desk:
    desk = Desk(stage)
    write(desk.view, "r")
    desk.drag((100, 500), (200, 400))
    return desk


def test_the_original_is_written_as_it_came(stage: Stage, tmp_path: Path) -> None:
    desk = with_a_rectangle(stage)
    export(desk, 0, tmp_path / "original.pdf")
    assert (tmp_path / "original.pdf").read_bytes() == PDF
    assert "original.pdf" in message(desk)


@pytest.mark.parametrize(("downs", "annotations"), [(1, ["/Square"]), (2, [])], ids=["with marks", "burnt in"])
def test_marks_go_with_the_document(stage: Stage, tmp_path: Path, downs: int, annotations: list[str]) -> None:
    desk = with_a_rectangle(stage)
    target = tmp_path / "mit.pdf"
    export(desk, downs, target)
    with pikepdf.open(target) as pdf:
        found = [str(each.Subtype) for each in pdf.pages[0].obj.get("/Annots", pikepdf.Array())]
        assert found == annotations
    picture = viewers.pdfium(target.read_bytes(), 2)
    edge = picture.crop((196, round(2 * (HEIGHT - 460)), 204, round(2 * (HEIGHT - 440))))
    assert min(edge.getchannel("G").tobytes()) < 110
    assert "mit.pdf" in message(desk)


def test_a_folder_that_cannot_be_written_to_is_told(stage: Stage, tmp_path: Path) -> None:
    desk = Desk(stage)
    (tmp_path / "belegt.pdf").mkdir()
    (tmp_path / "belegt.pdf" / "inhalt").touch()
    task = desk.stage.desk.export
    desk.session.workplace.tasks.read(
        desk.panel.pane,
        lambda: task.document(desk.letter.document_id, tmp_path / "belegt.pdf"),
        lambda _: None,
        desk.session.workplace.say_error,
    )
    settle(desk.session)
    assert "belegt.pdf kann dort nicht geschrieben werden" in message(desk)
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.corpus
def test_a_signed_document_says_why_it_takes_no_marks(stage: Stage, tmp_path: Path) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken", assignee=ME)
    content = (corpus("pdf-hard") / "signed_verified.pdf").read_bytes()
    document = stage.document("Signiert", content, case_id=case.case_id)
    stage.open()
    from clerk_desktop.model.errors import SignedFile

    with pytest.raises(SignedFile):
        stage.desk.export.with_marks(document.document_id, tmp_path / "x.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("by_button", [True, False])
def test_a_document_that_cannot_be_shown_is_written_as_it_came(stage: Stage, tmp_path: Path, by_button: bool) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken")
    stage.document("Kaputt", b"kein PDF", case_id=case.case_id)
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    place = session.window.view
    assert isinstance(place, WorklistPlace)
    press(place.table, Qt.Key.Key_Return)
    settle(session)
    settle(session)
    pane, target = place.panel.pane, tmp_path / "kaputt.pdf"
    assert "Strg+E" in pane.note.text()
    assert pane.original.isVisible()
    pane.original.setFocus()
    if by_button:
        when_open(QFileDialog, lambda dialog: save_as(dialog, target))
        press(pane.original, Qt.Key.Key_Space)
    else:
        export_by_keys(lambda: press(pane.original, Qt.Key.Key_E, CONTROL), 0, target)
    settle(session)
    assert target.read_bytes() == b"kein PDF"


def test_a_letter_of_the_inbox_that_cannot_be_shown_is_written_as_it_came(stage: Stage, tmp_path: Path) -> None:
    stage.document("Kaputt", b"kein PDF")
    session = stage.open()
    settle(session)
    place = session.window.view
    assert isinstance(place, InboxPlace)
    target = tmp_path / "kaputt.pdf"
    assert "Strg+E" in place.pane.note.text()
    place.pane.original.setFocus()
    export_by_keys(lambda: press(place.pane.original, Qt.Key.Key_E, CONTROL), 0, target)
    settle(session)
    assert target.read_bytes() == b"kein PDF"


def test_giving_up_in_the_dialog_writes_nothing(stage: Stage) -> None:
    desk = Desk(stage)

    def in_menu(menu: QMenu) -> None:
        when_open(QFileDialog, lambda dialog: press(dialog, Qt.Key.Key_Escape))
        choose(0)(menu)

    when_open(QMenu, in_menu)
    press(desk.view, Qt.Key.Key_E, CONTROL)
    settle(desk.session)
    assert message(desk) == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Antrag", "Antrag.pdf"),
        ("Antrag.PDF", "Antrag.PDF"),
        ('Az: 32/10 "eilig"?', "Az 32 10 eilig.pdf"),
        ("...", "id.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_the_name_that_is_offered_is_one_for_every_file_system(title: str, name: str) -> None:
    document = Document(document_id=DocumentId("id"), municipality="blomberg", title=title)
    assert file_name(document, ".pdf") == name
