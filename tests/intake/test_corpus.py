"""Every real file of the corpus goes through the whole intake: no crash, no hang, page counts as known."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.intake.understand import Timeouts
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.workers.host import WorkerHost
from tests.corpus import corpus, truth
from tests.intake.station import Station, TurnedClock

NO_LETTERS = {".txt", ".heic", ".webp", ".json", ".svg"}
IN_THE_LEDGER = {FileState.QUEUED, FileState.QUARANTINED, FileState.DUPLICATE}
# What pikepdf or PDFium counts where the two differ, or what is no page of a letter; each with its reason.
OTHER_COUNT: dict[str, str] = {}


def pages_known(facts: dict[str, Any]) -> int | None:
    return facts.get("pages") or facts.get("frames")


def taken_in(place: Path, folder: str) -> tuple[dict[str, ScannedFile], dict[str, int]]:
    """Take a folder of the corpus in; returns each file with its ledger row, and the pages of its documents."""
    scans = place / "scans"
    shutil.copytree(corpus(folder), scans)
    (scans / "truth.json").unlink()
    host = WorkerHost(processes=2, recognition_processes=2)
    station = Station(place / "home", scans, host, TurnedClock())
    try:
        station.started(timeouts=Timeouts(inspect=30, read=60, compose=30))
        station.run()
        files = station.files()
        pages = {}
        with station.store.read() as session:
            for name, file in files.items():
                parts = session.ledger.parts(file.file_id)
                pages[name] = sum(len(part.pages) for part in parts)
        return files, pages
    finally:
        station.close()
        host.close()


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("folder", ["scans", "letters", "pdf-hard", "barcodes"])
def test_every_file_is_queued_or_refused_with_a_reason_and_no_page_is_missing(tmp_path: Path, folder: str) -> None:
    known = truth(folder)
    files, pages = taken_in(tmp_path, folder)
    letters = {name for name in known if Path(name).suffix.lower() not in NO_LETTERS}
    assert letters <= set(files)
    assert {file.state for file in files.values()} <= IN_THE_LEDGER
    refused = {name: file.refusal for name, file in files.items() if file.state is FileState.QUARANTINED}
    assert None not in refused.values()
    assert not {name for name, reason in refused.items() if reason is RefusalReason.CRASHED}
    wrong = {}
    for name in sorted(letters - set(refused)):
        if files[name].state is FileState.DUPLICATE:
            continue
        sheets = len(known[name].get("separator_pages") or ())
        expected = pages_known(known[name])
        if expected is not None and pages[name] not in (expected, expected - sheets):
            wrong[name] = (pages[name], expected, sheets)
    unexpected = {name: found for name, found in wrong.items() if name not in OTHER_COUNT}
    assert unexpected == {}
