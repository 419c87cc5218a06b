from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis import naming
from clerk_desktop.backend.cmis.mapping import Names
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId

RULES = Names()
KEY = DocumentId("0f8fad5b-d9cb-469f-a165-70867728950e")


def document(title: str, mime_type: str = "application/pdf") -> Document:
    return Document(document_id=KEY, municipality="luegde", title=title, mime_type=mime_type)


@given(st.text(max_size=400), st.sampled_from(["", ".pdf"]))
def test_every_text_becomes_a_name_that_servers_accept(text: str, ending: str) -> None:
    name = naming.object_name(text, RULES, ending)
    assert name
    assert name.endswith(ending)
    assert len(name.encode()) <= RULES.max_bytes
    assert not set(name) & set(RULES.forbidden)
    assert name == unicodedata.normalize("NFC", name)
    assert name == name.strip(" .")
    assert not any(unicodedata.category(letter) == "Cc" for letter in name)


def test_a_document_is_named_by_its_short_key_and_title() -> None:
    assert naming.document_names(document("Bescheid: Hundesteuer"), RULES) == (
        "0f8fad5b Bescheid_ Hundesteuer.pdf",
        "0f8fad5b-d9cb-469f-a165-70867728950e Bescheid_ Hundesteuer.pdf",
    )


def test_the_ending_follows_the_content_and_is_not_doubled() -> None:
    assert naming.document_names(document("Scan.tif", "image/tiff"), RULES)[0] == "0f8fad5b Scan.tif"
    assert naming.document_names(document("x", "application/x-nobody-knows"), RULES)[0] == "0f8fad5b x"


@given(st.text(alphabet="abcäöü ", min_size=1, max_size=30))
def test_the_title_can_be_read_back_from_the_name(text: str) -> None:
    title = text.strip() or "x"
    assert naming.title_of(naming.document_names(document(title), RULES)[0]) == title


@pytest.mark.parametrize("name", ["Brief vom 3.4. an Amt", "deadbee Rest", "x", ".pdf"])
def test_a_name_from_another_program_is_a_title_as_it_is(name: str) -> None:
    assert naming.title_of(name) == name


@given(st.text(alphabet="aÄ %#?&+/\\'", max_size=20).map(lambda text: "/" + text))
def test_a_path_in_an_address_means_the_same_path(path: str) -> None:
    encoded = naming.encoded_path(path)
    assert encoded.isascii()
    assert not set(encoded) & set("?# ")
    assert unquote(encoded) == path


def test_a_folder_tells_its_municipality() -> None:
    patterns = ("/Posteingang/{municipality}", "/Akten/{municipality}")
    folder = naming.municipality_folder(patterns[1], "schieder", RULES)
    assert folder == "/Akten/Schieder-Schwalenberg"
    assert naming.municipality_of_path(f"{folder}/10 Steuern/x", patterns) == "schieder"
    assert naming.municipality_of_path("/Posteingang/Lügde", patterns) == "luegde"
    assert naming.municipality_of_path("/Posteingang/Barntrup", patterns) == "Barntrup"
    assert naming.municipality_of_path("/Vorlagen/Nummern", patterns) == ""
    assert naming.municipality_of_path("/Akten", patterns) == ""
