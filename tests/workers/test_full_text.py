"""The text of PDFs for a server's full text: read in a process of its own; what cannot be read has none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import pytest

from clerk_desktop.model.errors import WorkersClosed
from clerk_desktop.usecases.full_text import EmbeddedTexts
from tests.documents.pages import text_pdf


@pytest.fixture(scope="module")
def texts() -> Iterator[EmbeddedTexts]:
    with closing(EmbeddedTexts()) as opened:
        yield opened


def test_every_page_is_read(texts: EmbeddedTexts) -> None:
    found = texts.text(io.BytesIO(text_pdf(["Die Laterne", "flackert"], ["Anlage Ampel"])))
    assert found.split() == ["Die", "Laterne", "flackert", "Anlage", "Ampel"]


@pytest.mark.parametrize("content", [b"", b"no PDF at all", text_pdf(["Laterne"])[:300]])
def test_what_cannot_be_read_has_no_text(texts: EmbeddedTexts, content: bytes) -> None:
    assert texts.text(io.BytesIO(content)) == ""


def test_nothing_is_read_any_more_once_it_is_closed() -> None:
    texts = EmbeddedTexts()
    texts.close()
    with pytest.raises(WorkersClosed):
        texts.text(io.BytesIO(text_pdf(["Laterne"])))
