from __future__ import annotations

import locale
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.documents.xfdf import Xfdf
from clerk_desktop.model.annotation import (
    Box,
    LineEnding,
    Mark,
    MarkKind,
    Segment,
    Strokes,
    TextArea,
    Tombstone,
)
from clerk_desktop.model.errors import MarksRefused
from clerk_desktop.model.exchange import MarksFile
from clerk_desktop.model.geometry import Point, Quad, Rect
from clerk_desktop.model.ids import MarkId
from tests.corpus import corpus
from tests.marks.values import NOON, mark, marks, times

XFDF = Xfdf()
HEAD = '<?xml version="1.0"?><xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve">'


def file(*entries: str, after: str = "") -> bytes:
    return f"{HEAD}<annots>{''.join(entries)}</annots>{after}</xfdf>".encode()


def only(content: bytes) -> Mark:
    (entry,) = XFDF.read(content).entries
    assert isinstance(entry, Mark)
    return entry


@given(
    st.lists(marks(), max_size=4, unique_by=lambda known: known.mark_id),
    st.lists(st.tuples(st.uuids(), times), max_size=2),
)
def test_what_is_written_is_read_the_same(known: list[Mark], graves: list[tuple[object, datetime]]):
    tombstones = [Tombstone(mark_id=MarkId(str(key)), deleted_at=at) for key, at in graves]
    whole = MarksFile(entries=(*known, *tombstones))
    assert XFDF.read(XFDF.write(whole)) == whole


def test_the_values_of_the_standard_are_understood():
    found = only(
        file(
            '<highlight page="0" name="h" coords="72,720,200,720,72,706,200,706" rect="72,706,200,720"'
            ' color="#FFFF00" opacity="0.5" date="D:20260131080000+01\'00\'" title="erika" flags="print,locked"/>'
        )
    )
    assert (found.kind, found.page, found.author, found.opacity) == (MarkKind.HIGHLIGHT, 1, "erika", 0.5)
    assert found.rect == Rect(72, 706, 200, 720)
    assert found.modified == datetime(2026, 1, 31, 7, tzinfo=UTC)
    assert found.flags == ("print", "locked")


@pytest.mark.parametrize(
    "coords",
    [
        "72,720,200,720,72,706,200,706",  # row by row, as viewers write
        "72,706,200,706,200,720,72,720",  # round from the lower left, as the standard draws
        "72,706,200,706,72,720,200,720",  # lower row first
        "72,720,200,720,72,706,200,706,",  # with a comma at the end
        " 72.0 , 720 ,200,720;72,706;200,706",
    ],
)
def test_a_quad_is_understood_in_every_order_that_software_writes(coords: str):
    found = only(file(f'<underline page="0" name="u" rect="72,706,200,720" coords="{coords}"/>'))
    assert found.shape == TextArea((Quad(Point(72, 720), Point(200, 720), Point(72, 706), Point(200, 706)),))


def test_the_page_corner_is_taken_off_and_put_back():
    content = file('<square page="2" name="s" rect="110,220,150,260"/>')
    (found,) = XFDF.read(content, {3: Point(10, 20)}).entries
    assert isinstance(found, Mark)
    assert found.shape == Box(Rect(100, 200, 140, 240))
    written = XFDF.write(MarksFile(entries=(found,)))
    assert b'rect="110,220,150,260"' in written
    assert XFDF.read(written).entries == (found,)  # our own files tell the corner themselves


