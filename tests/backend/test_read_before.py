"""Marks that did not change are not fetched again with every listing; what changed always is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from clerk_desktop.backend.cmis.read_before import ReadBefore
from clerk_desktop.model.remote import RemoteRef

REF = RemoteRef(server_id="1", series_id="1", change_token="7", modified_at=datetime(2026, 2, 2, tzinfo=UTC))


def test_a_content_is_known_in_the_state_it_was_read_in_and_in_no_other() -> None:
    before = ReadBefore()
    before.put(REF, 3, b"abc")
    assert before.get(REF, 3) == b"abc"
    later = REF.modified_at.replace(hour=1) if REF.modified_at else None
    for other in (replace(REF, change_token="8"), replace(REF, modified_at=later), replace(REF, server_id="2")):
        assert before.get(other, 3) is None
    assert before.get(REF, 4) is None


def test_nothing_is_known_of_what_says_too_little_or_is_cut_off() -> None:
    before = ReadBefore()
    silent = replace(REF, change_token="", modified_at=None)
    before.put(silent, 3, b"abc")
    before.put(REF, 4, b"abc")
    assert (before.get(silent, 3), before.get(REF, 4), before.get(REF, 0)) == (None, None, None)


def test_the_room_is_bounded_and_the_latest_used_stay() -> None:
    before = ReadBefore(room=6)
    refs = [replace(REF, server_id=str(number)) for number in range(3)]
    for ref in refs[:2]:
        before.put(ref, 3, b"abc")
    before.get(refs[0], 3)
    before.put(refs[2], 3, b"xyz")
    assert [before.get(ref, 3) for ref in refs] == [b"abc", None, b"xyz"]
    before.put(replace(REF, server_id="9"), 7, b"1234567")
    assert before.get(refs[0], 3) == b"abc"
