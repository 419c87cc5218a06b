"""Letters of people: from the computer at home, from a typewriter, on half a sheet, or as a printed e-mail."""

from __future__ import annotations

from clerk_desktop.demo.letters import pen
from clerk_desktop.demo.letters.content import Content, long_date, short_date
from clerk_desktop.demo.letters.flow import Flow
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.layouts import parts
from clerk_desktop.demo.letters.layouts.parts import LEFT
from clerk_desktop.demo.letters.letter import Desk, Drawing
from clerk_desktop.demo.letters.sheet import A5, Sheet, wrap


def home_letter(content: Content, *, face: Face = Face.SERIF, size: float = 12, sender_right: bool = False) -> Drawing:
    """Return the drawing of a letter from a home computer."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        style = Style(face=face, size=size)
        x = 135.0 if sender_right else LEFT
        parts.address(sheet, content.sender, Style(face=face, size=size - 1), x=x, y=20)
        parts.address(sheet, content.recipient, style, y=52)
        sheet.text(185, 90, f"{content.place}, {long_date(content.day)}", style, right=True)
        parts.stamp(sheet, content, desk, x=118, y=48)
        flow = Flow(
            sheet, y=96, left=LEFT, right=185, bottom=272, next_sheet=parts.next_page(desk, content, face)
        )  # fmt: skip
        for label, value in content.references:
            flow.paragraph(f"{label} {value}", style, after=0.2)
        flow.gap(2.5)
        flow.paragraph(content.subject, Style(face=face, size=size, bold=True), after=1.2)
        parts.body(flow, content, style)
        parts.ending(flow, content, style, desk)
        return flow.sheets

    return draw


def typewriter_letter(content: Content) -> Drawing:
    """Return the drawing of a letter from a typewriter: one width for all letters, worn type, underlined subject."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        style = Style(face=Face.MONO, size=11.5, ink=(35, 35, 45))
        y = 16.0

        def put(text: str, step: float = 5.6, x: float = 22.0) -> None:
            nonlocal y
            y += step
            sheet.typed(x, y, text, style, desk.chance)

        for line in content.sender:
            put(line)
        y += 10
        for line in content.recipient:
            put(line)
        put(f"{content.place}, den {short_date(content.day)}", 14, 122)
        y += 5
        for label, value in content.references:
            put(f"{label} {value}")
        put(f"Betr.: {content.subject}", 8)
        sheet.line(22, y + 1.2, 22 + sheet.width(f"Betr.: {content.subject}", style), y + 1.2, width=0.25)
        y += 5
        for part in (content.salutation, *content.body):
            y += 3.2
            for line in wrap(sheet, part, 160, style):
                put(line)
        put(content.closing, 12)
        y += 14
        pen.signature(sheet, 26, y, 40, desk.chance, pen.DARK)
        put(content.signed)
        parts.stamp(sheet, content, desk, x=128, y=22)
        return [sheet]

    return draw


def note(content: Content) -> Drawing:
    """Return the drawing of a short note on half a sheet (A5, upright)."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour, size=A5)
        style = Style(face=Face.OFFICE, size=11.5)
        parts.address(sheet, content.sender, Style(face=Face.OFFICE, size=10), x=16, y=12)
        parts.address(sheet, content.recipient, style, x=16, y=36)
        sheet.text(132, 66, f"{content.place}, {long_date(content.day)}", style, right=True)

        def no_more(number: int) -> tuple[Sheet, float]:
            return Sheet(desk.fonts, colour=desk.colour, size=A5), 20.0

        flow = Flow(sheet, y=70, left=16, right=132, bottom=200, next_sheet=no_more)
        for label, value in content.references:
            flow.paragraph(f"{label} {value}", style, after=0.5)
        flow.paragraph(content.subject, Style(face=Face.OFFICE, size=11.5, bold=True), after=1)
        parts.body(flow, content, style)
        parts.ending(flow, content, style, desk)
        return flow.sheets

    return draw


def mail_print(content: Content, *, sent: str, to: str, owner: str) -> Drawing:
    """Return the drawing of a printed e-mail; ``sent`` is the time as printed, ``owner`` whose mailbox it was."""

    def draw(desk: Desk) -> list[Sheet]:
        sheet = Sheet(desk.fonts, colour=desk.colour)
        face = Face.OFFICE
        sheet.text(20, 22, owner, Style(face=face, size=15, bold=True))
        sheet.line(20, 25, 192, 25, width=0.7)
        y = 28.0
        sender = f"{content.sender[0]} <{content.sender[-1]}>"
        for label, value in (("Von:", sender), ("Gesendet:", sent), ("An:", to), ("Betreff:", content.subject)):
            for index, line in enumerate(wrap(sheet, value, 130, Style(face=face, size=10.5))):
                y += 5
                sheet.text(20, y, label if index == 0 else "", Style(face=face, size=10.5, bold=True))
                sheet.text(58, y, line, Style(face=face, size=10.5))
        flow = Flow(
            sheet, y=y + 8, left=20, right=190, bottom=278, next_sheet=parts.next_page(desk, content, face)
        )  # fmt: skip
        parts.body(flow, content, Style(face=face, size=11.5))
        for line in (content.closing, content.signed, *content.sender[1:-1]):
            flow.paragraph(line, Style(face=face, size=11.5), after=0.1)
        sheet.text(105, 288, "1", Style(face=face, size=9))
        return flow.sheets

    return draw
