"""Selectors of any object's URL (5.3.3 of CMIS 1.1)."""

from __future__ import annotations

import re
from enum import StrEnum

from clerk_desktop.backend.cmis.names import BaseType
from clerk_desktop.server.acl import acl_of
from clerk_desktop.server.answers import Answer, ContentAnswer, full_properties, succinct_properties
from clerk_desktop.server.faults import constraint, invalid, not_found, not_supported
from clerk_desktop.server.repository.rows import Content, StoredObject
from clerk_desktop.server.requests import Request

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class ReturnVersion(StrEnum):
    """Which version of a document is wanted (5.4.3.?)."""

    THIS = "this"
    LATEST = "latest"
    LATEST_MAJOR = "latestmajor"


class Direction(StrEnum):
    """Which end of the relationships an object is (2.1.9)."""

    SOURCE = "source"
    TARGET = "target"
    EITHER = "either"


class Download(StrEnum):
    """Whether a browser should show content or save it."""

    INLINE = "inline"
    ATTACHMENT = "attachment"


def _version(request: Request) -> StoredObject:
    stored = request.object()
    wanted = request.controls.member("returnVersion", ReturnVersion.THIS)
    major = wanted is ReturnVersion.LATEST_MAJOR or request.controls.flag("major", default=False)
    if (wanted is ReturnVersion.THIS and not major) or stored.series is None:
        return stored
    for version in request.session.objects.versions(stored.series):
        if version.latest_major if major else version.latest:
            return version
    if major:
        raise not_found("There is no major version.")
    return stored


def whole_object(request: Request) -> Answer:
    """``object``: an object with what was asked to be included."""
    return Answer(body=request.as_json(_version(request)))


def properties(request: Request) -> Answer:
    """``properties``: the bare map of properties."""
    stored = _version(request)
    values = request.properties(stored)
    if request.succinct:
        return Answer(body=succinct_properties(values))
    return Answer(body=full_properties(values, request.describer.definitions(stored)))


def allowable_actions(request: Request) -> Answer:
    """``allowableActions``: what this user may do with an object now."""
    return Answer(body=dict(request.describer.allowable_actions(request.object())))


def versions(request: Request) -> Answer:
    """``versions``: all versions of a document, newest first, a working copy before them."""
    stored = request.object()
    if stored.series is None:
        raise invalid("This is not a document.")
    return request.many(request.session.objects.versions(stored.series))


def relationships(request: Request) -> Answer:
    """``relationships``: the relationships of an object that this user may see."""
    stored = request.object()
    direction = request.controls.member("relationshipDirection", Direction.SOURCE)
    types = request.session.types
    type_id = request.controls.text("typeId") or BaseType.RELATIONSHIP.value
    definition = types.get(type_id)
    if definition.base != BaseType.RELATIONSHIP:
        raise invalid("This is not a relationship type.")
    with_sub_types = request.controls.flag("includeSubRelationshipTypes", default=False)
    everything = with_sub_types or request.controls.text("typeId") is None
    page = request.page()
    listing = request.session.objects.relationships(
        stored,
        source=direction in {Direction.SOURCE, Direction.EITHER},
        target=direction in {Direction.TARGET, Direction.EITHER},
        types=[item.id for item in types.with_descendants(type_id)] if everything else [type_id],
        page=page,
    )
    return request.listed(listing, page)


def acl(request: Request) -> Answer:
    """``acl``: who may do what with an object."""
    return Answer(body=acl_of(request.object()))


def no_policies(request: Request) -> Answer:
    """``policies``: this repository has none."""
    request.object()
    return Answer(body=[])


def no_renditions(request: Request) -> Answer:
    """``renditions``: this repository makes none."""
    request.object()
    return Answer(body=[])


def content(request: Request) -> Answer:
    """``content``: the bytes of a document, wholly or the one range that was asked for (RFC 9110, 14)."""
    stored = request.object()
    if not stored.is_document:
        raise not_supported("Only documents have content.")
    stream_id = request.controls.text("streamId")
    if stored.content is None or stream_id not in {None, stored.content.id}:
        raise constraint("The document has no such content.")
    kept = stored.content
    start, length, partial = _range(request.range_header, kept)
    if length is None:
        return Answer(status=416, empty=True, headers={"Content-Range": f"bytes */{kept.length}"})
    answer = ContentAnswer(
        stream=request.session.open(kept),
        media_type=kept.media_type,
        file_name=kept.file_name or stored.name,
        sha256=kept.sha256,
        start=start,
        length=length,
        total=kept.length,
        partial=partial,
        attachment=request.controls.member("download", Download.INLINE) is Download.ATTACHMENT,
    )
    return Answer(status=206 if partial else 200, content=answer)


def _range(header: str | None, kept: Content) -> tuple[int, int | None, bool]:
    """Return first byte, number of bytes (None: cannot be satisfied), whether it is a part. Odd ranges are ignored."""
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or (not match[1] and not match[2]):
        return 0, kept.length, False
    if not match[1]:
        suffix = min(int(match[2]), kept.length)
        return (0, None, True) if suffix == 0 else (kept.length - suffix, suffix, suffix < kept.length)
    start = int(match[1])
    end = min(int(match[2]), kept.length - 1) if match[2] else kept.length - 1
    if match[2] and int(match[2]) < start:
        return 0, kept.length, False
    if start >= kept.length:
        return (0, 0, False) if kept.length == 0 and start == 0 else (0, None, True)
    length = end - start + 1
    return start, length, length < kept.length
