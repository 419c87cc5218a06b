"""Creating cases under their filing plan entry, and events in their folders, each at most once."""

from __future__ import annotations

import posixpath

import msgspec

from clerk_desktop.backend.cmis import naming, translation
from clerk_desktop.backend.cmis.creating import Creator, Wanted
from clerk_desktop.backend.cmis.folders import Folder, Folders
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.reading import Reading
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Case
from clerk_desktop.model.errors import BadAnswer, Missing
from clerk_desktop.model.event import Event
from clerk_desktop.model.remote import RemoteCase, RemoteEvent


class Cases:
    """Creates cases and their events."""

    def __init__(
        self, repository: Repository, mapping: Mapping, folders: Folders, creator: Creator, reading: Reading
    ) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._creator = creator
        self._reading = reading
        self._plan: dict[tuple[str, str], Folder] = {}

    def create(self, case: Case) -> RemoteCase:
        """Create the folder of a case, or return the one that an earlier attempt made, wherever it lies now."""
        try:
            return self._create(case)
        except Missing:
            # the filing plan's folder was deleted and made anew since its id was remembered
            self._folders.forget()
            self._plan.clear()
            return self._create(case)

    def add_event(self, event: Event, folder_id: str) -> RemoteEvent:
        """Append an event to a folder, or return the one that an earlier attempt made."""
        type_id = self._mapping.types.event
        names = naming.event_names(event, self._mapping.names)
        properties = translation.event_properties(event, self._mapping)
        wanted = Wanted(type_id=type_id, key_property=self._mapping.event.object_key, key=event.event_id, names=names)
        folder = Folder(folder_id=folder_id, path="")
        state = self._creator.state_of(type_id)
        outcome = self._creator.once(
            wanted,
            folder,
            lambda name: self._repository.create_document(
                folder_id,
                {Property.OBJECT_TYPE_ID.value: type_id, Property.NAME.value: name, **properties},
                state,
                None,
            ),
        )
        parent_id = folder_id
        if not outcome.new:
            parent_id = self._folders.whereabouts(translation.object_id(outcome.properties)).parent_id
        remote = translation.to_event(outcome.properties, self._mapping, parent_id)
        if remote is None:
            raise BadAnswer(what=self._mapping.event.kind)
        return remote

    def _create(self, case: Case) -> RemoteCase:
        parent = self._plan_folder(case.municipality, case.filing_plan_number)
        type_id = self._mapping.types.case
        properties = translation.case_properties(case, self._mapping)
        wanted = Wanted(
            type_id=type_id,
            key_property=self._mapping.case.object_key,
            key=case.case_id,
            names=naming.case_names(case, self._mapping.names),
        )
        outcome = self._creator.once(
            wanted,
            parent,
            lambda name: self._repository.create_folder(
                parent.folder_id,
                {Property.OBJECT_TYPE_ID.value: type_id, Property.NAME.value: name, **properties},
            ),
        )
        return translation.to_case(outcome.properties, self._mapping, parent.folder_id if outcome.new else "")

    def _plan_folder(self, municipality: str, number: str) -> Folder:
        """Return the folder of a filing plan entry: the one whose name begins with its number, made if need be."""
        known = self._plan.get((municipality, number))
        if known is not None:
            return known
        cases = self._folders.cases(municipality)
        plain = naming.object_name(number, self._mapping.names)
        there = (
            folder for name, folder in self._folders.subfolders(cases) if name == plain or name.startswith(f"{plain} ")
        )
        folder = next(there, None)
        if folder is None:
            name = naming.object_name(f"{number} {self._plan_title(number)}", self._mapping.names)
            folder = self._folders.ensured(posixpath.join(cases.path, name))
        self._plan[municipality, number] = folder
        return folder

    def _plan_title(self, number: str) -> str:
        return plan_title(self._reading.template(Template.FILING_PLAN) or b"", number)


def plan_title(filing_plan: bytes, number: str) -> str:
    """Return the title of a filing plan entry (JSON: objects with ``number`` and ``title``, nested as they like), ""
    where it has none. A damaged plan must not keep a clerk from opening a case.
    """
    try:
        waiting = [msgspec.json.decode(filing_plan)]
    except (msgspec.MsgspecError, RecursionError):
        return ""
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            title = part.get("title")
            if part.get("number") == number and isinstance(title, str):
                return title
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return ""
