"""Tells which articles are about the same events, so that an article joins its story as it is loaded.

Each article is two vectors of its words, one of its beginning and one of its lead, names counting a little more;
weights fall with the number of loaded articles that use the word. An article joins the story whose middle it is
nearest to, by the mean of the two cosines, when it is near enough and, where dates are stated, not many days apart.
Figures: docs/decisions/0009.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from analysis.lists import words
from analysis.stemming import stem
from analysis.words import tokens

StoryId = TypeVar("StoryId", bound=Hashable)

WINDOW = 3  # days between an article and the nearest one of its story
NEAR_ONE = 0.17  # the least likeness to a story of one article
NEAR_MANY = 0.28  # and to a long one, whose middle is nearer to everything

_WORDS, _LEAD = 400, 60  # content words read of an article, and of its headline and lead
_NAME = 1.2
_FEWEST = 5  # different words, below which a text tells nothing of its story
_SENTENCE_EDGE = re.compile(r"[.!?:\"“”\n\r]")

# What a small store cannot know yet: as if 50 articles were loaded before, a common word standing in 10 of them.
_BEFORE, _COMMON, _RARE = 50, 10, 0.5


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an article tells of: word -> weight, the day it was published if stated, and the words of its lead."""

    terms: Mapping[str, float]
    day: date | None = None
    lead: Mapping[str, float] = field(default_factory=dict)

    def dump(self) -> str:
        """As text for the store."""
        rounded = ({term: round(amount, 3) for term, amount in each.items()} for each in (self.terms, self.lead))
        return json.dumps(
            [self.day.isoformat() if self.day else None, *rounded], ensure_ascii=False, separators=(",", ":")
        )

    @classmethod
    def load(cls, text: str) -> Fingerprint:
        """From the text that ``dump`` made. Raises ValueError for any other."""
        try:
            day, terms, lead = json.loads(text)
            return cls(dict(terms), date.fromisoformat(day) if day else None, dict(lead))
        except (TypeError, ValueError) as error:
            raise ValueError("not a fingerprint") from error


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles are loaded, and in how many of them each word stands (the new article included)."""

    articles: int = 0
    of: Mapping[str, int] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lengths: dict[int, tuple[Mapping[str, float], float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def weight(self, term: str) -> float:
        """How much a word tells: its inverse document frequency, never below 0."""
        known = self._weights.get(term)
        if known is None:
            before = _COMMON if term in _common() else _RARE
            share = (self.articles + _BEFORE + 0.5) / (self.of.get(term, 0) + before + 0.5)
            known = self._weights[term] = max(0.0, math.log(share))
        return known

    def length(self, terms: Mapping[str, float]) -> float:
        """The length of an article's vector, worked out once; the vector is kept, so that its id stays its own."""
        known = self._lengths.get(id(terms))
        if known is None:
            length = math.hypot(*(amount * self.weight(term) for term, amount in terms.items()))
            known = self._lengths[id(terms)] = (terms, length)
        return known[1]


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in words("common_words"))


def fingerprint(headline: str, body: str, published: date | None = None) -> Fingerprint:
    """What an article tells of. Empty texts have an empty one, which is like nothing."""
    text = body if not headline or body.startswith(headline) else f"{headline}\n\n{body}"
    every = _terms(text)
    return Fingerprint(_weighed(every), published, _weighed(every[:_LEAD]))


def _weighed(terms: Sequence[tuple[str, bool]]) -> dict[str, float]:
    used = Counter(term for term, _ in terms)
    named = Counter(term for term, is_name in terms if is_name)
    return {term: (1 + math.log(count)) * (_NAME if named[term] * 2 >= count else 1.0) for term, count in used.items()}


def _terms(text: str) -> list[tuple[str, bool]]:
    """The content words of a text's beginning as stems, and whether each is capitalised amid a sentence."""
    found: list[tuple[str, bool]] = []
    before = 0
    for token in tokens(text[: 20 * _WORDS]):
        gap, before, first = text[before : token.start], token.end, before == 0
        if token.key in words("stop_words") or (len(token.key) < 4 and not any(c.isalpha() for c in token.key)):
            continue
        is_name = text[token.start].isupper() and not first and not _SENTENCE_EDGE.search(gap)
        found.append((stem(token.key), is_name))
        if len(found) == _WORDS:
            break
    return found


def likeness(one: Fingerprint, other: Fingerprint, counts: Counts) -> float:
    """How much two articles tell of the same: the mean cosine of their weighted words and of their leads', 0 to 1."""
    return (_cosine(one.terms, other.terms, counts) + _cosine(one.lead, other.lead, counts)) / 2


def _cosine(one: Mapping[str, float], other: Mapping[str, float], counts: Counts) -> float:
    few, many = sorted((one, other), key=len)
    product = sum(amount * many[term] * counts.weight(term) ** 2 for term, amount in few.items() if term in many)
    return product / (counts.length(one) * counts.length(other)) if product else 0.0


def rare_terms(one: Fingerprint, counts: Counts, most: int = 12) -> list[str]:
    """The words that tell most of an article, for looking up the stories it may belong to."""
    return sorted(one.terms, key=lambda term: -one.terms[term] * counts.weight(term))[:most]


def choose_story(new: Fingerprint, known: Mapping[StoryId, Sequence[Fingerprint]], counts: Counts) -> StoryId | None:
    """The known story that an article belongs to, or None when it opens a new one."""
    if len(new.terms) < _FEWEST:
        return None
    best, chosen = 0.0, None
    for story, members in known.items():
        if not members or not _in_time(new, members):
            continue
        ahead = _nearness(new, members, counts) - _needed(len(members))
        if ahead >= best:
            best, chosen = ahead, story
    return chosen


def _in_time(new: Fingerprint, members: Sequence[Fingerprint]) -> bool:
    days = [member.day for member in members]
    return new.day is None or any(day is None or abs((day - new.day).days) <= WINDOW for day in days)


def _needed(articles: int) -> float:
    return NEAR_ONE + (NEAR_MANY - NEAR_ONE) * (1 - 1 / articles)


def _nearness(new: Fingerprint, members: Sequence[Fingerprint], counts: Counts) -> float:
    """The likeness of an article to the middle of a story, to which every member adds the same length."""
    middle = Fingerprint(_middle([one.terms for one in members]), None, _middle([one.lead for one in members]))
    return likeness(new, middle, counts)


def _middle(vectors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    middle: dict[str, float] = defaultdict(float)
    for vector in vectors:
        length = math.hypot(*vector.values()) or 1.0
        for term, amount in vector.items():
            middle[term] += amount / length
    return middle


def most_central(members: Sequence[Fingerprint], counts: Counts) -> int:
    """The position of the article that is most like all the others; of equal ones the first. 0 for none."""
    whole = _centrality([one.terms for one in members], counts)
    lead = _centrality([one.lead for one in members], counts)
    totals = [round(one + other, 9) for one, other in zip(whole, lead, strict=True)]
    return max(range(len(members)), key=lambda at: (totals[at], -at), default=0)


def _centrality(vectors: Sequence[Mapping[str, float]], counts: Counts) -> list[float]:
    """The sum of each vector's cosines with all the others: its product with the sum of them all, all of length 1."""
    units, middle = list[dict[str, float]](), defaultdict[str, float](float)
    for vector in vectors:
        length = counts.length(vector) or 1.0
        units.append({term: amount * counts.weight(term) / length for term, amount in vector.items()})
        for term, amount in units[-1].items():
            middle[term] += amount
    return [sum(amount * (middle[term] - amount) for term, amount in unit.items()) for unit in units]