def test_a_file_of_other_software_is_kept_whole():
    content = (corpus("xfdf") / "xfdf-test-document-annotations.xml").read_bytes()
    read = XFDF.read(content)
    again = XFDF.read(XFDF.write(read))
    assert again == read
    kinds = [entry.kind for entry in read.entries if isinstance(entry, Mark)]
    assert kinds.count(MarkKind.FREE_TEXT) == 3
    assert kinds.count(MarkKind.OTHER) == 9  # links
    written = XFDF.write(read).decode()
    for kept in (
        "P&amp;2",
        "text-decoration:word",
        'target="http://www.dropbox.com/tour"',
        ':APIVersion="Acrobat:7.0.8"',
    ):
        assert kept in written
    line = next(entry for entry in read.entries if isinstance(entry, Mark) and entry.kind is MarkKind.LINE)
    assert line.shape == Segment(Point(563.49, 245.44), Point(563.49, 121.69), LineEnding.SQUARE, LineEnding.SLASH)
    ink = next(entry for entry in read.entries if isinstance(entry, Mark) and entry.kind is MarkKind.INK)
    assert isinstance(ink.shape, Strokes)
    assert ink.shape.lines[0][0] == Point(344.7015, 361.9688)
    words = [entry.text for entry in read.entries if isinstance(entry, Mark) and entry.kind is MarkKind.FREE_TEXT]
    assert words == ["A free text annotation", "A callout annotation", "P&1 P&2 P&3"]


def test_unknown_elements_and_attributes_are_kept_everywhere():
    content = file(
        '<text page="0" name="t" rect="1,1,21,21" icon="Help" state="Accepted" statemodel="Review"'
        ' x:priority="high" xmlns:x="urn:x"><contents>Text</contents><popup page="0" rect="1,2,3,4" open="no"/>'
        '<x:extra deep="1"><plain xmlns="">a &lt; b</plain> tail</x:extra></text>',
        '<polyline page="1" name="p" rect="0,0,9,9"><vertices>1,2;3,4</vertices></polyline>',
        '<unheard-of page="1" shape="odd"/>',
        after='<f href="brief.pdf"/><ids original="00" modified="11"/><y:z xmlns:y="urn:y" y:a="1"/>',
    )
    read = XFDF.read(content)
    written = XFDF.write(read)
    assert XFDF.read(written) == read
    text = written.decode()
    for kept in ('state="Accepted"', '"high"', "<plain", "a &lt; b", " tail", ">1,2;3,4</vertices", 'shape="odd"'):
        assert kept in text
    assert [element.tag.rpartition("}")[2] for element in read.foreign] == ["f", "ids", "z"]


def test_marks_without_a_name_get_one_that_stays_and_names_used_twice_are_told_apart():
    content = file(
        '<square page="0" rect="0,0,9,9"/>',
        '<square page="0" rect="0,0,9,9"/>',
        '<text page="0" name="n" rect="0,0,9,9"/>',
        '<text page="1" name="n" rect="0,0,9,9"/>',
        '<text page="1" name="r" rect="0,0,9,9" inreplyto="n"/>',
    )
    entries = [entry for entry in XFDF.read(content).entries if isinstance(entry, Mark)]
    assert len({entry.mark_id for entry in entries}) == 5
    assert entries == list(XFDF.read(content).entries)
    assert entries[4].in_reply_to == entries[3].mark_id


@pytest.mark.parametrize(
    "entry",
    [
        '<highlight page="0" name="x" coords="1,2,3"/>',
        '<highlight page="0" name="x" coords="a,b,c,d,e,f,g,h" rect="1,2,3,4"/>',
        '<highlight name="x" coords="72,720,200,720,72,706,200,706"/>',
        '<ink page="0" name="x" rect="0,0,1,1"/>',
        '<square page="0" name="x" rect="nan,0,1,1"/>',
        '<square page="0" name="x" rect="1e999,0,1,1"/>',
        '<square page="0" name="x" rect="99999999,0,1,1"/>',
        '<square page="-1" name="x" rect="0,0,1,1"/>',
        '<square page="99999999999999999999" name="x" rect="0,0,1,1"/>',
        '<line page="0" name="x" start="1" end="2,2"/>',
    ],
)
def test_a_mark_without_a_usable_place_is_kept_but_not_drawn(entry: str):
    found = only(file(entry))
    assert found.kind is MarkKind.OTHER
    assert only(XFDF.write(MarksFile(entries=(found,)))) == found


