"""XML for XFDF: a parser that refuses hostile input, and a writer with one form for one content.

Leaves the meaning of the elements to ``documents.xfdf``. Comments and processing instructions are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from clerk_desktop.model.annotation import XFDF, ForeignElement
from clerk_desktop.model.errors import MarksRefused

OWN = "urn:clerk-desktop:annotations"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {OWN: "clerk", _XML: "xml"}
_ATTRIBUTE_ESCAPES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_TEXT_ESCAPES = {"\r": "&#13;"}

MAX_BYTES = 32 * 1024**2
MAX_DEPTH = 64
MAX_ELEMENTS = 200_000


@dataclass(slots=True)
class Node:
    """An element while it is read or written. Names in Clark form, ``{namespace}name``; children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | ForeignElement | str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The tag for an XFDF element, without namespace; the full tag for any other."""
        return self.tag.removeprefix("{" + XFDF + "}")

    @property
    def elements(self) -> list[Node]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """All text inside, in order."""
        parts = (child for child in self.children if not isinstance(child, ForeignElement))
        return "".join(part if isinstance(part, str) else part.text for part in parts)

    def child(self, name: str) -> Node | None:
        """Return the first child element of that (XFDF or full) name."""
        return next((child for child in self.elements if child.name == name), None)


def parse(content: bytes) -> Node:
    """Return the root element.

    Raises ``MarksRefused`` for anything that is not well-formed, declares a document type (the door for entity bombs
    and files from elsewhere), or is larger or deeper than any file of marks.
    """
    if len(content) > MAX_BYTES:
        raise MarksRefused(why=f"> {MAX_BYTES // 1024**2} MiB")
    reader = _Reader()
    try:
        root = reader.read(content)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise MarksRefused(why=str(error)) from error
    if root is None:
        raise MarksRefused(why="no element")
    return root


class _Reader:
    """Builds nodes from expat's events, and stops where a limit is passed."""

    def __init__(self) -> None:
        self._open: list[Node] = []
        self._root: Node | None = None
        self._count = 0

    def read(self, content: bytes) -> Node | None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        return self._root

    def _doctype(self, *_: object) -> None:
        raise MarksRefused(why="DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise MarksRefused(why=f"> {MAX_DEPTH} / {MAX_ELEMENTS} elements")
        node = Node(_clark(name), {_clark(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def serialise(node: Node, default: str | None) -> str:
    """Return the element as text, inside an element whose default namespace is ``default``.

    Every other namespace is declared where it is used; with None the element stands for itself and can be put
    anywhere, as a ``ForeignElement``.
    """
    namespace, local = _split(node.tag)
    own_prefix = _PREFIXES.get(namespace)
    attributes = []
    inner = default
    if own_prefix:
        local = f"{own_prefix}:{local}"
        attributes.append(f'xmlns:{own_prefix}="{namespace}"')
    elif namespace != default:
        attributes.append(f'xmlns="{_attribute(namespace)}"')
        inner = namespace
    attributes += _attributes(node.attributes, declared={namespace} if own_prefix else set())
    head = " ".join([local, *attributes])
    if not node.children:
        return f"<{head}/>"
    parts = (_inside(child, inner) for child in node.children)
    return f"<{head}>{''.join(parts)}</{local}>"


def _inside(child: Node | ForeignElement | str, default: str | None) -> str:
    match child:
        case str():
            return escape(child, _TEXT_ESCAPES)
        case ForeignElement():
            return child.xml
        case Node():
            return serialise(child, default)


def _attributes(attributes: Mapping[str, str], declared: set[str]) -> list[str]:
    written, prefixes = [], dict(_PREFIXES)
    for key, value in sorted(attributes.items()):
        namespace, local = _split(key)
        if namespace:
            prefix = prefixes.setdefault(namespace, f"n{len(prefixes)}")
            if namespace not in {*declared, _XML}:
                declared.add(namespace)
                written.append(f'xmlns:{prefix}="{_attribute(namespace)}"')
            local = f"{prefix}:{local}"
        written.append(f'{local}="{_attribute(value)}"')
    return written


def _attribute(value: str) -> str:
    return escape(value, _ATTRIBUTE_ESCAPES)


def _split(name: str) -> tuple[str, str]:
    if not name.startswith("{"):
        return "", name
    namespace, _, local = name[1:].rpartition("}")
    return namespace, local
