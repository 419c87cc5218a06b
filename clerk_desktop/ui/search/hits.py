"""Hits in the clerk's words, and the way to where they were found."""

from __future__ import annotations

from clerk_desktop.model.search import CaseHit, DocumentHit, Origin, SearchResult
from clerk_desktop.model.search_texts import ORIGINS, SERVER_PARTS
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.found_place import FoundPlace
from clerk_desktop.ui.workplace import Workplace

Hit = CaseHit | DocumentHit


def key_of(hit: Hit) -> str:
    """Return our id of what was found."""
    return hit.case.case_id if isinstance(hit, CaseHit) else hit.document.document_id


def title(hit: Hit) -> str:
    """Return what stands in a list for the hit."""
    if isinstance(hit, CaseHit):
        return f"{hit.case.case_number}   {hit.case.subject}"
    return hit.document.title or hit.document.subject


def details(hit: Hit, texts: Texts) -> str:
    """Return where in the document the words stand, whose it is, and who found it."""
    _ = texts.gettext
    origins = ", ".join(_(ORIGINS[origin]) for origin in hit.origins)
    if isinstance(hit, CaseHit):
        parts = [", ".join(hit.case.participants), origins]
    else:
        page = _("p. {page}").format(page=hit.page) if hit.page else ""
        parts = [hit.case_number or _("Inbox"), hit.document.sender, page, hit.excerpt, origins]
    return "  ·  ".join(part for part in parts if part)


def told(result: SearchResult, texts: Texts) -> str:
    """Say where it was searched, and what is still missing."""
    parts = [texts.gettext(SERVER_PARTS[result.server])]
    if result.unknown:
        text = texts.ngettext(
            "The server found {count} more that comes with the next exchange.",
            "The server found {count} more that come with the next exchange.",
            result.unknown,
        )
        parts.append(text.format(count=result.unknown))
    if result.waiting:
        parts.append(texts.gettext("The search is still being prepared; not everything is found yet."))
    return " ".join(parts)


def open_hit(workplace: Workplace, hit: Hit, text: str) -> None:
    """Show the case, or the document at its page with the words marked."""
    if isinstance(hit, CaseHit):
        workplace.open_case(hit.case.case_id)
    elif hit.page or hit.origins == (Origin.SERVER,):
        words = tuple(word.typed for word in wanted_words(text))
        workplace.open_found(FoundPlace(document_id=hit.document.document_id, page=hit.page, words=words))
    else:
        workplace.open_document(hit.document.document_id)


def line(hit: Hit, texts: Texts) -> str:
    """Return a hit in one line."""
    if isinstance(hit, CaseHit):
        return title(hit)
    page = texts.gettext("p. {page}").format(page=hit.page) if hit.page else ""
    return "  ·  ".join(part for part in (title(hit), hit.case_number, page, hit.excerpt) if part)
