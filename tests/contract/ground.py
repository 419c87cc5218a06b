"""What the contract suite needs of a server: connections for its users, and a look at it that is not our adapter's.

Another server joins by another ``Ground``. The variants of a mapping make one server stand for several kinds of them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.model.remote import RemoteObject
from clerk_desktop.server.application import Application, create_application
from clerk_desktop.server.rights import Role

RESOURCES = Path(__file__).parents[2] / "resources"
PASSWORD = "gut gehütet"
URL = "http://localhost/cmis"
USERS = ("admin", "post.blomberg", "clerk.blomberg", "post.luegde", "clerk.luegde")
SHARED = ("Vorlagen", "Vorlagen/Nummern")
VARIANTS: dict[str, dict[str, str]] = {
    "own": {},
    "patient": {
        'lookup = "query" ': 'lookup = "path" ',
        "[strategies]": '[strategies]\nverification = "read-back"\nlisting = "child-lists"',
    },
}


@dataclass(kw_only=True)
class Ground:
    """A server with users of two towns. ``wrap`` puts something between client and server."""

    application: Application
    mappings: Path
    opened: list[Backend] = field(default_factory=list)

    def connect(
        self, user: str, wrap: Callable[[httpx.BaseTransport], httpx.BaseTransport] = lambda transport: transport
    ) -> Backend:
        account = Account(url=URL, user=user, repository="clerk", mapping="mapping")
        transport = wrap(httpx.WSGITransport(app=self.application))
        backend = connect(account, basic(user, PASSWORD), mapping_dir=self.mappings, transport=transport)
        self.opened.append(backend)
        return backend

    def caller(self, user: str) -> httpx.Client:
        """Raw HTTP, for what no adapter does."""
        return httpx.Client(
            transport=httpx.WSGITransport(app=self.application), auth=httpx.BasicAuth(user.encode(), PASSWORD.encode())
        )

    def upload(self, path: str, name: str, content: bytes, type_id: str = "cmis:document", key: str = "") -> str:
        """Put a file into a folder as the administrator, with another program."""
        properties = {"cmis:objectTypeId": type_id, "cmis:name": name, "clerk:objectKey": key}
        fields = {"cmisaction": "createDocument", "succinct": "true"}
        for index, (property_id, value) in enumerate(item for item in properties.items() if item[1]):
            fields |= {f"propertyId[{index}]": property_id, f"propertyValue[{index}]": value}
        parts = [(name, (None, value.encode(), "text/plain; charset=utf-8")) for name, value in fields.items()]
        with self.caller("admin") as http:
            answer = http.post(
                f"{URL}/clerk/root/{path}", files=[*parts, ("content", ("content", content, "application/pdf"))]
            )
        assert answer.is_success, answer.text
        return str(answer.json()["succinctProperties"]["cmis:objectId"])

    def delete(self, server_id: str) -> None:
        with self.caller("admin") as http:
            answer = http.post(f"{URL}/clerk/root", data={"cmisaction": "delete", "objectId": server_id})
        assert answer.is_success, answer.text

    def tidy(self) -> None:
        """Delete what a test left behind: everything in the folders of the towns, and the shared files."""
        towns = [town.title for town in MUNICIPALITIES]
        for folder in (*(f"{top}/{town}" for top in ("Akten", "Posteingang") for town in towns), *SHARED):
            for server_id, base in self.children(folder):
                if folder not in SHARED or base == "cmis:document":
                    action = "deleteTree" if base == "cmis:folder" else "delete"
                    with self.caller("admin") as http:
                        answer = http.post(f"{URL}/clerk/root", data={"cmisaction": action, "objectId": server_id})
                    assert answer.is_success, answer.text

    def children(self, path: str) -> list[tuple[str, str]]:
        with self.caller("admin") as http:
            answer = http.get(f"{URL}/clerk/root/{path}", params={"cmisselector": "children", "succinct": "true"})
        found = [] if answer.status_code == 404 else [each["object"] for each in answer.json()["objects"]]
        properties = [each["succinctProperties"] for each in found]
        return [(each["cmis:objectId"], each["cmis:baseTypeId"]) for each in properties]

    def rename(self, server_id: str, name: str) -> None:
        fields = {"cmisaction": "update", "objectId": server_id, "propertyId[0]": "cmis:name", "propertyValue[0]": name}
        with self.caller("admin") as http:
            assert http.post(f"{URL}/clerk/root", data=fields).is_success


@contextmanager
def embedded_server(data: Path) -> Iterator[Application]:
    """The embedded server with its users. Passwords are slow to check: tests share it and tidy up after themselves."""
    towns = {town.key: town.title for town in MUNICIPALITIES}
    application = create_application(data, RESOURCES / "cmis-types", towns=towns)
    roles = {"admin": Role.ADMIN, "post": Role.MAILROOM, "clerk": Role.CLERK}
    for user in USERS:
        role, _, town = user.partition(".")
        application.accounts.add_user(user, PASSWORD, role=roles[role], municipality=town or None)
    try:
        yield application
    finally:
        application.close()


@contextmanager
def embedded_ground(application: Application, mappings: Path, variant: str) -> Iterator[Ground]:
    toml = (RESOURCES / "dms-mappings" / "embedded.toml").read_text(encoding="utf-8")
    for old, new in VARIANTS[variant].items():
        assert old in toml
        toml = toml.replace(old, new)
    (mappings / "mapping.toml").write_text(toml, encoding="utf-8")
    ground = Ground(application=application, mappings=mappings)
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


def opener(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(content)


def everything(backend: Backend) -> list[RemoteObject]:
    return [each for page in backend.everything() for each in page]
