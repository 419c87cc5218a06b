"""Answers as CMIS servers give them, written from the text of the standard, and a transport that plays them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.cmis.mapping import Mapping, load_mapping
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account

MAPPINGS = Path(__file__).parents[2] / "resources" / "dms-mappings"
URL = "https://dms.example/cmis"
ROOT = f"{URL}/R/root"
DOCUMENT_TYPE = {
    "id": "clerk:document",
    "versionable": True,
    "propertyDefinitions": {
        "cmis:contentStreamHash": {"id": "cmis:contentStreamHash"},
        "clerk:objectKey": {"id": "clerk:objectKey"},
    },
}
Handler = Callable[[httpx.Request], httpx.Response]


def embedded() -> Mapping:
    return load_mapping(MAPPINGS, "embedded")


def info(**more: Any) -> dict[str, Any]:
    return {
        "repositoryId": "R",
        "repositoryName": "Akten",
        "vendorName": "Town",
        "productName": "DMS",
        "productVersion": "1",
        "cmisVersionSupported": "1.1",
        "rootFolderUrl": ROOT,
        "repositoryUrl": f"{URL}/R",
        "rootFolderId": "0",
        "latestChangeLogToken": "7",
        "capabilities": {"capabilityChanges": "objectidsonly", "capabilityGetDescendants": True},
        **more,
    }


def answer(data: object, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=data, headers=headers)


def refusal(exception: str, status: int) -> httpx.Response:
    return answer({"exception": exception, "message": "…"}, status)


def parameters(request: httpx.Request) -> dict[str, str]:
    """Everything a request says, in its address and its urlencoded form."""
    found = dict(request.url.params)
    if request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        found.update(httpx.QueryParams(request.content.decode()))
    return found


def served(handler: Handler, told: dict[str, Any] | None = None) -> httpx.MockTransport:
    """A server with a service document and a document type; everything else is answered by ``handler``.

    ``told``: what it says of its repository.
    """

    def handle(request: httpx.Request) -> httpx.Response:
        if str(request.url) == URL:
            return answer({"R": told or info()})
        if request.url.params.get("cmisselector") == "typeDefinition":
            return answer(DOCUMENT_TYPE)
        return handler(request)

    return httpx.MockTransport(handle)


def connected(handler: Handler, mapping: str = "embedded", told: dict[str, Any] | None = None) -> Backend:
    account = Account(url=URL, user="post", repository="R", mapping=mapping)
    return connect(account, basic(account.user, "secret"), mapping_dir=MAPPINGS, transport=served(handler, told))


def pretty(data: object) -> bytes:
    return json.dumps(data, indent=1).encode()
