"""Claiming: encrypted copy, hash and ledger row, beside a plain copy with fsync and the same hash."""

from __future__ import annotations

import hashlib
import os
import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_desktop.bench.ratio import Ratio, compare
from clerk_desktop.intake.claim import Claimer
from clerk_desktop.intake.progress import LoggingWitness
from clerk_desktop.intake.safety import open_exclusively
from clerk_desktop.model.ids import FileId, FolderId, new_key
from clerk_desktop.model.ledger import FileState, ScanFolder, ScannedFile
from clerk_desktop.store.store import Store
from clerk_desktop.system.store_key import StoreKey

SIZES = tuple(megabytes << 20 for megabytes in (1, 2, 3, 5, 8, 13, 20))
PIECE = 1 << 20
PAIRS = 3


def claim() -> Ratio:
    """Claim files of 1 to 20 MB; fresh content for each pair."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        root = Path(place)
        (root / "scans").mkdir()
        with closing(Store.open(root / "profile", StoreKey.random())) as store:
            folder = ScanFolder(folder_id=FolderId(new_key()), path=str(root / "scans"), municipality="blomberg")
            with store.write() as session:
                session.folders.add(folder)
            claimer = Claimer(store, open_exclusively, LoggingWitness())
            chance = random.Random(1)  # noqa: S311 - repeatable on purpose
            names = iter(range(1_000))
            files: list[Path] = []

            def ours() -> None:
                files[:] = [_file(root / "scans" / f"{next(names)}.pdf", size, chance) for size in SIZES]
                for path in files:
                    _claim(store, claimer, folder, path)

            def baseline() -> None:
                fresh = [_file(root / f"{next(names)}.pdf", size, chance) for size in SIZES]
                for path in fresh:
                    _copy(path, path.with_suffix(".copy"))

            return compare("claim", "<= 2.0 (0.5 x speed)", ours, "copy + fsync + sha256", baseline, PAIRS)


def _file(path: Path, size: int, chance: random.Random) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + chance.randbytes(size) + b"\n%%EOF\n")
    return path


def _claim(store: Store, claimer: Claimer, folder: ScanFolder, path: Path) -> None:
    now = datetime.now(UTC)
    facts = path.stat()
    file = ScannedFile(
        file_id=FileId(new_key()),
        folder_id=folder.folder_id,
        path=str(path),
        size=facts.st_size,
        modified_ns=facts.st_mtime_ns,
        state=FileState.SEEN,
        seen_at=now,
    )
    with store.write() as session:
        session.ledger.add(file)
    claimer.claim(file, now.date(), now, must_look_complete=False)


def _copy(source: Path, target: Path) -> None:
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(PIECE):
            digest.update(piece)
            writer.write(piece)
        writer.flush()
        os.fsync(writer.fileno())
