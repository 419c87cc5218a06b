"""Why a file in the account of a day did not simply arrive, and what to do: English sources of the sentences."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.ledger import FileState, Verdict
from clerk_desktop.model.texts import N_


@dataclass(frozen=True, slots=True)
class Explained:
    """``why`` and what ``to_do``; ``{twin}`` stands for the path of the file with the same content or look."""

    why: str
    to_do: str


EXPLAINED: dict[Verdict, Explained] = {
    Verdict.ARRIVED: Explained(N_("It arrived, and the server confirmed it."), ""),
    Verdict.STILL_COMING: Explained(
        N_("It was seen in the scan folder and not taken in yet."),
        N_("Wait until the scanner is done. If it stays, look at the reason in the list of transfers."),
    ),
    Verdict.NOT_READ_YET: Explained(
        N_("It was taken in and is still to be read."),
        N_("Leave the program running. The original stays where it is until then."),
    ),
    Verdict.NOT_SENT_YET: Explained(
        N_("It is kept here and still to be sent."),
        N_("Leave the program running and signed in. The original stays where it is until then."),
    ),
    Verdict.SENDING_FAILED: Explained(
        N_("It is kept here; sending it failed:"),
        N_("The program tries again by itself. If it stays, look at the list of transfers."),
    ),
    Verdict.NOT_CONFIRMED_YET: Explained(
        N_("It was sent; the server has not confirmed it yet."),
        N_("Leave the program running. The original stays where it is until then."),
    ),
    Verdict.HELD: Explained(
        N_("It was not taken in:"),
        N_("Scan the letter again, or mend the file and have it tried again. The original stays where it is."),
    ),
    Verdict.GIVEN_UP: Explained(
        N_("It was not taken in, and somebody gave it up:"),
        N_("Check that the letter is kept on paper or was scanned again."),
    ),
    Verdict.TWIN: Explained(
        N_("It has the same content as {twin}."),
        N_("Decide: take it in as a letter of its own, or give it up. The original stays where it is."),
    ),
    Verdict.TWIN_GIVEN_UP: Explained(
        N_("It has the same content as {twin}; somebody decided that it is no letter of its own."),
        N_("Nothing needs to be done."),
    ),
    Verdict.ALIKE: Explained(
        N_("It looks like {twin}, which was scanned before; the bytes differ."),
        N_("Lay both beside each other, then decide: take it in as a letter of its own, or give it up."),
    ),
    Verdict.ALIKE_GIVEN_UP: Explained(
        N_("It looks like {twin}, which was scanned before; somebody decided that it is no letter of its own."),
        N_("Nothing needs to be done."),
    ),
    Verdict.ROW_MISSING: Explained(
        N_("It was taken in, and the ledger has lost it."),
        N_("Keep the paper and look for the file by its name. Call the administrator."),
    ),
    Verdict.ORIGINAL_GONE: Explained(
        N_("The original is gone from the scan folder, and the server has not confirmed it."),
        N_("Ask who moved it. Keep the paper; what was taken in is still kept here."),
    ),
    Verdict.ORIGINAL_REPLACED: Explained(
        N_("Another file has taken the place of the original, and the server has not confirmed it."),
        N_("Keep the paper; what was taken in is still kept here. Have the scanner number its files."),
    ),
    Verdict.NO_DOCUMENT: Explained(
        N_("It counts as confirmed, but no document was made of it."),
        N_("Keep the paper and scan the letter again."),
    ),
    Verdict.NOT_ON_SERVER: Explained(
        N_("It was confirmed, and the server does not list it any more."),
        N_("Ask the administrator of the server. Keep the paper; the original lies in the folder erledigt."),
    ),
}

STATES: dict[FileState | None, str] = {
    FileState.SEEN: N_("seen"),
    FileState.CLAIMED: N_("taken in"),
    FileState.UNDERSTOOD: N_("read"),
    FileState.QUEUED: N_("to be sent"),
    FileState.DEPOSITED: N_("sent"),
    FileState.CONFIRMED: N_("confirmed"),
    FileState.QUARANTINED: N_("in quarantine"),
    FileState.DUPLICATE: N_("duplicate"),
    None: N_("unknown to the ledger"),
}
