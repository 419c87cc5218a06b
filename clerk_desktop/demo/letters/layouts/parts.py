"""Parts that several kinds of letters share, at the places of DIN 5008 form B."""

from __future__ import annotations

from clerk_desktop.demo.letters import pen
from clerk_desktop.demo.letters.content import Content
from clerk_desktop.demo.letters.flow import Flow, NextSheet
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.letter import Desk
from clerk_desktop.demo.letters.sheet import Sheet

LEFT, RIGHT = 25.0, 190.0
"""Margins of the text in millimetres."""
ADDRESS_TOP = 62.7
"""Where the recipient's lines begin (form B: field at 45 mm, 17.7 mm of it for remarks)."""
INFO_LEFT, INFO_TOP = 125.0, 50.0
SUBJECT_TOP = 103.5
GREY = (95, 95, 100)


def return_line(sheet: Sheet, content: Content, face: Face) -> None:
    """Write the sender in one small underlined line above the recipient, as the window of the envelope shows it."""
    style = Style(face=face, size=7, ink=GREY)
    line = " · ".join((content.sender[0], content.sender[-1]))
    sheet.text(LEFT, ADDRESS_TOP - 3.4, line, style)
    sheet.line(LEFT, ADDRESS_TOP - 2.4, LEFT + sheet.width(line, style), ADDRESS_TOP - 2.4, width=0.12, ink=GREY)


def address(sheet: Sheet, lines: tuple[str, ...], style: Style, *, x: float = LEFT, y: float = ADDRESS_TOP) -> float:
    """Write the recipient's lines below ``y``; returns the last baseline."""
    for line in lines:
        y += style.size * 0.43
        sheet.text(x, y, line, style)
    return y


def info_block(sheet: Sheet, pairs: tuple[tuple[str, str], ...], face: Face, *, top: float = INFO_TOP) -> None:
    """Write labels with values at the right (Informationsblock); an empty pair leaves a gap."""
    y = top
    for label, value in pairs:
        y += 4.3
        sheet.text(INFO_LEFT, y, label, Style(face=face, size=8.5, ink=GREY))
        sheet.text(INFO_LEFT + 26, y, value, Style(face=face, size=9.5))


def fold_marks(sheet: Sheet) -> None:
    """Draw the printed marks for folding and punching (DIN 5008 form B: 105, 148.5 and 210 mm)."""
    for y, length in ((105, 4), (148.5, 6), (210, 4)):
        sheet.line(4, y, 4 + length, y, width=0.12, ink=GREY)


def footer(sheet: Sheet, columns: tuple[tuple[str, ...], ...], face: Face, *, ink: tuple[int, int, int] = GREY) -> None:
    """Write small columns at the foot, under a thin line."""
    if not columns:
        return
    sheet.line(LEFT, 271, RIGHT, 271, width=0.2, ink=ink)
    step = (RIGHT - LEFT) / len(columns)
    for number, column in enumerate(columns):
        for row, line in enumerate(column):
            sheet.text(LEFT + number * step, 275 + row * 3.3, line, Style(face=face, size=7.5, ink=GREY))


def body(flow: Flow, content: Content, style: Style) -> None:
    """Write salutation and paragraphs."""
    if content.salutation:
        flow.paragraph(content.salutation, style)
    for part, following in zip(content.body, (*content.body[1:], ""), strict=True):
        if part.startswith("# "):
            heading = Style(face=style.face, size=style.size, bold=True, ink=style.ink)
            flow.room(20)
            flow.paragraph(part.removeprefix("# "), heading, after=0.4)
        else:
            flow.paragraph(part, style, after=0.3 if following.startswith("– ") and part.startswith("– ") else 0.9)


def ending(flow: Flow, content: Content, style: Style, desk: Desk, *, ink: tuple[int, int, int] = pen.BLUE) -> None:
    """Write greeting, signature, name, enclosures."""
    flow.room(34)
    flow.gap(1.5)
    if content.closing:
        flow.paragraph(content.closing, style, after=0)
    if content.signed:
        flow.gap(13)
        pen.signature(flow.sheet, flow.left + 2, flow.y, desk.chance.uniform(32, 48), desk.chance, ink)
        flow.paragraph(content.signed, style, after=0.8)
    if content.enclosures:
        small = Style(face=style.face, size=style.size - 1.5, ink=style.ink)
        flow.paragraph("Anlagen" if len(content.enclosures) > 1 else "Anlage", small, after=0)
        for enclosure in content.enclosures:
            flow.paragraph(enclosure, small, after=0)


def next_page(desk: Desk, content: Content, face: Face) -> NextSheet:
    """Begin later sheets with the page number at the top."""

    def begin(number: int) -> tuple[Sheet, float]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        style = Style(face=face, size=9, ink=GREY)
        sheet.text(LEFT, 18, f"Seite {number}", style)
        sheet.text(RIGHT, 18, f"zum Schreiben {content.sender[0]} vom {content.day:%d.%m.%Y}", style, right=True)
        return sheet, 26.0

    return begin


def stamp(sheet: Sheet, content: Content, desk: Desk, *, x: float = 126, y: float = 18) -> None:
    """Put the mailroom's stamp of receipt, where the letter has one."""
    if content.stamp is not None:
        pen.receipt_stamp(
            sheet, x + desk.chance.uniform(-6, 6), y + desk.chance.uniform(-4, 4), content.stamp, desk.chance
        )
