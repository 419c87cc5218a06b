"""The places of marks in XFDF: ``coords``, ``inklist``, ``start``/``end``, ``rect`` (ISO 19444-1, 6.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from clerk_desktop.documents import xfdf_values as values
from clerk_desktop.documents.xfdf_xml import Node
from clerk_desktop.model.annotation import XFDF, Box, LineEnding, Mark, MarkKind, Segment, Shape, Strokes, TextArea
from clerk_desktop.model.geometry import Point, Quad, Rect


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadShape:
    """A shape and the attributes and child elements that told it."""

    shape: Shape
    used: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenShape:
    """Attributes and child elements that tell a shape."""

    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


def read_shape(kind: MarkKind, node: Node, origin: Point) -> ReadShape:
    """Return the shape of a mark in page coordinates. Raises ``ValueError`` where the kind needs what is not there."""
    match kind:
        case MarkKind.HIGHLIGHT | MarkKind.UNDERLINE | MarkKind.STRIKEOUT:
            return ReadShape(shape=TextArea(_quads(node, origin)), used=("coords",))
        case MarkKind.INK:
            return ReadShape(shape=Strokes(_strokes(node, origin)), used=("inklist",))
        case MarkKind.LINE:
            return ReadShape(shape=_segment(node, origin), used=("start", "end", "head", "tail"))
        case MarkKind.OTHER:
            return ReadShape(shape=Box(_rect_or_nothing(node, origin)), used=())
        case MarkKind.NOTE | MarkKind.FREE_TEXT | MarkKind.SQUARE | MarkKind.STAMP:
            return ReadShape(shape=Box(_rect(node, origin)), used=())
        case _:
            assert_never(kind)


def _rect(node: Node, origin: Point) -> Rect:
    return values.rect(node.attributes.get("rect", ""), origin)


def _rect_or_nothing(node: Node, origin: Point) -> Rect:
    try:
        return _rect(node, origin)
    except ValueError:
        return Rect(0.0, 0.0, 0.0, 0.0)


def _quads(node: Node, origin: Point) -> tuple[Quad, ...]:
    coords = node.attributes.get("coords", "")
    return values.quads(coords, origin) if coords.strip() else (Quad(*_rect(node, origin).corners),)


def _strokes(node: Node, origin: Point) -> tuple[tuple[Point, ...], ...]:
    inklist = node.child("inklist")
    gestures = inklist.elements if inklist else []
    lines = tuple(values.points(gesture.text, origin) for gesture in gestures if gesture.name == "gesture")
    drawn = tuple(line for line in lines if line)
    if not drawn:
        raise ValueError("ink without a stroke")
    return drawn


def _segment(node: Node, origin: Point) -> Segment:
    start = values.points(node.attributes.get("start", ""), origin)
    end = values.points(node.attributes.get("end", ""), origin)
    if len(start) != 1 or len(end) != 1:
        raise ValueError("a line needs two ends")
    return Segment(start[0], end[0], _ending(node, "head"), _ending(node, "tail"))


def _ending(node: Node, name: str) -> LineEnding:
    try:
        return LineEnding(node.attributes.get(name, LineEnding.NONE.value))
    except ValueError:
        return LineEnding.NONE


def write_shape(mark: Mark) -> WrittenShape:
    """Return what tells the mark's shape, beside its ``rect``."""
    match mark.shape:
        case Box():
            return WrittenShape()
        case TextArea(quads):
            corners = (corner for quad in quads for corner in quad.corners)
            return WrittenShape(attributes={"coords": values.points_text(corners, mark.origin, ",")})
        case Strokes(lines):
            gestures = [Node(f"{{{XFDF}}}gesture", {}, [values.points_text(line, mark.origin, ";")]) for line in lines]
            return WrittenShape(children=(Node(f"{{{XFDF}}}inklist", {}, list(gestures)),))
        case Segment(start, end, first, last):
            return WrittenShape(
                attributes={
                    "start": values.points_text((start,), mark.origin, ","),
                    "end": values.points_text((end,), mark.origin, ","),
                    "head": first.value,
                    "tail": last.value,
                }
            )
