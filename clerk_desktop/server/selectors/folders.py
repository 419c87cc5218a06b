"""Selectors about the folder tree (2.2.3 of CMIS 1.1). Foreign objects do not appear in any of them."""

from __future__ import annotations

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.faults import Fault, invalid
from clerk_desktop.server.repository.objects import Page
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.types.writing import Json

_MOST_IN_A_TREE = 100_000


def children(request: Request) -> Answer:
    """``children``: what lies in a folder."""
    page = request.page()
    listing = request.session.objects.children(request.folder(), page)
    return Answer(
        body={
            "objects": [_in_folder(request, item) for item in listing.objects],
            "hasMoreItems": listing.has_more(page),
            "numItems": listing.total,
        }
    )


def descendants(request: Request) -> Answer:
    """``descendants``: the tree of what lies in a folder."""
    return Answer(body=_Tree(request, folders_only=False).below(request.folder(), request.controls.depth()))


def folder_tree(request: Request) -> Answer:
    """``folderTree``: the tree of folders in a folder."""
    return Answer(body=_Tree(request, folders_only=True).below(request.folder(), request.controls.depth()))


def parent(request: Request) -> Answer:
    """``parent``: the folder that a folder lies in."""
    above = request.session.parent_of(request.folder())
    if above is None:
        raise invalid("The root folder has no parent.")
    return Answer(body=request.as_json(above))


def parents(request: Request) -> Answer:
    """``parents``: the folders that an object lies in: one, or none for what cannot be filed."""
    stored = request.object()
    if stored.is_root:
        raise invalid("The root folder has no parent.")
    above = request.session.parent_of(stored)
    if above is None:
        if request.session.types.get(stored.type).fileable:
            return Answer(body=[])
        raise Fault(CmisException.CONSTRAINT, "Objects of this type are not filed in folders.")
    entry: dict[str, Json] = {"object": request.as_json(above)}
    if request.controls.flag("includeRelativePathSegment", default=False):
        entry["relativePathSegment"] = stored.name
    return Answer(body=[entry])


def _in_folder(request: Request, stored: StoredObject) -> dict[str, Json]:
    entry: dict[str, Json] = {"object": request.as_json(stored)}
    if request.with_path_segments:
        entry["pathSegment"] = stored.name
    return entry


class _Tree:
    """Collects a tree level by level, up to a number of objects that one answer can hold."""

    def __init__(self, request: Request, *, folders_only: bool) -> None:
        self._request = request
        self._folders_only = folders_only
        self._left = _MOST_IN_A_TREE

    def below(self, folder: StoredObject, depth: int) -> list[Json]:
        page = Page(limit=self._left + 1)
        listing = self._request.session.objects.children(folder, page, folders_only=self._folders_only)
        self._left -= len(listing.objects)
        if self._left < 0:
            raise invalid("The tree is too large; ask for fewer levels.")
        found: list[Json] = []
        for item in listing.objects:
            entry: dict[str, Json] = {"object": _in_folder(self._request, item)}
            if item.is_folder and depth != 1:
                entry["children"] = self.below(item, depth - 1 if depth > 0 else -1)
            found.append(entry)
        return found
