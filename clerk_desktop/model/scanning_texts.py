"""Texts for people about scanning at a device, as English sources."""

from __future__ import annotations

from clerk_desktop.model.scanning import ColourMode, ScanSource
from clerk_desktop.model.texts import N_

SCAN_SOURCES = {ScanSource.FEEDER: N_("Feeder"), ScanSource.PLATEN: N_("Glass plate")}
COLOUR_MODES = {
    ColourMode.COLOUR: N_("Colour"),
    ColourMode.GREY: N_("Greyscale"),
    ColourMode.BLACK_AND_WHITE: N_("Black and white"),
}
