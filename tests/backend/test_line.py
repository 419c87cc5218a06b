"""A proxy that cannot be used is named, but not who signs in at it."""

from __future__ import annotations

import httpx
import pytest

from clerk_desktop.backend.line import Line
from clerk_desktop.model.errors import SettingUnusable
from clerk_desktop.system.proxies import ProxyWish


@pytest.mark.parametrize("proxy", ["ftp://jana:geheim@proxy.town:21", "http://jana:geheim@proxy.town:nonsense"])
def test_a_proxy_that_cannot_be_used_is_named_without_who_signs_in_there(proxy: str) -> None:
    line = Line(proxies=ProxyWish(address=proxy))
    with pytest.raises(SettingUnusable) as told:
        line.transport("https://dms.example/cmis", httpx.Limits())
    what = str(told.value)
    assert ("proxy.town" in what, "geheim" in what, "jana" in what) == (True, False, False)
