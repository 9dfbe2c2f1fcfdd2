"""Finds whom somebody means by a typed name: misspelt, partial, reordered, transliterated, or a role."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import OSA

from analysis.lists import lines, words
from analysis.spelling import is_nickname, name_words, plain, sound
from analysis.words import key

Id = TypeVar("Id", bound=Hashable)

CLEAR = 0.78  # one wrong letter in five
MARGIN = 0.07
POSSIBLE = 0.62
_WORD = 0.65  # less alike words do not stand for each other
_ORDINARY = 0.75  # an everyday word ("plan") may stand for itself rather than for a name like it
_ROLE = 0.9  # a role is a weaker sign than a name
_SHORTLIST = 150
_PREPOSITIONS = frozenset(["of", "at", "for", "in", "from", "with", "on", "to", "who", "which", "and", "by", "as"])


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """Who was meant: ``candidates`` best first; ``best`` is the first one, None when nobody fits.

    ``clear`` says that it may be answered at once; else ask "Did you mean …?". ``score`` is 0 to 1.
    """

    best: Id | None = None
    clear: bool = False
    candidates: tuple[Id, ...] = ()
    score: float = 0.0


def match_name(typed: str, choices: Mapping[Id, Sequence[str]], limit: int = 5) -> Match[Id]:
    """The choice that the typed words mean. A choice's first text is its name; aliases and roles follow."""
    asked = _Asked.of(typed[:200])
    if not asked.words:
        return Match()
    scored = [(asked.score(choices[who]), who) for who in _shortlist(typed[:200], choices)]
    ranked = sorted((pair for pair in scored if pair[0] >= POSSIBLE), key=lambda pair: -pair[0])
    if not ranked:
        return Match()
    best, who = ranked[0]
    ahead = len(ranked) == 1 or best - ranked[1][0] >= MARGIN
    near = tuple(name for score, name in ranked[:limit] if best - score < 0.3)
    return Match(who, ahead and best >= CLEAR, near, min(best, 1.0))


def _shortlist(typed: str, choices: Mapping[Id, Sequence[str]]) -> Sequence[Id]:
    """All choices when they are few, else those most like the typed words by a quick measure."""
    if len(choices) <= _SHORTLIST:
        return list(choices)
    texts = [(text, who) for who, names in choices.items() for text in names]
    found = process.extract(
        typed, [text for text, _ in texts], scorer=fuzz.WRatio, processor=utils.default_process, limit=_SHORTLIST
    )
    return list(dict.fromkeys(texts[at][1] for _, _, at in found))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The typed words: those that must fit, and titles that may."""

    words: tuple[str, ...]
    titles: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> _Asked:
        every = name_words(typed)
        content = tuple(word for word in every if word not in words("stop_words")) or tuple(
            word for word in every if len(word) > 2
        )
        names = tuple(word for word in content if word not in _titles())
        return cls(names, tuple(w for w in content if w in _titles())) if names else cls(content, ())

    def score(self, names: Sequence[str]) -> float:
        """How well a choice fits, 0 to about 1.1."""
        shaped = [_shape(text) for text in names]
        if not shaped:
            return 0.0
        own = set(shaped[0].words)
        roles = [shape for shape in shaped[1:] if not own & set(shape.words)]
        called = [shape for shape in shaped if own & set(shape.words)] or shaped[:1]
        extra = {word for shape in roles for word in shape.words}
        return max(
            max(self._as_name(shape.words, extra, first=shape is shaped[0]) for shape in called),
            max((self._as_role(shape) for shape in roles), default=0.0),
        )

    def _as_name(self, name: tuple[str, ...], extra: set[str], *, first: bool) -> float:
        sims = [max((alike(word, other) for other in name), default=0.0) for word in self.words]
        whole = _run_together(self.words, name)
        if max(sims, default=0.0) < _WORD:
            return whole
        weights = [
            0.0 if len(word) == 1 and sim < _WORD and len(self.words) > 1 else 1.0
            for word, sim in zip(self.words, sims, strict=True)
        ]
        fits = [
            sim if sim >= _WORD else (_ROLE if word in extra else 0.0)
            for word, sim in zip(self.words, sims, strict=True)
        ]
        mean = sum(w * f for w, f in zip(weights, fits, strict=True)) / (sum(weights) or 1.0)
        return max(mean + self._order(name, first=first), whole)

    def _order(self, name: tuple[str, ...], *, first: bool) -> float:
        """A little more for words that are the beginning or end of the name in order, and more for the whole name."""
        size = len(self.words)
        if size < 2 or not first or size > len(name):
            return 0.0
        ends = (name[:size], name[-size:])
        if not any(all(alike(a, b) >= 0.9 for a, b in zip(self.words, end, strict=True)) for end in ends):
            return 0.0
        return 0.16 if size == len(name) else 0.08

    def _as_role(self, role: _Shape) -> float:
        """Every word must stand in the role, and one of them must be its head ("leader", "secretary")."""
        asked = self.words + self.titles
        if not any(alike(word, role.head) >= 0.8 for word in asked):
            return 0.0
        sims = [max((alike(word, other) for other in role.words), default=0.0) for word in asked]
        return _ROLE * min(sims) if min(sims) >= 0.8 else 0.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """A name or role as words; the head is the noun that its qualifiers hang on."""

    words: tuple[str, ...]
    head: str


@lru_cache(maxsize=20_000)
def _shape(text: str) -> _Shape:
    every = name_words(text)
    content = tuple(w for w in every if w not in words("stop_words")) or every
    before: list[str] = []
    for word in every:
        if word in _PREPOSITIONS and before:
            break
        before += [] if word in words("stop_words") else [word]
    return _Shape(content if len(every) > 4 else every, before[-1] if before else "")


@cache
def _titles() -> frozenset[str]:
    return frozenset(plain(key(line.split()[0])) for line in lines("titles"))


@lru_cache(maxsize=100_000)
def alike(typed: str, word: str) -> float:
    """How likely a typed word stands for a word of a name, 0 to 1."""
    if typed == word:
        return 1.0
    if min(len(typed), len(word)) < 3:
        return 0.0
    if is_nickname(typed, word):
        return 0.92
    if min(len(typed), len(word)) > 3 and sound(typed) == sound(word):
        return 0.96
    begun = (0.7 + 0.3 * len(typed) / len(word) if len(typed) > 3 else 0.7) if word.startswith(typed) else 0.0
    near = max(begun, _edited(typed, word), 0.98 * _edited(sound(typed), sound(word)))
    return min(near, _ORDINARY) if typed in words("common_words") else near


def _edited(typed: str, word: str) -> float:
    size = max(len(typed), len(word))
    allowed = 0 if size < 4 else 1 if size < 6 else 2 if size < 9 else 3
    edits = OSA.distance(typed, word, score_cutoff=allowed)
    if edits > allowed:
        return 0.0
    return 1 - edits / size - (0.1 if typed[:1] != word[:1] else 0.0)


def _run_together(asked: tuple[str, ...], name: tuple[str, ...]) -> float:
    """For words typed without their spaces, or with others: "xijinping", "kim jongun"."""
    typed, whole = "".join(asked), "".join(name)
    if len(typed) < 5 or not name:
        return 0.0
    if typed == whole or sound(typed) == sound(whole):
        return 0.97
    pairs = ("".join(name[at:end]) for at in range(len(name)) for end in range(at + 2, len(name) + 1))
    if any(typed == pair for pair in pairs):
        return 0.95
    ratio = fuzz.ratio(typed, whole) / 100
    return ratio * 0.95 if ratio > 0.88 and len(asked) != len(name) else 0.0
