"""What the articles of a story print about one person: roles, own words, and the places that mention the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.model import MentionKind
from analysis.words import key
from handlers.grouping import once
from handlers.wording import stands_in
from store import Store
from store.model import CastMember, Passage, StoredQuotation, Story


@dataclass(frozen=True, slots=True)
class Portrait:
    """Each passage once over all copies, in the order of the story; ``times`` counts names and roles, no pronouns."""

    roles: tuple[Passage, ...]
    said: tuple[StoredQuotation, ...]
    by_others: tuple[StoredQuotation, ...]
    elsewhere: tuple[Passage, ...]
    times: int


def portrait(member: CastMember, story: Story, store: Store) -> Portrait:
    """Gathers it all."""
    everything = store.quotations(story.id)
    places = [place for place, kind in member.mentions if kind is not MentionKind.PRONOUN]
    theirs = [said for said in everything if member.id in said.people]
    others = [said for said in everything if member.id not in said.people and _mentioned_in(said.parts, places)]
    return Portrait(
        roles=tuple(_fullest(member.roles)),
        said=tuple(once(theirs)),
        by_others=tuple(once(others)),
        elsewhere=tuple(_elsewhere(places, [*theirs, *others], store)),
        times=len(places),
    )


def _fullest(roles: Sequence[Passage]) -> Iterator[Passage]:
    """Each role once, without those that a fuller one holds ("President" in "Russian President")."""
    keys = {_bare(role.text): role for role in reversed(roles)}
    for words, role in reversed(keys.items()):
        if not any(words != other and stands_in(words, other) for other in keys):
            yield role


def _bare(role: str) -> str:
    """The comparison key of a role without its article: "the president" is "president"."""
    return key(role).removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _elsewhere(places: Sequence[Passage], shown: Sequence[StoredQuotation], store: Store) -> Iterator[Passage]:
    """The sentences that mention the person outside the quotations that are shown."""
    seen: set[str] = set()
    for version in dict.fromkeys(place.version_id for place in places):
        for sentence in store.sentences(version):
            words = key(sentence.text)
            if words in seen or not _mentioned_in((sentence,), places):
                continue
            seen.add(words)
            if not any(_meets(part, sentence) for said in shown for part in said.parts):
                yield sentence


def _mentioned_in(parts: Iterable[Passage], places: Sequence[Passage]) -> bool:
    return any(_meets(part, place) for part in parts for place in places)


def _meets(one: Passage, other: Passage) -> bool:
    return one.version_id == other.version_id and one.field is other.field and one.span.meets(other.span)
