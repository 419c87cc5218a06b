"""Every property has its index: in data folders of earlier versions, and in types that are created meanwhile."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.server.office import REPOSITORY, Caller, Office, opened_office

BEFORE = 'CREATE INDEX "property clerk:dueOn" ON object(json_extract(properties, \'$."clerk:dueOn"\'))'
DEFINITION = "SELECT sql FROM sqlite_schema WHERE name = 'property clerk:dueOn'"
ORDERED = "SELECT clerk:caseNumber FROM clerk:case ORDER BY clerk:dueOn DESC"


def rows(caller: Caller) -> object:
    return caller.query(ORDERED).json["results"]


def test_an_index_of_an_earlier_version_is_made_anew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with opened_office(data, users=("clerk.blomberg",)) as office:
        clerk = office.caller("clerk.blomberg")
        folder = clerk.create_folder(clerk.at("Akten/Blomberg").id, "10 Plan", "cmis:folder").id
        for number, due in enumerate((1_770_000_000_000, None, 1_780_000_000_000)):
            given: dict[str, Any] = {} if due is None else {"dueOn": due}
            clerk.create_folder(folder, f"Vorgang {number}", caseNumber=f"{number}/26", subject="x", **given)
        found = rows(clerk)
    with closing(sqlite3.connect(data / "repository.sqlite")) as database:
        wanted = database.execute(DEFINITION).fetchone()
        database.execute('DROP INDEX "property clerk:dueOn"')
        database.execute(BEFORE)
        database.commit()
    with opened_office(data) as office:
        assert rows(office.caller("clerk.blomberg")) == found
    with closing(sqlite3.connect(data / "repository.sqlite")) as database:
        assert database.execute(DEFINITION).fetchone() == wanted
        assert "IS NOT NULL" in wanted[0]


def indexes(office: Office) -> set[str]:
    with office.application.repository.database.reading() as transaction:
        found = transaction.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'property my:%'")
    return {row["name"] for row in found}


def test_a_type_that_is_created_or_grows_has_its_indexes_at_once(office: Office, admin: Caller) -> None:
    note = {"propertyType": "string", "cardinality": "single", "updatability": "readwrite", "queryable": True}
    definition: dict[str, Any] = {"id": "my:sec", "baseId": "cmis:secondary", "parentId": "cmis:secondary"}
    definition["propertyDefinitions"] = {"my:note": {"id": "my:note", **note}}
    assert admin.post("createType", url=REPOSITORY, type=json.dumps(definition)).status == 201
    assert indexes(office) == {"property my:note"}
    definition["propertyDefinitions"]["my:more"] = {"id": "my:more", **note}
    assert admin.post("updateType", url=REPOSITORY, type=json.dumps(definition)).status == 200
    assert indexes(office) == {"property my:note", "property my:more"}


def test_properties_that_differ_in_case_alone_have_an_index_each(office: Office, admin: Caller) -> None:
    note = {"propertyType": "string", "cardinality": "single", "updatability": "readwrite", "queryable": True}
    definition: dict[str, Any] = {"id": "my:sec", "baseId": "cmis:secondary", "parentId": "cmis:secondary"}
    definition["propertyDefinitions"] = {name: {"id": name, **note} for name in ("my:note", "my:Note")}
    assert admin.post("createType", url=REPOSITORY, type=json.dumps(definition)).status == 201
    assert len(indexes(office)) == 2
