"""Codes on pages: separator sheets, stamps of other offices. Only the asked symbologies are looked for."""

from __future__ import annotations

import zxingcpp

from clerk_desktop.documents.page_image import PageImage
from clerk_desktop.model.reading import Barcode


def barcodes(page: PageImage, symbologies: tuple[str, ...]) -> tuple[Barcode, ...]:
    """Return the codes on ``page``, from the top. ``symbologies`` as zxing-cpp names them (``QRCode``, ``Code39``)."""
    if not symbologies:
        return ()
    formats = zxingcpp.barcode_formats_from_str(",".join(symbologies))
    found = zxingcpp.read_barcodes(page.image, formats=formats, try_invert=False, text_mode=zxingcpp.TextMode.Plain)
    placing = page.placing()
    codes = []
    for code in found:
        corners = (
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_right,
            code.position.bottom_left,
        )
        across, down = [corner.x for corner in corners], [corner.y for corner in corners]
        codes.append(
            Barcode(
                symbology=code.format.name,
                text=code.text,
                rect=placing.rect(min(across), min(down), max(across), max(down)),
            )
        )
    return tuple(sorted(codes, key=lambda code: (-code.rect.y1, code.rect.x0)))
