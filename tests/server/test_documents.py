from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.server.repository.contents import SMALL
from clerk_desktop.server.repository.repository import users_only
from tests.server.consistency import faults_in
from tests.server.office import REPOSITORY, Caller, Office, opened_office


def names(caller: Caller, folder: str) -> list[str]:
    entries = caller.get("children", folder).json["objects"]
    return [entry["object"]["succinctProperties"]["cmis:name"] for entry in entries]


def test_content_is_kept_with_length_type_name_and_hash(clerk: Caller, inbox: str) -> None:
    content = b"%PDF-1.7 " + bytes(range(256)) * 1000
    made = clerk.create_document(inbox, "brief.pdf", content)
    assert made.status == 201
    assert made.properties["cmis:contentStreamLength"] == len(content)
    assert made.properties["cmis:contentStreamHash"] == ["{sha-256}" + hashlib.sha256(content).hexdigest()]
    kept = clerk.get("content", made.id)
    assert kept.body == content
    assert kept.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        ("bytes=0-", 200, b"0123456789"),
        ("bytes=3-", 206, b"3456789"),
        ("bytes=3-5", 206, b"345"),
        ("bytes=-2", 206, b"89"),
        ("bytes=8-100", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=5-3", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_a_part_of_the_content_can_be_asked_for(
    clerk: Caller, inbox: str, wanted: str, status: int, body: bytes
) -> None:
    made = clerk.create_document(inbox, "zahlen.txt", b"0123456789")
    reply = clerk.get("content", made.id, headers={"Range": wanted})
    assert (reply.status, reply.body) == (status, body)


def test_a_name_is_taken_whatever_its_letter_case_and_composition(clerk: Caller, inbox: str) -> None:
    clerk.create_document(inbox, "Übergabe.pdf")
    for name in ("Übergabe.pdf", "übergabe.PDF", "Übergabe.pdf"):
        assert clerk.create_document(inbox, name).fault == "nameConstraintViolation"
    assert clerk.at("Posteingang/Blomberg/U\u0308bergabe.pdf").fault is None


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a/b", "a\nb", "x" * 256])
def test_names_that_cannot_be_paths_are_refused(clerk: Caller, inbox: str, name: str) -> None:
    assert clerk.create_document(inbox, name).fault == "nameConstraintViolation"


def test_a_stale_change_token_is_a_conflict_and_changes_nothing(clerk: Caller, inbox: str) -> None:
    made = clerk.create_document(inbox, "brief.pdf", subject="alt")
    first = clerk.post("update", made.id, properties={"clerk:subject": "neu"}, changeToken="1")
    assert first.properties["cmis:changeToken"] == "2"
    for action, content in (("update", None), ("setContent", b"x"), ("appendContent", b"x"), ("deleteContent", None)):
        assert clerk.post(action, made.id, changeToken="1", content=content).fault == "updateConflict"
    assert clerk.get("object", made.id).properties["clerk:subject"] == "neu"


def test_properties_come_back_as_they_were_sent(clerk: Caller, cases: str) -> None:
    given: dict[str, Any] = {
        "dueOn": 1_800_000_000_000,
        "participants": ["Müller", "O'Neil"],
        "subject": 'Straße "1"\\ 100%',
    }
    made = clerk.create_folder(cases, "1-26", **given)
    for key, value in given.items():
        assert made.properties[f"clerk:{key}"] == value
    cleared = clerk.post("update", made.id, properties={"clerk:dueOn": None, "clerk:participants": None})
    assert cleared.properties["clerk:dueOn"] is None
    assert cleared.properties["clerk:participants"] is None


@pytest.mark.parametrize(
    ("property_id", "value", "fault"),
    [
        ("clerk:pageCount", "zwei", "invalidArgument"),
        ("clerk:pageCount", "-1", "constraint"),
        ("clerk:letterDate", "gestern", "invalidArgument"),
        ("clerk:letterDate", "-62135596800001", "invalidArgument"),
        ("clerk:letterDate", "0001-01-01T00:00:00+01:00", "invalidArgument"),
        ("clerk:letterDate", "253402300800000", "invalidArgument"),
        ("clerk:sha256", "f" * 65, "constraint"),
        ("clerk:unknown", "x", "constraint"),
        ("cmis:createdBy", "x", "constraint"),
        ("cmis:objectTypeId", "cmis:document", "constraint"),
        ("clerk:objectKey", "anders", "constraint"),
        ("cmis:secondaryObjectTypeIds", "clerk:case", "constraint"),
    ],
)
def test_values_against_the_type_are_refused(
    clerk: Caller, inbox: str, property_id: str, value: str, fault: str
) -> None:
    made = clerk.create_document(inbox, "brief.pdf", objectKey="k")
    assert clerk.post("update", made.id, properties={property_id: value}).fault == fault


