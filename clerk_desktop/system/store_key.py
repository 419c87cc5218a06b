"""The key of the local store as a value. Where it comes from is ``system.unlock``'s business."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class StoreKey:
    """32 random bytes from which every key of the store is derived. Never shown by ``repr``."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_LENGTH:
            raise ValueError("a store key has 32 bytes")

    @classmethod
    def random(cls) -> StoreKey:
        """Return a fresh key from the operating system's source of randomness."""
        return cls(secrets.token_bytes(KEY_LENGTH))
