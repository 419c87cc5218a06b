"""Actions that move and delete (2.2.4.15, 2.2.4.19 ff., 2.2.3 of CMIS 1.1)."""

from __future__ import annotations

from enum import StrEnum

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.actions.checks import require_own_working_copy, require_token, require_unfrozen
from clerk_desktop.server.actions.versions import discard_working_copy
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.faults import Fault, constraint, invalid, not_supported, versioning
from clerk_desktop.server.repository.objects import Page
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.session import Session
from clerk_desktop.server.versions import delete_all_versions, delete_one_version


class UnfileObjects(StrEnum):
    """What becomes of a deleted tree's objects (2.2.4.20)."""

    UNFILE = "unfile"
    DELETE_SINGLE_FILED = "deletesinglefiled"
    DELETE = "delete"


def move(request: Request) -> Answer:
    """``move``: from the folder an object is filed in to another one."""
    session = request.session
    stored = request.object()
    target = session.folder(request.controls.required("targetFolderId"))
    source = session.folder(request.controls.required("sourceFolderId"))
    session.require_change(stored)
    if stored.working_copy:
        raise versioning("A working copy stays where its document is.")
    session.require_fill(target)
    if stored.parent != source.n:
        raise invalid("The object is not filed in the source folder.")
    if stored.is_folder and session.objects.is_within(target, stored):
        raise constraint("A folder cannot be moved into itself.")
    if stored.is_document:
        require_unfrozen(stored)
    session.require_writable_place(target, stored.name)
    return request.created(session.writer.move(stored, target, by=session.user.name))


def delete(request: Request) -> Answer:
    """``delete``: one object; a document with all its versions, unless only this one is to go."""
    session = request.session
    stored = request.object()
    session.require_change(stored)
    require_token(stored, request.controls.text("changeToken"))
    if stored.is_root:
        raise constraint("The root folder cannot be deleted.")
    if stored.is_folder and not session.is_empty(stored):
        raise constraint("The folder is not empty.")
    if stored.working_copy:
        discard_working_copy(session, stored)
    elif stored.is_document and request.controls.flag("allVersions", default=True):
        require_own_working_copy(session, stored)
        delete_all_versions(session, stored)
    elif stored.is_document:
        delete_one_version(session, stored)
    else:
        session.writer.delete(stored)
    return Answer(empty=True)


def delete_tree(request: Request) -> Answer:
    """``deleteTree``: a folder with everything in it; the ids of what could not be deleted are answered."""
    session = request.session
    folder = request.folder()
    session.require_change(folder)
    if folder.is_root:
        raise constraint("The root folder cannot be deleted.")
    if request.controls.member("unfileObjects", UnfileObjects.DELETE) is UnfileObjects.UNFILE:
        raise not_supported("Everything must be filed in a folder here.")
    go_on = request.controls.flag("continueOnFailure", default=False)
    left: list[str] = []
    _delete_below(session, folder, left, go_on=go_on)
    return Answer(empty=True) if not left else Answer(body={"ids": list(left)})


def _delete_below(session: Session, folder: StoredObject, left: list[str], *, go_on: bool) -> None:
    for child in session.objects.children(folder, Page(limit=1_000_000_000)).objects:
        if left and not go_on:
            return
        if child.is_folder:
            _delete_below(session, child, left, go_on=go_on)
            continue
        try:
            require_own_working_copy(session, child)
        except Fault as fault:
            if fault.name is not CmisException.UPDATE_CONFLICT:
                raise
            left.append(child.id)
            continue
        if child.is_document:
            delete_all_versions(session, child)
        else:
            session.writer.delete(child)
    if session.is_empty(folder):
        session.writer.delete(folder)
    else:
        left.append(folder.id)
