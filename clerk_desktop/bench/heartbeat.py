"""The window never waits for a server: the longest pause of the GUI thread while the server is dead, slow or a liar,
far away or behind a thin line, or the line to it is reset or ends at the sign-in page of somebody else's network.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.bench.slow_line import slow_line
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.sample_office import TOWNS, SampleOffice
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.system.resources import resources_folder

LETTERS = 4
SLOW_SECONDS = 2.0
THIN_LINE = 1_000
"""Bytes a second."""
PASSWORD = "demo"  # noqa: S105 - of a sample office that is thrown away
LONGEST = 0.050
MOST = 5
"""So many pauses are told with where they happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stall:
    """As ``ui.heartbeat.Stall``."""

    seconds: float
    worked: float
    stack: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pauses:
    """What one run found, in seconds; ``stalls``: each pause over 50 ms."""

    server: str
    p999: float
    worst: float
    stalls: tuple[Stall, ...]


def heartbeat() -> Ratio:
    """Work in the window with each kind of bad server in turn."""
    with TemporaryDirectory(prefix="clerk-bench-") as place:
        office = SampleOffice(Path(place) / "server")
        office.start()
        home = Path(place) / "home"
        _fill(home, office, Path(place) / "scans")
        office.stop()
        found = [_dead(home), *_misbehaving(home, office.url), *_far_away(home, office.url, Path(place) / "server")]
    worst = max(each.worst for each in found)
    return Ratio(
        name="heartbeat",
        baseline_name="a pause of 50 ms",
        goal="<= 1, none of ours",
        ours=worst,
        baseline=LONGEST,
        ratio=worst / LONGEST,
        notes=(_bare(), *(note for each in found for note in _notes(each))),
    )


def _fill(home: Path, office: SampleOffice, scans: Path) -> None:
    """Sign somebody in who has letters to look at and cases to open."""
    scans.mkdir()
    with open_desk(home, PASSWORD) as desk:
        desk.accounts.log_in(SignInRequest(url=office.url, user="post.blomberg", password=PASSWORD))
        desk.scan_folders.add(scans, "blomberg")
        drawn = [letter for letter in all_letters() if letter.drawing and letter.truth.municipality == "blomberg"]
        for letter in drawn[:LETTERS]:
            letter.draw(scans)
        desk.background.intake_once()
        desk.background.sync_once()


def _bare() -> str:
    told = json.loads(_run("clerk_desktop.bench.bare_places"))
    return (
        "a bare window that changes between tables, on the same machine: "
        f"99.9 % of beats within {told['p999'] * 1000:.0f} ms, longest {told['worst'] * 1000:.0f} ms"
    )


def _dead(home: Path) -> Pauses:
    return _work("dead", home)


def _misbehaving(home: Path, url: str) -> Iterator[Pauses]:
    for name, answer in (("slow", _slow), ("nonsense", _nonsense), ("reset", _reset), ("portal", _portal)):
        with _serving(urlsplit(url).port or 0, answer):
            yield _work(name, home)


def _far_away(home: Path, url: str, data: Path) -> Iterator[Pauses]:
    """The server works; two seconds there and back, then a thousand bytes a second."""
    port = urlsplit(url).port or 0
    with EmbeddedServer(data, resources_folder() / "cmis-types", towns=TOWNS) as server:
        there = urlsplit(server.url).port or 0
        with slow_line(port, there, latency=SLOW_SECONDS / 2):
            yield _work("two seconds away", home)
        with slow_line(port, there, bytes_per_second=THIN_LINE):
            yield _work("behind 1 kB/s", home)


def _work(server: str, home: Path) -> Pauses:
    told = json.loads(_run("clerk_desktop.bench.heartbeat_window", str(home), PASSWORD))
    stalls = tuple(Stall(**stall) for stall in told["stalls"])
    return Pauses(server=server, p999=told["p999"], worst=told["worst"], stalls=stalls)


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@contextmanager
def _serving(port: int, answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _slow(request: BaseHTTPRequestHandler) -> None:
    time.sleep(SLOW_SECONDS)
    request.send_error(503)


def _nonsense(request: BaseHTTPRequestHandler) -> None:
    body = b'{"objects": 17, "repositoryInfo": ["', b"x" * 100_000
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    for part in body:
        request.wfile.write(part)


def _reset(request: BaseHTTPRequestHandler) -> None:
    """Break off in the middle: no FIN, the rest is thrown away (SO_LINGER, socket(7))."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(b'{"objects": [')
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True


def _portal(request: BaseHTTPRequestHandler) -> None:
    body = b"<!doctype html><html><body><form action='/login'></form></body></html>"
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def _notes(pauses: Pauses) -> Iterator[str]:
    ours = [stall for stall in pauses.stalls if stall.worked > LONGEST]
    yield (
        f"server {pauses.server}: 99.9 % of beats within {pauses.p999 * 1000:.0f} ms, longest {pauses.worst * 1000:.0f}"
        f" ms, {len(pauses.stalls)} over 50 ms, in {len(ours)} of them the window worked for more than 50 ms"
    )
    for stall in sorted(pauses.stalls, key=lambda each: -each.worked)[:MOST]:
        yield f"{stall.seconds * 1000:.0f} ms, of them {stall.worked * 1000:.0f} ms at work, at\n{stall.stack}"
