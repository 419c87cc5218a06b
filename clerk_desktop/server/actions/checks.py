"""Checks that several actions share: change tokens, version state, what of CMIS this repository does not offer."""

from __future__ import annotations

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.server.faults import Fault, not_supported, versioning
from clerk_desktop.server.repository.rows import StoredObject
from clerk_desktop.server.requests import Request
from clerk_desktop.server.session import Session


def changeable(request: Request) -> StoredObject:
    """Return the target if this user may change it and its version state allows it. Raises ``Fault``."""
    stored = request.object()
    request.session.require_change(stored)
    require_unfrozen(stored)
    return stored


def require_unfrozen(stored: StoredObject) -> None:
    """Raise ``Fault`` (versioning) for old versions and for a version with a working copy."""
    if not stored.is_document or stored.working_copy:
        return
    if not stored.latest:
        raise versioning("An old version cannot be changed.")
    if stored.checked_out_id is not None:
        raise versioning("The document is checked out.")


def require_own_working_copy(session: Session, stored: StoredObject) -> None:
    """Raise ``Fault`` when somebody else has checked the document out; administrators may help."""
    if stored.checked_out_by not in {None, session.user.name} and not session.user.is_admin:
        raise Fault(CmisException.UPDATE_CONFLICT, "Somebody else has checked the document out.")


def require_token(stored: StoredObject, token: str | None) -> None:
    """Raise ``Fault`` (updateConflict) when a change token was sent and is not the current one."""
    if token is not None and token != str(stored.token):
        raise Fault(CmisException.UPDATE_CONFLICT, "The object was changed meanwhile.")


def refuse_policies_and_aces(request: Request) -> None:
    """Raise ``Fault`` (notSupported) when policies or access rights were sent along."""
    if request.controls.any_indexed("policy", "addACEPrincipal", "removeACEPrincipal"):
        raise not_supported("Policies and access rights cannot be set here.")


def not_offered(_request: Request) -> object:
    """Raise ``Fault`` (notSupported): a service of the standard for which no capability is advertised."""
    raise not_supported("This repository does not offer this.")
