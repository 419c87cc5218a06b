"""A server (or something on the way) that answers nonsense: every call ends, in an error of ours or well."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.editing import CaseChange, DocumentChange
from clerk_desktop.model.errors import ServerError
from clerk_desktop.model.remote import Strategy
from tests.contract.ground import Ground, everything, opener
from tests.contract.samples import PDF, case, event, letter

NONSENSE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    10**30,
    1e300,
    "",
    "x",
    "\x00",
    "😀" * 1000,
    [],
    [[]],
    ["x", 1],
    {},
    {"a": {}},
)


FEW, MANY = 6, 30


class Garbles(httpx.BaseTransport):
    """Puts nonsense into some of the answers: into a value, into a key, or cuts the text off."""

    def __init__(self, inner: httpx.BaseTransport, seed: int) -> None:
        self._inner = inner
        self._random = random.Random(seed)
        self.on = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        if not self.on or self._random.random() < 0.6:
            return response
        body = response.read()
        response.close()
        status = response.status_code if self._random.random() < 0.8 else self._random.choice([200, 302, 404, 409, 500])
        return httpx.Response(status, headers=self._headers(response), content=self._garbled(body))

    def close(self) -> None:
        self._inner.close()

    def _headers(self, response: httpx.Response) -> dict[str, str]:
        kept = ("Content-Type", "Content-Range", "Content-Disposition")
        return {
            name: response.headers[name] for name in kept if name in response.headers and self._random.random() < 0.9
        }

    def _garbled(self, body: bytes) -> bytes:
        chance = self._random.random()
        if chance < 0.1:
            return body[: self._random.randrange(len(body) + 1)]
        try:
            data = json.loads(body)
        except ValueError:
            return body + b"!"
        for _ in range(self._random.randrange(1, 4)):
            places = list(_places(data, ()))
            if places:
                data = _replaced(data, self._random.choice(places), self._random.choice(NONSENSE))
        return json.dumps(data).encode()


def _places(data: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield path
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield from _places(data[key], (*path, key))


def _replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = _replaced(data[path[0]], path[1:], value)
    return copy


def day(backend: Backend) -> tuple[Callable[[], object], ...]:
    """Everything a workstation does in a day."""
    new, document = case(), letter()
    target = backend.create_case(new)
    remote = backend.deposit(document, opener(PDF))
    token = backend.change_token() if backend.capabilities().tracking is Strategy.CHANGE_LOG else "1"

    def read() -> bytes:
        with backend.content(remote.ref, 5) as pieces:
            return b"".join(pieces)

    return (
        lambda: everything(backend),
        lambda: backend.fetch(remote.ref.server_id),
        lambda: backend.fetch(target.ref.server_id),
        backend.change_token,
        lambda: backend.changes(token, 3),
        lambda: backend.template(Template.PEOPLE),
        read,
        lambda: backend.deposit(document, opener(PDF)),
        lambda: backend.deposit(letter(), opener(PDF)),
        lambda: backend.create_case(new),
        lambda: backend.create_case(case("30.11-2026/0001")),
        lambda: backend.next_number("n", 2026),
        lambda: backend.update_case(target, (CaseChange(field=CaseField.ASSIGNEE, text="x"),)),
        lambda: backend.update_document(remote, (DocumentChange(field=DocumentField.SENDER, text="x"),)),
        lambda: backend.add_event(event(document), remote.ref.parent_id),
        lambda: backend.move(remote.ref, target.ref),
    )


@pytest.mark.parametrize(
    "seed", [*range(FEW), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(FEW, MANY))]
)
def test_nonsense_in_answers_is_an_error_of_ours_and_never_a_crash(ground: Ground, seed: int) -> None:
    garbling: list[Garbles] = []

    def wrap(inner: httpx.BaseTransport) -> httpx.BaseTransport:
        garbling.append(Garbles(inner, seed))
        return garbling[0]

    attempts = day(ground.connect("clerk.blomberg", wrap))
    garbling[0].on = True
    for _ in range(3):
        for attempt in attempts:
            try:
                attempt()
            except ServerError:
                continue
