"""Reads a person's gender from the text itself, which knows better than a list of first names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from analysis.entity import Entity
from analysis.lists import genders
from analysis.model import Span

STOP = re.compile(r"[.?!…][\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z])|\n+")
SELF = re.compile(r"\b(him|her)self\b")
OWN = re.compile(r"\b(he|his|him|she|her|hers)\b")
NEXT = re.compile(r"[\"”’]?\s*(He|She|His|Her)\b")
SAID_SELF = re.compile(
    r"(?: \w+ly| also)? (?:said|says|added|adds|admitted|claimed|insisted|recalled|believes|thinks|hopes|thought)"
    r"(?: on [A-Z]\w+day)?(?: that)? (he|she)\b"
)
SHE = frozenset({"she", "her", "hers"})


def tell(text: str, entities: Sequence[Entity]) -> None:
    """Set the gender of people whose first name does not tell it, where a sentence names nobody else.

    "Jan Doležal retired because of his knees", "Ji-woo Han arrived. He slept."
    """
    stops = [0, *(found.end() for found in STOP.finditer(text)), len(text) + 1]
    named = sorted(
        ((one.span, entity) for entity in entities if not entity.place for one in entity.mentions),
        key=lambda each: each[0],
    )
    starts = [span.start for span, _ in named]
    for entity in entities:
        if entity.person and (entity.gender is None or _free(entity)):
            votes = [
                vote
                for one in entity.mentions
                if not one.quoted
                for vote in _votes(text, one.span, entity, stops, named, starts)
            ]
            men, women = votes.count("m"), votes.count("f")
            if men != women and (entity.gender is None or min(men, women) == 0):
                entity.gender = "m" if men > women else "f"


def _free(entity: Entity) -> bool:
    return genders("first_names").get(entity.words[0].lower(), "u") == "u" and not any(
        one.title for one in entity.mentions
    )


def _votes(
    text: str,
    span: Span,
    entity: Entity,
    stops: Sequence[int],
    named: Sequence[tuple[Span, Entity]],
    starts: Sequence[int],
) -> list[str]:
    """What the rest of a sentence and the opening of the next say of the one person named in them."""
    at = bisect_right(stops, span.start)
    start, end = stops[at - 1], stops[at]
    rest = text[span.end : end]
    quote = re.search(r"[“\"«]", rest)
    rest = rest[: quote.start()] if quote else rest
    if found := SAID_SELF.match(rest):
        return ["f" if found.group(1) == "she" else "m"]  # "Kim said he and Putin had a talk"
    reach = span.end + len(rest)
    others = {id(named[i][1]): named[i][1] for i in range(bisect_right(starts, start - 1), bisect_right(starts, reach))}
    others.pop(id(entity), None)
    if any(other.person for other in others.values()):
        return []
    before = [named[i][1] for i in range(max(0, bisect_right(starts, start - 1) - 3), bisect_right(starts, start - 1))]
    rivals = {other.gender for other in before if other.person and other is not entity}
    found = SELF.search(rest)
    if found:
        return ["m" if found.group(1) == "him" else "f"]
    votes = []
    if found := OWN.search(rest):
        if not text[start : span.start].strip() and found.group(1) in ("his", "her"):
            return ["f" if found.group(1) == "her" else "m"]  # the subject of the sentence
        votes.append("f" if found.group(1) in SHE else "m")
    elif not quote and (found := NEXT.match(text, end)) and not _role_after(rest):
        votes.append("f" if found.group(1).lower() in SHE else "m")
    return [vote for vote in votes if vote not in rivals and None not in rivals]


def _role_after(rest: str) -> bool:
    """Whether somebody who is not named stands in the rest of the sentence, whom a pronoun may mean."""
    return any(word in genders("role_nouns") for word in re.findall(r"[a-z]+", rest.lower()))
