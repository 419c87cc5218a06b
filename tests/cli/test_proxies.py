"""A town whose server is only reached through a proxy, on the command line."""

from __future__ import annotations

import http.server
import json
import selectors
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.station import PROGRAM, Station
from tests.signin.authority import Authority
from tests.signin.gateway import USER, Gateway, dms, listening, server_tls

NAME = "dms.lippe.example"
DMS = f"https://{NAME}/cmis"


@dataclass
class Proxy:
    """Tunnels everything to one server (RFC 9110, 9.3.6). ``status`` other than 0: lets nothing through."""

    url: str = ""
    status: int = 0
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "ca")


@pytest.fixture
def proxy(authority: Authority, tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy()
    with ExitStack() as stack:
        application = stack.enter_context(dms(tmp_path / "dms", NAME))
        tls = server_tls(authority.server(NAME), tmp_path)
        inner = urlsplit(stack.enter_context(listening(Gateway(application, lambda _: USER), tls)))

        class Tunnel(http.server.BaseHTTPRequestHandler):
            def do_CONNECT(self) -> None:
                made.asked.append(self.path)
                if made.status:
                    self.send_error(made.status)
                    return
                with socket.create_connection((inner.hostname, inner.port)) as server:
                    self.send_response(200)
                    self.end_headers()
                    carry(self.connection, server)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = stack.enter_context(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tunnel))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield made
        server.shutdown()
        thread.join()


def carry(one: socket.socket, other: socket.socket) -> None:
    """Pass on what either side says until one ends."""
    with selectors.DefaultSelector() as ready:
        ready.register(one, selectors.EVENT_READ, other)
        ready.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in ready.select():
                piece = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not piece:
                    return
                key.data.sendall(piece)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(home=tmp_path / "station", more={"LANGUAGE": "de"})


def log_in(station: Station, **settings: str) -> tuple[int, str]:
    ca_file = station.home.parent / "ca" / "Stadt-CA.pem"
    station.set(**settings, **({"ca_file": str(ca_file)} if ca_file.exists() else {}))
    return station.exit_code("login", "--url", DMS, "--user", USER, "--password-stdin", given="x\n")


def test_a_proxy_of_the_settings_leads_to_the_server(station: Station, proxy: Proxy) -> None:
    assert log_in(station, proxy=proxy.url)[0] == 0
    station.run("sync", "--once")
    assert set(proxy.asked) == {f"{NAME}:443"}


@pytest.mark.slow
def test_a_proxy_of_the_environment_leads_to_the_server(station: Station, proxy: Proxy) -> None:
    station.more["https_proxy"] = proxy.url  # type: ignore[index]
    assert log_in(station)[0] == 0
    assert proxy.asked


def test_a_script_leads_to_the_server_and_a_dead_proxy_in_it_is_left(
    station: Station, proxy: Proxy, tmp_path: Path
) -> None:
    place = proxy.url.removeprefix("http://")
    script = tmp_path / "proxy.pac"
    script.write_text(f"function FindProxyForURL(url, host) {{ return 'PROXY 127.0.0.1:9; PROXY {place}'; }}")
    assert log_in(station, proxy_script=str(script))[0] == 0
    assert proxy.asked


def test_a_script_that_is_not_there_ends_with_four_and_says_so(station: Station, tmp_path: Path) -> None:
    code, told = log_in(station, proxy_script=str(tmp_path / "none.pac"))
    assert (code, "none.pac" in told, "proxy_script" in told) == (4, True, True)


def test_the_program_itself_can_be_the_process_that_runs_a_script() -> None:
    asked = {"script": "function FindProxyForURL(url, host) { return 'PROXY ' + host + ':1'; }", "url": DMS}
    done = subprocess.run(
        [*PROGRAM, "--proxy-script"], input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=True
    )
    assert json.loads(done.stdout) == [f"http://{NAME}:1"]


@pytest.mark.parametrize("status", [407])
def test_a_proxy_that_lets_nothing_through_is_told_by_name(station: Station, proxy: Proxy, status: int) -> None:
    proxy.status = status
    code, told = log_in(station, proxy=proxy.url)
    assert (code, "Proxy" in told) == (4, True)


@pytest.mark.parametrize("setting", ["socks5://127.0.0.1:1080", "ftp://proxy.town"])
@pytest.mark.slow
def test_a_proxy_that_cannot_be_used_is_a_matter_of_the_settings(station: Station, setting: str) -> None:
    code, told = log_in(station, proxy=setting)
    assert (code, f"proxy = {setting}" in told, "Einstellung" in told) == (2, True, True)
