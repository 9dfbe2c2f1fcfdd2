"""What it costs to find another word, or none, where a word that is asked about should stand."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Indel

from analysis.lists import words as listed
from analysis.stemming import stem

_ALIKE = 0.75  # of letters in common: another spelling or form of the same word
_TELLING = 0.25  # how much more a telling word costs that is not there


def telling(word: str) -> bool:
    """Whether a word says more than a function word does."""
    return word not in listed("stop_words")


@lru_cache(maxsize=50_000)
def replacing(one: str, other: str) -> float:
    """What it costs to find another word in a word's place: 0 for the same one, little for another form of it."""
    if one == other:
        return 0.0
    if {one, other} == {"a", "an"}:
        return 0.3
    if one[:1] == other[:1] and len(one) > 3 < len(other) and one.isalpha() and other.isalpha():
        if stem(one) == stem(other):
            return 0.3
        if Indel.normalized_similarity(one, other) >= _ALIKE:
            return 0.5
    return missing(one)


@lru_cache(maxsize=50_000)
def missing(word: str) -> float:
    """What it costs that a word asked about is not there."""
    return 1.0 + _TELLING * telling(word)
