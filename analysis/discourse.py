"""Keeps who has been named, who acted and who spoke, in the order of the text, so that "he" can be told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.entity import Entity
from analysis.model import Span
from analysis.roles import is_role

SENTENCE = re.compile(r"[.?!…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])|\n+")
PREPOSITION = re.compile(
    r"\b(?:of|to|with|by|for|from|about|than|against|on|in|at|over|after|before|between|behind|under|as|like|including|"
    r"toward|towards|versus|vs\.?)\s(?:[a-z-]+\s|the\s|[A-Z]\w+\s){0,3}$"
)
AS_FOR = re.compile(r"\b[Aa]s for (?:[A-Z]\w+ ){0,2}$")
WITH = re.compile(r"\b[Ww]ith (?:[A-Z]\w+ ){0,2}$")
DOING = re.compile(r"(?:,? [—–-]+ [^—–.“”\"]{3,80} [—–-]+|, [^,.“”\"]{3,60},)? [a-z]+ing\b")
INTERVIEWED = re.compile(
    r"\b(?:interview(?:ed|s)(?: with)?|(?:spoke|speaks|talked|talks|sat down|caught up) (?:to|with)) (?:[\w’-]+ ){0,3}$"
)
INTRODUCED = re.compile(r", (?:an? |the |its |their )?(?:[a-z][\w’-]* ){0,3}?([a-z][\w-]*) (?:of|at|for) ")
INTRODUCING = 1.2  # the weight of somebody who is brought in with name and office
FADE = 0.72  # what a sentence's distance leaves of somebody's weight
UNKNOWN = 0.8  # where the gender is not known
SPOKE = 1.2  # the weight of having spoken, against 1 for a subject
ONLY_QUOTED = 0.13  # no weight of somebody who is named inside marks alone is above this
FARTHEST = 14  # sentences
NEAR = 4  # sentences
MODIFIER = re.compile(r"\b(?:an?|the|this|that|his|her|their|its|another) (?:[\w-]+ )?$", re.I)


@dataclass(order=True, slots=True)
class Seen:
    """One reference to somebody outside of quotation marks (or inside, with little weight)."""

    place: int
    weight: float = field(compare=False)
    entity: Entity | None = field(compare=False)  # None: somebody who is not named
    gender: str | None = field(compare=False, default=None)
    printed: str = field(compare=False, default="")
    acts: bool = field(compare=False, default=False)  # whether it is a subject or a speaker


class Discourse:
    """Who is in the reader's mind at each place of a text."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        self.text = text
        self.breaks = [0, *(found.end() for found in SENTENCE.finditer(text))]
        self.seen: list[Seen] = []
        for entity in entities:
            if entity.person:
                for one in entity.mentions:
                    weight = 0.12 if one.quoted else self._weight(one.span, bool(one.title))
                    self.seen.append(Seen(one.span.start, weight, entity))
        self.unsure = [
            entity.first_place
            for entity in entities
            if not entity.person and not entity.place and len(entity.words) > 1
        ]
        self.seen.sort()
        self._later_names()

    def _later_names(self) -> None:
        """Only the first name of a sentence can be its topic."""
        topic = -1
        for one in self.seen:
            here = self.sentence(one.place)
            if here == topic:
                one.weight *= 0.9
            elif one.weight > 0.6:
                topic = here

    def _weight(self, span: Span, titled: bool) -> float:
        """How much a place in the sentence makes somebody its topic: subjects most, possessives and objects less."""
        start = self.breaks[bisect_right(self.breaks, span.start) - 1]
        before, after = self.text[start : span.start], self.text[span.end : span.end + 2]
        weight = 1.0 if len(before) < 40 else 0.8
        if AS_FOR.search(before) or (WITH.search(before) and DOING.match(self.text, span.end)):
            return weight
        if INTERVIEWED.search(before[-60:]):
            return 1.0
        office = INTRODUCED.match(self.text, span.end) if " " in span.cut(self.text) else None
        if office and is_role(office.group(1)):
            weight = max(weight, INTRODUCING)
        if re.match(r"[’']s", after) or after[:1] in "’'":
            weight *= 0.5
        if PREPOSITION.search(before[-40:]):
            weight *= 0.5
        elif not titled and MODIFIER.search(before[-30:]):
            weight *= 0.4
        return weight

    def sentence(self, place: int) -> int:
        """The number of the sentence that holds a place."""
        return bisect_right(self.breaks, place)

    def spoke(self, place: int, entity: Entity, weight: float | None = None) -> None:
        """Somebody spoke, acted or was meant by a pronoun at a place."""
        insort(self.seen, Seen(place, SPOKE if weight is None else weight, entity, acts=True))

    def unnamed(self, place: int, gender: str | None, printed: str = "") -> None:
        """Somebody acted who is not named: "the pool's owner", "a nurse"."""
        insort(self.seen, Seen(place, 1.0, None, gender, printed))

    def phrase_of_unnamed(self, place: int, gender: str | None) -> str:
        """How the last one who is not named and may be meant at a place was printed; empty where nobody was."""
        here = self.sentence(place)
        for one in self._back(place):
            if here - self.sentence(one.place) > NEAR:
                break
            if one.entity is None and not (gender and one.gender and one.gender != gender):
                return one.printed
        return ""

    def antecedent(self, place: int, gender: str | None, barred: Sequence[Entity] = ()) -> tuple[Entity | None, float]:
        """Whom a pronoun at a place means, with a confidence from 0 to 1; None where it is somebody unnamed."""
        here = self.sentence(place)
        scores: dict[int, float] = {}
        who: dict[int, Entity | None] = {}
        for one in self._back(place):
            far = here - self.sentence(one.place)
            if far > FARTHEST:
                break
            known = one.entity.gender if one.entity else one.gender
            if one.entity in barred or (gender and known and known != gender):
                continue
            score = one.weight * FADE**far * (1.0 if known == gender else UNKNOWN)
            who[id(one.entity)] = one.entity
            scores[id(one.entity)] = max(scores.get(id(one.entity), 0.0), score) + 0.05 * score
        if not scores:
            return self._only(place, gender)
        if max(scores.values()) < ONLY_QUOTED:  # whom the words themselves name does not speak them
            return self._only(place, gender)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        best = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return who[ranked[0][0]], round(0.5 + 0.5 * (best - second) / best, 3)

    def _back(self, place: int) -> Iterator[Seen]:
        """What was seen before a place, the latest first."""
        for at in range(bisect_left(self.seen, Seen(place, 0.0, None)) - 1, -1, -1):
            yield self.seen[at]

    def alone(self, place: int, gender: str | None, reach: int = 3) -> Entity | None:
        """The one person who acted in the last few sentences, where nobody else was mentioned who could be meant."""
        here = self.sentence(place)
        near: dict[int, Entity | None] = {}
        acted = False
        for one in self._back(place):
            if here - self.sentence(one.place) > reach:
                break
            known = one.entity.gender if one.entity else one.gender
            if one.weight > 0.2 and not (gender and known and known != gender):
                near[id(one.entity)] = one.entity
                acted |= one.acts
        return next(iter(near.values())) if len(near) == 1 and acted else None

    def _only(self, place: int, gender: str | None) -> tuple[Entity | None, float]:
        """Somebody named long before, or only later: when there is one alone who fits."""
        fitting = {
            id(one.entity): one.entity
            for one in self.seen
            if one.entity and gender and gender == one.entity.gender and one.weight > ONLY_QUOTED
        }
        if len(fitting) != 1:
            return None, 0.0
        entity = next(iter(fitting.values()))
        ahead = entity.first_place > place
        here = self.sentence(place)
        if ahead and self.sentence(entity.first_place) == here and self.breaks[here - 1] == place:
            return None, 0.0  # "He praised Jacek Nowicki"
        return (None, 0.0) if ahead and any(start < place for start in self.unsure) else (entity, 0.6)
