"""What is kept of a watched folder goes with it, and every change that a person should see is told."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from clerk_desktop.model.changes import Change, ChangeKind
from clerk_desktop.model.watching import WatchFinding, WatchReason
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.store import Store
from tests.store.samples_of import FOLDER, KEY

FINDING = WatchFinding(
    path=FOLDER.path, file_system="cifs", remote=True, writable=True, reason=WatchReason.SHARE,
    event_after=None, listing=0.1, files=3, look_every=1.0,
)  # fmt: skip


def noted(store: Store, *findings: WatchFinding) -> list[int]:
    """How many changes each finding was, one transaction after the other."""
    return [len(_changes(store, finding)) for finding in findings]


def _changes(store: Store, finding: WatchFinding) -> tuple[Change, ...]:
    with store.read() as session:
        last = session.changes.last()
    with store.write() as session:
        session.folders.put_finding(finding)
    with store.read() as session:
        return session.changes.after(last, 10)


def kept(home: Path) -> int:
    """How many findings the table really has."""
    file = DatabaseFile(home / "store", derive(KEY))
    with closing(file.connect_bare(file.path)) as connection:
        return int(str(connection.execute("SELECT count(*) FROM watching").get))


def test_the_finding_goes_with_its_folder_and_does_not_come_back_with_it(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store:
        with store.write() as session:
            session.folders.add(FOLDER)
            session.folders.put_finding(FINDING)
            session.folders.remove(FOLDER.folder_id)
        with store.write() as session:
            session.folders.add(FOLDER)
            assert session.folders.findings() == ()
    assert kept(tmp_path) == 0


def test_a_measurement_that_ends_after_its_folder_was_removed_leaves_nothing(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store:
        assert noted(store, FINDING) == [0]
    assert kept(tmp_path) == 0


def test_a_share_that_becomes_read_only_is_news_and_one_that_stays_as_it_was_is_none(store: Store) -> None:
    with store.write() as session:
        session.folders.add(FOLDER)
    refused = replace(FINDING, writable=False)
    slow = replace(refused, reason=WatchReason.SLOW)
    assert noted(store, FINDING, replace(FINDING, files=4), refused, refused, slow, FINDING) == [1, 0, 1, 0, 1, 1]


def test_the_feed_names_a_folder_by_our_id(store: Store) -> None:
    with store.write() as session:
        session.folders.add(FOLDER)
    (change,) = _changes(store, FINDING)
    assert (change.kind, change.object_id) == (ChangeKind.FOLDER, FOLDER.folder_id)
