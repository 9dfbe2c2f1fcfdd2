"""What the articles of a story print about one person: roles, own words, and the places that mention the person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.document import Field
from analysis.model import MentionKind, Span, SpeakerKind
from analysis.words import key
from handlers.grouping import once
from handlers.speech import said_in
from handlers.wording import stands_in, without_article
from store import Store
from store.model import CastMember, Passage, StoredQuotation, Story


@dataclass(frozen=True, slots=True)
class Portrait:
    """Each passage once over all copies, in the order of the story; ``named``: all names and roles, no pronouns."""

    roles: tuple[Passage, ...]
    said: tuple[StoredQuotation, ...]
    by_others: tuple[StoredQuotation, ...]
    elsewhere: tuple[Passage, ...]
    named: tuple[Passage, ...]


def portrait(member: CastMember, story: Story, store: Store) -> Portrait:
    """Gathers it all."""
    everything = said_in(story.id, store)
    named = [place for place, kind in member.mentions if kind is not MentionKind.PRONOUN]
    named += printed_elsewhere(member, store.cast(story.id), story, store)
    places = _Places(named)
    theirs = [said for said in everything if member.id in said.people]
    others = [said for said in everything if member.id not in said.people and any(map(places.meet, said.parts))]
    return Portrait(
        roles=tuple(_fullest(member.roles)),
        said=tuple(once(theirs)),
        by_others=tuple(once(others)),
        elsewhere=tuple(_elsewhere(places, [*theirs, *others], store)),
        named=tuple(named),
    )


def printed_elsewhere(member: CastMember, cast: Sequence[CastMember], story: Story, store: Store) -> list[Passage]:
    """Where articles print an organisation that does not speak in them, outside longer names; none for people.

    An article's own cast has only the organisations that speak, so these places are nobody's mentions.
    """
    if member.kind is not SpeakerKind.ORGANISATION:
        return []
    names = sorted({member.name, *member.aliases}, key=len, reverse=True)
    wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    others = [each for each in cast if each.id != member.id]
    taken = _Places(place for other in others for place, kind in other.mentions if kind is MentionKind.NAME)
    found = [
        store.passage(article.version_id, field, Span(*match.span()))
        for article in store.articles(story.id)
        if article.id not in member.articles
        for field in Field
        for match in wanted.finditer(store.text(article.version_id, field))
    ]
    return [place for place in found if not taken.meet(place)]


class _Places:
    """Passages by the text that they stand in."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._spans: dict[tuple[int, Field], list[Span]] = defaultdict(list)
        for each in passages:
            self._spans[each.version_id, each.field].append(each.span)

    @property
    def versions(self) -> list[int]:
        """The article versions, in order of their first passage."""
        return list(dict.fromkeys(version for version, _ in self._spans))

    def meet(self, other: Passage) -> bool:
        """Whether one of the passages shares a code point with the other one."""
        return any(span.meets(other.span) for span in self._spans.get((other.version_id, other.field), ()))


def _fullest(roles: Sequence[Passage]) -> Iterator[Passage]:
    """Each role once, without those that a fuller one holds ("President" in "Russian President")."""
    keys: dict[str, Passage] = {}
    for role in roles:
        keys.setdefault(without_article(role.text), role)
    for words, role in keys.items():
        if not any(words != other and stands_in(words, other) for other in keys):
            yield role


def _elsewhere(places: _Places, shown: Sequence[StoredQuotation], store: Store) -> Iterator[Passage]:
    """The sentences that mention the person outside the quotations that are shown."""
    seen: set[str] = set()
    quoted = _Places(part for said in shown for part in said.parts)
    for version in places.versions:
        for sentence in store.sentences(version):
            words = key(sentence.text) if places.meet(sentence) else ""
            if words and words not in seen and not quoted.meet(sentence):
                yield sentence
            seen.add(words)
