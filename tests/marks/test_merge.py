from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from clerk_desktop.model.annotation import (
    AnnotationSet,
    Box,
    Foreign,
    ForeignElement,
    Mark,
    MarkKind,
    Tombstone,
    annotation_set,
    merged,
)
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import MarkId
from clerk_desktop.model.marking import AddMark, DeleteMark, EditHistory, MarkEdit, applied, change
from tests.marks.values import DOCUMENT, ME, NOON, mark, sets

SECOND = timedelta(seconds=1)
EMPTY = annotation_set(DOCUMENT, ME)


@given(sets(), sets())
def test_it_does_not_matter_which_station_merges(one: AnnotationSet, other: AnnotationSet):
    assert merged(one, other) == merged(other, one)


@given(sets(), sets(), sets())
def test_it_does_not_matter_in_which_order_stations_meet(a: AnnotationSet, b: AnnotationSet, c: AnnotationSet):
    assert merged(merged(a, b), c) == merged(a, merged(b, c))


@given(sets(), sets())
def test_merging_again_changes_nothing(one: AnnotationSet, other: AnnotationSet):
    both = merged(one, other)
    assert merged(both, one) == both
    assert merged(both, both) == both


@given(sets(), sets())
def test_no_mark_vanishes_unless_a_tombstone_as_new_says_so(one: AnnotationSet, other: AnnotationSet):
    both = merged(one, other)
    for known in (*one.marks, *other.marks):
        kept = both.mark(known.mark_id)
        if kept is None:
            grave = next(grave for grave in both.tombstones if grave.mark_id == known.mark_id)
            assert grave.deleted_at >= known.modified
        else:
            assert kept.modified >= known.modified


def test_marks_made_apart_are_all_kept_and_the_newer_of_one_wins():
    ours = annotation_set(DOCUMENT, ME, [mark(), mark(mark_id=MarkId("ours"))])
    newer = mark(modified=NOON + SECOND, text="neu")
    theirs = annotation_set(DOCUMENT, ME, [newer, mark(mark_id=MarkId("theirs"))])
    both = merged(ours, theirs)
    assert {known.mark_id for known in both.marks} == {"mark-1", "ours", "theirs"}
    assert both.mark(MarkId("mark-1")) == newer


def test_a_mark_changed_after_its_deletion_elsewhere_comes_back_and_an_older_change_does_not():
    grave = Tombstone(mark_id=MarkId("mark-1"), deleted_at=NOON + SECOND)
    deleted = annotation_set(DOCUMENT, ME, [grave])
    assert merged(deleted, annotation_set(DOCUMENT, ME, [mark()])).tombstones == (grave,)
    late = mark(modified=NOON + 2 * SECOND)
    assert merged(deleted, annotation_set(DOCUMENT, ME, [late])).marks == (late,)


def test_sets_of_two_authors_are_never_mixed():
    with pytest.raises(ValueError, match="one author"):
        merged(EMPTY, annotation_set(DOCUMENT, "clerk2.blomberg"))


def test_both_stations_of_an_author_name_the_set_the_same():
    assert annotation_set(DOCUMENT, ME).annotation_set_id == EMPTY.annotation_set_id
    assert annotation_set(DOCUMENT, "other").annotation_set_id != EMPTY.annotation_set_id


def test_an_edit_wins_over_what_was_there_even_when_the_clock_lags_behind():
    ahead = annotation_set(DOCUMENT, ME, [mark(modified=NOON + 300 * SECOND)])
    edited = applied(ahead, change(ahead.marks[0], replace(ahead.marks[0], text="später")), NOON)
    assert merged(ahead, edited) == edited
    gone = applied(edited, DeleteMark(mark=edited.marks[0]), NOON)
    assert merged(edited, gone) == gone
    assert gone.marks == ()


def contents(marks: AnnotationSet) -> set[Mark]:
    return {replace(known, modified=NOON) for known in marks.marks}


def test_undo_and_redo_walk_back_and_forth_through_everything_done():
    marks, history, states = EMPTY, EditHistory(), [contents(EMPTY)]
    first = mark()
    moved = replace(first, shape=Box(Rect(0, 0, 10, 10)))
    edits: tuple[MarkEdit, ...] = (AddMark(mark=first), change(first, moved), DeleteMark(mark=moved))
    for edit in edits:
        marks, history = applied(marks, edit, NOON), history.after(edit)
        states.append(contents(marks))
    for state in reversed(states[:-1]):
        history, step = history.undo()
        for edit in step:
            marks = applied(marks, edit, NOON)
        assert contents(marks) == state
    for state in states[1:]:
        history, step = history.redo()
        for edit in step:
            marks = applied(marks, edit, NOON)
        assert contents(marks) == state
    assert history.redo() == (history, ())


def test_a_new_edit_forgets_what_could_be_redone():
    history, _ = EditHistory().after(AddMark(mark=mark())).undo()
    assert history.undone
    assert history.after(AddMark(mark=mark())).undone == ()


def test_what_other_software_wrote_about_a_text_goes_when_the_text_changes_and_comes_back_with_undo():
    rich = ForeignElement("{http://ns.adobe.com/xfdf/}contents-richtext", "<x/>")
    popup = ForeignElement("{http://ns.adobe.com/xfdf/}popup", "<p/>")
    before = mark(MarkKind.NOTE, text="alt", foreign=Foreign(children=(rich, popup)))
    edit = change(before, replace(before, text="neu"))
    assert edit.after.foreign.children == (popup,)
    marks = applied(annotation_set(DOCUMENT, ME, [before]), edit, NOON)
    _, (back,) = EditHistory().after(edit).undo()
    assert applied(marks, back, NOON).marks[0].foreign == before.foreign
