"""Cross-town access is tried on every selector and every action there is; foreign objects must look absent."""

from __future__ import annotations

import pytest

from clerk_desktop.server import routing
from tests.server.office import PASSWORD, REPOSITORY, ROOT, Caller, Office

# what the actions need besides the object, so that only the missing right can be the reason for refusing
PROPERTIES = {"cmis:name": "angriff", "cmis:objectTypeId": "clerk:document"}


@pytest.fixture
def foreign_case(neighbour: Caller) -> str:
    return neighbour.create_folder(neighbour.at("Akten/Lügde").id, "1-26 Geheim", subject="Geheim").id


@pytest.fixture
def foreign_document(neighbour: Caller, foreign_case: str) -> str:
    return neighbour.create_document(foreign_case, "brief.pdf", b"geheim", subject="Geheim").id


def snapshot(neighbour: Caller, document: str) -> list[object]:
    return [neighbour.get("object", document).json, neighbour.get("content", document).body]


@pytest.mark.parametrize("selector", sorted(routing.OBJECT_SELECTORS))
def test_no_selector_tells_that_a_foreign_object_exists(
    clerk: Caller, foreign_case: str, foreign_document: str, selector: str
) -> None:
    absent = clerk.get(selector, "no-such-object")
    for object_id in (foreign_case, foreign_document):
        reply = clerk.get(selector, object_id, relationshipDirection="either")
        assert (reply.status, reply.fault) == (404, "objectNotFound")
        assert reply.body == absent.body


@pytest.mark.parametrize("selector", sorted(routing.OBJECT_SELECTORS))
def test_no_selector_finds_a_foreign_object_by_its_path(clerk: Caller, foreign_document: str, selector: str) -> None:
    for path in ("Akten/Lügde", "Akten/Lügde/1-26 Geheim", "Akten/Lügde/1-26 Geheim/brief.pdf", "Posteingang/LÜGDE"):
        assert clerk.get(selector, url=f"{ROOT}/{path}").fault == "objectNotFound"


@pytest.mark.parametrize("action", sorted(routing.OBJECT_ACTIONS))
def test_no_action_works_on_or_into_a_foreign_object(
    clerk: Caller, neighbour: Caller, cases: str, foreign_case: str, foreign_document: str, action: str
) -> None:
    before = snapshot(neighbour, foreign_document)
    own = clerk.create_document(cases, "eigenes.pdf").id
    for object_id in (foreign_case, foreign_document):
        reply = clerk.post(
            action,
            object_id,
            properties=PROPERTIES,
            content=b"x" if "ontent" in action else None,
            sourceId=own,
            targetFolderId=cases,
            sourceFolderId=foreign_case,
        )
        assert reply.fault == "objectNotFound"
    assert snapshot(neighbour, foreign_document) == before


def test_a_foreign_folder_is_no_target_and_no_source_of_a_move(clerk: Caller, cases: str, foreign_case: str) -> None:
    own = clerk.create_document(cases, "eigenes.pdf").id
    assert clerk.post("move", own, targetFolderId=foreign_case, sourceFolderId=cases).fault == "objectNotFound"
    assert clerk.post("move", own, targetFolderId=cases, sourceFolderId=foreign_case).fault == "objectNotFound"


def test_a_foreign_document_cannot_be_copied(clerk: Caller, cases: str, foreign_document: str) -> None:
    for url, object_id in ((ROOT, cases), (REPOSITORY, None)):
        reply = clerk.post(
            "createDocumentFromSource",
            object_id,
            url=url,
            properties={"cmis:name": "kopie"},
            sourceId=foreign_document,
            folderId=cases,
        )
        assert reply.fault == "objectNotFound"


def test_nothing_is_created_in_a_foreign_folder_through_the_repository_address(
    clerk: Caller, foreign_case: str
) -> None:
    for action in ("createDocument", "createItem", "createDocumentFromSource"):
        reply = clerk.post(action, url=REPOSITORY, properties=PROPERTIES, folderId=foreign_case, sourceId="x")
        assert reply.fault in {"objectNotFound", "constraint"}


def test_bulk_updates_pass_foreign_objects_by(
    clerk: Caller, neighbour: Caller, cases: str, foreign_document: str
) -> None:
    before = snapshot(neighbour, foreign_document)
    own = clerk.create_document(cases, "eigenes.pdf").id
    form = {"objectId[0]": own, "objectId[1]": foreign_document}
    reply = clerk.post("bulkUpdate", url=REPOSITORY, properties={"clerk:subject": "neu"}, indexed=form)
    assert [entry["id"] for entry in reply.json] == [own]
    assert snapshot(neighbour, foreign_document) == before


