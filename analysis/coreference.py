"""Says which person a printed speaker means: names, roles and pronouns, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attribution.phrases import Phrase
from analysis.discourse import Discourse
from analysis.lists import genders
from analysis.model import MentionKind, Span, Speaker, SpeakerKind
from analysis.names import Name
from analysis.people import Entity
from analysis.roles import gather, is_role, who_is

HE = frozenset({"he", "him", "himself", "his"})
SHE = frozenset({"she", "her", "herself"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker with the entities behind it and the chance (0 to 1) that they are the right ones."""

    speaker: Speaker
    entities: tuple[Entity, ...]
    confidence: float


class Resolver:
    """Resolves printed speakers of one text; to be asked in the order of the text."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.entities = entities
        gather(text, entities)
        self.discourse = Discourse(text, entities)
        self.number = {id(entity): at for at, entity in enumerate(entities)}
        self.names: list[tuple[Name, Entity]] = sorted(
            ((one, entity) for entity in entities for one in entity.mentions), key=lambda pair: pair[0].span
        )

    def entity_at(self, span: Span) -> Entity | None:
        """Who is named inside a span; the last one where there are several."""
        found = None
        for one, entity in self.names:
            if one.span.start >= span.end:
                break
            if one.span.meets(span):
                found = entity
        return found

    def resolve(self, phrase: Phrase) -> Resolved:
        """The speaker of a phrase: by name where one is known, else as printed."""
        one = self._one(phrase)
        others = [self._one(each) for each in phrase.others]
        if others and not one.entities and others[-1].entities and is_role(phrase.head.cut(self.text)):
            return others[-1]  # "Deputy Prime Minister and Water Resources Minister Hadiza Bello"
        if not others:
            return one
        everybody = [one, *others]
        if not all(each.entities for each in everybody):
            span = Span(phrase.span.start, phrase.others[-1].span.end)
            kinds = {each.speaker.kind for each in everybody}
            kind = SpeakerKind.ORGANISATION if kinds == {SpeakerKind.ORGANISATION} else SpeakerKind.ROLE
            named = " and ".join(each.speaker.name for each in everybody)
            people = tuple(number for each in everybody for number in each.speaker.people)
            return Resolved(Speaker(named if people else span.cut(self.text), kind, people), (), 0.7)
        return self.together([entity for each in everybody for entity in each.entities])

    def together(self, entities: Sequence[Entity], confidence: float = 0.9) -> Resolved:
        """One speaker of one or more known people."""
        unique = list(dict.fromkeys(entities))
        name = " and ".join(entity.name for entity in unique)
        people = tuple(self.number[id(entity)] for entity in unique)
        return Resolved(Speaker(name, unique[0].kind, people), tuple(unique), confidence)

    def _one(self, phrase: Phrase) -> Resolved:
        if phrase.kind == MentionKind.PRONOUN:
            return self._pronoun(phrase)
        if phrase.kind == MentionKind.NAME and (entity := self._named(phrase)):
            return self.together([entity], 0.97 if entity.person else 0.9)
        entity, confidence = who_is(self.text, phrase.span.cut(self.text), phrase.span.start, self.entities)
        if entity and confidence >= 0.5:
            return self.together([entity], confidence)
        return Resolved(Speaker(phrase.tail.cut(self.text), self._kind(phrase)), (), 0.85)

    def _named(self, phrase: Phrase) -> Entity | None:
        for one, entity in self.names:
            if one.span.meets(phrase.head):
                return entity
        return None

    def _kind(self, phrase: Phrase) -> SpeakerKind:
        head = phrase.head.cut(self.text).lower()
        known = head in genders("role_nouns") or head in genders("titles") or phrase.kind == MentionKind.PRONOUN
        return SpeakerKind.ROLE if known else SpeakerKind.ORGANISATION

    def _pronoun(self, phrase: Phrase) -> Resolved:
        word = phrase.head.cut(self.text).lower()
        gender = "m" if word in HE else "f" if word in SHE else None
        printed = Speaker(phrase.span.cut(self.text), SpeakerKind.ROLE)
        if gender is None:
            return Resolved(printed, (), 0.6)
        entity, confidence = self.discourse.antecedent(phrase.span.start, gender)
        if entity is None:
            return Resolved(printed, (), 0.6)
        if entity.gender is None:
            entity.gender = gender
        return self.together([entity], confidence)

    def spoke(self, place: int, resolved: Resolved) -> None:
        """Remember who spoke, for the pronouns that follow."""
        for entity in resolved.entities:
            if entity.person:
                self.discourse.spoke(place, entity)


def is_plural(word: str) -> bool:
    """Whether a pronoun stands for several people."""
    return bool(re.fullmatch(r"they|we|them|us", word.lower()))
