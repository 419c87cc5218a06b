"""What was modified lately, on a server without a change log: nothing is skipped, and its clock alone counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis.windows import FURTHEST
from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import AbilityMissing, RequestRefused
from clerk_desktop.model.remote import Strategy
from tests.backend.exchanges import answer, connected, info, parameters, refusal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = 3600
WITHOUT_LOG = {
    "capabilityChanges": "none",
    "capabilityQuery": "metadataonly",
    "capabilityOrderBy": "common",
}
ASKED = re.compile(r"FROM (\S+) WHERE cmis:lastModificationDate >= TIMESTAMP '([^']+)' AND cmis:objectTypeId IN \(")


class Office:
    """Objects with the second after noon in which they were modified; ``clock`` is the server's own, in seconds."""

    def __init__(self, order_by: str = "common", clock: int | None = None) -> None:
        self.modified: dict[str, dict[str, int]] = {"cmis:folder": {}, "cmis:document": {}}
        self.order_by = order_by
        self.clock = clock
        self.asked: list[str] = []
        self.meanwhile: list[tuple[str, str, int]] = []
        self.skips = True
        self.says_more = True
        self.most = 1000

    def backend(self) -> Backend:
        capabilities = {**WITHOUT_LOG, "capabilityOrderBy": self.order_by}
        return connected(self, told=info(capabilities=capabilities))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = parameters(request)
        statement = asked["statement"]
        self.asked.append(statement)
        found = ASKED.search(statement)
        assert found is not None, statement
        since = (datetime.fromisoformat(found[2].replace("Z", "+00:00")) - NOON).total_seconds()
        rows = [(at, name) for name, at in self.modified[found[1]].items() if at >= since]
        if "ORDER BY" in statement:
            rows.sort(reverse=statement.endswith("DESC"))
        skip = int(asked.get("skipCount", "0")) if self.skips else 0
        page = rows[skip : skip + min(self.most, int(asked["maxItems"]))]
        told: dict[str, Any] = {"results": [_row(name, at) for at, name in page]}
        if self.says_more:
            told["hasMoreItems"] = skip + len(page) < len(rows)
        for table, name, at in self.meanwhile:
            self.modified[table][name] = at
        self.meanwhile.clear()
        return answer(told) if self.clock is None else answer(told, Date=_http_date(self.clock))


def _http_date(seconds: int) -> str:
    return format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)


def _row(name: str, at: int) -> dict[str, Any]:
    millis = int((NOON + timedelta(seconds=at)).timestamp() * 1000)
    return {
        "succinctProperties": {
            "cmis:objectId": name,
            "cmis:objectTypeId": "clerk:case",
            "cmis:changeToken": str(at),
            "cmis:lastModificationDate": millis,
        }
    }


def followed(backend: Backend, token: str, limit: int) -> tuple[set[str], str]:
    seen: set[str] = set()
    for _ in range(200):
        page = backend.changes(token, limit)
        assert len(page.changes) <= limit
        seen |= {change.server_id for change in page.changes}
        token = page.token
        if not page.more:
            return seen, token
    raise AssertionError("the window does not end")


def test_the_strategy_is_taken_where_there_is_no_log_but_a_search() -> None:
    assert Office().backend().capabilities().tracking is Strategy.MODIFIED_SINCE


