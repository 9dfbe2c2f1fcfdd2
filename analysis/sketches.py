"""Tells which paragraphs are copies of each other, so that a story printed by many outlets is known as one text.

A paragraph is its set of runs of 3 words. Its sketch is the 4 least of their hashes: two texts that share most of
their runs most likely share one of these (Broder, On the resemblance and containment of documents, 1997), and
paragraphs that share none are never compared. What is found so is confirmed word by word. Figures:
docs/decisions/0019.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from heapq import nsmallest
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from analysis.document import lines
from analysis.lists import lines as entries
from analysis.lists import words as listed
from analysis.model import Span
from analysis.words import Token, tokens

SHINGLE = 3  # words in a run
MINIMA = 4  # hashes in a sketch
FEWEST = 12  # words of a paragraph that can tell anything; shorter ones are printed everywhere
LIKE = 80.0  # the least likeness of two copies, 0 to 100
ROUGHLY = 70.0  # the same as printed, with marks at the words: a 20th of the time, and most pairs end here
SHARED = 0.6  # of the runs of the shorter paragraph, the least share that the other has too
STRANGE = 0.2  # names that stand in the place of others, for each name or number that is the same
IN_ORDER = 0.9  # of the words that are no numbers, the least share in the same order where numbers changed places
SLOT = 6  # words; a longer stretch that differs is another sentence, not another filling of the same one

_ENDED = re.compile(r"[.!?:…][\"”’»)\]]*\s+[\"“‘«(\[]*$")
_OPENING = re.compile(r"^[\"“‘«(\[—–-]*\s*$")


class Sketch(NamedTuple):
    """A paragraph's place in its text, in code points; ``minima`` are 64-bit signed, none for a short paragraph."""

    span: Span
    minima: tuple[int, ...]


class Worded(NamedTuple):
    """The words of a paragraph, and its runs of words."""

    words: tuple[str, ...]
    runs: frozenset[str]


class Facts(NamedTuple):
    """The words that a template is filled in with."""

    numbers: Counter[str]
    names: frozenset[str]


def sketches(text: str) -> list[Sketch]:
    """A sketch for each paragraph of a text, in order."""
    return [Sketch(span, minima(tokens(span.cut(text)))) for span in lines(text)]


def minima(found: Sequence[Token]) -> tuple[int, ...]:
    """The least hashes of the runs of words, in order; nothing for fewer than 12 words."""
    if len(found) < FEWEST:
        return ()
    return tuple(nsmallest(MINIMA, map(_hash, _runs([token.key for token in found]))))


def _runs(keys: Sequence[str]) -> frozenset[str]:
    return frozenset(map(" ".join, zip(*(keys[at:] for at in range(SHINGLE)), strict=False)))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def is_copy(one: str, other: str) -> bool:
    """Whether two paragraphs are one text with small edits at most.

    Words may be changed, sentences left out, added or moved. But no number or day of one may stand in the place of
    another, and hardly any name in the place of another name: that is the same template filled in with other news.
    """
    if not fuzz.token_set_ratio(one.casefold(), other.casefold(), score_cutoff=ROUGHLY):
        return False
    mine, theirs = worded(one), worded(other)
    if mine.words == theirs.words:
        return True
    fewest = min(len(mine.runs), len(theirs.runs))
    if fewest <= FEWEST - SHINGLE or len(mine.runs & theirs.runs) < SHARED * fewest:
        return False
    if _is_filled_in_otherwise(one, other):
        return False
    return fuzz.token_set_ratio(" ".join(mine.words), " ".join(theirs.words)) >= LIKE


def shared(one: str, other: str) -> float:
    """The share of the longer paragraphs of one text that are copied in another, 0 to 1; 0 where there are none."""
    mine, theirs = ([each for each in sketches(text) if each.minima] for text in (one, other))
    copied = sum(
        any(
            set(each.minima) & set(their.minima) and is_copy(each.span.cut(one), their.span.cut(other))
            for their in theirs
        )
        for each in mine
    )
    return copied / len(mine) if mine else 0.0


@lru_cache(maxsize=4096)
def worded(paragraph: str) -> Worded:
    """What is compared first of a paragraph: about 8 KB each, kept for the paragraphs of a large story."""
    words = tuple(_figures().get(token.key, token.key) for token in tokens(paragraph))
    return Worded(words, _runs(words))


@cache
def _figures() -> dict[str, str]:
    return dict(pair for line in entries("counting_words") if len(pair := line.split()) == 2)


@cache
def _counting() -> frozenset[str]:
    return frozenset(line.split()[-1] for line in entries("counting_words"))


@cache
def _agencies() -> frozenset[str]:
    return frozenset(word for name in listed("agencies") for word in name.split())


@lru_cache(maxsize=1024)
def _facts(paragraph: str) -> Facts:
    names = frozenset(token.key for token in tokens(paragraph) if _is_name(paragraph, token))
    numbers = Counter(filter(_is_number, worded(paragraph).words))
    return Facts(numbers, names - numbers.keys() - _figures().keys())


def _is_number(word: str) -> bool:
    return word in _counting() or any(map(str.isdigit, word))


def _is_name(text: str, token: Token) -> bool:
    """A capitalised word that does not open a sentence, agencies aside: who passed a text on may be changed in it."""
    if not text[token.start].isupper() or token.key in listed("stop_words") or token.key in _agencies():
        return False
    before = text[max(0, token.start - 6) : token.start]
    return not (_OPENING.match(before) if token.start < 6 else _ENDED.search(before))


def _is_filled_in_otherwise(one: str, other: str) -> bool:
    """Whether facts of one stand in the place of facts that it does not have."""
    mine, theirs = _facts(one), _facts(other)
    numbers = bool(mine.numbers - theirs.numbers and theirs.numbers - mine.numbers) or _exchanged(one, other)
    names = mine.names - theirs.names, theirs.names - mine.names
    strange = 0
    for here, there in _slots(worded(one).words, worded(other).words) if numbers or all(names) else ():
        if numbers and _differ(here, there):
            return True
        gone, come = mine.names.intersection(here), theirs.names.intersection(there)
        strange += bool(gone - come and come - gone)
    return strange > STRANGE * (len(mine.names & theirs.names) + len(mine.numbers & theirs.numbers))


def _exchanged(one: str, other: str) -> bool:
    """Whether the same numbers stand in other places of the same words: who won 2 to 1."""
    parted = []
    for text in (one, other):
        words = worded(text).words
        parted.append([[word for word in words if _is_number(word) is number] for number in (True, False)])
    (mine, plain), (theirs, others) = parted
    return mine != theirs and sorted(mine) == sorted(theirs) and Indel.normalized_similarity(plain, others) >= IN_ORDER


def _differ(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether each has a number that the other has not."""
    mine, theirs = Counter(filter(_is_number, here)), Counter(filter(_is_number, there))
    return bool(mine - theirs and theirs - mine)


def _slots(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The words that differ at the same place of both, where the place is short."""
    mine, theirs = list[str](), list[str]()
    for edit in (*Levenshtein.opcodes(one, other), None):
        if edit is not None and edit.tag != "equal":
            mine += one[edit.src_start : edit.src_end]
            theirs += other[edit.dest_start : edit.dest_end]
            continue
        if mine and theirs and max(len(mine), len(theirs)) <= SLOT:
            yield mine, theirs
        mine, theirs = [], []
