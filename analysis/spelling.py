"""Tells which spellings may stand for one name: accents, transliterations, short forms of first names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import combining, normalize

from analysis.lists import lines
from analysis.words import tokens

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|tsh", "ch"),
        ("dzh|dj|zh", "j"),
        ("sch", "sh"),
        ("kh|gh|ck|[qc](?!h)|g", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("w", "v"),
        ("oo|ou|o", "u"),
        ("ei|ey|ij|iy|yi|ee|ie|y", "i"),
        ("ae", "e"),
        (r"(.)\1+", r"\1"),
        ("(?<=...)e$", ""),
    )
)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name: lower case, no accents, no possessive ending, initials apart from each other."""
    return tuple(word for token in tokens(text) if (word := _bare(token.key)))


def _bare(word: str) -> str:
    for ending in ("'s", "'"):
        word = word.removesuffix(ending)
    return plain(word)


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """The word without accents: "Erdoğan" is typed "erdogan"."""
    if word.isascii():
        return word
    return "".join(c for c in normalize("NFKD", word.translate(_LETTERS)) if not combining(c))


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The word with the spellings made one that transliterations differ in: Qaddafi, Gadhafi; Poutine, Putin."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


@cache
def _long_forms() -> dict[str, frozenset[str]]:
    rows = (line.split() for line in lines("nicknames"))
    return {short: frozenset(full) for short, *full in rows}


def same_first_name(one: str, other: str) -> bool:
    """Whether one word may be a form of the other as a first name: equal, an initial, or a short form."""
    if one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other)):
        return True
    return is_nickname(one, other)


def is_nickname(one: str, other: str) -> bool:
    """Whether one is a short form of the other, or both are of one name."""
    forms = _long_forms()
    long_one, long_other = forms.get(one, frozenset()), forms.get(other, frozenset())
    return one in long_other or other in long_one or bool(long_one & long_other)
