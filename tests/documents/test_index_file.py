"""Index files of scanners: what vendors' names mean, and that a hostile or broken one is refused, not believed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.documents.index_file import read_index
from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.errors import FileRefused

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Stapel xmlns="urn:x"><Dokument Datei="C:\\Scans\\0001.tif"><Absender>Müller &amp; Söhne</Absender>
<Feld name="Belegdatum" value="05.11.2026"/><Index key="Aktenzeichen">65.10-2026/009</Index>
<Sammelkarton> K 12 </Sammelkarton><Sonstiges>egal</Sonstiges></Dokument></Stapel>"""


def test_xml_of_any_vendor_by_the_names_of_its_elements_and_attributes() -> None:
    found = read_index(XML.encode())
    assert dict(found.fields) == {
        DocumentField.SENDER: "Müller & Söhne",
        DocumentField.LETTER_DATE: "2026-11-05",
        DocumentField.PAPER_BOX: "K 12",
    }
    assert (found.case_number, found.files, found.unusable) == ("65.10-2026/009", ("0001.tif",), ())
    assert read_index(XML.replace("UTF-8", "UTF-16").encode("utf-16")) == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_with_a_head_whatever_the_encoding(encoding: str, delimiter: str) -> None:
    rows = [("Dateiname", "Betreff", "Datum"), ("0001.tif", "Grüße", "2026-11-05"), ("0002.tif", "", "")]
    found = read_index("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert dict(found.fields) == {DocumentField.SUBJECT: "Grüße", DocumentField.LETTER_DATE: "2026-11-05"}
    assert found.files == ("0001.tif", "0002.tif")


def test_a_day_that_no_calendar_has_is_told_and_not_taken() -> None:
    found = read_index(b"Datum;Betreff\n31.02.2026;x\n")
    assert found.unusable == ("Datum",)
    assert dict(found.fields) == {DocumentField.SUBJECT: "x"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a><Betreff>x</Betreff>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a><Betreff>&b;</Betreff></a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><Betreff>x</Betreff></a>',
        b"<a>" * 200 + b"</a>" * 200,
        b'<?xml version="1.0" encoding="nonsense"?><a><Betreff>x</Betreff></a>',
        b'<?xml version="1.0" encoding="gb18030"?><a><Betreff>x</Betreff></a>',
        b"nothing of the kind",
        b"a;b\n1;2\n",
        b"\0\1\2\3" * 20,
        b"x" * (1024**2 + 1),
    ],
    ids=range(11),
)
def test_what_is_no_index_file_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read_index(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_understood_or_refused(content: bytes) -> None:
    with contextlib.suppress(FileRefused):
        read_index(content)
