"""The watch doctor by command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.station import Station


def test_the_watch_doctor_names_file_system_delay_and_mode_in_words_and_for_scripts(tmp_path: Path) -> None:
    station = Station(home=tmp_path / "home", as_shipped=True)
    scans = tmp_path / "scans"
    scans.mkdir()
    finding = station.json("scan-folder", "check", str(scans))
    assert finding["path"] == str(scans.resolve())
    assert (finding["writable"], finding["remote"], finding["mode"]) == (True, False, "events")
    assert finding["eventAfterSeconds"] >= 0
    assert finding["lookEverySeconds"] > 0
    told = station.run("--lang", "de", "scan-folder", "check", str(scans))
    assert "meldet sich" in told
    assert finding["fileSystem"] in told
    assert list(scans.iterdir()) == []
    assert station.exit_code("scan-folder", "check", str(tmp_path / "fehlt"))[0] == 2
