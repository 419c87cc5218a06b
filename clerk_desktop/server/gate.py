"""What is refused before anything else is looked at: foreign hosts, requests from web pages, callers without a name.

A browser on the same machine must not be able to use this server for a web page: no JSONP, no request with an
``Origin``, and no host name but the known ones (DNS rebinding); addresses in numbers cannot be rebound.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Collection, Mapping

from clerk_desktop.server.faults import NotAuthenticated, denied, invalid

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.\-_]{1,253})(?::(\d{1,5}))?", re.ASCII)


def checked_host(environ: Mapping[str, object], names: Collection[str]) -> str:
    """Return the host and port a request was sent to. Raises ``Fault`` for unknown names and for web pages."""
    if environ.get("HTTP_ORIGIN") is not None:
        raise denied("Requests from web pages are not served.")
    host = str(environ.get("HTTP_HOST") or environ.get("SERVER_NAME") or "")
    match = _HOST.fullmatch(host)
    if match is None:
        raise invalid("The Host header is malformed.")
    name = match[1].lower()
    if name not in LOOPBACK_NAMES and name not in names and not _is_address(name):
        raise denied("This server is not known by that name.")
    return host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def credentials(environ: Mapping[str, object]) -> tuple[str, str]:
    """Return user name and password of Basic authentication (RFC 7617, UTF-8). Raises ``NotAuthenticated``."""
    scheme, _, encoded = str(environ.get("HTTP_AUTHORIZATION") or "").partition(" ")
    if scheme.lower() != "basic":
        raise NotAuthenticated
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise NotAuthenticated from None
    try:
        text = decoded.decode("utf-8")
    except UnicodeDecodeError:
        text = decoded.decode("iso-8859-1")  # what clients did before RFC 7617
    name, colon, password = text.partition(":")
    if not colon:
        raise NotAuthenticated
    return name, password
