"""What a written file is without, in a sentence: the same in the window and on the command line."""

from __future__ import annotations

from clerk_desktop.system.texts import Texts


def astray_text(astray: int, texts: Texts) -> str:
    """Say how many marks stand on no page and are not in the file (``Export.with_marks``); "" where all are."""
    if not astray:
        return ""
    return texts.ngettext(
        "{count} mark could not be drawn because it stands on no page of the document; it is kept and listed.",
        "{count} marks could not be drawn because they stand on no page of the document; they are kept and listed.",
        astray,
    ).format(count=astray)
