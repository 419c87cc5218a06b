"""Devices on this network: opened by address, with the certificate that a clerk confirmed or the system trusts."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import httpx

from clerk_desktop.model.errors import (
    ScanInterrupted,
    ScannerCertificateChanged,
    ScannerNotConfirmed,
    ScannerUnreachable,
    WrongUsage,
)
from clerk_desktop.model.scanning import Confirmed, ScannerPlace
from clerk_desktop.scanners.escl import EsclScanner, interrupted
from clerk_desktop.scanners.line import Bounds, DeviceLine
from clerk_desktop.scanners.trust import fingerprint_of, is_about_certificates, pinned, spelled
from clerk_desktop.system.settings import SCANNER_SEARCH_SECONDS, SettingsFiles

BOUNDS = Bounds()
ROOT = "eSCL"
LOOK_SECONDS = 0.2
Transport = Callable[[str, ssl.SSLContext | None], httpx.BaseTransport]


class NetworkScanners:
    """``transport``: carries requests to an address, secured as given, else as this workstation does it.
    ``settings``: say how long to listen.
    """

    def __init__(self, transport: Transport, settings: SettingsFiles, bounds: Bounds = BOUNDS) -> None:
        self._transport = transport
        self._settings = settings
        self._bounds = bounds

    def find(self) -> Sequence[ScannerPlace]:
        """Listen to what announces itself; by name. Nothing is heard where that is switched off."""
        seconds = self._settings.load().value(SCANNER_SEARCH_SECONDS)
        if not seconds:
            return ()
        from clerk_desktop.scanners.announced import announced  # 40 ms of start-up that typed addresses need not pay

        return announced(seconds)

    def root_of(self, address: str) -> str:
        """Return the URL that a typed address stands for. Raises ``WrongUsage``."""
        return root_of(address)

    @contextmanager
    def open(
        self, place: ScannerPlace, confirmed: Sequence[Confirmed], stop: threading.Event | None = None
    ) -> Iterator[EsclScanner]:
        """Speak to a device. Raises ``ScannerError``; ``ScannerNotConfirmed`` for a certificate nobody vouches for.
        ``stop`` ends waiting for it.
        """
        stop = stop or threading.Event()
        url = root_of(place.url)
        fingerprint, context = "", None
        if url.startswith("https:"):
            parts = urlsplit(url)
            _go_on(stop)
            with interrupted(stop):
                fingerprint = fingerprint_of(parts.hostname or "", parts.port or 443)
            _go_on(stop)
            if any(each.fingerprint == fingerprint for each in confirmed):
                context = pinned(fingerprint)
        with (
            closing(DeviceLine(url, self._transport(url, context), self._bounds)) as line,
            _given_up_after(stop, self._bounds.grace, line),
        ):
            try:
                scanner = EsclScanner(line, stop)
            except ScannerUnreachable as error:
                if fingerprint and is_about_certificates(error):
                    raise _not_trusted(place, url, fingerprint, confirmed) from error
                raise
            yield scanner


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise ScanInterrupted


@contextmanager
def _given_up_after(stop: threading.Event, grace: float, line: DeviceLine) -> Iterator[None]:
    """Wait for the device no longer than ``grace`` seconds once ``stop`` is set."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            if stop.is_set() and not ended.wait(grace):
                line.give_up()
                return

    looking = threading.Thread(target=look, name="clerk-scanner-stop", daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()


def _not_trusted(
    place: ScannerPlace, url: str, fingerprint: str, confirmed: Sequence[Confirmed]
) -> ScannerNotConfirmed:
    known = any(each.url == url for each in confirmed)
    kind = ScannerCertificateChanged if known else ScannerNotConfirmed
    return kind(name=place.name or url, fingerprint=spelled(fingerprint))


def root_of(address: str) -> str:
    """Return the URL of the eSCL root for what a person typed: a name, an address, or a URL. Raises ``WrongUsage``."""
    text = address.strip()
    text = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise WrongUsage(what=address) from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise WrongUsage(what=address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/' + ROOT}"
