"""Listing everything: one object that somebody damaged keeps no other from being listed."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import Any

import httpx

from clerk_desktop.backend.ahead import NAME
from clerk_desktop.backend.cmis import listing
from clerk_desktop.backend.cmis.annotations import LIMIT
from clerk_desktop.model.remote import RemoteDocument
from tests.backend.exchanges import answer, connected, parameters, refusal
from tests.workers.processes import wait_until

TOP = {"cmis:objectId": "top", "cmis:baseTypeId": "cmis:folder", "cmis:objectTypeId": "cmis:folder"}
TOWN = {**TOP, "cmis:objectId": "town", "cmis:name": "Blomberg"}


def letter(number: int, **more: Any) -> dict[str, Any]:
    own = {f"clerk:{key}": value for key, value in {"objectKey": f"k{number}", **more}.items()}
    ids = {"cmis:objectId": f"d{number}", "cmis:objectTypeId": "clerk:document", "cmis:baseTypeId": "cmis:document"}
    return {**ids, "cmis:name": "Brief.pdf", **own}


IN_THE_INBOX = [
    letter(1),
    letter(2, letterDate=10**17),
    letter(3, pageCount="viele"),
    {**letter(4, kind="note"), "cmis:objectTypeId": "clerk:event"},
    {**letter(5), "cmis:objectId": None},
    letter(6),
]


def reply(request: httpx.Request) -> httpx.Response:
    asked = parameters(request)
    if asked["cmisselector"] == "object":
        there = request.url.path.endswith("/Posteingang")
        return answer({"succinctProperties": TOP}) if there else refusal("objectNotFound", 404)
    found = [TOWN] if asked["objectId"] == "top" else IN_THE_INBOX
    return answer({"objects": [{"object": {"succinctProperties": each}} for each in found], "hasMoreItems": False})


def test_what_cannot_be_read_is_left_out_and_all_else_is_listed() -> None:
    found = [remote for page in connected(reply).everything() for remote in page]
    assert all(isinstance(remote, RemoteDocument) for remote in found)
    assert [remote.ref.server_id for remote in found] == ["d1", "d6"]


MARKS = [
    {
        **letter(number, author="anna", annotates="k1"),
        "cmis:objectTypeId": "clerk:annotationSet",
        "cmis:contentStreamLength": 1,
    }
    for number in (7, 8)
]


def reply_of_marks(request: httpx.Request) -> httpx.Response:
    asked = parameters(request)
    if asked["cmisselector"] == "content":
        return httpx.Response(200, content=bytes(LIMIT + 1) if asked["objectId"] == "d7" else b"<xfdf/>")
    if asked["cmisselector"] == "object" or asked["objectId"] == "top":
        return reply(request)
    found = [letter(1), *MARKS, letter(6)]
    return answer({"objects": [{"object": {"succinctProperties": each}} for each in found], "hasMoreItems": False})


def test_marks_that_are_too_large_to_be_marks_are_left_out_and_all_else_is_listed() -> None:
    found = [remote for page in connected(reply_of_marks).everything() for remote in page]
    assert [remote.ref.server_id for remote in found] == ["d1", "d8", "d6"]


DAMAGED: list[dict[str, Any]] = [
    {**TOWN, "cmis:objectId": None},
    {**TOWN, "cmis:baseTypeId": ["cmis:folder", "cmis:document"]},
    {**TOWN, "cmis:objectId": "plan"},
]
CASES: list[dict[str, Any]] = [
    {**TOWN, "cmis:objectId": "c1", "cmis:objectTypeId": "clerk:case", "clerk:objectKey": "c1", "clerk:dueOn": 10**17},
    {**TOWN, "cmis:objectId": "c2", "cmis:objectTypeId": "clerk:case", "clerk:objectKey": "c2"},
]
BELOW: dict[str, list[dict[str, Any]]] = {
    "top": [TOWN],
    "town": DAMAGED,
    "plan": CASES,
    "c1": [letter(1)],
    "c2": [letter(2)],
}


def reply_of_cases(request: httpx.Request) -> httpx.Response:
    asked = parameters(request)
    if asked["cmisselector"] == "object":
        there = request.url.path.endswith("/Akten")
        return answer({"succinctProperties": TOP}) if there else refusal("objectNotFound", 404)
    found = BELOW[asked["objectId"]]
    if asked["cmisselector"] == "descendants":
        return answer(_tree(asked["objectId"]))
    return answer({"objects": [{"object": {"succinctProperties": each}} for each in found], "hasMoreItems": False})


def _tree(folder_id: str) -> list[dict[str, Any]]:
    return [
        {"object": {"object": {"succinctProperties": each}}, "children": _tree(each["cmis:objectId"])}
        for each in BELOW.get(folder_id, [])
    ]


def test_a_damaged_folder_is_left_out_with_what_lies_in_it() -> None:
    found = [remote for page in connected(reply_of_cases).everything() for remote in page]
    assert [remote.ref.server_id for remote in found] == ["c2", "d2"]


PLANS = 3


class ManyLetters:
    """A server with a tree of letters in each of some filing plan entries; ``asked`` are the trees it was asked for."""

    def __init__(self, letters: int) -> None:
        self.asked: list[str] = []
        self.letters = letters
        self.may_answer = threading.Semaphore(PLANS)

    def reply(self, request: httpx.Request) -> httpx.Response:
        asked = parameters(request)
        if asked["cmisselector"] == "object":
            there = request.url.path.endswith("/Akten")
            return answer({"succinctProperties": TOP}) if there else refusal("objectNotFound", 404)
        if asked["cmisselector"] == "descendants":
            self.asked.append(asked["objectId"])
            assert self.may_answer.acquire(timeout=60)
            first = len(self.asked) * self.letters
            found = [letter(number) for number in range(first, first + self.letters)]
            return answer([{"object": {"object": {"succinctProperties": each}}} for each in found])
        plans = [{**TOWN, "cmis:objectId": f"plan-{number}"} for number in range(PLANS)]
        found = [TOWN] if asked["objectId"] == "top" else plans
        return answer({"objects": [{"object": {"succinctProperties": each}} for each in found], "hasMoreItems": False})


def test_the_next_trees_are_asked_for_while_a_page_is_taken_in() -> None:
    server = ManyLetters(listing.LARGEST_PAGE + 1)
    pages = connected(server.reply).everything()
    assert len(next(pages)) == listing.LARGEST_PAGE
    wait_until(lambda: len(server.asked) == PLANS)
    assert sum(map(len, pages)) == PLANS * server.letters - listing.LARGEST_PAGE
    assert server.asked == [f"plan-{number}" for number in range(PLANS)]


def test_a_page_that_is_large_enough_waits_for_no_answer() -> None:
    server = ManyLetters(listing.PAGE)
    server.may_answer = threading.Semaphore(1)
    pages = connected(server.reply).everything()
    assert len(next(pages)) == listing.PAGE
    server.may_answer.release(PLANS)
    assert sum(map(len, pages)) == (PLANS - 1) * listing.PAGE


def test_a_listing_that_is_given_up_asks_no_further() -> None:
    server = ManyLetters(listing.LARGEST_PAGE + 1)
    with closing(connected(server.reply).everything()) as pages:  # type: ignore[type-var]  # a generator
        next(pages)
    assert NAME not in {thread.name for thread in threading.enumerate()}
