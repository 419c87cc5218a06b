"""How this workstation reaches servers: whom it trusts, the certificate it shows, the proxies on the way.

There is no switch to ignore certificates. A town's own certification authority belongs into the system's store, or
into a file that the setting ``ca_file`` names; it is trusted beside the system's, not in their place.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import truststore

from clerk_desktop.backend.certificate import OwnCertificate
from clerk_desktop.backend.transport import Ways
from clerk_desktop.model.errors import SettingUnusable
from clerk_desktop.system.proxies import ProxyWish, is_this_machine, proxies_for

NO_WISH = ProxyWish()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """``ca_file``: PEM certificates that are trusted too, None for none. ``certificate``: shown to whoever asks.
    ``proxies``: what the settings say about them.
    """

    ca_file: Path | None = None
    certificate: OwnCertificate | None = None
    proxies: ProxyWish = NO_WISH

    def transport(self, url: str, limits: httpx.Limits) -> httpx.BaseTransport:
        """Return what carries requests to a server. ``limits`` of its connections.

        Raises what ``tls`` raises, ``ProxyScriptUnusable``, and ``SettingUnusable`` for a proxy that cannot be used.
        """
        tls = self.tls() if urlsplit(url).scheme == "https" else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        ways = []
        for proxy in proxies_for(url, self.proxies):
            try:
                ways.append(httpx.HTTPTransport(verify=tls, proxy=proxy, limits=limits, trust_env=False))
            except (ValueError, ImportError, httpx.InvalidURL) as error:
                raise SettingUnusable(what=f"proxy = {_without_secrets(proxy or '')}") from error
        return ways[0] if len(ways) == 1 else Ways(ways)

    def tls(self) -> ssl.SSLContext:
        """Return what connections are secured with.

        Raises ``SettingUnusable`` for a ``ca_file`` that is none, and what an own certificate raises that is none.
        """
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self.ca_file is not None:
            try:
                context.load_verify_locations(cafile=self.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise SettingUnusable(what=f"ca_file = {self.ca_file}") from error
        if self.certificate is not None:
            self.certificate.load_into(context)
        return context


def _without_secrets(url: str) -> str:
    """Return an address without the name and password in it."""
    before, mark, rest = url.partition("://")
    return before + mark + rest.rpartition("@")[2]


def is_secured(url: str) -> bool:
    """Tell whether an address is under TLS, or on this machine (for tests and gateways beside the program)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and is_this_machine(host)
