"""Every failure this server may answer with, as CMIS exceptions (2.2.1.4) and HTTP status codes (5.2.10).

Making the JSON answer of a fault is left to ``application``.
"""

from __future__ import annotations

from clerk_desktop.backend.cmis.names import CmisException

_STATUS = {
    CmisException.INVALID_ARGUMENT: 400,
    CmisException.FILTER_NOT_VALID: 400,
    CmisException.PERMISSION_DENIED: 403,
    CmisException.STREAM_NOT_SUPPORTED: 403,
    CmisException.OBJECT_NOT_FOUND: 404,
    CmisException.NOT_SUPPORTED: 405,
    CmisException.CONSTRAINT: 409,
    CmisException.CONTENT_ALREADY_EXISTS: 409,
    CmisException.NAME_CONSTRAINT_VIOLATION: 409,
    CmisException.UPDATE_CONFLICT: 409,
    CmisException.VERSIONING: 409,
    CmisException.RUNTIME: 500,
    CmisException.STORAGE: 500,
    CmisException.TOO_MANY_REQUESTS: 429,
    CmisException.SERVICE_UNAVAILABLE: 503,
}


class Fault(Exception):
    """A request that cannot be served. ``message`` is shown to the caller, so it names no foreign data."""

    def __init__(self, name: CmisException, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message

    @property
    def status(self) -> int:
        """HTTP status code of the answer."""
        return _STATUS[self.name]


class NotAuthenticated(Exception):
    """No credentials, or wrong ones: answered by 401, which is not a CMIS exception."""


def invalid(message: str) -> Fault:
    """Return the fault for a malformed or missing argument."""
    return Fault(CmisException.INVALID_ARGUMENT, message)


def not_found(message: str = "There is no such object.") -> Fault:
    """Return the fault for what is not there, or must not be known to be there."""
    return Fault(CmisException.OBJECT_NOT_FOUND, message)


def denied(message: str = "You have no right to do this.") -> Fault:
    """Return the fault for a missing right on a visible object."""
    return Fault(CmisException.PERMISSION_DENIED, message)


def constraint(message: str) -> Fault:
    """Return the fault for a violated rule of a type or of the repository."""
    return Fault(CmisException.CONSTRAINT, message)


def name_taken(message: str = "An object of that name is already in the folder.") -> Fault:
    """Return the fault for a duplicate or forbidden name."""
    return Fault(CmisException.NAME_CONSTRAINT_VIOLATION, message)


def not_supported(message: str) -> Fault:
    """Return the fault for a service this repository does not offer."""
    return Fault(CmisException.NOT_SUPPORTED, message)


def versioning(message: str) -> Fault:
    """Return the fault for an operation that the version state does not allow."""
    return Fault(CmisException.VERSIONING, message)
