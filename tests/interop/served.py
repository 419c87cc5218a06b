"""The embedded server on a port, with an administrator, as the foreign programs meet it."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from clerk_desktop.server.rights import Role
from clerk_desktop.server.serving import EmbeddedServer

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "interop"
"""Where fetched programs and whole reports are kept."""
SECONDARY = "tck:secondary"


@dataclass(frozen=True, kw_only=True)
class Served:
    """A server and its administrator. ``folder``: room for the files of a run."""

    url: str
    user: str
    password: str
    folder: Path


@contextmanager
def served() -> Iterator[Served]:
    """Serve an empty repository as long as the context lasts."""
    password = secrets.token_urlsafe()
    with (
        tempfile.TemporaryDirectory() as place,
        EmbeddedServer(
            Path(place) / "data", ROOT / "resources" / "cmis-types", towns={"blomberg": "Blomberg"}
        ) as server,
    ):
        server.application.accounts.add_user("admin", password, role=Role.ADMIN)
        yield Served(url=server.url, user="admin", password=password, folder=Path(place))


def create_secondary_type(server: Served) -> None:
    """Create a secondary type: our own types need none, and this proves ``createType`` as well."""
    definition = {
        "id": SECONDARY,
        "baseId": "cmis:secondary",
        "parentId": "cmis:secondary",
        "localName": "probe",
        "localNamespace": "tck",
        "displayName": "Probe",
        "queryName": SECONDARY,
        "description": "A secondary type",
        "creatable": True,
        "fileable": False,
        "queryable": True,
        "fulltextIndexed": True,
        "includedInSupertypeQuery": True,
        "controllablePolicy": False,
        "controllableACL": False,
        "propertyDefinitions": {
            "tck:note": {
                "id": "tck:note",
                "localName": "note",
                "localNamespace": "tck",
                "displayName": "Note",
                "queryName": "tck:note",
                "description": "A note",
                "propertyType": "string",
                "cardinality": "single",
                "updatability": "readwrite",
                "required": False,
                "queryable": True,
                "orderable": True,
                "openChoice": True,
                "inherited": False,
            }
        },
    }
    form = {"cmisaction": "createType", "type": json.dumps(definition)}
    httpx.post(f"{server.url}/clerk", data=form, auth=(server.user, server.password)).raise_for_status()
