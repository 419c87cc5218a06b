"""The ledger tells where every scanned file is, and never forgets one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import apsw
import pytest

from clerk_desktop.model.errors import NotKnown, RefusalReason
from clerk_desktop.model.ids import DocumentId, FileId, FolderId
from clerk_desktop.model.ledger import TRANSITIONS, DocumentProgress, FileState
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from tests.store.samples_of import FILE, FOLDER, KEY, NOW, PARTS


@pytest.mark.parametrize(("before", "after"), list(product(FileState, FileState)), ids=lambda state: state.value)
def test_a_file_only_takes_the_steps_of_the_table(store: Store, before: FileState, after: FileState) -> None:
    with store.write() as session:
        session.ledger.add(replace(FILE, state=before))
        if after in TRANSITIONS[before]:
            assert session.ledger.move(FILE.file_id, after).state is after
        else:
            with pytest.raises(ValueError, match="does not go"):
                session.ledger.move(FILE.file_id, after)
            assert session.ledger.get(FILE.file_id) == replace(FILE, state=before)


def test_a_step_takes_other_fields_along(store: Store) -> None:
    with store.write() as session:
        session.ledger.add(FILE)
        moved = session.ledger.move(
            FILE.file_id, FileState.CLAIMED, source_sha256="a" * 64, claimed_at=NOW, received_on=date(2025, 11, 24)
        )
        assert moved == session.ledger.get(FILE.file_id)
        assert moved.claimed_at == NOW
        refused = session.ledger.move(FILE.file_id, FileState.QUARANTINED, refusal=RefusalReason.ENCRYPTED)
        assert refused.refusal is RefusalReason.ENCRYPTED
        assert session.ledger.update(FILE.file_id, discarded_at=NOW).discarded_at == NOW
        assert session.ledger.by_source_sha256("a" * 64) == (session.ledger.get(FILE.file_id),)
        assert session.ledger.by_source_sha256("") == ()


def test_a_file_the_ledger_does_not_know_is_named(store: Store) -> None:
    with store.write() as session:
        with pytest.raises(NotKnown):
            session.ledger.move(FileId("nobody"), FileState.CLAIMED)
        with pytest.raises(NotKnown):
            session.ledger.update(FileId("nobody"), settled_at=NOW)
        with pytest.raises(NotKnown):
            session.ledger.set_progress(DocumentId("nobody"), DocumentProgress.CONFIRMED)


def test_a_file_is_added_once(store: Store) -> None:
    with store.write() as session:
        session.ledger.add(FILE)
        with pytest.raises(ValueError, match="already"):
            session.ledger.add(FILE)


def test_the_open_row_of_a_path_is_that_of_this_very_file(store: Store) -> None:
    def look(size: int = FILE.size, modified_ns: int = FILE.modified_ns) -> object:
        return session.ledger.open_file(FILE.folder_id, FILE.path, size, modified_ns)

    with store.write() as session:
        session.ledger.add(FILE)
        assert look() == FILE
        assert look(size=1) is None
        assert look(modified_ns=1) is None
        assert session.ledger.open_file(FolderId("other"), FILE.path, FILE.size, FILE.modified_ns) is None
        assert session.ledger.open_at(FILE.folder_id, FILE.path) == (FILE,)
        session.ledger.update(FILE.file_id, discarded_at=NOW)
        assert look() is None
        session.ledger.update(FILE.file_id, discarded_at=None, settled_at=NOW)
        assert look() is None
        assert session.ledger.open_at(FILE.folder_id, FILE.path) == ()


def test_files_are_listed_by_state_and_those_to_settle_are_confirmed_ones(store: Store) -> None:
    first = replace(FILE, file_id=FileId("1"), state=FileState.CONFIRMED)
    second = replace(FILE, file_id=FileId("2"), state=FileState.CONFIRMED, settled_at=NOW)
    third = replace(FILE, file_id=FileId("3"), state=FileState.QUARANTINED)
    with store.write() as session:
        for file in (first, second, third):
            session.ledger.add(file)
        assert session.ledger.in_state(FileState.QUARANTINED) == (third,)
        assert session.ledger.in_state(FileState.QUARANTINED, FileState.CONFIRMED) == (first, second, third)
        assert session.ledger.in_state() == ()
        assert session.ledger.unsettled_confirmed() == (first,)


def test_a_day_lists_what_was_received_then_or_only_seen_then(store: Store) -> None:
    local_day = NOW.astimezone().date()
    seen = replace(FILE, file_id=FileId("seen"))
    earlier = replace(FILE, file_id=FileId("earlier"), received_on=local_day - timedelta(days=3))
    with store.write() as session:
        session.ledger.add(seen)
        session.ledger.add(earlier)
        assert session.ledger.day(local_day) == (seen,)
        assert session.ledger.day(local_day - timedelta(days=3)) == (earlier,)
        assert session.ledger.day(None) == (earlier, seen)


def test_progress_belongs_to_one_document_of_a_file(store: Store) -> None:
    with store.write() as session:
        session.ledger.add(FILE)
        session.ledger.add_parts(PARTS)
        session.ledger.set_progress(PARTS[1].document_id, DocumentProgress.CONFIRMED)
        progress = [part.progress for part in session.ledger.parts(FILE.file_id)]
        assert progress == [DocumentProgress.WAITING, DocumentProgress.CONFIRMED]


def test_splitting_a_file_again_replaces_its_parts(store: Store) -> None:
    with store.write() as session:
        session.ledger.add_parts(PARTS)
        session.ledger.add_parts((replace(PARTS[0], pages=(1, 2, 3)),))
        assert session.ledger.parts(FILE.file_id) == (replace(PARTS[0], pages=(1, 2, 3)),)


def test_what_was_taken_in_and_is_not_in_the_ledger_is_found(store: Store) -> None:
    with store.write() as session:
        session.folders.add(FOLDER)
        session.ledger.add(FILE)
        session.ledger.claim_log_add(FILE.file_id, FILE.path, "a" * 64, NOW)
        session.ledger.claim_log_add(FileId("lost"), "/scans/x.pdf", "b" * 64, NOW)
        assert [claim.file_id for claim in session.ledger.claims_without_state()] == ["lost"]


def test_the_claim_log_is_only_appended_to(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store, store.write() as session:
        session.ledger.claim_log_add(FILE.file_id, FILE.path, "a" * 64, NOW)
    with closing(DatabaseFile(tmp_path / "store", derive(KEY)).connect()) as connection:
        for sql in ("DELETE FROM claim_log", "UPDATE claim_log SET path = ''"):
            with pytest.raises(apsw.ConstraintError, match="appended"):
                connection.execute(sql)
