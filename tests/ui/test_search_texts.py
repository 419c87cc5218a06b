"""Words in documents are found as soon as their text was read, and no longer than their content is here."""

from __future__ import annotations

import pytest

from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.pin import Keeping
from clerk_desktop.sync.retention import Retention
from tests.ui.stage import Stage

LETTER = [[Line(x=72, y=700, text="Sehr geehrte Damen und Herren")], [Line(x=72, y=700, text="mein Parkausweis fehlt")]]


def read_all(stage: Stage) -> None:
    while stage.desk.search.texts.run_once():
        pass


def found(stage: Stage, text: str) -> list[tuple[str, int, str]]:
    hits = stage.desk.search.here(text).documents
    return [(hit.document.title, hit.page, hit.excerpt) for hit in hits]


def test_a_word_on_a_page_is_found_with_its_page_and_line_once_the_text_was_read(stage: Stage) -> None:
    stage.document("Brief", text_pdf(LETTER), page_count=2)
    assert found(stage, "Parkausweis") == []
    read_all(stage)
    assert found(stage, "parkausweis") == [("Brief", 2, "mein Parkausweis fehlt")]
    assert found(stage, "Parkaus*") == [("Brief", 2, "mein Parkausweis fehlt")]
    assert found(stage, "Parkaus") == []


def test_of_a_protected_letter_the_page_is_told_and_no_word_shown(stage: Stage) -> None:
    document = stage.document("Brief", text_pdf(LETTER), confidentiality=Confidentiality.PERSONAL)
    with stage.store.write() as session:
        session.texts.put(document.sha256, ((2, "mein Parkausweis fehlt"),), complete=True)
    assert found(stage, "parkausweis") == [("Brief", 2, "")]


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_tried_once(stage: Stage) -> None:
    stage.document("Kaputt", b"%PDF-1.7 broken")
    assert stage.desk.search.texts.run_once()
    assert not stage.desk.search.texts.run_once()


@pytest.mark.slow
def test_reading_that_was_stopped_goes_on_where_it_was(stage: Stage) -> None:
    stage.document("Akte", text_pdf([[Line(x=72, y=700, text=f"Blatt{number}")] for number in range(1, 24)]))
    stage.desk.search.texts.run_once(lambda: bool(found(stage, "Blatt1")))
    assert found(stage, "Blatt23") == []
    read_all(stage)
    assert found(stage, "Blatt23") == [("Akte", 23, "Blatt23")]


def test_text_of_content_that_went_is_forgotten(stage: Stage) -> None:
    document = stage.document("Brief", text_pdf(LETTER))
    with stage.store.write() as session:
        session.texts.put(document.sha256, ((2, "mein Parkausweis fehlt"),), complete=True)
    stage.store.blobs.remove(document.sha256)
    Retention(stage.store, Keeping).run_once(stage.clock.now())
    assert found(stage, "parkausweis") == []
