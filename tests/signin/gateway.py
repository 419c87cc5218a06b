"""What towns put before a DMS: a gateway that proves who asks in its own way and tells the DMS by name."""

from __future__ import annotations

import base64
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cheroot.errors import FatalSSLAlert
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server

from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.server.application import SERVICE_PATH, Application, create_application
from clerk_desktop.server.rights import Role
from tests.signin.authority import Issued

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
RESOURCES = Path(__file__).parents[2] / "resources"
PASSWORD = "weiß nur das Gateway"
USER = "anna"


@dataclass
class Gateway:
    """WSGI application before a DMS. ``who`` names the user a request is from, None for nobody (401)."""

    dms: Application
    who: Callable[[Environ], str | None]
    seen: list[str] = field(default_factory=list)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.seen.append(str(environ.get("HTTP_AUTHORIZATION", "")))
        user = self.who(environ)
        if user is None:
            start_response("401 Unauthorized", [("Content-Type", "text/plain"), ("WWW-Authenticate", "Bearer")])
            return [b"who is there?"]
        pair = base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()
        return self.dms({**environ, "HTTP_AUTHORIZATION": f"Basic {pair}"}, start_response)


@contextmanager
def dms(folder: Path, *names: str) -> Iterator[Application]:
    """An embedded DMS with one clerk, known by ``names`` too."""
    towns = {town.key: town.title for town in MUNICIPALITIES}
    application = create_application(
        folder, RESOURCES / "cmis-types", towns=towns, host_names=names, password_cost=1 << 4
    )
    application.accounts.add_user(USER, PASSWORD, role=Role.CLERK, municipality="blomberg")
    try:
        yield application
    finally:
        application.close()


@contextmanager
def listening(application: Any, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve an application on a port of this machine; gives its origin."""
    server = Server(("127.0.0.1", 0), application, numthreads=4)
    if tls is not None:
        server.ssl_adapter = _Adapter(tls)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join()


def service(origin: str) -> str:
    """Return the address of the CMIS service."""
    return origin + SERVICE_PATH


def server_tls(issued: Issued, folder: Path, clients: Path | None = None) -> ssl.SSLContext:
    """Return a server's context. ``clients``: the authority whose certificates callers must show."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued.pem(folder / "server.pem"))
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cafile=clients)
    return context


class _Adapter(BuiltinSSLAdapter):
    def __init__(self, context: ssl.SSLContext) -> None:
        self._ready = context

    def wrap(self, sock: Any) -> tuple[Any, dict[str, Any]]:
        try:
            secured = self._ready.wrap_socket(sock, server_side=True)
        except OSError as error:
            raise FatalSSLAlert from error
        shown: Any = secured.getpeercert() or {}
        names = [value for parts in shown.get("subject", ()) for name, value in parts if name == "commonName"]
        return secured, {"wsgi.url_scheme": "https", "HTTPS": "on", "SHOWN_NAME": names[0] if names else ""}
