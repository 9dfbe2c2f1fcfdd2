"""Says which person a printed speaker means: names, roles and pronouns, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.attribution.phrases import Phrase
from analysis.beside import gather
from analysis.discourse import INTERVIEWED, Discourse
from analysis.entity import Entity
from analysis.implied import demonyms, implied, papers
from analysis.lists import genders
from analysis.model import MentionKind, Span, Speaker, SpeakerKind
from analysis.names import LETTERS_AFTER, Name
from analysis.roles import is_new, is_role, related, roles_of, several, who_is
from analysis.told_gender import tell

LEAST_ROLE = 0.5
RANKS = frozenset(["general", "colonel", "major", "admiral", "brigadier", "marshal", "lieutenant", "commander"])
HYPERNYMS = frozenset(["man", "woman", "leader", "veteran", "official", "star"])
"""Words that may stand for somebody whatever the role that is printed beside the name."""
HE = frozenset({"he", "him", "himself", "his"})
SHE = frozenset({"she", "her", "herself"})
TWO = re.compile(r"(?:[Tt]he|[Tt]hese) (?:two|pair|duo|couple|twins|brothers|sisters|spouses)\b|[Bb]oth(?: \w+)?$")
GENERATIONS = frozenset({"senior", "junior", "sr", "jr", "snr", "jnr", "père", "fils"})
FAR = 5  # sentences
NEITHER = re.compile(r"\b(?:non-?binary|gender-?queer|agender)\b|\bthey/them\b", re.I)
OWNED = re.compile(r"[’']s? ")
SPOKE_TO = re.compile(
    r"\b(?:(?:spoke|speaks|talked|talks) (?:to|with)|interviewed) ((?:an?|one|another) ((?:[a-z-]+ ){0,2}?[a-z-]+))"
    r"(?= (?:about|on|who|whose|at|in|from)\b|[,.])"
)
NAMED_AFTER = re.compile(r", (?:the )?[A-Z]")  # "The regulator, the Office for Household Safety, said"


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
        tell(text, entities)
        self.discourse = Discourse(text, entities)
        self._interviewed()
        self.things: list[tuple[int, Resolved]] = []  # the bodies that did or said something, and where
        self.several: list[tuple[int, Resolved]] = []  # the same of several people: "residents", "the crew"
        self.number = {id(entity): at for at, entity in enumerate(entities)}
        self.names: list[tuple[Name, Entity]] = sorted(
            ((one, entity) for entity in entities for one in entity.mentions), key=lambda pair: pair[0].span
        )
        self.starts = [one.span.start for one, _ in self.names]

    def _interviewed(self) -> None:
        """Note those whom an outlet spoke to without naming them: "spoke to a baker about her neighbour"."""
        for found in SPOKE_TO.finditer(self.text):
            role = found.group(2).split()[-1].lower()
            if is_role(role):
                mark = genders("role_nouns").get(role, "")
                self.discourse.unnamed(found.start(1), mark if mark in ("m", "f") else None, found.group(1))

    def entity_at(self, span: Span) -> Entity | None:
        """Who is named inside a span; the last one where there are several."""
        at = bisect_left(self.starts, span.end) - 1
        if at >= 0 and self.names[at][0].span.meets(span):
            return self.names[at][1]
        return None

    def resolve(self, phrase: Phrase, barred: Sequence[Entity] = ()) -> Resolved:
        """The speaker of a phrase: by name where one is known, else as printed. A pronoun is not one of ``barred``."""
        one = self._one(phrase, barred)
        others = [self._one(each) for each in phrase.others]
        title = not one.entities or is_role(one.entities[0].words[-1])
        if others and title and others[-1].entities and is_role(phrase.head.cut(self.text)):
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

    def _one(self, phrase: Phrase, barred: Sequence[Entity] = ()) -> Resolved:
        if phrase.kind == MentionKind.PRONOUN:
            return self._pronoun(phrase, barred)
        if initials := self._by_initials(phrase):
            return self.together([initials], 0.8)
        if self._is_name(phrase) and (entity := self._named(phrase)):
            if entity.shared:
                return Resolved(Speaker(phrase.span.cut(self.text), SpeakerKind.ROLE), (), 0.5)
            return self.together([entity], 0.97 if entity.person else 0.9)
        words = phrase.span.cut(self.text)
        if words.endswith("-year-old") and self.text[: phrase.span.start].endswith(("the ", "The ")):
            words = f"the {words}"
        if TWO.match(words) and (pair := self._pair(phrase.span.start, FAR)):
            return pair
        entity, confidence = who_is(self.text, words, phrase.span.start, self.entities)
        if entity is None or confidence < LEAST_ROLE:
            meant = implied(self.text, words, phrase.span.start, self.entities)
            entity, confidence = meant or self._described(words, phrase), 0.8 if meant else 0.7
        if entity:
            return self.together([entity], confidence)
        return Resolved(Speaker(phrase.tail.cut(self.text), self._kind(phrase)), (), 0.85)

    def _described(self, words: str, phrase: Phrase) -> Entity | None:
        """Who is meant by "the striker" or "the 81-year-old", when one person alone is in mind."""
        first, *rest = words.lower().split() or [""]
        noun = rest[-1].strip("’'\"“”") if rest else ""
        if first != "the" or phrase.tail != phrase.span or not (is_role(noun) or noun in demonyms()):
            return None
        if OWNED.search(words) or is_new(self.text, noun, phrase.span.start):
            return None
        if NAMED_AFTER.match(self.text, phrase.span.end):
            return None
        mark = genders("role_nouns").get(rest[-1], "")
        meant = self.discourse.alone(phrase.span.start, mark if mark in ("m", "f") else None)
        if meant is None or self._beside(meant, phrase.span.start) or self._is_another(meant, noun):
            return None
        return meant

    def _is_another(self, entity: Entity, noun: str) -> bool:
        """Whether somebody is printed with another role: "the notary" is not Inspector Prat."""
        if noun in HYPERNYMS or noun in demonyms() or noun[:1].isdigit():
            return False
        printed = {role.head for role in roles_of(self.text, entity) if role.head.split("-")[-1] not in RANKS}
        return bool(printed) and noun not in printed and related(noun).isdisjoint(printed)

    def _by_initials(self, phrase: Phrase) -> Entity | None:
        """Whom "the PPRO" means, where somebody is printed as the Police Public Relations Officer."""
        short = phrase.head.cut(self.text)
        if not (2 < len(short) < 7 and short.isupper() and phrase.span.cut(self.text).lower().startswith("the ")):
            return None
        fitting = [
            entity
            for entity in self.entities
            if entity.person and any(_initials(role.cut(self.text)) == short for role in entity.roles)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _beside(self, entity: Entity, place: int) -> bool:
        """Whether somebody is named before a place in its sentence: "Obuya said the driver yelled" is of two people."""
        here = self.discourse.sentence(place)
        return any(
            one.span.start < place and self.discourse.sentence(one.span.start) == here for one in entity.mentions
        )

    def _is_name(self, phrase: Phrase) -> bool:
        """Whether it ends in a name, also where the parser took the end of "O’Hanlon" for a common noun."""
        head = phrase.head.cut(self.text)
        hyphened = (
            self.text[phrase.head.start - 1 : phrase.head.start] == "-" and phrase.span.cut(self.text)[0].isupper()
        )
        if head.lower() in GENERATIONS and phrase.span.start < phrase.head.start:
            return self.entity_at(Span(phrase.span.start, phrase.head.start)) is not None  # "Steiner senior"
        return phrase.kind == MentionKind.NAME or hyphened or any(mark.isupper() for mark in head[:3])

    def _named(self, phrase: Phrase) -> Entity | None:
        if phrase.head.cut(self.text) in LETTERS_AFTER or phrase.head.cut(self.text).lower() in GENERATIONS:
            return self.entity_at(Span(phrase.span.start, phrase.head.start))
        return self.entity_at(phrase.head)

    def _kind(self, phrase: Phrase) -> SpeakerKind:
        head = phrase.head.cut(self.text).lower()
        known = head in genders("role_nouns") or head in genders("titles") or phrase.kind == MentionKind.PRONOUN
        return SpeakerKind.ROLE if known else SpeakerKind.ORGANISATION

    def _pronoun(self, phrase: Phrase, barred: Sequence[Entity]) -> Resolved:
        word = phrase.head.cut(self.text).lower()
        gender = "m" if word in HE else "f" if word in SHE else None
        printed = Resolved(Speaker(phrase.span.cut(self.text), SpeakerKind.ROLE), (), 0.6)
        if word == "it" and (body := self._last(self.things, phrase.span.start, 3)):
            return body
        if word == "it" and (paper := self._paper(phrase.span.start)):
            return Resolved(Speaker(paper, SpeakerKind.ORGANISATION), (), 0.7)
        if word == "they" and (body := self._many(phrase.span.start)):
            return body
        if gender is None:
            return printed
        entity, confidence = self.discourse.antecedent(phrase.span.start, gender, barred)
        if entity is None:
            unnamed = self.discourse.phrase_of_unnamed(phrase.span.start, gender)
            return Resolved(Speaker(unnamed, SpeakerKind.ROLE), (), 0.6) if unnamed else printed
        entity.gender = entity.gender or gender
        entity.referred.append((phrase.span, MentionKind.PRONOUN))
        return self.together([entity], confidence)

    def _last(self, seen: Sequence[tuple[int, Resolved]], place: int, reach: int) -> Resolved | None:
        """The last of some bodies that was there before a place, no more than ``reach`` sentences back."""
        here = self.discourse.sentence(place)
        before = [one for at, one in seen if at < place and here - self.discourse.sentence(at) <= reach]
        return before[-1] if before else None

    def _paper(self, place: int) -> str | None:
        """The message or sign that "it" means, as printed: the last one of this sentence or the two before."""
        start = self.discourse.breaks[max(0, self.discourse.sentence(place) - 3)]
        found = [one.group() for one in papers().finditer(self.text, start, place)]
        return found[-1] if found else None

    def _many(self, place: int) -> Resolved | None:
        """Whom "they" means: several who acted or spoke, somebody non-binary, or two who are named together."""
        return self._last(self.several, place, 2) or self._neither() or self._pair(place, 2)

    def _pair(self, place: int, reach: int) -> Resolved | None:
        """The only two people named with "and" between them in the last ``reach`` sentences."""
        here = self.discourse.sentence(place)
        pairs = [
            (one, other)
            for (name, one), (after, other) in pairwise(self.names[: bisect_left(self.starts, place)])
            if here - self.discourse.sentence(name.span.start) <= reach
            and one.person
            and other.person
            and self.text[name.span.end : after.span.start] == " and "
        ]
        return self.together(pairs[0], 0.7) if len(pairs) == 1 else None

    def _neither(self) -> Resolved | None:
        """The one person whom a text calls non-binary, whose pronoun "they" is."""
        said = [found.start() for found in NEITHER.finditer(self.text)]
        near = [each for each in self.entities if each.person and any(_near(each, place) for place in said)]
        return self.together(near, 0.85) if len(near) == 1 else None

    def other(self, teller: Phrase, said: Resolved) -> Span | None:
        """Where somebody who tells of another's words is printed, by name where it is known; None for the same one."""
        resolved = self.resolve(teller)
        if not resolved.entities:
            return None if teller.kind == MentionKind.PRONOUN else teller.span
        if set(map(id, resolved.entities)) & set(map(id, said.entities)):
            return None
        if teller.kind != MentionKind.PRONOUN:
            return teller.span
        named = [one.span for one in resolved.entities[0].mentions if one.span.start < teller.span.start]
        return named[-1] if named else None

    def main_person(self) -> Resolved | None:
        """Who an interview is with: the person named most."""
        people = [entity for entity in self.entities if entity.person]
        best = max(people, key=lambda one: (len(one.mentions), self._is_asked(one)), default=None)
        return self.together([best], 0.75) if best else None

    def _is_asked(self, entity: Entity) -> bool:
        """Whether somebody is told of as interviewed: "Judith Frei spoke to Anselm Koch, who …"."""
        return any(
            INTERVIEWED.search(self.text[max(0, one.span.start - 60) : one.span.start])
            and self.text[one.span.end : one.span.end + 2] == ", "
            for one in entity.mentions
        )

    def acted(self, phrase: Phrase) -> Resolved:
        """Remember the subject of a sentence, for the pronouns that follow."""
        resolved = self._one(phrase)
        place = phrase.span.start
        for entity in resolved.entities:
            if entity.person:
                self.discourse.spoke(place, entity, 1.0)
        self._noted(phrase, self.resolve(phrase) if phrase.others else resolved)
        head = phrase.head.cut(self.text)
        if not resolved.entities and phrase.kind == MentionKind.ROLE and is_role(head):
            mark = genders("role_nouns").get(head.lower(), "")
            self.discourse.unnamed(place, mark if mark in ("m", "f") else None, phrase.span.cut(self.text))
        return resolved

    def _noted(self, phrase: Phrase, resolved: Resolved) -> None:
        """Remember a body for "it", and several people for "they"."""
        if phrase.kind == MentionKind.PRONOUN:
            return
        if len(resolved.entities) > 1:
            self.several.append((phrase.span.start, resolved))
        if any(entity.person for entity in resolved.entities):
            return
        head = phrase.head.cut(self.text).lower()
        if several(head):
            self.several.append((phrase.span.start, resolved))
        elif resolved.speaker.kind == SpeakerKind.ORGANISATION:
            self.things.append((phrase.span.start, resolved))

    def spoke(self, place: int, resolved: Resolved, phrase: Phrase | None = None) -> None:
        """Remember who spoke, for the pronouns that follow."""
        if phrase is not None:
            self._noted(phrase, resolved)
        for entity in resolved.entities:
            if entity.person:
                self.discourse.spoke(place, entity)


def _initials(role: str) -> str:
    return "".join(word[0] for word in role.split() if word[0].isupper() and word not in ("The", "A", "An"))


def _near(entity: Entity, place: int) -> bool:
    """Whether somebody is named right before a place."""
    return any(0 <= place - one.span.end < 60 for one in entity.mentions)
