"""What somebody did with pages of letters, in words, as the history tells it."""

from __future__ import annotations

from clerk_desktop.model.event import Event
from clerk_desktop.model.rearranging import PageAct
from clerk_desktop.model.texts import N_
from clerk_desktop.sync.proposals import rearrangement_of
from clerk_desktop.system.texts import Texts

ACTS = {
    PageAct.SPLIT: N_("The letter was cut in two"),
    PageAct.COLLATE: N_("Backs were laid between their fronts"),
    PageAct.JOIN: N_("Letters were joined"),
    PageAct.REMOVE: N_("Pages were sorted out"),
    PageAct.TURN: N_("Pages were turned"),
    PageAct.MOVE: N_("Pages were moved"),
    PageAct.REPLACE: N_("A page was replaced"),
}


def act_text(event: Event, texts: Texts) -> str:
    """Say what was done, and how many pages this letter got of it and were sorted out."""
    done = rearrangement_of(event)
    if done is None:
        return event.text
    pages = next((len(letter.pages) for letter in done.letters if letter.document_id == event.document_id), 0)
    told = [texts.gettext(ACTS[done.act]), texts.gettext("{count} p.").format(count=pages)]
    if done.sorted_out:
        told.append(texts.gettext("sorted out, kept in the scan: {count} p.").format(count=len(done.sorted_out)))
    return "  ·  ".join(told)
