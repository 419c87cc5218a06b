"""Rules of Nuxeo that a client trips over, as recorded exchanges; written from what is known of the product."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from clerk_desktop.model.errors import ChangedMeanwhile, Missing, ServerBusy
from clerk_desktop.model.remote import RemoteDocument, RemoteRef, Strategy
from tests.backend.exchanges import MAPPINGS, answer, parameters, refusal
from tests.backend.recorded import FOLDER, MARKS, OUTER, Recorded, told_content
from tests.contract.samples import letter


def nuxeo(reply: Callable[[dict[str, str]], httpx.Response]) -> Recorded:
    told = {
        "capabilityChanges": "objectidsonly",
        "capabilityContentStreamUpdatability": "pwconly",
        "capabilityOrderBy": "custom",
        "capabilityQuery": "bothcombined",
    }
    return Recorded(capabilities=told, reply=reply, mapping="plain", base=OUTER)


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


KNOWN = RemoteRef(server_id="n1", series_id="s1", change_token="3")


def test_a_default_type_in_place_of_ours_is_known_by_its_note() -> None:
    found = nuxeo(lambda _: answer(nuxeo_letter())).backend().fetch("n1")
    assert isinstance(found, RemoteDocument)
    assert (found.document.document_id, found.document.sender) == ("k1", "Müller")


def with_working_copy(asked: dict[str, str]) -> httpx.Response:
    """A server that gives a working copy and takes it back."""
    if asked.get("cmisaction") == "checkOut":
        return answer(nuxeo_letter(**{"cmis:objectId": "pwc"}), 201)
    return answer(nuxeo_letter(), 201)


def test_content_is_replaced_on_a_working_copy_where_nothing_else_is_allowed() -> None:
    server = nuxeo(with_working_copy)
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
            return told_content(b"<theirs/>")
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
    server = nuxeo(with_working_copy)
    server.backend().put_annotations(MARKS, "f1", KNOWN)
    body = next(request.content for request in server.seen if b"checkIn" in request.content)
    for part in body.split(b"Content-Disposition: form-data;")[1:]:
        head = part.partition(b"\r\n\r\n")[0]
        assert head.isascii()
        assert b"filename=" in head or b"charset=utf-8" in head


def test_a_log_whose_tokens_are_times_is_not_relied_on() -> None:
    """Two changes of one moment share a token there."""
    assert nuxeo(lambda _: answer({})).backend().capabilities().tracking is Strategy.MODIFIED_SINCE


def test_what_lies_in_the_trash_is_gone() -> None:
    with pytest.raises(Missing):
        nuxeo(lambda _: refusal("objectNotFound", 404)).backend().fetch("n1")


def test_a_segment_of_a_path_is_no_name_and_the_letter_is_found_in_its_folder() -> None:
    sent = letter(b"abc")
    mine = nuxeo_letter(**{"cmis:description": note(**{"clerk:objectKey": sent.document_id})})

    def reply(asked: dict[str, str]) -> httpx.Response:
        match asked.get("cmisselector"):
            case "children":
                return answer({"objects": [{"object": mine}], "hasMoreItems": False})
            case "content":
                return told_content(b"abc")
            case "object" if asked["path"].endswith(".pdf"):
                return refusal("objectNotFound", 404)
            case "object" if "objectId" not in asked:
                return answer(FOLDER)
        return answer(mine)

    server = nuxeo(reply)
    assert server.backend().deposit(sent, lambda: io.BytesIO(b"abc")).ref.server_id == "n1"
    assert not any(b"createDocument" in request.content for request in server.seen)


def test_of_all_versions_that_the_search_is_asked_for_only_the_living_letter_counts(tmp_path: Path) -> None:
    plain = (MAPPINGS / "plain.toml").read_text(encoding="utf-8")
    (tmp_path / "nuxeo.toml").write_text(plain.replace("# search_all_versions", "search_all_versions"), "utf-8")
    sent = letter(b"abc")
    kept = {"cmis:description": note(**{"clerk:objectKey": sent.document_id})}
    found = {
        "old": nuxeo_letter(latest=False, **kept, **{"cmis:objectId": "old"}),
        "copy": nuxeo_letter(**kept, **{"cmis:objectId": "copy", "cmis:isPrivateWorkingCopy": True}),
        "n1": nuxeo_letter(**kept),
    }

    def reply(asked: dict[str, str]) -> httpx.Response:
        if asked.get("cmisaction") == "query":
            return answer({"results": [{"succinctProperties": {"cmis:objectId": each}} for each in found]})
        match asked.get("cmisselector"):
            case "children":
                return answer({"objects": []})
            case "content":
                return told_content(b"abc")
            case "object" if asked["path"].endswith(".pdf"):
                return refusal("objectNotFound", 404)
        return answer(found.get(asked.get("objectId", ""), FOLDER))

    server = nuxeo(reply)
    server.mapping, server.mappings = "nuxeo", tmp_path
    assert server.backend().deposit(sent, lambda: io.BytesIO(b"abc")).ref.server_id == "n1"
    assert {each["searchAllVersions"] for each in server.posted() if "statement" in each} == {"true"}
    assert not any(b"createDocument" in request.content for request in server.seen)
