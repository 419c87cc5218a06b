"""Which proxy leads to the server."""

from __future__ import annotations

import pytest

from clerk_desktop.system.proxies import proxy_for


@pytest.fixture(autouse=True)
def proxied_office(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("https_proxy", "http://proxy.town:3128")
    monkeypatch.setenv("no_proxy", "intern.town")


@pytest.mark.parametrize(
    ("url", "setting", "proxy"),
    [
        ("https://dms.example/cmis", "", "http://proxy.town:3128"),
        ("http://dms.example/cmis", "", None),
        ("https://dms.intern.town/cmis", "", None),
        ("https://dms.example/cmis", "none", None),
        ("https://dms.example/cmis", "http://other:8080", "http://other:8080"),
        ("http://127.0.0.1:8765/cmis", "http://other:8080", None),
        ("https://localhost/cmis", "", None),
    ],
)
def test_the_setting_goes_before_the_system_and_this_machine_is_reached_directly(
    url: str, setting: str, proxy: str | None
) -> None:
    assert proxy_for(url, setting) == proxy
