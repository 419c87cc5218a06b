"""Which proxies lead to an address: what the settings say, else the session's environment, else the system.

Both the settings and the system may name a script (PAC). A script is fetched without a proxy, kept for some minutes,
and run elsewhere (``proxy_script``).
"""

from __future__ import annotations

import logging
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from clerk_desktop.model.errors import ProxyScriptUnusable
from clerk_desktop.system.desktop_proxy import desktop_proxy
from clerk_desktop.system.proxy_script import proxies_of_script

DIRECT = "none"
Script = Callable[[str, str], tuple[str | None, ...]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProxyWish:
    """What the settings say: ``address`` of a proxy, ``none``, or ""; ``script`` is an address or a file, or ""."""

    address: str = ""
    script: str = ""


class SystemProxy(Protocol):
    """What a system says about proxies."""

    @property
    def script(self) -> str:
        """The address of a script, "" for none."""
        ...

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy's address for a URL, None for a direct connection."""
        ...


def proxies_for(
    url: str, wish: ProxyWish, *, run: Script = proxies_of_script, system: Callable[[], SystemProxy] | None = None
) -> tuple[str | None, ...]:
    """Return the ways to a URL in the order to be tried: addresses of proxies, None for a direct connection.

    This machine itself is always reached directly. Raises ``ProxyScriptUnusable`` for a script that the settings name;
    one that the system names is passed over, as browsers do: outside the office nobody can fetch it.
    """
    place = urlsplit(url)
    host = place.hostname or ""
    if is_this_machine(host) or wish.address == DIRECT:
        return (None,)
    if wish.address:
        return (_whole(wish.address),)
    if wish.script:
        return run(wish.script, url)
    told = urllib.request.getproxies_environment()
    if told:
        named = told.get(place.scheme) or told.get("all")
        return (None if urllib.request.proxy_bypass(host) or not named else _whole(named),)
    told_by = (system or system_proxy)()
    if told_by.script:
        try:
            return run(told_by.script, url)
        except ProxyScriptUnusable:
            log.warning("the system's proxy script was passed over", extra={"action": "connect"})
    return (told_by.proxy_for(url),)


def _whole(proxy: str) -> str:
    """Return a proxy's address with its scheme, which many leave out."""
    return proxy if "://" in proxy else f"http://{proxy}"


def is_this_machine(host: str) -> bool:
    """Tell whether a host name or address is that of this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class WindowsProxy:
    """What Windows' settings and its group policy say; implements ``SystemProxy``."""

    @property
    def script(self) -> str:
        """The address of a script, "" for none."""
        from pypac.os_settings import autoconfig_url_from_registry

        return autoconfig_url_from_registry() or ""

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy's address for a URL, None for a direct connection."""
        place = urlsplit(url)
        if urllib.request.proxy_bypass(place.hostname or ""):
            return None
        return urllib.request.getproxies().get(place.scheme)


def system_proxy() -> SystemProxy:
    """Return what this computer's system says."""
    return WindowsProxy() if sys.platform == "win32" else desktop_proxy()
