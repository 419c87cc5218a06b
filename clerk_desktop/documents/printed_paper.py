"""Sets our own reports and sheets as PDF: A4, real text in an embedded font (ISO 32000-1, 9.7), codes as boxes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

import pikepdf
import zxingcpp
from pikepdf import Dictionary, Name, Stream, String

from clerk_desktop.documents.mark_font import ASCENT, FONT, MarkFont
from clerk_desktop.model.paper import Block, Code, Heading, NewPage, Paper, Paragraph, Space, Table

if TYPE_CHECKING:
    from typing_extensions import Buffer

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points (ISO 216)
LEFT, RIGHT, TOP, BOTTOM = 56.7, 42.5, 48.0, 56.0
MILLIMETRE = 72 / 25.4
LEADING = 1.28
GAP = 6.0
FOOTER_SIZE = 7.5
QUIET = 4  # modules left white around a code (ISO/IEC 18004, 9.1)


class PaperPrinter:
    """Sets paper as a PDF, the same bytes for the same paper."""

    def pdf(self, paper: Paper) -> bytes:
        """Return the PDF."""
        font = MarkFont([*_texts(paper.blocks), paper.footer, "0123456789"])
        pages = _Setter(font).set(paper.blocks)
        target = io.BytesIO()
        with pikepdf.new() as pdf:
            fonts = Dictionary({FONT: font.embedded(pdf)})
            for number, content in enumerate(pages, start=1):
                footer = paper.footer.format(page=number, pages=len(pages))
                drawn = [*content, _text(font, LEFT, BOTTOM - 24, footer, FOOTER_SIZE)] if footer else content
                pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
                page = pdf.pages[-1].obj
                page.Resources = Dictionary(Font=fonts)
                page.Contents = pdf.make_indirect(Stream(pdf, "\n".join(drawn).encode("ascii")))
            pdf.docinfo[Name.Title] = String(paper.title)
            pdf.Root.Lang = String(paper.language)
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            pdf.save(target, deterministic_id=True, compress_streams=True)
        return target.getvalue()


class _Setter:
    """Fills pages from the top."""

    def __init__(self, font: MarkFont) -> None:
        self._font = font
        self._pages: list[list[str]] = [[]]
        self._y = HEIGHT - TOP

    def set(self, blocks: Sequence[Block]) -> list[list[str]]:
        """Return the pages, each as the operators of its content."""
        for block in blocks:
            match block:
                case Heading():
                    self._lines(block.text, block.size, centred=block.centred, bold=True)
                case Paragraph():
                    self._lines(block.text, block.size, centred=block.centred)
                case Table():
                    self._table(block)
                case Code():
                    self._code(block)
                case Space():
                    self._y -= block.height * MILLIMETRE
                case NewPage():
                    self._new_page()
        return self._pages

    def _new_page(self) -> None:
        self._pages.append([])
        self._y = HEIGHT - TOP

    def _room_for(self, height: float) -> bool:
        return self._y - height >= BOTTOM

    def _lines(self, text: str, size: float, *, centred: bool, bold: bool = False) -> None:
        width = WIDTH - LEFT - RIGHT
        for line in self._font.wrapped(text, size, width):
            if not self._room_for(size * LEADING):
                self._new_page()
            x = (WIDTH - self._font.width(line, size)) / 2 if centred else LEFT
            self._pages[-1].append(_text(self._font, x, self._y - size * ASCENT, line, size, bold=bold))
            self._y -= size * LEADING
        self._y -= GAP

    def _table(self, table: Table) -> None:
        widths = [(WIDTH - LEFT - RIGHT) * share / sum(table.shares) for share in table.shares]
        head = self._broken(table.head, widths, table.size)
        first = max(_height(head, table.size), table.size) + table.size * LEADING + 2 * GAP
        if not self._room_for(first):
            self._new_page()
        self._row(head, widths, table.size, bold=True)
        for cells in table.rows:
            for piece in _pieces(self._broken(cells, widths, table.size), self._most_lines(head, table.size)):
                if not self._room_for(_height(piece, table.size)):
                    self._new_page()
                    self._row(head, widths, table.size, bold=True)
                self._row(piece, widths, table.size)
        self._y -= GAP

    def _most_lines(self, head: list[list[str]], size: float) -> int:
        """How many lines of a row fit a fresh page below the head."""
        return max(1, int((HEIGHT - TOP - BOTTOM - _height(head, size) - GAP) / (size * LEADING)))

    def _broken(self, cells: Sequence[str], widths: Sequence[float], size: float) -> list[list[str]]:
        return [self._font.wrapped(cell, size, width - GAP) for cell, width in zip(cells, widths, strict=True)]

    def _row(self, cells: list[list[str]], widths: Sequence[float], size: float, *, bold: bool = False) -> None:
        page, x = self._pages[-1], LEFT
        for lines, width in zip(cells, widths, strict=True):
            for number, line in enumerate(lines):
                y = self._y - size * ASCENT - number * size * LEADING
                page.append(_text(self._font, x, y, line, size, bold=bold))
            x += width
        self._y -= _height(cells, size)
        rule = self._y + GAP / 2
        page.append(f"{0.8 if bold else 0.3} w {LEFT:.2f} {rule:.2f} m {WIDTH - RIGHT:.2f} {rule:.2f} l S")

    def _code(self, code: Code) -> None:
        rows = _modules(code)
        side = code.side * MILLIMETRE
        module = side / len(rows[0])
        height = side if code.symbology == "QRCode" else side / 3
        if not self._room_for(height):
            self._new_page()
        left, deep = (WIDTH - side) / 2, height / len(rows)
        for number, row in enumerate(rows):
            y = self._y - (number + 1) * deep
            self._pages[-1] += [
                f"{left + start * module:.3f} {y:.3f} {length * module:.3f} {deep:.3f} re f"
                for start, length in _runs(row)
            ]
        self._y -= height + GAP


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield from block.head
                for row in block.rows:
                    yield from row
            case _:
                pass


def _text(font: MarkFont, x: float, y: float, line: str, size: float, *, bold: bool = False) -> str:
    # one font is enough: a thin outline in the same ink makes it bold (ISO 32000-1, 9.3.6)
    weight = f"2 Tr {size * 0.035:.3f} w " if bold else "0 Tr "
    return f"BT {weight}{FONT} {size:g} Tf {x:.2f} {y:.2f} Td {font.encoded(line)} Tj ET"


def _height(cells: Sequence[Sequence[str]], size: float) -> float:
    return max(len(lines) for lines in cells) * size * LEADING + GAP


def _pieces(cells: list[list[str]], most: int) -> Iterator[list[list[str]]]:
    """Cut a row that is taller than a page."""
    for start in range(0, max(len(lines) for lines in cells), most):
        yield [lines[start : start + most] for lines in cells]


def _modules(code: Code) -> list[list[bool]]:
    """Return the code module by module, dark ones True, each row once."""
    made = zxingcpp.create_barcode(code.text, zxingcpp.barcode_format_from_str(code.symbology))
    image = cast("Buffer", made.to_image(scale=1, add_quiet_zones=False))  # 8 bit grey
    rows = cast("list[list[int]]", memoryview(image).tolist())
    dark = [[value < 128 for value in row] for row in rows]
    white = [False] * QUIET
    return [[*white, *row, *white] for row in (dark if code.symbology == "QRCode" else dark[:1])]


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
