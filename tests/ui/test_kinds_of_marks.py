"""The list of marks as it is seen: every kind of mark is read from the picture by its name, and told by its symbol."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat
from PySide6.QtCore import QRect

from clerk_desktop.documents.ocr import Recogniser
from clerk_desktop.documents.opened import OpenedFile
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import annotation_set_id
from clerk_desktop.model.jobs import ReadPage
from clerk_desktop.model.mark_names import MarkSort, sort_of
from clerk_desktop.model.reading import FileKind
from clerk_desktop.ui.theme import GRID, Scheme
from clerk_desktop.ui.two_lines import SIDE
from tests.recognition import recognition
from tests.the_kinds_of_marks import IN_WORDS, as_file, element_of
from tests.ui.conftest import MakeStage
from tests.ui.stage import settle
from tests.ui.test_marking import Desk
from tests.ui.test_marks_list import COLLEAGUE, PDF
from tests.ui.test_painted_marks import pillow
from tests.ui.test_rendered_contrast import ZOOM, contrast, picture

ASTRAY = (
    '<square name="x-none" rect="9,9,20,20"><contents>Frist</contents></square>',
    '<square page="8" name="w-beyond" rect="9,9,20,20"><contents>Anlage</contents></square>',
)
PLACES = {
    "de": ("S. 1", "S. 9 (nicht im Dokument)", "ohne Seite"),
    "en": ("p. 1", "p. 9 (not in the document)", "without a page"),
}
WORDS = {"de": "german", "en": "english"}
NARROW = 1280
"""Pixels, the width of the smallest window; it is as high as all rows need."""
ALIKE = {
    MarkSort.NOTE: {MarkSort.POPUP, MarkSort.PRINTER_MARK, MarkSort.TRAP_NET, MarkSort.PROJECTION, MarkSort.UNKNOWN},
    MarkSort.MOVIE: {MarkSort.SCREEN, MarkSort.RICH_MEDIA},
}
"""Sorts that share the symbol of another."""


@pytest.fixture(scope="module")
def recogniser() -> Iterator[Recogniser]:
    with recognition() as engine:
        yield engine


def with_marks(stages: MakeStage, language: str, scheme: Scheme) -> Desk:
    """A document with a mark of every kind from a colleague's other software, in a narrow window."""
    desk = Desk(stages(language=language, scheme=scheme).signed_in(), PDF)
    desk.session.window.resize(NARROW, 2200)
    document_id = desk.letter.document_id
    elements = [element_of(words, number) for number, words in enumerate(IN_WORDS)]
    file = AnnotationFile(
        annotation_set_id=annotation_set_id(document_id, COLLEAGUE),
        document_id=document_id,
        author=COLLEAGUE,
        content=as_file([*elements, *ASTRAY]),
    )
    with desk.stage.store.write() as session:
        session.annotations.put_remote(file)
    settle(desk.session)
    return desk


def read(image: Image.Image, recogniser: Recogniser) -> list[str]:
    """The lines that a person reads in a picture."""
    content = io.BytesIO()
    image.save(content, "PNG", dpi=(300, 300))
    with closing(OpenedFile(content.getvalue(), FileKind.PNG, recogniser)) as file:
        page = file.read(ReadPage(kind=FileKind.PNG, number=1))
    return [line for line in page.raw_text.splitlines() if line.strip()]


def rows(desk: Desk) -> dict[str, QRect]:
    """Where each mark's row stands, by the mark's name in the file, from the top."""
    marks = desk.panel.marks.list
    indexes = [marks.lines.index(row, 0) for row in range(marks.lines.rowCount())]
    places = {marks.lines.key(index): marks.visualRect(index) for index in indexes}
    assert all(marks.viewport().rect().contains(place) for place in places.values()), "not all rows are seen at once"
    return places


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=lambda scheme: scheme.value)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_is_read_in_the_list_by_its_name(
    stages: MakeStage, recogniser: Recogniser, language: str, scheme: Scheme
) -> None:
    desk = with_marks(stages, language, scheme)
    seen = pillow(picture(desk.panel.marks.list.viewport()))
    texts = seen.crop(((SIDE + GRID * 4) * ZOOM, 0, *seen.size))
    lines = read(ImageOps.invert(texts) if scheme is Scheme.DARK else texts, recogniser)
    titles, details = lines[::2], lines[1::2]
    expected = {key: (name, PLACES[language][0]) for key, name in named(language).items()} | astray(language)
    wanted = [expected[key] for key in rows(desk)]
    assert titles == [title for title, _ in wanted]
    assert len(details) == len(wanted)
    for line, (title, place) in zip(details, wanted, strict=True):  # the dots between the details are read in many ways
        assert line.replace(" ", "").startswith(place.replace(" ", "")), title


def named(language: str) -> dict[str, str]:
    """What the marks of ``IN_WORDS`` are called, by their names in the file."""
    return {f"mark-{number:02}": getattr(words, WORDS[language]) for number, words in enumerate(IN_WORDS)}


def astray(language: str) -> dict[str, tuple[str, str]]:
    """What is said of the marks of ``ASTRAY``: the title, and the place."""
    square = "Rechteck" if language == "de" else "Rectangle"
    _, beyond, nowhere = PLACES[language]
    return {"x-none": (f"{square}: Frist", nowhere), "w-beyond": (f"{square}: Anlage", beyond)}


@pytest.mark.parametrize("scheme", Scheme, ids=lambda scheme: scheme.value)
def test_every_kind_has_a_symbol_that_is_seen_and_told_from_others(stages: MakeStage, scheme: Scheme) -> None:
    desk = with_marks(stages, "de", scheme)
    viewport = desk.panel.marks.list.viewport()
    whole, sorts = pillow(picture(viewport)), {str(mark.mark_id): sort_of(mark) for mark in desk.tools.marking.marks}
    symbols: dict[MarkSort, Image.Image] = {}
    for key, row in rows(desk).items():
        place = QRect(row.left() + GRID * 2, row.top(), SIDE, row.height())
        assert contrast(viewport, place.adjusted(-4, -4, 4, 4)) >= 3, key
        box = [edge * ZOOM for edge in (place.left(), place.top(), place.right() + 1, place.bottom() + 1)]
        symbol = ImageOps.autocontrast(whole.crop((box[0], box[1], box[2], box[3])).convert("L"))  # stripes differ
        known = symbols.setdefault(sorts[key], symbol)
        assert difference(known, symbol) < 2, key
    leaders = {other: leader for leader, others in ALIKE.items() for other in others}
    for one, other in combinations(symbols, 2):
        same = leaders.get(one, one) is leaders.get(other, other)
        assert (difference(symbols[one], symbols[other]) < 2) is same, (one, other)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures of a size differ, 0 … 255."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