def test_each_check_in_makes_a_version_and_the_old_ones_stay_readable(clerk: Caller, inbox: str) -> None:
    first = clerk.create_document(inbox, "brief.pdf", b"eins")
    copy = clerk.post("checkOut", first.id)
    assert copy.id != first.id
    assert names(clerk, inbox) == ["brief.pdf"]
    second = clerk.post("checkIn", copy.id, content=b"zwei", major="false", checkinComment="klein")
    third = clerk.post("checkIn", clerk.post("checkOut", second.id).id, content=b"drei")
    versions = [item["succinctProperties"] for item in clerk.get("versions", first.id).json]
    assert [item["cmis:versionLabel"] for item in versions] == ["2.0", "1.1", "1.0"]
    assert [item["cmis:isLatestVersion"] for item in versions] == [True, False, False]
    assert [item["cmis:isLatestMajorVersion"] for item in versions] == [True, False, False]
    assert [clerk.get("content", item["cmis:objectId"]).body for item in versions] == [b"drei", b"zwei", b"eins"]
    assert names(clerk, inbox) == ["brief.pdf"]
    assert clerk.get("object", first.id, returnVersion="latest").id == third.id
    assert clerk.post("update", first.id, properties={"clerk:subject": "x"}).fault == "versioning"
    assert clerk.post("setContent", first.id, content=b"anders").fault == "versioning"


def test_while_checked_out_only_the_owner_changes_only_the_working_copy(
    office: Office, clerk: Caller, inbox: str
) -> None:
    made = clerk.create_document(inbox, "brief.pdf")
    copy = clerk.post("checkOut", made.id)
    colleague = office.caller("post.blomberg")
    assert clerk.post("checkOut", made.id).fault == "versioning"
    assert clerk.post("update", made.id, properties={"clerk:subject": "x"}).fault == "versioning"
    for action in ("update", "checkIn", "cancelCheckOut", "delete"):
        assert colleague.post(action, copy.id, properties={"clerk:subject": "x"}).fault == "updateConflict"
    assert clerk.post("cancelCheckOut", copy.id).status == 200
    assert colleague.post("update", made.id, properties={"clerk:subject": "x"}).fault is None


def test_a_check_out_may_be_cancelled_by_naming_the_document_itself(office: Office, clerk: Caller, inbox: str) -> None:
    made = clerk.create_document(inbox, "brief.pdf")
    assert clerk.post("cancelCheckOut", made.id).fault == "versioning"
    copy = clerk.post("checkOut", made.id)
    assert office.caller("post.blomberg").post("cancelCheckOut", made.id).fault == "updateConflict"
    assert clerk.post("cancelCheckOut", made.id).status == 200
    assert clerk.get("object", copy.id).fault == "objectNotFound"
    assert not clerk.get("object", made.id).properties["cmis:isVersionSeriesCheckedOut"]


def test_deleting_the_latest_version_brings_the_one_before_back(clerk: Caller, inbox: str) -> None:
    first = clerk.create_document(inbox, "brief.pdf", b"eins")
    second = clerk.post("checkIn", clerk.post("checkOut", first.id).id, content=b"zwei")
    assert clerk.post("delete", second.id, allVersions="false").status == 200
    assert clerk.get("object", first.id).properties["cmis:isLatestVersion"]
    assert names(clerk, inbox) == ["brief.pdf"]


def test_filing_moves_a_document_with_all_its_versions(clerk: Caller, inbox: str, cases: str) -> None:
    first = clerk.create_document(inbox, "brief.pdf", b"eins")
    second = clerk.post("checkIn", clerk.post("checkOut", first.id).id, content=b"zwei")
    assert clerk.post("move", second.id, sourceFolderId=inbox, targetFolderId=cases).id == second.id
    assert names(clerk, inbox) == []
    assert names(clerk, cases) == ["brief.pdf"]
    assert clerk.post("move", second.id, sourceFolderId=inbox, targetFolderId=cases).fault == "invalidArgument"


def test_a_folder_is_deleted_when_empty_or_as_a_tree(clerk: Caller, cases: str) -> None:
    case = clerk.create_folder(cases, "1-26").id
    document = clerk.create_document(case, "brief.pdf").id
    assert clerk.post("delete", case).fault == "constraint"
    assert clerk.post("deleteTree", case).status == 200
    assert clerk.get("object", document).fault == "objectNotFound"


