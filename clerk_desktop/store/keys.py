"""One key per purpose, derived from the store key, so that none of them says anything about another."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from clerk_desktop.system.store_key import StoreKey


@dataclass(frozen=True, slots=True)
class Keys:
    """Derived keys of 32 bytes: database, names of blobs, content of blobs; ``proof`` shows which store key it was."""

    database: bytes = field(repr=False)
    blob_names: bytes = field(repr=False)
    blob_content: bytes = field(repr=False)
    proof: bytes = field(repr=False)


def derive(key: StoreKey) -> Keys:
    """Return the keys of a store, with a name per purpose."""
    return Keys(
        database=hkdf(key.secret, b"", b"clerk-desktop 1 database"),
        blob_names=hkdf(key.secret, b"", b"clerk-desktop 1 blob names"),
        blob_content=hkdf(key.secret, b"", b"clerk-desktop 1 blob content"),
        proof=hkdf(key.secret, b"", b"clerk-desktop 1 proof"),
    )


def hkdf(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return 32 derived bytes: HKDF-SHA256, RFC 5869 sections 2.2 and 2.3, which for one block is two HMACs."""
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")
