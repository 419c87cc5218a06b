"""Scanned images as PDF images, pixel by pixel as they came: JPEG and G4 data as they are, the rest lossless."""

from __future__ import annotations

import array
import io
import struct
import sys
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image, TiffImagePlugin

from clerk_desktop.documents.content import Content
from clerk_desktop.documents.image_file import Frame, ImageFile
from clerk_desktop.model.reading import FileKind

_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _ORIENTATION = 259, 262, 266, 274
_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_LENGTHS, _T6_OPTIONS = 273, 278, 279, 293
_G4 = 4
_BLACK_IS_ZERO = 1
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_PNG_SPACES = {0: (Name.DeviceGray, 1), 2: (Name.DeviceRGB, 3)}
_LEVEL = 6


def image_object(pdf: pikepdf.Pdf, content: Content, file: ImageFile, number: int) -> tuple[Object, Frame]:
    """Put page ``number`` into ``pdf``; return the image object and the decoded frame. ``FileRefused``: DAMAGED."""
    packed: Stream | None = None
    strip = _g4_strip(content, file, number) if file.kind is FileKind.TIFF else None
    frame = file.frame(number)
    if strip is not None:
        packed = _g4(pdf, strip[0], frame.image.size, black_is_one=strip[1])
    elif file.kind is FileKind.JPEG and frame.image.mode in _SPACES:
        packed = _jpeg(pdf, content, frame.image)
    elif file.kind is FileKind.PNG:
        packed = _png(pdf, content)
    if packed is None:
        packed = _lossless(pdf, frame.image)
    return pdf.make_indirect(packed), frame


def _image(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: Object, bits: int) -> Stream:
    return Stream(
        pdf,
        data,
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            ColorSpace=space,
            BitsPerComponent=bits,
        ),
    )


def _jpeg(pdf: pikepdf.Pdf, content: Content, image: Image.Image) -> Stream:
    stream = _image(pdf, bytes(content[:]), image.size, _colours(pdf, image), 8)
    stream.Filter = Name.DCTDecode
    if image.mode == "CMYK" and "adobe" in image.info:
        stream.Decode = Array([1, 0] * 4)  # Adobe writes CMYK JPEG inverted
    return stream


def _colours(pdf: pikepdf.Pdf, image: Image.Image) -> Object:
    plain = _SPACES[image.mode]
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or len(profile) < 128:
        return plain
    if {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}[image.mode] != profile[16:20]:
        return plain
    icc = Stream(pdf, profile)
    icc.N = len(image.getbands())
    icc.Alternate = plain
    return Array([Name.ICCBased, pdf.make_indirect(icc)])


def _png(pdf: pikepdf.Pdf, content: Content) -> Stream | None:
    """Return the PNG's own compressed rows (PDF knows PNG's predictors), ``None`` where it has to be unpacked."""
    header, rows, palette = b"", [], b""
    for kind, data in _chunks(content):
        if kind == b"IHDR":
            header = data
        elif kind == b"PLTE":
            palette = data
        elif kind == b"IDAT":
            rows.append(data)
        elif kind in (b"tRNS", b"acTL"):
            return None
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if interlaced:
        return None
    if colour == 3 and palette:
        space: Object = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, pikepdf.String(palette)])
        channels = 1
    elif colour in _PNG_SPACES:
        space, channels = _PNG_SPACES[colour]
    else:
        return None
    stream = _image(pdf, b"".join(rows), (width, height), space, bits)
    stream.Filter = Name.FlateDecode
    stream.DecodeParms = Dictionary(Predictor=15, Colors=channels, BitsPerComponent=bits, Columns=width)
    return stream


def _chunks(content: Content) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        yield bytes(content[place + 4 : place + 8]), bytes(content[place + 8 : place + 8 + length])
        place += length + 12


