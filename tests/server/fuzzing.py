"""Requests that no honest client sends, made from a seed: nonsense, and valid ones with one thing wrong.

Each answer must be one of the protocol: JSON, never a failure of the server, never HTML or a trace.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from clerk_desktop.server import routing
from tests.server.office import REPOSITORY, ROOT, SERVICE, Caller

SELECTORS = sorted({*routing.OBJECT_SELECTORS, *routing.REPOSITORY_SELECTORS, "nonsense"})
ACTIONS = sorted({*routing.OBJECT_ACTIONS, *routing.REPOSITORY_ACTIONS, *routing.NOT_OFFERED, "query", "nonsense"})
CONTROLS = tuple(
    """
    objectId folderId typeId q statement filter orderBy maxItems skipCount depth succinct includeAllowableActions
    includeRelationships includeACL changeLogToken changeToken sourceId targetFolderId sourceFolderId versioningState
    major allVersions unfileObjects type streamId download returnVersion renditionFilter relationshipDirection
    overwriteFlag checkinComment contenttype filename searchAllVersions isLastChunk _charset_ token
    """.split()  # noqa: SIM905 - one name per line would be longer than the test
)
INDEXED = (
    "propertyId[{}]",
    "propertyValue[{}]",
    "propertyValue[{}][{}]",
    "objectId[{}]",
    "addACEPrincipal[{}]",
    "policy[{}]",
)
WORDS = r"""
true -1 0 1 999999999999999999999 x % ' \ * ../.. a/b {} [] {"id":1} none both inline cmis:name cmis:document
clerk:document clerk:pageCount cmis:objectTypeId cmis:secondaryObjectTypeIds TIMESTAMP utf-16 idna
{"id":"a","baseId":"cmis:item","parentId":"cmis:item"}
"""
TEXTS = (
    *WORDS.split(),
    "",
    " ",
    "\x00",
    "ä",
    "\u202e",
    "[" * 2000,
    "text/html\r\nX: y",
    "SELECT * FROM cmis:document",
    "SELECT * FROM cmis:document WHERE cmis:name LIKE '%\\'",
    "SELECT a FROM b WHERE CONTAINS('\"')",
    "SELECT * FROM cmis:document WHERE CONTAINS('AND OR NOT NEAR(')",
    "SELECT * FROM cmis:document WHERE IN_TREE('x') ORDER BY cmis:name DESC",
)
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "text/html",
    'multipart/form-data; boundary="',
    "",
)


TYPED = {"propertyId[0]": "cmis:objectTypeId", "propertyId[1]": "cmis:name", "propertyValue[1]": "NAME"}
ENDS = {"propertyId[2]": "cmis:sourceId", "propertyValue[2]": "ANY", "propertyId[3]": "cmis:targetId"}
SUBJECT = {"propertyId[0]": "clerk:subject", "propertyValue[0]": "NAME"}
RENAMED = {"propertyId[0]": "cmis:name", "propertyValue[0]": "NAME"}
OF_REPOSITORY: tuple[dict[str, str], ...] = (
    {"cmisaction": "createRelationship", **TYPED, "propertyValue[0]": "cmis:relationship"}
    | {**ENDS, "propertyValue[3]": "ANY"},
    {"cmisaction": "bulkUpdate", "objectId[0]": "DOCUMENT", "objectId[1]": "DOCUMENT", **SUBJECT},
    {"cmisaction": "query", "statement": "SELECT * FROM cmis:document WHERE IN_TREE('FOLDER')"},
    {"cmisaction": "query", "statement": "SELECT * FROM KIND WHERE cmis:name LIKE '%NAME%' ORDER BY cmis:name"},
)
OF_OBJECTS: tuple[dict[str, str], ...] = (
    {"cmisaction": "createFolder", "objectId": "FOLDER", **TYPED, "propertyValue[0]": "clerk:case"},
    {"cmisaction": "createDocument", "objectId": "FOLDER", **TYPED, "propertyValue[0]": "KIND"},
    {"cmisaction": "createDocument", "objectId": "FOLDER", **TYPED, "propertyValue[0]": "clerk:document"}
    | {"versioningState": "STATE"},
    {"cmisaction": "createDocumentFromSource", "objectId": "FOLDER", "sourceId": "DOCUMENT", **RENAMED},
    {"cmisaction": "update", "objectId": "DOCUMENT", **SUBJECT},
    {"cmisaction": "update", "objectId": "ANY", **RENAMED},
    {"cmisaction": "move", "objectId": "ANY", "sourceFolderId": "FOLDER", "targetFolderId": "FOLDER"},
    {"cmisaction": "checkOut", "objectId": "DOCUMENT"},
    {"cmisaction": "cancelCheckOut", "objectId": "DOCUMENT"},
    {"cmisaction": "checkIn", "objectId": "DOCUMENT", "major": "true", "checkinComment": "NAME"},
    {"cmisaction": "checkIn", "objectId": "DOCUMENT", "major": "false"},
    {"cmisaction": "setContent", "objectId": "DOCUMENT"},
    {"cmisaction": "appendContent", "objectId": "DOCUMENT", "isLastChunk": "true"},
    {"cmisaction": "deleteContent", "objectId": "DOCUMENT"},
    {"cmisaction": "delete", "objectId": "DOCUMENT", "allVersions": "false"},
    {"cmisaction": "delete", "objectId": "ANY"},
    {"cmisaction": "deleteTree", "objectId": "FOLDER", "continueOnFailure": "true"},
)
"""Requests that are right but for the words in capitals, which get something each time."""
NAMES = ("brief.pdf", "1-26", "Blomberg", "Lügde", "Akten", "x/y", "😀", "ä", "..", *(f"n{n}" for n in range(200)))
FILLED = {
    "KIND": ("cmis:folder", "clerk:case", "cmis:document", "clerk:document", "clerk:file", "clerk:event"),
    "NAME": NAMES,
    "STATE": ("none", "major", "minor", "checkedout"),
}
KNOWN_IDS = 40


@dataclass(kw_only=True)
class Known:
    """What an attacker knows: ids of objects, his own and (the worst case) those of others.

    Those in ``lasting`` stay known; the others follow what is made and deleted.
    """

    lasting: tuple[str, ...] = ()
    folders: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [*self.lasting, *self.folders, *self.documents]

    def learn(self, answer: object) -> None:
        """Remember an object that an answer is about."""
        properties = answer.get("succinctProperties", {}) if isinstance(answer, dict) else {}
        if isinstance(properties, dict) and isinstance(properties.get("cmis:objectId"), str):
            kept = self.folders if properties.get("cmis:baseTypeId") == "cmis:folder" else self.documents
            if properties["cmis:objectId"] not in self.ids:
                kept.append(properties["cmis:objectId"])
                del kept[: max(0, len(kept) - KNOWN_IDS)]

    def forget(self, object_id: str | None) -> None:
        """Forget an object that is not there any more."""
        for kept in (self.folders, self.documents):
            if object_id in kept:
                kept.remove(object_id)


class Fuzzer:
    """Makes requests from a seed."""

    def __init__(self, caller: Caller, known: Known, seed: int) -> None:
        self._caller = caller
        self._known = known
        self._chance = random.Random(seed)

    def send(self) -> bytes:
        """Send one request, judge the answer, and return its body."""
        makers: Sequence[Callable[[], tuple[int, str, bytes]]] = (
            self._get,
            self._form,
            self._multipart,
            self._raw,
            self._nearly_valid,
            self._nearly_valid,
        )
        status, media_type, body = self._chance.choice(makers)()
        assert status < 500, body
        assert not media_type.startswith("text/html")
        if media_type.startswith("application/json") and body:
            parsed = json.loads(body)
            if status >= 400:
                assert set(parsed) == {"exception", "message"}
            self._known.learn(parsed)
        assert status < 400 or b"Traceback" not in body
        assert b"<html" not in body.lower()
        return body

    def _text(self) -> str:
        return self._chance.choice(TEXTS if self._chance.random() < 0.6 else self._known.ids)

    def _nearly_valid(self) -> tuple[int, str, bytes]:
        url, templates = self._chance.choice(((ROOT, OF_OBJECTS), (ROOT, OF_OBJECTS), (REPOSITORY, OF_REPOSITORY)))
        fields = {name: self._filled(text) for name, text in self._chance.choice(templates).items()}
        if self._chance.random() < 0.3:
            name = self._chance.choice(list(fields))
            if self._chance.random() < 0.3:
                del fields[name]
            else:
                fields[name] = self._text()
        parts: list[tuple[str, tuple[str | None, bytes]]] = [
            (name, (None, text.encode())) for name, text in {"succinct": "true", **fields}.items()
        ]
        if self._chance.random() < 0.7:
            parts.append(("content", ("a.pdf", self._chance.randbytes(self._chance.randrange(200)))))
        status, media_type, body = self._reply(self._caller.http.post(url, files=parts))
        if status == 404 or (status == 200 and fields.get("cmisaction", "").startswith("delete")):
            self._known.forget(fields.get("objectId"))
        return status, media_type, body

    def _filled(self, text: str) -> str:
        known = self._known
        lists = {"FOLDER": known.folders, "DOCUMENT": known.documents, "ANY": known.ids}
        for word, choices in (*lists.items(), *FILLED.items()):
            if word in text:
                text = text.replace(word, self._chance.choice(choices or known.lasting))
        return text

    def _fields(self) -> list[tuple[str, str]]:
        found = []
        for _ in range(self._chance.randrange(8)):
            name = self._chance.choice((*CONTROLS, *INDEXED))
            name = name.format(self._chance.randrange(3), self._chance.randrange(3))
            found.append((name, self._text()))
        return found

    def _url(self) -> str:
        tails = ("", "", "", "/Akten", "/Akten/Blomberg", "/%00", "/%FF%FE", "/..", "//", "/" + "a/" * 200)
        return self._chance.choice((ROOT + self._chance.choice(tails), REPOSITORY, SERVICE))

    def _get(self) -> tuple[int, str, bytes]:
        fields = [("cmisselector", self._chance.choice(SELECTORS)), *self._fields()]
        headers = {"Range": self._chance.choice(("bytes=0-1", "bytes=-", "bytes=9999-", "x"))}
        return self._reply(self._caller.http.get(f"{self._url()}?{urlencode(fields)}", headers=headers))

    def _form(self) -> tuple[int, str, bytes]:
        fields = dict([("cmisaction", self._chance.choice(ACTIONS)), *self._fields()])
        return self._reply(self._caller.http.post(self._url(), data=fields))

    def _multipart(self) -> tuple[int, str, bytes]:
        fields = [("cmisaction", self._chance.choice(ACTIONS)), *self._fields()]
        parts: list[tuple[str, tuple[str | None, bytes]]] = [(name, (None, text.encode())) for name, text in fields]
        for _ in range(self._chance.randrange(3)):
            parts.append(("content", (self._text(), self._chance.randbytes(50))))
        return self._reply(self._caller.http.post(self._url(), files=parts))

    def _raw(self) -> tuple[int, str, bytes]:
        whole = b'--b\r\nContent-Disposition: form-data; name="cmisaction"\r\n\r\nupdate\r\n--b--\r\n'
        body = bytearray(whole)
        for _ in range(self._chance.randrange(6)):
            place = self._chance.randrange(len(body) or 1)
            body[place : place + self._chance.randrange(4)] = self._chance.randbytes(self._chance.randrange(4))
        headers = {"Content-Type": self._chance.choice(TYPES)}
        return self._reply(self._caller.http.post(self._url(), content=bytes(body), headers=headers))

    @staticmethod
    def _reply(response: httpx.Response) -> tuple[int, str, bytes]:
        return response.status_code, response.headers.get("content-type", ""), response.content
