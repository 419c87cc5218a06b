"""The sync pill: how the workstation stands with the server, by shape and text, never by colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from clerk_desktop.model.errors import named
from clerk_desktop.model.standing import Link, Standing
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.style import restyle


class Pill(QToolButton):
    """Click opens the transfers."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("pill")
        self._texts = texts
        self._most = 0
        self.show_standing(Standing(link=Link.ALONE))

    def show_standing(self, standing: Standing) -> None:
        """Tell how things stand."""
        self._most = max(self._most, standing.waiting) if standing.link is Link.SENDING else 0
        text = self._text(standing)
        self.setText(text)
        self.setAccessibleName(self._texts.gettext("Connection: {state}").format(state=text.lstrip("●◐○▲ ")))
        self.setToolTip(self._hint(standing))
        restyle(self, "help", standing.link in (Link.HELP, Link.SIGN_IN))

    def _text(self, standing: Standing) -> str:
        _ = self._texts.gettext
        ngettext = self._texts.ngettext
        waiting = standing.waiting
        match standing.link:
            case Link.ONLINE:
                return "● " + _("Online")
            case Link.SENDING:
                done = self._most - waiting
                return "◐ " + _("Sending {done}/{all}").format(done=done, all=self._most)
            case Link.OFFLINE if waiting:
                return "○ " + ngettext("Offline · {count} waits", "Offline · {count} wait", waiting).format(
                    count=waiting
                )
            case Link.OFFLINE:
                return "○ " + _("Offline")
            case Link.HELP:
                return "▲ " + ngettext("{count} needs help", "{count} need help", standing.needs_help).format(
                    count=standing.needs_help
                )
            case Link.SIGN_IN:
                return "▲ " + _("Sign-in needed")
            case Link.UNTRIED:
                return "○ " + _("Not yet in touch")
            case Link.ALONE:
                return "○ " + _("Not connected")

    def _hint(self, standing: Standing) -> str:
        _ = self._texts.gettext
        if standing.error:
            return self._texts.sentence(named(standing.error))
        return _("Opens the transfers")
