"""Which marks are answers, and to what; and a new answer. Pure; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_desktop.model.annotation import YELLOW, Box, Mark, MarkKind
from clerk_desktop.model.geometry import Rect
from clerk_desktop.model.ids import MarkId, new_key
from clerk_desktop.ui.review.placing import Ground, shifted_inside

SIDE = 20.0
"""Of an answer's note, in points; it is seen only where what it answers is gone."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A mark with everything that was answered to it, also to its answers, in the order of time."""

    first: Mark
    answers: tuple[Mark, ...] = ()


def answered(mark: Mark, marks: Mapping[MarkId, Mark]) -> Mark | None:
    """Return the mark at the beginning of what this one answers; None for one that answers nothing that is there."""
    seen, at = {mark.mark_id}, mark
    while at.in_reply_to is not None and at.in_reply_to in marks:
        at = marks[at.in_reply_to]
        if at.mark_id in seen:
            return None  # they answer each other in a circle: each stands for itself
        seen.add(at.mark_id)
    return at if at is not mark else None


def threads(marks: Sequence[Mark]) -> tuple[Thread, ...]:
    """Return the marks from the top of the document to its end, answers with what they answer."""
    known = {mark.mark_id: mark for mark in marks}
    answers: dict[MarkId, list[Mark]] = {}
    firsts = []
    for mark in marks:
        first = answered(mark, known)
        if first is None:
            firsts.append(mark)
        else:
            answers.setdefault(first.mark_id, []).append(mark)
    return tuple(Thread(mark, _by_time(answers.get(mark.mark_id, ()))) for mark in sorted(firsts, key=_from_the_top))


def answer(to: Mark, text: str, author: str, now: datetime, ground: Ground) -> Mark:
    """Return a note that answers a mark; ``ground``: the page where both stand."""
    x, y = to.rect.x0, to.rect.y1
    place = Rect(x, y - SIDE, x + SIDE, y)
    return Mark(
        mark_id=MarkId(new_key()),
        kind=MarkKind.NOTE,
        page=to.page,
        shape=Box(shifted_inside(place, ground.width, ground.height)),
        author=author,
        created=now,
        modified=now,
        text=text,
        colour=YELLOW,
        rotation=to.rotation,
        in_reply_to=to.mark_id,
        origin=ground.origin,
    )


def _from_the_top(mark: Mark) -> tuple[bool, int, float, str]:
    return mark.page == 0, mark.page, -mark.rect.y1, mark.mark_id  # what stands on no page comes last


def _by_time(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.created, mark.mark_id)))
