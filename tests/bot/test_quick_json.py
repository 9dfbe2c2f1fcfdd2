"""JSON is what Python's own module makes of it, also where the quick way does not take it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot import quick_json

VALUES: list[Any] = [
    {
        "chat_id": -1_001_234_567_890,
        "text": "漢字 👩\u200d👧 \u2028 \x00 </b>",
        "nested": [{"a": None, "b": True, "c": 1.5}],
    },
    {"half": "a\ud800b", "other half": "\udc00"},
    {"large": 2**80, "small": -(2**70)},
    {},
    [],
    "",
]

TEXTS = [
    b'{"ok":true,"result":{"message_id":5}}',
    b'{"half":"\\ud800x"}',
    b'{"whole":"\\ud83d\\udc69"}',
    b'{"large":123456789012345678901234567890,"beyond":1e400}',
    b'{"a":1,"a":2}',
    b" [1, 2.5, -0.0] ",
]


@pytest.mark.parametrize("value", VALUES)
def test_nothing_is_lost(value: object) -> None:
    """What is kept is read again as it was, halves of characters and large numbers too."""
    assert quick_json.read(quick_json.to_keep(value)) == value
    assert json.loads(quick_json.to_keep(value)) == value


@pytest.mark.parametrize("value", VALUES)
def test_what_is_sent(value: object) -> None:
    """It is UTF-8 whatever it holds; a half character is a question mark."""
    expected = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    assert json.loads(quick_json.to_send(value)) == expected


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_read(text: bytes) -> None:
    """All that Python's own module takes is taken, and says the same."""
    assert quick_json.read(text) == json.loads(text)


def test_broken_bytes() -> None:
    """Bytes that are no UTF-8 are marked, and the rest is read."""
    assert quick_json.read(b'{"a":"x\xff","b":1}') == {"a": "x\ufffd", "b": 1}


@pytest.mark.parametrize("text", [b"", b"{", b"<html>", b"[" * 100_000 + b"]" * 100_000])
def test_what_is_no_json(text: bytes) -> None:
    """It is an error, as with Python's own module."""
    with pytest.raises((ValueError, RecursionError)):
        quick_json.read(text)


def test_what_json_does_not_know() -> None:
    """A line of the log is written whatever is in it."""
    assert json.loads(quick_json.to_keep({"error": ValueError("x")})) == {"error": "ValueError('x')"}
