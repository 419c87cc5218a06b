"""Every hard or marked file of the corpus in the review: shown, or refused with a reason; the window stays alive."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clerk_desktop.ui.session import WindowSession
from tests.corpus import corpus
from tests.documents.hostile_boxes import HOSTILE, boxed
from tests.ui.stage import Stage, press, settle
from tests.ui.test_reading import ROOMS, ReadingRoom, letter


def workers() -> list[int]:
    """The worker processes of this test: children by their status files (proc(5))."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            number, _, rest = status.read_text().partition(" (")
            if rest.rpartition(") ")[2].split()[1] == str(os.getpid()):
                found.append(int(number))
    return found


def room(session: WindowSession) -> ReadingRoom:
    view = session.window.view
    assert isinstance(view, ReadingRoom)
    return view


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.timeout(900)
@pytest.mark.parametrize("folder", ["pdf-hard", "annotated"])
def test_every_file_is_shown_or_refused_with_a_reason(stage: Stage, folder: str) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    shown = refused = 0
    for path in sorted(corpus(folder).glob("*.pdf")):
        document = stage.document(path.stem, path.read_bytes())
        pane.show_document(document.document_id)
        settle(session)
        if pane.view.isVisible():
            assert pane.view.pages > 0, path.name
            assert pane.view.is_sharp(), path.name
            press(pane.view, Qt.Key.Key_End)
            settle(session)
            assert pane.view.is_sharp(), path.name
            shown += 1
        else:
            assert pane.note.text().strip(), path.name
            refused += 1
    assert shown > refused
    assert session.window.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by process id as Linux tells it")
def test_a_worker_that_is_killed_is_replaced_and_the_page_comes(stage: Stage) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    first = stage.document("eins", letter(["eins"]))
    pane.show_document(first.document_id)
    settle(session)
    killed = workers()
    assert killed
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    second = stage.document("zwei", letter(*(["zwei"] for _ in range(20))))
    pane.show_document(second.document_id)
    settle(session)
    assert pane.view.isVisible()
    assert pane.view.is_sharp()


@pytest.mark.timeout(120)
def test_pages_of_hostile_sizes_are_shown_or_refused_and_nobody_waits_for_ever(stage: Stage) -> None:
    session = stage.open(ROOMS)
    pane = room(session).pane
    for number, (media, crop) in enumerate(HOSTILE):
        document = stage.document(f"Seite {number}", boxed(media, crop))
        pane.show_document(document.document_id)
        settle(session)
        if pane.view.isVisible():
            assert pane.view.is_sharp(), (media, crop)
            press(pane.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
            settle(session)
        else:
            assert pane.note.text() != "Wird geladen …", (media, crop)
