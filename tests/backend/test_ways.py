"""Several ways to a server."""

from __future__ import annotations

import httpx
import pytest

from clerk_desktop.backend.transport import Ways


class Way(httpx.MockTransport):
    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.asked = 0

        def handle(request: httpx.Request) -> httpx.Response:
            self.asked += 1
            if error is not None:
                raise error
            return httpx.Response(200, text=name)

        super().__init__(handle)


def asked(*ways: Way) -> httpx.Client:
    return httpx.Client(transport=Ways(ways), trust_env=False)


def test_a_way_that_leads_nowhere_is_left_for_good() -> None:
    dead, proxy, direct = Way("dead", httpx.ConnectError("")), Way("proxy"), Way("direct")
    client = asked(dead, proxy, direct)
    assert [client.get("http://dms.example").text for _ in range(3)] == ["proxy"] * 3
    assert (dead.asked, proxy.asked, direct.asked) == (1, 3, 0)


def test_the_last_way_says_what_is_wrong() -> None:
    with pytest.raises(httpx.ConnectTimeout):
        asked(Way("a", httpx.ConnectError("")), Way("b", httpx.ConnectTimeout(""))).get("http://dms.example")


@pytest.mark.parametrize("error", [httpx.ReadTimeout(""), httpx.WriteError(""), httpx.ProxyError("407")])
def test_what_was_begun_on_one_way_is_not_sent_again_on_another(error: Exception) -> None:
    second = Way("second")
    with pytest.raises(type(error)):
        asked(Way("first", error), second).get("http://dms.example")
    assert second.asked == 0
