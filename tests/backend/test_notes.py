"""Fields kept as a note in one text property: what goes in comes out, and what others wrote does no harm."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis.mapping import load_mapping
from clerk_desktop.backend.cmis.notes import Notebook
from clerk_desktop.model.errors import Missing
from tests.backend.exchanges import MAPPINGS

MAPPING = load_mapping(MAPPINGS, "plain")
assert MAPPING.notes
NOTEBOOK = Notebook(MAPPING, MAPPING.notes)
NOTE = "cmis:description"
NEW = {"cmis:objectTypeId": "clerk:case", "cmis:name": "66.10 Laub"}
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


@given(subject=TEXTS, people=st.lists(TEXTS, min_size=1).map(tuple))
def test_whatever_is_written_is_read_again(subject: str, people: tuple[str, ...]) -> None:
    values = {"clerk:subject": subject, "clerk:participants": people, "clerk:dueOn": date(2026, 3, 1)}
    sent = NOTEBOOK.created({**NEW, **values})
    assert sent["cmis:objectTypeId"] == "cmis:folder"
    assert set(sent) == {"cmis:objectTypeId", "cmis:name", NOTE}
    shown = NOTEBOOK.shown({**sent, "cmis:objectId": "1"})
    assert shown["cmis:objectTypeId"] == "clerk:case"
    assert shown["clerk:subject"] == subject
    assert shown["clerk:participants"] == list(people)
    assert shown["clerk:dueOn"] == 1772323200000
    assert NOTE not in shown


def test_a_change_keeps_the_other_fields_and_takes_out_what_is_emptied() -> None:
    sent = NOTEBOOK.created({**NEW, "clerk:subject": "a", "clerk:assignee": "b", "clerk:dueOn": date(2026, 3, 1)})
    changed = NOTEBOOK.changed(sent, {"clerk:subject": "c", "clerk:dueOn": None, "cmis:name": "neu"})
    assert set(changed) == {"cmis:name", NOTE}
    shown = NOTEBOOK.shown(changed)
    assert (shown["clerk:subject"], shown["clerk:assignee"]) == ("c", "b")
    assert "clerk:dueOn" not in shown


def test_fields_of_a_later_version_of_the_program_are_kept() -> None:
    later = {NOTE: '{"clerk-desktop":2,"type":"clerk:case","clerk:subject":"a","clerk:mood":"good"}'}
    assert "clerk:mood" not in NOTEBOOK.shown(later)
    changed = NOTEBOOK.changed(later, {"clerk:subject": "b"})
    assert json.loads(str(changed[NOTE]))["clerk:mood"] == "good"


def test_a_plain_folder_is_created_as_it_is() -> None:
    plain = {"cmis:objectTypeId": "cmis:folder", "cmis:name": "Akten"}
    assert NOTEBOOK.created(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Eine Beschreibung von Hand",
        "{",
        "[]",
        "{}",
        '{"type":"clerk:case"}',
        '{"clerk-desktop":1,"type":"clerk:king"}',
        '{"clerk-desktop":1,"type":[]}',
        "[" * 100_000,
    ],
)
def test_what_bears_no_note_of_ours_is_what_the_server_says(text: str | None) -> None:
    properties = {"cmis:objectTypeId": "cmis:document", NOTE: text}
    assert NOTEBOOK.shown(properties) == properties
    with pytest.raises(Missing):
        NOTEBOOK.changed(properties, {"clerk:subject": "x"})


def test_a_field_that_somebody_damaged_is_left_out_and_the_rest_is_read() -> None:
    damaged = {"clerk:subject": 7, "clerk:dueOn": "bald", "clerk:participants": [1], "clerk:assignee": "b", "x": True}
    text = json.dumps({"clerk-desktop": 1, "type": "clerk:case", **damaged})
    assert NOTEBOOK.shown({NOTE: text}) == {"cmis:objectTypeId": "clerk:case", "clerk:assignee": "b"}


def test_times_and_numbers_stay_numbers() -> None:
    at = datetime(2026, 2, 2, 8, 15, 30, 123000, tzinfo=UTC)
    sent = NOTEBOOK.created({"cmis:objectTypeId": "clerk:event", "cmis:name": "e", "clerk:at": at})
    assert NOTEBOOK.shown(sent)["clerk:at"] == 1770020130123
    counted = NOTEBOOK.created({"cmis:objectTypeId": "clerk:counter", "cmis:name": "c", "clerk:value": 7})
    assert NOTEBOOK.shown(counted)["clerk:value"] == 7
