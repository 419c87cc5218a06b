"""``scan``: from a device on the network to a document on the server, as a clerk at a scan station does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.station import Station
from tests.scanners.device import Device, switched_on


def with_folder(tmp_path: Path) -> tuple[Station, Path]:
    station, scans = Station(home=tmp_path / "station", more={"LANGUAGE": "de"}), tmp_path / "scans"
    scans.mkdir()
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    return station, scans


@pytest.mark.slow
def test_a_page_from_the_plate_becomes_a_file_of_the_scan_folder_and_then_a_document(tmp_path: Path) -> None:
    station, scans = with_folder(tmp_path)
    with switched_on(Device(platen="Antrag auf Anwohnerparken")) as device:
        told = station.json("scan", "--scanner", device.url, "--platen", "--dpi", "200")
    assert (told["pages"], told["scanner"], told["trouble"]) == (1, "Muster MFC 100", None)
    assert [Path(told["file"])] == list(scans.iterdir())
    station.run("intake", "--once")
    (document,) = station.json("inbox")
    assert document["pages"] == 1
    assert station.json("reconcile")["waiting"] == 1
