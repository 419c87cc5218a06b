"""How a scan folder behaves, in sentences; the same in shell and window."""

from __future__ import annotations

from clerk_desktop.model.texts import N_
from clerk_desktop.model.watching import WatchFinding, WatchReason
from clerk_desktop.system.texts import Texts

WHY = {
    WatchReason.TELLS: N_("A new file announces itself after {milliseconds} ms."),
    WatchReason.SHARE: N_(
        "Shares do not tell what other machines write there, so the folder is looked at by the clock."
    ),
    WatchReason.DEAF: N_("A new file does not announce itself here, so the folder is looked at by the clock."),
    WatchReason.SLOW: N_("The folder answers slowly: one look takes {listing} s. So it is looked at by the clock."),
    WatchReason.UNTRIED: N_("Whether new files announce themselves could not be tried; it is looked at by the clock."),
}


def how_watched(finding: WatchFinding, texts: Texts) -> list[str]:
    """Return what to tell of a folder: why it is watched as it is, how often, and what is wrong with it."""
    why = texts.gettext(WHY[finding.reason]).format(
        milliseconds=round((finding.event_after or 0) * 1000), listing=max(1, round(finding.listing))
    )
    often = texts.gettext("In any case the folder is looked at every {seconds} s.")
    told = [why, often.format(seconds=round(finding.look_every))]
    if not finding.writable:
        told.append(
            texts.gettext("The folder cannot be written. Originals would stay where they are: check the rights.")
        )
    return told
