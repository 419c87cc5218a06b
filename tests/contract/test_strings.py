"""Whatever a clerk types goes out in forms and in queries, and comes back equal, through every server."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from clerk_desktop.backend.cmis import queries, translation, wire
from clerk_desktop.backend.cmis.connect import open_repository
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository, VersioningState
from clerk_desktop.backend.http import Upload
from clerk_desktop.backend.port import Backend
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.ids import new_key
from tests.contract.ground import PASSWORD, Ground
from tests.contract.samples import case

PIECES = (
    *"aZ09 äöüÄÖÜß€éłあ",
    *"'\"\\%_*?&=+;#/<>{}[]()-,.:|~^`$@!",
    *("😀", "👩‍👩‍👧", "\n", "\t", "\\'", "''", "%5C", "\\%", "&amp;", "ﬁ", "e\u0301", "\u200f", "\u00a0"),
)
FEW, ALL, TOGETHER = 100, 10_000, 100
MANY = [FEW, pytest.param(ALL, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])]


def strings(count: int) -> Iterator[str]:
    """Random texts, never the same, without blanks at the ends, which no field keeps."""
    chance = random.Random(4)
    for number in range(count):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 30)))
        yield f"<{number}{text}>"


@pytest.fixture
def repository(ground: Ground) -> Iterator[Repository]:
    account = Account(url=ground.place.url, user="clerk.blomberg", repository=ground.place.repository, mapping="m")
    auth = basic("clerk.blomberg", PASSWORD)
    with closing(open_repository(account, auth, ground.mapping, ground.place.transport())) as opened:
        yield opened


@pytest.mark.parametrize("count", MANY)
def test_texts_in_forms_come_back_equal(ground: Ground, clerk: Backend, repository: Repository, count: int) -> None:
    names = ground.mapping.case
    target = clerk.create_case(case()).ref
    token, waiting = target.change_token, list(strings(count))
    for start in range(0, count, TOGETHER):
        sent = waiting[start : start + TOGETHER]
        values: dict[str, wire.FormValue] = {names.participants: tuple(sent), names.subject: sent[0]}
        answer = repository.update(target.server_id, token, values)
        token = wire.text(answer, Property.CHANGE_TOKEN)
        found = repository.object(Place(object_id=target.server_id))
        assert wire.texts(found, names.participants) == tuple(sent)
        assert wire.text(found, names.subject) == sent[0]


def test_texts_beside_a_content_come_back_equal(ground: Ground, clerk: Backend, repository: Repository) -> None:
    names, type_id = ground.mapping.annotations, ground.mapping.types.annotation_set
    folder = clerk.create_case(case()).ref.server_id
    for text in strings(FEW):
        key = new_key()
        values: dict[str, wire.FormValue] = {
            Property.OBJECT_TYPE_ID: type_id,
            Property.NAME: f"{key}.xfdf",
            names.object_key: key,
            names.author: text,
        }
        upload = Upload(file_name=f"{key}.xfdf", mime_type="application/xml", stream=io.BytesIO(text.encode()))
        answer = repository.create_document(folder, values, VersioningState.NONE, upload)
        found = repository.object(Place(object_id=translation.object_id(answer)))
        assert wire.text(found, names.author) == text
        with repository.content(Place(object_id=translation.object_id(answer))) as pieces:
            assert b"".join(pieces) == text.encode()


@pytest.mark.parametrize("count", MANY)
def test_texts_in_queries_find_what_bears_them(
    ground: Ground, clerk: Backend, repository: Repository, count: int
) -> None:
    mapping = ground.mapping
    target = clerk.create_case(case()).ref
    token, before = target.change_token, "<none>"
    table, column = mapping.types.table(mapping.types.case), mapping.case.subject
    for text in strings(count):
        answer = repository.update(target.server_id, token, {column: text})
        token = wire.text(answer, Property.CHANGE_TOKEN)
        for value, expected in ((text, [target.server_id]), (before, [])):
            statement = queries.with_value((Property.OBJECT_ID,), table, column, value)
            assert [wire.text(row, Property.OBJECT_ID) for row in repository.query(statement, 10)] == expected, value
        before = text
