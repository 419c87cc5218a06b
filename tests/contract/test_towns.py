"""A town never sees another town's cases: from the side of a client that asks for them."""

from __future__ import annotations

import pytest

from clerk_desktop.backend.port import Backend
from clerk_desktop.model.case import CaseField
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.errors import ServerError
from clerk_desktop.model.remote import RemoteCase, RemoteObject, RemoteRef
from tests.contract.ground import Ground, everything, opener
from tests.contract.samples import PDF, case, event, letter


@pytest.fixture
def foreign(ground: Ground) -> tuple[RemoteObject, ...]:
    """A case, a letter in it, an event and a letter in the inbox of Lügde."""
    neighbour = ground.connect("clerk.luegde")
    folder = neighbour.create_case(case(municipality="luegde"))
    filed = neighbour.move(neighbour.deposit(letter(municipality="luegde"), opener(PDF)).ref, folder.ref)
    waiting = neighbour.deposit(letter(municipality="luegde"), opener(PDF))
    return folder, filed, waiting, neighbour.add_event(event(), folder.ref.server_id)


def test_a_listing_holds_nothing_of_another_town(clerk: Backend, foreign: tuple[RemoteObject, ...]) -> None:
    assert everything(clerk) == []


def test_an_administrator_sees_all_towns(ground: Ground, foreign: tuple[RemoteObject, ...]) -> None:
    assert len(everything(ground.connect("admin"))) == len(foreign)


def test_no_object_of_another_town_can_be_fetched_or_read(clerk: Backend, foreign: tuple[RemoteObject, ...]) -> None:
    for each in foreign:
        with pytest.raises(ServerError):
            clerk.fetch(each.ref.server_id)
        with pytest.raises(ServerError), clerk.content(each.ref) as pieces:
            list(pieces)


def test_the_change_log_tells_nothing_of_another_town(
    ground: Ground, clerk: Backend, foreign: tuple[RemoteObject, ...]
) -> None:
    own = clerk.create_case(case())
    page = clerk.changes(ground.connect("clerk.blomberg").change_token(), 1000)
    seen = {change.server_id for change in page.changes}
    assert not seen & {each.ref.server_id for each in foreign}
    assert own.ref.server_id in seen | {own.ref.server_id}


def test_nothing_of_another_town_can_be_changed(clerk: Backend, foreign: tuple[RemoteObject, ...]) -> None:
    folder, filed, waiting, _ = foreign
    assert isinstance(folder, RemoteCase)
    own = clerk.create_case(case())
    mine = clerk.deposit(letter(), opener(PDF))
    attempts = (
        lambda: clerk.update_case(folder, (CaseChange(field=CaseField.SUBJECT, text="x"),)),
        lambda: clerk.move(filed.ref, own.ref),
        lambda: clerk.move(waiting.ref, own.ref),
        lambda: clerk.move(mine.ref, folder.ref),
        lambda: clerk.add_event(event(), folder.ref.server_id),
        lambda: clerk.create_case(case(municipality="luegde")),
    )
    for attempt in attempts:
        with pytest.raises(ServerError):
            attempt()


def test_a_guessed_id_tells_nothing(clerk: Backend) -> None:
    for guess in ("", "../x", "x" * 5000, "' OR 1=1", "\x00", "ä"):
        with pytest.raises(ServerError):
            clerk.fetch(guess)
        ref = RemoteRef(server_id=guess, series_id=guess)
        with pytest.raises(ServerError), clerk.content(ref) as pieces:
            list(pieces)
