"""The main job through the command line alone, and its evidence read by a client that none of us wrote (cmislib)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.truth import ReferencePlace
from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import PASSWORD, Station, served

cmislib = pytest.importorskip("cmislib")
XFDF = """<?xml version="1.0" encoding="UTF-8"?>
<xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve"><annots>
<highlight page="0" rect="72,740,200,760" coords="72,760,200,760,72,740,200,740" color="#FFE040" title="Erika"
 name="a1" date="D:20261123080000Z"><contents>bitte prüfen</contents></highlight>
</annots></xfdf>
"""
TEXT = text_pdf([[Line(x=72, y=HEIGHT - 90, text="Anfrage zur Straßenreinigung in der Burgstraße")]])


@dataclass(frozen=True, kw_only=True)
class Day:
    """A served office after a mailroom's day: a scan that bears its number and a PDF with text were sent."""

    url: str
    place: Path
    mailroom: Station
    scan: Path

    def repository(self, user: str) -> Any:
        from cmislib.browser.binding import BrowserBinding

        return cmislib.CmisClient(self.url, user, PASSWORD, binding=BrowserBinding()).defaultRepository

    def station(self, name: str, user: str) -> Station:
        station = Station(home=self.place / name)
        station.log_in(self.url, user)
        station.run("sync", "--once", expect=None)
        return station


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    place = tmp_path_factory.mktemp("day")
    scans = place / "scans"
    scans.mkdir()
    numbered = next(
        letter
        for letter in all_letters()
        if letter.truth.municipality == "blomberg"
        and letter.truth.reference_place is ReferencePlace.ANCHOR
        and letter.truth.case_number
        and letter.drawing
        and not letter.truth.parts
    )
    with served() as url:
        mailroom = Station(home=place / "mailroom")
        mailroom.log_in(url, "post.blomberg")
        mailroom.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
        mailroom.run("sync", "--once")
        (scan,) = numbered.draw(scans)
        copy = scan.read_bytes()
        (scans / "anfrage.pdf").write_bytes(TEXT)
        mailroom.run("intake", "--once")
        mailroom.run("sync", "--once")
        (place / scan.name).write_bytes(copy)
        yield Day(url=url, place=place, mailroom=mailroom, scan=place / scan.name)


def deposited(day: Day) -> dict[str, Any]:
    """The deposited documents by the hash of their scan, as cmislib finds them by query."""
    repository = day.repository("post.blomberg")
    found = repository.query("SELECT * FROM clerk:document WHERE clerk:sourceSha256 IS NOT NULL")
    return {item.properties["clerk:sourceSha256"]: repository.getObject(item.id) for item in found}


def test_a_foreign_client_lists_the_cases_by_query_as_the_station_shows_them(day: Day) -> None:
    found = day.repository("post.blomberg").query("SELECT clerk:caseNumber FROM clerk:case")
    numbers = {item.properties["clerk:caseNumber"] for item in found}
    assert numbers == {case["caseNumber"] for case in day.mailroom.json("cases")}
    assert len(numbers) >= 15


def test_a_deposited_letter_downloads_with_the_hash_that_is_stated(day: Day) -> None:
    letter = deposited(day)[hashlib.sha256(day.scan.read_bytes()).hexdigest()]
    content = letter.getContentStream().read()
    assert hashlib.sha256(content).hexdigest() == letter.properties["clerk:sha256"]
    assert content.startswith(b"%PDF-")


def test_a_pdf_with_text_arrives_byte_for_byte(day: Day) -> None:
    letter = deposited(day)[hashlib.sha256(TEXT).hexdigest()]
    assert letter.getContentStream().read() == TEXT
    assert letter.properties["clerk:sha256"] == letter.properties["clerk:sourceSha256"]


def test_every_letter_is_accounted_for_and_its_original_settled(day: Day) -> None:
    account = day.mailroom.json("reconcile")
    assert (account["seen"], account["confirmed"], account["lost"]) == (2, 2, 0)
    files = day.mailroom.json("transfers")["files"]
    assert {file["state"] for file in files} == {"confirmed"}
    assert {path.name for path in (day.place / "scans" / "erledigt").rglob("*.pdf")} == {day.scan.name, "anfrage.pdf"}


def test_a_clerk_at_another_station_sees_the_letter_with_its_suggestions_and_files_it(day: Day) -> None:
    clerk = day.station("clerk", "clerk1.blomberg")
    (file,) = [file for file in day.mailroom.json("transfers")["files"] if file["path"].endswith("anfrage.pdf")]
    sent = {document["documentId"] for document in file["documents"]}
    (item,) = [item for item in clerk.json("inbox") if item["documentId"] in sent]
    assert item["fields"]
    number = clerk.json("cases")[0]["caseNumber"]
    clerk.run("file", item["documentId"], number)
    clerk.run("sync", "--once")
    shown = clerk.json("case", "show", number)
    assert item["documentId"] in {document["documentId"] for document in shown["documents"]}
    out = day.place / "out.pdf"
    clerk.run("export", item["documentId"], "--out", str(out))
    assert out.read_bytes() == TEXT


