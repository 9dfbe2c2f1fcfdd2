"""Reads a question: which of its words tell what is asked for, its names, and what kind of answer it expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.expected import Expected
from analysis.lists import nations, words
from analysis.stemming import stem
from analysis.words import Token, tokens

LONGEST = 2000  # code points of a question that are read
_COUNTRY = {"america": "american", "britain": "uk", "british": "uk"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, and the form in which it is compared: a stem, or the country that an adjective tells of."""

    token: Token
    form: str
    content: bool  # whether it tells something, as "the" does not


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks. ``words`` are its content words, each form once, ``asking`` those that only ask."""

    words: tuple[Word, ...]
    asking: frozenset[str]
    pairs: tuple[tuple[str, str], ...]  # content words that stand side by side
    names: tuple[tuple[str, ...], ...]
    expected: Expected

    @classmethod
    def of(cls, question: str) -> Asked:
        """Read a question; one that only asks ("what happened?") has no words."""
        question = question[:LONGEST]
        every = read(question)
        asking = _asking(every)
        content: dict[str, Word] = {}
        for word in every:
            if word.content:
                content.setdefault(word.form, word)
        pairs = tuple((a.form, b.form) for a, b in pairwise(every) if a.content and b.content and b.form not in asking)
        telling = tuple(content.values()) if content.keys() - asking else ()
        return cls(telling, asking, pairs, _names(question, every), Expected.of(question))


def read(text: str) -> list[Word]:
    """The words of a text with the forms in which they are compared."""
    found = []
    for token in tokens(text):
        country = token.key == "us" and text[token.start + 1 : token.end].isupper()
        stop = token.key in words("stop_words") and not country
        found.append(Word(token, token.key if stop else _form(token.key), not stop))
    return found


def _form(key: str) -> str:
    return _adjectives().get(key) or stem(key)


@cache
def _adjectives() -> dict[str, str]:
    """The country of each adjective of one word: "Chinese" asks for China, "Korean" for Korea."""
    found = {}
    for nation in nations():
        united = nation.name.startswith("united")
        country = nation.adjectives[0] if united and nation.adjectives else nation.name.split()[-1]
        for adjective in nation.adjectives:
            found[adjective.split()[-1].replace(".", "")] = stem(country)
    return found | {word: stem(country) for word, country in _COUNTRY.items()}


def _asking(every: Sequence[Word]) -> frozenset[str]:
    listed = words("asking_words")
    alone = {word.form for word in every if word.token.key in listed}
    measured = {b.form for a, b in pairwise(every) if a.token.key == "how" and f"how-{b.token.key}" in listed}
    return frozenset(alone | measured)


def _names(question: str, every: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    """Runs of capitalised words after the question's first word; none where all is in capitals."""
    found: list[list[str]] = []
    before: Word | None = None
    for word in every[1:] if not question.isupper() else ():
        if not question[word.token.start].isupper() or not word.content:
            before = None
        elif before and question[before.token.end : word.token.start] == " ":
            found[-1].append(word.form)
            before = word
        else:
            found.append([word.form])
            before = word
    return tuple(map(tuple, found))
