from __future__ import annotations

from typing import Any

import httpx
import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import BadAnswer, RequestRefused
from clerk_desktop.model.remote import RemoteChangeKind
from tests.backend.exchanges import answer, connected, info, parameters, refusal


def event(number: int) -> dict[str, Any]:
    kind = "deleted" if number % 5 == 0 else "updated"
    return {
        "succinctProperties": {"cmis:objectId": [f"o{number}"]},
        "changeEventInfo": {"changeType": kind, "changeTime": 1732350000000 + number},
    }


class Log:
    """A change log as the standard wants it: the entry of the token comes first again, if it may be seen."""

    def __init__(self, length: int, hidden: tuple[int, ...] = ()) -> None:
        self.length = length
        self.hidden = hidden

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = parameters(request)
        if asked["cmisselector"] == "repositoryInfo":
            return answer({"R": info(latestChangeLogToken=str(self.length))})
        first = max(1, int(asked.get("changeLogToken", "1")))
        last = min(self.length, first + int(asked["maxItems"]) - 1)
        entries = [event(number) for number in range(first, last + 1) if number not in self.hidden]
        return answer({"objects": entries, "hasMoreItems": last < self.length, "changeLogToken": str(last)})


def followed(backend: Backend, token: str, limit: int) -> tuple[list[str], str]:
    seen: list[str] = []
    for _ in range(100):
        page = backend.changes(token, limit)
        seen += [change.server_id for change in page.changes]
        assert len(page.changes) <= limit + 1
        token = page.token
        if not page.more:
            return seen, token
    raise AssertionError("the log does not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("hidden", [(), (3,), (4,), (3, 4, 5, 6, 7), (10,)])
def test_nothing_is_skipped_and_what_is_known_is_not_told_again(limit: int, hidden: tuple[int, ...]) -> None:
    log = Log(3, hidden)
    backend = connected(log)
    token = backend.change_token()
    log.length = 10
    seen, token = followed(backend, token, limit)
    expected = [f"o{number}" for number in range(4, 11) if number not in hidden]
    assert [server_id for server_id in seen if server_id != "o3"] == expected
    log.length = 12
    seen, token = followed(backend, token, limit)
    assert seen == ["o11", "o12"]
    assert followed(backend, token, limit) == ([], token)


def test_deletions_are_told_apart() -> None:
    log = Log(4)
    backend = connected(log)
    token = backend.change_token()
    log.length = 6
    changes = {change.server_id: change for change in backend.changes(token, 10).changes}
    assert changes["o5"].kind is RemoteChangeKind.DELETED
    assert changes["o6"].kind is RemoteChangeKind.CHANGED
    assert changes["o6"].at.microsecond == 6000


def test_a_log_that_does_not_reach_back_is_refused() -> None:
    backend = connected(lambda _: refusal("invalidArgument", 400))
    with pytest.raises(RequestRefused):
        backend.changes('["1"]', 10)


@pytest.mark.parametrize("token", ["", "7", "[", "[1]", '{"a":1}', "[" * 100_000])
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    backend = connected(Log(4))
    with pytest.raises(RequestRefused):
        backend.changes(token, 10)


def test_a_log_that_promises_more_and_does_not_go_on_is_a_bad_answer() -> None:
    backend = connected(lambda _: answer({"objects": [event(1)], "hasMoreItems": True, "changeLogToken": "1"}))
    with pytest.raises(BadAnswer):
        backend.changes('["1"]', 10)
