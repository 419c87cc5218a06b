"""Marks that name no page of the document are told as such, leave as they came, and are missed aloud in a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

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


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """One that has taken in a letter of one page."""
    scans = tmp_path / "scans"
    scans.mkdir()
    station = Station(home=tmp_path / "home")
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    (scans / "brief.pdf").write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text="Antrag")]]))
    station.run("intake", "--once")
    return station


def letter(station: Station) -> str:
    (known,) = station.json("inbox")
    return str(known["documentId"])


def test_marks_without_a_page_are_told_and_leave_as_they_came(station: Station, tmp_path: Path) -> None:
    document, xfdf = letter(station), tmp_path / "marks.xfdf"
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


@pytest.mark.parametrize(("form", "annotations"), [("--with-marks", ["/Square"]), ("--flatten", [])])
def test_an_export_says_how_many_marks_are_not_in_it(
    station: Station, tmp_path: Path, form: str, annotations: list[str]
) -> None:
    document, xfdf, out = letter(station), tmp_path / "marks.xfdf", tmp_path / "letter.pdf"
    xfdf.write_bytes(MARKS)
    station.run("annotate", document, "--xfdf", str(xfdf))
    words = ("export", document, "--out", str(out), form)
    code, told = station.exit_code(*words)
    assert (code, told.splitlines()[-1].split(";")[0]) == (
        5,
        "2 Anmerkungen konnten nicht gezeichnet werden, weil sie auf keiner Seite des Dokuments stehen",
    )
    with pikepdf.open(out) as pdf:
        assert [str(each.Subtype) for each in pdf.pages[0].obj.get("/Annots", pikepdf.Array())] == annotations
    out.unlink()
    answer: dict[str, Any] = station.json(*words, expect=5)
    assert answer == {"documentId": document, "file": str(out), "marksOnNoPage": 2, "marksOfOtherKinds": 0}
    assert out.exists()


def test_an_export_with_all_its_marks_says_nothing(station: Station, tmp_path: Path) -> None:
    document, xfdf, out = letter(station), tmp_path / "marks.xfdf", tmp_path / "letter.pdf"
    whole = ("export", document, "--out", str(out), "--with-marks")
    xfdf.write_bytes(as_file(['<square page="0" name="a" rect="9,9,20,20"/>']))
    station.run("annotate", document, "--xfdf", str(xfdf))
    assert station.exit_code(*whole) == (0, "")
    assert station.json(*whole)["marksOnNoPage"] == 0
    xfdf.write_bytes(as_file(['<square page="1" name="b" rect="9,9,20,20"/>']))
    station.run("annotate", document, "--xfdf", str(xfdf))
    assert station.exit_code("export", document, "--out", str(out)) == (0, "")
    code, told = station.exit_code("--lang", "en", *whole)
    assert (code, told.split(";")[0]) == (
        5,
        "1 mark could not be drawn because it stands on no page of the document",
    )
