"""Forms come apart as they were put together, however the network cuts them; whatever is no form is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartEncoder, Preamble

from clerk_desktop.server.multipart import MAX_HEADER_BYTES, MalformedForm, read_parts

NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N"), include_characters=" .;-%"), min_size=1)
BYTES = st.binary(max_size=60) | st.sampled_from([b"", b"\r\n", b"\r\n--", b"\r\n-", b"--b", b"\r\n\r\n--", b"\r\n--a"])
PARTS = st.lists(st.tuples(NAMES, st.none() | NAMES, BYTES), max_size=4)


def pieces(body: bytes, size: int) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


def read(body: bytes, size: int = 1 << 20) -> list[tuple[str | None, str | None, bytes]]:
    return [(part.name, part.file_name, b"".join(part.pieces)) for part in read_parts(b"b", pieces(body, size))]


def encoded(parts: list[tuple[str, str | None, bytes]]) -> bytes:
    """Return a form as a library of others writes it."""
    encoder = MultipartEncoder(b"b")
    events: list[Event] = [Preamble(data=b"")]
    for name, file_name, data in parts:
        headers = Headers()
        part = Field(name=name, headers=headers) if file_name is None else File(name, file_name, headers)
        events += [part, Data(data=data, more_data=False)]
    return b"".join(encoder.send_event(event) for event in (*events, Epilogue(data=b"")))


@given(parts=PARTS, size=st.integers(1, 80))
@settings(max_examples=50)
def test_parts_come_back_as_they_were_sent(parts: list[tuple[str, str | None, bytes]], size: int) -> None:
    sent = [part for part in parts if b"\r\n--b" not in b"\r\n" + part[2]]
    assert read(encoded(sent), size) == sent


@given(parts=PARTS, cut=st.integers(0, 2000), size=st.integers(1, 80))
@settings(max_examples=50)
def test_a_form_that_is_cut_off_is_refused(parts: list[tuple[str, str | None, bytes]], cut: int, size: int) -> None:
    whole = encoded(parts).removesuffix(b"--\r\n")
    with pytest.raises(MalformedForm):
        read(whole[:cut], size)


def test_a_part_that_nobody_reads_is_passed_over() -> None:
    body = encoded([("a", None, b"1" * 1000), ("b", None, b"2")])
    assert [part.name for part in read_parts(b"b", pieces(body, 7))] == ["a", "b"]


def test_a_large_part_never_lies_in_memory_as_a_whole() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="content"; filename="a"\r\n\r\n'
    sent = (piece for pieces in ([head], (b"x" * 1000 for _ in range(500)), [b"\r\n--b--\r\n"]) for piece in pieces)
    (part,) = ([len(piece) for piece in part.pieces] for part in read_parts(b"b", sent))
    assert sum(part) == 500_000
    assert max(part) < 3000


@pytest.mark.parametrize(
    ("disposition", "name", "file_name"),
    [
        ('form-data; name="a"', "a", None),
        ("form-data; name=a", "a", None),
        ('form-data; name="a"; filename=""', "a", ""),
        ('form-data; name="a"; filename="M\u00fcll;1.pdf"', "a", "M\u00fcll;1.pdf"),
        ('form-data; name="a"; filename="x"; filename*=UTF-8\'\'M%C3%BCll.pdf', "a", "M\u00fcll.pdf"),
        ('form-data; name="a"; filename="say %22x%22"', "a", 'say "x"'),
        ('form-data; name="a"; filename="say \\"x\\""', "a", 'say "x"'),
        ("form-data", None, None),
        ("", None, None),
    ],
)
def test_names_come_in_every_spelling(disposition: str, name: str | None, file_name: str | None) -> None:
    body = f"--b\r\nX: y\r\ncontent-DISPOSITION:{disposition}\r\n\r\n1\r\n--b--".encode()
    assert read(body) == [(name, file_name, b"1")]


def test_folded_headers_and_blanks_after_a_boundary_are_understood() -> None:
    body = b'ignored\r\n--b \t\r\nContent-Disposition: form-data;\r\n  name="a"\r\n\r\n1\r\n--b--\r\nignored'
    assert read(body) == [("a", None, b"1")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form",
        b"--b",
        b"--bc\r\n\r\n1\r\n--b--",
        b"--b\r\nContent-Disposition: form-data; name=\xff\r\n\r\n1\r\n--b--",
        b"--b\r\n" + b"x" * (MAX_HEADER_BYTES + 1) + b"\r\n\r\n1\r\n--b--",
        b"--b\r\n" + b"x: y\r\n" * (MAX_HEADER_BYTES // 6 + 1) + b"\r\n1\r\n--b--",
    ],
)
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedForm):
        read(body, 1000)
