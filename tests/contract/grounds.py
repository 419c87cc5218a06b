"""The servers that the contract suite runs on, and the mappings it speaks to each of them with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from clerk_desktop.backend.cmis.administration import open_administration
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.administration import TypeState
from clerk_desktop.model.municipality import MUNICIPALITIES
from clerk_desktop.server.application import Application, create_application
from clerk_desktop.server.rights import Role
from tests.contract.alfresco import OUTER, Disguise, Names
from tests.contract.ground import PASSWORD, RESOURCES, SHARED, TOWN_FOLDERS, Place
from tests.interop.inmemory import REPOSITORY, inmemory_server

USERS = ("admin", "post.blomberg", "clerk.blomberg", "post.luegde", "clerk.luegde")
PATIENT = {
    'lookup = "query" ': 'lookup = "path" ',
    "[strategies]": '[strategies]\nverification = "read-back"\nlisting = "child-lists"',
}
WITH_LOG = {'tracking = "modified-since"': 'tracking = "change-log"'}


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A server with a mapping. ``changes`` to the mapping as it ships; ``version`` is the label of a new letter."""

    server: str
    mapping: str
    changes: dict[str, str] = field(default_factory=dict)
    version: str = "1.0"


VARIANTS = {
    "embedded-own": Variant(server="embedded", mapping="embedded"),
    "embedded-patient": Variant(server="embedded", mapping="embedded", changes=PATIENT),
    "embedded-plain": Variant(server="embedded", mapping="plain", changes=WITH_LOG, version=""),
    "alfresco-like": Variant(server="alfresco", mapping="alfresco"),
    "inmemory-own": Variant(server="inmemory", mapping="opencmis-inmemory"),
    "inmemory-plain": Variant(server="inmemory", mapping="plain", version=""),
}


@contextmanager
def embedded_place(data: Path) -> Iterator[Place]:
    """The embedded server with its users. Passwords are slow to check: tests share it and tidy up after themselves."""
    with _application(data, RESOURCES / "cmis-types") as application:
        yield Place(
            url="http://localhost/cmis",
            repository="clerk",
            transport=lambda: httpx.WSGITransport(app=application),
        )


@contextmanager
def alfresco_place(data: Path) -> Iterator[Place]:
    """The embedded server, without its own types, in the disguise of Alfresco with our content model deployed."""
    no_types = data / "no-types"
    no_types.mkdir()
    with _application(data / "server", no_types) as application:
        names = Names()
        place = Place(url=OUTER, repository="clerk", transport=lambda: Disguise(application, names))
        install_types(place, "alfresco")
        yield place


@contextmanager
def _application(data: Path, types: Path) -> Iterator[Application]:
    towns = {town.key: town.title for town in MUNICIPALITIES}
    application = create_application(data, types, towns=towns)
    roles = {"admin": Role.ADMIN, "post": Role.MAILROOM, "clerk": Role.CLERK}
    for user in USERS:
        role, _, town = user.partition(".")
        application.accounts.add_user(user, PASSWORD, role=roles[role], municipality=town or None)
    try:
        yield application
    finally:
        application.close()


@contextmanager
def inmemory_place() -> Iterator[Place]:
    """The OpenCMIS InMemory server, made ready as an administrator would: our types, the folders of the office."""
    with inmemory_server() as server:
        place = Place(url=server.url, repository=REPOSITORY, transport=httpx.HTTPTransport)
        install_types(place, "opencmis-inmemory")
        make_folders(place)
        yield place


def install_types(place: Place, mapping: str) -> None:
    """Create our types under the names of a mapping."""
    account = Account(url=place.url, user="admin", repository=place.repository, mapping=mapping)
    administration = open_administration(
        account,
        basic("admin", PASSWORD),
        mapping_dir=RESOURCES / "dms-mappings",
        types_dir=RESOURCES / "cmis-types",
        transport=place.transport(),
    )
    with closing(administration):
        assert {report.state for report in administration.install_types()} == {TypeState.CREATED}


def make_folders(place: Place) -> None:
    """Create the folders of an office."""
    with place.caller("admin") as http:
        for path in ("Akten", "Posteingang", *TOWN_FOLDERS, *SHARED):
            above, _, name = path.rpartition("/")
            fields = {
                "cmisaction": "createFolder",
                "propertyId[0]": "cmis:objectTypeId",
                "propertyValue[0]": "cmis:folder",
                "propertyId[1]": "cmis:name",
                "propertyValue[1]": name,
            }
            answer = http.post(f"{place.root_url}/{above}", data=fields)
            assert answer.is_success, answer.text
