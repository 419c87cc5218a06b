"""Batches that wait: who looks at them disturbs no scan, one in trouble hides no other, and a stack stays together."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from clerk_desktop.intake.scan_batch import BatchFolder
from clerk_desktop.model.errors import WorkerLate, WorkerNotStarted
from clerk_desktop.model.ids import new_key
from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import ScanDesk, scan_desk
from tests.scanners.device import Device, sheet, switched_on

STACK = ["eins", "zwei", "drei"]


def test_a_scan_that_has_just_begun_is_not_cleared_away_by_who_looks(desk: ScanDesk) -> None:
    begun = BatchFolder.make(desk.folder, new_key())
    assert desk.scanning.unfinished() == ()
    assert begun.path.is_dir()


def test_a_batch_that_cannot_be_finished_hides_no_other(tmp_path: Path, host: WorkerHost) -> None:
    troubles = [WorkerNotStarted(), WorkerNotStarted()]
    with (
        scan_desk(tmp_path / "station", host, troubles=troubles) as desk,
        switched_on(Device(feeder=list(STACK), jam_after=1)) as device,
    ):
        desk.scan(device.url)
        device.unjam(STACK)
        with pytest.raises(WorkerNotStarted):
            desk.scan(device.url)
        assert sorted((batch.pages, batch.trouble) for batch in desk.scanning.unfinished()) == [
            (1, "PaperJam"),
            (3, "WorkerNotStarted"),
        ]


def test_a_late_worker_does_not_cut_a_stack_apart(tmp_path: Path, host: WorkerHost) -> None:
    with (
        scan_desk(tmp_path / "station", host, troubles=[WorkerLate()]) as desk,
        switched_on(Device(feeder=list(STACK))) as device,
    ):
        with pytest.raises(WorkerLate):
            desk.scan(device.url)
        assert desk.files() == []
        assert desk.scanning.unfinished() == ()
        (name,) = desk.files()
        with pikepdf.open(BytesIO((desk.folder / name).read_bytes())) as pdf:
            assert len(pdf.pages) == 3


def test_who_keeps_a_stack_that_no_worker_binds_gets_its_pages_one_by_one(tmp_path: Path, host: WorkerHost) -> None:
    with (
        scan_desk(tmp_path / "station", host, troubles=[WorkerLate(), WorkerLate(), WorkerLate()]) as desk,
        switched_on(Device(feeder=list(STACK))) as device,
    ):
        with pytest.raises(WorkerLate):
            desk.scan(device.url)
        (waiting,) = desk.scanning.unfinished()
        desk.scanning.keep(waiting.batch_id)
        names = desk.files()
        assert [name.partition(" page-")[2] for name in names] == ["00001.jpg", "00002.jpg", "00003.jpg"]
        assert [(desk.folder / name).read_bytes() for name in names] == [sheet(text) for text in STACK]