def test_the_change_log_repeats_the_event_at_the_token_and_goes_on_from_it(clerk: Caller, inbox: str) -> None:
    made = clerk.create_document(inbox, "brief.pdf")
    token = clerk.ask_repository("repositoryInfo").json["clerk"]["latestChangeLogToken"]
    clerk.post("update", made.id, properties={"clerk:subject": "x"})
    clerk.post("delete", made.id)
    page = clerk.ask_repository("contentChanges", changeLogToken=token).json
    kinds = [event["changeEventInfo"]["changeType"] for event in page["objects"]]
    assert kinds == ["created", "updated", "deleted"]
    assert int(page["changeLogToken"]) > int(token)
    for wrong in ("-1", "999999", "heute"):
        assert clerk.ask_repository("contentChanges", changeLogToken=wrong).fault == "invalidArgument"


def test_pages_of_children_fit_together(clerk: Caller, inbox: str) -> None:
    for number in range(7):
        clerk.create_document(inbox, f"{number}.pdf")
    found: list[str] = []
    more = True
    while more:
        page = clerk.get("children", inbox, maxItems="3", skipCount=str(len(found)), orderBy="cmis:name DESC").json
        found += [entry["object"]["succinctProperties"]["cmis:name"] for entry in page["objects"]]
        more = page["hasMoreItems"]
        assert page["numItems"] == 7
    assert found == [f"{number}.pdf" for number in reversed(range(7))]


def test_what_was_answered_is_there_after_the_process_starts_again(tmp_path: Path) -> None:
    with opened_office(tmp_path / "d", users=("clerk.blomberg",)) as office:
        clerk = office.caller("clerk.blomberg")
        made = clerk.create_document(clerk.at("Posteingang/Blomberg").id, "brief.pdf", b"bleibt").id
    orphan = tmp_path / "d" / "contents" / "incoming" / "half"
    orphan.write_bytes(b"x")
    with opened_office(tmp_path / "d") as office:
        assert office.caller("clerk.blomberg").get("content", made).body == b"bleibt"
    assert not orphan.exists()


@pytest.mark.parametrize("size", [10, SMALL, SMALL + 1, 300_000])
def test_content_is_removed_with_the_last_reference(clerk: Caller, inbox: str, tmp_path: Path, size: int) -> None:
    def kept() -> int:
        files = sum(1 for entry in (tmp_path / "data" / "contents" / "kept").rglob("*") if entry.is_file())
        with users_only(tmp_path / "data") as database, database.reading() as transaction:
            return files + transaction.integer("SELECT COUNT(*) FROM small_content")

    same = b"=" * size
    first = clerk.create_document(inbox, "a.pdf", same).id
    copy = clerk.post("createDocumentFromSource", inbox, sourceId=first, properties={"cmis:name": "b.pdf"}).id
    assert kept() == 1
    clerk.post("delete", first)
    assert clerk.get("content", copy).body == same
    clerk.post("setContent", copy, content=b"neu" * size)
    assert kept() == 1
    clerk.post("delete", copy)
    assert kept() == 0
    assert clerk.create_document(inbox, "c.pdf", same, unknown="y").fault == "constraint"
    assert clerk.create_document("nowhere", "c.pdf", same).fault == "objectNotFound"
    assert kept() == 0


@pytest.mark.parametrize("created", [False, True])
def test_a_working_copy_is_not_moved_nor_its_document_with_it(
    clerk: Caller, office: Office, inbox: str, cases: str, *, created: bool
) -> None:
    folder = clerk.create_folder(cases, "Vorgang").id
    if created:
        given = {"cmis:objectTypeId": "clerk:document", "cmis:name": "brief.pdf"}
        copy = clerk.post("createDocument", inbox, properties=given, versioningState="checkedout").id
    else:
        copy = clerk.post("checkOut", clerk.create_document(inbox, "brief.pdf").id).id
    assert clerk.get("allowableActions", copy).json["canMoveObject"] is False
    for who in (clerk, office.caller("post.blomberg")):
        assert who.post("move", copy, sourceFolderId=inbox, targetFolderId=folder).fault == "versioning"
    assert names(clerk, inbox) == ["brief.pdf"]


def test_content_that_cannot_be_removed_hinders_nobody(clerk: Caller, inbox: str, tmp_path: Path) -> None:
    made = clerk.create_document(inbox, "a.pdf", b"=" * (SMALL + 1)).id
    (file,) = (entry for entry in (tmp_path / "data" / "contents" / "kept").rglob("*") if entry.is_file())
    file.unlink()
    file.mkdir()  # as a file on a failing disk, it cannot be unlinked
    assert clerk.post("delete", made).status == 200
    assert clerk.get("object", made).fault == "objectNotFound"


