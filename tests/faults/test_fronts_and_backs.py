"""Disaster 20: of fronts and backs that do not fit one half was thrown away. Here both stay; the numbers are told."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from clerk_desktop.model.errors import FileRefused, SidesDoNotFit, WrongUsage
from clerk_desktop.model.sides import Sides
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.collation import put_together
from clerk_desktop.workers.host import WorkerHost
from tests.corpus import corpus, truth
from tests.intake.papers import letter_pdf


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_every_side_is_there_exactly_once(fronts: int, backs: int, turned: bool) -> None:
    order = Sides(fronts=fronts, backs=backs, turned=turned).in_order()
    assert sorted(side.number for side in order if not side.back) == list(range(1, fronts + 1))
    assert sorted(side.number for side in order if side.back) == list(range(1, backs + 1))


def words(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().strip() for page in document]
    finally:
        document.close()


def scans(place: Path, fronts: int, backs: int) -> tuple[Path, Path]:
    """Two runs of a feeder; the stack was turned over as a whole between them."""
    one, two = place / "vorn.pdf", place / "hinten.pdf"
    one.write_bytes(letter_pdf(*([f"Seite {2 * sheet - 1}"] for sheet in range(1, fronts + 1))))
    two.write_bytes(letter_pdf(*([f"Seite {2 * sheet}"] for sheet in range(backs, 0, -1))))
    return one, two


def test_two_runs_become_one_stack_and_where_they_do_not_fit_nothing_is_lost(host: WorkerHost, tmp_path: Path) -> None:
    fronts, backs = scans(tmp_path, 3, 3)
    before = fronts.read_bytes(), backs.read_bytes()
    stack = tmp_path / "stapel.pdf"
    assert put_together(host, fronts, backs, stack, turned=True, although_they_do_not_fit=False).fit
    assert words(stack) == [f"Seite {number}" for number in range(1, 7)]
    assert (fronts.read_bytes(), backs.read_bytes()) == before
    with pytest.raises(WrongUsage):  # what is there is never written over
        put_together(host, fronts, backs, stack, turned=True, although_they_do_not_fit=False)
    (tmp_path / "mehr").mkdir()
    fronts, backs = scans(tmp_path / "mehr", 3, 2)
    before = fronts.read_bytes(), backs.read_bytes()
    target = tmp_path / "mehr.pdf"
    with pytest.raises(SidesDoNotFit) as refused:
        put_together(host, fronts, backs, target, turned=True, although_they_do_not_fit=False)
    assert Texts.for_language("de").sentence(refused.value).startswith("3 Vorderseiten und 2 Rückseiten")
    assert not target.exists()
    put_together(host, fronts, backs, target, turned=True, although_they_do_not_fit=True)
    assert words(target) == [f"Seite {number}" for number in range(1, 6)]
    assert (fronts.read_bytes(), backs.read_bytes()) == before


def test_pictures_become_pages_and_a_damaged_half_leaves_everything_as_it_was(host: WorkerHost, tmp_path: Path) -> None:
    fronts = tmp_path / "vorn.tif"
    pages = [Image.new("L", (300, 420), tone) for tone in (250, 200)]
    kept = io.BytesIO()
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:], dpi=(36, 36))
    fronts.write_bytes(kept.getvalue())
    _, backs = scans(tmp_path, 1, 2)
    target = tmp_path / "stapel.pdf"
    put_together(host, fronts, backs, target, turned=False, although_they_do_not_fit=False)
    assert words(target) == ["", "Seite 4", "", "Seite 2"]
    backs.write_bytes(b"%PDF-1.4 abgeschnitten")
    with pytest.raises(FileRefused):
        put_together(host, fronts, backs, tmp_path / "noch.pdf", turned=True, although_they_do_not_fit=False)
    assert not (tmp_path / "noch.pdf").exists()


@pytest.mark.corpus
def test_the_two_halves_of_the_corpus_come_in_the_order_that_others_expect(host: WorkerHost, tmp_path: Path) -> None:
    expected = truth("scans")["double-sided-odd.pdf"]["expected_collation"]
    fronts, backs = corpus("scans") / "double-sided-odd.pdf", corpus("scans") / expected["with"]
    target = tmp_path / "stapel.pdf"
    sides = put_together(host, fronts, backs, target, turned=True, although_they_do_not_fit=True)
    assert len(sides.in_order()) == len(words(target)) == len(expected["page_texts_after_collation"])
