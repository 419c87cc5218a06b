"""Certificates of devices: almost always their own, so a clerk confirms the fingerprint once.

From then on exactly this certificate is accepted, whatever name or dates are in it: devices are reached by changing
addresses, and their clocks and certificates are as old as they are.
"""

from __future__ import annotations

import hashlib
import hmac
import ssl
from collections.abc import Iterator

from clerk_desktop.model.errors import ScannerUnreachable

SECONDS = 10.0


class OtherCertificate(ssl.SSLCertVerificationError):
    """The device shows another certificate than the confirmed one."""


class _PinnedSocket(ssl.SSLSocket):
    """Ends the connection right after the handshake, before anything is sent, unless the certificate is the one."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        shown = hashlib.sha256(self.getpeercert(binary_form=True) or b"").hexdigest()
        if not (isinstance(self.context, _Pinned) and hmac.compare_digest(shown, self.context.fingerprint)):
            raise OtherCertificate("not the certificate that was confirmed")


class _Pinned(ssl.SSLContext):
    fingerprint = ""


def pinned(fingerprint: str) -> ssl.SSLContext:
    """Return what secures connections to the device with that certificate, and to no other."""
    context = _Pinned(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # no authority is asked: the certificate itself is compared
    context.fingerprint = fingerprint
    context.sslsocket_class = _PinnedSocket
    return context


def fingerprint_of(host: str, port: int) -> str:
    """Return the SHA-256 of the certificate that is shown there, hexadecimal. Nothing is sent to the device.

    Raises ``ScannerUnreachable``.
    """
    try:
        shown = ssl.get_server_certificate((host, port), timeout=SECONDS)
    except (OSError, ValueError) as error:
        raise ScannerUnreachable from error
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()


def is_about_certificates(error: BaseException) -> bool:
    """Tell whether a connection failed since the certificate is not trusted."""
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 20:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1


def spelled(fingerprint: str) -> str:
    """Return a fingerprint as devices show it: ``AB:CD:…``."""
    return ":".join(fingerprint[place : place + 2] for place in range(0, len(fingerprint), 2)).upper()
