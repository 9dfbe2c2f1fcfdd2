"""JSON by msgspec, in a tenth of the time; what that refuses is left to Python's own."""

from __future__ import annotations

import json
from typing import Any

import msgspec

_encode = msgspec.json.Encoder(enc_hook=repr).encode
_decode = msgspec.json.Decoder().decode


def to_send(value: object) -> bytes:
    """For a body in UTF-8; half a character, which that cannot carry, is sent as a question mark."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, default=repr).encode("utf-8", "replace")


def to_keep(value: object) -> str:
    """For a text that is read again: nothing is lost, halves of characters neither."""
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, default=repr)


def read(text: bytes | str) -> Any:  # noqa: ANN401 - JSON
    """What a text says. Raises ValueError for what is no JSON, and RecursionError where it is too deep."""
    try:
        return _decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return json.loads(text if isinstance(text, str) else text.decode("utf-8", "replace"))
