"""Devices that announce themselves in this network: mDNS and DNS-SD (RFC 6762, RFC 6763; Mopria eSCL, chapter 4)."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from zeroconf import ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from clerk_desktop.model.errors import ScannerUnreachable
from clerk_desktop.model.scanning import ScannerPlace

SECURED, PLAIN = "_uscans._tcp.local.", "_uscan._tcp.local."
MOST = 100
ANSWER_MILLISECONDS = 2000
LONGEST_NAME = 100


def announced(seconds: float, interfaces: Sequence[str] | None = None) -> tuple[ScannerPlace, ...]:
    """Listen for so long; return each device once, secured where it can be, by name.

    ``interfaces``: addresses of this machine to listen at, None for all. Raises ``ScannerUnreachable`` without any
    network.
    """
    heard = _Heard()
    try:
        hearing = Zeroconf() if interfaces is None else Zeroconf(interfaces=list(interfaces))
    except OSError as error:
        raise ScannerUnreachable from error
    try:
        browser = ServiceBrowser(hearing, [SECURED, PLAIN], heard)
        heard.wait(seconds)
        browser.cancel()
        infos = [
            info
            for kind, name in heard.names()
            if (info := hearing.get_service_info(kind, name, timeout=ANSWER_MILLISECONDS)) is not None
        ]
    finally:
        hearing.close()
    return places(infos)


def places(infos: Sequence[ServiceInfo]) -> tuple[ScannerPlace, ...]:
    """Return where announced devices answer: one place for each, by name."""
    found: dict[str, ScannerPlace] = {}
    for info in sorted(infos, key=lambda info: (info.type != SECURED, info.name)):
        place = _place(info)
        if place is not None:
            found.setdefault(_told(info, b"uuid") or _told(info, b"UUID") or place.name, place)
    return tuple(sorted(found.values(), key=lambda place: (place.name.casefold(), place.url)))


def _place(info: ServiceInfo) -> ScannerPlace | None:
    addresses = info.parsed_scoped_addresses()
    if not addresses or not info.port:
        return None
    address = min(addresses, key=lambda each: (":" in each, each))  # IPv4 first: link-local IPv6 needs a zone
    host = f"[{address}]" if ":" in address else address
    scheme = "https" if info.type == SECURED else "http"
    root = _told(info, b"rs").strip("/") or "eSCL"
    name = _told(info, b"ty") or info.name.removesuffix("." + info.type)
    return ScannerPlace(url=f"{scheme}://{host}:{info.port}/{root}", name=name[:LONGEST_NAME])


def _told(info: ServiceInfo, key: bytes) -> str:
    text = (info.properties.get(key) or b"").decode("utf-8", "replace")
    return "".join(sign for sign in text if sign.isprintable())


class _Heard(ServiceListener):
    """Collects names while zeroconf's thread hears them."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], None] = {}
        self._over = threading.Event()

    def wait(self, seconds: float) -> None:
        self._over.wait(seconds)

    def names(self) -> list[tuple[str, str]]:
        return list(self._names)

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        if len(self._names) < MOST:
            self._names[type_, name] = None

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self._names.pop((type_, name), None)
