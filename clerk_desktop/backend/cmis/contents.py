"""Replacing a document's content, on its newest state only.

Three ways lead there. With a change token the server itself refuses what is late. Without one the time of the last
change is compared just before, which is not atomic but all there is (CMIS 1.1, 2.2.1.3). And where content is changed
on a private working copy only (``pwconly``, 2.1.2), checking out is the lock: nobody else can change it until the
check-in, so it is enough to see that the version known here is still the latest.
"""

from __future__ import annotations

from contextlib import suppress

from clerk_desktop.backend.cmis import translation, wire
from clerk_desktop.backend.cmis.names import Property
from clerk_desktop.backend.cmis.repository import Place, Repository
from clerk_desktop.backend.cmis.wire import Properties
from clerk_desktop.backend.http import Upload
from clerk_desktop.model.errors import ChangedMeanwhile, Missing, RuleViolated, ServerBusy, ServerError
from clerk_desktop.model.remote import RemoteRef, Strategy

# what servers say to a check-out of what is checked out already
_OCCUPIED = (ChangedMeanwhile, RuleViolated)


class ContentWriter:
    """Replaces contents in one of the ways; ``user`` is whose check-outs are ours."""

    def __init__(self, repository: Repository, way: Strategy, user: str) -> None:
        self._repository = repository
        self._way = way
        self._user = user

    def replace(self, ref: RemoteRef, upload: Upload) -> Properties:
        """Replace the content of the document at ``ref`` and return its properties then.

        Raises ``ChangedMeanwhile`` when ``ref`` is not the newest state, ``ServerBusy`` while somebody else has the
        document checked out.
        """
        if self._way is Strategy.CHECK_OUT:
            current = self._repository.object(Place(object_id=ref.server_id))
            if self._has_versions(current):
                return self._on_a_working_copy(ref, current, upload)
        written = self._repository.set_content(ref.server_id, self._token(ref), upload)
        return self._repository.object(Place(object_id=translation.object_id(written)))

    def _token(self, ref: RemoteRef) -> str:
        if not ref.change_token:
            current = translation.reference(self._repository.object(Place(object_id=ref.server_id)), "")
            if ref.modified_at is not None and current.modified_at != ref.modified_at:
                raise ChangedMeanwhile
            return current.change_token
        return ref.change_token

    def _has_versions(self, current: Properties) -> bool:
        type_id = wire.text(current, Property.OBJECT_TYPE_ID)
        return bool(self._repository.type_definition(type_id).versionable)

    def _on_a_working_copy(self, ref: RemoteRef, current: Properties, upload: Upload) -> Properties:
        copy = self._checked_out(ref.server_id, current)
        try:
            if self._repository.object(Place(object_id=ref.server_id)).get(Property.IS_LATEST_VERSION) is False:
                raise ChangedMeanwhile
            written = self._repository.check_in(copy, upload)
        except BaseException:
            with suppress(ServerError):
                self._repository.cancel_check_out(copy)
            raise
        return self._repository.object(Place(object_id=translation.object_id(written)))

    def _checked_out(self, server_id: str, current: Properties) -> str:
        """Check out, also what an earlier attempt of ours left checked out."""
        left = wire.text(current, Property.VERSION_SERIES_CHECKED_OUT_ID)
        if left and wire.text(current, Property.VERSION_SERIES_CHECKED_OUT_BY).casefold() == self._user.casefold():
            with suppress(Missing):
                self._repository.cancel_check_out(left)
        try:
            return translation.object_id(self._repository.check_out(server_id))
        except _OCCUPIED:
            raise ServerBusy from None
