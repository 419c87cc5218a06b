"""The runner of the foreign server itself: it serves, is empty, and ends with the test."""

from __future__ import annotations

import httpx
import pytest

from tests.interop.inmemory import REPOSITORY, inmemory_server, why_not

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there")]


def test_the_server_starts_empty_and_is_gone_afterwards() -> None:
    with inmemory_server() as server, httpx.Client(auth=("admin", "anything"), trust_env=False) as http:
        info = http.get(server.url).json()[REPOSITORY]
        assert info["productName"].startswith("Apache-Chemistry-OpenCMIS-InMemory/1.1.0")
        assert info["rootFolderUrl"] == server.root_url
        children = http.get(server.root_url, params={"cmisselector": "children"}).json()
        assert children["objects"] == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url, trust_env=False)


def test_two_servers_run_side_by_side() -> None:
    with inmemory_server() as one, inmemory_server() as other:
        assert one.url != other.url
