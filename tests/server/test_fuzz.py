"""Malformed requests get an answer of the protocol: JSON, never a failure of the server, never HTML or a trace."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from clerk_desktop.server import routing
from tests.server.office import REPOSITORY, ROOT, SERVICE, Caller, opened_office

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


class Fuzzer:
    """Makes requests from a seed."""

    def __init__(self, caller: Caller, ids: list[str], seed: int) -> None:
        self._caller = caller
        self._chance = random.Random(seed)
        self._texts = (*TEXTS, *ids, *ids, *ids)

    def send(self) -> None:
        makers: tuple[Callable[[], tuple[int, str, bytes]], ...] = (self._get, self._form, self._multipart, self._raw)
        status, media_type, body = self._chance.choice(makers)()
        assert status < 500, body
        if media_type.startswith("application/json") and body:
            parsed = json.loads(body)
            if status >= 400:
                assert set(parsed) == {"exception", "message"}
        assert status < 400 or b"Traceback" not in body
        assert b"<html" not in body.lower()

    def _fields(self) -> list[tuple[str, str]]:
        found = []
        for _ in range(self._chance.randrange(8)):
            name = self._chance.choice((*CONTROLS, *INDEXED))
            name = name.format(self._chance.randrange(3), self._chance.randrange(3))
            found.append((name, self._chance.choice(self._texts)))
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
            parts.append(("content", (self._chance.choice(self._texts), self._chance.randbytes(50))))
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


def fuzz(data: Path, *, requests: int, seed: int) -> None:
    with opened_office(data, users=("admin", "clerk.blomberg")) as office:
        admin, clerk = office.caller("admin"), office.caller("clerk.blomberg")
        cases = clerk.at("Akten/Blomberg").id
        case = clerk.create_folder(cases, "1-26", participants=["a"]).id
        ids = [admin.at("").id, cases, case, *(clerk.create_document(case, f"{n}.pdf").id for n in range(5))]
        for number in range(requests):
            Fuzzer(admin if number % 3 else clerk, ids, seed + number).send()


def test_malformed_requests_are_answered_by_the_protocol(tmp_path: Path) -> None:
    fuzz(tmp_path / "data", requests=300, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_twenty_thousand_malformed_requests_are_answered_by_the_protocol(tmp_path: Path) -> None:
    fuzz(tmp_path / "data", requests=20_000, seed=1000)
