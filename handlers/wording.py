"""Compares what was typed with what is printed, by the words that tell something."""

from __future__ import annotations

from analysis.lists import words as listed
from analysis.words import key


def telling(words: str) -> frozenset[str]:
    """The words that are not mere function words, without plural and possessive endings; all where none is left."""
    every = key(words).split()
    content = [word for word in every if word not in listed("stop_words")]
    return frozenset(map(bare, content or every))


def has_all(wanted: frozenset[str], text: str) -> bool:
    """Whether each wanted word stands somewhere in the text."""
    return bool(wanted) and wanted <= frozenset(map(bare, key(text).split()))


def bare(word: str) -> str:
    """The word without "'s" and without a plural's ending: "sanctions" is looked up as "sanction"."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def stands_in(words: str, text: str) -> bool:
    """Whether the words stand in the text in the same order without a gap; both are comparison keys."""
    return bool(words) and f" {words} " in f" {text} "
