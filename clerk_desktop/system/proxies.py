"""Which proxy leads to an address: the setting, else what the system says. Scripts (PAC) are not read."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit

DIRECT = "none"


def proxy_for(url: str, setting: str) -> str | None:
    """Return the proxy's address for a URL, None for a direct connection.

    ``setting`` is ``settings.PROXY``: an address, ``none``, or "" for the system's (environment, on Windows the
    registry with its exceptions). This machine itself is always reached directly.
    """
    place = urlsplit(url)
    host = place.hostname or ""
    if setting == DIRECT or host in ("localhost", "127.0.0.1", "::1"):
        return None
    if setting:
        return setting
    if urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(place.scheme)
