"""Two clerks change the same case; both versions stand side by side on the command line, with who and when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.station import Station, served

ANNA, BERT = "clerk1.blomberg", "clerk2.blomberg"


def subject(station: Station, number: str) -> str:
    return str(station.json("case", "show", number)["subject"])


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_both_versions_are_listed_with_who_and_when_and_one_is_kept(tmp_path: Path) -> None:
    anna, bert = Station(home=tmp_path / "anna"), Station(home=tmp_path / "bert")
    began = datetime.now(UTC)
    with served() as url:
        for station, user in ((anna, ANNA), (bert, BERT)):
            station.log_in(url, user)
            station.run("sync", "--once")
        number = str(anna.json("cases")[0]["caseNumber"])
        before = subject(anna, number)
        bert.run("case", "set", number, "subject=Zaun und Tor")
        bert.run("sync", "--once")
        anna.run("case", "set", number, "subject=Zaun und Hecke")
        anna.run("sync", "--once", expect=5)
        [conflict] = anna.json("conflicts", expect=5)
        [field] = conflict["fields"]
        assert (field["field"], field["mine"], field["theirs"]) == ("subject", "Zaun und Hecke", "Zaun und Tor")
        assert field["by"] == BERT
        assert datetime.fromisoformat(field["at"]) >= began.replace(microsecond=0)
        assert conflict["about"] == f"{number} Zaun und Hecke"
        told = anna.run("conflicts", expect=5)
        assert all(text in told for text in (number, "Zaun und Hecke", "Zaun und Tor", BERT))
        anna.run("conflicts", "resolve", conflict["operationId"], "mine")
        for station in (anna, bert):
            station.run("sync", "--once")
            assert subject(station, number) == "Zaun und Hecke" != before
        assert anna.json("conflicts") == []
