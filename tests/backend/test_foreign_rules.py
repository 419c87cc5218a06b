"""Rules of Alfresco and Nuxeo that a client trips over, as recorded exchanges: what they answer and what must be sent.

Written from what is known of both products, not from a running one. The whole contract runs on a server in the
disguise of Alfresco as well (tests/contract/alfresco.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import AbilityMissing, ChangedMeanwhile, ServerBusy, SignInPage
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, DocumentId
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteRef, Strategy
from tests.backend.exchanges import MAPPINGS, answer, info, parameters, refusal
from tests.contract.samples import case, letter

OUTER = "https://dms.example/alfresco/cmis/browser"
INNER = "http://alfresco:8080/alfresco/cmis/browser"
UUID = "7f0e9a51-7d0a-4c55-9d3e-0b6f2a1d9c10"
FOLDER = {"succinctProperties": {"cmis:objectId": "f1", "cmis:path": "/Posteingang/Blomberg", "cmis:name": "Blomberg"}}
SENDER = (DocumentChange(field=DocumentField.SENDER, text="Meier"),)
SUBJECT = (CaseChange(field=CaseField.SUBJECT, text="neu"),)


def alfresco_letter(version: Any = "1.0", modified: Any = 1732350000000, **more: Any) -> dict[str, Any]:
    return {
        "succinctProperties": {
            "cmis:objectId": f"{UUID};{version}",
            "cmis:versionSeriesId": UUID,
            "cmis:versionLabel": version,
            "cmis:objectTypeId": "D:clerk:document",
            "cmis:baseTypeId": "cmis:document",
            "cmis:name": "1a2b3c4d Brief.pdf",
            "cmis:changeToken": None,
            "cmis:lastModificationDate": modified,
            "cmis:contentStreamLength": 3,
            "clerk:documentObjectKey": "k1",
            "clerk:documentSender": "Müller",
            **more,
        }
    }


@dataclass
class Recorded:
    """Plays answers by what is asked, and keeps what was asked."""

    capabilities: dict[str, Any]
    reply: Callable[[dict[str, str]], httpx.Response]
    mapping: str
    type_definition: dict[str, Any] = field(default_factory=dict)
    base: str = INNER
    seen: list[httpx.Request] = field(default_factory=list)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if str(request.url) == OUTER:
            told = info(
                repositoryUrl=f"{self.base}/R", rootFolderUrl=f"{self.base}/R/root", capabilities=self.capabilities
            )
            return answer({"R": {**told, "latestChangeLogToken": None}})
        asked = parameters(request)
        if asked.get("cmisselector") == "typeDefinition":
            return answer({"id": asked["typeId"], "versionable": True, **self.type_definition})
        if asked.get("cmisselector") == "parents":
            return answer([{"object": FOLDER}])
        return self.reply(asked)

    def backend(self) -> Backend:
        account = Account(url=OUTER, user="post", repository="R", mapping=self.mapping)
        transport = httpx.MockTransport(self.handle)
        return connect(account, basic("post", "x"), mapping_dir=MAPPINGS, transport=transport)

    def posted(self) -> list[dict[str, str]]:
        return [parameters(request) for request in self.seen if request.method == "POST"]


def alfresco(reply: Callable[[dict[str, str]], httpx.Response], **told: str) -> Recorded:
    none = {"capabilityChanges": "none", "capabilityOrderBy": None, "capabilityGetDescendants": True}
    return Recorded(
        capabilities={**none, "capabilityContentStreamUpdatability": "anytime", **told},
        reply=reply,
        mapping="alfresco",
    )


def nuxeo(reply: Callable[[dict[str, str]], httpx.Response]) -> Recorded:
    told = {
        "capabilityChanges": "objectidsonly",
        "capabilityContentStreamUpdatability": "pwconly",
        "capabilityOrderBy": "custom",
    }
    return Recorded(capabilities=told, reply=reply, mapping="plain", base=OUTER)


# Alfresco


def test_a_versioned_id_is_cut_to_the_one_that_stays() -> None:
    found = alfresco(lambda _: answer(alfresco_letter("1.4"))).backend().fetch(UUID)
    assert isinstance(found, RemoteDocument)
    assert (found.ref.server_id, found.ref.series_id) == (UUID, UUID)
    assert found.document.version == "1.4"


def test_a_null_change_token_is_not_sent_and_the_time_is_compared_before() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        changed = asked.get("cmisaction") == "update"
        return answer(alfresco_letter(modified=1732350009000 if changed else 1732350000000))

    server = alfresco(reply)
    backend = server.backend()
    known = backend.fetch(UUID)
    assert isinstance(known, RemoteDocument)
    assert known.ref.change_token == ""
    after = backend.update_document(known, SENDER)
    assert after.ref.modified_at != known.ref.modified_at
    (sent,) = server.posted()
    assert "changeToken" not in sent
    assert sent["objectId"] == UUID
    assert sent["propertyId[0]"] == "clerk:documentSender"


def test_a_later_change_is_seen_by_its_time() -> None:
    server = alfresco(lambda _: answer(alfresco_letter("1.1", 1732350005000)))
    early = alfresco(lambda _: answer(alfresco_letter())).backend().fetch(UUID)
    assert isinstance(early, RemoteDocument)
    with pytest.raises(ChangedMeanwhile):
        server.backend().update_document(early, SENDER)
    assert server.posted() == []


def test_marks_are_not_written_over_later_ones_without_a_change_token() -> None:
    old = RemoteRef(server_id=UUID, series_id=UUID, modified_at=datetime(2024, 11, 23, tzinfo=UTC))

    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisselector") == "content":
            return httpx.Response(200, content=b"<theirs/>", headers={"Content-Disposition": "attachment"})
        return answer(alfresco_letter(**{"cmis:objectTypeId": "D:clerk:annotationSet"}))

    server = alfresco(reply)
    with pytest.raises(ChangedMeanwhile):
        server.backend().put_annotations(MARKS, "f1", old)
    assert server.posted() == []


def test_types_bear_their_prefix_and_tables_do_not() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        selector = asked.get("cmisselector")
        if selector == "children":
            return answer({"objects": []})
        if selector == "content":
            return httpx.Response(200, content=b"abc", headers={"Content-Disposition": "attachment"})
        if asked.get("cmisaction") == "query":
            return answer({"results": [], "hasMoreItems": False})
        return answer(alfresco_letter() if selector is None else FOLDER)

    server = alfresco(reply)
    stored = server.backend().deposit(letter(b"abc"), lambda: io.BytesIO(b"abc"))
    assert stored.ref.server_id == UUID
    queried = next(each["statement"] for each in server.posted() if each.get("cmisaction") == "query")
    assert "FROM clerk:document WHERE clerk:documentObjectKey =" in queried
    created = next(request.content for request in server.seen if b"createDocument" in request.content)
    assert b"\r\n\r\nD:clerk:document\r\n" in created
    assert "Müller, Jürgen".encode() in created


def test_without_a_change_log_it_is_asked_what_was_modified() -> None:
    backend = alfresco(lambda _: answer({}), capabilityQuery="bothcombined").backend()
    assert backend.capabilities().tracking is Strategy.MODIFIED_SINCE
    assert alfresco(lambda _: answer({})).backend().capabilities().tracking is Strategy.RELISTING
    with pytest.raises(AbilityMissing):
        backend.change_token()


def test_addresses_of_the_inner_host_are_never_spoken_to() -> None:
    server = alfresco(lambda _: answer(alfresco_letter()))
    server.backend().fetch(UUID)
    assert {request.url.host for request in server.seen} == {"dms.example"}
    assert {request.url.scheme for request in server.seen} == {"https"}


@pytest.mark.parametrize(
    "page",
    [
        httpx.Response(200, html="<!DOCTYPE html><html><form action='/share/login'>"),
        httpx.Response(302, headers={"Location": "https://sso.example/login"}),
    ],
)
def test_a_login_page_in_the_middle_of_the_day_asks_for_a_new_sign_in(page: httpx.Response) -> None:
    def reply(_: dict[str, str]) -> httpx.Response:
        return page

    backend = alfresco(reply).backend()
    known = RemoteCase(ref=RemoteRef(server_id=UUID, series_id=UUID, change_token="1"), case=case())
    with pytest.raises(SignInPage):
        backend.update_case(known, SUBJECT)


# Nuxeo


def note(**more: str) -> str:
    fields = "".join(f',"{key}":"{value}"' for key, value in more.items())
    return f'{{"clerk-desktop":1,"type":"clerk:document"{fields}}}'


def nuxeo_letter(latest: Any = True, **more: Any) -> dict[str, Any]:
    return {
        "succinctProperties": {
            "cmis:objectId": "n1",
            "cmis:versionSeriesId": "s1",
            "cmis:objectTypeId": "File",
            "cmis:baseTypeId": "cmis:document",
            "cmis:name": "1a2b3c4d Brief.pdf",
            "cmis:changeToken": "3",
            "cmis:lastModificationDate": 1732350000000,
            "cmis:isLatestVersion": latest,
            "cmis:description": note(**{"clerk:objectKey": "k1", "clerk:sender": "Müller"}),
            **more,
        }
    }


MARKS = AnnotationFile(
    annotation_set_id=AnnotationSetId("s"), document_id=DocumentId("k1"), author="a", content=b"<mine/>"
)
KNOWN = RemoteRef(server_id="n1", series_id="s1", change_token="3")


def test_a_default_type_in_place_of_ours_is_known_by_its_note() -> None:
    found = nuxeo(lambda _: answer(nuxeo_letter())).backend().fetch("n1")
    assert isinstance(found, RemoteDocument)
    assert (found.document.document_id, found.document.sender) == ("k1", "Müller")


def test_content_is_replaced_on_a_working_copy_where_nothing_else_is_allowed() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisaction") == "checkOut":
            return answer(nuxeo_letter(**{"cmis:objectId": "pwc"}), 201)
        return answer(nuxeo_letter(), 201)

    server = nuxeo(reply)
    server.backend().put_annotations(MARKS, "f1", KNOWN)
    out, into = [request for request in server.seen if request.method == "POST"]
    assert parameters(out)["cmisaction"] == "checkOut"
    body = into.content
    assert b"checkIn" in body
    assert b"pwc" in body
    assert b"<mine/>" in body
    assert b"setContent" not in body


def test_a_working_copy_of_what_is_no_longer_the_latest_is_given_up() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisaction") == "checkOut":
            return answer(nuxeo_letter(**{"cmis:objectId": "pwc"}), 201)
        if asked.get("cmisselector") == "content":
            return httpx.Response(200, content=b"<theirs/>", headers={"Content-Disposition": "attachment"})
        return answer(nuxeo_letter(latest=False))

    server = nuxeo(reply)
    with pytest.raises(ChangedMeanwhile):
        server.backend().put_annotations(MARKS, "f1", KNOWN)
    assert [each["cmisaction"] for each in server.posted()] == ["checkOut", "cancelCheckOut"]
    assert server.posted()[1]["objectId"] == "pwc"


def test_a_check_out_of_ours_that_was_left_is_taken_up_and_somebody_elses_waited_for() -> None:
    def reply(owner: str) -> Callable[[dict[str, str]], httpx.Response]:
        def play(asked: dict[str, str]) -> httpx.Response:
            if asked.get("cmisaction") == "checkOut":
                return refusal("versioning", 409) if owner != "post" else answer(nuxeo_letter(), 201)
            left = {"cmis:versionSeriesCheckedOutId": "left", "cmis:versionSeriesCheckedOutBy": owner}
            return answer(nuxeo_letter(**left), 201)

        return play

    with pytest.raises(ServerBusy):
        nuxeo(reply("colleague")).backend().put_annotations(MARKS, "f1", KNOWN)
    server = nuxeo(reply("post"))
    server.backend().put_annotations(MARKS, "f1", KNOWN)
    assert (server.posted()[0]["cmisaction"], server.posted()[0]["objectId"]) == ("cancelCheckOut", "left")


def test_umlauts_reach_a_server_that_reads_parts_as_latin_1() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisaction") == "checkOut":
            return answer(nuxeo_letter(**{"cmis:objectId": "pwc"}), 201)
        return answer(nuxeo_letter(), 201)

    server = nuxeo(reply)
    server.backend().put_annotations(MARKS, "f1", KNOWN)
    body = next(request.content for request in server.seen if b"checkIn" in request.content)
    for part in body.split(b"Content-Disposition: form-data;")[1:]:
        head = part.partition(b"\r\n\r\n")[0]
        assert head.isascii()
        assert b"filename=" in head or b"charset=utf-8" in head
