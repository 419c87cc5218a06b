"""Transactions, threads and the change feed of the store."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.ledger import FileState
from clerk_desktop.store.store import Store
from clerk_desktop.system.bus import ChangeBus
from tests.store.samples_of import ACCOUNT, CASE, DOCUMENT, EVENT, FILE, FOLDER, KEY, NOW, OPERATIONS, SUGGESTIONS


class Interrupted(Exception):
    pass


def test_a_block_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Interrupted), store.write() as session:
        session.cases.put(CASE)
        session.outbox.add(OPERATIONS[1], NOW)
        raise Interrupted
    with store.read() as session:
        assert session.cases.get(CASE.case_id) is None
        assert session.outbox.all() == ()
        assert session.changes.last() == 0


def test_a_session_is_refused_after_its_block(store: Store) -> None:
    with store.write() as session:
        pass
    with pytest.raises(RuntimeError, match="with block"):
        session.cases.get(CASE.case_id)
    with pytest.raises(RuntimeError, match="with block"):
        session.cases.put(CASE)


def test_a_reading_session_does_not_write(store: Store) -> None:
    with store.read() as session, pytest.raises(RuntimeError, match="cannot write"):
        session.cases.put(CASE)


def test_a_session_inside_a_session_of_the_same_thread_is_refused(store: Store) -> None:
    with store.read(), pytest.raises(RuntimeError, match="already"), store.write():
        pass
    with store.write() as session:
        session.cases.put(CASE)


def test_a_reader_sees_the_store_as_it_was_when_it_began(store: Store) -> None:
    def write() -> None:
        with store.write() as session:
            session.cases.put(CASE)

    with store.read() as session, ThreadPoolExecutor(1) as other:
        other.submit(write).result()
        assert session.cases.get(CASE.case_id) is None
    with store.read() as session:
        assert session.cases.get(CASE.case_id) == CASE


def test_many_threads_write_and_nothing_is_lost(store: Store) -> None:
    def write(number: int) -> None:
        with store.write() as session:
            session.cases.put(replace(CASE, case_id=CaseId(str(number)), case_number=f"32/{number}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(40)))
    with store.read() as session:
        assert session.cases.count(CaseFilter()) == 40


def test_two_programs_see_each_others_writes(store: Store, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "home", KEY)) as other:
        before = store.data_version()
        assert store.data_version() == before
        with other.write() as session:
            session.cases.put(CASE)
        assert store.data_version() != before
        with store.read() as session:
            assert session.cases.get(CASE.case_id) == CASE


def test_a_thread_notices_its_own_writes_too(store: Store) -> None:
    before = store.data_version()
    with store.write() as session:
        session.cases.put(CASE)
    assert store.data_version() != before


def test_closing_waits_for_a_session_of_another_thread(tmp_path: Path) -> None:
    store = Store.open(tmp_path, KEY)
    inside, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with store.write() as session:
            inside.set()
            assert go_on.wait(60)
            session.cases.put(CASE)

    with ThreadPoolExecutor(2) as threads:
        writing = threads.submit(write)
        assert inside.wait(60)
        closing_down = threads.submit(store.close)
        go_on.set()
        writing.result()
        closing_down.result()
    with pytest.raises(RuntimeError, match="closed"), store.read():
        pass
    store.close()
    with closing(Store.open(tmp_path, KEY)) as again, again.read() as session:
        assert session.cases.get(CASE.case_id) == CASE


def test_every_write_stands_in_the_feed_once_per_object(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.cases.put(replace(CASE, subject="Neu"))
        session.documents.put(DOCUMENT)
        session.suggestions.put(DOCUMENT.document_id, SUGGESTIONS)
        session.events.put(EVENT)
        session.folders.add(FOLDER)
        session.ledger.add(FILE)
        operation_id = session.outbox.add(OPERATIONS[0], NOW)
        session.account.put(ACCOUNT)
        session.sync.set_last_sync(NOW)
    with store.read() as session:
        feed = session.changes.after(0, 100)
    assert [(change.kind, change.object_id) for change in feed] == [
        (ChangeKind.CASE, CASE.case_id),
        (ChangeKind.DOCUMENT, DOCUMENT.document_id),
        (ChangeKind.EVENT, EVENT.event_id),
        (ChangeKind.FOLDER, FOLDER.folder_id),
        (ChangeKind.FILE, FILE.file_id),
        (ChangeKind.OUTBOX, operation_id),
        (ChangeKind.ACCOUNT, "account"),
        (ChangeKind.SYNC, "last-sync"),
    ]
    assert [change.seq for change in feed] == sorted({change.seq for change in feed})


def test_changes_and_removals_stand_in_the_feed_and_what_changed_nothing_does_not(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.ledger.add(FILE)
    with store.read() as session:
        start = session.changes.last()
    with store.write() as session:
        session.cases.remove(CASE.case_id)
        session.documents.remove(DOCUMENT.document_id)
        session.ledger.move(FILE.file_id, FileState.CLAIMED)
    with store.read() as session:
        assert [change.object_id for change in session.changes.after(start, 100)] == [CASE.case_id, FILE.file_id]
        assert len(session.changes.after(start, 1)) == 1


def test_a_bus_hears_what_another_program_wrote(store: Store, tmp_path: Path) -> None:
    heard: list[Change] = []
    with store.write() as session:
        session.cases.put(CASE)
    bus = ChangeBus(store)
    end = bus.subscribe(heard.extend)
    assert bus.poll_once() == 0
    with closing(Store.open(tmp_path / "home", KEY)) as other, other.write() as session:
        session.documents.put(DOCUMENT)
    assert bus.poll_once() == 1
    assert bus.poll_once() == 0
    assert [(change.kind, change.object_id) for change in heard] == [(ChangeKind.DOCUMENT, DOCUMENT.document_id)]
    end()
    with store.write() as session:
        session.cases.put(CASE)
    assert bus.poll_once() == 1
    assert len(heard) == 1
