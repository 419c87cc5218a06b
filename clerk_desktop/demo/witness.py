"""Reads evidence back from the server with nothing but the standard library: not through our own client."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

ROWS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositedDocument:
    """A document as the server tells it. ``path`` is its place; ``content_sha256`` was computed here from its bytes."""

    object_key: str
    path: str
    stated_sha256: str
    source_sha256: str
    content_sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerWitness:
    """Looks at a CMIS Browser Binding repository as one user. ``url`` is the service URL."""

    url: str
    user: str
    password: str

    def documents(self, folder: str) -> tuple[DepositedDocument, ...]:
        """Return all documents below a folder path, each downloaded and hashed."""
        tree = self._json(self._root() + urllib.parse.quote(folder), cmisselector="descendants", depth="-1")
        return tuple(self._walk(tree, folder))

    def case_numbers(self) -> tuple[str, ...]:
        """Return the numbers of all cases this user can query."""
        statement = "SELECT clerk:caseNumber FROM clerk:case"
        answer = self._json(self._repository(), cmisselector="query", q=statement, maxItems=str(ROWS))
        return tuple(row["succinctProperties"]["clerk:caseNumber"] for row in answer["results"])

    def _walk(self, nodes: list[dict[str, Any]], folder: str) -> list[DepositedDocument]:
        found = []
        for node in nodes:
            properties = node["object"]["object"]["succinctProperties"]
            path = f"{folder}/{properties['cmis:name']}"
            if properties["cmis:objectTypeId"] == "clerk:document":
                found.append(self._hashed(properties, path))
            found += self._walk(node.get("children", []), path)
        return found

    def _hashed(self, properties: dict[str, Any], path: str) -> DepositedDocument:
        digest = hashlib.sha256()
        where = self._address(self._root(), cmisselector="content", objectId=properties["cmis:objectId"])
        with self._open(where) as answer:
            while piece := answer.read(1 << 20):
                digest.update(piece)
        return DepositedDocument(
            object_key=properties["clerk:objectKey"],
            path=path,
            stated_sha256=properties["clerk:sha256"] or "",
            source_sha256=properties["clerk:sourceSha256"] or "",
            content_sha256=digest.hexdigest(),
        )

    def _repository(self) -> str:
        return str(self._info()["repositoryUrl"])

    def _root(self) -> str:
        return str(self._info()["rootFolderUrl"])

    def _info(self) -> dict[str, Any]:
        service = self._json(self.url)
        info: dict[str, Any] = next(iter(service.values()))
        return info

    def _json(self, base: str, **parameters: str) -> Any:  # noqa: ANN401 - JSON
        with self._open(self._address(base, succinct="true", **parameters)) as answer:
            return json.load(answer)

    def _address(self, base: str, **parameters: str) -> str:
        return f"{base}?{urllib.parse.urlencode(parameters)}"

    def _open(self, address: str) -> Any:  # noqa: ANN401 - urllib's answer has no public type of its own
        secret = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request = urllib.request.Request(address, headers={"Authorization": f"Basic {secret}"})  # noqa: S310 - http only
        return urllib.request.urlopen(request, timeout=60)  # noqa: S310 - the address is our own server's
