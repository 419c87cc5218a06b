"""What the contract suite needs of a server: connections for its users, and a look at it that is not our adapter's.

Another server joins by another ``Ground``. The variants of a mapping make one server stand for several kinds of them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.cmis.mapping import Mapping, load_mapping
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.model.remote import RemoteObject

RESOURCES = Path(__file__).parents[2] / "resources"
PASSWORD = "gut gehütet"
SHARED = ("Vorlagen", "Vorlagen/Nummern")
TOWN_FOLDERS = tuple(f"{top}/{town.title}" for top in ("Akten", "Posteingang") for town in MUNICIPALITIES)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A server that is up: its service URL, its repository, and a new way there for each connection."""

    url: str
    repository: str
    transport: Callable[[], httpx.BaseTransport]

    @property
    def root_url(self) -> str:
        return f"{self.url}/{self.repository}/root"

    def caller(self, user: str) -> httpx.Client:
        """Raw HTTP, for what no adapter does."""
        return httpx.Client(transport=self.transport(), auth=httpx.BasicAuth(user.encode(), PASSWORD.encode()))


@dataclass(kw_only=True)
class Ground:
    """A server with users of two towns, spoken to by one mapping.

    ``wrap`` puts something between client and server. ``version`` is the label of a new letter.
    """

    place: Place
    mappings: Path
    version: str = "1.0"
    opened: list[Backend] = field(default_factory=list)

    @property
    def mapping(self) -> Mapping:
        return load_mapping(self.mappings, "mapping")

    @property
    def root_url(self) -> str:
        return self.place.root_url

    def connect(
        self, user: str, wrap: Callable[[httpx.BaseTransport], httpx.BaseTransport] = lambda transport: transport
    ) -> Backend:
        account = Account(url=self.place.url, user=user, repository=self.place.repository, mapping="mapping")
        backend = connect(
            account, basic(user, PASSWORD), mapping_dir=self.mappings, transport=wrap(self.place.transport())
        )
        self.opened.append(backend)
        return backend

    def caller(self, user: str) -> httpx.Client:
        return self.place.caller(user)

    def upload(self, path: str, name: str, content: bytes, *, letter: bool = False, key: str = "") -> str:
        """Put a file into a folder as the administrator, with another program; as one of our letters if told so."""
        properties = {"cmis:objectTypeId": "cmis:document", "cmis:name": name}
        if letter:
            properties |= self._letter(key)
        fields = {"cmisaction": "createDocument", "succinct": "true", "versioningState": "none"}
        if letter and self.version:
            fields["versioningState"] = "major"
        for index, (property_id, value) in enumerate(item for item in properties.items() if item[1]):
            fields |= {f"propertyId[{index}]": property_id, f"propertyValue[{index}]": value}
        parts = [(name, (None, value.encode(), "text/plain; charset=utf-8")) for name, value in fields.items()]
        with self.caller("admin") as http:
            answer = http.post(
                f"{self.root_url}/{path}", files=[*parts, ("content", ("content", content, "application/pdf"))]
            )
        assert answer.is_success, answer.text
        return str(answer.json()["succinctProperties"]["cmis:objectId"])

    def _letter(self, key: str) -> dict[str, str]:
        mapping = self.mapping
        if mapping.notes is None:
            return {"cmis:objectTypeId": mapping.types.document, mapping.document.object_key: key}
        note: dict[str, Any] = {"clerk-desktop": 1, "type": mapping.types.document}
        note |= {mapping.document.object_key: key} if key else {}
        return {"cmis:objectTypeId": mapping.notes.document, mapping.notes.property: json.dumps(note)}

    def delete(self, server_id: str) -> None:
        action = "deleteTree" if self.is_folder(server_id) else "delete"
        with self.caller("admin") as http:
            answer = http.post(self.root_url, data={"cmisaction": action, "objectId": server_id, "allVersions": "true"})
        assert answer.is_success, answer.text

    def is_folder(self, server_id: str) -> bool:
        parameters = {"cmisselector": "object", "objectId": server_id, "succinct": "true"}
        with self.caller("admin") as http:
            found = http.get(self.root_url, params=parameters).json()
        return bool(found["succinctProperties"]["cmis:baseTypeId"] == "cmis:folder")

    def tidy(self) -> None:
        """Delete what a test left behind: everything in the folders of the towns, and the shared files."""
        for folder in (*TOWN_FOLDERS, *SHARED):
            for server_id, base in self.children(folder):
                if folder not in SHARED or base == "cmis:document":
                    self.delete(server_id)

    def children(self, path: str) -> list[tuple[str, str]]:
        with self.caller("admin") as http:
            answer = http.get(f"{self.root_url}/{path}", params={"cmisselector": "children", "succinct": "true"})
        found = [] if answer.status_code == 404 else [each["object"] for each in answer.json()["objects"]]
        properties = [each["succinctProperties"] for each in found]
        return [(each["cmis:objectId"], each["cmis:baseTypeId"]) for each in properties]

    def rename(self, server_id: str, name: str) -> None:
        fields = {"cmisaction": "update", "objectId": server_id, "propertyId[0]": "cmis:name", "propertyValue[0]": name}
        with self.caller("admin") as http:
            assert http.post(self.root_url, data=fields).is_success


def write_mapping(directory: Path, name: str, changes: dict[str, str]) -> None:
    """Put a mapping that ships with the program into a folder as ``mapping``, with some lines changed."""
    toml = (RESOURCES / "dms-mappings" / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in toml
        toml = toml.replace(old, new)
    (directory / "mapping.toml").write_text(toml, encoding="utf-8")


@contextmanager
def standing(place: Place, mappings: Path, version: str) -> Iterator[Ground]:
    """A ground for one test; connections are closed and the server is tidied up afterwards."""
    ground = Ground(place=place, mappings=mappings, version=version)
    try:
        yield ground
    finally:
        for backend in ground.opened:
            backend.close()
        ground.tidy()


class LosesReplies(httpx.BaseTransport):
    """Passes requests on and loses the answer to each ``nth`` form that is sent (from 1): it has happened, but nobody
    says so.
    """

    def __init__(self, inner: httpx.BaseTransport, nth: int, error: type[httpx.TransportError]) -> None:
        self._inner = inner
        self._left = nth
        self._error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        if request.method == "POST":
            self._left -= 1
            if self._left == 0:
                response.read()
                response.close()
                raise self._error("", request=request)
        return response

    def close(self) -> None:
        self._inner.close()


def opener(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(content)


def everything(backend: Backend) -> list[RemoteObject]:
    return [each for page in backend.everything() for each in page]
