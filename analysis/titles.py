"""Tells how much of a run of capitalised words, or of what stands before it, is a title and no part of the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.lists import genders, nations, words
from analysis.model import Span


def office_before(text: str, parts: list[Span], floor: int) -> Span | None:
    """The whole title where the run holds only its end: "US Secretary of [State Mike Pompeo]"."""
    if len(parts) < 3:
        return None
    start = parts[0].start
    if not OFFICE.search(text[max(floor, start - 24) : start]):
        return None
    skip = 0
    while skip < len(parts) - 2 and in_small(parts[skip].cut(text)) in words("portfolios"):
        skip += 1
    if not skip:
        return None
    link = max(text.rfind(" of ", floor, start), text.rfind(" for ", floor, start))
    opening = max(floor, text.rfind(" ", floor, link) + 1)
    before = re.search(r"(?:[A-Z][\w.]* )+$", text[floor:opening])
    return Span(floor + before.start() if before else opening, parts[skip - 1].end)


OFFICE = re.compile(
    r"\b(?:(?:[Ss]ecretary|[Mm]inister|[Cc]hief|[Dd]irector|[Cc]ommissioner) of"
    r"|(?:[Ss]ecretary|[Mm]inister)(?: of [Ss]tate)? for) (?:the )?$"
)


def in_small(word: str) -> str:
    """A word in small letters with one kind of apostrophe."""
    return word.lower().replace("’", "'")


def title_end(run: Sequence[str], opens: bool = False) -> int:
    """How many words of a run are title: up to the last title or role word that a name follows."""
    low = [in_small(word) for word in run]
    if (
        len(low) > 1
        and low[-1] in OFFICES
        and all(word in titles() or word in words("portfolios") for word in low[:-1])
    ):
        return len(low)  # "the Home Secretary", who is named elsewhere
    last = 0
    for at, word in enumerate(low[:-1]):
        given = word in genders("first_names") and word not in STRONG_TITLES and at + 1 < len(run) - 1
        if word in titles() and not given:
            last = at + 1
    if any(word in words("organisation_words") and word not in titles() for word in low[max(1, last) :]):
        return 0
    if last == 0:
        last = _adjectives(low) or _job(low, opens)
    return 1 if last == 0 and len(low) == 1 and low[0] in titles() else last


ARTICLES = frozenset({"der", "die", "le", "la", "el", "il", "o", "de", "den"})  # in other languages
KIN_OF = frozenset({"twins", "brothers", "sisters", "siblings", "spouses", "cousins", "friends"})


def _job(low: Sequence[str], opens: bool) -> int:
    """One where a word for a job opens the run and two words of a name follow: "Objector Clement Rudd"."""
    if len(low) > 1 and low[0].endswith("-year-old"):
        return 1
    if len(low) > 1 and low[0] in KIN_OF and low[1] in genders("first_names"):
        return 1
    if len(low) < 3 or low[0] in genders("first_names"):
        return 0
    if low[0] in ARTICLES and is_job(low[1]) and low[2] in genders("first_names"):
        return 2  # "Der Trainer Jonas Wick"
    given = low[1] in genders("first_names")
    several = low[0].endswith("s") and (is_job(low[0][:-1]) or low[0][:-1] in titles())
    joined = "-" in low[0] and any(part in titles() for part in low[0].split("-"))
    return int(given and (several or joined or is_job(low[0])))


@cache
def is_job(word: str) -> bool:
    """Whether a word is formed like one for a person by what they do."""
    return (
        len(word) > 5 and word.endswith(("er", "or", "ist", "man", "woman", "ian")) and word not in words("not_roles")
    )


def is_worker(word: str) -> bool:
    """Whether a word in small letters is one for a person by what they do: listed, or formed so."""
    return is_job(word) or word in genders("role_nouns")


def _adjectives(low: Sequence[str]) -> int:
    """How many words of nation, party and office stand before the name."""
    last = 0
    while last < len(low):
        two = 2 if " ".join(low[last : last + 2]) in adjectives() else 0
        one = 1 if low[last] in adjectives() or low[last] in PARTY else 0
        if not (two or one):
            break
        last += two or one
    if not last and len(low) > 2 and low[0] not in genders("first_names") and low[1] in genders("first_names"):
        last = 1 if low[0] in words("organisation_words") or low[0] in words("never_people") else 0
    return last


OFFICES = frozenset(
    ["secretary", "minister", "president", "chancellor", "commissioner", "constable", "justice", "officer", "executive"]
)
PARTY = frozenset({"republican", "democrat", "democratic", "conservative", "liberal", "labour", "tory", "former"})
STRONG_TITLES = frozenset({"president", "senator", "mayor", "judge", "king", "queen", "prince", "princess"})


@cache
def titles() -> frozenset[str]:
    """Titles and role nouns, which stand before a name without being a part of it."""
    roles = frozenset(word for word, mark in genders("role_nouns").items() if mark != "p")
    return frozenset(genders("titles")) | roles


@cache
def adjectives() -> frozenset[str]:
    """Adjectives of nations, in lower case."""
    return frozenset(word for nation in nations() for word in nation.adjectives)


MODALS = frozenset({"will", "would", "can", "could", "may", "might", "must", "should", "shall"})
PAST = frozenset({"former", "ex", "late"})


def _is_calling(word: str) -> bool:
    """Whether a word in small letters is formed like one for a calling and like no verb: "linguist Teresa Vaz"."""
    return len(word) > 6 and word.endswith(("ist", "ician", "ographer", "woman")) and word not in words("not_roles")


def lower_title(text: str, start: int, floor: int) -> str:
    """A title in small letters before the name: "public works minister Lotta Brandvold"."""
    before = text[max(floor, start - 80) : start]
    found = re.search(r"(?<![\w’'-])((?:[A-Za-z][\w’'-]* )*)([a-z][\w-]*) $", before)
    if not found or not (found.group(2) in titles() or _is_calling(found.group(2))):
        return ""
    if found.group(1).split()[-1:] and found.group(1).split()[-1] in MODALS:
        return ""  # "will captain Scotland"
    kept = [found.group(2)]
    for word in reversed(found.group(1).split()):
        if word.lower() in PAST:
            kept.append(word)
            break
        if (
            word.lower() in words("title_stops")
            or word.lower() in words("sentence_openers")
            or word.endswith(("ed", "ly"))
        ):
            break
        kept.append(word)
        if len(kept) > 4:
            break
    return " ".join(reversed(kept))
