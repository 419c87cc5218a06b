"""Which proxies lead to the server."""

from __future__ import annotations

import http.server
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from clerk_desktop.model.errors import ProxyScriptUnusable
from clerk_desktop.system.desktop_proxy import DesktopProxy, read_settings
from clerk_desktop.system.proxies import ProxyWish, proxies_for
from clerk_desktop.system.proxy_script import fetch, run

OFFICE = "http://proxy.town:3128"
THEIRS = DesktopProxy(script="theirs")
SCRIPT = """function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, ".intern.town")) return "DIRECT";
  if (shExpMatch(url, "*geheim*")) return "PROXY spy.town:1";
  if (isInNet(host, "10.0.0.0", "255.0.0.0")) return "PROXY inner.town:8080";
  return "SOCKS socks.town:1080; PROXY proxy.town:3128; HTTPS proxy2.town:443; DIRECT";
}"""


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def environment(no_proxies: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", OFFICE)
    monkeypatch.setenv("no_proxy", "intern.town")


@pytest.mark.parametrize(
    ("url", "setting", "proxy"),
    [
        ("https://dms.example/cmis", "", OFFICE),
        ("http://dms.example/cmis", "", None),
        ("https://dms.intern.town/cmis", "", None),
        ("https://dms.example/cmis", "none", None),
        ("https://dms.example/cmis", "http://other:8080", "http://other:8080"),
        ("http://127.0.0.1:8765/cmis", "http://other:8080", None),
        ("http://127.4.3.2:8765/cmis", "http://other:8080", None),
        ("http://[::1]:8765/cmis", "http://other:8080", None),
        ("https://localhost/cmis", "", None),
    ],
)
def test_the_setting_goes_before_the_system_and_this_machine_is_reached_directly(
    environment: None, url: str, setting: str, proxy: str | None
) -> None:
    assert proxies_for(url, ProxyWish(address=setting)) == (proxy,)


def test_a_proxy_may_be_named_without_a_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "proxy.town:3128")
    assert proxies_for("https://dms.example/cmis", ProxyWish()) == (OFFICE,)
    assert proxies_for("https://dms.example/cmis", ProxyWish(address="other:8080")) == ("http://other:8080",)


def test_one_proxy_for_everything_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", OFFICE)
    assert proxies_for("https://dms.example", ProxyWish()) == (OFFICE,)


def says(script: str, url: str) -> tuple[str | None, ...]:
    return (f"{script} for {url}",)


