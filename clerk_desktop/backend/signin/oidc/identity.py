"""Whether an id_token may be believed (OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8), and whom it names."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import jwt

from clerk_desktop.backend.signin.oidc.provider import Client, Keys, Metadata
from clerk_desktop.model.errors import ClockWrong, SignInNotTrusted

if TYPE_CHECKING:
    from jwt.types import Options

# signatures with a key that only the service has; never "none", never a shared secret
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
SKEW = timedelta(minutes=5)
# what the claims say is checked below, with our clock
SIGNATURE_ONLY: Options = {
    "require": ["iss", "sub", "aud", "exp", "iat"],
    "verify_aud": False,
    "verify_iss": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Whom a service names. ``name`` is "" when the token holds none."""

    subject: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What an id_token must fit to."""

    client: Client
    metadata: Metadata
    keys: Keys
    nonce: str
    access_token: str


def identity(id_token: str, expected: Expected, now: datetime) -> Identity:
    """Return whom a token names.

    Raises ``ClockWrong`` when its times and this computer's clock differ by more than five minutes, else
    ``SignInNotTrusted`` naming the part that does not fit.
    """
    claims = _verified(id_token, expected)
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    ours = expected.client.client_id
    if ours not in audience or (len(audience) > 1 and claims.get("azp") != ours) or claims.get("azp", ours) != ours:
        raise SignInNotTrusted(what="aud")
    if claims["iss"] != expected.metadata.issuer:
        raise SignInNotTrusted(what="iss")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), expected.nonce.encode()):
        raise SignInNotTrusted(what="nonce")
    if "at_hash" in claims and claims["at_hash"] != _half_hash(expected.access_token, _algorithm(id_token)):
        raise SignInNotTrusted(what="at_hash")
    _check_times(claims, now)
    return Identity(subject=str(claims["sub"]), name=str(claims.get("preferred_username") or ""))


def _verified(id_token: str, expected: Expected) -> Mapping[str, object]:
    allowed = ALGORITHMS.intersection(expected.metadata.id_token_signing_alg_values_supported)
    try:
        algorithm = _algorithm(id_token)
        if algorithm not in allowed:
            raise SignInNotTrusted(what="alg")
        key = _key(id_token, expected.keys)
        return jwt.decode(id_token, key, algorithms=[algorithm], options=SIGNATURE_ONLY)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise SignInNotTrusted(what="id_token") from error


def _algorithm(id_token: str) -> str:
    return str(jwt.get_unverified_header(id_token).get("alg", ""))


def _key(id_token: str, keys: Keys) -> jwt.PyJWK:
    wanted = jwt.get_unverified_header(id_token).get("kid")
    fitting = [
        key for key in keys.keys if key.get("use", "sig") == "sig" and (wanted is None or key.get("kid") == wanted)
    ]
    if len(fitting) != 1:
        raise SignInNotTrusted(what="kid")
    return jwt.PyJWK(fitting[0], algorithm=_algorithm(id_token))


def _check_times(claims: Mapping[str, object], now: datetime) -> None:
    times = {name: claims.get(name) for name in ("exp", "iat", "nbf")}
    if any(isinstance(at, bool) or not isinstance(at, int | float | None) for at in times.values()):
        raise SignInNotTrusted(what="exp")
    seconds, skew = now.timestamp(), SKEW.total_seconds()
    ends, begins = times["exp"], [at for at in (times["iat"], times["nbf"]) if at is not None]
    assert isinstance(ends, int | float)  # required above
    early = any(isinstance(at, int | float) and at > seconds + skew for at in begins)
    if ends < seconds - skew or early:
        raise ClockWrong(minutes=int(skew // 60))


def _half_hash(access_token: str, algorithm: str) -> str:
    """Return the left half of the token's hash (Core 1.0, 3.1.3.6); EdDSA with Ed25519 goes with SHA-512."""
    name = {"256": "sha256", "384": "sha384", "512": "sha512"}.get(algorithm[-3:], "sha512")
    digest = hashlib.new(name, access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