def test_content_grows_by_pieces_out_of_the_database_into_a_file(clerk: Caller, inbox: str) -> None:
    piece = bytes(range(256)) * 100
    made = clerk.create_document(inbox, "a.bin", piece).id
    for _ in range(4):
        assert clerk.post("appendContent", made, content=piece).fault is None
    assert clerk.get("content", made).body == piece * 5
    part = clerk.get("content", made, headers={"Range": "bytes=25599-25601"})
    assert (part.status, part.body) == (206, piece[-1:] + piece[:2])


def test_a_data_folder_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    with opened_office(tmp_path / "d", users=("clerk.blomberg",)) as office:
        clerk = office.caller("clerk.blomberg")
        inbox = clerk.at("Posteingang/Blomberg").id
        large = clerk.create_document(inbox, "gross.pdf", b"x" * 100_000).id
        for kind in ("xml", "json; charset=utf-8", "xhtml+xml"):
            given = {"cmis:objectTypeId": "clerk:document", "cmis:name": kind[:4]}
            text, media_type = b"Ampel " * 20_000, "application/" + kind
            assert clerk.post("createDocument", inbox, properties=given, content=text, media_type=media_type).id
    with users_only(tmp_path / "d") as database, database.writing() as transaction:
        transaction.run("DROP TABLE small_content")
        transaction.run("DROP TABLE unread")
        transaction.run("DROP TABLE words")
        transaction.run("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
        transaction.run("INSERT INTO words(rowid, text) SELECT n, name FROM object")
        transaction.run("PRAGMA user_version = 1")
    with opened_office(tmp_path / "d") as office:
        clerk = office.caller("clerk.blomberg")
        assert clerk.get("content", large).body == b"x" * 100_000
        assert clerk.query("SELECT * FROM cmis:document WHERE CONTAINS('gross')").json["numItems"] == 1
        while office.application.texts.run_once():
            pass
        assert clerk.query("SELECT * FROM cmis:document WHERE CONTAINS('ampel')").json["numItems"] == 3
        small = clerk.create_document(clerk.at("Posteingang/Blomberg").id, "klein.pdf", b"y").id
        assert clerk.get("content", small).body == b"y"
    assert faults_in(tmp_path / "d") == []


@pytest.mark.parametrize("type_id", ["my:sec", "my:prüfung"])
def test_a_created_type_is_used_like_a_shipped_one(admin: Caller, clerk: Caller, inbox: str, type_id: str) -> None:
    note = {"id": "my:note", "propertyType": "string", "cardinality": "single", "updatability": "readwrite"}
    base = {"baseId": "cmis:secondary", "parentId": "cmis:secondary"}
    definition = {"id": type_id, **base, "propertyDefinitions": {"my:note": note}}
    assert admin.post("createType", url=REPOSITORY, type=json.dumps(definition)).status == 201
    made = clerk.create_document(inbox, "brief.pdf").id
    given = {"cmis:secondaryObjectTypeIds": [type_id], "my:note": "hallo"}
    assert clerk.post("update", made, properties=given).properties["my:note"] == "hallo"
    joined = f"cmis:document d JOIN {type_id} s ON d.cmis:objectId = s.cmis:objectId"
    statement = f"SELECT d.cmis:name, s.my:note FROM {joined}"
    assert [row["succinctProperties"]["my:note"] for row in clerk.query(statement).json["results"]] == ["hallo"]
    assert admin.post("deleteType", url=REPOSITORY, typeId=type_id).fault == "constraint"
    clerk.post("update", made, properties={"cmis:secondaryObjectTypeIds": None})
    assert "my:note" not in clerk.get("object", made).properties
    assert admin.post("deleteType", url=REPOSITORY, typeId=type_id).status == 200


NESTED: dict[str, object] = {}
for _ in range(21):
    NESTED = {"displayName": "x", "value": [1], "choice": [NESTED] if NESTED else []}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("integer", '"minValue": Infinity'),
        ("integer", '"maxValue": NaN'),
        ("decimal", '"maxValue": 1e999'),
        ("decimal", f'"minValue": {10**400}'),
        ("string", f'"maxLength": {2**63}'),
        ("string", r'"displayName": "\ud83d"'),
        ("string", r'"defaultValue": ["\udc00"]'),
        ("integer", f'"defaultValue": [{2**63}]'),
        ("integer", f'"choice": [{json.dumps(NESTED)}]'),
    ],
)
def test_a_type_that_cannot_be_kept_is_refused(admin: Caller, kind: str, more: str) -> None:
    note = f'{{"id": "my:note", "propertyType": "{kind}", "cardinality": "single", {more}}}'
    base = '"id": "my:type", "baseId": "cmis:document", "parentId": "cmis:document"'
    text = f'{{{base}, "propertyDefinitions": {{"my:note": {note}}}}}'
    assert admin.post("createType", url=REPOSITORY, type=text).fault == "invalidArgument"
