"""What people type is made safe and measured here, once, before anything is matched against it."""

from __future__ import annotations

import unicodedata

WORDS_LIMIT = 1_000
"""Most code points that a command's words may have."""

REPLY_LIMIT = 4_096
"""Most code points of a replied-to message that are looked at, as many as a Telegram message has."""

CLOSING = ".,;:!?)]}>\"'”’»"
"""Marks that end a sentence or stand around words, and belong to no link or path before them."""

_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")


def tidy(words: str) -> str:
    """One line in NFC, without control characters, lone surrogates, direction marks and doubled spaces."""
    spaced = " ".join(words.split())
    kept = "".join(c for c in spaced if c not in _INVISIBLE and unicodedata.category(c) not in _DROPPED)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def bare_link(found: str) -> str:
    """A link without the marks of the sentence that it stands in."""
    return found.rstrip(CLOSING)


def too_long_for_a_question(words: str) -> bool:
    """Whether the words are more than anybody asks in one question."""
    return len(words) > WORDS_LIMIT


def number(words: str) -> int | None:
    """A whole number from 1 to 999,999,999 in plain digits, else None; "#2", "№2" and "2." are taken too."""
    digits = words.strip().lstrip("#№").rstrip(".").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    return int(digits) or None


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """As in "1 article", "2 articles", "1,204 articles"."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def size(amount: int) -> str:
    """Bytes for readers, as in "3.4 MB"."""
    return f"{max(amount, 100) / 1e3:,.1f} kB" if amount < 1_000_000 else f"{amount / 1e6:,.1f} MB"


def short(text: str, limit: int) -> str:
    """At most ``limit`` code points on one line, cut between words and marked with "…"."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1].rstrip()
    cut = kept.rfind(" ")
    return (kept[:cut] if cut > limit // 2 else kept).rstrip(" ,;:–—-") + "…"
