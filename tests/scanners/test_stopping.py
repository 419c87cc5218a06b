"""Nobody waits for a page that is on its way when the program is closed: what came is kept, the device is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.model.errors import ScanInterrupted
from clerk_desktop.workers.host import WorkerHost
from tests.scanners.desk import BOUNDS, ScanDesk, scan_desk
from tests.scanners.device import Device, switched_on

READ = 100.0


@pytest.fixture
def patient(tmp_path: Path, host: WorkerHost) -> Iterator[ScanDesk]:
    """A station that would wait more than a minute for the next byte."""
    with scan_desk(tmp_path / "station", host, bounds=replace(BOUNDS, read=READ, page_seconds=READ)) as made:
        yield made


@pytest.mark.parametrize("late", [1, 3])
def test_a_page_that_is_on_its_way_is_given_up_and_what_came_is_kept(patient: ScanDesk, late: int) -> None:
    stop, on_its_way, sent = threading.Event(), threading.Event(), threading.Event()

    def before_page(number: int) -> None:
        if number == late:
            stop.set()
            on_its_way.wait(READ / 2)
            sent.set()

    with switched_on(Device(feeder=["eins", "zwei", "drei"], before_page=before_page)) as device:
        try:
            if late == 1:
                with pytest.raises(ScanInterrupted):
                    patient.scan(device.url, stop=stop)
                assert patient.scanning.unfinished() == ()
            else:
                result = patient.scan(device.url, stop=stop)
                assert isinstance(result.trouble, ScanInterrupted)
                assert [batch.pages for batch in patient.scanning.unfinished()] == [late - 1]
            assert not sent.is_set(), "it was waited for"
        finally:
            on_its_way.set()
        assert device.cancelled == [device.jobs[0].path]


def test_a_page_that_comes_within_the_grace_is_kept(tmp_path: Path, host: WorkerHost) -> None:
    stop = threading.Event()

    def before_page(number: int) -> None:
        if number == 2:
            stop.set()

    bounds = replace(BOUNDS, grace=READ)
    with (
        scan_desk(tmp_path / "station", host, bounds=bounds) as desk,
        switched_on(Device(feeder=["eins", "zwei", "drei"], before_page=before_page)) as device,
    ):
        result = desk.scan(device.url, stop=stop)
        assert isinstance(result.trouble, ScanInterrupted)
        assert result.batch.pages == 2


def test_a_page_without_a_length_that_is_given_up_was_interrupted(patient: ScanDesk) -> None:
    stop, over = threading.Event(), threading.Event()

    def without_end(answers: Any) -> None:
        answers.send_response(200)
        answers.send_header("Content-Type", "image/jpeg")
        answers.send_header("Connection", "close")
        answers.end_headers()
        answers.wfile.write(b"\xff\xd8\xff\xe0" + b"0" * 1000)
        stop.set()
        over.wait(READ)
        answers.close_connection = True

    with switched_on(Device(feeder=["eins"], spoil={"/NextDocument": without_end})) as device:
        try:
            with pytest.raises(ScanInterrupted):
                patient.scan(device.url, stop=stop)
        finally:
            over.set()


def test_nobody_asks_for_a_certificate_once_the_program_is_closed(patient: ScanDesk) -> None:
    stop = threading.Event()
    stop.set()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        with pytest.raises(ScanInterrupted):
            patient.scan(_address(listening), stop=stop)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_certificate_that_does_not_come_before_the_program_is_closed_is_no_fault_of_the_device(
    patient: ScanDesk,
) -> None:
    stop = threading.Event()

    def hang_up(listening: socket.socket) -> None:
        line, _ = listening.accept()
        stop.set()
        line.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        device = threading.Thread(target=hang_up, args=(listening,), name="test-scanner")
        device.start()
        try:
            with pytest.raises(ScanInterrupted):
                patient.scan(_address(listening), stop=stop)
        finally:
            device.join()


def _address(listening: socket.socket) -> str:
    return f"https://127.0.0.1:{listening.getsockname()[1]}/eSCL"
