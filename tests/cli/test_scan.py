"""``scan``: from a device on the network to a document on the server, as a clerk at a scan station does it."""

from __future__ import annotations

import json
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
def test_a_page_from_the_plate_becomes_a_document_and_its_transfer_note_names_the_device(tmp_path: Path) -> None:
    station, scans = with_folder(tmp_path)
    with switched_on(Device(platen="Antrag auf Anwohnerparken")) as device:
        told = station.json("scan", "--scanner", device.url, "--dpi", "200", "--mode", "grey")
    assert (told["pages"], told["scanner"], told["trouble"]) == (1, "Muster MFC 100", None)
    assert [Path(told["file"])] == list(scans.iterdir())
    station.run("intake", "--once")
    (document,) = station.json("inbox")
    assert document["pages"] == 1
    account = station.json("reconcile")
    assert (account["seen"], account["waiting"], account["lost"]) == (1, 1, 0)
    station.run(
        "export", document["documentId"], "--out", str(tmp_path / "brief.pdf"), "--note", str(tmp_path / "n.json")
    )
    note = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["note"]
    device_told = {name: note["device"][name] for name in ("scanner", "serial", "dpi", "mode", "source")}
    assert list(device_told.values()) == ["Muster MFC 100", "M-4711", 200, "grey", "platen"]
    assert station.json("verify-log")["faults"] == []


@pytest.mark.slow
def test_a_jam_is_told_in_german_with_the_way_on_and_asks_for_a_clerk(tmp_path: Path) -> None:
    station, scans = with_folder(tmp_path)
    with switched_on(Device(feeder=["a", "b", "c"], jam_after=2)) as device:
        code, told = station.exit_code("scan", "--scanner", device.url, "--dpi", "75")
        assert code == 5
        assert "2 Seiten kamen, dann: Papierstau im Scanner." in told
        assert "scan --continue" in told
        (waiting,) = station.json("scan", "--list", expect=5)["unfinished"]
        kept = station.json("scan", "--keep", waiting["scan"])
    assert (kept["pages"], [Path(kept["file"])]) == (2, list(scans.iterdir()))


@pytest.mark.slow
def test_a_scan_that_came_whole_before_a_crash_is_taken_in_by_the_next_pass(tmp_path: Path) -> None:
    station, scans = with_folder(tmp_path)
    with switched_on(Device(feeder=["a", "b", "c"], jam_after=2)) as device:
        station.exit_code("scan", "--scanner", device.url, "--dpi", "75")
    (note,) = scans.glob(".clerk-scan-*/batch.json")
    note.write_text(note.read_text(encoding="utf-8").replace('"stopped"', '"complete"'), encoding="utf-8")
    station.run("intake", "--once")
    assert station.json("reconcile")["seen"] == 1
    assert station.json("scan", "--list")["unfinished"] == []
    assert list(scans.glob(".clerk-scan-*")) == []


@pytest.mark.slow
def test_what_a_device_can_do_is_shown_and_an_empty_feeder_is_told(tmp_path: Path) -> None:
    station, _ = with_folder(tmp_path)
    with switched_on(Device()) as device:
        told = station.json("scan", "--list", "--scanner", device.url)
        assert (told["name"], told["adf"]["dpi"], told["paperIsIn"]) == ("Muster MFC 100", [75, 200, 300], False)
        code, words = station.exit_code("scan", "--scanner", device.url, "--adf", "--duplex")
    assert (code, "Im Einzug liegt kein Papier." in words) == (1, True)
