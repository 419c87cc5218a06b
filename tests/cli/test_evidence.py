"""The account of a day as JSON, CSV and a PDF that can be printed, through the command line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.cli.station import Station
from tests.faults.full_disk import run_on_small_disk
from tests.intake.papers import letter_pdf


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    place = tmp_path_factory.mktemp("day")
    scans = place / "scans"
    scans.mkdir()
    station = Station(home=place / "home")
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    (scans / "Müller Widerspruch.pdf").write_bytes(letter_pdf(("Widerspruch",)))
    station.run("intake", "--once")
    (scans / "nochmal.pdf").write_bytes(letter_pdf(("Widerspruch",)))
    (scans / "kaputt.pdf").write_bytes(b"nothing")
    station.run("intake", "--once", expect=5)
    return station


def test_json_explains_each_difference(station: Station) -> None:
    account = station.json("--lang", "de", "reconcile", expect=5)
    assert (account["seen"], account["confirmed"], account["waiting"]) == (3, 0, 1)
    assert (account["quarantined"], account["duplicates"], account["lost"]) == (1, 1, 0)
    told = {Path(each["path"]).name: each for each in account["differences"]}
    assert told["kaputt.pdf"]["state"] == "quarantined"
    assert "weder PDF noch Bild" in told["kaputt.pdf"]["why"]
    assert "Müller Widerspruch.pdf" in told["nochmal.pdf"]["why"]
    assert all(each["why"] and each["toDo"] for each in account["differences"])


def test_a_day_without_files_is_zero_and_a_day_that_is_none_is_refused(station: Station, tmp_path: Path) -> None:
    assert station.json("reconcile", "--date", "2001-01-01")["seen"] == 0
    station.run("reconcile", "--date", "gestern", expect=2)
    station.run("reconcile", "--csv", str(tmp_path / "nowhere" / "day.csv"), expect=2)


def test_csv_has_one_line_per_file(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "tag.csv"
    station.run("reconcile", "--csv", str(target), expect=5)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["Zustand"] for row in rows].count("in Quarantäne") == 1
    assert len(rows) == 3
    assert all(row["Warum"] and len(row["SHA-256"]) == 64 for row in rows)


@pytest.mark.slow
def test_a_letter_compared_with_its_paper_stands_in_the_account(station: Station) -> None:
    (letter,) = station.json("inbox")
    station.run("sample", "differs", letter["documentId"], "cut-off", "--remark", "Rand")
    (sample,) = station.json("reconcile", expect=5)["sample"]
    assert (sample["protection"], sample["letters"], sample["compared"], sample["differ"]) == ("normal", 1, 1, 1)
    (found,) = sample["documents"]
    assert (found["result"], found["remark"]) == ("cut-off", "Rand")
    assert not {"by", "actor", "user"} & set(found)
    assert "etwas ist abgeschnitten" in station.run("--lang", "de", "sample", "list")
    station.run("sample", "agrees", letter["documentId"])
    assert station.json("sample", "list")[0]["differ"] == 0
    station.run("sample", "agrees", "nobody", expect=1)


def test_boxes_of_paper_are_put_and_listed(station: Station, tmp_path: Path) -> None:
    day = station.json("inbox")[0]["receivedOn"]
    station.run("boxes", "put", "K 7", "--date", day)
    (box,) = station.json("boxes", "list")
    assert (box["box"], box["letters"], box["destroyOn"]) == ("K 7", 1, None)
    assert "not-arrived" in box["hindrances"]
    station.run("boxes", "list", "--pdf", str(tmp_path / "kisten.pdf"))
    assert (tmp_path / "kisten.pdf").read_bytes().startswith(b"%PDF")
    station.run("boxes", "put", "K 7", "--date", "gestern", expect=2)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no foreign reader of PDF text (pdftotext)")
def test_the_pdf_is_german_a4_and_has_real_text(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "tag.pdf"
    station.run("reconcile", "--pdf", str(target), expect=5)
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    for expected in ("Tagesabgleich", "Müller", "weder PDF noch Bild", "Seite 1 von 1", "in Quarantäne", "Geprüft von"):
        assert expected in words, expected
    with pikepdf.open(target) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 595, 842]
        assert str(pdf.Root.Lang) == "de"


def test_a_full_disk_leaves_the_account_of_before(tmp_path: Path) -> None:
    lines = run_on_small_disk(
        """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.model.errors import DiskFull
