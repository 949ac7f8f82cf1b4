"""The token that opens a desk which listens beyond this machine: hashed at rest, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
from secrets import token_bytes

_N, _R, _P = 2**14, 8, 1


def hashed(token: str) -> str:
    """What is kept of a token: a salt and its scrypt hash."""
    salt = token_bytes(16)
    return f"{salt.hex()}${_hash(token, salt).hex()}"


def opens(token: str, kept: str) -> bool:
    """Whether a token is the one whose hash was kept.

    >>> opens("swordfish", hashed("swordfish")), opens("other", hashed("swordfish"))
    (True, False)
    """
    salt, _, hash_ = kept.partition("$")
    return hmac.compare_digest(_hash(token, bytes.fromhex(salt)), bytes.fromhex(hash_))


def _hash(token: str, salt: bytes) -> bytes:
    return hashlib.scrypt(token.encode("utf-8", "surrogatepass"), salt=salt, n=_N, r=_R, p=_P)
