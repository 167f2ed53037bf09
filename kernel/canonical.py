"""Canonical JSON (RFC 8785, the JSON Canonicalization Scheme) and its SHA-256 digest."""

import hashlib
import unicodedata
from typing import Any

import rfc8785


def nfc(value: Any) -> Any:
    """Return `value` with every string, keys included, in Unicode normal form C."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {nfc(key): nfc(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nfc(item) for item in value]
    return value


def canonical_json(value: Any) -> bytes:
    """Return `value` (dict, list, str, int, bool, None) as canonical JSON in UTF-8.

    :raises rfc8785.CanonicalizationError: if it holds anything else.
    """
    return rfc8785.dumps(nfc(value))


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest(value: Any) -> str:
    """Return the SHA-256 of `value`'s canonical JSON."""
    return sha256(canonical_json(value))
