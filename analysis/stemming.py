"""Brings the forms of a word together, so that "took place" answers "where did it take place"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analysis.lists import lines
from analysis.spelling import plain

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_ENDINGS = (
    ("ization", "iz"),
    ("isation", "iz"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "iv"),
    ("ically", "ic"),
    ("ement", ""),
    ("ment", ""),
    ("ness", ""),
    ("ise", "iz"),
    ("ize", "iz"),
    ("ly", ""),
)


@cache
def _irregular() -> dict[str, str]:
    rows = (line.split() for line in lines("irregular_forms"))
    return {form: base for base, *forms in rows for form in forms}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word's comparison key: "negotiated", "negotiation" and "negotiates" have one.

    A light stemmer after the idea of Porter (1980), with irregular forms first and far fewer endings.
    """
    bare = plain(word.removesuffix("'s").removesuffix("'"))
    bare = _irregular().get(bare, bare)
    if not bare.isalpha():
        return bare
    if len(bare) < 4:
        return _finish(bare)
    return _finish(_derived(_inflected(_singular(bare))))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search("(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and word != "news":
        return word[:-1]
    return word


def _inflected(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if len(word) > 4 else word
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest):
            return _DOUBLED.sub(r"\1", rest)
    return word


def _derived(word: str) -> str:
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word.removesuffix(ending) + left
    if word.endswith(("tion", "sion")) and len(word) > 6:
        return word[:-3]
    return word


def _finish(word: str) -> str:
    """Without the letters in which forms of one word differ most: a last "e", "y" for "i", "ll" for "l"."""
    while word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("ll"):
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 2 else word
