"""Searching from the command line: a station that only runs makes the texts of its letters searchable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import Station, served

LOOKS = 60
LETTERS = {"a.pdf": "Anfrage zur Straßenreinigung in der Burgstraße", "b.pdf": "Antrag auf Sondernutzung"}


def hits(station: Station, *words: str) -> list[Any]:
    return list(station.json("search", *words)["hits"])


def hits_in_text(station: Station, word: str) -> list[Any]:
    """What is found in the text of a letter here, without the server."""
    return [hit for hit in hits(station, "--local", word) if hit["kind"] == "document" and hit["page"]]


@pytest.mark.slow
def test_a_station_that_runs_makes_searchable_what_was_fetched(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    with served() as url:
        mailroom, clerk = Station(home=tmp_path / "mailroom"), Station(home=tmp_path / "clerk")
        mailroom.log_in(url, "post.blomberg")
        mailroom.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        for name, text in LETTERS.items():
            (scans / name).write_bytes(text_pdf([[Line(x=72, y=HEIGHT - 90, text=text)]]))
        mailroom.run("intake", "--once")
        mailroom.run("sync", "--once")
        assert [hit["page"] for hit in hits_in_text(mailroom, "Burgstraße")] == [1]
        letter = hits_in_text(mailroom, "Burgstraße")[0]["documentId"]
        mailroom.run("file", letter, "--new", "--subject", "Kehrplan", "--plan", "66.20")
        mailroom.run("sync", "--once")
        clerk.log_in(url, "clerk1.blomberg")
        clerk.run("sync", "--once", expect=None)
        (case,) = clerk.json("cases", "--query", "Kehrplan")
        clerk.run("case", "pin", case["caseNumber"])
        clerk.run("sync", "--once", expect=None)
        assert hits_in_text(clerk, "Burgstraße") == []
        running = clerk.start("run")
        try:
            found = next((seen for _ in range(LOOKS) if (seen := hits_in_text(clerk, "Burgstraße"))), [])
        finally:
            running.terminate()
            assert running.wait(60) == 0
        assert [(hit["page"], hit["caseNumber"]) for hit in found] == [(1, case["caseNumber"])]
        assert "Burgstraße" in found[0]["excerpt"]
        assert {hit["kind"] for hit in hits(clerk, case["caseNumber"])} >= {"case"}
        assert hits(clerk, "Kaulquappenzucht") == []
        assert case["caseNumber"] in clerk.run("search", "--local", "Burgstr*")
