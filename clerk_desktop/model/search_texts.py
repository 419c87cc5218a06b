"""Texts for people about where a search looked and what it found there, as English sources."""

from __future__ import annotations

from clerk_desktop.model.search import Origin, ServerPart
from clerk_desktop.model.texts import N_

ORIGINS = {Origin.HERE: N_("on this computer"), Origin.SERVER: N_("from the server")}
SERVER_PARTS = {
    ServerPart.NOT_ASKED: N_("Only this computer was searched."),
    ServerPart.SEARCHED: N_("This computer and the server were searched."),
    ServerPart.UNREACHABLE: N_("Only this computer was searched: the server cannot be reached."),
    ServerPart.NOT_SIGNED_IN: N_("Only this computer was searched: you are not signed in."),
    ServerPart.UNABLE: N_("Only this computer was searched: this server cannot search."),
}
