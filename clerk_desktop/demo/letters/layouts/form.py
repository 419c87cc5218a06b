"""Printed forms with boxes, filled in by typing and by ticking."""

from __future__ import annotations

from clerk_desktop.demo.letters import pen
from clerk_desktop.demo.letters.content import Content, Field, Section, long_date
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.layouts import parts
from clerk_desktop.demo.letters.letter import Desk, Drawing
from clerk_desktop.demo.letters.sheet import Ink, Sheet, wrap

LEFT, RIGHT, BOTTOM = 20.0, 192.0, 222.0
HEIGHT = 11.0
CHOICES_HEIGHT = 10.0


def form(content: Content, *, number: str, tint: Ink = (236, 240, 236)) -> Drawing:
    """Return the drawing of a form; ``number`` is the form's own, at the foot of each page."""

    def draw(desk: Desk) -> list[Sheet]:
        pages = [_page(desk, content, number, tint)]
        sheet = pages[0]
        parts.address(sheet, content.recipient, Style(face=Face.SANS, size=10), x=LEFT, y=14)
        for index, (label, value) in enumerate(content.references):
            top = 14 + 10 * index
            sheet.box(118, top, 74, 9)
            sheet.text(119.5, top + 3, label, Style(face=Face.SANS, size=6.5))
            sheet.text(119.5, top + 7.6, value, _typed(desk))
        sheet.text(LEFT, 48, content.subject, Style(face=Face.SANS, size=15, bold=True, ink=content.accent))
        parts.stamp(sheet, content, desk, x=126, y=32)
        y = 53.0
        for section in content.sections:
            height = 8 + sum(_row_height(row) for row in section.rows)
            if y + height > BOTTOM:
                pages.append(_page(desk, content, number, tint, len(pages) + 1))
                y = 18.0
            y = _section(pages[-1], section, y, desk, tint) + 4
        y = _declaration(pages[-1], content, y)
        _signed(pages[-1], content, max(y, 60.0), desk)
        return pages

    return draw


def _page(desk: Desk, content: Content, number: str, tint: Ink, page: int = 1) -> Sheet:
    sheet = Sheet(desk.fonts, colour=desk.colour)
    small = Style(face=Face.SANS, size=7)
    sheet.text(LEFT, 287, number, small)
    sheet.text(RIGHT, 287, f"{content.subject} · Blatt {page}", small, right=True)
    return sheet


def _section(sheet: Sheet, section: Section, y: float, desk: Desk, tint: Ink) -> float:
    sheet.box(LEFT, y, RIGHT - LEFT, 6.4, fill=tint, line=0.3)
    sheet.text(LEFT + 2, y + 4.6, section.title, Style(face=Face.SANS, size=9.5, bold=True))
    y += 6.4
    for row in section.rows:
        width = (RIGHT - LEFT) / len(row)
        height = _row_height(row)
        for index, field in enumerate(row):
            _field(sheet, field, LEFT + index * width, y, (width, height), desk)
        y += height
    return y


def _row_height(row: tuple[Field, ...]) -> float:
    return CHOICES_HEIGHT if any(field.choices for field in row) else HEIGHT


def _field(sheet: Sheet, field: Field, x: float, y: float, size: tuple[float, float], desk: Desk) -> None:
    sheet.box(x, y, *size)
    sheet.text(x + 1.5, y + 3.1, field.label, Style(face=Face.SANS, size=6.8))
    if field.value:
        sheet.text(
            x + 2 + desk.chance.uniform(0, 2), y + 8.9 + desk.chance.uniform(-0.5, 0.4), field.value, _typed(desk)
        )
    for index, choice in enumerate(field.choices):
        left = x + 2 + index * (size[0] - 4) / len(field.choices)
        sheet.box(left, y + 4.8, 3.4, 3.4, line=0.25)
        sheet.text(left + 5, y + 7.9, choice, Style(face=Face.SANS, size=9))
        if index in field.ticked:
            pen.tick(sheet, left, y + 4.8, 3.4, desk.chance)


def _typed(desk: Desk) -> Style:
    return Style(face=Face.MONO, size=11, ink=(30, 40, 95))


def _declaration(sheet: Sheet, content: Content, y: float) -> float:
    style = Style(face=Face.SANS, size=8)
    for part in content.body:
        for line in wrap(sheet, part, RIGHT - LEFT, style):
            y += 3.6
            sheet.text(LEFT, y, line, style)
        y += 1.5
    return y


def _signed(sheet: Sheet, content: Content, y: float, desk: Desk) -> None:
    y += 22
    label = Style(face=Face.SANS, size=7)
    sheet.text(LEFT + 2, y - 1.5, f"{content.place}, {long_date(content.day)}", _typed(desk))
    pen.signature(sheet, 118, y - 2, desk.chance.uniform(34, 46), desk.chance)
    for x, width, text in ((LEFT, 74, "Ort, Datum"), (112, 78, "Unterschrift")):
        sheet.line(x, y, x + width, y, width=0.2)
        sheet.text(x, y + 3.2, text, label)
