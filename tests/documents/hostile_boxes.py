"""PDFs written by hand whose page boxes are hostile; libraries would refuse to write them."""

from __future__ import annotations

NINES = "9" * 400
HOSTILE = (
    ("[0 0 0 0]", ""),
    ("", ""),
    ("[0 0 -200 -300]", ""),
    ("[0 0 1000000000 1000000000]", ""),
    ("[0 0 1e9 1e9]", ""),
    (f"[0 0 {NINES} 5]", ""),
    (f"[0 0 {NINES}.0 5]", ""),
    ("[0 0 nan nan]", ""),
    ("[0 0 0.0001 0.0001]", ""),
    ("[0 0 0.0001 800]", ""),
    ("[0 0 99000 2]", ""),
    ("[(a) (b) 1 2]", ""),
    ("[0 0 600]", ""),
    ("<< >>", ""),
    ("[0 0 600 800]", "[1000 1000 1200 1200]"),
    ("[0 0 600 800]", "[0 0 0 0]"),
    ("[0 0 600 800]", "[100 100 100.1 500]"),
    ("[-100000000 -100000000 100000000 100000000]", "[0 0 300 300]"),
    ("[0 0 600 800]", f"[0 0 {NINES} 300]"),
)
"""Media box and crop box as they stand in the file, "" for none."""


def boxed(media: str, crop: str = "", rotation: int = 0) -> bytes:
    """A page of one blue square with these boxes."""
    boxes = " ".join(f"/{name} {box}" for name, box in (("MediaBox", media), ("CropBox", crop)) if box)
    drawing = b"0 0 1 rg 10 10 100 100 re f"
    things = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {boxes} /Rotate {rotation} /Contents 4 0 R >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    )
    whole, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(whole)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    whole += b"xref\n0 5\n0000000000 65535 f \n" + table
    return whole + b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % start
