"""What scanners and people also leave in a scan folder: each has a German reason, is untouched, and stops nothing."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.texts import REFUSALS
from tests.cli.station import Station, served
from tests.intake.papers import letter_pdf, nested_forms_pdf
from tests.intake.test_bad_files import refused_files

WITHOUT_RIGHTS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
GERMAN = {
    "leer.pdf": "Die Datei ist leer.",
    "abgeschnitten.pdf": "Die Datei ist beschädigt oder wurde nicht vollständig geschrieben.",
    "kennwort.pdf": "Die Datei ist durch ein Kennwort geschützt.",
    "plan.zip": "Die Datei ist weder PDF noch Bild, E-Mail oder Bürodokument.",
    "ohne-seiten.tif": "Die Datei ist beschädigt oder wurde nicht vollständig geschrieben.",
    "riesig.png": "Eine Seite der Datei hat zu viele Bildpunkte.",
    "unsinn.pdf": "Die Datei ist weder PDF noch Bild, E-Mail oder Bürodokument.",
    "absturz.pdf": "Der Leser ist bei der Arbeit an der Datei abgebrochen.",
    "gesperrt.pdf": "Die Datei lässt sich nicht öffnen.",
    "waechst.pdf": "Die Datei wird noch geschrieben.",
}
WAITING = {"gesperrt.pdf", "waechst.pdf"}
GOOD = 3


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """A file that a scanner with a jammed feeder goes on writing."""
    stop = threading.Event()
    path.write_bytes(letter_pdf()[:300])

    def write_on() -> None:
        while not stop.wait(0.5):
            with path.open("ab") as file:
                file.write(b"%% noch mehr\n")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def station_without_rights(home: Path) -> Station:
    """A station that cannot open everything: an administrator's rights are taken away from it first."""
    if sys.platform == "linux" and os.geteuid() == 0:
        if shutil.which(WITHOUT_RIGHTS[0]) is None:
            pytest.skip("an administrator can read everything, and there is no setpriv to prevent it")
        return Station(home=home, under=WITHOUT_RIGHTS, more={"LANGUAGE": "de"})
    return Station(home=home, more={"LANGUAGE": "de"})


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(os.name == "nt", reason="rights are taken away in another way on Windows")
def test_every_bad_file_has_its_german_reason_is_untouched_and_stops_nothing(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    bad = {name: content for name, (content, _) in refused_files().items()} | {
        "absturz.pdf": nested_forms_pdf(levels=12, fan=30),
        "gesperrt.pdf": letter_pdf(("gesperrt",)),
    }
    with served() as url, growing(scans / "waechst.pdf"):
        station = station_without_rights(tmp_path / "station")
        station.log_in(url, "post.blomberg")
        station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        for name, content in bad.items():
            (scans / name).write_bytes(content)
        for number in range(GOOD):
            (scans / f"gut{number}.pdf").write_bytes(letter_pdf((f"Guter Brief Nummer {number}",)))
        (scans / "gesperrt.pdf").chmod(0)
        station.run("intake", "--once", expect=5)
        station.run("sync", "--once")
        files = {Path(file["path"]).name: file for file in station.json("--lang", "de", "transfers")["files"]}
        held = {Path(file["path"]).name for file in station.json("--lang", "de", "quarantine", "list", expect=5)}
        account = station.json("reconcile", expect=5)
    assert {name: files[name]["reason"] for name in GERMAN} == GERMAN
    assert {file["state"] for name, file in files.items() if name in bad.keys() - WAITING} == {"quarantined"}
    assert {files[name]["state"] for name in WAITING} == {"seen"}
    assert held >= bad.keys() - WAITING
    for name, content in bad.items():
        (scans / name).chmod(0o600)
        assert (scans / name).read_bytes() == content, name
    assert {files[f"gut{number}.pdf"]["state"] for number in range(GOOD)} == {"confirmed"}
    assert (account["seen"], account["confirmed"], account["lost"]) == (len(files), GOOD, 0)
    assert account["waiting"] == len(WAITING)


def test_every_reason_has_its_sentence() -> None:
    assert set(REFUSALS) == set(RefusalReason)