def test_no_relationship_reaches_a_foreign_object(clerk: Caller, cases: str, foreign_document: str) -> None:
    own = clerk.create_document(cases, "eigenes.pdf").id
    for source, target in ((own, foreign_document), (foreign_document, own)):
        ends = {"cmis:sourceId": source, "cmis:targetId": target}
        given = {"cmis:objectTypeId": "cmis:relationship", "cmis:name": "r", **ends}
        assert clerk.post("createRelationship", url=REPOSITORY, properties=given).fault == "objectNotFound"


def test_a_relationship_to_a_foreign_object_is_not_shown(
    admin: Caller, clerk: Caller, cases: str, foreign_document: str
) -> None:
    own = clerk.create_document(cases, "eigenes.pdf").id
    ends = {"cmis:sourceId": own, "cmis:targetId": foreign_document}
    given = {"cmis:objectTypeId": "cmis:relationship", "cmis:name": "r", **ends}
    made = admin.post("createRelationship", url=REPOSITORY, properties=given)
    assert clerk.get("relationships", own).json["objects"] == []
    assert "relationships" not in str(clerk.get("object", own, includeRelationships="both").json.get("relationships"))
    assert clerk.get("object", made.id).fault == "objectNotFound"
    assert clerk.query("SELECT * FROM cmis:relationship").json["numItems"] == 0
    assert admin.query("SELECT * FROM cmis:relationship").json["numItems"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM cmis:document",
        "SELECT * FROM cmis:folder",
        "SELECT * FROM clerk:document WHERE clerk:subject = 'Geheim'",
        "SELECT * FROM clerk:document WHERE CONTAINS('geheim')",
        "SELECT * FROM clerk:document WHERE NOT clerk:subject = 'x' OR clerk:subject LIKE '%'",
        "SELECT * FROM clerk:case WHERE clerk:subject IS NOT NULL",
    ],
)
def test_queries_find_nothing_foreign(clerk: Caller, neighbour: Caller, foreign_document: str, statement: str) -> None:
    found = clerk.query(statement, searchAllVersions="true").json
    assert "Geheim" not in str(found)
    assert "Akten/Lügde" not in str(found)
    assert "Posteingang/Lügde" not in str(found)
    assert found["numItems"] == len(found["results"])
    assert neighbour.query("SELECT * FROM clerk:document").json["numItems"] == 1


def test_a_foreign_folder_is_unknown_to_in_tree_and_in_folder(clerk: Caller, foreign_case: str) -> None:
    for name in ("IN_TREE", "IN_FOLDER"):
        foreign = clerk.query(f"SELECT * FROM cmis:document WHERE {name}('{foreign_case}')")
        absent = clerk.query(f"SELECT * FROM cmis:document WHERE {name}('nothing')")
        assert (foreign.status, foreign.body) == (absent.status, absent.body)


def test_the_change_log_tells_nothing_foreign(clerk: Caller, neighbour: Caller, foreign_document: str) -> None:
    own = clerk.ask_repository("contentChanges").json
    assert foreign_document not in str(own)
    assert foreign_document in str(neighbour.ask_repository("contentChanges").json)
    assert own["numItems"] == len(own["objects"])
    info = clerk.get("repositoryInfo", url=REPOSITORY).json["clerk"]
    assert info["latestChangeLogToken"] == own["changeLogToken"]


def test_working_copies_of_other_towns_are_not_listed(clerk: Caller, neighbour: Caller, foreign_document: str) -> None:
    neighbour.post("checkOut", foreign_document)
    assert clerk.ask_repository("checkedout").json["objects"] == []
    assert len(neighbour.ask_repository("checkedout").json["objects"]) == 1


def test_each_town_sees_only_its_own_folder_below_the_shared_ones(clerk: Caller, neighbour: Caller) -> None:
    for top in ("Posteingang", "Akten"):
        for caller, title in ((clerk, "Blomberg"), (neighbour, "Lügde")):
            folder = caller.at(top).id
            names = [
                entry["object"]["succinctProperties"]["cmis:name"]
                for entry in caller.get("children", folder).json["objects"]
            ]
            assert names == [title]
            for selector in ("descendants", "folderTree"):
                tree = caller.get(selector, folder, depth="-1").json
                assert [entry["object"]["object"]["succinctProperties"]["cmis:name"] for entry in tree] == [title]


