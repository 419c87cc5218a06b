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
from urllib.parse import urlsplit

from clerk_desktop.model.errors import ProxyScriptUnusable
from clerk_desktop.system.proxy_script import proxies_of_script

DIRECT = "none"
Script = Callable[[str, str], tuple[str | None, ...]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProxyWish:
    """What the settings say: ``address`` of a proxy, ``none``, or ""; ``script`` is an address or a file, or ""."""

    address: str = ""
    script: str = ""


def proxies_for(
    url: str, wish: ProxyWish, *, run: Script = proxies_of_script, system_script: Callable[[], str] | None = None
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
        return (wish.address,)
    if wish.script:
        return run(wish.script, url)
    told = urllib.request.getproxies_environment()
    if told:
        return (None if urllib.request.proxy_bypass(host) else told.get(place.scheme) or told.get("all"),)
    script = (system_script or script_of_system)()
    if script:
        try:
            return run(script, url)
        except ProxyScriptUnusable:
            log.warning("the system's proxy script was passed over", extra={"action": "connect"})
    if urllib.request.proxy_bypass(host):
        return (None,)
    return (urllib.request.getproxies().get(place.scheme),)


def is_this_machine(host: str) -> bool:
    """Tell whether a host name or address is that of this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def script_of_system() -> str:
    """Return the address of the script that Windows' settings or its group policy name; "" for none."""
    if sys.platform == "win32":
        from pypac.os_settings import autoconfig_url_from_registry

        return autoconfig_url_from_registry() or ""
    return ""
