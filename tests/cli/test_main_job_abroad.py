"""The main job through the command line on a server that none of us wrote: prepare it, deposit, file, mark, look at it
from a second station. Once with our types created there, once where none can be created.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest

from clerk_desktop.demo.text_pdf import HEIGHT, Line, text_pdf
from tests.cli.station import PASSWORD, Station
from tests.cli.test_main_job import XFDF
from tests.interop.inmemory import InMemory, inmemory_server, why_not

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there"),
]

LETTER = text_pdf([[Line(x=72, y=HEIGHT - 90, text="Anfrage zur Straßenreinigung in der Burgstraße")]])
SUBJECT = "Straßenreinigung Burgstraße („Kehrwoche“)"
PEOPLE = [
    {"account": account, "name": account, "municipality": "blomberg"}
    for account in ("post.blomberg", "clerk1.blomberg", "clerk2.blomberg")
]
PLAN = [{"number": "66.10", "title": "Straßenreinigung"}]
FOLDERS = ("Posteingang", "Akten", "Vorlagen", "Vorlagen/Nummern")


@dataclass(frozen=True, kw_only=True)
class Abroad:
    """A prepared foreign server, spoken to by one mapping."""

    server: InMemory
    mapping: str
    place: Path

    def station(self, user: str) -> Station:
        station = Station(home=self.place / user)
        station.log_in(self.server.url, user, self.mapping)
        station.run("sync", "--once")
        return station

    def documents(self) -> list[dict[str, Any]]:
        """Every document of the server as an independent program reads it: by a query, in full form."""
        table = "cmis:document" if self.mapping == "plain" else "clerk:document"
        form = {"cmisaction": "query", "statement": f"SELECT * FROM {table}", "maxItems": "1000"}
        with httpx.Client(auth=("auditor", "x"), trust_env=False) as http:
            found = http.post(self.server.repository_url, data=form).json()["results"]
        return [{key: each["value"] for key, each in row["properties"].items()} for row in found]

    def content(self, object_id: str) -> bytes:
        with httpx.Client(auth=("auditor", "x"), trust_env=False) as http:
            return http.get(self.server.root_url, params={"cmisselector": "content", "objectId": object_id}).content


def prepare(server: InMemory) -> None:
    """What an administrator does by the product's own means: folders and the office's files."""
    with httpx.Client(auth=("admin", "x"), trust_env=False) as http:
        for path in FOLDERS:
            above, _, name = path.rpartition("/")
            fields = {"cmisaction": "createFolder", **_properties("cmis:folder", name)}
            assert http.post(f"{server.root_url}/{above}", data=fields).is_success
        for name, content in (("personen.json", PEOPLE), ("aktenplan.json", PLAN)):
            fields = {"cmisaction": "createDocument", "versioningState": "none", **_properties("cmis:document", name)}
            parts = {"content": (name, json.dumps(content).encode(), "application/json")}
            assert http.post(f"{server.root_url}/Vorlagen", data=fields, files=parts).is_success


def _properties(type_id: str, name: str) -> dict[str, str]:
    return {
        "propertyId[0]": "cmis:objectTypeId",
        "propertyValue[0]": type_id,
        "propertyId[1]": "cmis:name",
        "propertyValue[1]": name,
    }


@pytest.fixture(params=["opencmis-inmemory", "plain"])
def abroad(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Abroad]:
    with inmemory_server() as server:
        yield Abroad(server=server, mapping=request.param, place=tmp_path)


def test_from_paper_to_case_on_a_foreign_server(abroad: Abroad) -> None:
    boss = Station(home=abroad.place / "admin")
    check = ("admin", "check", abroad.server.url, "--user", "admin", "--mapping", abroad.mapping, "--password-stdin")
    install = ("admin", "install-types", *check[2:])
    own_types = abroad.mapping != "plain"
    before = json.loads(boss.run(*check, "--json", given=PASSWORD, expect=5 if own_types else 0))
    assert before["ready"] is not own_types
    assert {item["what"] for item in before["todo"] if item["todo"] == "make-folder"} == {
        f"/{each}" for each in FOLDERS
    }
    made = json.loads(boss.run(*install, "--json", given=PASSWORD))
    assert {each["state"] for each in made} == ({"created"} if own_types else set())
    again = json.loads(boss.run(*install, "--json", given=PASSWORD))
    assert {each["state"] for each in again} == ({"there"} if own_types else set())
    prepare(abroad.server)
    after = json.loads(boss.run(*check, "--json", given=PASSWORD))
    assert after["ready"]
    assert {item["todo"] for item in after["todo"]} == {"put-file"}
    assert after["needs"]["following"] == "modified-since"

    mailroom, clerk = abroad.station("post.blomberg"), abroad.station("clerk1.blomberg")
    document = deposit(abroad, mailroom)
    number = file(clerk, document)
    mark(abroad, clerk, document)
    look(abroad, mailroom, document, number)


def deposit(abroad: Abroad, mailroom: Station) -> str:
    """A letter lies in the scan folder and arrives, byte for byte, with its original settled."""
    scans = abroad.place / "scans"
    scans.mkdir()
    mailroom.run("scan-folder", "add", str(scans), "--municipality", "blomberg")
    (scans / "anfrage.pdf").write_bytes(LETTER)
    mailroom.run("intake", "--once")
    mailroom.run("sync", "--once")
    account = mailroom.json("reconcile")
    assert (account["seen"], account["confirmed"], account["lost"]) == (1, 1, 0)
    (file,) = mailroom.json("transfers")["files"]
    assert file["state"] == "confirmed"
    assert [path.name for path in (scans / "erledigt").rglob("*.pdf")] == ["anfrage.pdf"]
    (letter,) = [each for each in abroad.documents() if each["cmis:contentStreamMimeType"] == "application/pdf"]
    assert abroad.content(letter["cmis:objectId"]) == LETTER
    document = str(file["documents"][0]["documentId"])
    assert letter["cmis:name"].startswith(document[:8])
    if abroad.mapping == "opencmis-inmemory":
        assert letter["clerk:documentObjectKey"] == document
        assert letter["clerk:documentSha256"] == hashlib.sha256(LETTER).hexdigest()
    else:
        note = json.loads(letter["cmis:description"])
        assert note["clerk:objectKey"] == document
        assert note["clerk:sha256"] == hashlib.sha256(LETTER).hexdigest()
    return document


def file(clerk: Station, document: str) -> str:
    """A clerk at another station sees it, opens a case for it and files it there."""
    clerk.run("sync", "--once")
    assert document in {item["documentId"] for item in clerk.json("inbox")}
    case = clerk.json("case", "new", "--subject", SUBJECT, "--plan", "66.10")
    clerk.run("file", document, case["caseNumber"])
    clerk.run("case", "set", case["caseNumber"], "dueOn=2027-01-31")
    clerk.run("sync", "--once")
    (shown,) = clerk.json("cases", "--query", "Burgstraße")
    assert shown["numberFinal"]
    assert shown["subject"] == SUBJECT
    assert clerk.json("transfers")["outbox"] == []
    return str(shown["caseNumber"])


def mark(abroad: Abroad, clerk: Station, document: str) -> None:
    """The clerk marks it, and marks it again."""
    xfdf = abroad.place / "marks.xfdf"
    for word in ("bitte prüfen", "erledigt"):
        xfdf.write_text(XFDF.replace("bitte prüfen", word), encoding="utf-8")
        clerk.run("annotate", document, "--xfdf", str(xfdf))
        clerk.run("sync", "--once")
    assert clerk.json("transfers")["outbox"] == []


def look(abroad: Abroad, mailroom: Station, document: str, number: str) -> None:
    """The first station, and a third that is new, show all of it."""
    for station in (mailroom, abroad.station("clerk2.blomberg")):
        station.run("sync", "--once")
        assert station.json("inbox") == []
        case = station.json("case", "show", number)
        assert (case["subject"], case["dueOn"]) == (SUBJECT, "2027-01-31")
        assert [each["documentId"] for each in case["documents"]] == [document]
        (seen,) = station.json("annotations", document)
        assert (seen["author"], seen["text"]) == ("clerk1.blomberg", "erledigt")
        out, marked = station.home / "out.pdf", station.home / "marked.pdf"
        station.run("export", document, "--out", str(out))
        assert out.read_bytes() == LETTER
        station.run("export", document, "--out", str(marked), "--with-marks")
        with pikepdf.open(marked) as pdf:
            assert pdf.pages[0].Annots[0].Subtype == "/Highlight"
