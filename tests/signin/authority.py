"""A certification authority for tests: certificates of servers and of workstations, valid or not."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
BEFORE, AFTER = (NOW - 2 * DAY, NOW - DAY), (NOW + DAY, NOW + 2 * DAY)
TODAY = (NOW - DAY, NOW + DAY)


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate and its key, to be written as whoever needs it reads it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def pem(self, file: Path, passphrase: str = "", *, key_first: bool = False) -> Path:
        """Write certificate and key as one PEM file."""
        parts = [
            self.certificate.public_bytes(serialization.Encoding.PEM),
            self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, _encryption(passphrase)
            ),
        ]
        file.write_bytes(b"".join(reversed(parts) if key_first else parts))
        return file

    def pkcs12(self, file: Path, passphrase: str = "") -> Path:
        """Write certificate and key as PKCS #12."""
        file.write_bytes(
            pkcs12.serialize_key_and_certificates(b"us", self.key, self.certificate, None, _encryption(passphrase))
        )
        return file


class Authority:
    """Signs certificates; ``file`` is its own as PEM."""

    def __init__(self, folder: Path, name: str = "Stadt-CA") -> None:
        folder.mkdir(exist_ok=True)
        self.file = folder / f"{name}.pem"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        own = self._builder(self._name, self._key.public_key(), TODAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.file.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def server(self, address: str = "127.0.0.1", valid: tuple[datetime, datetime] = TODAY) -> Issued:
        """Issue a server's certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        names = x509.SubjectAlternativeName([_general_name(address)])
        signed = self._builder(name, key.public_key(), valid).add_extension(names, critical=False)
        return Issued(certificate=signed.sign(self._key, hashes.SHA256()), key=key)

    def person(self, name: str, valid: tuple[datetime, datetime] = TODAY) -> Issued:
        """Issue the certificate of a person or a workstation."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        signed = self._builder(subject, key.public_key(), valid).add_extension(usage, critical=False)
        return Issued(certificate=signed.sign(self._key, hashes.SHA256()), key=key)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, valid: tuple[datetime, datetime]
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(valid[0])
            .not_valid_after(valid[1])
        )


def _general_name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _encryption(passphrase: str) -> serialization.KeySerializationEncryption:
    if not passphrase:
        return serialization.NoEncryption()
    return serialization.BestAvailableEncryption(passphrase.encode())
