"""XML that a device sends, read as elements without namespaces' spelling; hostile input is refused.

A scanner is a foreign computer: no document types (the door for entity bombs and files from elsewhere), and bounds for
size, depth and number. Prefixes and namespaces differ between makers, so names count without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from clerk_desktop.model.errors import ScannerBadAnswer

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 20_000
MAX_TEXT = 200


@dataclass(slots=True)
class Element:
    """An element. ``name`` is local; ``text`` its own characters."""

    name: str
    reference: str = ""
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of that name, at any depth, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def first(self, name: str) -> Element | None:
        """Return the first element of that name, at any depth."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """Return the text of the first element of that name, shortened, "" for none."""
        found = self.first(name)
        return found.text.strip()[:MAX_TEXT] if found is not None else ""

    def number(self, name: str) -> int:
        """Return a whole number, 0 where there is none."""
        return whole(self.value(name))


def whole(text: str) -> int:
    """Return a whole number of at most six digits, else 0."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def read_xml(content: bytes, root: str) -> Element:
    """Return the root element, which must be called ``root``. Raises ``ScannerBadAnswer``."""
    if len(content) > MAX_BYTES:
        raise ScannerBadAnswer(what=f"> {MAX_BYTES // 1024} KiB")
    reader = _Reader()
    try:
        found = reader.read(content)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ScannerBadAnswer(what="XML") from error
    if found is None or found.name != root:
        raise ScannerBadAnswer(what=root)
    return found


class _Reader:
    """Builds elements from expat's events, and stops where a limit is passed."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0

    def read(self, content: bytes) -> Element | None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        return self._root

    def _doctype(self, *_: object) -> None:
        raise ScannerBadAnswer(what="DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise ScannerBadAnswer(what="XML")
        element = Element(name.rpartition("}")[2], reference=attributes.get("ref", attributes.get("name", "")))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and len(self._open[-1].text) < MAX_TEXT:
            self._open[-1].text += text
