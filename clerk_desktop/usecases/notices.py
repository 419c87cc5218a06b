"""What a person should look at although a letter was taken in, in sentences; the same on paper, shell and window."""

from __future__ import annotations

from clerk_desktop.model.batch import BatchProblem
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.reading import PageFlaw
from clerk_desktop.model.suggestion import Suggestions
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.sheets import missing_sentence

FLAWS = {
    PageFlaw.CUT_OFF: N_("Page {pages}: text runs over the edge; something may be cut off."),
    PageFlaw.DARK: N_("Page {pages}: the scan is very dark."),
    PageFlaw.FAINT: N_("Page {pages}: the scan is very faint."),
    PageFlaw.COARSE: N_("Page {pages}: the resolution is low; small print may be unreadable."),
}
BATCH = {
    BatchProblem.INDEX_MISSING: N_("The index file did not come: enter the data by hand."),
    BatchProblem.INDEX_UNREADABLE: N_("The index file {about} cannot be read; it is kept. Enter the data by hand."),
    BatchProblem.VALUE_UNUSABLE: N_("The index file has a value that is none: {about}. Enter it by hand."),
    BatchProblem.FILES_MISSING: N_("The index file speaks of files that did not come: {about}. Look at the paper."),
    BatchProblem.NUMBERS_MISSING: N_("The scanner left numbers out: {about}. Look at the paper for a missing page."),
}


def notices(found: Suggestions, texts: Texts) -> tuple[str, ...]:
    """Return the sentences about one document, the weightiest first."""
    said = [missing_sentence(missing, texts) for missing in found.sheets_missing]
    for notice in found.batch:
        said.append(texts.gettext(BATCH[notice.problem]).format(about=", ".join(notice.about)))
    if found.sheet_of:
        town = find_municipality(found.sheet_of)
        said.append(
            texts.gettext("The separator sheet before it is one of {town}. Check which town the letter is for.").format(
                town=town.title if town is not None else found.sheet_of
            )
        )
    if found.sampled:
        said.append(texts.gettext("Chosen by chance: compare the scan with its paper, page by page."))
    for flaw, text in FLAWS.items():
        pages = [page for page, what in found.flaws if what is flaw]
        if pages:
            said.append(texts.gettext(text).format(pages=", ".join(map(str, pages))))
    if found.looks_like is not None:
        said.append(texts.gettext("It looks like a letter that was scanned before. Look at both before you file it."))
    if found.left_inside:
        said.append(
            texts.gettext("These files stay in the e-mail and are no documents of their own: {names}.").format(
                names=", ".join(found.left_inside)
            )
        )
    return tuple(said)
