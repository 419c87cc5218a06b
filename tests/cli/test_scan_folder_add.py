"""What a watched folder was told stays, until it is told otherwise."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from clerk_desktop.model.batch import BatchMode
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.secrets import Unkept
from clerk_desktop.system.unlock import unlock
from tests.cli.station import PASSPHRASE, Station


def test_adding_a_folder_again_changes_what_is_said_and_nothing_else(tmp_path: Path) -> None:
    station = Station(home=tmp_path / "home")
    scans = tmp_path / "scans"
    scans.mkdir()

    def add(*words: str) -> ScanFolder:
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg", *words)
        key = unlock(Profile(station.home), PASSPHRASE, Unkept())
        with closing(Store.open(station.home, key)) as store, store.read() as session:
            (folder,) = session.folders.all()
        return folder

    first = add("--keep-originals", "30", "--batch", "pages", "--batch-quiet", "7", "--batch-wait", "90")
    kept = (first.keep_originals_days, first.batch, first.batch_quiet, first.batch_wait)
    assert kept == (30, BatchMode.PAGES, 7.0, 90.0)
    assert add() == first
    assert add("--keep-originals", "for-ever").keep_originals_days is None
    assert add("--batch", "single").batch is BatchMode.SINGLE
