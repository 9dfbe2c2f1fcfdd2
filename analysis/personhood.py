"""Tells people from places, bodies and things among what a text names, and a person's gender from name and title."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from analysis.entity import Entity, bare, plain
from analysis.lists import genders, nations, words
from analysis.names import NICKNAME, Name
from analysis.roles import is_role, role_of

SAYS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:said|says|told|asked|added|wrote|tweeted|argued|explained|recalled|replied|insisted)\b"
)
SAID = re.compile(r"\b(?:said|says|asked|added|replied|wrote|explained|recalled|insisted|argued|joked|warned)\s$")
AFTER_PERSON = re.compile(
    r",? (?:who|\(?\d{2}\b|himself|herself)|, (?:an? |the |his |her )?(?:[\w’'-]+ ){0,3}?([a-z][\w-]+)"
)


def is_place(entity: Entity) -> bool:
    """Whether a name is a listed place and no title stands before it."""
    name = entity.name.lower()
    return name in places() and not any(one.title for one in entity.mentions)


@cache
def places() -> frozenset[str]:
    """Countries, their seats of government and other places, in lower case."""
    named = {name for nation in nations() for name in (nation.name, *nation.seats)}
    return words("places") | frozenset(named)


def is_person(text: str, entity: Entity) -> bool:
    """Whether a name is somebody's, by its words, its titles and what stands around it."""
    low = plain(bare(entity.words))
    known = low[0] in genders("first_names")
    titled = any(_personal_title(one) for one in entity.mentions)
    if "&" in low or (any(word in words("organisation_words") for word in low[1:]) and not (known and titled)):
        return False
    if len(low) > 1 and low[0] in places() and not known and not titled:
        return False  # "Scotland A", "England Women"
    if any(word in words("never_people") for word in low) and not (known or titled):
        return False
    if len(low) == 1 and low[0] in words("organisation_words") and not titled:
        return False
    if all(one.quoted and one.span.cut(text).isupper() for one in entity.mentions):
        return False  # “SAM LIES” on a wall
    if _is_no_name(text, entity, low) and not titled:
        return False
    definite = sum(one.definite for one in entity.mentions if len(one.words) == len(entity.words))
    full = sum(len(one.words) == len(entity.words) for one in entity.mentions)
    if definite * 2 > full and not titled:
        return False
    if len(low) == 1 and entity.words[0].isupper() and len(low[0]) < 6 and (not titled or not known):
        return False
    if titled or (known and len(low) > 1):
        return True
    if any(NICKNAME.search(one.span.cut(text)) for one in entity.mentions):
        return True
    if len(low) > 1 and any(len(one.words) == 1 and not one.opens for one in entity.mentions):
        return True
    return any(_acts(text, one) for one in entity.mentions) or (len(low) == 1 and _meant_by_pronouns(text, entity))


def _is_no_name(text: str, entity: Entity, low: tuple[str, ...]) -> bool:
    """Whether it is an agency, a ticker that is printed twice, or a title that always stands in marks of its own."""
    if " ".join(low) in words("agencies") or (len(low) == 2 and low[0] == low[1]):
        return True
    full = [one.span for one in entity.mentions if len(one.words) > 1]
    return bool(full) and all(
        text[span.start - 1 : span.start] in MARKS and IN_MARKS_TO.match(text, span.end) for span in full
    )


MARKS = frozenset("\"“‘'")
IN_MARKS_TO = re.compile(r"[.,]?[\"”’'](?!\w)")
PRONOUN_AFTER = re.compile(r"(?:[’']s)?((?: [a-z’'-]+,?){1,15}?) (he|his|himself|she|herself|its|itself|their|they)\b")
LEAST_PRONOUNS = 3


def _meant_by_pronouns(text: str, entity: Entity) -> bool:
    """Whether "he" or "she" often goes with a lone surname in one sentence: "Lund fired his deputy"."""
    found = [one.group(2) for each in entity.mentions if (one := _pronoun_of(text, each)) is not None]
    personal = sum(word not in ("its", "itself", "their", "they") for word in found)
    return personal >= LEAST_PRONOUNS and personal > 3 * (len(found) - personal)


def _pronoun_of(text: str, one: Name) -> re.Match[str] | None:
    """The pronoun after a name in its sentence, with nobody else between."""
    found = None if one.definite else PRONOUN_AFTER.match(text, one.span.end)
    return None if found is None or any(is_role_word(word) for word in found.group(1).split()) else found


def _personal_title(one: Name) -> bool:
    low = plain(one.title.split())
    return bool(low) and (
        low[-1] in genders("titles") or low[-1] in genders("role_nouns") or low[-1].endswith("-year-old")
    )


