"""What it costs to learn what others changed, in requests: with a change log and without, beside the least there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from cheroot.wsgi import Server

from clerk_desktop.assembly import open_desk
from clerk_desktop.bench.ratio import Ratio
from clerk_desktop.demo.seed import PASSWORD, TITLES
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.server.application import SERVICE_PATH, Application, create_application
from clerk_desktop.server.rights import Role
from clerk_desktop.system.resources import resources_folder
from clerk_desktop.usecases.desk import Desk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CASES, CHANGES, PINS = 30, 10, 3
LEAST = 2
PLAN, TOWN, USER = "32.41", "blomberg", "admin"
WAYS = {"embedded": "change log", "plain": "no change log"}


class _Counted:
    """The server's application; counts what it is asked."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.requests = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.requests += 1
        return self._application(environ, start)


class _Clock:
    """Stands until it is turned."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def now(self) -> datetime:
        return self.time

    def turn(self) -> None:
        """Let so much time pass that news are asked for again."""
        self.time += timedelta(seconds=20)


def news(cases: int = CASES, changes: int = CHANGES, pins: int = PINS) -> tuple[Ratio, ...]:
    """Count the requests of a station that keeps up while another one changes cases."""
    return tuple(figure for mapping in WAYS for figure in _figures(mapping, cases, changes, pins))


def _figures(mapping: str, cases: int, changes: int, pins: int) -> Iterator[Ratio]:
    clock = _Clock()
    with (
        TemporaryDirectory(prefix="clerk-bench-", ignore_cleanup_errors=True) as place,
        _server(Path(place) / "server") as (url, counted),
        open_desk(Path(place) / "writer", PASSWORD, clock) as writer,
        open_desk(Path(place) / "reader", PASSWORD, clock) as reader,
    ):
        for desk in (writer, reader):
            desk.accounts.log_in(SignInRequest(url=url, user=USER, password=PASSWORD, mapping=mapping))
        ids = [writer.worklist.open_case(f"Vorgang {number}", PLAN, TOWN).case_id for number in range(cases)]
        for desk in (writer, reader):
            desk.background.sync_once()

        def asked() -> int:
            clock.turn()
            before = counted.requests
            reader.background.keep_up()
            return counted.requests - before

        asked()  # what the server tells again and again is known from now on
        way = WAYS[mapping]
        yield _figure(f"news: nothing, {way}", asked(), LEAST, "<= 1", "two requests")
        for case_id in ids[:changes]:
            writer.worklist.change_by_id(case_id, (CaseChange(field=CaseField.SUBJECT, text="neu"),))
        writer.background.sync_once()
        least = 3 * changes + LEAST  # the case; the entry in its history and where it lies
        yield _figure(f"news: {changes}, {way}", asked(), least, "<= 1", "three for each case and its history, and two")
        _pin(reader, ids[:pins])
        asked()
        least = LEAST if mapping == "embedded" else LEAST + pins
        yield _figure(f"news: {pins} pinned, {way}", asked(), least, "<= 1", "two, without a log one for each pin")


def _pin(desk: Desk, ids: Iterable[CaseId]) -> None:
    for case_id in ids:
        desk.pins.pin(desk.worklist.show_by_id(case_id).case.case_number)
    desk.background.sync_once()


def _figure(name: str, ours: int, least: int, goal: str, what: str) -> Ratio:
    return Ratio(
        name=name, baseline_name=what, goal=goal, ours=ours, baseline=least, ratio=ours / least, unit="requests"
    )


@contextmanager
def _server(data: Path) -> Iterator[tuple[str, _Counted]]:
    application = create_application(data, resources_folder() / "cmis-types", towns=TITLES)
    application.accounts.add_user(USER, PASSWORD, role=Role.ADMIN, municipality=None)
    counted = _Counted(application)
    server = Server(("127.0.0.1", 0), counted, numthreads=4)
    server.prepare()
    serving = Thread(target=server.serve, name="cmis-server")
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}{SERVICE_PATH}", counted
    finally:
        server.stop()
        serving.join()
        application.close()
