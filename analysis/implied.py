"""Tells whom "the Ghanaian" or "the witness" means where no such role is printed beside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.entity import Entity
from analysis.lists import lines, nations, words

DEEDS = {
    "witness": r"(?:told|informed) (?:the|a) (?:\w+ )?(?:court|inquest|inquiry|jury|hearing|tribunal|panel|judge)\b"
    r"|testified|gave evidence",
    "defendant": r"(?:is|was|has been) (?:charged|accused|on trial|convicted|sentenced|found guilty)"
    r"|pleaded (?:not )?guilty"
    r"|denies (?:murder|the charge|manslaughter)",
    "winner": r"won\b",
    "coach": r"took (?:over|charge)\b|(?:was|has been) (?:appointed|hired|put in charge)"
    r"|(?:manages|coaches|managed|coached)\b",
}
DEEDS |= {"manager": DEEDS["coach"], "boss": DEEDS["coach"]}
LASTING = frozenset({"coach", "manager", "boss"})  # what may be told after somebody is called so
AGES = {
    "toddler": range(1, 5),
    "schoolboy": range(5, 19),
    "schoolgirl": range(5, 19),
    "youngster": range(5, 20),
    "teenager": range(13, 20),
    "pensioner": range(60, 111),
    "septuagenarian": range(70, 80),
    "octogenarian": range(80, 90),
    "nonagenarian": range(90, 100),
    "centenarian": range(100, 111),
}
YEARS = re.compile(r"(\d{1,3})-year-old")
OF = re.compile(r" (?:of|from) ([A-Z][\w-]+(?: [A-Z][\w-]+)?)")


def implied(text: str, phrase: str, place: int, entities: Sequence[Entity]) -> Entity | None:
    """The one person whom a definite phrase of two words means by nation or by what was done before ``place``."""
    first, *rest = phrase.lower().split() or [""]
    if first != "the" or len(rest) != 1:
        return None
    if years := YEARS.fullmatch(rest[0]):
        aged = [one for one in entities if one.person and _is_aged(text, one, years.group(1))]
        return aged[0] if len(aged) == 1 else None
    if ages := AGES.get(rest[0]):
        aged = [one for one in entities if one.person and any(_is_aged(text, one, str(years)) for years in ages)]
        return aged[0] if len(aged) == 1 else None
    deed, nation = DEEDS.get(rest[0]), demonyms().get(rest[0])
    if deed:
        done = re.compile(rf" (?:\w+ ){{0,2}}?(?:{deed})")
        known_by = len(text) if rest[0] in LASTING else place
        fitting = [one for one in entities if one.person and _did(text, one, done, known_by)]
    elif nation:
        fitting = [one for one in entities if one.person and _comes_from(text, one, nation, place)]
    else:
        return None
    return fitting[0] if len(fitting) == 1 else None


@cache
def papers() -> re.Pattern[str]:
    """A message or a sign as it is printed: "a text", "the banner", "her second letter"."""
    nouns = "|".join(sorted(words("nouns_indirect_statement") | words("nouns_of_signs")))
    return re.compile(rf"\b(?:an?|the|one|another|his|her|their|this|that) (?:[a-z’'-]+ ){{0,2}}?(?:{nouns})\b", re.I)


@cache
def demonyms() -> dict[str, str]:
    """Words for one person by nation, in small letters, with the country."""
    found = {
        word: nation.name
        for nation in nations()
        for word in nation.adjectives
        if not word.endswith(("ish", "ese", "ch"))
    }
    return found | dict(line.lower().split(maxsplit=1) for line in lines("demonyms"))


def _is_aged(text: str, entity: Entity, years: str) -> bool:
    """Whether an age stands beside a name: "Ruth Pell, 63,", "Ruth Pell (63)", "63-year-old Ruth Pell"."""
    after, before = (
        re.compile(rf"(?:, (?:aged )?| \(){years}(?!\d)"),
        re.compile(rf"{years}-year-old (?:[\w-]+ ){{0,3}}$"),
    )
    return any(
        after.match(text, one.span.end)
        or before.search(text[max(0, (one.title_span or one.span).start - 50) : (one.title_span or one.span).start])
        for one in entity.mentions
    )


def _did(text: str, entity: Entity, deed: re.Pattern[str], place: int) -> bool:
    spans = [*(one.span for one in entity.mentions), *(span for span, _ in entity.referred)]
    return any(deed.match(text, span.end) for span in spans if span.end <= place)


@cache
def _from(nation: str) -> re.Pattern[str]:
    """What stands before the name of somebody of a nation: "Ghana’s", "Ghanaian", "the Ghanaian runner"."""
    known = next((one for one in nations() if one.name == nation), None)
    adjectives = "|".join(map(re.escape, known.adjectives)) if known else re.escape(nation)
    return re.compile(rf"(?<!\w)(?:{re.escape(nation)}[’'](?:s )?|(?:{adjectives}) (?:[a-z-]+,? ){{0,3}})$", re.I)


def _comes_from(text: str, entity: Entity, nation: str, place: int) -> bool:
    for one in entity.mentions:
        if one.span.start > place:
            continue
        start = one.title_span.start if one.title_span else one.span.start
        after = OF.match(text, one.span.end)
        if _from(nation).search(text[max(0, one.span.start - 60) : one.span.start]) or _from(nation).search(
            text[max(0, start - 60) : start]
        ):
            return True
        if after and after.group(1).lower() == nation:
            return True
    return False
