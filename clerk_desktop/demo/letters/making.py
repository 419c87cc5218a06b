"""Short ways to put sample letters together: addresses of the town halls, blank backs, stacks."""

from __future__ import annotations

from dataclasses import replace

from clerk_desktop.demo.known_cases import KnownCase
from clerk_desktop.demo.letters.content import Content
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.layouts.separator import separator_sheet
from clerk_desktop.demo.letters.letter import Desk, Drawing, Letter
from clerk_desktop.demo.letters.roughen import Look
from clerk_desktop.demo.letters.sheet import Sheet
from clerk_desktop.demo.letters.truth import LetterTruth, ReferencePlace

BLOMBERG = ("Stadt Blomberg", "Der Bürgermeister", "Marktplatz 1", "32825 Blomberg")
LUEGDE = ("Stadt Lügde", "Der Bürgermeister", "Am Markt 1", "32676 Lügde")
SCHIEDER = ("Stadt Schieder-Schwalenberg", "Der Bürgermeister", "Domänenhof 3", "32816 Schieder-Schwalenberg")
KALLETAL = ("Gemeinde Kalletal", "Der Bürgermeister", "Rintelner Straße 3", "32689 Kalletal")


def truth_of(
    name: str,
    content: Content,
    *,
    kind: str,
    municipality: str,
    pages: int = 1,
    case: KnownCase | None = None,
    place: ReferencePlace = ReferencePlace.NONE,
    printed: str = "",
    sender_reference: str = "",
    blank_pages: tuple[int, ...] = (),
) -> LetterTruth:
    """Return the truth of a letter. ``printed`` is the number as it stands there when it is not the case's."""
    number = case.number if case else ""
    return LetterTruth(
        name=name,
        kind=kind,
        municipality=municipality,
        pages=pages,
        sender=content.sender[0],
        subject=content.subject,
        letter_date=content.day,
        text=content.text,
        our_reference="" if place is ReferencePlace.NONE else printed or number,
        reference_place=place,
        sender_reference=sender_reference,
        case_number=number,
        blank_pages=blank_pages,
    )


def with_blank_backs(drawing: Drawing) -> Drawing:
    """Scan both sides of sheets that are printed on one."""

    def draw(desk: Desk) -> list[Sheet]:
        sides = []
        for sheet in drawing(desk):
            sides += [sheet, Sheet(desk.fonts, colour=desk.colour, size=sheet.size)]
        return sides

    return draw


def one_after_the_other(*drawings: Drawing) -> Drawing:
    """Scan several drawings in a row: a letter and what was enclosed."""

    def draw(desk: Desk) -> list[Sheet]:
        return [sheet for drawing in drawings for sheet in drawing(desk)]

    return draw


def stack(name: str, parts: tuple[tuple[LetterTruth, Drawing], ...], look: Look) -> Letter:
    """Put letters into one file, with a separator sheet between each two."""
    truths: list[LetterTruth] = []
    separators: list[int] = []
    page = 1
    for truth, _ in parts:
        if truths:
            separators.append(page)
            page += 1
        truths.append(replace(truth, first_page=page))
        page += truth.pages

    def draw(desk: Desk) -> list[Sheet]:
        sheets: list[Sheet] = []
        for _, drawing in parts:
            sheets += [separator_sheet(desk)] if sheets else []
            sheets += drawing(desk)
        return sheets

    whole = LetterTruth(
        name=name,
        kind="Stapel",
        municipality=truths[0].municipality,
        pages=page - 1,
        sender="",
        subject="",
        letter_date=None,
        text="\n".join(truth.text for truth in truths),
        separator_pages=tuple(separators),
        parts=tuple(truths),
    )
    return Letter(truth=whole, drawing=draw, look=look, container=Container.PDF)
