"""``pages``: letters cut, joined and put in order through the command line; the account tells what was sorted out."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import Station


@pytest.mark.slow
def test_a_letter_is_cut_a_page_is_sorted_out_and_the_account_tells(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    station = Station(home=tmp_path / "home")
    station.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    words = ("Antrag", "Anlage", "Widerspruch", "Werbung")
    (scans / "stapel.pdf").write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text=word)] for word in words]))
    station.run("intake", "--once")
    (letter,) = station.json("inbox")
    cut = station.json("pages", "split", letter["documentId"], "--before", "3")
    assert [len(each["pages"]) for each in cut["letters"]] == [2, 2]
    assert cut["givenWay"] == [letter["documentId"]]
    out = station.json("pages", "remove", cut["letters"][1]["documentId"], "2")
    assert [each["page"] for each in out["sortedOut"]] == [2]
    assert [each["pages"] for each in station.json("inbox")] == [2, 1]
    station.run("pages", "split", letter["documentId"], "--before", "2", expect=1)
    station.run("pages", "remove", cut["letters"][0]["documentId"], "9", expect=2)
    (told,) = station.json("reconcile")["differences"]
    assert told["sortedOutPages"] == [4]
