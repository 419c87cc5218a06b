"""CONTAINS finds documents by what is written in them, some time after they came."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from clerk_desktop.server.texts import TextOf, TextReader, TextUnavailable
from tests.server.consistency import faults_in
from tests.server.office import Caller, Office, opened_office
from tests.workers.processes import wait_until


def names(caller: Caller, expression: str, **controls: str) -> list[str]:
    found = caller.query(f"SELECT cmis:name FROM cmis:document WHERE CONTAINS('{expression}')", **controls).json
    return sorted(row["succinctProperties"]["cmis:name"] for row in found["results"])


def text(clerk: Caller, folder: str, name: str, content: str, media_type: str = "text/plain") -> str:
    given = {"cmis:objectTypeId": "clerk:document", "cmis:name": name}
    data = content.encode()
    return clerk.post("createDocument", folder, properties=given, content=data, media_type=media_type).id


def read_all(office: Office) -> None:
    while office.application.texts.run_once():
        pass


def read_with(office: Office, text_of: TextOf) -> None:
    reader = TextReader(office.application.repository, text_of)
    while reader.run_once():
        pass


def no_text(_: BinaryIO) -> str:
    raise ValueError


def test_words_of_a_text_are_found_beside_those_of_its_name(office: Office, clerk: Caller, inbox: str) -> None:
    text(clerk, inbox, "Brief.txt", "Die Straßenlaterne flackert.")
    assert names(clerk, "laterne*") == []
    read_all(office)
    assert names(clerk, "strassenlaterne") == ["Brief.txt"]
    assert names(clerk, "brief flackert") == ["Brief.txt"]
    assert names(clerk, "brief -flackert") == []
    assert names(clerk, '"laterne flackert"') == []


def test_markup_is_no_text(office: Office, clerk: Caller, inbox: str) -> None:
    text(clerk, inbox, "Seite.html", "<p class='laterne'>M&auml;ngel <b>Meldung</b></p>", "text/html; charset=utf-8")
    read_all(office)
    assert (names(clerk, "mängel meldung"), names(clerk, "laterne")) == (["Seite.html"], [])


def test_a_neighbour_finds_nothing_by_it(office: Office, clerk: Caller, neighbour: Caller, inbox: str) -> None:
    text(clerk, inbox, "Brief.txt", "Laterne")
    read_all(office)
    assert names(neighbour, "laterne") == []
    assert neighbour.query("SELECT * FROM cmis:document WHERE CONTAINS('laterne')").json["numItems"] == 0


def test_what_is_replaced_or_deleted_is_found_no_more(office: Office, clerk: Caller, inbox: str) -> None:
    kept, deleted = text(clerk, inbox, "Eins.txt", "Laterne"), text(clerk, inbox, "Zwei.txt", "Laterne")
    read_all(office)
    clerk.post("setContent", kept, content=b"Ampel", media_type="text/plain", overwriteFlag="true")
    clerk.post("delete", deleted)
    assert names(clerk, "laterne") == []
    read_all(office)
    assert (names(clerk, "ampel"), names(clerk, "laterne")) == (["Eins.txt"], [])
    clerk.post("deleteContent", kept)
    read_all(office)
    assert names(clerk, "ampel") == []


def test_a_changed_title_leaves_the_text_findable(office: Office, clerk: Caller, inbox: str) -> None:
    made = text(clerk, inbox, "Brief.txt", "Laterne")
    read_all(office)
    clerk.post("update", made, properties={"cmis:name": "Schreiben.txt"})
    assert names(clerk, "schreiben laterne") == ["Schreiben.txt"]


def test_each_version_has_its_own_text(office: Office, clerk: Caller, inbox: str) -> None:
    first = text(clerk, inbox, "Brief.txt", "Laterne")
    copy = clerk.post("checkOut", first).id
    clerk.post("checkIn", copy, content=b"Ampel", media_type="text/plain")
    read_all(office)
    assert (names(clerk, "laterne"), names(clerk, "ampel")) == ([], ["Brief.txt"])
    assert names(clerk, "laterne", searchAllVersions="true") == ["Brief.txt"]


def test_pdfs_are_read_by_whoever_can(office: Office, clerk: Caller, inbox: str) -> None:
    text(clerk, inbox, "Brief.pdf", "%PDF-1.7 Laterne", "application/pdf")
    reader = TextReader(office.application.repository, lambda stream: stream.read().decode())
    assert reader.run_once()
    assert names(clerk, "laterne") == ["Brief.pdf"]


def test_what_cannot_be_read_now_is_read_after_the_next_start(tmp_path: Path) -> None:
    def no_process(_: BinaryIO) -> str:
        raise TextUnavailable

    with opened_office(tmp_path / "data", users=("clerk.blomberg",)) as office:
        clerk = office.caller("clerk.blomberg")
        text(clerk, clerk.at("Posteingang/Blomberg").id, "Brief.pdf", "Laterne", "application/pdf")
        with pytest.raises(TextUnavailable):
            TextReader(office.application.repository, no_process).run_once()
    with opened_office(tmp_path / "data") as office:
        TextReader(office.application.repository, lambda _: "Laterne").run_once()
        assert names(office.caller("clerk.blomberg"), "laterne") == ["Brief.pdf"]
    assert faults_in(tmp_path / "data") == []


def test_what_cannot_be_read_holds_up_no_others_and_is_read_after_the_next_start(tmp_path: Path) -> None:
    data, large = tmp_path / "data", "Laterne " * 20_000
    with opened_office(data, users=("clerk.blomberg",)) as office:
        clerk = office.caller("clerk.blomberg")
        inbox = clerk.at("Posteingang/Blomberg").id
        text(clerk, inbox, "Eins.txt", large)
        (content,) = (file for file in (data / "contents").rglob("*") if file.is_file())
        content.rename(tmp_path / "aside")
        content.mkdir()
        text(clerk, inbox, "Zwei.pdf", "Laterne", "application/pdf")
        text(clerk, inbox, "Drei.txt", "Laterne")
        read_with(office, no_text)
        assert names(clerk, "laterne") == ["Drei.txt"]
        content.rmdir()
        (tmp_path / "aside").rename(content)
    with opened_office(data) as office:
        read_with(office, lambda _: "Laterne")
        assert names(office.caller("clerk.blomberg"), "laterne") == ["Drei.txt", "Eins.txt", "Zwei.pdf"]


def test_whatever_fails_the_next_upload_is_read(office: Office, clerk: Caller, inbox: str) -> None:
    tables = [("words", "away"), ("away", "words")]
    begun = threading.Event()

    def text_of(_: BinaryIO) -> str:
        if tables:
            with office.application.repository.database.writing() as transaction:
                transaction.run("ALTER TABLE {} RENAME TO {}".format(*tables.pop(0)))
        begun.set()
        return "Laterne"

    text(clerk, inbox, "Brief.pdf", "%PDF-1.7", "application/pdf")
    reader = TextReader(office.application.repository, text_of)
    reader.start()
    try:
        assert begun.wait(100)
        reader.notice()
        wait_until(lambda: not tables)
    finally:
        reader.stop()
    assert names(clerk, "laterne") == ["Brief.pdf"]


def test_a_text_that_is_read_in_part_keeps_its_umlauts(office: Office, clerk: Caller, inbox: str) -> None:
    text(clerk, inbox, "Lang.txt", "Müll  " + "ä" * (1 << 21))
    clerk.post(
        "createDocument",
        inbox,
        properties={"cmis:objectTypeId": "clerk:document", "cmis:name": "Alt.txt"},
        content="Müll".encode("cp1252"),
        media_type="text/plain",
    )
    read_all(office)
    assert names(clerk, "müll") == ["Alt.txt", "Lang.txt"]
