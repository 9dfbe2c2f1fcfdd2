"""Merges the people of a story's articles into one entry a person, and keeps namesakes apart.

Precise before complete: a name joins a person only where it fits that one person and nobody else in the story.
Two entries of one article are never merged, since that article's own reading told them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from analysis.lists import lines, words
from analysis.model import Person, SpeakerKind
from analysis.spelling import plain, same_first_name, sound
from analysis.words import key, tokens

Article = TypeVar("Article", bound=Hashable)

_VOWELS = re.compile("(?!^)[aeiou](?!$)")
_GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


@dataclass(frozen=True, slots=True)
class CastEntry(Generic[Article]):
    """One person or speaking organisation of a story.

    ``members`` are (article id, position in that article's people). ``name`` is the full name that most
    articles print, ``aliases`` all other printed names.
    """

    name: str
    kind: SpeakerKind
    members: tuple[tuple[Article, int], ...]
    aliases: tuple[str, ...] = ()
    gender: str | None = None


def merge(casts: Sequence[tuple[Article, Sequence[Person]]]) -> list[CastEntry[Article]]:
    """One entry a person over all articles of a story, in order of first appearance."""
    seen = [
        _Seen(order, article, position, person, _parse(person.name))
        for order, (article, position, person) in enumerate(
            (article, position, person) for article, people in casts for position, person in enumerate(people)
        )
    ]
    clusters = [
        *_people([one for one in seen if one.person.kind is SpeakerKind.PERSON]),
        *_organisations([one for one in seen if one.person.kind is SpeakerKind.ORGANISATION]),
        *(_Cluster(one) for one in seen if one.person.kind is SpeakerKind.ROLE),
    ]
    grouped = (sorted(cluster.seen, key=lambda one: one.order) for cluster in clusters)
    return [_entry(each) for each in sorted(grouped, key=lambda each: each[0].order)]


@dataclass(frozen=True, slots=True)
class _Name:
    """A printed name in words for comparing, without its titles."""

    words: tuple[str, ...]
    generation: str = ""
    gender: str | None = field(default=None, compare=False)

    @property
    def full(self) -> bool:
        """Whether it has a first name besides the family name."""
        return len(self.words) > 1


@dataclass(frozen=True, slots=True)
class _Seen(Generic[Article]):
    """A person as one article has it."""

    order: int
    article: Article
    position: int
    person: Person
    name: _Name = field(compare=False)

    @property
    def gender(self) -> str | None:
        """As the article tells it, else as a title in the name does."""
        return self.person.gender or self.name.gender


@cache
def _titles() -> dict[str, str]:
    rows = (line.split() for line in lines("titles"))
    return {key(title): mark[0] if mark and mark[0] in ("m", "f") else "" for title, *mark in rows}


@lru_cache(maxsize=4096)
def _parse(text: str) -> _Name:
    """The words of a name: initials apart, titles, "the" and generation taken off."""
    every: list[str] = []
    for token in tokens(text):
        printed = text[token.start : token.end].rstrip(".")
        initials = "." in printed and all(len(part) == 1 for part in printed.split("."))
        every += list(token.key) if initials else [plain(token.key.removesuffix("'s"))]
    gender = None
    while len(every) > 1 and (every[0] in _titles() or every[0] == "the"):
        gender = gender or _titles().get(every.pop(0)) or None
    generation = every.pop() if len(every) > 1 and every[-1] in _GENERATIONS else ""
    return _Name(tuple(every), generation.replace("junior", "jr").replace("senior", "sr"), gender)


_Key = tuple[str, ...]


class _Cluster(Generic[Article]):
    """What several articles have of one person; what decides who joins it is at hand, however many there are."""

    def __init__(self, first: _Seen[Article]) -> None:
        self.seen = [first]
        self.names = {first.name: None}
        self.genders = {first.gender} - {None}
        self._of_article = {first.article: [first]}

    def extend(self, other: _Cluster[Article]) -> None:
        """Add all of another one."""
        self.seen += other.seen
        self.names.update(other.names)
        self.genders |= other.genders
        for article, seen in other._of_article.items():
            self._of_article.setdefault(article, []).extend(seen)

    def clashes(self, other: _Cluster[Article]) -> bool:
        """Whether a woman is in the one and a man in the other."""
        return bool(self.genders and other.genders) and len(self.genders | other.genders) > 1

    def is_kept_apart(self, other: _Cluster[Article]) -> bool:
        """Whether an article has somebody of both as two."""
        fewer, more = sorted((self._of_article, other._of_article), key=len)
        pairs = ((one, two) for article in fewer if article in more for one in fewer[article] for two in more[article])
        return any(_are_two(one, two) for one, two in pairs)


def _people(seen: Sequence[_Seen[Article]]) -> list[_Cluster[Article]]:
    """The same full names first, then full names that may be of one person, the fullest first, then parts of names."""
    same, full, called, strays = (_Index[Article]() for _ in range(4))
    for one in (one for one in seen if one.name.full):
        exactly = (*one.name.words, one.name.generation)
        same.put(_join(_Cluster(one), same.of(exactly)), exactly)
    for cluster in sorted(same.clusters, key=_fullness):
        name = cluster.seen[0].name
        family = sound(name.words[-1])
        fitting = [c for c in full.of((family,)) if all(_same_full(name, other) for other in c.names)]
        full.put(_join(cluster, fitting), (family,))
    for cluster in full.clusters:
        for printed, aliases in dict.fromkeys((other.name, other.person.aliases) for other in cluster.seen):
            called.put(cluster, *_callings(printed, aliases))
    for one in (one for one in seen if not one.name.full):
        fitting = called.of(one.name.words, *_sounds(one.name))
        joined = _join(_Cluster(one), fitting or strays.of(one.name.words))
        strays.put(joined, *([] if fitting else [one.name.words]))
    known = {id(cluster) for cluster in full.clusters}
    return full.clusters + [cluster for cluster in strays.clusters if id(cluster) not in known]


class _Index(Generic[Article]):
    """Clusters by the keys that may lead to them, so that not every pair needs comparing."""

    def __init__(self) -> None:
        self.clusters: list[_Cluster[Article]] = []
        self._known: set[int] = set()
        self._by_key: dict[_Key, list[_Cluster[Article]]] = {}

    def put(self, cluster: _Cluster[Article], *keys: _Key) -> None:
        """Add a cluster, or more keys of it."""
        if id(cluster) not in self._known:
            self._known.add(id(cluster))
            self.clusters.append(cluster)
        for one in keys:
            there = self._by_key.setdefault(one, [])
            if not any(known is cluster for known in there):
                there.append(cluster)

    def of(self, *keys: _Key) -> list[_Cluster[Article]]:
        """The clusters that any of the keys leads to."""
        return list({id(cluster): cluster for one in keys for cluster in self._by_key.get(one, ())}.values())


def _fullness(cluster: _Cluster[Article]) -> tuple[int, int, int]:
    """For sorting: the fullest name first, of equally full ones that of most articles."""
    first = cluster.seen[0]
    return (-len(first.name.words), -len(cluster.seen), first.order)


def _join(new: _Cluster[Article], fitting: Sequence[_Cluster[Article]]) -> _Cluster[Article]:
    """Join the one fitting cluster; stand alone where none or several fit, or an article keeps them apart."""
    agreeing = [cluster for cluster in fitting if not cluster.clashes(new)]
    if len(agreeing) == 1 and not agreeing[0].is_kept_apart(new):
        agreeing[0].extend(new)
        return agreeing[0]
    return new


def _are_two(one: _Seen[Article], other: _Seen[Article]) -> bool:
    """Whether an article has both as two: not where it gives the name of one as an alias of the other."""
    return not (_has_alias(one, other.name) or _has_alias(other, one.name))


def _has_alias(one: _Seen[Article], name: _Name) -> bool:
    return name.full and any(_parse(alias) == name for alias in one.person.aliases)


def _ends(whole: _Key) -> list[_Key]:
    """What is left of a name without its first words: "Jong Un", "Claude Juncker", "Juncker"."""
    return [whole[at:] for at in range(1, len(whole))]


def _callings(name: _Name, aliases: Sequence[str]) -> list[_Key]:
    """The parts of a full name that may stand for it elsewhere."""
    whole = name.words
    parts = _ends(whole) + [_parse(alias).words for alias in aliases]
    if _opens_with_family(name):
        parts.append(whole[:1])
    return [part for part in parts if part and part != whole] + _sounds(_Name(whole[-1:]))


def _opens_with_family(name: _Name) -> bool:
    return name.full and name.words[0] in words("family_name_first")


def _sounds(name: _Name) -> list[_Key]:
    """A key for a single long word that other transliterations share."""
    return [("~", sound(name.words[0]))] if len(name.words) == 1 and len(name.words[0]) > 4 else []


def _same_full(a: _Name, b: _Name) -> bool:
    """Whether two full names may be of one person: "Mike Pompeo", "Michael R. Pompeo"."""
    if a.generation != b.generation:
        return False
    if a.words == b.words or a.words in _ends(b.words) or b.words in _ends(a.words):
        return True
    if not (_alike(a.words[-1], b.words[-1]) and _alike_first(a.words[0], b.words[0])):
        return False
    middles = [[word for word in name.words[1:-1] if word not in words("name_particles")] for name in (a, b)]
    return all(_alike_first(x, y) for x, y in zip(*middles, strict=False))


def _alike(one: str, other: str) -> bool:
    """The same family name, or two transliterations of one."""
    return one == other or (min(len(one), len(other)) > 4 and sound(one) == sound(other))


def _alike_first(one: str, other: str) -> bool:
    """The same first name: an initial, a short form, or transliterations ("Mohammed", "Muhammad")."""
    if same_first_name(one, other):
        return True
    a, b = sound(one), sound(other)
    if min(len(one), len(other)) > 3 and a == b:
        return True
    return min(len(a), len(b)) > 5 and OSA.distance(a, b) == 1 and _VOWELS.sub("", a) == _VOWELS.sub("", b)


def _organisations(seen: Sequence[_Seen[Article]]) -> list[_Cluster[Article]]:
    """Organisations with a name or alias in common, or one's initials the other's name."""
    index = _Index[Article]()
    for one in sorted(map(_Cluster, seen), key=_fullness):
        called = [(name,) for name in _called(one.seen[0].name, one.seen[0].person)]
        index.put(_join(one, index.of(*called)), *called)
    return index.clusters


def _called(name: _Name, person: Person) -> set[str]:
    """What an organisation is called, its initials included."""
    names = {_comparable(text).removeprefix("the ") for text in (person.name, *person.aliases)}
    content = [word for word in name.words if word not in words("stop_words")]
    return (names | ({"".join(word[0] for word in content)} if len(content) > 1 else set())) - {""}


_comparable = lru_cache(maxsize=4096)(key)


def _entry(cluster: Sequence[_Seen[Article]]) -> CastEntry[Article]:
    name = _best_name(cluster)
    printed = [text for one in cluster for text in (one.person.name, *one.person.aliases)]
    genders = [gender for one in cluster if (gender := one.gender)]
    return CastEntry(
        name=name,
        kind=cluster[0].person.kind,
        members=tuple((one.article, one.position) for one in cluster),
        aliases=tuple(text for text in dict.fromkeys(printed) if text != name),
        gender=genders[0] if genders else None,
    )


def _best_name(cluster: Sequence[_Seen[Article]]) -> str:
    """The full name that most articles print; of those the one with most mentions, then the first."""
    cut = {
        end for one in cluster if one.name.words[:1] and _opens_with_family(one.name) for end in _ends(one.name.words)
    }
    whole = [one for one in cluster if one.name.full and one.name.words not in cut]
    longest = [one for one in whole if one.name.words[0] not in words("name_particles")] or whole or cluster
    articles = Counter(one.person.name for one in longest)
    mentions: Counter[str] = Counter()
    for one in longest:
        mentions[one.person.name] += len(one.person.mentions)
    return max(articles, key=lambda name: (articles[name], mentions[name]))
