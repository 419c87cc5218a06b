"""An office: one server, some stations that drift apart and must come together again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from tests.office.serverside import ServerSide, Truth
from tests.office.station import Clock, Station

TOWN = "luegde"
S = TypeVar("S", bound=ServerSide, covariant=True)


class Office(Generic[S]):
    """Stations are of one town unless told otherwise."""

    def __init__(self, place: Path, server: S) -> None:
        self.place = place
        self._server = server
        self.clock = Clock()
        self.stations: list[Station] = []

    @property
    def server(self) -> S:
        return self._server

    def station(self, user: str, town: str = TOWN, *, second: bool = False) -> Station:
        """A station of somebody; ``second``: beside the one that the person has."""
        if not second:
            self._server.add_user(user, town)
        made = Station(self.place / f"{user}{'-2' * second}", user, town, self.clock, self._server.connect)
        self.stations.append(made)
        return made

    def close(self) -> None:
        for station in self.stations:
            station.close()
        self._server.close()

    def settle(self, rounds: int = 3, pause: Callable[[], None] = lambda: None) -> None:
        """Everything heals and everybody synchronises; ``pause``: what happens after each one's round."""
        for station in self.stations:
            station.net.heal()
        for _ in range(rounds):
            for station in self.stations:
                report = station.sync()
                assert report.stopped is None, repr(report.stopped)
                pause()

    def assert_same(self) -> None:
        """Every station shows exactly what the server has, nothing waits, and nothing is there twice."""
        self.settle()
        self.assert_nothing_twice()
        for station in self.stations:
            assert station.outbox() == (), (station.user, station.outbox(), station.conflicts())
            self.assert_shows_server(station)

    def assert_nothing_twice(self) -> None:
        assert [key for key, count in Counter(self._server.keys()).items() if count > 1] == []

    def assert_shows_server(self, station: Station) -> None:
        """The rows of a station are the server's objects of its town."""
        truth = self.truth(station.town)
        assert {case.case_id: replace(case, pinned=False) for case in station.cases()} == truth.cases
        assert {document.document_id: document for document in station.documents()} == truth.documents
        with station.store.read() as session:
            assert session.search.problems() == ()

    def truth(self, town: str = TOWN) -> Truth:
        """What the server has for a town."""
        return self._server.truth(town)
