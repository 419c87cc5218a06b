"""Alfresco's tickets: name and password travel once, then a ticket stands for them until it ends.

Alfresco Content Services, REST API guide, "Tickets": the ticket goes base64-coded where Basic has name and password.
The address of the tickets follows from that of the CMIS service, ``…/api/TENANT/public/cmis/versions/1.1/browser``.
"""

from __future__ import annotations

import base64
import re
from contextlib import closing

import httpx
import msgspec

from clerk_desktop.backend.cmis import failures
from clerk_desktop.backend.http import Answer, Http
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.kept import KeptToken
from clerk_desktop.backend.signin.password import keep_password, kept_password
from clerk_desktop.model.errors import BadAnswer, DmsUnsuited, ServerError, SignInRefused
from clerk_desktop.system.decoding import decoder
from clerk_desktop.system.secrets import SecretStore

SERVICE = re.compile(r"(.*/api/[^/]+/public/)cmis/.*", re.DOTALL)
TICKETS = "authentication/versions/1/tickets"
LIMIT = 64 * 1024


class _Entry(msgspec.Struct, frozen=True):
    id: str


class _Created(msgspec.Struct, frozen=True):
    entry: _Entry


class Ticket:
    """Implements ``SignIn``: the password is kept, since tickets end after an hour; they are not kept."""

    def __init__(self, url: str, line: Line) -> None:
        self._url = url
        self._line = line

    def begin(self, user: str, password: str, secrets: SecretStore) -> str:
        """Keep the password. Raises ``WrongUsage`` without a user name."""
        return keep_password(user, password, secrets)

    def auth(self, user: str, secrets: SecretStore) -> httpx.Auth:
        """Return the plug-in. Raises ``NotSignedIn`` when no password is kept, ``DmsUnsuited`` for other servers."""
        password = kept_password(secrets)
        return KeptToken(TicketKeeper(tickets_address(self._url), self._line, user, password), signed)

    def end(self, secrets: SecretStore) -> None:
        """Nobody needs to know: a ticket ends by itself."""


class TicketKeeper:
    """Implements ``kept.Keeper`` in memory: one ticket at a time, by one thread at a time."""

    def __init__(self, tickets: str, line: Line, user: str, password: str) -> None:
        self._tickets = tickets
        self._line = line
        self._user = user
        self._password = password
        self._ticket = ""

    def current(self) -> str:
        """Return the ticket; the first time it is fetched."""
        return self._ticket or self.renewed("")

    def renewed(self, refused: str) -> str:
        """Fetch a ticket. Raises ``SignInRefused`` and what else the tickets' address answers."""
        asked = {"userId": self._user, "password": self._password}
        with closing(Http(url=self._tickets, sign_in=None, line=self._line)) as http:
            answer = http.post_json(self._tickets, asked, LIMIT)
        if not answer.success:
            raise _refusal(answer)
        try:
            self._ticket = decoder(_Created).decode(answer.body).entry.id
        except (msgspec.MsgspecError, RecursionError) as error:
            raise (failures.not_json(answer.content_type, answer.body) or BadAnswer()) from error
        return self._ticket


def signed(ticket: str) -> str:
    """Return the header of a ticket."""
    return "Basic " + base64.b64encode(ticket.encode()).decode()


def tickets_address(url: str) -> str:
    """Return where tickets are to be had for a CMIS service. Raises ``DmsUnsuited`` for an address of another kind."""
    match = SERVICE.fullmatch(url)
    if match is None:
        raise DmsUnsuited(what="Alfresco-Ticket: …/api/-default-/public/cmis/versions/1.1/browser")
    return match[1] + TICKETS


def _refusal(answer: Answer) -> ServerError:
    if answer.status in (400, 401, 403):
        return SignInRefused()
    if answer.status in (404, 405, 501):
        return DmsUnsuited(what="Alfresco-Ticket")
    return failures.refusal(answer.status, answer.body, answer.retry_after)
