"""What real clients send, and what nobody should."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.server.office import REPOSITORY, ROOT, SERVICE, Caller, property_controls

GIVEN = {"cmis:objectTypeId": "clerk:document", "cmis:name": "Müll.pdf", "clerk:subject": "Öl"}
FORM = {"cmisaction": "createDocument", "succinct": "true", **property_controls(GIVEN)}


def created(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()["succinctProperties"]
    assert (found["cmis:name"], found["clerk:subject"]) == ("Müll.pdf", "Öl")
    return found


def test_fields_may_come_urlencoded_multipart_or_in_the_address(clerk: Caller, inbox: str) -> None:
    http = clerk.http
    created(http.post(ROOT, data={**FORM, "objectId": inbox}))
    for name in ("2.pdf", "3.pdf"):
        form = {**FORM, "propertyValue[1]": name}
        if name == "2.pdf":
            response = http.post(ROOT, params={"objectId": inbox, "cmisaction": "createDocument"}, data=form)
        else:
            response = http.post(
                f"{ROOT}/Posteingang/Blomberg", files=[(key, (None, text)) for key, text in form.items()]
            )
        assert response.status_code == 201, response.text


@pytest.mark.parametrize("how", ["part", "_charset_", "default"])
def test_umlauts_survive_each_way_to_name_the_character_set(clerk: Caller, inbox: str, how: str) -> None:
    charset = {"part": "iso-8859-1", "_charset_": "windows-1252", "default": "utf-8"}[how]
    media = "text/plain; charset=iso-8859-1" if how == "part" else "text/plain"
    form = {**FORM, "objectId": inbox, **({"_charset_": "windows-1252"} if how == "_charset_" else {})}
    parts: list[Any] = [(name, (None, text.encode(charset), media)) for name, text in form.items()]
    created(clerk.http.post(ROOT, files=parts))


def test_fields_may_come_after_the_content(clerk: Caller, inbox: str) -> None:
    parts: list[Any] = [("content", ("content.pdf", b"zuerst", "application/pdf"))]
    parts += [(name, (None, text)) for name, text in {**FORM, "objectId": inbox, "filename": "Müll.pdf"}.items()]
    found = created(clerk.http.post(ROOT, files=parts))
    assert found["cmis:contentStreamFileName"] == "Müll.pdf"
    assert found["cmis:contentStreamLength"] == 6


@pytest.mark.parametrize("sent", ["C:\\Scans\\brief.pdf", "../../brief.pdf", "/etc/brief.pdf", "brief.pdf"])
def test_a_file_name_loses_its_path(clerk: Caller, inbox: str, sent: str) -> None:
    given = {"cmis:objectTypeId": "clerk:document", "cmis:name": "x"}
    made = clerk.post("createDocument", inbox, properties=given, content=b"x", filename=sent)
    assert made.properties["cmis:contentStreamFileName"] == "brief.pdf"


def test_names_of_selectors_actions_and_controls_have_no_letter_case(clerk: Caller, inbox: str) -> None:
    assert clerk.get("CHILDREN", inbox, MAXITEMS="1").status == 200
    form = {name.upper(): text for name, text in FORM.items()}
    created(clerk.http.post(ROOT, data={**form, "CMISACTION": "CREATEDOCUMENT", "OBJECTID": inbox}))


def test_both_names_of_a_query_work_both_ways(clerk: Caller) -> None:
    for name in ("q", "statement"):
        text = {name: "SELECT * FROM cmis:folder"}
        assert clerk.http.get(REPOSITORY, params={"cmisselector": "query", **text}).json()["numItems"] > 0
        assert clerk.http.post(REPOSITORY, data={"cmisaction": "query", **text}).json()["numItems"] > 0


def test_gaps_in_indices_and_doubled_ones_are_refused(clerk: Caller, inbox: str) -> None:
    for form in (
        {"propertyId[0]": "cmis:name", "propertyId[2]": "clerk:subject"},
        {"propertyId[0]": "cmis:name", "propertyValue[1]": "x"},
        {"propertyId[0]": "clerk:participants", "propertyValue[0][1]": "x"},
        {"propertyId[0]": "cmis:name", "propertyId[1]": "cmis:name"},
    ):
        response = clerk.http.post(ROOT, data={"cmisaction": "update", "objectId": inbox, **form})
        assert response.json()["exception"] in {"invalidArgument", "permissionDenied"}


def test_pages_of_other_origins_and_unknown_hosts_are_refused(clerk: Caller) -> None:
    for headers in ({"Origin": "http://localhost"}, {"Origin": "null"}, {"Host": "evil.example"}):
        response = clerk.http.get(SERVICE, headers=headers)
        assert (response.status_code, response.json()["exception"]) == (403, "permissionDenied")
    for host in ("127.0.0.1:8765", "[::1]:8765", "localhost", "192.0.2.7"):
        assert clerk.http.get(SERVICE, headers={"Host": host}).status_code == 200


def test_answers_as_scripts_are_refused(clerk: Caller) -> None:
    response = clerk.http.get(SERVICE, params={"callback": "steal"})
    assert (response.status_code, response.json()["exception"]) == (405, "notSupported")


def test_the_addresses_in_the_service_document_are_those_the_caller_used(clerk: Caller) -> None:
    info = clerk.http.get(SERVICE, headers={"Host": "127.0.0.1:9999"}).json()["clerk"]
    assert info["rootFolderUrl"] == "http://127.0.0.1:9999/cmis/clerk/root"


def test_every_failure_is_a_cmis_exception_in_json(clerk: Caller, inbox: str) -> None:
    http = clerk.http
    replies = [
        http.get("http://localhost/"),
        http.get("http://localhost/cmis/other"),
        http.get(f"{ROOT}/a/../b"),
        http.get(ROOT, params={"cmisselector": "nonsense"}),
        http.get(ROOT, params={"cmisselector": "children", "maxItems": "-1"}),
        http.get(ROOT, params={"cmisselector": "children", "filter": "a b"}),
        http.get(ROOT, params={"cmisselector": "descendants", "depth": "0"}),
        http.post(ROOT, data={"cmisaction": "nonsense"}),
        http.post(ROOT, data={}),
        http.post(ROOT, content=b"{}", headers={"Content-Type": "application/json"}),
        http.post(ROOT, content=b"x", headers={"Content-Type": "multipart/form-data"}),
        http.post(ROOT, content=b"--b\r\n", headers={"Content-Type": "multipart/form-data; boundary=b"}),
        http.request("DELETE", ROOT),
        http.post(ROOT, data={"cmisaction": "applyACL", "objectId": inbox}),
    ]
    for reply in replies:
        assert 400 <= reply.status_code < 500
        assert set(json.loads(reply.content)) == {"exception", "message"}
        assert reply.headers["content-type"].startswith("application/json")
    assert http.get(ROOT, params={"objectId": "x", "suppressResponseCodes": "true"}).status_code == 200


def test_a_flood_of_fields_is_refused(clerk: Caller) -> None:
    many = "&".join(f"a{number}=1" for number in range(30_000))
    large = "a=" + "x" * (11 << 20)
    for body in (many, large):
        reply = clerk.http.post(ROOT, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert reply.json()["exception"] == "invalidArgument"
    reply = clerk.http.post(ROOT, files=[("a", (None, b"x" * (11 << 20)))])
    assert reply.json()["exception"] == "invalidArgument"
