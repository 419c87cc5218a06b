"""What a device is told to do (``ScanSettings``), as XML."""

from __future__ import annotations

from clerk_desktop.model.scanning import A4, ColourMode, ScannerFacts, ScanSource, ScanWish

SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
PWG = "http://www.pwg.org/schemas/2010/12/sm"
SOURCES = {ScanSource.PLATEN: "Platen", ScanSource.FEEDER: "Feeder"}
MODES = {
    ColourMode.COLOUR: "RGB24",
    ColourMode.GREY: "Grayscale8",
    ColourMode.BLACK_AND_WHITE: "BlackAndWhite1",
}


def scan_settings(facts: ScannerFacts, wish: ScanWish, mime_type: str, *, preview: bool) -> bytes:
    """Return the settings for a wish that the device can fulfil: A4, or as much of it as the device sees."""
    abilities = facts.abilities(wish.source, both_sides=wish.both_sides)
    width, height = A4
    if abilities is not None:
        width, height = min(width, abilities.width or width), min(height, abilities.height or height)
    duplex = f"<scan:Duplex>{str(wish.both_sides).lower()}</scan:Duplex>" if wish.source is ScanSource.FEEDER else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<scan:ScanSettings xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">'
        f"<pwg:Version>{facts.version}</pwg:Version>"
        f"<scan:Intent>{'Preview' if preview else 'Document'}</scan:Intent>"
        '<pwg:ScanRegions pwg:MustHonor="false"><pwg:ScanRegion>'
        f"<pwg:Height>{height}</pwg:Height><pwg:Width>{width}</pwg:Width>"
        "<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{SOURCES[wish.source]}</pwg:InputSource>"
        f"<scan:ColorMode>{MODES[wish.mode]}</scan:ColorMode>"
        f"<scan:XResolution>{wish.dpi}</scan:XResolution><scan:YResolution>{wish.dpi}</scan:YResolution>"
        f"<pwg:DocumentFormat>{mime_type}</pwg:DocumentFormat>"
        f"<scan:DocumentFormatExt>{mime_type}</scan:DocumentFormatExt>"
        f"{duplex}</scan:ScanSettings>"
    ).encode()
