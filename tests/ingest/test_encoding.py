"""How bytes are turned into text."""

from __future__ import annotations

import random

import pytest

from ingest.encoding import decode, tidy
from ingest.errors import IngestError

TEXT = "“We lost,” said José Núñez – it cost 5 € in a café. The naïve façade of the old town hall will stay."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    """The encodings that people's files have are told without anybody naming them."""
    assert decode(TEXT.encode(encoding)) == TEXT


def test_declared_encoding() -> None:
    """A character set that the page names is used where the bytes are no UTF-8."""
    assert decode("Привет, мир".encode("koi8-r"), "koi8-r") == "Привет, мир"


@pytest.mark.parametrize("declared", ["no-such-set", "utf-7", "\x00", "", "base64", "idna"])
def test_a_wrong_declaration_is_passed_over(declared: str) -> None:
    """What a hostile page declares never fails and never runs another codec."""
    assert "caf" in decode("It is a caf\xe9".encode("cp1252"), declared)


def test_binary_rubbish_is_refused() -> None:
    """A picture or a program with the name of a text is one plain sentence."""
    with pytest.raises(IngestError, match="not a text"):
        decode(random.Random(7).randbytes(100_000))


def test_tidy_keeps_what_can_be_printed() -> None:
    """Tabs, joiners, marks of direction and emoji stay; NULs, byte order marks and half pairs go."""
    kept = "a\tb\u200d\u200f\U0001f600\u0301\u00ad"
    assert tidy(f"\ufeff{kept}\x00\x1b\ud83d") == kept
