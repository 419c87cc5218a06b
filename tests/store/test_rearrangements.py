"""What became of the pages of a scan in the end."""

from __future__ import annotations

from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import NewLetter, PageAct, Rearrangement, TakenPage, pages_of
from clerk_desktop.store.store import Store

SCAN, FRONT, BACK, TURNED, JOINED, WHOLE = map(DocumentId, ("scan", "front", "back", "turned", "joined", "whole"))


def act(act: PageAct, given_way: tuple[DocumentId, ...], **letters: tuple[TakenPage, ...]) -> Rearrangement:
    made = tuple(NewLetter(document_id=DocumentId(name), pages=pages) for name, pages in letters.items())
    return Rearrangement(act=act, given_way=given_way, letters=made)


def test_a_letter_that_pages_reach_on_two_ways_holds_all_of_them(store: Store) -> None:
    whole = pages_of(SCAN, 4)
    acts = (
        act(PageAct.SPLIT, (SCAN,), front=whole[:2], back=whole[2:]),
        act(PageAct.TURN, (BACK,), turned=pages_of(BACK, 2)),
        act(PageAct.JOIN, (FRONT, TURNED), joined=(*pages_of(FRONT, 2), *pages_of(TURNED, 2))),
        act(PageAct.TURN, (JOINED,), whole=pages_of(JOINED, 4)),
    )
    with store.write() as session:
        for each in acts:
            session.rearrangements.put(each)
        assert session.rearrangements.outcome(SCAN) == (WHOLE,)
        assert session.rearrangements.sorted_out(SCAN, (1, 2, 3, 4)) == ()
