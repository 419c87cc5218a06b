"""Alfresco's tickets, played from exchanges written after its documentation."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from clerk_desktop.backend.http import Http, Upload
from clerk_desktop.backend.signin.ticket import TicketAuth, tickets_address
from clerk_desktop.model.errors import BadAnswer, ClerkError, DmsUnsuited, ServerBusy, SignInPage, SignInRefused

CMIS = "https://dms.example/alfresco/api/-default-/public/cmis/versions/1.1/browser"
TICKETS = "https://dms.example/alfresco/api/-default-/public/authentication/versions/1/tickets"
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
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


class Alfresco:
    """Answers as Alfresco does. ``counting`` are the tickets that count."""

    def __init__(self) -> None:
        self.counting: set[str] = set()
        self.seen: list[tuple[str, str, str]] = []
        self.letters: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        sent = request.headers.get("Authorization", "")
        self.seen.append((request.method, str(request.url), sent))
        if str(request.url) == TICKETS:
            told = json.loads(request.read())
            if told != {"userId": "jörg", "password": "geheim"}:
                return httpx.Response(403, json=LOGIN_FAILED)
            ticket = f"TICKET_{len(self.seen):040x}"
            self.counting = {ticket}
            return httpx.Response(201, json={"entry": {"id": ticket, "userId": "jörg"}})
        if base64.b64decode(sent.removeprefix("Basic ")).decode() not in self.counting:
            return httpx.Response(401, html="<html>Unauthorized</html>")
        self.letters.append(request.read())
        return httpx.Response(200, json={})


class Clock:
    def now(self) -> datetime:
        return NOW


def http(handler: object, password: str = "geheim") -> Http:
    auth = TicketAuth(tickets_address(CMIS), "jörg", password, Clock())
    return Http(url=CMIS, sign_in=auth, transport=httpx.MockTransport(handler))  # type: ignore[arg-type]


def test_a_ticket_is_fetched_once_and_stands_for_name_and_password() -> None:
    alfresco = Alfresco()
    client = http(alfresco)
    for _ in range(3):
        assert client.get(CMIS, {}, 100).status == 200
    assert [url for _, url, _ in alfresco.seen] == [TICKETS, CMIS, CMIS, CMIS]
    assert all("geheim" not in sent and not sent.endswith("aGVpbQ==") for _, _, sent in alfresco.seen)


def test_a_ticket_that_ended_is_fetched_anew_and_the_letter_arrives_whole() -> None:
    alfresco = Alfresco()
    client = http(alfresco)
    client.get(CMIS, {}, 100)
    alfresco.counting.clear()
    upload = Upload(file_name="brief.pdf", mime_type="application/pdf", stream=io.BytesIO(b"%PDF" * 1000))
    assert client.post(CMIS, [("cmisaction", "createDocument")], upload, 100).status == 200
    assert alfresco.letters[-1].count(b"%PDF") == 1000


def test_the_address_of_the_tickets_follows_from_that_of_the_service() -> None:
    assert tickets_address(CMIS) == TICKETS
    assert tickets_address("https://x/alfresco/api/town.example/public/cmis/versions/1.1/browser/R").endswith(
        "/api/town.example/public/authentication/versions/1/tickets"
    )
    for other in ("https://x/cmis", "https://x/alfresco/cmisbrowser", ""):
        with pytest.raises(DmsUnsuited):
            tickets_address(other)


class Endless(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b" " * 1000


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (httpx.Response(403, json=LOGIN_FAILED), SignInRefused),
        (httpx.Response(401), SignInRefused),
        (httpx.Response(404, html="<html>"), DmsUnsuited),
        (httpx.Response(503, headers={"Retry-After": "Sat, 31 Jan 2026 08:00:17 GMT"}), ServerBusy),
        (httpx.Response(201, html="<html>Anmeldung"), SignInPage),
        (httpx.Response(201, json={"entry": {}}), BadAnswer),
        (httpx.Response(201, stream=Endless()), BadAnswer),
    ],
)
def test_what_the_tickets_address_answers_is_told_apart(response: httpx.Response, error: type[ClerkError]) -> None:
    with pytest.raises(error) as caught:
        http(lambda _: response).get(CMIS, {}, 100)
    assert type(caught.value) is error
    if isinstance(caught.value, ServerBusy):
        assert caught.value.retry_after == 17


def test_a_wrong_password_is_refused_before_anything_else_is_asked() -> None:
    alfresco = Alfresco()
    with pytest.raises(SignInRefused):
        http(alfresco, "falsch").get(CMIS, {}, 100)
    assert [url for _, url, _ in alfresco.seen] == [TICKETS]
