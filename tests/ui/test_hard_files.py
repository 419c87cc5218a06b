"""Every hard or marked file of the corpus in the review: shown, or refused with a reason; the window stays alive."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from clerk_desktop.ui.review.pane import ReadingPane
from clerk_desktop.ui.session import WindowSession
from tests.corpus import corpus
from tests.documents.hostile_boxes import HOSTILE, boxed
from tests.ui.stage import Stage, press, settle, write
from tests.ui.test_reading import CONTROL, ROOMS, ReadingRoom, letter, reading

NONE = Qt.KeyboardModifier.NoModifier


def workers() -> list[int]:
    """The worker processes of this test: children by their status files (proc(5)); other tests have other children."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = status.read_text().rpartition(") ")[2].split()[1]
            if parent == str(os.getpid()) and b"clerk_desktop.workers" in status.with_name("cmdline").read_bytes():
                found.append(int(status.parent.name))
    return found


def kill_workers() -> int:
    """Kill the workers as they are at work; returns how many were met alive."""
    QApplication.processEvents()  # what was asked for goes out
    killed = 0
    for worker in workers():
        with contextlib.suppress(ProcessLookupError):  # one that gave up its document by itself in the meantime
            os.kill(worker, signal.SIGKILL)
            killed += 1
    return killed


def room(session: WindowSession) -> ReadingRoom:
    view = session.window.view
    assert isinstance(view, ReadingRoom)
    return view


def said_or_shown(pane: ReadingPane, name: str) -> bool:
    """Whether the file is shown, each page in sight sharp or with its reason; else the reason stands in its place."""
    if pane.view.isVisible():
        assert pane.view.pages > 0, name
        assert pane.view.is_sharp(), name
        return True
    assert pane.note.text().strip(), name
    assert pane.note.text() != "Wird geladen …", name
    return False


def read_all_over(session: WindowSession, pane: ReadingPane) -> None:
    """What hands do with a document: to its end and back, larger, turned, with the small pages beside it."""
    pane.view.setFocus()
    for key, modifier in (
        (Qt.Key.Key_End, NONE),
        (Qt.Key.Key_Plus, CONTROL),
        (Qt.Key.Key_R, CONTROL),
        (Qt.Key.Key_F4, NONE),
        (Qt.Key.Key_Home, NONE),
        (Qt.Key.Key_0, CONTROL),
    ):
        press(pane.view, key, modifier)
        settle(session)
    press(pane.thumbnails, Qt.Key.Key_F4)
    settle(session)


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("folder", ["pdf-hard", "annotated"])
def test_every_file_is_shown_or_refused_with_a_reason(stage: Stage, folder: str) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    shown = refused = 0
    for path in sorted(corpus(folder).rglob("*.pdf")):
        document = stage.document(path.stem, path.read_bytes())
        pane.show_document(document.document_id)
        settle(session)
        if said_or_shown(pane, path.name):
            read_all_over(session, pane)
            assert said_or_shown(pane, path.name), path.name
            shown += 1
        else:
            refused += 1
    assert shown > refused
    assert session.window.isVisible()


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("folder", ["pdf-hard", "annotated"])
def test_the_words_of_every_file_are_read_or_there_are_none(stage: Stage, folder: str) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    with_words = 0
    for path in sorted(corpus(folder).rglob("*.pdf")):
        document = stage.document(path.stem, path.read_bytes())
        pane.show_document(document.document_id)
        settle(session)
        if not pane.view.isVisible():
            continue
        pane.view.setFocus()
        press(pane.view, Qt.Key.Key_A, CONTROL)
        settle(session)
        assert pane.words.known(pane.view.page - 1) is not None, path.name
        with_words += bool(pane.selection.text)
    assert with_words > 20


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.timeout(1800)
@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id as Linux tells it")
@pytest.mark.parametrize("folder", ["pdf-hard", "annotated"])
def test_every_file_is_shown_or_refused_though_its_workers_are_killed_meanwhile(stage: Stage, folder: str) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    killed = shown = 0
    for path in sorted(corpus(folder).rglob("*.pdf")):
        document = stage.document(path.stem, path.read_bytes())
        pane.show_document(document.document_id)
        killed += kill_workers()
        settle(session)
        if not said_or_shown(pane, path.name):
            again = next(button for button in pane.findChildren(QPushButton) if button.isVisible())
            QTest.mouseClick(again, Qt.MouseButton.LeftButton)
            settle(session)
        shown += said_or_shown(pane, path.name)
    assert killed > 40
    assert shown > 40
    assert session.window.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id as Linux tells it")
