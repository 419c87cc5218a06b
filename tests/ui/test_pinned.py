"""Taking a case along by keys: what is told, what the rail shows, and that letting go is undone."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.worklist.place import WorklistPlace
from clerk_desktop.ui.workplace import Place
from tests.ui.stage import PDF, Stage, press, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(stage: Stage) -> tuple[WindowSession, WorklistPlace, Case]:
    """A window with one case of two letters in its list; the content of one of them is only on the server."""
    case = stage.case("32.10-2026/018", "Anwohnerparken")
    stage.document("Antrag", PDF, case_id=case.case_id)
    second = stage.document("Anlage", PDF + b"\n", case_id=case.case_id)
    stage.store.blobs.remove(second.sha256)
    with stage.store.write() as writing:
        writing.sync.set_last_sync(stage.clock.now())
    session = stage.open()
    session.window.go(Place.CASES)
    settle(session)
    view = session.window.view
    assert isinstance(view, WorklistPlace)
    return session, view, case


def standing(session: WindowSession) -> list[tuple[str, str]]:
    return [(button.text(), button.toolTip().splitlines()[1]) for button in session.window.rail.pinned.buttons]


def told(session: WindowSession) -> None:
    """Let what was asked for be written, then let everybody hear of it."""
    settle(session)
    settle(session)


def test_ctrl_d_pins_the_chosen_case_and_the_rail_shows_it(stage: Stage) -> None:
    session, view, case = opened(stage)
    assert not session.window.rail.pinned.isVisible()
    press(view.table, Qt.Key.Key_D, CONTROL)
    told(session)
    assert standing(session) == [("32.10-2026/018", "offline verfügbar: 1 von 2 Schriftstücken hier")]
    assert "1 von 2" in session.window.messages.text
    session.window.rail.pinned.buttons[0].click()
    settle(session)
    assert view.panel.case_id == case.case_id
    assert view.panel.offline.button.isChecked()


def test_the_case_tells_time_and_size_once_everything_is_here(stage: Stage) -> None:
    session, view, case = opened(stage)
    stage.store.blobs.put_bytes(PDF + b"\n")
    press(view.table, Qt.Key.Key_Return)
    settle(session)
    press(view.panel.documents, Qt.Key.Key_D, CONTROL)
    told(session)
    time = stage.clock.now().astimezone()
    assert view.panel.offline.standing.text() == f"offline verfügbar, Stand {time:%H:%M}, 2 kB"
    with stage.store.read() as reading:
        pin = reading.pins.get(case.case_id)
    assert pin is not None
    assert pin.expires_at - pin.pinned_at == timedelta(days=7)


def test_letting_go_keeps_what_is_not_sent_and_is_undone_with_one_click(stage: Stage) -> None:
    session, view, case = opened(stage)
    press(view.table, Qt.Key.Key_D, CONTROL)
    told(session)
    press(view.table, Qt.Key.Key_D, CONTROL)
    told(session)
    assert standing(session) == []
    with stage.store.read() as reading:
        [*_, document] = reading.documents.in_case(case.case_id)
    assert stage.store.blobs.has(document.sha256)
    session.window.messages.action.click()
    told(session)
    assert len(standing(session)) == 1


def test_signing_out_lets_go_of_what_was_taken_along_and_keeps_what_no_server_has(stage: Stage) -> None:
    case = stage.case("32.10-2026/018", "Anwohnerparken")
    sent = stage.document("Antrag", PDF, case_id=case.case_id)
    mine = stage.document("Anlage", PDF + b"\n", case_id=case.case_id)
    ref = RemoteRef(server_id="1;1.0", series_id="1", parent_id="2")
    with stage.store.write() as writing:
        writing.baselines.put(Baseline(object_id=sent.document_id, kind=ChangeKind.DOCUMENT, ref=ref, document=sent))
    stage.desk.pins.pin(case.case_number)
    stage.desk.accounts.log_out()
    with stage.store.read() as reading:
        assert reading.pins.all() == ()
    assert (stage.store.blobs.has(sent.sha256), stage.store.blobs.has(mine.sha256)) == (False, True)
