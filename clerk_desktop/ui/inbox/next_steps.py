"""What somebody can do about a scanned file that was not taken in; each an English source text."""

from __future__ import annotations

from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import FileState, ScannedFile
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts

SCAN_AGAIN = N_("Scan the letter once more. If it came by e-mail or on a medium, ask the sender for it again.")
SMALLER = N_("Scan the letter in several smaller parts.")
ELSEWHERE = N_("Open it in another program and print it as PDF into the scan folder. Please report the file.")
BY_ITSELF = N_("It is taken in by itself as soon as it is complete.")
TWICE = N_("Look at the first one before you decide: the same form may well be meant twice.")
STEPS: dict[RefusalReason, str] = {
    RefusalReason.EMPTY: SCAN_AGAIN,
    RefusalReason.UNKNOWN_KIND: N_(
        "PDF, pictures, e-mails and office documents are taken in. If this is a letter, print it as PDF into the scan"
        " folder."
    ),
    RefusalReason.DAMAGED: SCAN_AGAIN,
    RefusalReason.ENCRYPTED: N_(
        "Ask the sender for a file without a password, or open it with the password and print it as PDF into the scan"
        " folder."
    ),
    RefusalReason.NO_PAGES: SCAN_AGAIN,
    RefusalReason.TOO_LARGE: SMALLER,
    RefusalReason.TOO_MANY_PAGES: SMALLER,
    RefusalReason.TOO_MANY_PIXELS: N_("Scan it with a lower resolution; 300 dpi are enough for text."),
    RefusalReason.UNREADABLE: N_(
        "Check it again: the folder may not have been within reach. If that does not help, look at the rights of the"
        " file."
    ),
    RefusalReason.CRASHED: ELSEWHERE,
    RefusalReason.TOO_SLOW: ELSEWHERE,
    RefusalReason.NOT_A_FILE: N_("Put the file itself into the scan folder, not a link to it."),
    RefusalReason.BAD_NAME: N_("Give the file another name in the scan folder; then it is taken in by itself."),
    RefusalReason.ONLY_SHEETS: N_("Scan the stack once more, with the letters between the separator sheets."),
    RefusalReason.STILL_GROWING: BY_ITSELF,
    RefusalReason.IN_USE: BY_ITSELF,
    RefusalReason.INCOMPLETE: BY_ITSELF,
    RefusalReason.SIGNED: ELSEWHERE,
    RefusalReason.LOOKS_ALIKE: TWICE,
    RefusalReason.BATCH_OPEN: BY_ITSELF,
    RefusalReason.INDEX_AWAITED: BY_ITSELF,
    RefusalReason.BATCH_BROKEN: N_(
        "Put the missing page back into the scan folder under its name and check again, or scan the batch once more."
    ),
    RefusalReason.INDEX_ALONE: N_("Enter what it says at its letter, then discard it; the file stays where it is."),
}


def next_step(file: ScannedFile, texts: Texts) -> str:
    """Return what to do about a held file."""
    if file.state is FileState.DUPLICATE or file.refusal is None:
        return texts.gettext(TWICE)
    return texts.gettext(STEPS[file.refusal])
