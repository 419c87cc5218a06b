"""The office's common rules, as last fetched from ``/Vorlagen/einstellungen.toml``."""

from __future__ import annotations

import logging

import msgspec

from clerk_desktop.model.account import Template
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.store.store import Store
from clerk_desktop.system.decoding import learned

log = logging.getLogger(__name__)


def office_settings(store: Store) -> OfficeSettings:
    """Return the office's rules; the cautious built-in ones before the first synchronisation."""
    with store.read() as session:
        content = session.sync.template(Template.SETTINGS)
    return read_office_settings(content) if content is not None else OfficeSettings()


def read_office_settings(content: bytes) -> OfficeSettings:
    """Read the file; one that is not understood changes nothing, because it may not file anything by mistake."""
    try:
        return msgspec.toml.decode(content, type=learned(OfficeSettings))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        log.warning("the office's settings cannot be read", extra={"action": "office.settings"})
        return OfficeSettings()
