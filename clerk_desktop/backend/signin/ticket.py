"""Alfresco's tickets: name and password travel once, then a ticket stands for them until it ends.

Alfresco Content Services, REST API guide, "Tickets": the ticket goes base64-coded where Basic has name and password.
The address of the tickets follows from that of the CMIS service, ``…/api/TENANT/public/cmis/versions/1.1/browser``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Generator

import httpx
import msgspec

from clerk_desktop.backend.cmis import failures
from clerk_desktop.backend.http import retry_after
from clerk_desktop.model.errors import BadAnswer, DmsUnsuited, NotSignedIn, ServerError, SignInRefused, WrongUsage
from clerk_desktop.system.clock import Clock, SystemClock
from clerk_desktop.system.secrets import Secret, SecretStore

SERVICE = re.compile(r"(.*/api/[^/]+/public/)cmis/.*", re.DOTALL)
TICKETS = "authentication/versions/1/tickets"
LIMIT = 64 * 1024


class _Entry(msgspec.Struct, frozen=True):
    id: str


class _Created(msgspec.Struct, frozen=True):
    entry: _Entry


class Ticket:
    """Implements ``SignIn``: the password is kept, since tickets end after an hour; they are not kept."""

    def __init__(self, url: str) -> None:
        self._url = url

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Keep the password. Raises ``WrongUsage`` without a user name."""
        if not user:
            raise WrongUsage(what="--user")
        secrets.put(Secret.PASSWORD, password)
        return user

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return the plug-in. Raises ``NotSignedIn`` when no password is kept, ``DmsUnsuited`` for other servers."""
        password = secrets.get(Secret.PASSWORD)
        if password is None:
            raise NotSignedIn
        return TicketAuth(tickets_address(self._url), user, password)

    def end(self, secrets: SecretStore) -> None:
        """Nobody needs to know: a ticket ends by itself."""


class TicketAuth(httpx.Auth):
    """Fetches a ticket over the connection that it signs, and another when a server refuses the first."""

    def __init__(self, tickets: str, user: str, password: str, clock: Clock | None = None) -> None:
        self._tickets = tickets
        self._user = user
        self._password = password
        self._clock = clock or SystemClock()
        self._ticket = ""

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request. Raises ``SignInRefused`` and what else the tickets' address answers."""
        if not self._ticket:
            yield from self._fetch()
        request.headers["Authorization"] = self._signed()
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            yield from self._fetch()
            request.headers["Authorization"] = self._signed()
            yield request

    def _signed(self) -> str:
        return "Basic " + base64.b64encode(self._ticket.encode()).decode()

    def _fetch(self) -> Generator[httpx.Request, httpx.Response, None]:
        asked = {"userId": self._user, "password": self._password}
        response = yield httpx.Request("POST", self._tickets, json=asked, headers={"Accept": "application/json"})
        body = b""
        for piece in response.iter_bytes():
            body += piece
            if len(body) > LIMIT:
                break
        if not response.is_success:
            raise self._refusal(response, body)
        try:
            self._ticket = msgspec.json.decode(body, type=_Created).entry.id
        except (msgspec.MsgspecError, RecursionError) as error:
            content_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
            raise (failures.not_json(content_type, body) or BadAnswer()) from error

    def _refusal(self, response: httpx.Response, body: bytes) -> ServerError:
        if response.status_code in (400, 401, 403):
            return SignInRefused()
        if response.status_code in (404, 405, 501):
            return DmsUnsuited(what="Alfresco-Ticket")
        return failures.refusal(
            response.status_code, body, retry_after(response.headers.get("Retry-After", ""), self._clock.now())
        )


def tickets_address(url: str) -> str:
    """Return where tickets are to be had for a CMIS service. Raises ``DmsUnsuited`` for an address of another kind."""
    match = SERVICE.fullmatch(url)
    if match is None:
        raise DmsUnsuited(what="Alfresco-Ticket: …/api/-default-/public/cmis/versions/1.1/browser")
    return match[1] + TICKETS