def _g4_strip(content: Content, file: ImageFile, number: int) -> tuple[bytes, bool] | None:
    """Return the page's G4 data and whether 1 is black, where it is one strip that PDF can hold as it is."""
    picture = file.picture(number)
    if not isinstance(picture, TiffImagePlugin.TiffImageFile) or picture.mode != "1":
        return None
    tags = picture.tag_v2
    plain = (
        tags.get(_COMPRESSION) == _G4
        and tags.get(_FILL_ORDER, 1) == 1
        and tags.get(_ORIENTATION, 1) == 1
        and tags.get(_T6_OPTIONS, 0) == 0
    )
    offsets, lengths = tags.get(_STRIP_OFFSETS, ()), tags.get(_STRIP_LENGTHS, ())
    if not plain or len(offsets) != 1 or len(lengths) != 1:
        return None
    strip = bytes(content[offsets[0] : offsets[0] + lengths[0]])
    # In G4 a "1" is black; PDF shows 1 as white unless told otherwise, TIFF says which it means.
    return strip, tags.get(_PHOTOMETRIC) == _BLACK_IS_ZERO


def _g4(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], *, black_is_one: bool) -> Stream:
    stream = _image(pdf, data, size, Name.DeviceGray, 1)
    stream.Filter = Name.CCITTFaxDecode
    stream.DecodeParms = Dictionary(K=-1, Columns=size[0], Rows=size[1], BlackIs1=black_is_one)
    return stream


def _packed_g4(pdf: pikepdf.Pdf, image: Image.Image) -> Stream:
    """Pack a bilevel image as G4, lossless, the format made for it."""
    target = io.BytesIO()
    image.save(target, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: image.height})
    data = target.getvalue()
    with Image.open(io.BytesIO(data)) as written:
        assert isinstance(written, TiffImagePlugin.TiffImageFile)
        tags = written.tag_v2
        strip = data[tags[_STRIP_OFFSETS][0] : tags[_STRIP_OFFSETS][0] + tags[_STRIP_LENGTHS][0]]
        black_is_one = tags.get(_PHOTOMETRIC) == _BLACK_IS_ZERO
    return _g4(pdf, strip, image.size, black_is_one=black_is_one)


def _lossless(pdf: pikepdf.Pdf, image: Image.Image) -> Stream:
    if image.mode == "1":
        return _packed_g4(pdf, image)
    if image.mode.startswith("I;16") or image.mode == "I":
        return _flate(pdf, _sixteen_bit(image), image.size, Name.DeviceGray, 16)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
        colours, alpha = image.convert("RGB"), image.getchannel("A")
        stream = _flate(pdf, colours.tobytes(), image.size, Name.DeviceRGB, 8)
        if alpha.getextrema() != (255, 255):
            stream.SMask = pdf.make_indirect(_flate(pdf, alpha.tobytes(), image.size, Name.DeviceGray, 8))
        return stream
    if image.mode == "P":
        palette = image.getpalette("RGB") or []
        entries = max(1, len(palette) // 3)
        space = Array([Name.Indexed, Name.DeviceRGB, entries - 1, pikepdf.String(bytes(palette[: entries * 3]))])
        return _flate(pdf, image.tobytes(), image.size, space, 8)
    if image.mode not in _SPACES:
        image = image.convert("RGB")
    return _flate(pdf, image.tobytes(), image.size, _colours(pdf, image), 8)


def _flate(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: Object, bits: int) -> Stream:
    stream = _image(pdf, zlib.compress(data, _LEVEL), size, space, bits)
    stream.Filter = Name.FlateDecode
    return stream


def _sixteen_bit(image: Image.Image) -> bytes:
    """Return samples of 16 bits, most significant byte first (ISO 32000-1, 7.3.8)."""
    values = array.array("H")
    values.frombytes(image.convert("I;16").tobytes())
    if sys.byteorder == "big":
        values.byteswap()  # Pillow keeps I;16 in little-endian order
    if sys.byteorder == "little":
        values.byteswap()
    return values.tobytes()
