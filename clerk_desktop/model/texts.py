"""Texts for people that belong to values of the model, as English sources; ``system.texts`` translates them."""

from __future__ import annotations

from clerk_desktop.model.errors import RefusalReason


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for the catalogue and return it unchanged: it is translated where it is shown."""
    return text


REFUSALS: dict[RefusalReason, str] = {
    RefusalReason.EMPTY: N_("The file is empty."),
    RefusalReason.UNKNOWN_KIND: N_("The file is no PDF, picture, e-mail or office document."),
    RefusalReason.DAMAGED: N_("The file is damaged or was not written completely."),
    RefusalReason.ENCRYPTED: N_("The file is protected by a password."),
    RefusalReason.NO_PAGES: N_("The file has no pages."),
    RefusalReason.TOO_LARGE: N_("The file is too large."),
    RefusalReason.TOO_MANY_PAGES: N_("The file has too many pages."),
    RefusalReason.TOO_MANY_PIXELS: N_("A page of the file has too many pixels."),
    RefusalReason.UNREADABLE: N_("The file cannot be opened."),
    RefusalReason.CRASHED: N_("The reader stopped while it worked on the file."),
    RefusalReason.TOO_SLOW: N_("The file could not be read in time."),
    RefusalReason.NOT_A_FILE: N_("This is a link or a device, not a file."),
    RefusalReason.BAD_NAME: N_("The file's name cannot be read. Rename the file."),
    RefusalReason.ONLY_SHEETS: N_("The file has nothing but separator sheets."),
    RefusalReason.STILL_GROWING: N_("The file is still being written."),
    RefusalReason.IN_USE: N_("Another program has the file open."),
    RefusalReason.INCOMPLETE: N_("The end of the file is not there yet."),
    RefusalReason.LOOKS_ALIKE: N_("It looks like a letter that was scanned before."),
    RefusalReason.BATCH_OPEN: N_("More pages of its batch may come."),
    RefusalReason.BATCH_BROKEN: N_("Another file of its batch is gone or cannot be taken in."),
    RefusalReason.INDEX_AWAITED: N_("Its index file is not there yet."),
    RefusalReason.INDEX_ALONE: N_("This index file belongs to no scan that lies here; it may have come too late."),
    RefusalReason.SIGNED: N_("The file is signed; writing into it would break the signature."),
}
