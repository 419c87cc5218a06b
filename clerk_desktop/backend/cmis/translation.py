"""Between the properties of CMIS objects and our values, by a DMS mapping. Pure.

Dates without a time are midnight UTC; a municipality is stored by its title. Values of our own fields that are not
known here (a later version of the program, another program) do not make an object unreadable.
"""

from __future__ import annotations

import uuid
from enum import Enum, auto
from functools import cache
from typing import TypeVar

from clerk_desktop.backend.cmis import naming, wire
from clerk_desktop.backend.cmis.mapping import Mapping
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.wire import FormValue, Properties
from clerk_desktop.model.case import Case, CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.document import PDF_MIME, Document, DocumentField
from clerk_desktop.model.errors import BadAnswer
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import AnnotationSetId, CaseId, DocumentId, EventId
from clerk_desktop.model.remote import RemoteAnnotations, RemoteCase, RemoteDocument, RemoteEvent, RemoteRef

E = TypeVar("E", bound=Enum)
HASH_PREFIX = "{sha-256}"
REFERENCE = (
    Property.OBJECT_ID,
    Property.OBJECT_TYPE_ID,
    Property.BASE_TYPE_ID,
    Property.NAME,
    Property.CHANGE_TOKEN,
    Property.LAST_MODIFICATION_DATE,
    Property.VERSION_SERIES_ID,
    Property.VERSION_LABEL,
    Property.IS_PRIVATE_WORKING_COPY,
    Property.CONTENT_STREAM_LENGTH,
    Property.CONTENT_STREAM_MIME_TYPE,
    Property.CONTENT_STREAM_HASH,
    Property.PARENT_ID,
    Property.PATH,
)
# as texts: a listing looks them up a million times, and a member of an Enum takes twice as long
CHANGE_TOKEN = Property.CHANGE_TOKEN.value
CONTENT_STREAM_HASH = Property.CONTENT_STREAM_HASH.value
CONTENT_STREAM_LENGTH = Property.CONTENT_STREAM_LENGTH.value
CONTENT_STREAM_MIME_TYPE = Property.CONTENT_STREAM_MIME_TYPE.value
IS_PRIVATE_WORKING_COPY = Property.IS_PRIVATE_WORKING_COPY.value
LAST_MODIFICATION_DATE = Property.LAST_MODIFICATION_DATE.value
NAME = Property.NAME.value
OBJECT_ID = Property.OBJECT_ID.value
OBJECT_TYPE_ID = Property.OBJECT_TYPE_ID.value
PARENT_ID = Property.PARENT_ID.value
VERSION_LABEL = Property.VERSION_LABEL.value
VERSION_SERIES_ID = Property.VERSION_SERIES_ID.value


class Kind(Enum):
    """What an object of the server is to us."""

    CASE = auto()
    DOCUMENT = auto()
    EVENT = auto()
    ANNOTATIONS = auto()
    FOREIGN = auto()


def is_working_copy(properties: Properties) -> bool:
    """Whether an object is what somebody has checked out and not finished: no document of its own (2.1.13.6)."""
    return properties.get(IS_PRIVATE_WORKING_COPY) is True


def kind_of(properties: Properties, mapping: Mapping) -> Kind:
    """Return what an object is, by its type."""
    if is_working_copy(properties):
        return Kind.FOREIGN
    type_id = wire.text(properties, OBJECT_TYPE_ID)
    types = mapping.types
    if type_id == types.document:
        return Kind.DOCUMENT
    if type_id == types.event:
        return Kind.EVENT
    if types.annotation_set and type_id == types.annotation_set:
        return Kind.ANNOTATIONS
    return Kind.CASE if type_id == types.case else Kind.FOREIGN


def property_filter(mapping: Mapping) -> str:
    """Return the property filter for everything that is read here (2.2.1.2.1)."""
    ids: dict[str, None] = dict.fromkeys(item.value for item in REFERENCE)
    for part in (mapping.case, mapping.document, mapping.event, mapping.annotations):
        for name in part.__dataclass_fields__:
            ids[getattr(part, name)] = None
    ids.pop("", None)
    return ",".join(ids)


def object_id(properties: Properties) -> str:
    """Return the id of an object. Raises ``BadAnswer`` when it has none."""
    server_id = wire.text(properties, OBJECT_ID)
    if not server_id:
        raise BadAnswer(what=OBJECT_ID)
    return server_id


