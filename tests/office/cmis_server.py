"""The embedded server as the office's server: the real adapter speaks CMIS to it, over a line that breaks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.model.remote import RemoteAnnotations, RemoteCase, RemoteDocument, RemoteEvent, RemoteObject
from clerk_desktop.server.application import create_application, utc_now
from clerk_desktop.server.rights import Role
from tests.contract.alfresco import OUTER, Disguise, Names
from tests.contract.ground import PASSWORD, Ground, Place
from tests.contract.grounds import install_types
from tests.contract.whole_seconds import WholeSeconds
from tests.office.network import Line, Network, Wire
from tests.office.serverside import Truth, in_their_cases

RESOURCES = Path(__file__).parents[2] / "resources"
URL = "http://localhost/cmis"


class CmisServer:
    """Implements ``ServerSide`` on a server that is up, spoken to by the DMS mapping of that name."""

    def __init__(self, place: Place, mapping: str, add_user: Callable[[str, str], None], end: ExitStack) -> None:
        """``add_user`` gets name and town; ``end`` is closed with the server."""
        self._place = place
        self._mapping = mapping
        self._add_user = add_user
        self._end = end
        self._http = place.caller("admin")
        self._admin = self._backend("admin", place.transport())

    def _backend(self, user: str, transport: httpx.BaseTransport) -> Backend:
        place = self._place
        account = Account(url=place.url, user=user, repository=place.repository, mapping=self._mapping)
        auth = basic(user, PASSWORD)
        return connect(account, auth, mapping_dir=RESOURCES / "dms-mappings", transport=transport)

    def add_user(self, user: str, town: str) -> None:
        self._add_user(user, town)

    def connect(self, user: str, network: Network) -> Backend:
        with network.request("sign_in"):
            wire = Wire(self._place.transport(), network)
            return Line(self._backend(user, wire), network, on_wire=False)

    def close(self) -> None:
        self._admin.close()
        self._http.close()
        self._end.close()

    def keys(self) -> list[str]:
        return [key_of(remote) for remote in self._everything()]

    def truth(self, town: str) -> Truth:
        objects = self._everything()
        cases = {
            remote.case.case_id: remote
            for remote in objects
            if isinstance(remote, RemoteCase) and remote.case.municipality == town
        }
        documents = (
            remote for remote in objects if isinstance(remote, RemoteDocument) and remote.document.municipality == town
        )
        return in_their_cases(cases, documents)

    def series(self, key: str) -> str:
        return self._find(key).ref.series_id

    def edit_case(self, key: str, *changes: CaseChange) -> None:
        remote = self._find(key)
        assert isinstance(remote, RemoteCase)
        self._admin.update_case(remote, changes)

    def edit_document(self, key: str, *changes: DocumentChange) -> None:
        remote = self._find(key)
        assert isinstance(remote, RemoteDocument)
        self._admin.update_document(remote, changes)

    def put_into(self, document_key: str, case_key: str) -> None:
        self._admin.move(self._find(document_key).ref, self._find(case_key).ref)

    def delete(self, key: str) -> None:
        remote = self._find(key)
        action = "deleteTree" if isinstance(remote, RemoteCase) else "delete"
        form = {"cmisaction": action, "objectId": remote.ref.server_id, "allVersions": "true"}
        assert self._http.post(self._place.root_url, data=form).is_success

    def _everything(self) -> list[RemoteObject]:
        return [remote for page in self._admin.everything() for remote in page]

    def _find(self, key: str) -> RemoteObject:
        return next(remote for remote in self._everything() if key_of(remote) == key)


def key_of(remote: RemoteObject) -> str:
    match remote:
        case RemoteCase(case=Case(case_id=key)):
            return key
        case RemoteDocument(document=Document(document_id=key)):
            return key
        case RemoteEvent():
            return remote.event.event_id
        case RemoteAnnotations():
            return remote.annotations.annotation_set_id


def embedded(
    folder: Path,
    mapping: str = "embedded",
    *,
    whole_seconds_of: Callable[[], datetime] | None = None,
    dated_beside: timedelta = timedelta(),
) -> CmisServer:
    """The embedded server; in the disguise of Alfresco where the mapping is Alfresco's.

    ``whole_seconds_of``: the server's clock, of which it then tells whole seconds only; its answers are dated
    ``dated_beside`` it.
    """
    alfresco = mapping == "alfresco"
    types = folder / "no-types" if alfresco else RESOURCES / "cmis-types"
    types.mkdir(exist_ok=True)
    towns = {town.key: town.title for town in MUNICIPALITIES}
    clock = whole_seconds_of or utc_now
    application = create_application(folder / "server", types, towns=towns, password_cost=1 << 4, clock=clock)
    application.accounts.add_user("admin", PASSWORD, role=Role.ADMIN, municipality=None)
    end = ExitStack()
    end.callback(application.close)
    names = Names()

    def transport() -> httpx.BaseTransport:
        exact = Disguise(application, names) if alfresco else httpx.WSGITransport(app=application)
        return exact if whole_seconds_of is None else WholeSeconds(exact, clock, dated_beside)

    place = Place(url=OUTER if alfresco else URL, repository="clerk", transport=transport)
    if alfresco:
        install_types(place, mapping)

    def add_user(user: str, town: str) -> None:
        application.accounts.add_user(user, PASSWORD, role=Role.MAILROOM, municipality=town)

    return CmisServer(place, mapping, add_user, end)


def foreign(place: Place, mapping: str) -> CmisServer:
    """A server that is not ours and to which everybody is known; it is tidied up at the end."""
    end = ExitStack()
    end.callback(Ground(place=place, mappings=RESOURCES).tidy)
    return CmisServer(place, mapping, lambda user, town: None, end)
