"""Rules of Alfresco that a client trips over, as recorded exchanges: what it answers and what must be sent.

Written from what is known of the product, not from a running one. The whole contract runs on a server in the disguise
of Alfresco as well (tests/contract/alfresco.py). No exchange needs what we never do: delete, take out of one of several
folders, ask for all versions, join, or create a document that is checked out.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import AbilityMissing, ChangedMeanwhile, SignInPage
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteRef, Strategy
from tests.backend.exchanges import answer, refusal
from tests.backend.recorded import FOLDER, MARKS, SENDER, Recorded, told_content
from tests.contract.samples import case, letter

UUID = "7f0e9a51-7d0a-4c55-9d3e-0b6f2a1d9c10"
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


def alfresco(reply: Callable[[dict[str, str]], httpx.Response], **told: str) -> Recorded:
    none = {"capabilityChanges": "none", "capabilityOrderBy": None, "capabilityGetDescendants": True}
    return Recorded(
        capabilities={**none, "capabilityContentStreamUpdatability": "anytime", **told},
        reply=reply,
        mapping="alfresco",
    )


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
            return told_content(b"<theirs/>")
        return answer(alfresco_letter(**{"cmis:objectTypeId": "D:clerk:annotationSet"}))

    server = alfresco(reply)
    with pytest.raises(ChangedMeanwhile):
        server.backend().put_annotations(MARKS, "f1", old)
    assert server.posted() == []


def test_a_content_is_replaced_at_once_and_the_version_that_this_makes_is_the_same_document() -> None:
    ours = {"cmis:objectTypeId": "D:clerk:annotationSet", "clerk:annotationSetObjectKey": "s"}

    def reply(asked: dict[str, str]) -> httpx.Response:
        return answer(alfresco_letter("1.0" if "cmisselector" in asked else "1.1", **ours))

    server = alfresco(reply)
    old = RemoteRef(server_id=UUID, series_id=UUID, modified_at=datetime.fromtimestamp(1732350000, UTC))
    written = server.backend().put_annotations(MARKS, "f1", old)
    assert (written.ref.server_id, written.annotations.content) == (UUID, MARKS.content)
    (sent,) = [request.content for request in server.seen if request.method == "POST"]
    assert b'name="cmisaction"\r\n\r\nsetContent\r\n' in sent.replace(
        b"\r\nContent-Type: text/plain; charset=utf-8", b""
    )
    assert b'name="overwriteFlag"\r\n\r\ntrue\r\n' in sent.replace(b"\r\nContent-Type: text/plain; charset=utf-8", b"")
    assert b"changeToken" not in sent
    assert f"{UUID};".encode() not in sent


@pytest.mark.parametrize(("age", "written"), [(0, False), (3600, True)])
def test_marks_found_without_content_are_filled_only_once_their_state_can_be_told(age: int, written: bool) -> None:
    """In the second of their creation a colleague's content may be on its way, and would leave the same time."""
    ours = {"cmis:objectTypeId": "D:clerk:annotationSet", "clerk:annotationSetObjectKey": "s"}
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    created = int(now.timestamp() - age) * 1000

    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisselector") == "content":
            return refusal("objectNotFound", 404)
        return answer(alfresco_letter(modified=created, **ours), Date=format_datetime(now, usegmt=True))

    server = alfresco(reply)
    with nullcontext() if written else pytest.raises(ChangedMeanwhile):
        server.backend().put_annotations(MARKS, "f1", None)
    assert any(request.method == "POST" for request in server.seen) is written


@pytest.mark.parametrize(("versionable", "state"), [(True, b"major"), (False, b"none")])
def test_only_a_type_with_versions_is_asked_for_one(versionable: bool, state: bytes) -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        match asked.get("cmisselector"):
            case "children":
                return answer({"objects": []})
            case "content":
                return told_content(b"abc")
            case "object" if asked["path"].endswith(".pdf"):
                return refusal("objectNotFound", 404)
            case "object":
                return answer(FOLDER)
        return answer({"results": []} if asked.get("cmisaction") == "query" else alfresco_letter())

    server = alfresco(reply)
    server.type_definition = {"versionable": versionable}
    server.backend().deposit(letter(b"abc"), lambda: io.BytesIO(b"abc"))
    created = next(request.content for request in server.seen if b"createDocument" in request.content)
    assert state in created.partition(b'name="versioningState"')[2].partition(b"--")[0]


def test_a_letter_that_the_index_does_not_know_yet_is_found_at_its_place() -> None:
    sent = letter(b"abc")

    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisaction") == "query":
            return answer({"results": [], "hasMoreItems": False})
        if asked.get("cmisselector") == "content":
            return told_content(b"abc")
        if asked["path"].endswith(".pdf") or "objectId" in asked:
            return answer(alfresco_letter(**{"clerk:documentObjectKey": sent.document_id}))
        return answer(FOLDER)

    server = alfresco(reply)
    stored = server.backend().deposit(sent, lambda: io.BytesIO(b"abc"))
    assert stored.ref.server_id == UUID
    assert not any(b"createDocument" in request.content for request in server.seen)


@pytest.mark.parametrize("more", [{"hasMoreItems": True}, {}])
def test_a_list_that_is_given_out_in_shorter_pages_than_asked_for_is_read_to_its_end(more: dict[str, bool]) -> None:
    """Caps of the server; a count is missing, and whether there is more may be as well."""

    def reply(asked: dict[str, str]) -> httpx.Response:
        skip = int(asked["skipCount"])
        child = {"object": alfresco_letter(**{"cmis:objectId": f"n{skip};1.0", "cmis:versionSeriesId": f"n{skip}"})}
        return answer({"objects": [child], **more} if skip < 3 else {"objects": [], "hasMoreItems": False})

    found = alfresco(reply).backend().lying_in("f1")
    assert [each.server_id for each in found] == ["n0", "n1", "n2"]


def test_where_an_administrator_audits_changes_they_are_followed_by_the_numbers_of_the_audit() -> None:
    """Pages are of any length; the token is the entry that comes next; ids bear versions."""
    entries = list(range(100, 107))
    lengths = iter((1, 4, 2))

    def event(number: int) -> dict[str, Any]:
        told = {"changeType": "updated", "changeTime": 1732350000000 + number}
        return {"succinctProperties": {"cmis:objectId": f"n{number};1.{number}"}, "changeEventInfo": told}

    def reply(asked: dict[str, str]) -> httpx.Response:
        first = entries.index(int(asked["changeLogToken"]))
        end = first + next(lengths)
        token = str(entries[end]) if end < len(entries) else None
        return answer(
            {
                "objects": list(map(event, entries[first:end])),
                "hasMoreItems": token is not None,
                "changeLogToken": token,
            }
        )

    backend = alfresco(reply, capabilityChanges="objectidsonly").backend()
    assert backend.capabilities().tracking is Strategy.CHANGE_LOG
    token, seen = '["100"]', list[str]()
    while True:
        page = backend.changes(token, 50)
        seen += [change.server_id for change in page.changes]
        token = page.token
        if not page.more:
            break
    assert seen == [f"n{number}" for number in entries]


def test_types_bear_their_prefix_and_tables_do_not() -> None:
    def reply(asked: dict[str, str]) -> httpx.Response:
        selector = asked.get("cmisselector")
        if selector == "children":
            return answer({"objects": []})
        if selector == "content":
            return told_content(b"abc")
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
