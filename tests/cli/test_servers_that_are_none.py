"""Signing in where it cannot work: a clear word, the exit code that scripts rely on, and nothing lost."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.station import Station, served

HTML = ("text/html; charset=utf-8", b"<!doctype html><html><body>Anmeldung <form></form></body></html>")
JSON = ("application/json", b'{"status": "ok", "version": [1, 2, 3]}')

ATOM = b"""<?xml version="1.0"?><app:service xmlns:app="http://www.w3.org/2007/app"
 xmlns:cmis="http://docs.oasis-open.org/ns/cmis/core/200908/"><app:workspace><cmisra:repositoryInfo>
<cmis:cmisVersionSupported>%s</cmis:cmisVersionSupported></cmisra:repositoryInfo></app:workspace></app:service>"""


@contextmanager
def answering(kind: str, body: bytes, status: int = 200, more: Mapping[str, str] | None = None) -> Iterator[str]:
    """A server that answers everything alike."""

    class Always(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Always) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/cmis"
        server.shutdown()
        thread.join()


def sign_in(station: Station, url: str, password: str = "demo") -> tuple[int, str]:
    words = ("login", "--url", url, "--user", "clerk1.blomberg", "--password-stdin")
    return station.exit_code(*words, given=password + "\n")


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(home=tmp_path / "station")


def test_a_wrong_password_is_said_and_ends_with_three(station: Station) -> None:
    with served() as url:
        code, told = sign_in(station, url, "falsch")
        assert (code, "falsch" in told) == (3, False)
        assert "Anmeldung" in told or "Kennwort" in told or "Passwort" in told
        assert sign_in(station, url)[0] == 0


def test_an_address_where_nothing_answers_ends_with_four(station: Station) -> None:
    code, told = sign_in(station, "http://127.0.0.1:9/cmis")
    assert code == 4
    assert "nicht erreichbar" in told
    assert "gesendet" not in told  # nothing is there yet that could be
    assert "Adresse" in told
    checked = station.exit_code(
        "admin", "check", "http://127.0.0.1:9/cmis", "--user", "x", "--password-stdin", given="x\n"
    )
    assert checked == (code, told)


def test_a_wrong_path_on_a_server_that_is_there_is_said_and_nothing_is_kept(station: Station) -> None:
    with served() as url:
        code, told = sign_in(station, url.replace("/cmis", "/alfresco"))
    assert code == 1
    assert "Traceback" not in told
    assert "Adresse" in told
    assert station.exit_code("sync", "--once")[0] == 3


@pytest.mark.parametrize(("answer", "expected"), [(HTML, 3), (JSON, 1)], ids=["login page", "other json"])
def test_an_address_that_is_no_dms_is_said_and_nothing_is_kept(
    station: Station, answer: tuple[str, bytes], expected: int
) -> None:
    with answering(*answer) as url:
        code, told = sign_in(station, url)
    assert code == expected
    assert told.strip()
    assert "Traceback" not in told
    assert station.exit_code("sync", "--once")[0] == 3


@pytest.mark.parametrize(
    ("language", "version", "says"),
    [
        ("de", b"1.0", "spricht CMIS 1.0"),
        ("en", b"1.0", "speaks CMIS 1.0"),
        ("de", b"1.1", "AtomPub"),
        ("en", b"1.1", "Browser Binding"),
    ],
)
def test_a_server_of_the_old_standard_or_at_its_other_address_is_told_what_is_needed(
    station: Station, language: str, version: bytes, says: str
) -> None:
    with answering("application/atomsvc+xml", ATOM % version) as url:
        words = ("--lang", language, "login", "--url", url, "--user", "x", "--password-stdin")
        code, told = station.exit_code(*words, given="x\n")
    assert (code, says in told, "1.1" in told or "JSON" in told) == (1, True, True)


def test_no_password_goes_to_another_machine_in_the_open(station: Station) -> None:
    code, told = sign_in(station, "http://dms.example/cmis")
    assert (code, "https" in told) == (1, True)
    assert "https" not in sign_in(station, "dms.example/cmis")[1]


def test_a_server_that_is_busy_ends_with_four(station: Station) -> None:
    with answering("text/plain", b"", 503, {"Retry-After": "3600"}) as url:
        code, told = sign_in(station, url)
    assert (code, "Traceback" in told) == (4, False)


def test_unsent_work_outlives_a_server_that_turns_into_something_else(station: Station, tmp_path: Path) -> None:
    with served(tmp_path / "data") as url:
        assert sign_in(station, url)[0] == 0
        station.run("sync", "--once")
    station.run("case", "new", "--subject", "Baumfällung", "--plan", "67.10")
    assert station.exit_code("sync", "--once")[0] == 4
    waiting = station.json("transfers")["outbox"]
    assert [entry["operation"] for entry in waiting] == ["CreateCase"]
