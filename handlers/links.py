"""What a link to the bot leads to, written as Telegram takes it after "start=": a passage, a person or a story.

Passages and people are named by places in article versions, which are never altered, so that a link outlives every
update and every new reading; a story is named by its number, which is never given to another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.document import Field
from analysis.words import key
from handlers import places
from handlers.people import meant, pointer
from store import Store
from store.model import CastMember, Passage, Story

LONGEST = 64
"""Most characters of a payload, each a letter, a digit, "_" or "-" (Bot API manual)."""

_FIELDS = {"h": Field.HEADLINE, "b": Field.BODY, "c": Field.CAPTION}
_LETTERS = {field: letter for letter, field in _FIELDS.items()}
_PLACE = re.compile(r"([pw])-([0-9]{1,15})-([hbc])-([0-9]{1,9})-([0-9]{1,9})")
_STORY = re.compile(r"s-([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: the question to ask, and the story that the chat is to talk about from then on."""

    command: str
    words: str
    story: Story


def to_passage(written: str) -> str:
    """A link to a place as ``places.written`` has it; empty for what is none."""
    found = places.WRITTEN.fullmatch(written)
    return f"p-{found[1]}-{found[2][0]}-{found[3]}-{found[4]}" if found else ""


def to_person(member: CastMember) -> str:
    """A link to whoever is meant where they are first mentioned; empty for one who is mentioned nowhere."""
    place = member.mentions[0][0] if member.mentions else None
    if place is None:
        return ""
    return f"w-{place.version_id}-{_LETTERS[place.field]}-{place.span.start}-{place.span.end}"


def to_story(story: Story) -> str:
    """A link to a story."""
    return f"s-{story.id}"


def is_link(words: str) -> bool:
    """Whether words are what a link has; it may be forged, or lead to what is not there any more."""
    return len(words) <= LONGEST and bool(_PLACE.fullmatch(words) or _STORY.fullmatch(words))


def target(words: str, store: Store) -> Target | None:
    """What a link leads to; None where there is no such thing (any more)."""
    if found := _STORY.fullmatch(words):
        story = store.story(int(found[1]))
        return None if story is None else Target("summary", "", story)
    found = _PLACE.fullmatch(words)
    place = _passage(found, store) if found else None
    story = None if place is None else _home(place, store)
    if found is None or place is None or story is None:
        return None
    if found[1] == "p":
        return Target("context", places.written((place,)), story)
    person = _person(place, story, store)
    return None if person is None else Target("who", person, story)


def _passage(found: re.Match[str], store: Store) -> Passage | None:
    return places.find(f"@{found[2]}:{_FIELDS[found[3]].value}:{found[4]}:{found[5]}", store)


def _home(place: Passage, store: Store) -> Story | None:
    article = store.version(place.version_id)
    story = None if article is None else store.story_of(article.id)
    return None if story is None else store.story(story)


def _person(place: Passage, story: Story, store: Store) -> str | None:
    """Whoever is mentioned at a place, in a version that need not be the newest; as words that mean just them."""
    cast = store.cast(story.id)
    for member in cast:
        if any(_meets(place, mention) for mention, _ in member.mentions):
            return pointer(member, cast)
    named = [member for member in cast if key(place.text) in {key(name) for name in (member.name, *member.aliases)}]
    if len(named) == 1:
        return pointer(named[0], cast)
    return place.text if meant(place.text, cast).clear is not None else None


def _meets(one: Passage, other: Passage) -> bool:
    same = one.version_id == other.version_id and one.field is other.field
    return same and one.span.meets(other.span)
