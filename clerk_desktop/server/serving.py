"""The embedded server as a process part: cheroot around the application, on a port, with or without TLS.

Bodies are handed to the application as they arrive. Without TLS only this machine can reach it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Self

from cheroot.wsgi import Server

from clerk_desktop.server.application import SERVICE_PATH, Application, create_application
from clerk_desktop.server.texts import TextOf
from clerk_desktop.server.tls import PatientTls
from clerk_desktop.server.wire import HEADER_BYTES, BoundedConnection

_THREADS = 8
_REQUEST_SECONDS = 60


class AddressUnusable(OSError):
    """Nothing can listen at this host and port."""


class CertificateUnusable(Exception):
    """There is no certificate in the files, or not its key."""


class InsecureHost(Exception):
    """Other machines could reach the server, and there is no certificate: passwords would travel in the open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tls:
    """Certificate chain and private key, as PEM files."""

    certificate: Path
    key: Path


class EmbeddedServer:
    """Serves one data folder. Use as a context manager, or ``start`` and ``stop``; or ``serve_forever``.

    ``port`` 0 takes a free one; ``url`` tells which. Raises ``InsecureHost``, ``CertificateUnusable``,
    ``AddressUnusable`` when the port is taken, ``Fault`` when the folder is served already, and ``OSError`` when it
    cannot be opened. See ``create_application`` for the other parameters.
    """

    def __init__(
        self,
        data: Path,
        types: Traversable,
        *,
        towns: Mapping[str, str],
        host: str = "127.0.0.1",
        port: int = 0,
        tls: Tls | None = None,
        host_names: Collection[str] = (),
        text_of: TextOf | None = None,
    ) -> None:
        if tls is None and not _is_loopback(host):
            raise InsecureHost(host)
        adapter = None if tls is None else _adapter(tls)
        names = {*host_names, host, socket.gethostname(), socket.getfqdn()} if tls is not None else set(host_names)
        self.application: Application = create_application(data, types, towns=towns, host_names=names, text_of=text_of)
        self._server = Server(
            (host, port), self.application, numthreads=_THREADS, server_name="clerk-desktop", timeout=_REQUEST_SECONDS
        )
        self._server.ConnectionClass = BoundedConnection
        self._server.max_request_header_size = HEADER_BYTES
        self._server.ssl_adapter = adapter
        self._is_secured = tls is not None
        self._thread: threading.Thread | None = None
        try:
            self._server.prepare()
        except (OSError, OverflowError) as error:
            self.application.close()
            raise AddressUnusable(f"{host}:{port}") from error

    @property
    def url(self) -> str:
        """The service URL."""
        host, port = self._server.bind_addr[:2]
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self._is_secured else 'http'}://{shown}:{port}{SERVICE_PATH}"

    def start(self) -> None:
        """Serve from a thread of its own; requests are accepted when this returns."""
        self.application.texts.start()
        self._thread = threading.Thread(target=self._server.serve, name="cmis-server")
        self._thread.start()

    def serve_forever(self) -> None:
        """Serve from this thread until ``stop`` is called or the process is interrupted."""
        self.application.texts.start()
        try:
            self._server.serve()
        finally:
            self.stop()

    def stop(self) -> None:
        """Let running requests end, then close the repository. May be called again."""
        self._server.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None
        self.application.texts.stop()
        self.application.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _adapter(tls: Tls) -> PatientTls:
    try:
        return PatientTls(str(tls.certificate), str(tls.key))
    except (OSError, ValueError) as error:
        raise CertificateUnusable(str(tls.certificate)) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
