"""Chooses the sentences that tell most of a story, each understood alone and none saying what another has said.

A sentence counts by its place in its article, by how much of the later sentences it covers (directed centrality,
after Zheng and Lapata 2019), and by how far the other articles support it. Figures: docs/decisions/0009.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.lists import words as listed
from analysis.stemming import stem
from analysis.words import key, tokens

FEWEST_WORDS, MOST_WORDS = 8, 60  # of a sentence that may be chosen

_READ = 60  # sentences of each article that are compared; later ones are seldom central
_COMPARED = 1200  # sentences of all articles together: the work is squared
_ALIKE = 0.4  # a sentence so like a chosen one says nothing new
_REPEATED = 0.7  # the share of its words that another sentence may not hold
_BEFORE, _AFTER = -0.1, 1.0  # what likeness to earlier and to later sentences counts
_SUPPORT = 1.5
_ENDS = re.compile(r"[.!?…][\"'“”’»)\]\s]*$")


class Reference(NamedTuple):
    """A sentence: the position of its article among those given, and its own in that article."""

    article: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as a unit vector of its weighted words."""

    place: Reference
    text: str
    vector: Mapping[str, float]


def summarise(articles: Sequence[Sequence[str]], words: int = 150) -> list[Reference]:
    """The sentences to show, in the order of the articles' own telling, with no more words than allowed.

    ``articles`` are the sentences of each article in order. A word is what stands between spaces.
    """
    sentences = _vectors(articles)
    alike = _likeness(sentences)
    scores = _scores(sentences, alike, len(articles))
    chosen: list[int] = []
    for at in sorted(range(len(sentences)), key=lambda at: -scores[at]):
        text = sentences[at].text
        length = len(text.split())
        if length > words or not stands_alone(text):
            continue
        if all(
            alike[at].get(other, 0.0) <= _ALIKE and not _repeats(sentences[at], sentences[other]) for other in chosen
        ):
            chosen.append(at)
            words -= length
    return sorted((sentences[at].place for at in chosen), key=lambda place: (place.sentence, place.article))


def _repeats(one: _Sentence, other: _Sentence) -> bool:
    """Whether nearly all words of the shorter sentence stand in the other, rare or not."""
    shared = one.vector.keys() & other.vector.keys()
    return len(shared) >= _REPEATED * min(len(one.vector), len(other.vector))


def stands_alone(text: str) -> bool:
    """Whether a sentence is whole and is understood without the one before it."""
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS or not _ENDS.search(text):
        return False
    first = next(iter(tokens(text[:100])), None)
    return first is not None and first.key not in listed("unresolved_openers")


def _vectors(articles: Sequence[Sequence[str]]) -> list[_Sentence]:
    """The first sentences of each article, what it prints twice only once, as vectors."""
    kept: list[tuple[Reference, str, Counter[str]]] = []
    read = max(1, min(_READ, _COMPARED // max(1, len(articles))))
    for number, sentences in enumerate(articles):
        seen: set[str] = set()
        for position, text in enumerate(sentences[:read]):
            if (same := key(text)) and same not in seen:
                seen.add(same)
                kept.append((Reference(number, position), text, _terms(text)))
    found = Counter(term for _, _, terms in kept for term in terms)
    return [_Sentence(place, text, _unit(terms, found, len(kept))) for place, text, terms in kept]


def _terms(text: str) -> Counter[str]:
    return Counter(stem(token.key) for token in tokens(text) if token.key not in listed("stop_words"))


def _unit(terms: Counter[str], found: Counter[str], total: int) -> Mapping[str, float]:
    weighted = {t: (1 + math.log(count)) * math.log((total + 1) / found[t]) for t, count in terms.items()}
    length = math.hypot(*weighted.values()) or 1.0
    return {term: amount / length for term, amount in weighted.items()}


def _likeness(sentences: Sequence[_Sentence]) -> list[dict[int, float]]:
    """For each sentence the others that share words with it, with the cosine, 0 to 1."""
    using: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, one in enumerate(sentences):
        for term, amount in one.vector.items():
            using[term].append((at, amount))
    found = []
    for at, one in enumerate(sentences):
        cosines: dict[int, float] = defaultdict(float)
        for term, amount in one.vector.items():
            for other, theirs in using[term]:
                cosines[other] += amount * theirs
        cosines.pop(at, None)
        found.append(dict(cosines))
    return found


def _scores(sentences: Sequence[_Sentence], alike: Sequence[dict[int, float]], articles: int) -> list[float]:
    central = [_centrality(at, sentences, alike[at]) for at in range(len(sentences))]
    most = max(central, default=0.0) or 1.0
    weight, fades = (1.0, 3.0) if articles == 1 else (0.5, 5.0)
    return [
        central[at] / most
        + weight * math.exp(-one.place.sentence / fades)
        + _SUPPORT * _support(at, sentences, alike[at], articles)
        for at, one in enumerate(sentences)
    ]


def _centrality(at: int, sentences: Sequence[_Sentence], alike: Mapping[int, float]) -> float:
    """Likeness to the later sentences of its article, less some for what the earlier ones have said."""
    article = sentences[at].place.article
    return sum(
        cosine * (_AFTER if other > at else _BEFORE)
        for other, cosine in alike.items()
        if sentences[other].place.article == article
    )


def _support(at: int, sentences: Sequence[_Sentence], alike: Mapping[int, float], articles: int) -> float:
    """The mean over the other articles of the likeness to their most similar sentence."""
    best: dict[int, float] = {}
    for other, cosine in alike.items():
        article = sentences[other].place.article
        best[article] = max(best.get(article, 0.0), cosine)
    best.pop(sentences[at].place.article, None)
    return sum(best.values()) / (articles - 1) if articles > 1 else 0.0
