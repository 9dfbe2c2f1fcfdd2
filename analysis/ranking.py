"""Orders found windows of sentences by how well they answer a question, and refuses all of them when none does.

Retrieval is the store's work; what comes from any engine is ranked here, so that answers do not differ by engine.
A window is scored as by BM25 over its words and its article's headline and outlet, and judged by its evidence: the
share of the question's words, rare ones counting most, that stand in it and in its best sentence, with the
question's names and neighbouring words together. Figures: docs/decisions/0009.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.asked import Asked, Word, read
from analysis.lists import words


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one article, with the headline and outlet that help to find them."""

    sentences: tuple[str, ...]
    title: str = ""
    outlet: str = ""
    article: Hashable = None


@dataclass(frozen=True, slots=True)
class WindowCounts:
    """How many windows are searched, and in how many of them each word of the question stands.

    ``of`` goes by comparison key without a possessive "'s"; words that it leaves out are judged by the windows found.
    """

    windows: int
    of: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A window that answers: its position among those given, its best sentence's position in it.

    ``score`` orders; ``evidence`` (0 to about 1.2) is how much of the question the window holds.
    """

    at: int
    sentence: int
    score: float
    evidence: float


_K, _B, _LENGTH = 1.2, 0.75, 55  # BM25's saturation and length share; words of a usual window
_TITLE = 1.0  # a word of the headline or outlet counts like one of the window
_SAME_ARTICLE = 0.1  # of what the article's next best windows score
_NEIGHBOURS, _NAMES = 0.15, 0.15
_RARE = 1.5  # how much more a rare word counts as evidence
_ASKING, _COMMON = 0.3, 0.7  # the weight of words that ask rather than tell, and of words of any news
_STRICT = ((3, 0.5), (6, 0.42), (8, 0.36), (10, 0.3), (15, 0.2), (20, 0.18))
_LEAST, _LEAST_LONG = 0.15, 0.355  # for research: of a short question's window; of a long one's, with _TOGETHER
_LONG = 12  # content words, from which on several windows may answer together
_TOGETHER, _SEVERAL = 0.3, 10  # of the share that so many windows hold together
_NAMES_NEEDED = 8  # content words of a question, up to which one window has to hold all its names


def rank(
    question: str,
    windows: Sequence[Window],
    counts: WindowCounts | None = None,
    *,
    most: int = 10,
    strict: bool = True,
) -> list[Ranked]:
    """The windows that answer, best first, or none when the evidence is weak.

    ``counts`` are those of all that was searched; without them they are taken from the windows given. ``strict``
    drops each window that does not hold enough of the question by itself, which is right for readers; otherwise all
    are given as soon as one of them may answer, which is right for research.
    """
    there = [_Read.of(window) for window in windows]
    weighed = _Weighed.of(question, there, counts)
    judged = [_judge(weighed, at, window) for at, window in enumerate(there)] if weighed.weights else []
    if strict:
        needed = _needed(len(weighed.weights))
        judged = [one for one in judged if one.evidence >= needed and _answers(weighed.asked, there[one.at])]
    ordered = _ordered(judged, windows)
    return ordered[:most] if strict or _may_answer(weighed, ordered, there) else []


def _may_answer(question: _Weighed, ordered: Sequence[Ranked], there: Sequence[_Read]) -> bool:
    """Whether the windows are worth a researcher's look: one alone, or for long questions the best ones together."""
    best = max((one.evidence for one in ordered), default=0.0)
    if len(question.weights) < _LONG:
        return best >= _LEAST
    together = frozenset().union(*(there[one.at].counts.keys() | there[one.at].about for one in ordered[:_SEVERAL]))
    return best + _TOGETHER * question.share(together) >= _LEAST_LONG


def _needed(words_asked: int) -> float:
    """The least evidence, which is lower for long questions: no window holds all of those."""
    for (few, high), (many, low) in pairwise(_STRICT):
        if words_asked <= many:
            return high + (low - high) * max(0, words_asked - few) / (many - few)
    return _STRICT[-1][1]