@pytest.mark.parametrize("order_by", ["common", "none"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_nothing_is_skipped_however_many_share_a_moment(limit: int, order_by: str) -> None:
    office = Office(order_by)
    office.modified["cmis:document"]["old"] = 0
    backend = office.backend()
    token = backend.change_token()
    made = {f"f{number}": HOUR + number // 4 for number in range(10)}
    office.modified["cmis:folder"] |= made
    office.modified["cmis:document"] |= {f"d{number}": HOUR for number in range(5)}
    seen, token = followed(backend, token, limit)
    assert seen >= {*made, *(f"d{number}" for number in range(5))}
    office.modified["cmis:document"]["late"] = HOUR + 1
    assert "late" in followed(backend, token, limit)[0]


@given(
    crowds=st.lists(st.integers(1, 30), min_size=3, max_size=12),
    most=st.integers(4, 40),
    limit=st.integers(20, 60),
    says_more=st.booleans(),
)
def test_nothing_is_skipped_nor_refused_where_pages_are_smaller_than_asked(
    crowds: list[int], most: int, limit: int, says_more: bool
) -> None:
    office = Office()
    office.most, office.says_more = most, says_more
    office.modified["cmis:document"]["old"] = 0
    backend = office.backend()
    token = backend.change_token()
    made = {f"d{at}-{number}": HOUR + at for at, crowd in enumerate(crowds) for number in range(crowd)}
    office.modified["cmis:document"] |= made
    seen, _ = followed(backend, token, limit)
    assert seen >= set(made)


def test_when_nothing_changed_two_requests_tell_so_and_the_token_stays() -> None:
    office = Office()
    office.modified["cmis:folder"]["f"] = 0
    backend = office.backend()
    token = backend.change_token()
    _, token = followed(backend, token, 100)
    office.asked.clear()
    assert followed(backend, token, 100) == ({"f"}, token)
    assert len(office.asked) == 2


def test_what_was_stamped_before_the_newest_change_and_is_seen_after_it_is_told() -> None:
    office = Office()
    office.modified["cmis:folder"]["f"] = HOUR
    backend = office.backend()
    _, token = followed(backend, backend.change_token(), 100)
    office.modified["cmis:folder"]["slow"] = HOUR - 100
    assert "slow" in followed(backend, token, 100)[0]


def test_what_is_modified_while_pages_are_read_hides_nothing() -> None:
    office = Office()
    office.modified["cmis:folder"] |= {f"f{number}": number * HOUR for number in range(8)}
    backend = office.backend()
    page = backend.changes(Office().backend().change_token(), 3)
    office.meanwhile.append(("cmis:folder", "f0", 9 * HOUR))
    seen, _ = followed(backend, page.token, 3)
    assert seen | {change.server_id for change in page.changes} == set(office.modified["cmis:folder"])


def test_a_date_in_the_future_hides_nothing_of_the_present() -> None:
    office = Office(clock=HOUR)
    office.modified["cmis:document"]["from tomorrow"] = 24 * HOUR
    backend = office.backend()
    _, token = followed(backend, backend.change_token(), 100)
    office.clock = 2 * HOUR
    office.modified["cmis:document"]["now"] = 2 * HOUR
    assert "now" in followed(backend, token, 100)[0]


def test_a_server_that_skips_no_rows_is_not_asked_for_ever() -> None:
    office = Office()
    office.skips = False
    office.modified["cmis:folder"] |= {f"f{number}": HOUR for number in range(FURTHEST // 2 + 1)}
    backend = office.backend()
    with pytest.raises(RequestRefused):
        followed(backend, Office().backend().change_token(), FURTHEST // 2)
    assert len(office.asked) < 9


@pytest.mark.parametrize("order_by", ["common", "none"])
def test_a_server_that_neither_skips_rows_nor_says_whether_there_are_more_is_followed(order_by: str) -> None:
    office = Office(order_by)
    office.skips = office.says_more = False
    office.modified["cmis:folder"] |= {"f0": HOUR, "f1": HOUR}
    office.modified["cmis:document"] |= {f"d{number}": HOUR + number // 2 for number in range(5)}
    seen, _ = followed(office.backend(), Office().backend().change_token(), 100)
    assert seen == {*office.modified["cmis:folder"], *office.modified["cmis:document"]}
    assert len(office.asked) < 9


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_rows_that_are_skipped_are_all_told_of_where_the_server_does_not_say_that_there_are_more(limit: int) -> None:
    office = Office()
    office.says_more = False
    office.modified["cmis:folder"] |= {f"f{number}": HOUR + number // 4 for number in range(10)}
    seen, _ = followed(office.backend(), Office().backend().change_token(), limit)
    assert seen == set(office.modified["cmis:folder"])


def test_a_page_that_is_full_of_what_was_to_be_skipped_is_not_taken_for_the_last() -> None:
    office = Office()
    office.skips = office.says_more = False
    office.modified["cmis:folder"] |= {f"f{number}": HOUR for number in range(7)}
    with pytest.raises(RequestRefused):
        followed(office.backend(), Office().backend().change_token(), 10)


def test_a_server_that_refuses_the_question_cannot_be_followed() -> None:
    backend = connected(lambda _: refusal("invalidArgument", 400), told=info(capabilities=WITHOUT_LOG))
    with pytest.raises(AbilityMissing):
        backend.change_token()


@pytest.mark.parametrize(
    "token", ["", "7", "[", "[1]", '{"a":1}', "[[1,2],9]", "[[-1,2]]", '["1","",0]', "[" * 100_000]
)
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(RequestRefused):
        Office().backend().changes(token, 10)
