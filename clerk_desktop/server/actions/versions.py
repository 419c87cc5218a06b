"""Actions on version series (2.2.7 of CMIS 1.1).

Each version is an object of its own. Checking out makes a working copy with its own id; checking in turns this very
object into the new version.
"""

from __future__ import annotations

from msgspec.structs import replace

from clerk_desktop.server.actions.checks import refuse_policies_and_aces, require_own_working_copy
from clerk_desktop.server.actions.create import received_content, require_fitting_content
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.assigning import Phase, assign
from clerk_desktop.server.faults import constraint, versioning
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.session import Session


def check_out(request: Request) -> Answer:
    """``checkOut``: a working copy of the latest version, for this user alone."""
    stored = request.object()
    session = request.session
    session.require_change(stored)
    if not stored.is_document or not session.types.get(stored.type).versionable:
        raise constraint("Objects of this type have no versions.")
    if stored.checked_out_id is not None:
        raise versioning("The document is checked out already.")
    if not stored.latest or stored.series is None:
        raise versioning("Only the latest version can be checked out.")
    copy = replace(
        stored,
        id=session.new_id(),
        listed=False,
        created_by=session.user.name,
        created_at=session.now,
        modified_by=session.user.name,
        modified_at=session.now,
        token=1,
        latest=False,
        major=False,
        latest_major=False,
        working_copy=True,
        label=None,
        comment=None,
        n=0,
    )
    copy = session.writer.insert(copy)
    session.writer.mark_checked_out(stored.series, session.user.name, copy.id)
    return request.created(session.get(copy.id))


def cancel_check_out(request: Request) -> Answer:
    """``cancelCheckOut``: the working copy is thrown away.

    Some clients name the document that was checked out instead (cmissh, and OpenCMIS-based servers let them).
    """
    session, stored = request.session, request.object()
    named = stored if stored.checked_out_id is None else session.get(stored.checked_out_id)
    discard_working_copy(session, _working_copy(session, named))
    return Answer(empty=True)


def check_in(request: Request) -> Answer:
    """``checkIn``: the working copy becomes the latest version."""
    refuse_policies_and_aces(request)
    session = request.session
    copy = _working_copy(session, request.object())
    assert copy.series is not None
    major = request.controls.flag("major", default=True)
    after = assign(session.types, copy, request.controls.properties(), Phase.WORKING_COPY)
    content = received_content(request, after.name) or after.content
    require_fitting_content(session.types.get(after.type), content)
    older = [version for version in session.objects.versions(copy.series) if version.n != copy.n]
    for version in older:
        if version.latest or (major and version.latest_major):
            latest_major = version.latest_major and not major
            session.writer.update(
                version, replace(version, latest=False, listed=False, latest_major=latest_major), told=False
            )
    session.writer.mark_checked_out(copy.series, None, None)
    after = replace(
        after,
        content=content,
        listed=True,
        latest=True,
        major=major,
        latest_major=major,
        working_copy=False,
        label=_next_label(older, major=major),
        comment=request.controls.text("checkinComment"),
        checked_out_by=None,
        checked_out_id=None,
        modified_by=session.user.name,
        modified_at=session.now,
    )
    return request.created(session.writer.update(copy, after))


def discard_working_copy(session: Session, copy: StoredObject) -> None:
    """Remove a working copy. A document that was created checked out is gone then."""
    require_own_working_copy(session, copy)
    assert copy.series is not None
    session.writer.delete(copy)
    session.writer.mark_checked_out(copy.series, None, None)


def _working_copy(session: Session, stored: StoredObject) -> StoredObject:
    session.require_change(stored)
    if not stored.working_copy:
        raise versioning("This is not a working copy.")
    require_own_working_copy(session, stored)
    return stored


def _next_label(older: list[StoredObject], *, major: bool) -> str:
    """Return the label after those of the older versions, such as 1.0, 1.1, 2.0."""
    highest = max((_numbers(version.label) for version in older), default=(0, 0))
    return f"{highest[0] + 1}.0" if major else f"{highest[0]}.{highest[1] + 1}"


def _numbers(label: str | None) -> tuple[int, int]:
    first, _, second = (label or "0.0").partition(".")
    return int(first), int(second or 0)
