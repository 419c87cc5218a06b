"""Alfresco's tickets against a server that answers as its documentation says, over real connections."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import pytest

from clerk_desktop.backend.http import Http, Upload
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.ticket import Ticket, tickets_address
from clerk_desktop.model.errors import (
    BadAnswer,
    ClerkError,
    DmsUnsuited,
    ServerBusy,
    SignInPage,
    SignInRefused,
    TokenRefused,
)
from clerk_desktop.system.secrets import Unkept
from tests.signin.gateway import Environ, StartResponse, listening

CMIS = "/alfresco/api/-default-/public/cmis/versions/1.1/browser"
TICKETS = "/alfresco/api/-default-/public/authentication/versions/1/tickets"
# Alfresco Content Services 7.4: body of 403 for a wrong password
LOGIN_FAILED = {
    "error": {
        "errorKey": "Login failed",
        "statusCode": 403,
        "briefSummary": "00310012 Login failed",
        "stackTrace": "For security reasons the stack trace is no longer displayed, but the property is kept",
        "descriptionURL": "https://api-explorer.alfresco.com",
    }
}
JSON, HTML = ("Content-Type", "application/json;charset=UTF-8"), ("Content-Type", "text/html")


class Alfresco:
    """Answers as Alfresco does. ``counting`` are the tickets that count; ``instead`` is what tickets answer."""

    def __init__(self) -> None:
        self.counting: set[str] = set()
        self.seen: list[tuple[str, str]] = []
        self.letters: list[int] = []
        self.instead: tuple[str, list[tuple[str, str]], Iterable[bytes]] | None = None
        self.blind = False

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path, sent = environ["PATH_INFO"], environ.get("HTTP_AUTHORIZATION", "")
        self.seen.append((path, sent))
        body = environ["wsgi.input"].read()
        if path == TICKETS:
            return self._ticket(json.loads(body), start_response)
        if self.blind or base64.b64decode(sent.removeprefix("Basic ")).decode() not in self.counting:
            start_response("401 Unauthorized", [HTML])
            return [b"<html>Unauthorized</html>"]
        self.letters.append(body.count(b"%PDF"))
        start_response("200 OK", [JSON])
        return [b"{}"]

    def _ticket(self, told: object, start_response: StartResponse) -> Iterable[bytes]:
        if self.instead is not None:
            start_response(*self.instead[:2])
            return self.instead[2]
        if told != {"userId": "jörg", "password": "geheim"}:
            start_response("403 Forbidden", [JSON])
            return [json.dumps(LOGIN_FAILED).encode()]
        ticket = f"TICKET_{len(self.seen):040x}"
        self.counting = {ticket}
        start_response("201 Created", [JSON])
        return [json.dumps({"entry": {"id": ticket, "userId": "jörg"}}).encode()]


@contextmanager
def connected(alfresco: Alfresco, password: str = "geheim") -> Iterator[tuple[Http, str]]:
    with listening(alfresco) as origin:
        way, secrets = Ticket(origin + CMIS, Line()), Unkept()
        user = way.begin("jörg", password, secrets)
        with closing(Http(url=origin + CMIS, sign_in=way.auth(user, secrets))) as http:
            yield http, origin + CMIS


def test_a_ticket_is_fetched_once_and_stands_for_name_and_password() -> None:
    alfresco = Alfresco()
    with connected(alfresco) as (http, url):
        assert [http.get(url, {}, 100).status for _ in range(3)] == [200] * 3
    assert [path for path, _ in alfresco.seen] == [TICKETS, CMIS, CMIS, CMIS]
    assert {base64.b64decode(sent[6:])[:7] for path, sent in alfresco.seen if path == CMIS} == {b"TICKET_"}


def test_a_ticket_that_ended_is_fetched_anew_and_the_letter_arrives_whole() -> None:
    alfresco = Alfresco()
    with connected(alfresco) as (http, url):
        http.get(url, {}, 100)
        alfresco.counting.clear()
        upload = Upload(file_name="brief.pdf", mime_type="application/pdf", stream=io.BytesIO(b"%PDF" * 1000))
        assert http.post(url, [("cmisaction", "createDocument")], upload, 100).status == 200
    assert alfresco.letters[-1] == 1000


def test_a_service_that_takes_no_ticket_is_told() -> None:
    alfresco = Alfresco()
    alfresco.blind = True
    with connected(alfresco) as (http, url), pytest.raises(TokenRefused):
        http.get(url, {}, 100)
    assert [path for path, _ in alfresco.seen] == [TICKETS, CMIS, TICKETS, CMIS]


def test_the_address_of_the_tickets_follows_from_that_of_the_service() -> None:
    assert tickets_address("https://x" + CMIS) == "https://x" + TICKETS
    assert tickets_address("https://x/alfresco/api/town.example/public/cmis/versions/1.1/browser/R").endswith(
        "/api/town.example/public/authentication/versions/1/tickets"
    )
    for other in ("https://x/cmis", "https://x/alfresco/cmisbrowser", ""):
        with pytest.raises(DmsUnsuited):
            tickets_address(other)


@pytest.mark.parametrize(
    ("status", "header", "body", "error"),
    [
        ("401 Unauthorized", HTML, b"", SignInRefused),
        ("404 Not Found", HTML, b"<html>", DmsUnsuited),
        ("503 Service Unavailable", ("Retry-After", "17"), b"", ServerBusy),
        ("201 Created", HTML, b"<html>Anmeldung", SignInPage),
        ("201 Created", JSON, b'{"entry": {}}', BadAnswer),
        ("201 Created", JSON, b" " * 1_000_000, BadAnswer),
    ],
)
def test_what_the_tickets_address_answers_is_told_apart(
    status: str, header: tuple[str, str], body: bytes, error: type[ClerkError]
) -> None:
    alfresco = Alfresco()
    alfresco.instead = (status, [header], [body])
    with connected(alfresco) as (http, url), pytest.raises(error) as caught:
        http.get(url, {}, 100)
    assert type(caught.value) is error
    if isinstance(caught.value, ServerBusy):
        assert caught.value.retry_after == 17


def test_a_wrong_password_is_refused_before_anything_else_is_asked() -> None:
    alfresco = Alfresco()
    with connected(alfresco, "falsch") as (http, url), pytest.raises(SignInRefused):
        http.get(url, {}, 100)
    assert [path for path, _ in alfresco.seen] == [TICKETS]
