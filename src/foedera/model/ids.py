"""Ids are hashes of content: the same input has the same id on every machine."""

from __future__ import annotations

import hashlib
import json

_LENGTH = 16


def content_id(prefix: str, *parts: object) -> str:
    """Hash parts into an id such as ``evt_0f3a9c...`` (16 hex digits, 64 bits).

    Args:
        prefix: What the id names: ``pag``, ``art``, ``evt``, ``stm`` ...
        parts: Values that JSON can carry. Their order matters.

    Returns:
        The prefix, an underscore and 16 hexadecimal digits.
    """
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"{prefix}_{hashlib.blake2b(payload.encode('utf-8', 'surrogatepass'), digest_size=_LENGTH // 2).hexdigest()}"


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
