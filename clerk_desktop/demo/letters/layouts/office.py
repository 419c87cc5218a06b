"""Letters of offices, firms and courts: letterhead, information block, printed marks, foot line (DIN 5008 form B)."""

from __future__ import annotations

from collections.abc import Callable

from clerk_desktop.demo.letters.content import Content, long_date, money, short_date
from clerk_desktop.demo.letters.flow import Flow
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.layouts import parts
from clerk_desktop.demo.letters.layouts.parts import GREY, LEFT, RIGHT
from clerk_desktop.demo.letters.letter import Desk, Drawing
from clerk_desktop.demo.letters.sheet import Sheet

Head = Callable[[Sheet, Content, Face], None]


def district_head(sheet: Sheet, content: Content, face: Face) -> None:
    """Draw a shield at the left, the name of the authority beside it."""
    shield = ((25, 14), (39, 14), (39, 26), (36, 31), (32, 34), (28, 31), (25, 26))
    sheet.area(shield, fill=content.accent)
    sheet.area(((32, 16.5), (36.5, 21), (32, 30), (27.5, 21)), fill=(255, 255, 255))
    sheet.disc(32, 22, 2.4, fill=content.accent)
    sheet.text(43, 22, content.sender[0], Style(face=face, size=20, bold=True, ink=content.accent))
    sheet.text(43, 28.5, content.sender[1], Style(face=face, size=11, ink=GREY))


def firm_head(sheet: Sheet, content: Content, face: Face) -> None:
    """Draw a coloured bar across the sheet and a mark made of squares."""
    sheet.box(0, 0, 210, 7, fill=content.accent, ink=None)
    for number, (x, y) in enumerate(((166, 13), (174, 13), (182, 13), (174, 21), (182, 21), (182, 29))):
        shade = tuple(min(255, channel + 18 * number) for channel in content.accent)
        sheet.box(x, y, 7, 7, fill=(shade[0], shade[1], shade[2]), ink=None)
    sheet.text(LEFT, 24, content.sender[0], Style(face=face, size=19, bold=True, ink=content.accent))
    sheet.text(LEFT, 30, " · ".join(content.sender[1:]), Style(face=face, size=9, ink=GREY))


def law_head(sheet: Sheet, content: Content, face: Face) -> None:
    """Write centred names between two rules."""
    name = Style(face=face, size=17, ink=content.accent)
    sheet.line(LEFT, 14, RIGHT, 14, width=0.5, ink=content.accent)
    sheet.text((210 - sheet.width(content.sender[0], name)) / 2, 22.5, content.sender[0], name)
    small = Style(face=face, size=9, italic=True)
    line = " · ".join(content.sender[1:])
    sheet.text((210 - sheet.width(line, small)) / 2, 28, line, small)
    sheet.line(LEFT, 31, RIGHT, 31, width=0.2, ink=content.accent)


def court_head(sheet: Sheet, content: Content, face: Face) -> None:
    """Write the plain, wide-set head of a court."""
    name = Style(face=face, size=16, bold=True)
    sheet.text(LEFT, 22, content.sender[0].upper(), name)
    sheet.text(LEFT, 28, content.sender[1], Style(face=face, size=10))
    sheet.text(LEFT, 33, content.sender[2], Style(face=face, size=10))


def club_head(sheet: Sheet, content: Content, face: Face) -> None:
    """Draw a round badge and the club's name."""
    sheet.disc(36, 24, 11, fill=content.accent)
    sheet.disc(36, 24, 9.6, fill=(255, 255, 255))
    sheet.area(((30, 27), (36, 16), (42, 27)), fill=content.accent)
    sheet.box(33.5, 27, 5, 3.5, fill=content.accent, ink=None)
    sheet.text(52, 24, content.sender[0], Style(face=face, size=18, bold=True, ink=content.accent))
    sheet.text(52, 30, " · ".join(content.sender[1:]), Style(face=face, size=9, ink=GREY))


