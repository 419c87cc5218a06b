"""An office over real sockets: the embedded server, a proxy that spoils the line, and a clerk's whole day of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.line import Line
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.disposition import Disposition
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer
from clerk_desktop.usecases.dispositions import Dispositions
from tests.contract.ground import PASSWORD, Place
from tests.lines.tcp_proxy import TcpProxy
from tests.office.cmis_server import RESOURCES, CmisServer
from tests.office.network import Network
from tests.office.office import Office
from tests.office.station import Station

LIMITS = httpx.Limits(max_connections=4, max_keepalive_connections=2)
PATIENCE = 100.0
TOWNS = {town.key: town.title for town in MUNICIPALITIES}


class Hasty(httpx.BaseTransport):
    """The real way to a server with less patience than the program has, so that silence is over soon.

    Only while the line is silent: a server that answers may take as long as a busy machine needs.
    """

    def __init__(self, url: str, proxy: TcpProxy, seconds: float) -> None:
        self._inner = Line().transport(url, LIMITS)
        self._proxy = proxy
        self._seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        silent = self._proxy.weather.deaf or self._proxy.weather.mute
        request.extensions["timeout"] = httpx.Timeout(self._seconds if silent else PATIENCE).as_dict()
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class BehindProxy(CmisServer):
    """Stations reach the server through the proxy; whoever looks for the truth reaches it at its own port."""

    def __init__(self, server: EmbeddedServer, proxy: TcpProxy, patience: float, end: ExitStack) -> None:
        server.application.accounts.add_user("admin", PASSWORD, role=Role.ADMIN, municipality=None)
        self._accounts = server.application.accounts
        self._proxy = proxy
        self._through = f"http://127.0.0.1:{proxy.port}/cmis"
        self._patience = patience
        place = Place(url=server.url, repository="clerk", transport=httpx.HTTPTransport)
        super().__init__(place, "embedded", self._add, end)

    def connect(self, user: str, network: Network) -> Backend:
        account = Account(url=self._through, user=user, repository="clerk", mapping="embedded")
        transport = Hasty(self._through, self._proxy, self._patience)
        auth = basic(user, PASSWORD)
        return connect(account, auth, mapping_dir=RESOURCES / "dms-mappings", transport=transport)

    def _add(self, user: str, town: str) -> None:
        self._accounts.add_user(user, PASSWORD, role=Role.MAILROOM, municipality=town)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one clerk did and what must be on the server once."""

    case_id: CaseId
    letter: DocumentId
    order: EventId


@dataclass(frozen=True, kw_only=True)
class ServedOffice:
    """``clerk`` sits behind ``proxy``."""

    office: Office[CmisServer]
    clerk: Station
    proxy: TcpProxy

    def work(self) -> Work:
        """A new case, a scan filed in it, fields, a mark, a disposition: one of every operation."""
        clerk = self.clerk
        case_id = clerk.open_case("Hundesteuer")
        [letter] = clerk.scan(b"%PDF small")
        clerk.file(letter, case_id, sender="Kreis Lippe")
        clerk.edit_case(case_id, subject="Hundesteuer 2026")
        clerk.mark(letter, "prüfen")
        orders = Dispositions(clerk.store, clerk.clock)
        wanted = Disposition(kind=EventKind.FOR_INFORMATION, text="zur Kenntnis")
        order = orders.dispose_by_id(case_id, wanted).event_id
        return Work(case_id=case_id, letter=letter, order=order)

    def day(self, cases: int, letters: int) -> list[Work]:
        """A day at the office: so many cases with all that belongs to one, and in each so many more marked letters."""
        works = []
        for _ in range(cases):
            work = self.work()
            for number in range(letters):
                [more] = self.clerk.scan(f"%PDF {work.case_id} {number}".encode())
                self.clerk.file(more, work.case_id, subject=f"Anlage {number}")
                self.clerk.mark(more, f"Seite {number}")
            works.append(work)
        return works

    def assert_day(self, works: list[Work], letters: int) -> None:
        """Everything of a day is on the server once, each letter in its case with its mark."""
        for work in works:
            self.assert_once(work)
        documents = self.office.truth().documents
        for work in works:
            inside = [key for key, document in documents.items() if document.case_id == work.case_id]
            assert len(inside) == 1 + letters
            more = [key for key in inside if documents[key].subject.startswith("Anlage ")]
            told = set().union(*(self.clerk.notes(key) for key in more))
            assert told == {f"anna: Seite {number}" for number in range(letters)}

    def assert_once(self, work: Work) -> None:
        """Everything of it is on the server once, as the clerk left it, and nothing waits any more."""
        keys = Counter(self.office.server.keys())
        assert [key for key, count in keys.items() if count > 1] == []
        assert {work.case_id, work.letter, work.order} <= set(keys)
        assert self.clerk.outbox() == ()
        assert self.clerk.conflicts() == ()
        self.office.assert_shows_server(self.clerk)
        case = self.office.truth().cases[work.case_id]
        assert (case.subject, case.number_final) == ("Hundesteuer 2026", True)
        assert self.office.truth().documents[work.letter].sender == "Kreis Lippe"
        assert self.clerk.notes(work.letter) == {"anna: prüfen"}


@contextmanager
def served_office(place: Path, patience: float = PATIENCE) -> Iterator[ServedOffice]:
    """``patience``: seconds that the client waits for the next byte of a line that is silent."""
    with ExitStack() as end:
        server = end.enter_context(EmbeddedServer(place / "server", RESOURCES / "cmis-types", towns=TOWNS))
        proxy = end.enter_context(TcpProxy(urlsplit(server.url).port or 0))
        office = Office(place, BehindProxy(server, proxy, patience, ExitStack()))
        end.callback(office.close)
        yield ServedOffice(office=office, clerk=office.station("anna"), proxy=proxy)
