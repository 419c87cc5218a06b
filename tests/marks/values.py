"""Marks for tests: fixed ones of every kind, and strategies for arbitrary ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from clerk_desktop.model.annotation import (
    AnnotationSet,
    Box,
    Colour,
    Foreign,
    LineEnding,
    Mark,
    MarkKind,
    Segment,
    Shape,
    Strokes,
    TextArea,
    Tombstone,
    annotation_set,
    over_words,
    tidy,
)
from clerk_desktop.model.geometry import Point, Quad, Rect
from clerk_desktop.model.ids import DocumentId, MarkId

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DOCUMENT = DocumentId("6f1f3e0c-0000-4000-8000-000000000001")
ME = "clerk1.blomberg"

KINDS = tuple(kind for kind in MarkKind if kind is not MarkKind.OTHER)
_TEXT_KINDS = (MarkKind.HIGHLIGHT, MarkKind.UNDERLINE, MarkKind.STRIKEOUT)


def shape_of(kind: MarkKind, place: Rect) -> Shape:
    """A shape of that kind that fills the place."""
    if kind in _TEXT_KINDS:
        return over_words([place])
    if kind is MarkKind.INK:
        middle = Point((place.x0 + place.x1) / 2, place.y1)
        return Strokes(((Point(place.x0, place.y0), middle, Point(place.x1, place.y0)),))
    if kind is MarkKind.LINE:
        return Segment(Point(place.x0, place.y0), Point(place.x1, place.y1), end_ending=LineEnding.CLOSED_ARROW)
    return Box(place)


def mark(kind: MarkKind = MarkKind.HIGHLIGHT, **changes: object) -> Mark:
    """A mark of that kind at a fixed place."""
    known: dict[str, object] = {
        "mark_id": MarkId("mark-1"),
        "kind": kind,
        "page": 1,
        "shape": shape_of(kind, Rect(100, 600, 220, 660)),
        "author": ME,
        "created": NOON,
        "modified": NOON,
        "colour": Colour(255, 224, 64),
    }
    return Mark(**(known | changes))  # type: ignore[arg-type]


numbers = st.floats(-2000, 2000, allow_nan=False).map(lambda value: round(value, 4) + 0.0)
points = st.builds(Point, numbers, numbers)
times = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
texts = st.text(st.characters(codec="utf-8"), max_size=30)
colours = st.builds(Colour, *(st.integers(0, 255) for _ in range(3)))


@st.composite
def rects(draw: st.DrawFn) -> Rect:
    xs, ys = sorted((draw(numbers), draw(numbers))), sorted((draw(numbers), draw(numbers)))
    return Rect(xs[0], ys[0], xs[1], ys[1])


@st.composite
def quads(draw: st.DrawFn) -> Quad:
    """Quads of text running in one of the four directions of a page."""
    upper_left, upper_right, lower_left, lower_right = draw(rects().filter(lambda r: r.width and r.height)).corners
    turns = [
        (upper_left, upper_right, lower_left, lower_right),
        (lower_left, upper_left, lower_right, upper_right),
        (lower_right, lower_left, upper_right, upper_left),
        (upper_right, lower_right, upper_left, lower_left),
    ]
    return Quad(*draw(st.sampled_from(turns)))


@st.composite
def shapes(draw: st.DrawFn, kind: MarkKind) -> Shape:
    if kind in _TEXT_KINDS:
        return TextArea(tuple(draw(st.lists(quads(), min_size=1, max_size=3))))
    if kind is MarkKind.INK:
        stroke = st.lists(points, min_size=1, max_size=5).map(tuple)
        return Strokes(tuple(draw(st.lists(stroke, min_size=1, max_size=3))))
    if kind is MarkKind.LINE:
        endings = st.sampled_from(LineEnding)
        return Segment(draw(points), draw(points), draw(endings), draw(endings))
    return Box(draw(rects()))


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    kind = draw(st.sampled_from(KINDS))
    return tidy(
        Mark(
            mark_id=MarkId(str(draw(st.uuids()))),
            kind=kind,
            page=draw(st.integers(1, 999)),
            shape=draw(shapes(kind)),
            author=draw(texts),
            created=draw(times),
            modified=draw(times),
            text=draw(texts),
            subject=draw(texts),
            colour=draw(st.none() | colours),
            interior=draw(st.none() | colours),
            opacity=draw(st.floats(0, 1)),
            line_width=draw(st.floats(0, 20)),
            font_size=draw(st.floats(1, 99)) if kind is MarkKind.FREE_TEXT else 12.0,
            text_colour=draw(colours) if kind is MarkKind.FREE_TEXT else Colour(0, 0, 0),
            rotation=draw(st.sampled_from([0, 90, 180, 270])),
            icon=draw(texts),
            fields=tuple(draw(st.lists(st.tuples(texts, texts), max_size=3))),
            in_reply_to=draw(st.none() | st.uuids().map(lambda key: MarkId(str(key)))),
            flags=tuple(draw(st.lists(st.sampled_from(["print", "hidden", "nozoom", "locked"]), unique=True))),
            version=draw(st.sampled_from(["", "1.0", "2.0"])),
            origin=draw(st.just(Point(0, 0)) | points),
            foreign=Foreign(),
        )
    )


@st.composite
def sets(draw: st.DrawFn) -> AnnotationSet:
    """Sets with few ids and few instants, so that they meet."""
    ids = st.sampled_from(["a", "b", "c"])
    near = st.integers(0, 3).map(lambda seconds: NOON + timedelta(seconds=seconds))
    entries = draw(
        st.lists(
            st.builds(lambda id_, at, text: mark(mark_id=MarkId(id_), modified=at, text=text), ids, near, texts)
            | st.builds(lambda id_, at: Tombstone(mark_id=MarkId(id_), deleted_at=at), ids, near),
            max_size=6,
        )
    )
    return annotation_set(DOCUMENT, ME, entries)
