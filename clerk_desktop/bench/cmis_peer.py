"""One CMIS server as the benchmark meets it: bare HTTP on one connection, so that little but the server counts."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

BOUNDARY = "clerk-bench"
PIECE = 1 << 20


class Peer:
    """A server by its service URL; ``user`` and ``password`` for Basic authentication. Close it when done."""

    def __init__(self, url: str, user: str, password: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._http = http.client.HTTPConnection(parts.hostname, parts.port, timeout=600)
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._always = {"Authorization": f"Basic {token}", "Accept": "application/json"}
        info = next(iter(json.loads(self._get(parts.path, {})).values()))
        self._repository = urlsplit(info["repositoryUrl"]).path
        self._root = urlsplit(info["rootFolderUrl"]).path
        self.root_id: str = info["rootFolderId"]

    def close(self) -> None:
        """Close the connection; the next request opens a new one. Servers close those that are idle for long."""
        self._http.close()

    def children(self, folder: str, count: int) -> bytes:
        """List a folder and leave the answer as it came."""
        return self._get(self._root, {"objectId": folder, "cmisselector": "children", "maxItems": str(count)})

    def query(self, statement: str, count: int) -> bytes:
        """Ask a query and leave the answer as it came."""
        return self._get(self._repository, {"cmisselector": "query", "q": statement, "maxItems": str(count)})

    def folder(self, name: str) -> str:
        """Create a folder below the root; returns its id."""
        given = _properties({"cmis:objectTypeId": "cmis:folder", "cmis:name": name})
        return self._created({"cmisaction": "createFolder", "objectId": self.root_id, **given})

    def empty_document(self, name: str, folder: str | None = None) -> str:
        """Create a document without content, filed nowhere unless in ``folder``; returns its id."""
        given = _properties({"cmis:objectTypeId": "cmis:document", "cmis:name": name})
        place = {} if folder is None else {"objectId": folder}
        return self._created({"cmisaction": "createDocument", **place, **given}, at_root=folder is not None)

    def document(self, name: str, folder: str, size: int, pieces: Iterator[bytes]) -> str:
        """Create a document whose ``size`` bytes of content come in pieces; returns its id."""
        given = _properties({"cmis:objectTypeId": "cmis:document", "cmis:name": name})
        fields = {"cmisaction": "createDocument", "objectId": folder, "succinct": "true", **given}
        head = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="content"; filename="a.bin"\r\n'
        head += "Content-Type: application/octet-stream\r\n\r\n"
        first, last = head.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
        headers = {
            **self._always,
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(first) + size + len(last)),
        }
        body = _chain(first, pieces, last) if size > PIECE else b"".join(_chain(first, pieces, last))
        self._http.request("POST", self._root, body, headers)
        found: dict[str, Any] = json.loads(self._answer())
        return str(found["succinctProperties"]["cmis:objectId"])

    def content(self, document: str) -> Iterator[int]:
        """Read a document's content to its end; yields the lengths of the pieces."""
        asked = {"objectId": document, "cmisselector": "content"}
        self._http.request("GET", f"{self._root}?{urlencode(asked)}", headers=self._always)
        response = self._http.getresponse()
        while piece := response.read(PIECE):
            yield len(piece)

    def _created(self, fields: Mapping[str, str], *, at_root: bool = True) -> str:
        headers = {**self._always, "Content-Type": "application/x-www-form-urlencoded"}
        address = self._root if at_root else self._repository
        self._http.request("POST", address, urlencode({"succinct": "true", **fields}), headers)
        return str(json.loads(self._answer())["succinctProperties"]["cmis:objectId"])

    def _get(self, path: str, asked: Mapping[str, str]) -> bytes:
        self._http.request("GET", f"{path}?{urlencode({'succinct': 'true', **asked})}", headers=self._always)
        return self._answer()

    def _answer(self) -> bytes:
        response = self._http.getresponse()
        body = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{response.status}: {body[:300]!r}")
        return body


def _chain(first: bytes, pieces: Iterator[bytes], last: bytes) -> Iterator[bytes]:
    yield first
    yield from pieces
    yield last


def _properties(values: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for index, (property_id, value) in enumerate(values.items()):
        found |= {f"propertyId[{index}]": property_id, f"propertyValue[{index}]": value}
    return found
