"""A thousand files dropped at once: each is claimed once, and the memory of the process stays flat."""

from __future__ import annotations

import hashlib
import random
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from clerk_desktop.bench.memory import resident_bytes
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.intake.admission import Admission
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.progress import LoggingWitness
from clerk_desktop.intake.safety import open_exclusively
from clerk_desktop.intake.scan_folder import FolderWatch, Timings
from clerk_desktop.model.ids import FolderId, new_key
from clerk_desktop.model.ledger import FileState, ScanFolder
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey

FILES = 1_000
MEGABYTE = 1 << 20


def thousand(files: int = FILES) -> Ratio:
    """Claim them all in one pass. The figure is the resident set at the end, beside that after a first tenth."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        root = Path(place)
        with closing(Store.open(root / "profile", StoreKey.random())) as store:
            folder = ScanFolder(folder_id=FolderId(new_key()), path=str(root / "scans"), municipality="blomberg")
            with store.write() as session:
                session.folders.add(folder)
            _claimed(store, replace(folder, path=str(root / "warm"), folder_id=FolderId("warm")), max(1, files // 10))
            before = resident_bytes()
            started = time.perf_counter()
            hashes = _claimed(store, folder, files)
            seconds = time.perf_counter() - started
            after = resident_bytes()
            _each_once(store, folder, hashes)
    return Ratio(
        name="thousand",
        baseline_name=f"resident set after {max(1, files // 10)} files",
        goal="flat, all once",
        ours=after / MEGABYTE,
        baseline=before / MEGABYTE,
        ratio=after / before,
        unit="MB",
        notes=(f"{files} files claimed once in {seconds:.1f} s",),
    )


def _claimed(store: Store, folder: ScanFolder, count: int) -> set[str]:
    """Drop fresh files and claim them; returns their hashes."""
    root = Path(folder.path)
    root.mkdir()
    chance = random.Random(folder.path)  # noqa: S311 - content of no meaning
    contents = (b"%PDF-1.7\n" + chance.randbytes(20_000) + b"\n%%EOF\n" for _ in range(count))
    hashes = set()
    for number, content in enumerate(contents):
        (root / f"{number:05}.pdf").write_bytes(content)
        hashes.add(hashlib.sha256(content).hexdigest())
    witness = LoggingWitness()
    timings = Timings(quiet=0.0)
    admission = Admission(store, Claimer(store, open_exclusively, witness), ZoneInfo("Europe/Berlin"), timings, witness)
    watch = FolderWatch(folder, "bench", timings)
    now = datetime.now(UTC)
    for at in (0.0, 60.0):
        watch.look(at, now)
        admission.admit(watch, at, now, horizon=float("inf"))
    return hashes


def _each_once(store: Store, folder: ScanFolder, hashes: set[str]) -> None:
    with store.read() as session:
        rows = [file for file in session.ledger.in_state(*FileState) if file.folder_id == folder.folder_id]
    found = [file.source_sha256 for file in rows if file.state is FileState.CLAIMED]
    if len(found) != len(hashes) or set(found) != hashes:
        raise RuntimeError(f"{len(hashes)} files, {len(found)} claimed, {len(set(found))} different")