def office_letter(
    content: Content, *, head: Head, face: Face = Face.SANS, size: float = 11, marks: bool = True
) -> Drawing:
    """Return the drawing of a letter with a letterhead."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        style = Style(face=face, size=size)
        head(sheet, content, face)
        if marks:
            parts.fold_marks(sheet)
        parts.return_line(sheet, content, face)
        parts.address(sheet, content.recipient, style)
        pairs = (*content.references, *content.contact, ("Datum:", short_date(content.day)))
        parts.info_block(sheet, pairs, face)
        parts.footer(sheet, content.footer, face)
        parts.stamp(sheet, content, desk, x=58, y=36)
        flow = Flow(
            sheet, y=parts.SUBJECT_TOP - 4, left=LEFT, right=RIGHT, bottom=266 if content.footer else 276,
            next_sheet=parts.next_page(desk, content, face),
        )  # fmt: skip
        flow.paragraph(content.subject, Style(face=face, size=size, bold=True), after=1.1)
        parts.body(flow, content, style)
        _invoice(flow, content, style)
        parts.ending(flow, content, style, desk)
        return flow.sheets

    return draw


def court_letter(content: Content) -> Drawing:
    """Return the drawing of a court's letter: serif, references in the text column, no foot line."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        style = Style(face=Face.SERIF, size=12)
        court_head(sheet, content, Face.SERIF)
        parts.address(sheet, content.recipient, style, y=56)
        y = 40.0
        for label, value in (*content.references, *content.contact):
            y += 5.2
            sheet.text(112, y, label, Style(face=Face.SERIF, size=10))
            sheet.text(146, y, value, Style(face=Face.SERIF, size=10.5, bold=True))
        sheet.text(RIGHT, 92, f"{content.place}, den {long_date(content.day)}", style, right=True)
        parts.stamp(sheet, content, desk, x=128, y=68)
        flow = Flow(
            sheet, y=100, left=LEFT, right=RIGHT - 5, bottom=274,
            next_sheet=parts.next_page(desk, content, Face.SERIF),
        )  # fmt: skip
        flow.paragraph(content.subject, Style(face=Face.SERIF, size=12, bold=True), after=1.0)
        parts.body(flow, content, style)
        parts.ending(flow, content, style, desk, ink=(30, 30, 45))
        return flow.sheets

    return draw


def _invoice(flow: Flow, content: Content, style: Style) -> None:
    """Write the items, net sum, 19 % tax and total."""
    if not content.rows:
        return
    columns = (LEFT + 12, LEFT + 112, LEFT + 138, RIGHT - 1)
    head = Style(face=style.face, size=style.size - 1.5, bold=True)
    small = Style(face=style.face, size=style.size - 1)
    flow.room(12)
    flow.sheet.box(LEFT, flow.y, RIGHT - LEFT, 7, fill=(228, 231, 236), ink=None)
    for x, name in zip((LEFT + 2, *columns), ("Pos.", "Leistung", "Menge", "Einzel €", "Gesamt €"), strict=True):
        flow.sheet.text(x, flow.y + 4.9, name, head, right=name.endswith(("€", "Menge")))
    flow.gap(8)
    for number, row in enumerate(content.rows, start=1):
        flow.room(7)
        flow.gap(5)
        cells = (row.text, f"{row.count} {row.unit}", money(row.price), money(row.count * row.price))
        flow.sheet.text(LEFT + 2, flow.y, str(number), small)
        for index, (x, cell) in enumerate(zip(columns, cells, strict=True)):
            flow.sheet.text(x, flow.y, cell, small, right=index > 0)
        flow.gap(1.6)
        flow.sheet.line(LEFT, flow.y, RIGHT, flow.y, width=0.1, ink=GREY)
    net = sum(row.count * row.price for row in content.rows)
    tax = (net * 19 + 50) // 100
    for label, amount in (("Summe netto", net), ("zzgl. 19 % USt", tax), ("Rechnungsbetrag", net + tax)):
        flow.gap(5.4)
        last = Style(face=style.face, size=style.size, bold=label == "Rechnungsbetrag")
        flow.sheet.text(columns[1] + 2, flow.y, label, last, right=True)
        flow.sheet.text(columns[3], flow.y, money(amount), last, right=True)
    flow.gap(6)
