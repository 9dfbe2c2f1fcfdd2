"""Makes the people of a reading: all who are named, and organisations that speak, with roles and mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.coreference import Resolver
from analysis.entity import Entity, plain
from analysis.lists import genders
from analysis.model import Mention, MentionKind, Person, Quotation, Span, Speaker
from analysis.roles import who_is

SURE = 0.75
POSSESSED = r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}[’']s?"
ROLE_OPENING = re.compile(rf"(?<![\w’'])(?:[Tt]he|{POSSESSED}) ")
BREAKS = frozenset({"who", "whose", "which", "that", "and", "or", "of"})
WORD = re.compile(r"([\w-]+)(?![\w-])")


def people_of(resolver: Resolver, quotations: Sequence[Quotation]) -> tuple[list[Person], list[Quotation]]:
    """The people in order of first mention, and the quotations with their speakers' new positions among them."""
    speaking = {number for one in quotations if one.speaker for number in one.speaker.people}
    kept = [at for at, entity in enumerate(resolver.entities) if entity.person or at in speaking]
    place = {old: new for new, old in enumerate(kept)}
    moved = [replace(one, speaker=_moved(one.speaker, place)) if one.speaker else one for one in quotations]
    return [_person(resolver, resolver.entities[at]) for at in kept], moved


def _moved(speaker: Speaker, place: dict[int, int]) -> Speaker:
    return replace(speaker, people=tuple(place[number] for number in speaker.people))


def _person(resolver: Resolver, entity: Entity) -> Person:
    text = resolver.text
    mentions = {one.span: MentionKind.NAME for one in entity.mentions}
    for span, kind in entity.referred:
        mentions.setdefault(span, kind)
    aliases = [" ".join(words) for words, _ in entity.aliases.most_common()]
    names = dict.fromkeys(alias for alias in aliases if plain(alias.split()) != plain(entity.words))
    return Person(
        entity.name,
        entity.kind,
        tuple(names),
        tuple(_different(text, entity.roles)) if entity.person else (),
        tuple(Mention(span, kind) for span, kind in sorted(mentions.items())),
        entity.gender,
    )


def _different(text: str, roles: Iterable[Span]) -> list[Span]:
    """Each role once, in order of place; the longest of those that begin at one place."""
    found: dict[str, Span] = {}
    for span in sorted({span.start: span for span in sorted(roles)}.values()):
        found.setdefault(" ".join(span.cut(text).lower().split()), span)
    return list(found.values())


def note_roles(resolver: Resolver, spans: Iterable[Span]) -> None:
    """Give each person the places where only the role is printed: "the North Korean ruler"."""
    for block in spans:
        for opening in ROLE_OPENING.finditer(resolver.text, block.start, block.end):
            span = _role_phrase(resolver.text, opening, block.end)
            if span is None:
                continue
            entity, confidence = who_is(resolver.text, span.cut(resolver.text), span.start, resolver.entities)
            if entity and confidence >= SURE:
                entity.referred.append((span, MentionKind.ROLE))
                entity.roles.append(span)


def _role_phrase(text: str, opening: re.Match[str], end: int) -> Span | None:
    """The phrase from "the" or "North Korea's" to the first noun for a person, which no name follows."""
    at = opening.end()
    for _ in range(4):
        word = WORD.match(text, at, end)
        if word is None or word.group(1).lower() in BREAKS:
            return None
        if genders("role_nouns").get(word.group(1).lower(), "p") != "p":
            following = text[word.end() : word.end() + 2]
            return None if following[:1] == " " and following[1:].isupper() else Span(opening.start(), word.end())
        at = word.end() + 1
    return None
