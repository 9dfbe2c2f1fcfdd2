"""Finds the roles that are printed beside a name: "Russian President", "a professor at …", "the club’s chairman, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.entity import Entity
from analysis.lists import genders, words
from analysis.model import Span
from analysis.names import Name
from analysis.roles import role_of, roles_of, several
from analysis.titles import lower_title

APPOSED = re.compile(
    r",? (?!(?:who|whose|which|where|when|and|but|or)\b)"
    r"(?=(?:an? |the |his |her |their |its |[A-Z][\w’' ]+[’']s? |[a-z]))([^,;.()“”\"\n]{3,110})(?=[,;.)\n]|$)"
)
BEING = re.compile(
    r" (?:is|was|became|has been|works as|worked as) ((?:an?|the|his|her) [^,;.()“”\"\n]{3,80}?)"
    r"(?=[,;.]| (?:who|and|but|when|with|by)\b)"
)
DEED = re.compile(r" (?:said|says|told|added|wrote|[a-z]+ed)\b")
BY = re.compile(r"\b(?:by|with|to|from|after|for) \Z")
NEXT_NAME = re.compile(r", [A-Z][\w’'-]+ [A-Z][\w’'-]+,")  # "Anselm Wick, the president, Rosa Medina, said"
IN_YEAR = re.compile(r" in \d{4}$")
OPENING = re.compile(r"(?:^|(?<=[\s(]))(?=(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Aa]n?) |[A-Z][\w ]+[’']s )")
LED_IN = re.compile(r"([^,;.()“”\"\n]{6,64}), $")
NEARER = re.compile(  # "a friend of the victim, …", "a spokesman for the laboratory’s owner, …"
    r"[Aa]n? [^,]*\b(?:of|to|for) (?=(?:the|his|her|their) (?:[\w’'-]+ ){0,2}[\w-]+$)"
)
WHOSE = re.compile(r".*\swhose (?=\w)")
OF_OTHERS = re.compile(r"\swhose\s.*$", re.S)
PLACED = re.compile(
    r" ((?:at|of|from) (?:the )?[A-Z][^,;.()“”\"\n]{3,80}(?:, an? [^,;.()“”\"\n]{3,60})?)(?=[,;.)\n]|$)"
)


def gather(text: str, entities: Sequence[Entity]) -> None:
    """Give each person the roles that are printed beside the name."""
    for entity in entities:
        if entity.person:
            for one in entity.mentions:
                for span in _beside(text, one):
                    if span not in entity.roles:
                        entity.roles.append(span)
    _shared(text, entities)
    for entity in entities:
        if entity.person:
            entity.gender = entity.gender or _told_gender(text, entity)


def _shared(text: str, entities: Sequence[Entity]) -> None:
    """Give a title of several to all whom it stands before: "Senators Abel Norris and Tina Cho"."""
    named = sorted(((one, entity) for entity in entities for one in entity.mentions), key=lambda pair: pair[0].span)
    title: Span | None = None
    for (one, _), (after, entity) in pairwise(named):
        title = one.title_span if one.title_span and several(one.title.rpartition(" ")[2]) else title
        if title is None or text[one.span.end : after.span.start] not in (" and ", ", ", ", and "):
            title = None
        elif entity.person and after.title_span is None:
            entity.roles.append(title)


def _told_gender(text: str, entity: Entity) -> str | None:
    """The gender that a role tells: "her daughter, Silvana"."""
    for role in roles_of(text, entity):
        if (mark := genders("role_nouns").get(role.head, "")) in ("m", "f"):
            return mark
    return None


def _of_a_body(phrase: str) -> bool:
    return any(word in words("organisation_words") for word in phrase.lower().split())


def _beside(text: str, one: Name) -> Iterator[Span]:
    yield from _titles(text, one)
    yield from _after(text, one.span.end)
    before = _before(text, (one.title_span or one.span).start)
    if before and not (DEED.match(text, one.span.end) and BY.search(text[max(0, before.start - 8) : before.start])):
        yield before  # not "In a statement read by her brother, Amy Lund said"


def _plain(one: Name) -> bool:
    """Whether a title tells no role: "Mr", "Dr"."""
    return one.title.lower().strip(".") in PLAIN_TITLES


def _titles(text: str, one: Name) -> Iterator[Span]:
    """The title before the name, or the one before a plain one: "team physician Dr. Aldo Ricci"."""
    if one.title_span is None or not one.title.split():
        return
    if not _plain(one):
        yield one.title_span
    elif lowered := lower_title(text, one.title_span.start, 0):
        yield Span(one.title_span.start - 1 - len(lowered), one.title_span.start - 1)


def _after(text: str, at: int) -> Iterator[Span]:
    """The role that follows the name: ", the chief engineer", " at the University of Bergen", " is a baker"."""
    after = text[at : at + 200]
    if after.startswith((", ", " (")):
        found = APPOSED.match(after)
        phrase = OF_OTHERS.sub("", found.group(1)) if found else ""
        theirs = found and phrase == found.group(1) and NEXT_NAME.match(after, found.end())
        if found and role_of(found.group(1)) and not theirs:
            yield Span(at + found.start(1), at + found.start(1) + len(phrase))
    elif (found := PLACED.match(after)) and _of_a_body(found.group(1)):
        yield Span(at + found.start(1), at + found.start(1) + len(IN_YEAR.sub("", found.group(1))))
    if (being := BEING.match(after)) and role_of(being.group(1)):
        yield Span(at + being.start(1), at + being.end(1))


def _before(text: str, at: int) -> Span | None:
    """The role with its article that a comma parts from the name at a place: "the club’s chairman, Ferdinand Okai"."""
    floor = max(0, at - 80)
    window = text[floor:at]
    for opening in OPENING.finditer(window):
        found = LED_IN.match(window, opening.end())
        if found and role_of(found.group(1)):
            start, phrase = opening.end(), found.group(1)
            theirs = [one.end() for one in (NEARER.match(phrase), WHOSE.match(phrase)) if one]
            cut = next((end for end in theirs if role_of(phrase[end:])), 0)
            return Span(floor + start + cut, floor + start + len(phrase))
    return None


PLAIN_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "madam", "madame", "st", "hon", "honourable"]
)
