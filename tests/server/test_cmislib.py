"""A client that none of us wrote (cmislib) works with the server over a real port."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from tests.server.office import TOWNS, TYPES

cmislib = pytest.importorskip("cmislib")
PASSWORD = "geheim"


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Any]:
    from cmislib.browser.binding import BrowserBinding

    with EmbeddedServer(tmp_path / "data", TYPES, towns=TOWNS) as server:
        server.application.accounts.add_user("clerk", PASSWORD, role=Role.CLERK, municipality="blomberg")
        client = cmislib.CmisClient(server.url, "clerk", PASSWORD, binding=BrowserBinding())
        yield client.defaultRepository


@pytest.fixture
def cases(repository: Any) -> Any:
    return repository.getObjectByPath("/Akten/Blomberg")


def new_case(repository: Any, cases: Any, number: str, status: str = "open") -> Any:
    given = {"cmis:objectTypeId": "clerk:case", "clerk:caseNumber": number, "clerk:status": status}
    return repository.createFolder(cases, f"Vorgang {number.replace(chr(47), chr(45))}", given)


def test_it_finds_the_repository_and_our_types(repository: Any) -> None:
    assert repository.id == "clerk"
    assert repository.getTypeDefinition("clerk:case").baseId == "cmis:folder"
    assert "clerk:participants" in repository.getTypeDefinition("clerk:case").properties


def test_it_lists_cases_by_query(repository: Any, cases: Any) -> None:
    for number, status in (("1/26", "open"), ("2/26", "closed"), ("3/26", "open")):
        new_case(repository, cases, number, status)
    found = repository.query("SELECT * FROM clerk:case WHERE clerk:status = 'open' ORDER BY clerk:caseNumber")
    assert [item.properties["clerk:caseNumber"] for item in found] == ["1/26", "3/26"]


def test_it_uploads_lists_and_downloads(repository: Any, cases: Any) -> None:
    case = new_case(repository, cases, "1/26")
    given = {"cmis:objectTypeId": "clerk:document", "clerk:subject": "Straßenbeleuchtung"}
    document = case.createDocument("Brief.txt", given, contentFile=io.BytesIO(b"Guten Tag"))
    assert document.properties["clerk:subject"] == "Straßenbeleuchtung"
    assert [child.name for child in case.getChildren()] == ["Brief.txt"]
    assert document.getContentStream().read() == b"Guten Tag"
    by_path = repository.getObjectByPath("/Akten/Blomberg/Vorgang 1-26/Brief.txt")
    assert by_path.id == document.id


def test_it_updates_with_the_change_token(repository: Any, cases: Any) -> None:
    case = new_case(repository, cases, "1/26")
    case.updateProperties({"clerk:status": "closed", "clerk:assignee": "müller"})
    assert repository.getObject(case.id).properties["clerk:assignee"] == "müller"


def test_it_checks_out_and_in(repository: Any, cases: Any) -> None:
    document = cases.createDocument(
        "Brief.txt", {"cmis:objectTypeId": "clerk:document"}, contentFile=io.BytesIO(b"eins")
    )
    copy = document.checkout()
    assert copy.isCheckedOut()
    copy.setContentStream(io.BytesIO(b"zwei"), contentType="text/plain")
    checked_in = copy.checkin("verbessert")
    assert checked_in.properties["cmis:versionLabel"] == "2.0"
    assert repository.getObject(checked_in.id).getContentStream().read() == b"zwei"
    assert len(list(checked_in.getAllVersions())) == 2


def test_it_moves_and_deletes(repository: Any, cases: Any) -> None:
    inbox = repository.getObjectByPath("/Posteingang/Blomberg")
    case = new_case(repository, cases, "1/26")
    document = inbox.createDocument("Brief.txt", {"cmis:objectTypeId": "clerk:document"}, contentFile=io.BytesIO(b"x"))
    document.move(inbox, case)
    assert [child.id for child in case.getChildren()] == [document.id]
    assert list(inbox.getChildren()) == []
    document.delete()
    case.deleteTree()
    with pytest.raises(cmislib.exceptions.ObjectNotFoundException):
        repository.getObject(case.id)


def test_it_is_told_why_something_is_refused(repository: Any, cases: Any) -> None:
    new_case(repository, cases, "1-26")
    with pytest.raises(cmislib.exceptions.UpdateConflictException):
        new_case(repository, cases, "1-26")
    with pytest.raises(cmislib.exceptions.PermissionDeniedException):
        repository.rootFolder.createFolder("Neuland")
