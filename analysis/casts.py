"""Merges the people of a story's articles into one entry a person, and keeps namesakes apart.

Precise before complete: a name joins a person only where it fits that one person and nobody else in the story.
Two entries of one article are never merged, since that article's own reading told them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from analysis.cast_names import Key, PrintedName, callings, ends, opens_with_family, parse, same_full, sounds
from analysis.lists import words
from analysis.model import Person, SpeakerKind
from analysis.spelling import sound
from analysis.words import key

Article = TypeVar("Article", bound=Hashable)


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
        _Seen(order, article, position, person, parse(person.name))
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
class _Seen(Generic[Article]):
    """A person as one article has it."""

    order: int
    article: Article
    position: int
    person: Person
    name: PrintedName = field(compare=False)

    @property
    def gender(self) -> str | None:
        """As the article tells it, else as a title in the name does."""
        return self.person.gender or self.name.gender


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
        fitting = [c for c in full.of((family,)) if all(same_full(name, other) for other in c.names)]
        full.put(_join(cluster, fitting), (family,))
    for cluster in full.clusters:
        for printed, aliases in dict.fromkeys((other.name, other.person.aliases) for other in cluster.seen):
            called.put(cluster, *callings(printed, aliases))
    for one in (one for one in seen if not one.name.full):
        fitting = called.of(one.name.words, *sounds(one.name))
        joined = _join(_Cluster(one), fitting or strays.of(one.name.words))
        strays.put(joined, *([] if fitting else [one.name.words]))
    known = {id(cluster) for cluster in full.clusters}
    return full.clusters + [cluster for cluster in strays.clusters if id(cluster) not in known]


class _Index(Generic[Article]):
    """Clusters by the keys that may lead to them, so that not every pair needs comparing."""

    def __init__(self) -> None:
        self.clusters: list[_Cluster[Article]] = []
        self._known: set[int] = set()
        self._by_key: dict[Key, list[_Cluster[Article]]] = {}

    def put(self, cluster: _Cluster[Article], *keys: Key) -> None:
        """Add a cluster, or more keys of it."""
        if id(cluster) not in self._known:
            self._known.add(id(cluster))
            self.clusters.append(cluster)
        for one in keys:
            there = self._by_key.setdefault(one, [])
            if not any(known is cluster for known in there):
                there.append(cluster)

    def of(self, *keys: Key) -> list[_Cluster[Article]]:
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


def _has_alias(one: _Seen[Article], name: PrintedName) -> bool:
    return name.full and any(parse(alias) == name for alias in one.person.aliases)


def _organisations(seen: Sequence[_Seen[Article]]) -> list[_Cluster[Article]]:
    """Organisations with a name or alias in common, or one's initials the other's name."""
    index = _Index[Article]()
    for one in sorted(map(_Cluster, seen), key=_fullness):
        called = [(name,) for name in _called(one.seen[0].name, one.seen[0].person)]
        index.put(_join(one, index.of(*called)), *called)
    return index.clusters


def _called(name: PrintedName, person: Person) -> set[str]:
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
    cut = {end for one in cluster if one.name.words[:1] and opens_with_family(one.name) for end in ends(one.name.words)}
    whole = [one for one in cluster if one.name.full and one.name.words not in cut]
    longest = [one for one in whole if one.name.words[0] not in words("name_particles")] or whole or cluster
    articles = Counter(one.person.name for one in longest)
    mentions: Counter[str] = Counter()
    for one in longest:
        mentions[one.person.name] += len(one.person.mentions)
    return max(articles, key=lambda name: (articles[name], mentions[name]))
