"""What commands tell a person is told in words; keys and values of scripts stand in the help of what takes them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from clerk_desktop.cli.commands.cases import KEYS
from clerk_desktop.model.case import CaseField, CaseStatus, Confidentiality
from tests.cli.station import PROGRAM, Station, environment


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(home=tmp_path / "home")


def test_a_case_and_what_waits_of_it_are_told_in_german_and_english(station: Station) -> None:
    new = ("case", "new", "--subject", "Hecke", "--plan", "32.10", "--municipality", "blomberg")
    number = station.run(*new).strip()
    station.run("case", "set", number, "status=closed", "confidentiality=personal", "dueOn=2026-12-24")
    assert " abgeschlossen " in station.run("cases")
    told = station.run("case", "show", number).splitlines()
    assert {"  Status: abgeschlossen", "  Schutz: persönlich", "  Frist: 2026-12-24"} <= set(told)
    assert "  Status: closed" in station.run("--lang", "en", "case", "show", number).splitlines()
    german, english = station.run("transfers"), station.run("--lang", "en", "transfers")
    assert ("Vorgang anlegen" in german, "wartet auf" in german) == (True, True)
    assert ("Open a case" in english, "waits to be sent" in english) == (True, True)


def test_the_help_names_each_key_and_value_and_takes_it(station: Station) -> None:
    told = " ".join(station.run("case", "set", "--help").split())
    number = station.run("case", "new", "--subject", "Hecke", "--plan", "32.10", "--municipality", "blomberg").strip()
    assert set(KEYS.values()) == set(CaseField)
    assert [key for key in KEYS if f"{key}: " not in told] == []
    for key, value in (
        *(("status", each) for each in CaseStatus),
        *(("confidentiality", each) for each in Confidentiality),
    ):
        assert f"{value.value} (" in told
        station.run("case", "set", number, f"{key}={value.value}")


def test_marks_of_no_document_are_told_and_not_written(station: Station, tmp_path: Path) -> None:
    code, told = station.exit_code("annotations", "nobody")
    assert (code, "Nicht gefunden: nobody" in told) == (1, True)
    code, told = station.exit_code("annotations", "nobody", "--xfdf", str(tmp_path / "marks.xfdf"))
    assert (code, (tmp_path / "marks.xfdf").exists()) == (1, False)


def test_whoever_reads_only_the_beginning_is_told_of_no_error(station: Station) -> None:
    station.run("case", "new", "--subject", "Hecke", "--plan", "32.10", "--municipality", "blomberg")
    command = [*PROGRAM, "--home", str(station.home), "cases"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before it can have written anything
        told = process.stderr.read()
    assert told == b""
    assert process.returncode == 1
