"""Marks as XFDF (ISO 19444-1:2019) and back. What is not understood is kept, element by element.

Own additions live in the namespace ``urn:clerk-desktop:annotations``: exact times, the version a mark was made on, the
page's corner, the fields of a stamp, and the tombstones of deleted marks, for which XFDF has no word. Other software
ignores them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from clerk_desktop.documents import xfdf_values as values
from clerk_desktop.documents.xfdf_shapes import read_shape, write_shape
from clerk_desktop.documents.xfdf_xml import OWN, Node, parse, serialise
from clerk_desktop.model.annotation import (
    UNKNOWN_TIME,
    XFDF,
    Colour,
    Foreign,
    ForeignElement,
    Mark,
    MarkKind,
    Tombstone,
    tidy,
)
from clerk_desktop.model.errors import MarksRefused
from clerk_desktop.model.exchange import UNSHIFTED, MarksFile
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.ids import MarkId

_NAMELESS = uuid.UUID("0d2c9b54-3a0c-5d7b-8a53-0f4f0c6f1e77")
_MODIFIED, _CREATED = f"{{{OWN}}}modified", f"{{{OWN}}}created"
_VERSION, _ORIGIN = f"{{{OWN}}}version", f"{{{OWN}}}origin"
_FIELD, _DELETED, _DELETED_AT = f"{{{OWN}}}field", f"{{{OWN}}}deleted", f"{{{OWN}}}at"
_COMMON = frozenset(
    {"page", "name", "title", "subject", "date", "creationdate", "color", "interior-color", "opacity", "width", "flags"}
    | {"inreplyto", "rotation", "rect", "icon", _MODIFIED, _CREATED, _VERSION, _ORIGIN}
)
# of a mark that is only kept, these are ours all the same
_TOUCHED = ("name", "title", "date", _MODIFIED, _VERSION)
_DEFAULTS = {"width": 1.0, "opacity": 1.0}
_DEFAULT_FONT_SIZE = 12.0


class Xfdf:
    """The XFDF format of marks; implements ``model.exchange.MarksFormat``."""

    def read(self, content: bytes, origins: Mapping[int, Point] = UNSHIFTED) -> MarksFile:
        """Return the marks of an XFDF file. Raises ``MarksRefused``."""
        root = _plain_namespace(parse(content))
        if root.name != "xfdf":
            raise MarksRefused(why=root.tag[:80])
        foreign = []
        entries: list[Mark | Tombstone] = []
        for child in root.elements:
            if child.name == "annots":
                entries += _read_marks(child.elements, origins)
            elif child.tag == _DELETED and (tombstone := _read_tombstone(child)):
                entries.append(tombstone)
            else:
                foreign.append(_foreign_element(child))
        return MarksFile(entries=tuple(entries), foreign=tuple(foreign))

    def write(self, marks: MarksFile) -> bytes:
        """Return the marks as an XFDF file in UTF-8.

        Of elements beside the marks that XFDF allows once (``f``, ``ids``, ``fields``), the first one is written.
        """
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xfdf xmlns="{XFDF}" xml:space="preserve">']
        lines.append("<annots>")
        lines += (_write_mark(entry) for entry in marks.entries if isinstance(entry, Mark))
        lines.append("</annots>")
        lines += (_write_tombstone(entry) for entry in marks.entries if isinstance(entry, Tombstone))
        lines += (element.xml for element in _once(marks.foreign))
        lines.append("</xfdf>")
        return "\n".join(lines).encode("utf-8", "replace")


def _plain_namespace(root: Node) -> Node:
    """Give the elements their namespace where other software left it out."""
    if root.tag == "xfdf":
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if not node.tag.startswith("{"):
                node.tag = f"{{{XFDF}}}{node.tag}"
            waiting += node.elements
    return root


def _once(foreign: Iterable[ForeignElement]) -> Iterator[ForeignElement]:
    written = set[str]()
    for element in foreign:
        if element.tag not in written:
            yield element
        if element.tag.startswith(f"{{{XFDF}}}"):
            written.add(element.tag)


def _foreign_element(node: Node) -> ForeignElement:
    return ForeignElement(node.tag, serialise(node, None))


# reading


def _read_marks(nodes: Iterable[Node], origins: Mapping[int, Point]) -> list[Mark]:
    """Read all marks, giving each an id of its own: names are unique per page only, and some have none."""
    known: dict[tuple[int, str], MarkId] = {}
    marks: list[Mark] = []
    taken: set[MarkId] = set()
    for node in nodes:
        mark = _read_mark(node, origins)
        name = mark.mark_id
        if not name or name in taken:
            seed = name or serialise(node, None)
            mark = replace(mark, mark_id=_derived(seed, max(mark.page, 1), taken))  # as ids were made ever since
        taken.add(mark.mark_id)
        known.setdefault((mark.page, name), mark.mark_id)
        marks.append(mark)
    return [_with_parent(mark, known) for mark in marks]


def _derived(seed: str, page: int, taken: set[MarkId]) -> MarkId:
    count = 0
    while True:
        mark_id = MarkId(str(uuid.uuid5(_NAMELESS, f"{page}\n{count}\n{seed}")))
        if mark_id not in taken:
            return mark_id
        count += 1


def _with_parent(mark: Mark, known: Mapping[tuple[int, str], MarkId]) -> Mark:
    if mark.in_reply_to is None:
        return mark
    return replace(mark, in_reply_to=known.get((mark.page, mark.in_reply_to), mark.in_reply_to))


def _read_mark(node: Node, origins: Mapping[int, Point]) -> Mark:
    page = _page(node)
    origin = _origin(node, origins.get(page))
    try:
        kind = MarkKind(node.name) if page else MarkKind.OTHER
        shape = read_shape(kind, node, origin)
    except ValueError:
        kind = MarkKind.OTHER
        shape = read_shape(kind, node, origin)
    modified = values.moment(node.attributes.get("date", ""))
    created = values.moment(node.attributes.get("creationdate", ""))
    modified = values.exact(node.attributes.get(_MODIFIED, ""), modified) or created or UNKNOWN_TIME
    created = values.exact(node.attributes.get(_CREATED, ""), created) or modified
    contents, look = node.child("contents"), _appearance(node)
    reply = node.attributes.get("inreplyto")
    mark = Mark(
        mark_id=MarkId(node.attributes.get("name", "")),
        kind=kind,
        page=page,
        shape=shape.shape,
        author=node.attributes.get("title", ""),
        created=created,
        modified=modified,
        text=contents.text if contents else _rich_text(node),
        subject=node.attributes.get("subject", ""),
        colour=values.colour(node.attributes.get("color", "")),
        interior=values.colour(node.attributes.get("interior-color", "")),
        opacity=_number(node, "opacity"),
        line_width=_number(node, "width"),
        font_size=values.font_size(look, _DEFAULT_FONT_SIZE),
        text_colour=values.text_colour(look),
        rotation=int(_number(node, "rotation")) % 360 // 90 * 90,
        icon=node.attributes.get("icon", ""),
        fields=_fields(node),
        in_reply_to=MarkId(reply) if reply else None,
        flags=tuple(flag.strip() for flag in node.attributes.get("flags", "").split(",") if flag.strip()),
        version=node.attributes.get(_VERSION, ""),
        origin=origin,
    )
    mark = tidy(mark)
    return replace(mark, foreign=_foreign(node, mark, shape.used))


def _page(node: Node) -> int:
    """Return the page from 1; 0 when the file names none: the attribute is required, and nobody may guess it."""
    text = node.attributes.get("page", "").strip()
    return int(text) + 1 if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _origin(node: Node, known: Point | None) -> Point:
    written = node.attributes.get(_ORIGIN)
    if written is not None:
        try:
            (place,) = values.points(written, Point(0, 0))
        except ValueError:
            pass
        else:
            return place
    return known or Point(0.0, 0.0)


def _number(node: Node, name: str) -> float:
    try:
        return values.number(node.attributes[name])
    except (KeyError, ValueError):
        return _DEFAULTS.get(name, 0.0)


def _appearance(node: Node) -> str:
    child = node.child("defaultappearance")
    return child.text if child else ""


def _rich_text(node: Node) -> str:
    rich = node.child("contents-richtext")
    if rich is None:
        return ""
    body = rich.elements[0] if rich.elements else rich
    return "\n".join(part.text for part in body.elements) or body.text


def _fields(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((child.attributes.get("name", ""), child.text) for child in node.elements if child.tag == _FIELD)


def _foreign(node: Node, mark: Mark, used: tuple[str, ...]) -> Foreign:
    if mark.kind is MarkKind.OTHER:
        return Foreign(
            element=node.tag,
            attributes=tuple(sorted((key, value) for key, value in node.attributes.items() if key not in _TOUCHED)),
            children=tuple(_foreign_element(child) for child in node.elements if child.tag != _FIELD),
        )
    own = {*_COMMON, *used}
    known = {"contents", _FIELD, *used}
    if _appearance(node) == values.default_appearance(mark.font_size, mark.text_colour):
        known.add("defaultappearance")
    return Foreign(
        attributes=tuple(sorted((key, value) for key, value in node.attributes.items() if key not in own)),
        children=tuple(_foreign_element(child) for child in node.elements if child.name not in known),
    )


def _read_tombstone(node: Node) -> Tombstone | None:
    name = node.attributes.get("name", "")
    try:
        at = values.exact(node.attributes.get(_DELETED_AT, ""), values.moment(node.attributes.get("date", "")))
    except ValueError:
        at = None
    return Tombstone(mark_id=MarkId(name), deleted_at=at) if name and at else None


# writing


def _write_mark(mark: Mark) -> str:
    own = _own_attributes(mark)
    foreign = dict(mark.foreign.attributes)
    if mark.kind is MarkKind.OTHER:
        node = Node(mark.foreign.element, foreign | {key: own[key] for key in _TOUCHED if key in own})
    else:
        shape = write_shape(mark)
        node = Node(f"{{{XFDF}}}{mark.kind.value}", foreign | own | shape.attributes)
        node.children += shape.children
        if mark.text:
            node.children.append(Node(f"{{{XFDF}}}contents", {}, [mark.text]))
        if mark.kind is MarkKind.FREE_TEXT and not _has_appearance(mark):
            appearance = values.default_appearance(mark.font_size, mark.text_colour)
            node.children.append(Node(f"{{{XFDF}}}defaultappearance", {}, [appearance]))
    node.children += (Node(_FIELD, {"name": name}, [value]) for name, value in mark.fields)
    node.children += mark.foreign.children
    return serialise(node, XFDF)


def _has_appearance(mark: Mark) -> bool:
    return any(child.tag == f"{{{XFDF}}}defaultappearance" for child in mark.foreign.children)


def _own_attributes(mark: Mark) -> dict[str, str]:
    attributes = {
        "page": str(mark.page - 1) if mark.page else "",
        "name": mark.mark_id,
        "title": mark.author,
        "subject": mark.subject,
        "date": values.moment_text(mark.modified) if mark.modified != UNKNOWN_TIME else "",
        "creationdate": values.moment_text(mark.created) if mark.created != UNKNOWN_TIME else "",
        "rect": values.rect_text(mark.rect, mark.origin),
        "flags": ",".join(mark.flags),
        "inreplyto": mark.in_reply_to or "",
        "icon": mark.icon,
        _VERSION: mark.version,
        _MODIFIED: mark.modified.isoformat() if mark.modified.microsecond else "",
        _CREATED: mark.created.isoformat() if mark.created.microsecond else "",
        "color": _colour(mark.colour),
        "interior-color": _colour(mark.interior),
        "rotation": str(mark.rotation) if mark.rotation else "",
        "opacity": values.number_text(mark.opacity) if mark.opacity != _DEFAULTS["opacity"] else "",
        "width": values.number_text(mark.line_width) if mark.line_width != _DEFAULTS["width"] else "",
    }
    if mark.origin != Point(0.0, 0.0):
        attributes[_ORIGIN] = values.points_text((mark.origin,), Point(0.0, 0.0), ",")
    return {key: value for key, value in attributes.items() if value}


def _colour(colour: Colour | None) -> str:
    return values.colour_text(colour) if colour else ""


def _write_tombstone(tombstone: Tombstone) -> str:
    attributes = {"name": tombstone.mark_id, "date": values.moment_text(tombstone.deleted_at)}
    if tombstone.deleted_at.microsecond:
        attributes[_DELETED_AT] = tombstone.deleted_at.isoformat()
    return serialise(Node(_DELETED, attributes), XFDF)
