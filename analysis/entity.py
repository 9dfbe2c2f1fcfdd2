"""A person, organisation or place while a text is still being read, and how the words of names are compared."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.model import MentionKind, Span, SpeakerKind
from analysis.names import Name


@dataclass(slots=True, eq=False)
class Entity:
    """A person, organisation or place while the text is still being read."""

    words: tuple[str, ...]
    mentions: list[Name] = field(default_factory=list)
    gender: str | None = None
    person: bool = False
    place: bool = False
    shared: bool = False  # a surname that may be either of two people's
    aliases: Counter[tuple[str, ...]] = field(default_factory=Counter)
    roles: list[Span] = field(default_factory=list)
    referred: list[tuple[Span, MentionKind]] = field(default_factory=list)  # role and pronoun mentions

    @property
    def name(self) -> str:
        """The fullest printed name."""
        return " ".join(self.words)

    @property
    def kind(self) -> SpeakerKind:
        """Person or organisation."""
        return SpeakerKind.PERSON if self.person else SpeakerKind.ORGANISATION

    @property
    def first_place(self) -> int:
        """Where it is first named, in code points."""
        return self.mentions[0].span.start


def plain(words_: Iterable[str]) -> tuple[str, ...]:
    """Words of a name for comparison: small letters, one kind of apostrophe and hyphen, no full stops."""
    return tuple(map(_plain_word, words_))


@lru_cache(maxsize=8192)
def _plain_word(word: str) -> str:
    return _bare_letters(word.casefold()).replace("’", "'").replace("–", "-").strip(".,")


@lru_cache(maxsize=4096)
def _bare_letters(word: str) -> str:
    """Without accents, which one outlet prints and another leaves out."""
    if word.isascii():
        return word
    plain_word = word.translate(STROKES)
    return "".join(mark for mark in unicodedata.normalize("NFKD", plain_word) if not unicodedata.combining(mark))


STROKES = str.maketrans("łøđðıßæœ", "loddisao")


def bare(words_: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without "Jr" and the like."""
    return tuple(word for word in words_ if plain([word])[0] not in ("jr", "sr", "ii", "iii", "iv")) or words_