def test_what_all_towns_share_is_read_only(admin: Caller, clerk: Caller) -> None:
    for top in ("Prozesse", "Vorlagen"):
        folder = admin.at(top).id
        made = admin.create_document(folder, "vorlage.bpmn", type_id="clerk:process")
        assert clerk.get("content", made.id).status == 200
        assert clerk.create_document(folder, "eigene.bpmn", type_id="clerk:process").fault == "permissionDenied"
        assert clerk.post("update", made.id, properties={"clerk:version": "2"}).fault == "permissionDenied"
        assert clerk.post("setContent", made.id, content=b"x").fault == "permissionDenied"
        assert clerk.post("delete", made.id).fault == "permissionDenied"
        assert not clerk.get("allowableActions", made.id).json["canUpdateProperties"]


def test_counters_are_written_by_all_towns(clerk: Caller, neighbour: Caller) -> None:
    folder = clerk.at("Vorlagen/Nummern").id
    made = clerk.create_document(folder, "az-2026", None, "clerk:counter", key="az", year=2026, value=1)
    assert neighbour.post("update", made.id, properties={"clerk:value": 2}, changeToken="1").fault is None
    assert clerk.post("update", made.id, properties={"clerk:value": 2}, changeToken="1").fault == "updateConflict"


@pytest.mark.parametrize(
    "path", ["", "Akten", "Posteingang", "Akten/Blomberg", "Posteingang/Blomberg", "Vorlagen/Nummern"]
)
def test_the_folders_that_rights_hang_on_stay_where_they_are(clerk: Caller, cases: str, path: str) -> None:
    folder = clerk.at(path).id
    inside = clerk.create_folder(cases, "darin", "cmis:folder").id
    assert clerk.post("update", folder, properties={"cmis:name": "Lügde"}).fault == "permissionDenied"
    assert clerk.post("delete", folder).fault == "permissionDenied"
    assert clerk.post("deleteTree", folder).fault == "permissionDenied"
    above = clerk.get("parents", folder).json[0]["object"]["succinctProperties"]["cmis:objectId"] if path else folder
    assert clerk.post("move", folder, targetFolderId=inside, sourceFolderId=above).fault == "permissionDenied"


def test_nothing_is_created_beside_the_towns(clerk: Caller) -> None:
    for path in ("", "Akten", "Posteingang"):
        assert clerk.create_folder(clerk.at(path).id, "Neuland", "cmis:folder").fault == "permissionDenied"


def test_types_are_made_by_administrators_only(clerk: Caller) -> None:
    for action in ("createType", "updateType", "deleteType"):
        assert clerk.post(action, url=REPOSITORY, type="{}", typeId="clerk:case").fault == "permissionDenied"


def test_an_administrator_who_moves_a_case_to_another_town_moves_the_right_to_it(
    admin: Caller, clerk: Caller, neighbour: Caller, cases: str, foreign_case: str, foreign_document: str
) -> None:
    token = neighbour.ask_repository("contentChanges").json["changeLogToken"]
    source = neighbour.get("parents", foreign_case).json[0]["object"]["succinctProperties"]["cmis:objectId"]
    assert admin.post("move", foreign_case, targetFolderId=cases, sourceFolderId=source).fault is None
    assert neighbour.get("object", foreign_document).fault == "objectNotFound"
    assert clerk.get("content", foreign_document).body == b"geheim"
    events = neighbour.ask_repository("contentChanges", changeLogToken=token).json["objects"][1:]
    gone = {event["succinctProperties"]["cmis:objectId"] for event in events}
    assert {event["changeEventInfo"]["changeType"] for event in events} == {"deleted"}
    assert gone == {foreign_case, foreign_document}
    assert "deleted" not in str(admin.ask_repository("contentChanges").json)


@pytest.mark.parametrize(("user", "password"), [("clerk.blomberg", "falsch"), ("niemand", PASSWORD), ("", "")])
def test_with_wrong_credentials_nobody_is_served(office: Office, user: str, password: str) -> None:
    reply = Caller(office.application, user, password).get("repositoryInfo", url=REPOSITORY)
    assert reply.status == 401
    assert reply.headers["www-authenticate"].startswith('Basic realm="CMIS"')
    assert reply.body == b""
