"""Editing marks as values: add, change, delete, each with its inverse, and the stack for undo and redo.

A stamp may set fields of the case as well: that is part of its step, and is taken back with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from clerk_desktop.model.annotation import (
    AnnotationSet,
    Mark,
    Tombstone,
    last_touched,
    later,
    tidy,
    with_entry,
)
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.ids import CaseId

_TEXT_FORMS = ("contents-richtext",)
_FONT_FORMS = ("contents-richtext", "defaultappearance", "defaultstyle")
_LOOK_FORMS = ("appearance", "imagedata")
_PLACE_ATTRIBUTES = ("callout", "fringe")


@dataclass(frozen=True, kw_only=True, slots=True)
class AddMark:
    """Put a mark on a page."""

    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeMark:
    """Move, resize, recolour or reword a mark. Both values have the same id. Build it with ``change``."""

    before: Mark
    after: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class DeleteMark:
    """Take a mark away."""

    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class SetCase:
    """Set fields of the case that the document lies in; one that somebody changed since ``before`` stays as it is."""

    case_id: CaseId
    before: tuple[CaseChange, ...]
    after: tuple[CaseChange, ...]


MarkEdit = AddMark | ChangeMark | DeleteMark | SetCase
Step = tuple[MarkEdit, ...]


def change(before: Mark, after: Mark) -> ChangeMark:
    """Return the change of a mark, without what other software wrote on a text, font, look or place that is gone."""
    if before.mark_id != after.mark_id:
        raise ValueError("a change keeps the id of its mark")
    gone: set[str] = set()
    if before.text != after.text:
        gone.update(_TEXT_FORMS)
    if (before.font_size, before.text_colour) != (after.font_size, after.text_colour):
        gone.update(_FONT_FORMS)
    if (before.icon, before.fields, before.text) != (after.icon, after.fields, after.text):
        gone.update(_LOOK_FORMS)
    kept = tuple(child for child in after.foreign.children if child.tag.rpartition("}")[2] not in gone)
    attributes = after.foreign.attributes
    if before.shape != after.shape:
        attributes = tuple(pair for pair in attributes if pair[0] not in _PLACE_ATTRIBUTES)
    foreign = replace(after.foreign, children=kept, attributes=attributes)
    return ChangeMark(before=before, after=replace(after, foreign=foreign))


def inverse(edit: MarkEdit) -> MarkEdit:
    """Return the edit that takes this one back."""
    match edit:
        case AddMark(mark=mark):
            return DeleteMark(mark=mark)
        case ChangeMark(before=before, after=after):
            return ChangeMark(before=after, after=before)
        case DeleteMark(mark=mark):
            return AddMark(mark=mark)
        case SetCase(case_id=case_id, before=values, after=now):
            return SetCase(case_id=case_id, before=now, after=values)


def applied(marks: AnnotationSet, edit: MarkEdit, now: datetime) -> AnnotationSet:
    """Return the set after the edit, which counts as the newest change to its mark, also when it takes one back.

    A mark that vanished in between (deleted on the author's other station) comes back when it is changed: whoever
    acts last decides.
    """
    match edit:
        case AddMark(mark=mark):
            return _put(marks, mark, now)
        case ChangeMark(after=after):
            return _put(marks, after, now)
        case DeleteMark(mark=mark):
            touched = last_touched(marks, mark.mark_id)
            return with_entry(marks, Tombstone(mark_id=mark.mark_id, deleted_at=later(now, touched)))
        case SetCase():
            return marks


def _put(marks: AnnotationSet, mark: Mark, now: datetime) -> AnnotationSet:
    touched = last_touched(marks, mark.mark_id)
    return with_entry(marks, tidy(replace(mark, modified=later(now, touched))))


@dataclass(frozen=True, kw_only=True, slots=True)
class EditHistory:
    """What was done to one document's marks in this session; without limit."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def after(self, *edits: MarkEdit) -> EditHistory:
        """Return the history with one more step; what was undone before can no longer be redone."""
        return EditHistory(done=(*self.done, edits))

    def undo(self) -> tuple[EditHistory, Step]:
        """Return the history one step back, and the edits to apply; no edits when there is nothing to undo."""
        if not self.done:
            return self, ()
        step = self.done[-1]
        history = EditHistory(done=self.done[:-1], undone=(*self.undone, step))
        return history, tuple(inverse(edit) for edit in reversed(step))

    def redo(self) -> tuple[EditHistory, Step]:
        """Return the history one step forward, and the edits to apply; no edits when there is nothing to redo."""
        if not self.undone:
            return self, ()
        step = self.undone[-1]
        return EditHistory(done=(*self.done, step), undone=self.undone[:-1]), step
