"""The line to a device in the office's own network: no proxy on the way, the same trust and the same pace."""

from __future__ import annotations

import ssl
import time

import httpx

from clerk_desktop.backend.bodies import CutRefusals
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.pace import KeepsPace, Pace

REFUSAL_LIMIT = 64 * 1024
ONE_AT_A_TIME = httpx.Limits(max_connections=1, max_keepalive_connections=1)


def device_transport(line: Line, url: str, confirmed: ssl.SSLContext | None) -> httpx.BaseTransport:
    """Return what carries requests to a device. ``confirmed``: accepts the certificate that a clerk confirmed.

    Letters never travel through a proxy to get from one desk to another. Raises what ``Line.tls`` raises.
    """
    if confirmed is None and url.startswith("https:"):
        confirmed = line.tls()
    inner = httpx.HTTPTransport(
        verify=confirmed if confirmed is not None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        limits=ONE_AT_A_TIME,
        trust_env=False,
    )
    return CutRefusals(KeepsPace(inner, Pace(), time.monotonic), REFUSAL_LIMIT)
