"""Proposes for a letter which case it belongs to and what its index data are, each with its evidence. Pure.

``certain`` is strict, because such a letter may be filed without a clerk: an exactly known number, surely read,
beside an anchor that does not name the sender's own number, and nothing in the letter that speaks for another case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from clerk_desktop.intake.anchors import Whose
from clerk_desktop.intake.fields.document_type import document_type
from clerk_desktop.intake.fields.letter_date import letter_date
from clerk_desktop.intake.fields.page import FirstPage, first_page
from clerk_desktop.intake.fields.references import references
from clerk_desktop.intake.fields.sender import sender
from clerk_desktop.intake.fields.subject import subject
from clerk_desktop.intake.lines import lines_of
from clerk_desktop.intake.numbers import Candidate, Hit, Likeness, NumberIndex, candidates_in, hits_in
from clerk_desktop.intake.separate import Sheet
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.reading import PageReading
from clerk_desktop.model.suggestion import CaseSuggestion, Evidence, FieldSuggestion, Reason, Suggestions

SURELY_READ = 0.8  # confidence of the least certain word, 0 … 1
RATINGS = {
    (Likeness.EXACT, Whose.OURS): 0.98,
    (Likeness.EXACT, Whose.UNSAID): 0.95,
    (Likeness.EXACT, Whose.THEIRS): 0.4,
    (Likeness.EXACT, None): 0.8,
    (Likeness.MISREAD, Whose.OURS): 0.85,
    (Likeness.MISREAD, Whose.UNSAID): 0.8,
    (Likeness.MISREAD, Whose.THEIRS): 0.3,
    (Likeness.MISREAD, None): 0.6,
    (Likeness.SIMILAR, Whose.OURS): 0.5,
    (Likeness.SIMILAR, Whose.UNSAID): 0.4,
    (Likeness.SIMILAR, Whose.THEIRS): 0.1,
    (Likeness.SIMILAR, None): 0.1,
}
SHEET = 0.99
SAME_SENDER = 0.45
LATER_PAGE = 0.9
MAX_CASES = 5

History = Callable[[str], Sequence[Document]]
"""Documents that were filed before with a sender, newest first."""


def suggestions(
    pages: Sequence[PageReading],
    sheet: Sheet | None,
    index: NumberIndex,
    *,
    municipality: str,
    today: date,
    history: History,
    number_of: Callable[[CaseId], str | None],
) -> Suggestions:
    """Propose cases and index data. ``pages`` are those of one document, counted in it; ``municipality`` is the
    receiver's title; ``number_of`` tells the number of a known case.
    """
    page = first_page(pages)
    fields = fields_of(page, municipality=municipality, today=today) if page is not None else ()
    fields = _with_type_of_sheet(fields, sheet)
    cases = list(_from_sheet(sheet, index))
    cases += _from_text(pages, index)
    name = next((field for field in fields if field.field is DocumentField.SENDER), None)
    if name is not None:
        cases += _from_history(name, history(name.value), number_of)
    blank = tuple(page.number for page in pages if page.blank)
    flaws = tuple((page.number, flaw) for page in pages for flaw in page.flaws)
    return Suggestions(cases=_best(cases), fields=fields, blank_pages=blank, flaws=flaws)


def fields_of(page: FirstPage, *, municipality: str, today: date) -> tuple[FieldSuggestion, ...]:
    """Propose the index data that stand on a first page."""
    about = subject(page)
    found = [sender(page, municipality), letter_date(page, today), about, document_type(page, about)]
    return (*(field for field in found if field is not None), *references(page))


def _from_sheet(sheet: Sheet | None, index: NumberIndex) -> list[CaseSuggestion]:
    if sheet is None or not sheet.case_number:
        return []
    evidence = Evidence(reason=Reason.SEPARATOR_SHEET, page=0, line=0, text=sheet.case_number)
    return [
        CaseSuggestion(
            case_id=known.case_id,
            case_number=known.case_number,
            confidence=SHEET,
            evidence=evidence,
            certain=known.case_number == sheet.case_number,
        )
        for known in index.numbers(sheet.case_number)
    ]


def _with_type_of_sheet(fields: tuple[FieldSuggestion, ...], sheet: Sheet | None) -> tuple[FieldSuggestion, ...]:
    """Put the kind that a sheet tells in the place of one that was guessed."""
    if sheet is None or not sheet.document_type:
        return fields
    kind = FieldSuggestion(
        field=DocumentField.DOCUMENT_TYPE,
        value=sheet.document_type,
        confidence=SHEET,
        evidence=Evidence(reason=Reason.SEPARATOR_SHEET, page=0, line=0, text=sheet.document_type),
    )
    return (*(field for field in fields if field.field is not DocumentField.DOCUMENT_TYPE), kind)


def _from_text(pages: Sequence[PageReading], index: NumberIndex) -> list[CaseSuggestion]:
    hits: list[tuple[int, Hit]] = []
    candidates: list[Candidate] = []
    for place, page in enumerate(pages):
        lines = lines_of(page)
        hits += [(place, hit) for hit in hits_in(lines, index)]
        candidates += candidates_in(lines)
    sure = _certain([hit for _, hit in hits], candidates, index)
    return [_suggestion(hit, LATER_PAGE if place else 1.0, certain=hit is sure) for place, hit in hits]


def _certain(hits: Sequence[Hit], candidates: Sequence[Candidate], index: NumberIndex) -> Hit | None:
    """Return the hit that settles the matter, None when there is none or anything speaks against it."""
    strong = [hit for hit in hits if hit.likeness is not Likeness.SIMILAR]
    if len({hit.known.case_id for hit in strong}) != 1:
        return None
    ours_elsewhere = any(
        candidate.anchor is not None and candidate.anchor.whose is Whose.OURS and not index.numbers(candidate.text)
        for candidate in candidates
        if not any(_overlap(candidate, hit) for hit in strong)
    )
    if ours_elsewhere:
        return None
    for hit in strong:
        beside = hit.anchor is not None and hit.anchor.whose is not Whose.THEIRS
        if hit.likeness is Likeness.EXACT and beside and hit.line.confidence(hit.start, hit.end) >= SURELY_READ:
            return hit
    return None


def _overlap(candidate: Candidate, hit: Hit) -> bool:
    return candidate.line is hit.line and candidate.start < hit.end and candidate.end > hit.start


def _suggestion(hit: Hit, weight: float, *, certain: bool) -> CaseSuggestion:
    whose = hit.anchor.whose if hit.anchor is not None else None
    if hit.likeness is not Likeness.EXACT:
        reason = Reason.NUMBER_MISREAD
    else:
        reason = Reason.NUMBER_BESIDE_ANCHOR if whose is not None else Reason.NUMBER_IN_TEXT
    return CaseSuggestion(
        case_id=hit.known.case_id,
        case_number=hit.known.case_number,
        confidence=round(RATINGS[hit.likeness, whose] * weight, 2),
        evidence=hit.line.evidence(reason, hit.start, hit.end),
        certain=certain,
    )


def _from_history(
    name: FieldSuggestion, documents: Sequence[Document], number_of: Callable[[CaseId], str | None]
) -> list[CaseSuggestion]:
    """Where the letters of the same sender went: never more than a hint, however often."""
    counted = Counter(document.case_id for document in documents if document.case_id is not None)
    total = sum(counted.values())
    found = []
    for case_id, count in counted.most_common(MAX_CASES):
        number = number_of(case_id)
        if number is not None:
            evidence = Evidence(
                reason=Reason.SAME_SENDER,
                page=name.evidence.page,
                line=name.evidence.line,
                text=name.value,
                rect=name.evidence.rect,
            )
            confidence = round(SAME_SENDER * name.confidence * count / total, 2)
            found.append(CaseSuggestion(case_id=case_id, case_number=number, confidence=confidence, evidence=evidence))
    return found


def _best(cases: Sequence[CaseSuggestion]) -> tuple[CaseSuggestion, ...]:
    """Return one proposal per case, the strongest evidence of each; certain ones first."""
    best: dict[CaseId, CaseSuggestion] = {}
    for case in sorted(cases, key=lambda case: (case.certain, case.confidence), reverse=True):
        best.setdefault(case.case_id, case)
    certain = [case for case in best.values() if case.certain]
    if len(certain) > 1:  # a sheet and the letter disagree: a clerk decides
        return tuple(_uncertain(case) for case in best.values())[:MAX_CASES]
    return tuple(best.values())[:MAX_CASES]


def _uncertain(case: CaseSuggestion) -> CaseSuggestion:
    return CaseSuggestion(
        case_id=case.case_id, case_number=case.case_number, confidence=case.confidence, evidence=case.evidence
    )
