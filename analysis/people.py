"""Gathers the printed names of a text into people: one entry for one person over all the ways the name is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.lists import table
from analysis.model import SpeakerKind
from analysis.names import NameMention


@dataclass(slots=True)
class Entity:
    """A person or organisation while the text is still being read."""

    words: tuple[str, ...]
    kind: SpeakerKind = SpeakerKind.PERSON
    mentions: list[NameMention] = field(default_factory=list)
    gender: str | None = None

    @property
    def name(self) -> str:
        """The fullest printed name."""
        return " ".join(self.words)


def entities_of(mentions: Sequence[NameMention]) -> list[Entity]:
    """Full names first, then surnames and first names on their own, each to the person it must mean."""
    found: dict[tuple[str, ...], Entity] = {}
    for one in mentions:
        if len(one.words) > 1:
            found.setdefault(_key(one.words), Entity(one.words)).mentions.append(one)
    last: dict[str, Entity] = {}
    for entity in found.values():
        last.setdefault(entity.words[-1].lower(), entity)
    for one in mentions:
        if len(one.words) == 1:
            entity = last.get(one.words[0].lower()) or found.setdefault(_key(one.words), Entity(one.words))
            entity.mentions.append(one)
    return list(found.values())


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower().strip(".") for word in words)


def gender_of(entity: Entity) -> str | None:
    """From titles and first name; None where they do not tell."""
    titles, first = table("titles"), table("first_names")
    votes = Counter(titles[word] for one in entity.mentions for word in one.title.split() if titles.get(word))
    if votes:
        return votes.most_common(1)[0][0]
    return first.get(entity.words[0].lower()) if len(entity.words) > 1 else None
