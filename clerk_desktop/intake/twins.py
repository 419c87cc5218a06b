"""Finds the letter that was scanned before: page by page, among what this station took in for the same town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clerk_desktop.intake.likeness import FURTHEST, is_same_paper
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.likeness import PageLook
from clerk_desktop.model.reading import PageReading
from clerk_desktop.store.session import Session

MOST_COMPARED = 40
"""Pages of the most alike pictures whose words are looked at, so that a form that comes by the hundred costs little."""


def looks_of(pages: Sequence[PageReading]) -> tuple[PageLook, ...]:
    """Return what the scanned pages of a document look like; blank and born-digital ones have no look."""
    return tuple(
        PageLook(page=page.number, picture=page.look, words=tuple((word.text, word.confidence) for word in page.words))
        for page in pages
        if page.look
    )


def find_twin(session: Session, municipality: str, looks: Sequence[PageLook]) -> DocumentId | None:
    """Return the document that every page of ink of this one was seen in before, None where one page is new."""
    found: Counter[DocumentId] = Counter()
    for look in looks:
        near = session.looks.near(municipality, look.picture, FURTHEST)
        seen = set[DocumentId]()
        for _, (document_id, other) in zip(range(MOST_COMPARED), near, strict=False):
            if document_id not in seen and is_same_paper(look, other):
                seen.add(document_id)
        if not seen:
            return None
        found.update(seen)
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] == len(looks) else None