def test_marks_go_in_as_mine_are_seen_by_a_colleague_and_leave_with_the_document(day: Day) -> None:
    clerk, colleague = day.station("marker", "clerk1.blomberg"), day.station("reader", "clerk2.blomberg")
    (file,) = [file for file in day.mailroom.json("transfers")["files"] if file["path"].endswith("anfrage.pdf")]
    document = file["documents"][0]["documentId"]
    xfdf = day.place / "marks.xfdf"
    xfdf.write_text(XFDF, encoding="utf-8")
    clerk.run("annotate", document, "--xfdf", str(xfdf))
    clerk.run("sync", "--once")
    colleague.run("sync", "--once")
    (mark,) = colleague.json("annotations", document)
    assert (mark["kind"], mark["author"], mark["text"]) == ("highlight", "clerk1.blomberg", "bitte prüfen")
    marked = day.place / "marked.pdf"
    colleague.run("export", document, "--out", str(marked), "--with-marks")
    with pikepdf.open(marked) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert annotation.Subtype == "/Highlight"
        assert "/AP" in annotation
    back = day.place / "back.xfdf"
    colleague.run("annotations", document, "--xfdf", str(back))
    assert "bitte prüfen" in back.read_text(encoding="utf-8")
    nowhere = day.place / "nowhere" / "back.xfdf"
    code, told = colleague.exit_code("annotations", document, "--xfdf", str(nowhere))
    assert (code, str(nowhere) in told, "Traceback" in told) == (2, True, False)


def test_a_file_that_holds_no_marks_is_refused_and_changes_nothing(day: Day) -> None:
    clerk = day.station("refused", "clerk1.blomberg")
    (file,) = [file for file in day.mailroom.json("transfers")["files"] if file["path"].endswith("anfrage.pdf")]
    document = file["documents"][0]["documentId"]
    bad = day.place / "bad.xfdf"
    bad.write_text('<!DOCTYPE x [<!ENTITY a "b">]><xfdf>&a;</xfdf>', encoding="utf-8")
    before = clerk.json("annotations", document)
    code, told = clerk.exit_code("annotate", document, "--xfdf", str(bad))
    assert code == 1
    assert "XFDF" in told
    assert clerk.json("annotations", document) == before


def test_an_account_of_another_town_sees_nothing_of_it_by_any_command_or_query(day: Day) -> None:
    stranger = day.station("stranger", "clerk1.luegde")
    theirs = {case["caseNumber"] for case in day.mailroom.json("cases")}
    mine = stranger.json("cases")
    assert mine
    assert not theirs & {case["caseNumber"] for case in mine}
    assert {case["municipality"] for case in mine} == {"luegde"}
    assert stranger.json("inbox") == [] or {item["municipality"] for item in stranger.json("inbox")} == {"luegde"}
    assert stranger.json("cases", "--query", "Blomberg") == []
    code, told = stranger.exit_code("case", "show", sorted(theirs)[0])
    assert (code, sorted(theirs)[0] in told) == (1, True)
    repository = day.repository("clerk1.luegde")
    for statement in (
        "SELECT * FROM clerk:case WHERE clerk:municipality = 'Blomberg'",
        "SELECT * FROM clerk:document WHERE clerk:sourceSha256 IS NOT NULL",
    ):
        assert len(list(repository.query(statement))) == 0, statement
    named = repository.query("SELECT * FROM cmis:folder WHERE cmis:name LIKE '%Blomberg%'")
    assert {item.properties["cmis:path"] for item in named} <= {"/Prozesse/Statistik/Blomberg"}
    with pytest.raises(cmislib.exceptions.CmisException):
        repository.getObjectByPath("/Akten/Blomberg")


def test_no_command_works_on_what_belongs_to_another_town(day: Day) -> None:
    stranger = day.station("intruder", "clerk1.luegde")
    day.mailroom.run("sync", "--once")  # what the other tests' stations changed is no change of the stranger's
    (file,) = [file for file in day.mailroom.json("transfers")["files"] if file["path"].endswith("anfrage.pdf")]
    document = file["documents"][0]["documentId"]
    theirs, mine = day.mailroom.json("cases")[0]["caseNumber"], stranger.json("cases")[0]["caseNumber"]
    before = day.mailroom.json("case", "show", theirs)
    xfdf, out = day.place / "fremd.xfdf", day.place / "fremd.pdf"
    xfdf.write_text(XFDF, encoding="utf-8")
    for words in (
        ("case", "show", theirs),
        ("case", "set", theirs, "subject=fremd"),
        ("file", document, mine),
        ("file", document, theirs),
        ("export", document, "--out", str(out)),
        ("annotate", document, "--xfdf", str(xfdf)),
        ("annotations", document),
    ):
        assert stranger.exit_code(*words)[0] == 1, words
    assert not out.exists()
    assert stranger.json("transfers") == {"files": [], "outbox": []}
    stranger.run("sync", "--once")
    day.mailroom.run("sync", "--once")
    assert day.mailroom.json("case", "show", theirs) == before