def reference(properties: Properties, parent_id: str) -> RemoteRef:
    """Return where and in which state the server keeps an object."""
    server_id = object_id(properties)
    return RemoteRef(
        server_id=server_id,
        series_id=wire.text(properties, VERSION_SERIES_ID) or server_id,
        parent_id=parent_id,
        change_token=wire.text(properties, CHANGE_TOKEN),
        modified_at=wire.moment(properties, LAST_MODIFICATION_DATE),
    )


def object_key(properties: Properties, property_id: str) -> str:
    """Return our id of an object; for one that another program made, one derived from the server's, so that every
    workstation gives it the same (UUID 5, RFC 9562).
    """
    key = wire.text(properties, property_id)
    if key:
        return key
    series = wire.text(properties, VERSION_SERIES_ID) or object_id(properties)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"cmis:{series}"))


def to_case(properties: Properties, mapping: Mapping, parent_id: str = "") -> RemoteCase:
    """Return a case. ``parent_id`` where the folder is known better than by the object's own word."""
    ids = mapping.case
    return RemoteCase(
        ref=reference(properties, parent_id or wire.text(properties, PARENT_ID)),
        case=Case(
            case_id=CaseId(object_key(properties, ids.object_key)),
            case_number=wire.text(properties, ids.case_number),
            subject=wire.text(properties, ids.subject),
            municipality=naming.municipality_key(wire.text(properties, ids.municipality)),
            filing_plan_number=wire.text(properties, ids.filing_plan_number),
            status=_member(CaseStatus, wire.text(properties, ids.status), CaseStatus.OPEN),
            assignee=wire.text(properties, ids.assignee),
            participants=wire.texts(properties, ids.participants),
            due_on=wire.day(properties, ids.due_on),
            resubmit_on=wire.day(properties, ids.resubmit_on),
            resubmit_note=wire.text(properties, ids.resubmit_note),
            process_id=wire.text(properties, ids.process_id),
            process_step=wire.text(properties, ids.process_step),
            step_since=wire.day(properties, ids.step_since),
            opened_on=wire.day(properties, ids.opened_on),
            closed_on=wire.day(properties, ids.closed_on),
            confidentiality=_confidentiality(wire.text(properties, ids.confidentiality)),
        ),
    )


def to_document(properties: Properties, mapping: Mapping, parent_id: str, municipality: str) -> RemoteDocument:
    """Return a document. A document's object does not tell where it lies: ``parent_id``, ``municipality`` (key)."""
    ids = mapping.document
    length = wire.number(properties, CONTENT_STREAM_LENGTH)
    return RemoteDocument(
        ref=reference(properties, parent_id),
        document=Document(
            document_id=DocumentId(object_key(properties, ids.object_key)),
            municipality=municipality,
            title=wire.text(properties, ids.title) or naming.title_of(wire.text(properties, NAME)),
            document_type=wire.text(properties, ids.document_type),
            sender=wire.text(properties, ids.sender),
            sender_reference=wire.text(properties, ids.sender_reference),
            our_reference=wire.text(properties, ids.our_reference),
            subject=wire.text(properties, ids.subject),
            letter_date=wire.day(properties, ids.letter_date),
            received_on=wire.day(properties, ids.received_on),
            page_count=wire.number(properties, ids.page_count),
            source_sha256=wire.text(properties, ids.source_sha256),
            sha256=wire.text(properties, ids.sha256),
            source_key=wire.text(properties, ids.source_key),
            paper_box=wire.text(properties, ids.paper_box),
            confidentiality=_confidentiality(wire.text(properties, ids.confidentiality)),
            duplicate_of=wire.text(properties, ids.duplicate_of),
            version=wire.text(properties, VERSION_LABEL),
            mime_type=wire.text(properties, CONTENT_STREAM_MIME_TYPE) or PDF_MIME,
            length=length,
        ),
        content_length=length,
        content_sha256=content_hash(properties),
    )


def to_event(properties: Properties, mapping: Mapping, parent_id: str) -> RemoteEvent | None:
    """Return an event; None for a kind that this version of the program does not know."""
    ids = mapping.event
    try:
        kind = EventKind(wire.text(properties, ids.kind))
    except ValueError:
        return None
    at = wire.moment(properties, ids.at)
    if at is None:
        raise BadAnswer(what=ids.at)
    about = wire.text(properties, ids.about)
    return RemoteEvent(
        ref=reference(properties, parent_id),
        event=Event(
            event_id=EventId(object_key(properties, ids.object_key)),
            kind=kind,
            actor=wire.text(properties, ids.actor),
            at=at,
            text=wire.text(properties, ids.text),
            document_id=DocumentId(about) if about else None,
            target_date=wire.day(properties, ids.target_date),
            target_user=wire.text(properties, ids.target_user),
            from_step=wire.text(properties, ids.from_step),
            to_step=wire.text(properties, ids.to_step),
        ),
    )