def test_a_worker_that_is_killed_is_replaced_and_the_page_comes(stage: Stage) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    first = stage.document("eins", letter(["eins"]))
    pane.show_document(first.document_id)
    settle(session)
    assert kill_workers()
    second = stage.document("zwei", letter(*(["zwei"] for _ in range(20))))
    pane.show_document(second.document_id)
    settle(session)
    assert pane.view.isVisible()
    assert pane.view.is_sharp()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id as Linux tells it")
def test_pages_come_by_themselves_though_workers_are_killed_while_somebody_leafs(stage: Stage) -> None:
    session, pane = reading(stage, letter(*(["Seite"] for _ in range(30))))
    seen = set()
    for _ in range(2):
        for _ in range(3):
            press(pane.view, Qt.Key.Key_PageDown)
        assert kill_workers()
        settle(session)
        assert pane.view.is_sharp()
        assert pane.view.refused == frozenset()
        seen.add(pane.view.page)
    assert len(seen) == 2
    assert pane.view.isVisible()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id as Linux tells it")
def test_every_place_is_found_though_workers_are_killed_while_they_look(stage: Stage) -> None:
    session, pane = reading(stage, letter(*(["Seite", "Frist"] for _ in range(12))))
    press(pane.view, Qt.Key.Key_F, CONTROL)
    write(pane.find_bar.field, "frist")
    press(pane.find_bar.field, Qt.Key.Key_Return)
    assert kill_workers()
    for _ in range(12):
        settle(session)  # a page is read when the one before was
    assert [hit.index for hit in pane.find_bar.hits] == list(range(12))
    press(pane.find_bar.field, Qt.Key.Key_Return)
    settle(session)
    assert pane.view.is_sharp()
    assert pane.view.refused == frozenset()


@pytest.mark.timeout(1200)
def test_pages_of_hostile_sizes_are_shown_or_refused_and_nobody_waits_for_ever(stage: Stage) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    for number, (media, crop) in enumerate(HOSTILE):
        document = stage.document(f"Seite {number}", boxed(media, crop))
        pane.show_document(document.document_id)
        settle(session)
        if pane.view.isVisible():
            assert pane.view.is_sharp(), (media, crop)
            press(pane.view, Qt.Key.Key_Plus, CONTROL)
            settle(session)
        else:
            assert pane.note.text() != "Wird geladen …", (media, crop)


@pytest.mark.parametrize(("pages", "bomb"), [(1, 0), (3, 0), (3, 2)])
def test_a_picture_that_would_fill_the_memory_is_refused_on_whatever_page_it_lies(
    stage: Stage, pages: int, bomb: int
) -> None:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            side = 50_000 if number == bomb else 10
            image = pdf.make_stream(b"x" * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            image.Width, image.Height, image.BitsPerComponent = side, side, 8
            image.ColorSpace = pikepdf.Name.DeviceGray
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
            page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
        pdf.save(target)
    session = stage.open(ROOMS)
    pane = room(session).pane
    pane.show_document(stage.document("Bombe", target.getvalue()).document_id)
    settle(session)
    assert not pane.view.isVisible()
    assert "Pixel" in pane.note.text() or "Bild" in pane.note.text()
