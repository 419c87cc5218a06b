"""Makes the embedded server speak as Alfresco does, by the rules that are known of it and that a client trips over.

Change tokens are null and none is heeded. A document's id carries its version and changes with it; the id of its series
leads to the newest. There is no change log, no hash, no ordering, no count. Text parts of a form without a charset are
Latin-1. And the addresses it tells are those of its inner host behind the proxy. Types are named as its content model
names them, by the mapping.
"""

from __future__ import annotations

import json
import re
import threading
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx

from clerk_desktop.server.application import Application

OUTER = "https://dms.example/alfresco/api/-default-/public/cmis/versions/1.1/browser"
INNER = "http://alfresco:8080/alfresco/api/-default-/public/cmis/versions/1.1/browser"
EMBEDDED = "http://localhost/cmis"
IDS = ("objectId", "sourceFolderId", "targetFolderId", "folderId")


class Names:
    """Which id of the embedded server stands behind a series; shared by all connections."""

    def __init__(self) -> None:
        self._newest: dict[str, str] = {}
        self._lock = threading.Lock()

    def learn(self, series: str, object_id: str) -> None:
        with self._lock:
            self._newest[series] = object_id

    def behind(self, object_id: str) -> str:
        with self._lock:
            node = object_id.partition(";")[0]
            return self._newest.get(node, node)


class Disguise(httpx.BaseTransport):
    """The way to the disguised server."""

    def __init__(self, application: Application, names: Names) -> None:
        self._inner = httpx.WSGITransport(app=application)
        self._names = names

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        url = self._address(request.url)
        headers = {key: value for key, value in request.headers.items() if key not in ("host", "content-length")}
        sent = httpx.Request(request.method, url, headers=headers, content=self._form(request, body))
        answer = self._inner.handle_request(sent)
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            return self._answered(answer)
        return answer

    def close(self) -> None:
        self._inner.close()

    def _address(self, url: httpx.URL) -> httpx.URL:
        assert str(url).startswith(OUTER), f"a request to {url.host}"
        asked = [(key, value) for key, value in url.params.multi_items() if key != "filter"]
        kept = [(key, self._names.behind(value) if key in IDS else value) for key, value in asked]
        path = str(url.copy_with(query=None)).removeprefix(OUTER)
        return httpx.URL(EMBEDDED + path).copy_with(query=urlencode(kept).encode() or None)

    def _form(self, request: httpx.Request, body: bytes) -> bytes:
        kind = request.headers.get("Content-Type", "")
        if kind.startswith("application/x-www-form-urlencoded"):
            fields = [each for each in parse_qsl(body.decode(), keep_blank_values=True) if each[0] != "changeToken"]
            return urlencode(
                [(key, self._names.behind(value) if key in IDS else value) for key, value in fields]
            ).encode()
        if kind.startswith("multipart/form-data"):
            return self._parts(body, kind.rpartition("boundary=")[2].strip('"').encode())
        return body

    def _parts(self, body: bytes, boundary: bytes) -> bytes:
        """Read text parts as Alfresco does. The content part has a file name and is left as it is."""
        parts = body.split(b"--" + boundary)
        for place, part in enumerate(parts):
            head, mark, value = part.partition(b"\r\n\r\n")
            if not mark or b"filename=" in head:
                assert head.isascii(), "a file name that is read as Latin-1"
                continue
            name = re.search(rb'name="([^"]+)"', head)
            text = value.removesuffix(b"\r\n")
            if b"charset=utf-8" not in head.lower():
                text = text.decode("latin-1").encode()
            if name and name[1].decode() in IDS:
                text = self._names.behind(text.decode()).encode()
            if name and name[1] == b"changeToken":
                parts[place] = b""
                continue
            parts[place] = head + mark + text + b"\r\n"
        kept = [part for place, part in enumerate(parts) if part or place == 0]
        return (b"--" + boundary).join(kept)

    def _answered(self, answer: httpx.Response) -> httpx.Response:
        data = json.loads(answer.read() or b"null")
        answer.close()
        text = json.dumps(self._disguised(data)).replace(EMBEDDED, INNER)
        return httpx.Response(answer.status_code, content=text.encode(), headers={"Content-Type": "application/json"})

    def _disguised(self, data: Any) -> Any:
        if isinstance(data, list):
            return [self._disguised(each) for each in data]
        if not isinstance(data, dict):
            return data
        if "capabilities" in data:
            data["capabilities"] |= {"capabilityChanges": "none", "capabilityOrderBy": None}
            data |= {"latestChangeLogToken": None, "vendorName": "Alfresco", "productName": "Alfresco Community"}
        data.pop("numItems", None)
        if isinstance(data.get("cmis:objectId"), str):
            self._rename(data)
        if "propertyDefinitions" in data:
            data["propertyDefinitions"].pop("cmis:contentStreamHash", None)
        return {key: self._disguised(value) for key, value in data.items()}

    def _rename(self, properties: dict[str, Any]) -> None:
        series, object_id = properties.get("cmis:versionSeriesId"), properties["cmis:objectId"]
        if properties.get("cmis:isPrivateWorkingCopy"):
            properties["cmis:objectId"] = f"{object_id};pwc"
        elif isinstance(series, str) and isinstance(object_id, str):
            self._names.learn(series, object_id)
            label = properties.get("cmis:versionLabel") or "1.0"
            properties["cmis:objectId"] = f"{series};{label}"
        properties.pop("cmis:contentStreamHash", None)
        if "cmis:changeToken" in properties:
            properties["cmis:changeToken"] = None
