"""A served repository for tests: the application in process, and clients for its users. No port, no clock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from clerk_desktop.server.application import Application, create_application
from clerk_desktop.server.rights import Role

TYPES = Path(__file__).parents[2] / "resources" / "cmis-types"
TOWNS = {"blomberg": "Blomberg", "luegde": "Lügde", "kalletal": "Kalletal"}
PASSWORD = "gut gehütet"
SERVICE = "http://localhost/cmis"
ROOT = "http://localhost/cmis/clerk/root"
REPOSITORY = "http://localhost/cmis/clerk"


class Clock:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def fault(self) -> str | None:
        """The name of the CMIS exception, None when all went well."""
        if self.status < 400:
            return None
        name = self.json["exception"]
        assert isinstance(name, str)
        return name

    @property
    def properties(self) -> dict[str, Any]:
        assert self.fault is None, self.body
        found = self.json["succinctProperties"]
        assert isinstance(found, dict)
        return found

    @property
    def id(self) -> str:
        return str(self.properties["cmis:objectId"])


class Caller:
    """One user speaking raw HTTP to the application."""

    def __init__(self, application: Application, user: str, password: str = PASSWORD) -> None:
        self.http = httpx.Client(
            transport=httpx.WSGITransport(app=application, raise_app_exceptions=True),
            auth=httpx.BasicAuth(user.encode(), password.encode()),
        )

    def get(
        self,
        selector: str,
        object_id: str | None = None,
        *,
        url: str = ROOT,
        headers: Mapping[str, str] | None = None,
        **parameters: str,
    ) -> Reply:
        query = {"cmisselector": selector, "succinct": "true", **parameters}
        if object_id is not None:
            query["objectId"] = object_id
        return _reply(self.http.get(url, params=query, headers=dict(headers or {})))

    def ask_repository(self, selector: str, **parameters: str) -> Reply:
        return self.get(selector, None, url=REPOSITORY, headers=None, **parameters)

    def query(self, statement: str, **parameters: str) -> Reply:
        return self.ask_repository("query", q=statement, **parameters)

    def post(
        self,
        action: str,
        object_id: str | None = None,
        *,
        url: str = ROOT,
        properties: Mapping[str, object] | None = None,
        content: bytes | None = None,
        media_type: str = "application/pdf",
        file_name: str = "content.pdf",
        indexed: Mapping[str, str] | None = None,
        **controls: str,
    ) -> Reply:
        form = {"cmisaction": action, "succinct": "true", **controls, **(indexed or {})}
        form.update(property_controls(properties or {}))
        if object_id is not None:
            form["objectId"] = object_id
        if content is None:
            return _reply(self.http.post(url, data=form))
        parts: list[tuple[str, Any]] = [
            (name, (None, value.encode(), "text/plain; charset=utf-8")) for name, value in form.items()
        ]
        parts.append(("content", (file_name, content, media_type)))
        return _reply(self.http.post(url, files=parts))

    def create_document(
        self,
        folder: str,
        name: str,
        content: bytes | None = b"%PDF-1.7",
        type_id: str = "clerk:document",
        **properties: object,
    ) -> Reply:
        given = {"cmis:objectTypeId": type_id, "cmis:name": name, **_with_prefix(properties)}
        return self.post("createDocument", folder, properties=given, content=content)

    def create_folder(self, folder: str, name: str, type_id: str = "clerk:case", **properties: Any) -> Reply:
        given = {"cmis:objectTypeId": type_id, "cmis:name": name, **_with_prefix(properties)}
        return self.post("createFolder", folder, properties=given)

    def at(self, path: str) -> Reply:
        return self.get("object", url=f"{ROOT}/{path}")


def _with_prefix(properties: Mapping[str, object]) -> dict[str, object]:
    return {f"clerk:{key}": value for key, value in properties.items()}


def property_controls(properties: Mapping[str, object]) -> dict[str, str]:
    form: dict[str, str] = {}
    for index, (property_id, value) in enumerate(properties.items()):
        form[f"propertyId[{index}]"] = property_id
        if isinstance(value, list | tuple):
            for position, item in enumerate(value):
                form[f"propertyValue[{index}][{position}]"] = str(item)
        elif value is not None:
            form[f"propertyValue[{index}]"] = str(value).lower() if isinstance(value, bool) else str(value)
    return form


def _reply(response: httpx.Response) -> Reply:
    return Reply(status=response.status_code, headers=response.headers, body=response.content)


@dataclass(frozen=True, kw_only=True)
class Office:
    """An application and its callers: an administrator, and a clerk and the mailroom of each town."""

    application: Application
    clock: Clock

    def caller(self, user: str) -> Caller:
        return Caller(self.application, user)


@contextmanager
def opened_office(data: Path, *, users: Sequence[str] = ()) -> Iterator[Office]:
    """Users are given as ``clerk.TOWN``, ``post.TOWN`` or ``admin``."""
    clock = Clock()
    application = create_application(data, TYPES, towns=TOWNS, clock=clock, password_cost=1 << 4)
    known = set(application.accounts.names())
    for user in users:
        if user in known:
            continue
        role, _, town = user.partition(".")
        roles = {"admin": Role.ADMIN, "post": Role.MAILROOM}
        application.accounts.add_user(user, PASSWORD, role=roles.get(role, Role.CLERK), municipality=town or None)
    try:
        yield Office(application=application, clock=clock)
    finally:
        application.close()