APPOSED_TO = re.compile(r"([a-z][\w-]+)(?:,| is| was)? $")
WHO_IS = re.compile(r", an? ([^,.;:()“”\"]{3,50})")  # "Suharjo, a rice farmer in Klaten, said"
OF_BODIES = frozenset({"owner", "partner", "rival", "sponsor", "host", "winner", "leader", "favourite", "player"})


def is_role_word(word: str) -> bool:
    """Whether a listed role noun for one person."""
    return genders("role_nouns").get(word, "p") != "p"


def _acts(text: str, one: Name) -> bool:
    """Whether what stands around a name says that it is a person's."""
    after, before = text[one.span.end : one.span.end + 60], text[max(0, one.span.start - 20) : one.span.start]
    if len(one.words) == 1 and IN_PLACE.search(before):
        return False
    if SAYS.match(after) or SAID.search(before):
        return True
    if CALLED.search(text[max(0, one.span.start - 60) : one.span.start]):
        return True
    if (
        len(one.words) > 1
        and not one.definite
        and (_acts_pattern().match(after) or KIN.match(after) or _meant_after(text, one))
    ):
        return True
    role = APPOSED_TO.search(before)
    if role and (
        is_role_word(role.group(1))
        or (len(one.words) > 1 and before.endswith((", ", " is ", " was ")) and is_role(role.group(1)))
    ):
        return True
    if (found := WHO_IS.match(after)) and (own := role_of(found.group(1))) and own.head not in OF_BODIES:
        return True
    if (being := IS_ONE.match(after)) and len(one.words) > 1 and is_role_word(being.group(1)):
        return True
    if len(one.words) > 1 and (apposed := ROLE_AFTER.match(after)) and _for_people(apposed.group(1)):
        return True
    found = AFTER_PERSON.match(after)
    return bool(found) and (found is not None) and (found.group(1) is None or found.group(1) in genders("role_nouns"))


def _for_people(phrase: str) -> bool:
    """Whether a phrase ends in a role that no company is called by: "a senior adviser", but not "a steel producer"."""
    last = phrase.split()[-1]
    return is_role_word(last) and last not in words("companies_too")


ROLE_AFTER = re.compile(
    r", (?:an?|the|his|her) ([a-z][\w’'-]*(?: [a-z][\w’'-]*){0,4}?)(?= (?:of|for|at|in|to|from|with|who)\b|[,.;])"
)

IS_ONE = re.compile(
    r" (?:is|was|became|has been|works as|worked as) (?:an?|the|his|her) (?:[\w’'-]+ ){0,3}?([a-z][\w-]+)"
    r"(?= (?:of|for|at|in|from|with|who|on|and|by|near)\b|[,.;])"
)
IN_PLACE = re.compile(r"\b(?:of|in|at|from|near)\s$")
CALLED = re.compile(r"\b([a-z][\w-]+) (?:called|named|by the name of) $")
KIN = re.compile(
    r"[’']s? (?:late |elder |younger |eldest |youngest |own )?(?:wife|husband|widow|widower|son|daughter|mother|father"
    r"|parents|brother|sister|children|hands?|eyes|face|voice|hair|knees?|lawyer|family|death|funeral|memoir)\b"
)
NEXT_PRONOUN = re.compile(r"^(?P<rest>[^.?!\n“\"]{3,160})(?:[.?!]\s+(?:He|She|His|Her)\b|,? [“\"])")


@cache
def _acts_pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, words("verbs_human"))))
    return re.compile(rf",? (?:(?:has|have|had|was|is|never|also|then|once|still|[a-z]+ly) ){{0,3}}(?:{verbs})\b")


def _meant_after(text: str, one: Name) -> bool:
    """Whether "he" or "she" opens the next sentence and nobody else stands between: "Wiremu Paki arrived. He …"."""
    after = text[one.span.end : one.span.end + 200]
    found = NEXT_PRONOUN.match(after)
    if not found or not one.opens or not re.match(r" [a-z]+", after) or re.search(r"[.?!]", found.group("rest")):
        return False
    low = found.group("rest")
    people = any(word in genders("role_nouns") for word in low.lower().split())
    names = re.search(r" (?!I\b)[A-Z]\w+ [A-Z]\w+", low)
    return not people and not names and not re.search(r"\b(?:its|their|it)\b", low) and found.group(0)[-1] not in '“"'


@cache
def _marks() -> dict[str, str]:
    return genders("titles") | genders("role_nouns")


def gender_of(entity: Entity) -> str | None:
    """From titles, then the first name; None where they do not tell."""
    marks = _marks()
    votes: Counter[str] = Counter()
    for one in entity.mentions:
        votes.update(mark for word in plain(one.title.split())[-2:] if (mark := marks.get(word, "")) in ("m", "f"))
    if votes:
        return votes.most_common(1)[0][0]
    mark = genders("first_names").get(plain(entity.words)[0], "u")
    return mark if mark in ("m", "f") and (len(entity.words) > 1) else None
