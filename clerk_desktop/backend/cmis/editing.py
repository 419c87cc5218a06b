"""Changing what is there: fields of cases and documents, and the folder a document lies in.

Each change is optimistic: it is refused as ``ChangedMeanwhile`` when somebody else was there first. When the answer to
an earlier attempt was lost, that somebody is ourselves: an object that already holds all the values is a success.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Values
from dataclasses import replace

from clerk_desktop.backend.cmis import queries, translation, wire
from clerk_desktop.backend.cmis.folders import Folders
from clerk_desktop.backend.cmis.mapping import Lookup, Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import FormValue, Properties
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.editing import (
    CaseChange,
    DocumentChange,
    case_text,
    changed_case,
    changed_document,
    document_text,
)
from clerk_desktop.model.errors import (
    ChangedMeanwhile,
    Missing,
    NameTaken,
    PermissionDenied,
    RequestRefused,
    RuleViolated,
    ServerBusy,
    ServerFault,
)
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteRef, Strategy

FOLLOWERS = 1000
# what servers say to a move that has already happened, or whose folders are not what they were
_MOVE_REFUSALS = (ChangedMeanwhile, Missing, NameTaken, RequestRefused, RuleViolated, ServerFault)
_BLANK_CASE = Case(case_id=CaseId(""), case_number="", subject="", municipality="", filing_plan_number="")
_BLANK_DOCUMENT = Document(document_id=DocumentId(""), municipality="", title="")


class Editing:
    """Writes to objects that exist."""

    def __init__(self, repository: Repository, mapping: Mapping, folders: Folders, precondition: Strategy) -> None:
        self._repository = repository
        self._mapping = mapping
        self._folders = folders
        self._precondition = precondition

    def update_case(self, known: RemoteCase, changes: tuple[CaseChange, ...]) -> RemoteCase:
        """Change fields of a case."""
        wanted = changed_case(_BLANK_CASE, changes)
        fields = tuple(change.field for change in changes)

        def as_known(current: Properties) -> bool:
            there = translation.to_case(current, self._mapping).case
            return all(case_text(there, field) == case_text(known.case, field) for field in fields)

        updated = self._updated(known.ref, translation.case_fields(wanted, fields, self._mapping), as_known)
        parent_id = wire.text(updated, Property.PARENT_ID) or known.ref.parent_id
        return translation.to_case(updated, self._mapping, parent_id)

    def update_document(self, known: RemoteDocument, changes: tuple[DocumentChange, ...]) -> RemoteDocument:
        """Change index data of a document. Its name stays: it is where an uncertain upload is looked up."""
        wanted = changed_document(_BLANK_DOCUMENT, changes)
        fields = tuple(change.field for change in changes)

        def as_known(current: Properties) -> bool:
            there = translation.to_document(current, self._mapping, "", "").document
            return all(document_text(there, field) == document_text(known.document, field) for field in fields)

        values = translation.document_fields(wanted, fields, self._mapping)
        return self._document(self._updated(known.ref, values, as_known))

    def move(self, ref: RemoteRef, target: RemoteRef) -> RemoteDocument:
        """Move a document, and the events and marks about it, into a case. Both steps are repeated on a replay."""
        lies_in = self._parents(ref.server_id)
        source = ref.parent_id or next(iter(lies_in), "")
        moved = ref.server_id
        if target.server_id not in lies_in:
            if source not in lies_in:
                raise ChangedMeanwhile
            moved = self._moved(ref.server_id, source, target.server_id)
        document = self._document(self._repository.object(Place(object_id=moved)), target.server_id)
        if source != target.server_id:
            self._bring_followers(document.document, source, target.server_id)
        return document

    def set_aside(self, ref: RemoteRef, municipality: str) -> None:
        """Move a letter out of the inbox to where letters lie whose pages are in others now. Replayable."""
        try:
            lies_in = self._parents(ref.server_id)
        except Missing:
            return
        inbox, aside = self._folders.inbox(municipality), self._folders.set_aside(municipality)
        moved = ref.server_id
        if aside.folder_id not in lies_in:
            if inbox.folder_id not in lies_in:
                raise ChangedMeanwhile
            moved = self._moved(ref.server_id, inbox.folder_id, aside.folder_id)
        document = self._document(self._repository.object(Place(object_id=moved)), aside.folder_id)
        self._bring_followers(document.document, inbox.folder_id, aside.folder_id)

    def _updated(
        self, ref: RemoteRef, values: Values[str, FormValue], as_known: Callable[[Properties], bool]
    ) -> Properties:
        token = ref.change_token
        if self._precondition is Strategy.COMPARE_MODIFIED or not token or not values:
            # not atomic, but all there is without a token (2.2.1.3); two states may bear the same time
            current = self._repository.object(Place(object_id=ref.server_id))
            if not values or _holds_all(current, values):
                return current
            changed_at = translation.reference(current, "").modified_at
            if (ref.modified_at is not None and changed_at != ref.modified_at) or not as_known(current):
                raise ChangedMeanwhile
            token = wire.text(current, Property.CHANGE_TOKEN)
        try:
            answer = self._repository.update(ref.server_id, token, values)
        except (ChangedMeanwhile, RuleViolated):
            current = self._repository.object(Place(object_id=ref.server_id))
            if _holds_all(current, values):
                return current
            if _checked_out(current) and wire.text(current, Property.CHANGE_TOKEN) == token:
                raise ServerBusy from None  # nobody changed it yet, but somebody is about to
            raise
        return answer

    def _moved(self, server_id: str, source: str, target: str) -> str:
        try:
            return translation.object_id(self._repository.move(server_id, source, target))
        except _MOVE_REFUSALS:
            lies_in = self._parents(server_id)
            if target in lies_in:
                return server_id
            if source not in lies_in:
                raise ChangedMeanwhile from None
            raise

    def _document(self, properties: Properties, preferred_parent: str = "") -> RemoteDocument:
        place = self._folders.whereabouts(translation.object_id(properties))
        remote = translation.to_document(properties, self._mapping, place.parent_id, place.municipality)
        return replace(remote, ref=replace(remote.ref, parent_id=preferred_parent or place.parent_id))

    def _parents(self, server_id: str) -> tuple[str, ...]:
        return tuple(
            translation.object_id(folder) for folder in self._repository.parents(server_id, Property.OBJECT_ID)
        )

    def _bring_followers(self, document: Document, source: str, target: str) -> None:
        mapping = self._mapping
        for type_id, about in (
            (mapping.types.event, mapping.event.about),
            (mapping.types.annotation_set, mapping.annotations.annotates),
        ):
            if not type_id or not about:
                continue
            try:
                followers = list(self._followers(document, source, type_id, about))
            except (Missing, PermissionDenied):
                return  # the folder it came from is gone, or no longer ours to see
            for server_id in followers:
                self._moved(server_id, source, target)

    def _followers(self, document: Document, folder_id: str, type_id: str, about: str) -> Iterator[str]:
        if self._mapping.strategies.lookup is Lookup.QUERY:
            table = self._mapping.types.table(type_id)
            statement = queries.with_value_in_folder(
                (Property.OBJECT_ID,), table, about, document.document_id, folder_id
            )
            for row in self._repository.query(statement, FOLLOWERS):
                yield translation.object_id(row)
            return
        columns = f"{Property.OBJECT_ID},{Property.OBJECT_TYPE_ID},{about}"
        for page in self._repository.children(Place(object_id=folder_id), columns):
            for properties in page:
                mine = wire.text(properties, about) == document.document_id
                if mine and wire.text(properties, Property.OBJECT_TYPE_ID) == type_id:
                    yield translation.object_id(properties)


def _checked_out(current: Properties) -> bool:
    return current.get(Property.IS_VERSION_SERIES_CHECKED_OUT) is True


def _holds_all(current: Properties, values: Values[str, FormValue]) -> bool:
    return all(wire.holds(current, key, value) for key, value in values.items())
