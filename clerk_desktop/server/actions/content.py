"""Actions on a document's content (2.2.4.16 to 2.2.4.18 of CMIS 1.1)."""

from __future__ import annotations

from msgspec.structs import replace

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.actions.checks import changeable, require_own_working_copy, require_token
from clerk_desktop.server.actions.create import received_content, require_fitting_content
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.faults import Fault, constraint, invalid, not_supported
from clerk_desktop.server.repository.contents import CHUNK
from clerk_desktop.server.repository.rows import Content, StoredObject
from clerk_desktop.server.requests import Request


def set_content(request: Request) -> Answer:
    """``setContent``: content for a document that has none, or other content where that may be overwritten."""
    stored = _document(request)
    if stored.content is not None and not request.controls.flag("overwriteFlag", default=True):
        raise Fault(CmisException.CONTENT_ALREADY_EXISTS, "The document has content already.")
    content = received_content(request, stored.name)
    if content is None:
        raise invalid("No content was sent.")
    return request.created(_with_content(request, stored, content))


def append_content(request: Request) -> Answer:
    """``appendContent``: more bytes at the end of the content."""
    stored = _document(request)
    received = request.received
    if received is None:
        raise invalid("No content was sent.")
    before = stored.content
    if before is None:
        content = received_content(request, stored.name)
        assert content is not None
        return request.created(_with_content(request, stored, content))
    with request.session.contents.receive() as receiver:
        for source in (request.session.open(before), received.open()):
            with source as stream:
                while chunk := stream.read(CHUNK):
                    receiver.write(chunk)
        joined = receiver.finish(before.media_type, before.file_name)
    return request.created(_with_content(request, stored, request.session.place(joined)))


def delete_content(request: Request) -> Answer:
    """``deleteContent``: the document stays, without content."""
    stored = _document(request)
    return Answer(body=request.as_json(_with_content(request, stored, None)))


def _document(request: Request) -> StoredObject:
    if not request.object().is_document:
        raise not_supported("Only documents have content.")
    stored = changeable(request)
    require_own_working_copy(request.session, stored)
    require_token(stored, request.controls.text("changeToken"))
    return stored


def _with_content(request: Request, stored: StoredObject, content: Content | None) -> StoredObject:
    definition = request.session.types.get(stored.type)
    require_fitting_content(definition, content)
    if content is None and stored.content is None:
        raise constraint("The document has no content.")
    session = request.session
    after = replace(stored, content=content, modified_by=session.user.name, modified_at=session.now)
    return session.writer.update(stored, after)
