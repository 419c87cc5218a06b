from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis import wire
from clerk_desktop.model.errors import BadAnswer

READERS: tuple[Callable[[bytes], object], ...] = (
    wire.read_object,
    wire.read_parents,
    wire.read_children,
    wire.read_rows,
    lambda body: [entry.properties for entry in wire.read_tree(body)],
    wire.read_changes,
    wire.read_type,
    wire.read_repositories,
)
GETTERS: tuple[Callable[[wire.Properties, str], object], ...] = (
    wire.text,
    wire.texts,
    wire.number,
    wire.moment,
    wire.day,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SUCCINCT = {"succinctProperties": {"cmis:objectId": "1", "x": 3}}
FULL = {"properties": {"cmis:objectId": {"id": "cmis:objectId", "type": "id", "value": "1"}, "x": {"value": 3}}}


def put(shape: Any, place: list[int], value: object) -> Any:
    """The shape with the leaf or branch that ``place`` leads to replaced."""
    if not place or not isinstance(shape, dict | list) or not shape:
        return value
    keys = list(shape) if isinstance(shape, dict) else list(range(len(shape)))
    key = keys[place[0] % len(keys)]
    copy = dict(shape) if isinstance(shape, dict) else list(shape)
    copy[key] = put(shape[key], place[1:], value)
    return copy


EVENT = {"changeType": "updated", "changeTime": 1732350000000}
SHAPES = (
    SUCCINCT,
    FULL,
    [{"object": SUCCINCT}],
    {"objects": [{"object": SUCCINCT}], "hasMoreItems": True, "numItems": None},
    {"results": [SUCCINCT], "hasMoreItems": False},
    [{"object": {"object": SUCCINCT}, "children": [{"object": {"object": FULL}}]}],
    {"objects": [{**SUCCINCT, "changeEventInfo": EVENT}], "changeLogToken": "9"},
    {"id": "t", "versionable": True, "propertyDefinitions": {"a": {"id": "a"}}},
    {"R": {"repositoryId": "R", "rootFolderUrl": "u", "repositoryUrl": "u", "cmisVersionSupported": "1.1"}},
)


@given(st.sampled_from(SHAPES), st.lists(st.integers(0, 3), max_size=5), anything)
def test_an_answer_with_anything_anywhere_is_read_or_a_bad_answer(shape: Any, place: list[int], value: object) -> None:
    body = json.dumps(put(shape, place, value)).encode()
    for reader in READERS:
        try:
            reader(body)
        except BadAnswer:
            continue


@given(st.sampled_from(SHAPES), st.integers(0, 200), st.binary(max_size=3))
def test_a_truncated_or_damaged_answer_is_a_bad_answer(shape: Any, at: int, noise: bytes) -> None:
    whole = json.dumps(shape).encode()
    body = whole[: at % len(whole)] + noise
    for reader in READERS:
        try:
            reader(body)
        except BadAnswer:
            continue


@pytest.mark.parametrize("start", [b"[", b'{"a":', b'[{"children":', b'{"objects":['])
def test_endless_nesting_is_a_bad_answer(start: bytes) -> None:
    body = start * 100_000
    for reader in READERS:
        with pytest.raises(BadAnswer):
            reader(body)


def test_a_tree_nested_deeper_than_any_office_is_a_bad_answer() -> None:
    node = '{"object":{"object":{"succinctProperties":{}}},"children":['
    body = f"[{node * 5000}{']}' * 5000}]".encode()
    with pytest.raises(BadAnswer):
        list(wire.read_tree(body))


@given(anything)
def test_a_property_of_any_type_is_read_or_a_bad_answer(value: object) -> None:
    for getter in GETTERS:
        try:
            getter({"x": value}, "x")
        except BadAnswer:
            continue


@pytest.mark.parametrize("shape", [SUCCINCT, FULL])
def test_both_property_forms_say_the_same(shape: object) -> None:
    properties = wire.read_object(json.dumps(shape).encode())
    assert wire.text(properties, "cmis:objectId") == "1"
    assert wire.number(properties, "x") == 3


def test_a_full_property_without_a_value_is_not_set() -> None:
    properties = wire.read_object(b'{"properties":{"a":{"id":"a","value":null},"b":{"id":"b"}}}')
    assert wire.text(properties, "a") == wire.text(properties, "b") == ""


def test_change_events_may_have_every_value_in_a_list() -> None:
    body = json.dumps({"objects": [{"succinctProperties": {"cmis:objectId": ["7"]}, "changeEventInfo": EVENT}]})
    assert wire.read_changes(body.encode()).entries[0].object_id == "7"


def test_numbers_beyond_64_bits_are_a_bad_answer() -> None:
    for value in (2**63, -(2**63) - 1, 10**400):
        with pytest.raises(BadAnswer):
            wire.number({"x": value}, "x")


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_survives_the_way_to_the_server_and_back_to_the_millisecond(moment: datetime) -> None:
    sent = wire.form_text(moment)
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert wire.moment({"x": int(sent)}, "x") == whole


@given(st.dates())
def test_a_day_is_midnight_utc_and_comes_back_as_the_same_day(day: date) -> None:
    sent = int(wire.form_text(day))
    assert wire.day({"x": sent}, "x") == day
    assert sent % wire.DAY_MS == 0


def test_properties_are_counted_without_gaps_and_unset_ones_have_no_value() -> None:
    fields = wire.form_properties({"a": "x", "b": None, "c": ("y", "z"), "d": "", "e": True, "f": 3, "g": ()})
    assert fields == [
        ("propertyId[0]", "a"),
        ("propertyValue[0]", "x"),
        ("propertyId[1]", "b"),
        ("propertyId[2]", "c"),
        ("propertyValue[2][0]", "y"),
        ("propertyValue[2][1]", "z"),
        ("propertyId[3]", "d"),
        ("propertyId[4]", "e"),
        ("propertyValue[4]", "true"),
        ("propertyId[5]", "f"),
        ("propertyValue[5]", "3"),
        ("propertyId[6]", "g"),
    ]


def test_a_large_answer_of_nothing_but_brackets_is_not_unpacked() -> None:
    with pytest.raises(BadAnswer):
        wire.read_object(b'{"succinctProperties":{"a":[' + b"[]," * 1_000_000 + b"[]]}}")
