"""What an administrator is told of each server, and that our types are there once however often they are installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from clerk_desktop.backend.cmis.administration import Administration, open_administration
from clerk_desktop.backend.signin.basic import basic
from clerk_desktop.model.account import Account
from clerk_desktop.model.administration import Need, Todo, TypeState
from clerk_desktop.model.remote import Strategy
from tests.contract.ground import PASSWORD, RESOURCES, Ground


@pytest.fixture
def administration(ground: Ground) -> Iterator[Administration]:
    account = Account(url=ground.place.url, user="admin", repository=ground.place.repository, mapping="mapping")
    opened = open_administration(
        account,
        basic("admin", PASSWORD),
        mapping_dir=ground.mappings,
        types_dir=RESOURCES / "cmis-types",
        transport=ground.place.transport(),
    )
    with closing(opened):
        yield opened


def test_a_prepared_server_is_ready_and_each_need_is_met_by_the_strategy_that_is_followed(
    ground: Ground, administration: Administration
) -> None:
    found = administration.examine()
    assert found.ready
    assert {report.state for report in found.types} <= {TypeState.THERE}
    assert {item.todo for item in found.todo} == {Todo.PUT_FILE}
    needs = {met.need: met.strategy for met in found.needs}
    assert set(needs) == set(Need)
    followed = ground.connect("clerk.blomberg").capabilities()
    assert needs[Need.FOLLOWING] is followed.tracking
    assert needs[Need.CHANGING] is followed.precondition
    assert needs[Need.CONTENT] is followed.content
    assert needs[Need.NUMBERS] is followed.numbers
    assert needs[Need.FIELDS] is (Strategy.NOTES if ground.mapping.notes else Strategy.TYPES)


def test_a_file_that_is_put_in_is_no_longer_asked_for(ground: Ground, administration: Administration) -> None:
    ground.upload("Vorlagen", "personen.json", b"[]")
    wanted = {item.what for item in administration.examine().todo if item.todo is Todo.PUT_FILE}
    assert wanted == {f"/Vorlagen/{name}" for name in ("einstellungen.toml", "aktenplan.json", "dokumentarten.json")}


def test_installing_again_leaves_everything_as_it_is(ground: Ground, administration: Administration) -> None:
    first, second = administration.install_types(), administration.install_types()
    assert first == second
    assert {report.state for report in first} == (set() if ground.mapping.notes else {TypeState.THERE})