def _ordered(judged: Iterable[Ranked], windows: Sequence[Window]) -> list[Ranked]:
    """By score, with a little for the other windows of the same article."""
    by_article: dict[Hashable, list[float]] = defaultdict(list)
    first = sorted(judged, key=lambda one: -one.score)
    for one in first:
        by_article[windows[one.at].article].append(one.score)
    others = {article: sum(scores[1:4]) for article, scores in by_article.items() if article is not None}
    return sorted(first, key=lambda one: -(one.score + _SAME_ARTICLE * others.get(windows[one.at].article, 0.0)))


@dataclass(frozen=True, slots=True)
class _Read:
    """A window in comparable forms: its sentences, all its words, its headline and outlet, what stands side by side."""

    text: str
    sentences: tuple[frozenset[str], ...]
    counts: Counter[str]
    about: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, window: Window) -> _Read:
        sentences = [[word.form for word in read(text)] for text in window.sentences]
        every = [form for sentence in sentences for form in sentence]
        about = frozenset(word.form for word in read(f"{window.title}\n{window.outlet}"))
        return cls(
            "\n".join(window.sentences),
            tuple(map(frozenset, sentences)),
            Counter(every),
            about,
            frozenset(pairwise(every)),
        )

    def has(self, form: str) -> bool:
        return form in self.counts or form in self.about


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A question and how much each of its words tells among what was searched."""

    asked: Asked
    weights: Mapping[str, float]

    @classmethod
    def of(cls, question: str, there: Sequence[_Read], counts: WindowCounts | None) -> _Weighed:
        asked = Asked.of(question)
        return cls(asked, {word.form: _weight(word, asked, there, counts) for word in asked.words})

    def share(self, there: Container[str]) -> float:
        """The share of the question's words that is there, by weight."""
        whole = sum(weight**_RARE for weight in self.weights.values())
        return sum(weight**_RARE for word, weight in self.weights.items() if word in there) / whole if whole else 0.0


def _weight(word: Word, asked: Asked, there: Sequence[_Read], counts: WindowCounts | None) -> float:
    total, found = len(there), sum(word.form in window.counts for window in there)
    if counts is not None and total:
        known = counts.of.get(word.token.key.removesuffix("'s"))
        total, found = (
            max(counts.windows, total),
            found * counts.windows // total if known is None else max(known, found),
        )
    less = _ASKING if word.form in asked.asking else _COMMON if word.token.key in words("common_words") else 1.0
    return less * math.log(1 + (max(total - found, 0) + 0.5) / (found + 0.5))


def _judge(question: _Weighed, at: int, window: _Read) -> Ranked:
    evidence = _evidence(question, window)
    length = 1 - _B + _B * sum(window.counts.values()) / _LENGTH
    score = sum(weight * _strength(word, window, length) for word, weight in question.weights.items())
    shares = [question.share(sentence) for sentence in window.sentences]
    return Ranked(at, shares.index(max(shares)) if shares else 0, score * (1 + max(evidence, 0.0)), evidence)


def _evidence(question: _Weighed, window: _Read) -> float:
    asked = question.asked
    best = max((question.share(sentence | window.about) for sentence in window.sentences), default=0.0)
    found = (question.share(window.counts.keys() | window.about) + best) / 2
    if asked.pairs:
        found += _NEIGHBOURS * (_part(pair in window.pairs for pair in asked.pairs) - 0.3)
    if asked.names:
        found += _NAMES * (_part(_named(name, window) for name in asked.names) - 0.5)
    return found


def _strength(word: str, window: _Read, length: float) -> float:
    often = window.counts[word]
    inside = often * (_K + 1) / (often + _K * length) if often else 0.0
    return inside + (_TITLE * (0.5 if often else 1.0) if word in window.about else 0.0)


def _part(found: Iterable[bool]) -> float:
    every = list(found)
    return sum(every) / len(every)


def _named(name: Sequence[str], window: _Read) -> bool:
    """Whether a name stands in the window or headline, its words side by side."""
    return all(word in window.about for word in name) or (
        all(word in window.counts for word in name) and all(pair in window.pairs for pair in pairwise(name))
    )


def _answers(asked: Asked, window: _Read) -> bool:
    """Whether a window can answer a short question: it has the names, or their last words, and what is asked for."""
    if len(asked.words) > _NAMES_NEEDED:
        return True
    named = all(window.has(name[-1]) or _named(name, window) for name in asked.names)
    return named and asked.expected.stands_in(window.text)
