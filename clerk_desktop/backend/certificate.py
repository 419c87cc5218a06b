"""The workstation's own certificate: a PEM file with certificate and key, or PKCS #12 (RFC 7292) as PKIs hand it out.

The key is never written to disk in plain: TLS takes keys only from files, so a copy is made that is encrypted with a
passphrase of the moment and gone again before the connection is made.
"""

from __future__ import annotations

import secrets
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_desktop.model.errors import OwnCertificateExpired, OwnCertificateUnusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
    from cryptography.x509 import Certificate

PEM = b"-----BEGIN "


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnCertificate:
    """Where the certificate lies, and the passphrase of its key ("" for none)."""

    file: Path
    passphrase: str = ""

    def load_into(self, tls: ssl.SSLContext, now: datetime | None = None) -> None:
        """Let connections present it. Raises ``OwnCertificateUnusable``, ``OwnCertificateExpired``."""
        from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

        key, chain = self._read()
        last = chain[0].not_valid_after_utc
        if last < (now or datetime.now(UTC)):
            raise OwnCertificateExpired(day=last.date().isoformat())
        moment = secrets.token_hex(32)
        encrypted = key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(moment.encode())
        ) + b"".join(each.public_bytes(Encoding.PEM) for each in chain)
        with tempfile.TemporaryDirectory(prefix="clerk-desktop-") as folder:
            copy = Path(folder) / "certificate.pem"
            copy.write_bytes(encrypted)
            try:
                tls.load_cert_chain(copy, password=moment)
            except (ssl.SSLError, ValueError) as error:
                raise OwnCertificateUnusable(what=self.file.name) from error

    def owner(self) -> str:
        """Return the common name of the certificate, "" where it has none. Raises ``OwnCertificateUnusable``."""
        from cryptography.x509.oid import NameOID

        _, chain = self._read()
        names = chain[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""

    def needs_passphrase(self) -> bool:
        """Tell whether the key is encrypted. Raises ``OwnCertificateUnusable`` for a file that is no certificate."""
        try:
            self._read()
        except OwnCertificateUnusable as error:
            if isinstance(error.__cause__, _Locked):
                return True
            raise
        return False

    def _read(self) -> tuple[CertificateIssuerPrivateKeyTypes, list[Certificate]]:
        try:
            content = self.file.read_bytes()
            passphrase = self.passphrase.encode() or None
            key, chain = _from_pem(content, passphrase) if PEM in content else _from_pkcs12(content, passphrase)
        except (OSError, ValueError, TypeError) as error:
            raise OwnCertificateUnusable(what=self.file.name) from error
        return key, chain


class _Locked(ValueError):
    """The key is encrypted, and this is not its passphrase."""


def _from_pem(content: bytes, passphrase: bytes | None) -> tuple[CertificateIssuerPrivateKeyTypes, list[Certificate]]:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificates

    chain = load_pem_x509_certificates(content)
    block = content[max(content.rfind(PEM, 0, content.find(b"PRIVATE KEY-----")), 0) :]
    try:
        # a passphrase for a key that has none is refused with TypeError
        locked = b"ENCRYPTED" in block[:200]
        key = load_pem_private_key(block, passphrase if locked else None)
    except (ValueError, TypeError) as error:
        raise (_Locked() if b"ENCRYPTED" in block[:200] else error) from error
    # files list their certificates in any order, TLS wants the key's own first (RFC 8446, 4.4.2)
    chain.sort(key=lambda each: each.public_key() != key.public_key())
    return key, chain  # type: ignore[return-value]  # a key that no certificate can have fails when it is loaded


def _from_pkcs12(
    content: bytes, passphrase: bytes | None
) -> tuple[CertificateIssuerPrivateKeyTypes, list[Certificate]]:
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        found = load_pkcs12(content, passphrase)
    except ValueError as error:
        raise (_Locked() if "password" in str(error).lower() else error) from error
    if found.key is None or found.cert is None:
        raise ValueError("no key or no certificate in the file")
    return found.key, [found.cert.certificate, *(more.certificate for more in found.additional_certs)]  # type: ignore[return-value]
