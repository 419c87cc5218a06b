"""Marks that name no page of the document are told as such, and leave as they came."""

from __future__ import annotations

from pathlib import Path

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import Station
from tests.the_kinds_of_marks import as_file

MARKS = as_file(
    [
        '<square page="0" name="a" rect="9,9,20,20"/>',
        '<circle name="b" rect="9,9,20,20"/>',
        '<line page="6" name="c" rect="9,9,20,20" start="9,9" end="20,20" tail="OpenArrow"/>',
    ]
)


def test_marks_without_a_page_are_told_and_leave_as_they_came(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    station = Station(home=tmp_path / "home")
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    (scans / "brief.pdf").write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text="Antrag")]]))
    station.run("intake", "--once")
    (letter,) = station.json("inbox")
    document, xfdf = letter["documentId"], tmp_path / "marks.xfdf"
    xfdf.write_bytes(MARKS)
    told = station.run("annotate", document, "--xfdf", str(xfdf)).splitlines()
    assert told[0] == "Jetzt 3 eigene Anmerkungen."
    assert told[1].startswith("2 davon stehen auf keiner Seite des Dokuments: ")
    german, english = station.run("annotations", document), station.run("--lang", "en", "annotations", document)
    for told_in, kinds, places in (
        (german, ("Rechteck", "Ellipse", "Pfeil"), ("1 ", "ohne Seite ", "7 (nicht im Dokument) ")),
        (english, ("Rectangle", "Ellipse", "Arrow"), ("1 ", "without a page ", "7 (not in the document) ")),
    ):
        lines = [line for kind in kinds for line in told_in.splitlines() if f" {kind} " in f"{line} "]
        assert [line.startswith(place) for line, place in zip(lines, places, strict=True)] == [True] * 3
    assert sorted((mark["id"], mark["page"]) for mark in station.json("annotations", document)) == [
        ("a", 1),
        ("b", None),
        ("c", 7),
    ]
    out = tmp_path / "back.xfdf"
    station.run("annotations", document, "--xfdf", str(out))
    back = out.read_text(encoding="utf-8")
    assert (back.count("page="), back.count('page="0"'), back.count('page="6"')) == (2, 1, 1)
