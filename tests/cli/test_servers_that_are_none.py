"""Signing in where it cannot work: a clear word, the exit code that scripts rely on, and nothing lost."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.station import Station, served

HTML = ("text/html; charset=utf-8", b"<!doctype html><html><body>Anmeldung <form></form></body></html>")
JSON = ("application/json", b'{"status": "ok", "version": [1, 2, 3]}')


@contextmanager
def answering(kind: str, body: bytes) -> Iterator[str]:
    """A server that answers everything alike."""

    class Always(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
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


def test_unsent_work_outlives_a_server_that_turns_into_something_else(station: Station, tmp_path: Path) -> None:
    with served(tmp_path / "data") as url:
        assert sign_in(station, url)[0] == 0
        station.run("sync", "--once")
    station.run("case", "new", "--subject", "Baumfällung", "--plan", "67.10")
    assert station.exit_code("sync", "--once")[0] == 4
    waiting = station.json("transfers")["outbox"]
    assert [entry["operation"] for entry in waiting] == ["CreateCase"]
