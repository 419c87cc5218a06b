"""Ordering in the case window by keys: only what the kind needs is asked for, and the order stands in the history."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from clerk_desktop.model.disposition import seal_of
from clerk_desktop.model.event import EventKind
from clerk_desktop.ui.case.disposition_dialog import DispositionDialog
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import PDF, Stage, press, settle, when_asked, write

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Ordering:
    """A case with one letter, opened; ``dispose`` answers the dialog."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.case = stage.case("32.10-2026/018", "Anwohnerparken")
        self.letter = stage.document("Antrag", PDF, case_id=self.case.case_id, version="1.0")
        self.session = stage.open()
        self.session.window.go(Place.CASES)
        settle(self.session)
        view = self.session.window.view
        assert isinstance(view, WorklistPlace)
        press(view.table, Qt.Key.Key_Return)
        settle(self.session)
        self.panel = view.panel
        self.refused = False

    def dispose(self, kind: EventKind, text: str = "", day: str = "") -> None:
        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, DispositionDialog)
            dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
            accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
            self.refused = not accept.isEnabled()
            if day:
                write(dialog.day, day)
            write(dialog.text, text)
            accept.click()

        when_asked(answer)
        press(self.panel.documents, Qt.Key.Key_V, KEYS)
        settle(self.session)
        settle(self.session)

    def told(self) -> list[str]:
        model = self.panel.dispositions.listing.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_a_resubmission_wants_a_day_and_comes_into_the_case(stage: Stage) -> None:
    ordering = Ordering(stage)
    ordering.dispose(EventKind.RESUBMISSION, "Antwort da?", "09.12.2026")
    assert ordering.refused
    assert ordering.told() == ["Wiedervorlage am 09.12.2026: Antwort da?"]
    with stage.store.read() as session:
        case = session.cases.get(ordering.case.case_id)
    assert case is not None
    assert (case.resubmit_on, case.resubmit_note) == (date(2026, 12, 9), "Antwort da?")
    assert "09.12.2026" in ordering.panel.facts.text()


def test_the_document_on_the_page_is_co_signed_with_its_version(stage: Stage) -> None:
    ordering = Ordering(stage)
    ordering.dispose(EventKind.CO_SIGNATURE, "einverstanden")
    assert ordering.told() == ["Mitzeichnung: einverstanden, Version 1.0"]
    with stage.store.read() as session:
        [event] = session.events.of_case(ordering.case.case_id)
    seal = seal_of(event)
    assert seal is not None
    assert (event.document_id, seal.sha256) == (ordering.letter.document_id, ordering.letter.sha256)


def test_to_the_files_closes_the_case_and_stands_in_the_history(stage: Stage) -> None:
    ordering = Ordering(stage)
    ordering.dispose(EventKind.TO_FILES)
    assert ordering.told() == ["z. d. A."]
    assert ordering.session.window.messages.text.endswith("z. d. A.")
    assert ordering.panel.facts.text().startswith("abgeschlossen")
    assert ordering.panel.history.model.rowCount() == 1
