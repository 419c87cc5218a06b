"""What a written file is without, in sentences: the same in the window and on the command line."""

from __future__ import annotations

from clerk_desktop.model.exchange import LeftOut
from clerk_desktop.system.texts import Texts


def left_out_text(left_out: LeftOut, texts: Texts) -> str:
    """Say how many marks are not in the file (``Export.with_marks``), and why; "" where all are."""
    astray = texts.ngettext(
        "{count} mark could not be drawn because it stands on no page of the document; it is kept and listed.",
        "{count} marks could not be drawn because they stand on no page of the document; they are kept and listed.",
        left_out.astray,
    )
    foreign = texts.ngettext(
        "{count} mark could not be drawn because only the program that made it draws its kind; it is kept and listed.",
        "{count} marks could not be drawn because only the programs that made them draw their kind; they are kept and"
        " listed.",
        left_out.foreign,
    )
    said = ((astray, left_out.astray), (foreign, left_out.foreign))
    return " ".join(text.format(count=count) for text, count in said if count)
