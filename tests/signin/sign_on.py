"""A town's sign-on service for tests: the provider of ``oidc-provider-mock`` behind a strict and faulty door.

The provider itself knows neither public clients nor PKCE nor rotation; the door demands them, and breaks what a test
tells it to.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import secrets
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.signin.authority import Authority
from tests.signin.gateway import USER, Environ, StartResponse, server_tls

SUBJECT = "u-4711"
CLIENT = "clerk-desktop"
HTML = b"<!doctype html><html><body>Wartungsarbeiten</body></html>"


@dataclass
class Door:
    """WSGI application before the provider.

    ``down``: no answer at all. ``busy``: everything is answered 503 with this ``Retry-After``. ``html``: paths that
    answer with a web page. ``lost``: how many token answers are lost on the way. ``forgiving``: a used refresh token
    counts until the new one is used. ``nonce``: put in place of the asked one. ``lifetime``: what the answers say, in
    seconds. ``refreshes`` counts the tokens that were renewed; ``renewing`` is called for each.
    """

    provider: Callable[[Environ, StartResponse], Iterable[bytes]]
    down: bool = False
    busy: str = ""
    html: set[str] = field(default_factory=set)
    lost: int = 0
    forgiving: bool = False
    nonce: str = ""
    lifetime: int = 3600
    refreshes: int = 0
    renewing: Callable[[], None] = lambda: None
    revoked: list[str] = field(default_factory=list)
    _challenges: dict[str, str] = field(default_factory=dict)
    _refresh: dict[str, str] = field(default_factory=dict)
    _used: dict[str, str] = field(default_factory=dict)
    _counting: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def who(self, environ: Environ) -> str | None:
        """Name the user a token belongs to, as a gateway before the DMS asks."""
        scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        return USER if scheme == "Bearer" and token in self._counting else None

    def forget_access(self) -> None:
        """Let no access token count any longer."""
        self._counting.clear()

    def forget_all(self) -> None:
        """End everybody's session."""
        self._counting.clear()
        self._refresh.clear()
        self._used.clear()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if self.down:
            return hang_up(environ)
        if self.busy:
            later = [("Retry-After", self.busy)]
            return answer(start_response, "503 Service Unavailable", "text/plain", b"", later)
        if path in self.html:
            return answer(start_response, "200 OK", "text/html", HTML)
        if path == "/oauth2/authorize":
            return self._authorize(environ, start_response)
        if path == "/oauth2/token":
            with self._lock:
                return self._token(environ, start_response)
        if path == "/oauth2/revoke":
            self.revoked.append(form_of(environ)["token"])
            return answer(start_response, "200 OK", "text/plain", b"")
        status, headers, body = self._asked(environ)
        if path == "/.well-known/openid-configuration":
            told = json.loads(body)
            told["revocation_endpoint"] = told["issuer"] + "/oauth2/revoke"
            body = json.dumps(told).encode()
        return answer(start_response, status, headers.get("Content-Type", ""), body)

    def _authorize(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if asked.get("code_challenge_method") != "S256" or not asked.get("state") or not asked.get("nonce"):
            return answer(start_response, "400 Bad Request", "text/plain", b"PKCE, state and nonce are asked for here")
        if self.nonce:
            environ["QUERY_STRING"] = urlencode({**asked, "nonce": self.nonce})
        status, headers, body = self._asked(environ)
        place = headers.get("Location", "")
        code = parse_qs(urlsplit(place).query).get("code")
        if code:
            self._challenges[code[0]] = asked["code_challenge"]
        if "error=" in place and "state=" not in place:  # RFC 6749, 4.1.2.1 wants it
            place += "&" + urlencode({"state": asked["state"]})
        more = [("Location", place)] if place else []
        return answer(start_response, status, headers.get("Content-Type", ""), body, more)

    def _token(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        form = form_of(environ)
        if form.get("client_id") != CLIENT or "client_secret" in form:
            return refuse(start_response, "invalid_client")
        alias = form.get("refresh_token", "")
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if self._challenges.pop(form["code"], "") != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
                return refuse(start_response, "invalid_grant")
        else:
            kept = self._refresh.pop(alias, "") or (self._used.get(alias, "") if self.forgiving else "")
            if not kept:
                return refuse(start_response, "invalid_grant")
            self._used = {alias: kept}
            form["refresh_token"] = kept
            self.refreshes += 1
            self.renewing()
        given = urlencode(form).encode()
        pair = base64.b64encode(f"{CLIENT}:any".encode()).decode()
        inner = {"CONTENT_LENGTH": str(len(given)), "HTTP_AUTHORIZATION": f"Basic {pair}"}
        status, _, body = self._asked({**environ, **inner, "wsgi.input": io.BytesIO(given)})
        if not status.startswith("200"):
            return answer(start_response, status, "application/json", body)
        told = json.loads(body)
        fresh = secrets.token_urlsafe(900)  # longer than Windows' credential store takes
        self._refresh[fresh] = told.get("refresh_token") or form["refresh_token"]
        self._counting.add(told["access_token"])
        if self.lost:
            self.lost -= 1
            return hang_up(environ)
        told |= {"refresh_token": fresh, "expires_in": self.lifetime}
        return answer(start_response, status, "application/json", json.dumps(told).encode())

    def _asked(self, environ: Environ) -> tuple[str, dict[str, str], bytes]:
        got: list[Any] = []
        body = b"".join(self.provider(environ, lambda status, headers, *_: got.extend((status, dict(headers)))))
        return got[0], got[1], body


def form_of(environ: Environ) -> dict[str, str]:
    """Return the fields of a form."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


def hang_up(environ: Environ) -> Iterable[bytes]:
    """End the connection without a word."""
    with suppress(OSError):
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionError


def answer(
    start_response: StartResponse, status: str, kind: str, body: bytes, more: Iterable[tuple[str, str]] = ()
) -> Iterable[bytes]:
    """Answer a request."""
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *more])
    return [body]


def refuse(start_response: StartResponse, error: str) -> Iterable[bytes]:
    """Answer as RFC 6749, 5.2 says."""
    return answer(start_response, "400 Bad Request", "application/json", json.dumps({"error": error}).encode())


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - named by werkzeug
        """Say nothing."""


@contextmanager
def sign_on_service(authority: Authority, folder: Path) -> Iterator[tuple[str, Door]]:
    """Serve a provider under TLS with one person; gives its issuer and its door."""
    with warnings.catch_warnings(record=True):  # its own parts are of different age
        warnings.simplefilter("always")
        import oidc_provider_mock

        person = oidc_provider_mock.User(sub=SUBJECT, claims={"preferred_username": USER})
        provider = oidc_provider_mock.app(require_nonce=True, user_claims=[person])
    door = Door(provider)
    folder.mkdir(exist_ok=True)
    tls: ssl.SSLContext = server_tls(authority.server(), folder)
    server = make_server("127.0.0.1", 0, door, threaded=True, request_handler=_Quiet, ssl_context=tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
