"""Plays a server of another maker by what is asked, and keeps what was asked; one letter and one file of marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx

from clerk_desktop.backend.cmis.connect import connect
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import DocumentChange
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, DocumentId
from tests.backend.exchanges import MAPPINGS, answer, info, parameters

OUTER = "https://dms.example/alfresco/cmis/browser"
INNER = "http://alfresco:8080/alfresco/cmis/browser"
FOLDER = {"succinctProperties": {"cmis:objectId": "f1", "cmis:path": "/Posteingang/Blomberg", "cmis:name": "Blomberg"}}
SENDER = (DocumentChange(field=DocumentField.SENDER, text="Meier"),)
MARKS = AnnotationFile(
    annotation_set_id=AnnotationSetId("s"), document_id=DocumentId("k1"), author="a", content=b"<mine/>"
)


@dataclass
class Recorded:
    """Plays answers by what is asked, and keeps what was asked."""

    capabilities: dict[str, Any]
    reply: Callable[[dict[str, str]], httpx.Response]
    mapping: str
    type_definition: dict[str, Any] = field(default_factory=dict)
    base: str = INNER
    mappings: Path = MAPPINGS
    seen: list[httpx.Request] = field(default_factory=list)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if str(request.url) == OUTER:
            told = info(
                repositoryUrl=f"{self.base}/R", rootFolderUrl=f"{self.base}/R/root", capabilities=self.capabilities
            )
            return answer({"R": {**told, "latestChangeLogToken": None}})
        asked = {**parameters(request), "path": unquote(request.url.path)}
        if asked.get("cmisselector") == "typeDefinition":
            return answer({"id": asked["typeId"], "versionable": True, **self.type_definition})
        if asked.get("cmisselector") == "parents":
            return answer([{"object": FOLDER}])
        return self.reply(asked)

    def backend(self) -> Backend:
        account = Account(url=OUTER, user="post", repository="R", mapping=self.mapping)
        transport = httpx.MockTransport(self.handle)
        return connect(account, basic("post", "x"), mapping_dir=self.mappings, transport=transport)

    def posted(self) -> list[dict[str, str]]:
        return [parameters(request) for request in self.seen if request.method == "POST"]


def told_content(content: bytes) -> httpx.Response:
    return httpx.Response(200, content=content, headers={"Content-Disposition": "attachment"})
