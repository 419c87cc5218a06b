"""A town whose server is only reached through a proxy, on the command line."""

from __future__ import annotations

import http.client
import http.server
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.station import Station
from tests.signin.gateway import USER, Gateway, dms, listening

DMS = "http://dms.lippe.example/cmis"


@dataclass
class Proxy:
    """Leads everything to one server. ``status`` other than 0: lets nothing through."""

    url: str = ""
    status: int = 0
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy()
    with ExitStack() as stack:
        application = stack.enter_context(dms(tmp_path / "dms", "dms.lippe.example"))
        inner = urlsplit(stack.enter_context(listening(Gateway(application, lambda _: USER))))

        class Forward(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                made.asked.append(self.path)
                if made.status:
                    self.send_error(made.status)
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                path = urlsplit(self.path)
                connection = http.client.HTTPConnection(inner.hostname or "", inner.port)
                connection.request(self.command, f"{path.path}?{path.query}", body, dict(self.headers))
                answer = connection.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                connection.close()

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forward) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            made.url = f"http://127.0.0.1:{server.server_address[1]}"
            yield made
            server.shutdown()
            thread.join()


@pytest.fixture
def station(tmp_path: Path) -> Station:
    station = Station(home=tmp_path / "station", more={"LANGUAGE": "de"})
    station.home.mkdir()
    return station


def log_in(station: Station, **settings: str) -> tuple[int, str]:
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    (station.home / "settings.toml").write_text("".join(lines), encoding="utf-8")
    return station.exit_code("login", "--url", DMS, "--user", USER, "--password-stdin", given="x\n")


def test_a_proxy_of_the_settings_leads_to_the_server(station: Station, proxy: Proxy) -> None:
    assert log_in(station, proxy=proxy.url)[0] == 0
    station.run("sync", "--once")
    assert all(url.startswith(DMS) for url in proxy.asked)


def test_a_proxy_of_the_environment_leads_to_the_server(station: Station, proxy: Proxy) -> None:
    station.more["http_proxy"] = proxy.url  # type: ignore[index]
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


@pytest.mark.parametrize("status", [407])
def test_a_proxy_that_lets_nothing_through_is_told_by_name(station: Station, proxy: Proxy, status: int) -> None:
    proxy.status = status
    code, told = log_in(station, proxy=proxy.url)
    assert (code, "Proxy" in told) == (4, True)


@pytest.mark.parametrize("setting", ["socks5://127.0.0.1:1080", "proxy.town:3128", "ftp://proxy.town"])
def test_a_proxy_that_cannot_be_used_is_a_matter_of_the_settings(station: Station, setting: str) -> None:
    code, told = log_in(station, proxy=setting)
    assert (code, setting in told, "Traceback" in told) == (2, True, False)
