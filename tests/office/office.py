"""An office: one server, some stations that drift apart and must come together again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from tests.office.memory_backend import MemoryBackend, MemoryServer, Oddities
from tests.office.network import Network
from tests.office.station import Clock, Station

TOWN = "luegde"


class Office:
    """Stations named by ``station`` are of one town unless told otherwise."""

    def __init__(self, place: Path, odd: Oddities | None = None) -> None:
        self.place = place
        self.clock = Clock()
        self.server = MemoryServer(odd=odd or Oddities())
        self.stations: list[Station] = []
        self._towns: dict[str, str] = {}

    def connect(self, user: str, net: Network) -> MemoryBackend:
        net.ask("sign_in")
        return MemoryBackend(self.server, net, self._towns[user])

    def station(self, user: str, town: str = TOWN) -> Station:
        self._towns[user] = town
        made = Station(self.place / user, user, town, self.clock, self.connect)
        self.stations.append(made)
        return made

    def close(self) -> None:
        for station in self.stations:
            station.close()

    def settle(self, rounds: int = 3) -> None:
        """Everything heals and everybody synchronises."""
        for station in self.stations:
            station.net.heal()
        for _ in range(rounds):
            for station in self.stations:
                report = station.sync()
                assert report.stopped is None, repr(report.stopped)

    def assert_same(self) -> None:
        """Every station shows exactly what the server has, nothing waits, and nothing is there twice."""
        self.settle()
        twice = [key for key, count in Counter(self.server.keys()).items() if count > 1]
        assert not twice
        for station in self.stations:
            assert station.outbox() == (), station.user
            self.assert_shows_server(station)

    def assert_shows_server(self, station: Station) -> None:
        """The rows of a station are the server's objects of its town."""
        cases, documents = self.truth(station.town)
        assert {case.case_id: replace(case, pinned=False) for case in station.cases()} == cases
        assert {document.document_id: document for document in station.documents()} == documents

    def truth(self, town: str) -> tuple[dict[CaseId, Case], dict[DocumentId, Document]]:
        """What the server has for a town, documents with their case."""
        records = self.server.records
        cases = {
            record.value.case_id: record.value
            for record in records.values()
            if isinstance(record.value, Case) and record.value.municipality == town
        }
        documents = {}
        for record in records.values():
            if isinstance(record.value, Document) and record.value.municipality == town:
                parent = records.get(record.parent)
                case_id = parent.value.case_id if parent and isinstance(parent.value, Case) else None
                documents[record.value.document_id] = replace(record.value, case_id=case_id)
        return cases, documents