from clerk_desktop.model.ledger import FileAccount, FileState, Reconciliation, Verdict
from clerk_desktop.store.store import Store
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import DayAccounts
from tests.store.samples_of import KEY, FixedClock
disk = Path(sys.argv[1])
store = Store.open(disk / "home", KEY, FixedClock())
accounts = DayAccounts(store, FixedClock(), UTC, PaperPrinter())
files = tuple(
    FileAccount(path=f"/scans/{n}.pdf", verdict=Verdict.NOT_SENT_YET, state=FileState.QUEUED, sha256="a" * 64)
    for n in range(2000)
)
day = Reconciliation(day=None, seen=2000, confirmed=0, waiting=2000, quarantined=0, duplicates=0, files=files)
texts = Texts.for_language("de")
for name, write in (("tag.csv", accounts.write_csv), ("tag.pdf", accounts.write_pdf)):
    target = disk / name
    target.write_bytes(b"before")
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True: filler.write(bytes(4096))
        except OSError: pass
    try:
        write(day, target, texts)
    except DiskFull:
        print("full")
    print(target.read_bytes())
    (disk / "filler").unlink()
    write(day, target, texts)
    print(target.stat().st_size > 10_000, [path.name for path in disk.glob(".tag*")])
store.close()
        """,
        tmp_path / "disk",
        9000,
    )
    assert lines == ["full", "b'before'", "True []"] * 2


def test_verify_log_finds_all_in_order_and_a_note_goes_with_its_document(station: Station, tmp_path: Path) -> None:
    report = station.json("verify-log")
    assert (report["ok"], report["notes"], report["faults"]) == (True, 1, [])
    (document,) = station.json("inbox")
    out, note = tmp_path / "brief.pdf", tmp_path / "vermerk.json"
    station.run("export", document["documentId"], "--out", str(out), "--note", str(note))
    told = json.loads(note.read_text(encoding="utf-8"))
    assert hashlib.sha256(told["text"].encode()).hexdigest() == told["sha256"] == report["ends"][0]["sha256"]
    assert told["note"]["stored_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    printed = tmp_path / "vermerk.pdf"
    station.run("--lang", "de", "export", document["documentId"], "--out", str(out), "--note", str(printed))
    assert "Transfervermerk" in pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_bounded()


def test_sheets_are_printed_and_a_stack_that_misses_one_says_so(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "trennblaetter.pdf"
    words = ("--municipality", "blomberg", "--case", "65.10-2026/009", "--type", "Bescheid")
    station.run("sheets", *words, "--count", "3", "--out", str(target))
    station.run("sheets", "--municipality", "nirgendwo", "--count", "3", "--out", str(target), expect=2)
    station.run("sheets", "--municipality", "blomberg", "--count", "0", "--out", str(target), expect=2)
    scans = Path(station.json("scan-folder", "list")[0]["path"])
    stack = io.BytesIO()
    with pikepdf.open(target) as sheets, pikepdf.open(io.BytesIO(letter_pdf(("Widerspruch",)))) as letter:
        assert len(sheets.pages) == 3
        with pikepdf.new() as pdf:
            for page in (sheets.pages[0], letter.pages[0], sheets.pages[2], letter.pages[0]):
                pdf.pages.append(page)
            pdf.save(stack)
    (scans / "stapel.pdf").write_bytes(stack.getvalue())
    station.run("intake", "--once")
    told = {Path(file["path"]).name: file for file in station.json("--lang", "de", "transfers")["files"]}
    assert len(told["stapel.pdf"]["documents"]) == 2
    assert told["stapel.pdf"]["notices"] == [
        "3 Trennblätter gedruckt, 2 gelesen; nicht gelesen: 2. Prüfen, wo die Briefe enden."
    ]