@pytest.mark.parametrize("page", ["", 'page=""', 'page="-1"', 'page="1.5"', 'page="eins"', 'page="9999999"'])
def test_a_mark_that_names_no_page_stands_on_none_and_stays_as_it_was(page: str):
    whole = XFDF.read(
        file(
            f'<square {page} name="s" rect="0,0,9,9" x:y="z" xmlns:x="urn:x"><contents>a</contents></square>',
            '<square page="0" name="s" rect="0,0,9,9"/>',
            f'<text {page} name="r" rect="0,0,9,9" inreplyto="s"/>',
        )
    )
    astray, placed, answer = (entry for entry in whole.entries if isinstance(entry, Mark))
    assert (astray.page, placed.page, answer.page) == (0, 1, 0)
    assert (astray.text, astray.in_reply_to, answer.in_reply_to) == ("a", None, astray.mark_id)
    assert placed.mark_id != astray.mark_id
    again = XFDF.write(whole)
    assert XFDF.read(again) == whole
    assert again.decode().count(page or "page=") == (2 if page else 1)


def test_a_mark_without_page_and_name_has_the_name_that_earlier_versions_gave_it():
    found = only(file('<square rect="0,0,9,9"/>'))
    assert found.mark_id == "4ceb90f4-ff87-56a8-8491-b0472a6ab998"


def test_a_page_that_a_document_need_not_have_is_kept():
    found = only(file('<square page="98" name="s" rect="0,0,9,9"/>'))
    assert (found.page, found.kind) == (99, MarkKind.SQUARE)
    assert [found.stands_among(pages) for pages in (0, 98, 99)] == [True, False, True]
    assert not replace(found, page=0).stands_among(0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<html/>",
        b"<xfdf",
        b"%PDF-1.7",
        b"\xff\xfe\x00",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xfdf>&b;</xfdf>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xfdf xmlns="http://ns.adobe.com/xfdf/"/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xfdf>&e;</xfdf>',
        b"<xfdf>" + b"<a>" * 100 + b"</a>" * 100 + b"</xfdf>",
        b"<xfdf>&undefined;</xfdf>",
        b'<?xml version="1.0" encoding="no-such"?><xfdf/>',
        b"<xfdf>" + b"<a/>" * 200_001 + b"</xfdf>",
    ],
    ids=lambda content: content[:30].decode("latin-1"),
)
def test_what_is_no_xfdf_or_hostile_is_refused(content: bytes):
    with pytest.raises(MarksRefused):
        XFDF.read(content)


def test_an_xfdf_file_without_its_namespace_is_understood():
    assert only(b'<xfdf><annots><square page="0" name="s" rect="0,0,9,9"/></annots></xfdf>').kind is MarkKind.SQUARE


def test_an_xfdf_file_in_another_encoding_is_understood():
    note = '<text page="0" name="s" rect="0,0,9,9"><contents>Größe</contents></text>'
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><xfdf><annots>{note}</annots></xfdf>'
    assert only(text.encode("latin-1")).text == "Größe"
    assert only(text.replace("ISO-8859-1", "UTF-16").encode("utf-16")).text == "Größe"


def test_numbers_are_written_the_same_under_a_german_locale():
    before = locale.setlocale(locale.LC_ALL)
    content = XFDF.write(MarksFile(entries=(mark(line_width=0.0001, opacity=0.5),)))
    try:
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("THE GERMAN LOCALE IS NOT INSTALLED: nothing was proven")
    try:
        assert XFDF.write(MarksFile(entries=(mark(line_width=0.0001, opacity=0.5),))) == content
        assert only(content).opacity == 0.5
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_the_exact_time_is_ours_until_other_software_edits_the_mark():
    at = NOON + timedelta(microseconds=123456)
    content = XFDF.write(MarksFile(entries=(mark(modified=at, created=at),)))
    assert only(content).modified == at
    edited = content.replace(b" date=\"D:20261123120000+00'00'\"", b" date=\"D:20261123130000+01'00'\"")
    assert only(edited).modified == at  # the same instant in another zone
    edited = content.replace(b' date="D:20261123120000', b' date="D:20261123120500')
    assert only(edited).modified == NOON + timedelta(minutes=5)