def test_a_script_of_the_settings_goes_before_the_environment_and_that_before_a_script_of_the_system(
    environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://dms.example/cmis"
    mine = ProxyWish(script="mine.pac")
    assert proxies_for(url, mine, run=says, system=lambda: THEIRS) == (f"mine.pac for {url}",)
    assert proxies_for(url, ProxyWish(), run=says, system=lambda: THEIRS) == (OFFICE,)
    monkeypatch.delenv("https_proxy")
    monkeypatch.delenv("no_proxy")
    assert proxies_for(url, ProxyWish(), run=says, system=lambda: THEIRS) == (f"theirs for {url}",)
    assert proxies_for(url, ProxyWish(address="none", script="mine.pac"), run=says) == (None,)
    assert proxies_for("http://localhost/cmis", mine, run=says) == (None,)


def test_a_script_of_the_system_that_cannot_be_had_is_passed_over_and_one_of_the_settings_is_told() -> None:
    def fails(script: str, url: str) -> tuple[str | None, ...]:
        raise ProxyScriptUnusable(what=script)

    url = "https://dms.example"
    assert proxies_for(url, ProxyWish(), run=fails, system=lambda: THEIRS) == (None,)
    with pytest.raises(ProxyScriptUnusable):
        proxies_for(url, ProxyWish(script="mine.pac"), run=fails)


@pytest.mark.parametrize(
    ("url", "ways"),
    [
        ("https://dms.example/", (OFFICE, "https://proxy2.town:443", None)),
        ("https://dms.intern.town/", (None,)),
        ("http://dms/", (None,)),
        ("http://10.1.2.3/", ("http://inner.town:8080",)),
    ],
)
def test_a_script_decides_by_the_host_and_socks_is_passed_over(url: str, ways: tuple[str | None, ...]) -> None:
    assert run(SCRIPT, url) == ways


def test_a_script_learns_neither_path_nor_name_and_password(tmp_path: Path) -> None:
    file = tmp_path / "proxy.pac"
    file.write_text(SCRIPT, encoding="utf-8")
    wish = ProxyWish(script=str(file))
    assert proxies_for("https://geheim:x@dms.example/geheim?geheim=1", wish)[0] == OFFICE
    assert proxies_for("https://dms.example/", ProxyWish(script=file.as_uri()))[0] == OFFICE


@pytest.mark.parametrize(
    "script",
    [
        "",
        "no script",
        "function FindProxyForURL(url, host) { return nonsense.more; }",
        "function FindProxyForURL(url, host) { return 'SOCKS s:1'; }",
        "function FindProxyForURL(url, host) { return 'PROXY'; }",
        "<!doctype html><html>",
    ],
)
def test_a_script_that_is_none_is_told(script: str) -> None:
    with pytest.raises(ProxyScriptUnusable):
        run(script, "https://dms.example/")


def test_a_script_that_never_ends_is_ended() -> None:
    endless = "function FindProxyForURL(url, host) { if (host != '0.0.0.0') while (true) {} return 'DIRECT'; }"
    with pytest.raises(ProxyScriptUnusable):
        run(endless, "https://dms.example/", seconds=3)


def test_a_script_that_returns_nothing_means_a_direct_connection() -> None:
    assert run("function FindProxyForURL(url, host) { return ''; }", "https://dms.example/") == (None,)


@contextmanager
def web(status: int, body: bytes) -> Iterator[str]:
    class Once(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Once) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/proxy.pac"
        server.shutdown()
        thread.join()


def test_a_script_is_fetched_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with web(200, b"\xef\xbb\xbf// \xc3\xbc") as url:
        assert fetch(url) == "// ü"
    with web(200, b"// \xfc") as url:
        assert fetch(url) == "// ü"


@pytest.mark.parametrize(("status", "body"), [(404, b"no"), (200, b""), (200, b" " * (1024 * 1024 + 1))])
def test_what_is_no_script_is_not_taken_for_one(status: int, body: bytes) -> None:
    with web(status, body) as url, pytest.raises(ProxyScriptUnusable):
        fetch(url)


def test_a_server_that_does_not_speak_http_has_no_script() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:

        def nonsense() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(b"no status\r\n\r\n")

        threads.submit(nonsense)
        with pytest.raises(ProxyScriptUnusable):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/proxy.pac")


@pytest.mark.parametrize(
    ("begun", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nX-Filling: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["text", "head", "heads"],
)
def test_a_script_that_comes_drop_by_drop_is_given_up(begun: bytes, drop: bytes) -> None:
    given_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:

        def drip() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(begun)
                with suppress(OSError):
                    while not given_up.wait(0.02):
                        caller.sendall(drop)

        threads.submit(drip)
        try:
            with pytest.raises(ProxyScriptUnusable):
                fetch(f"http://127.0.0.1:{server.getsockname()[1]}/proxy.pac", seconds=0.3)
        finally:
            given_up.set()


@pytest.mark.parametrize("script", ["/gibt/es/nicht.pac", "http://127.0.0.1:9/proxy.pac", "http://[", "\0"])
def test_a_script_that_is_not_there_is_told(script: str) -> None:
    with pytest.raises(ProxyScriptUnusable):
        fetch(script)


MANUAL = """org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '10.0.0.0/8', '*.intern.town', 'akten.town']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.http host 'proxy.town'
org.gnome.system.proxy.http port 3128
org.gnome.system.proxy.https host 'proxy.town'
org.gnome.system.proxy.https port 3129
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
"""


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://dms.example/cmis", "http://proxy.town:3129"),
        ("http://dms.example/cmis", "http://proxy.town:3128"),
        ("https://10.4.5.6/cmis", None),
        ("https://dms.intern.town/cmis", None),
        ("https://akten.town/cmis", None),
        ("https://meine-akten.town/cmis", "http://proxy.town:3129"),
    ],
)
def test_a_linux_desktop_names_its_proxies_and_what_it_reaches_directly(url: str, proxy: str | None) -> None:
    assert read_settings(MANUAL).proxy_for(url) == proxy


def test_a_linux_desktop_names_its_script_or_nothing() -> None:
    automatic = MANUAL.replace("'manual'", "'auto'").replace("autoconfig-url ''", "autoconfig-url 'http://w/proxy.pac'")
    assert read_settings(automatic) == DesktopProxy(script="http://w/proxy.pac")
    for nothing in (MANUAL.replace("'manual'", "'none'"), "", "org.gnome.system.proxy mode 'manual'", "No such schema"):
        assert read_settings(nothing).proxy_for("https://dms.example") is None
    empty = "org.gnome.system.proxy ignore-hosts @as []\n" + MANUAL.split("\n", 2)[2]
    assert read_settings(empty).proxy_for("https://akten.town") == "http://proxy.town:3129"


@pytest.mark.skipif(os.name == "nt", reason="the desktop of Linux")
def test_the_desktop_is_asked_when_nobody_else_says_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "gsettings"
    told.write_text(f"#!/bin/sh\ncat <<'END'\n{MANUAL}END\n")
    told.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert proxies_for("https://dms.example", ProxyWish()) == ("http://proxy.town:3129",)
    assert proxies_for("https://dms.example", ProxyWish(address="none")) == (None,)
    told.write_text("#!/bin/sh\nexit 1\n")
    assert proxies_for("https://dms.example", ProxyWish()) == (None,)
