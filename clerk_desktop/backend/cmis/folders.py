"""The folders of an office on the server: found by path, made where missing, and which municipality they belong to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from clerk_desktop.backend.cmis import naming, translation, wire
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.model.errors import Missing, NameTaken

FOLDER_PROPERTIES = ",".join(
    (Property.OBJECT_ID, Property.OBJECT_TYPE_ID, Property.BASE_TYPE_ID, Property.NAME, Property.PATH)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """A folder on the server."""

    folder_id: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """Where a document lies: id of the folder and key of its municipality; both "" where nothing is told.

    ``set_aside``: among the letters whose pages are in others now.
    """

    parent_id: str
    municipality: str
    set_aside: bool = False


class Folders:
    """Folders of one connection; ids are remembered as long as it lasts."""

    def __init__(self, repository: Repository, mapping: Mapping) -> None:
        self._repository = repository
        self._mapping = mapping
        self._known: dict[str, Folder] = {}

    def inbox(self, municipality: str) -> Folder:
        """Return the inbox of a municipality (key), made if need be."""
        return self.ensured(naming.municipality_folder(self._mapping.paths.inbox, municipality, self._mapping.names))

    def set_aside(self, municipality: str) -> Folder:
        """Return the folder of letters whose pages are in others now, made if need be."""
        return self.ensured(
            naming.municipality_folder(self._mapping.paths.set_aside, municipality, self._mapping.names)
        )

    def cases(self, municipality: str) -> Folder:
        """Return the folder of all cases of a municipality (key), made if need be."""
        return self.ensured(naming.municipality_folder(self._mapping.paths.cases, municipality, self._mapping.names))

    def found(self, path: str) -> Folder | None:
        """Return the folder at ``path``, None when it is not there or not visible."""
        if path not in self._known:
            properties = self._repository.object_if_there(Place(path=path), FOLDER_PROPERTIES)
            if properties is None:
                return None
            self._known[path] = Folder(folder_id=translation.object_id(properties), path=path)
        return self._known[path]

    def ensured(self, path: str) -> Folder:
        """Return the folder at ``path``; it and those above it are made where missing. Another workstation may be
        doing the same: then the one that is there counts. Raises ``PermissionDenied``.
        """
        folder = self.found(path)
        if folder is not None:
            return folder
        above, name = posixpath.split(path)
        if not name:
            raise Missing
        parent = self.ensured(above)
        values = {Property.OBJECT_TYPE_ID.value: self._mapping.types.folder, Property.NAME.value: name}
        try:
            made = self._repository.create_folder(parent.folder_id, values)
        except NameTaken:
            made = self._repository.object(Place(path=path), FOLDER_PROPERTIES)
        self._known[path] = Folder(folder_id=translation.object_id(made), path=path)
        return self._known[path]

    def forget(self) -> None:
        """Forget all ids: one of them led to nothing."""
        self._known.clear()

    def subfolders(self, folder: Folder) -> list[tuple[str, Folder]]:
        """Return the folders directly in a folder, by name; those of other types than plain folders too."""
        found: dict[str, tuple[str, Folder]] = {}
        for page in self._repository.children(Place(object_id=folder.folder_id), FOLDER_PROPERTIES):
            for properties in page:
                if wire.text(properties, Property.BASE_TYPE_ID) == "cmis:folder":
                    name = wire.text(properties, Property.NAME)
                    folder_id = translation.object_id(properties)
                    path = wire.text(properties, Property.PATH) or posixpath.join(folder.path, name)
                    found[folder_id] = (name, Folder(folder_id=folder_id, path=path))
        return sorted(found.values(), key=lambda entry: entry[0])

    def whereabouts(self, object_id: str) -> Whereabouts:
        """Return where a document lies. One that lies in several folders counts for the first of ours."""
        parents = self._repository.parents(object_id, FOLDER_PROPERTIES)
        places = [self.place_of(folder) for folder in parents]
        nowhere = Whereabouts(parent_id="", municipality="")
        return next((place for place in places if place.municipality), places[0] if places else nowhere)

    def place_of(self, folder: Properties) -> Whereabouts:
        """Return what a folder means for the documents in it."""
        paths, path = self._mapping.paths, wire.text(folder, Property.PATH)
        municipality = naming.municipality_of_path(path, (paths.inbox, paths.cases))
        aside = naming.municipality_folder(paths.set_aside, municipality, self._mapping.names)
        return Whereabouts(parent_id=translation.object_id(folder), municipality=municipality, set_aside=path == aside)
