"""Actions that change properties (2.2.4.13, 2.2.4.14 of CMIS 1.1)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.server.actions.checks import changeable, require_own_working_copy, require_token, require_unfrozen
from clerk_desktop.server.answers import Answer
from clerk_desktop.server.assigning import Phase, assign
from clerk_desktop.server.controls import SentProperty
from clerk_desktop.server.faults import Fault, constraint, invalid
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.session import Session
from clerk_desktop.server.types.writing import Json


def update(request: Request) -> Answer:
    """``update``: new values for some properties of one object."""
    stored = changeable(request)
    require_token(stored, request.controls.text("changeToken"))
    return Answer(body=request.as_json(_updated(request.session, stored, request.controls.properties())))


def bulk_update(request: Request) -> Answer:
    """``bulkUpdate``: the same values for many objects; those that fail are missing in the answer (2.2.4.14)."""
    controls = request.controls
    ids, tokens = controls.texts("objectId"), controls.texts("changeToken")
    if not ids:
        raise invalid("objectId[0] is missing.")
    sent = controls.properties()
    add, remove = controls.texts("addSecondaryTypeId"), controls.texts("removeSecondaryTypeId")
    done: list[Json] = []
    for index, object_id in enumerate(ids):
        token = tokens[index] if index < len(tokens) and tokens[index] else None
        try:
            after = _update_one(request.session, object_id, token, sent, add, remove)
        except Fault:
            continue
        done.append({"id": object_id, "newId": after.id, "changeToken": str(after.token)})
    return Answer(body=done)


def _update_one(
    session: Session,
    object_id: str,
    token: str | None,
    sent: tuple[SentProperty, ...],
    add: Iterable[str],
    remove: Iterable[str],
) -> StoredObject:
    stored = session.get(object_id)
    session.require_change(stored)
    require_unfrozen(stored)
    require_token(stored, token)
    attached = tuple(item for item in dict.fromkeys((*stored.secondary, *add)) if item not in set(remove))
    if attached != stored.secondary:
        types = SentProperty(id=Property.SECONDARY_OBJECT_TYPE_IDS.value, values=attached, listed=True)
        sent = (*(item for item in sent if item.id != types.id), types)
    return _updated(session, stored, sent)


def _updated(session: Session, stored: StoredObject, sent: tuple[SentProperty, ...]) -> StoredObject:
    require_own_working_copy(session, stored)
    phase = Phase.WORKING_COPY if stored.working_copy else Phase.UPDATE
    after = assign(session.types, stored, sent, phase)
    if after.name != stored.name:
        if stored.is_root:
            raise constraint("The root folder keeps its name.")
        above = session.parent_of(stored)
        if above is not None:
            session.require_writable_place(above, after.name)
    after = replace(after, modified_by=session.user.name, modified_at=session.now)
    return session.writer.update(stored, after)