def to_annotations(properties: Properties, mapping: Mapping, parent_id: str, content: bytes) -> RemoteAnnotations:
    """Return an author's marks with their content."""
    ids = mapping.annotations
    return RemoteAnnotations(
        ref=reference(properties, parent_id),
        annotations=AnnotationFile(
            annotation_set_id=AnnotationSetId(object_key(properties, ids.object_key)),
            document_id=DocumentId(wire.text(properties, ids.annotates)),
            author=wire.text(properties, ids.author),
            content=content,
        ),
    )


def content_hash(properties: Properties) -> str:
    """Return the SHA-256 that the server computed (hexadecimal, lower case), "" where it computes none."""
    for value in wire.texts(properties, CONTENT_STREAM_HASH):
        lowered = value.lower()
        if lowered.startswith(HASH_PREFIX):
            return lowered.removeprefix(HASH_PREFIX).strip()
    return ""


def case_properties(case: Case, mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties of a new case."""
    ids = mapping.case
    values: dict[str, FormValue] = {
        ids.object_key: case.case_id,
        ids.case_number: case.case_number,
        ids.filing_plan_number: case.filing_plan_number,
        ids.municipality: naming.municipality_title(case.municipality),
        ids.process_id: case.process_id,
        ids.opened_on: case.opened_on,
    }
    return _set({**values, **case_fields(case, tuple(CaseField), mapping)})


def case_fields(case: Case, fields: tuple[CaseField, ...], mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties for some fields of a case; None or empty is "not set"."""
    return _fields(mapping.case, case, tuple(field.value for field in fields))


def document_properties(document: Document, mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties of a new document."""
    ids = mapping.document
    values: dict[str, FormValue] = {
        ids.object_key: document.document_id,
        ids.received_on: document.received_on,
        ids.page_count: document.page_count,
        ids.source_sha256: document.source_sha256,
        ids.sha256: document.sha256,
        ids.source_key: document.source_key,
    }
    return _set({**values, **document_fields(document, tuple(DocumentField), mapping)})


def document_fields(document: Document, fields: tuple[DocumentField, ...], mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties for some index fields of a document; None or empty is "not set"."""
    return _fields(mapping.document, document, tuple(field.value for field in fields))


def event_properties(event: Event, mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties of a new event."""
    ids = mapping.event
    return _set(
        {
            ids.object_key: event.event_id,
            ids.kind: event.kind.value,
            ids.actor: event.actor,
            ids.at: event.at,
            ids.text: event.text,
            ids.about: event.document_id or "",
            ids.target_date: event.target_date,
            ids.target_user: event.target_user,
            ids.from_step: event.from_step,
            ids.to_step: event.to_step,
        }
    )


def annotation_properties(file: AnnotationFile, mapping: Mapping) -> dict[str, FormValue]:
    """Return the properties of a new annotation set."""
    ids = mapping.annotations
    values: dict[str, FormValue] = {
        ids.object_key: file.annotation_set_id,
        ids.annotates: file.document_id,
        ids.author: file.author,
    }
    return _set(values)


def _fields(ids: object, value: object, names: tuple[str, ...]) -> dict[str, FormValue]:
    found: dict[str, FormValue] = {}
    for name in names:
        property_id = getattr(ids, name)
        if property_id:
            plain = getattr(value, name)
            found[property_id] = plain.value if isinstance(plain, Enum) else plain
    return found


def _set(values: dict[str, FormValue]) -> dict[str, FormValue]:
    return {key: value for key, value in values.items() if key and value not in (None, "", ())}


def _member(kind: type[E], text: str, default: E) -> E:
    found: E = _members(kind).get(text, default)
    return found


@cache
def _members(kind: type[E]) -> dict[str, E]:
    return {member.value: member for member in kind}


def _confidentiality(text: str) -> Confidentiality:
    """Take an unknown class for the strictest, no class for the least."""
    return _member(Confidentiality, text, Confidentiality.PERSONAL) if text else Confidentiality.NORMAL
