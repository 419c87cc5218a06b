"""Every kind of mark has its own name, also where this program only keeps it; what tells kinds apart is in the file."""

from __future__ import annotations

import pytest

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import LineEnding, Mark, MarkKind, Segment
from clerk_desktop.model.exchange import MarksFile
from clerk_desktop.model.geometry import Point
from clerk_desktop.model.mark_names import NAMES, MarkSort, name_of, sort_of
from clerk_desktop.system.texts import Texts
from tests.marks.values import KINDS, mark
from tests.the_kinds_of_marks import IN_WORDS, as_file, element_of

GERMAN = Texts.for_language("de")


def read(*elements: str) -> list[Mark]:
    return [entry for entry in Xfdf().read(as_file(elements)).entries if isinstance(entry, Mark)]


@pytest.mark.parametrize("words", IN_WORDS, ids=lambda words: words.element[:40])
def test_each_element_of_the_standard_is_called_by_its_name_and_stays_it_when_written(words):
    found = read(element_of(words, 0))
    (again,) = Xfdf().read(Xfdf().write(MarksFile(entries=tuple(found)))).entries
    assert [again] == found
    assert (name_of(found[0]), GERMAN.gettext(name_of(found[0]))) == (words.english, words.german)


def test_every_sort_has_a_name_of_its_own():
    shared = {MarkSort.SCREEN, MarkSort.RICH_MEDIA}
    names = [NAMES[sort] for sort in MarkSort if sort not in shared]
    assert set(NAMES) == set(MarkSort)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_of_ours_is_what_it_was_made_as(kind: MarkKind):
    expected = MarkSort.ARROW if kind is MarkKind.LINE else MarkSort(kind.value)
    assert sort_of(mark(kind)) is expected


@pytest.mark.parametrize("ending", LineEnding)
@pytest.mark.parametrize("at_start", [True, False])
def test_only_a_line_with_an_arrow_head_is_an_arrow(ending: LineEnding, at_start: bool):
    ends = (ending, LineEnding.NONE) if at_start else (LineEnding.NONE, ending)
    shown = mark(MarkKind.LINE, shape=Segment(Point(0, 0), Point(9, 9), *ends))
    arrows = {"OpenArrow", "ClosedArrow", "ROpenArrow", "RClosedArrow"}
    assert name_of(shown) == ("Arrow" if ending.value in arrows else "Line")


def test_a_mark_of_ours_that_is_only_kept_has_its_name_all_the_same():
    without_places = read(
        '<highlight page="0" name="a" coords="1,2,3"/>',
        '<line page="0" name="b" head="Square" tail="OpenArrow"/>',
        '<line page="0" name="c" head="Square"/>',
    )
    assert {each.kind for each in without_places} == {MarkKind.OTHER}
    assert [name_of(each) for each in without_places] == ["Highlighted text", "Arrow", "Line"]


def test_what_no_standard_names_is_a_mark():
    unheard_of = read(
        '<unheard-of page="0" name="a"/>',
        '<x:circle xmlns:x="urn:x" page="0" name="b"/>',
        '<circle xmlns="" page="0" name="c"/>',
    )
    assert [name_of(each) for each in unheard_of] == ["Mark"] * 3
