"""Every failure of transport and protocol as an error of ``model.errors``: nothing vendor-specific gets past here.

What a body says inside a successful answer is left to ``wire``.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable

import httpx
import msgspec

from clerk_desktop.backend.cmis.names import CmisException
from clerk_desktop.model.errors import (
    AbilityMissing,
    BadAnswer,
    CertificateExpired,
    CertificateRefused,
    ChangedMeanwhile,
    CmisTooOld,
    Missing,
    NameTaken,
    NotADms,
    OtherBinding,
    OwnCertificateRefused,
    PermissionDenied,
    ProxyRefused,
    RequestRefused,
    RuleViolated,
    ServerBusy,
    ServerError,
    ServerFault,
    ServerUnreachable,
    SignInPage,
    SignInRefused,
)
from clerk_desktop.system.decoding import decoder

TRANSPORT_FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError)
"""The roots of everything httpx raises."""

# the first class that fits decides
_TRANSPORT: tuple[tuple[type[Exception], Callable[[], ServerError]], ...] = (
    (httpx.UnsupportedProtocol, NotADms),
    (httpx.InvalidURL, NotADms),
    (httpx.ProtocolError, BadAnswer),
    (httpx.ProxyError, ProxyRefused),
    (httpx.TransportError, ServerUnreachable),
    (httpx.TooManyRedirects, SignInPage),
    (httpx.DecodingError, BadAnswer),
    (httpx.HTTPStatusError, BadAnswer),
    (httpx.RequestError, ServerUnreachable),
    (httpx.HTTPError, ServerUnreachable),
    (httpx.CookieConflict, BadAnswer),
    (httpx.StreamError, BadAnswer),
)

_EXCEPTIONS: dict[CmisException, Callable[[], ServerError]] = {
    CmisException.INVALID_ARGUMENT: RequestRefused,
    CmisException.FILTER_NOT_VALID: RequestRefused,
    CmisException.PERMISSION_DENIED: PermissionDenied,
    CmisException.STREAM_NOT_SUPPORTED: AbilityMissing,
    CmisException.OBJECT_NOT_FOUND: Missing,
    CmisException.NOT_SUPPORTED: AbilityMissing,
    CmisException.CONSTRAINT: RuleViolated,
    CmisException.CONTENT_ALREADY_EXISTS: NameTaken,
    CmisException.NAME_CONSTRAINT_VIOLATION: NameTaken,
    CmisException.UPDATE_CONFLICT: ChangedMeanwhile,
    CmisException.VERSIONING: RuleViolated,
    CmisException.RUNTIME: ServerFault,
    CmisException.STORAGE: ServerFault,
    CmisException.TOO_MANY_REQUESTS: ServerBusy,
    CmisException.SERVICE_UNAVAILABLE: ServerBusy,
}

# for answers that name no exception we know (5.2.10; RFC 9110; RFC 6585)
_STATUS: dict[int, Callable[[], ServerError]] = {
    401: SignInRefused,
    403: PermissionDenied,
    405: AbilityMissing,
    407: ProxyRefused,
    408: ServerBusy,
    409: RuleViolated,
    410: Missing,
    412: ChangedMeanwhile,
    423: RuleViolated,
    425: ServerBusy,
    429: ServerBusy,
    501: AbilityMissing,
    502: ServerBusy,
    503: ServerBusy,
    504: ServerBusy,
    511: SignInPage,
}

# X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED (OpenSSL x509_vfy.h), CERT_E_EXPIRED (winerror.h)
_OUT_OF_DATE = (9, 10, 0x800B0101, 0x800B0101 - (1 << 32))
# the server's alerts about our certificate (RFC 8446, 6.2) as OpenSSL names them
_OURS_REFUSED = re.compile(r"ALERT_(CERTIFICATE_|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|NO_CERTIFICATE)")

_HTML = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# the first that fits decides: a service document of AtomPub speaks of CMIS' own name space too
_OTHER_BINDINGS = {
    b"http://www.w3.org/2007/app": "AtomPub",
    b"http://schemas.xmlsoap.org/": "SOAP",
    b"http://docs.oasis-open.org/ns/cmis/": "AtomPub",
}
_VERSION = re.compile(rb"cmisVersionSupported>\s*([0-9.]{1,8})\s*<")


class _ErrorBody(msgspec.Struct):
    exception: str = ""


def transport_failure(error: Exception, *, answered: bool) -> ServerError:
    """Return our error for one that httpx raised. ``answered``: the head of an answer had already come.

    A server that ends the connection without a word is not reachable; one that stops in the middle answers badly.
    """
    if isinstance(error, httpx.RemoteProtocolError) and not answered:
        return ServerUnreachable()
    if isinstance(error, httpx.TransportError) and (about := _about_a_certificate(error)):
        return about
    for known, make in _TRANSPORT:
        if isinstance(error, known):
            return make()
    raise TypeError(f"{type(error).__name__} is not from httpx")


def _about_a_certificate(error: BaseException | None) -> ServerError | None:
    """Tell from what a failure came from: httpx itself says only that it could not connect, or not read."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            expired = getattr(error, "verify_code", 0) in _OUT_OF_DATE
            return CertificateExpired() if expired else CertificateRefused()
        if isinstance(error, ssl.SSLError) and _OURS_REFUSED.search(str(getattr(error, "reason", ""))):
            return OwnCertificateRefused()
        error = error.__cause__ or error.__context__
    return None


def refusal(status: int, body: bytes, retry_after: int) -> ServerError:
    """Return the error for an answer with a status other than 2xx. ``retry_after`` in seconds, 0 when not told.

    The exception's name counts before the status (2.2.1.4). A 404 that names none comes from something before the
    DMS (a proxy, an application that is not started) and must not be taken for "this object is gone".
    """
    name = _exception_name(body)
    if name is not None and status != 401:
        make = _EXCEPTIONS[name]
    elif 300 <= status < 400:
        make = SignInPage
    elif status == 404:
        make = BadAnswer
    else:
        make = _STATUS.get(status) or (ServerFault if status >= 500 else RequestRefused)
    return ServerBusy(retry_after) if make is ServerBusy else make()


def sign_in_refusal(status: int, content_type: str, body: bytes, retry_after: int) -> ServerError:
    """Return the error for an answer other than 2xx to the first request of a connection.

    The standard lets a server answer 403 to wrong credentials; and an address without anything is no DMS.
    """
    if status == 403:
        return SignInRefused()
    if status in (404, 405, 406, 410):
        return other_binding(content_type, body) or NotADms()
    return refusal(status, body, retry_after)


def not_json(content_type: str, body: bytes) -> ServerError | None:
    """Return the error for a successful answer that is a web page; None when it may be JSON."""
    if content_type in _HTML_TYPES or _HTML.match(body[:4096]):
        return SignInPage()
    return None


def other_binding(content_type: str, body: bytes) -> ServerError | None:
    """Return the error for an answer in one of the XML bindings of CMIS (1.0 has no other)."""
    start = body[:4096]
    found = [name for mark, name in _OTHER_BINDINGS.items() if mark in start] if body.lstrip().startswith(b"<") else []
    if not found and not content_type.startswith("application/atom"):
        return None
    told = _VERSION.search(body)
    if told is not None and not told[1].startswith(b"1.1"):
        return CmisTooOld(version=told[1].decode())
    return OtherBinding(what=found[0] if found else "AtomPub")


def _exception_name(body: bytes) -> CmisException | None:
    try:
        return CmisException(decoder(_ErrorBody).decode(body).exception)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return None
